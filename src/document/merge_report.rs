//! What a merge had to decide, read from the three texts: new Merge entries, and places where two versions of a text stand.
//! And the message of the commit that carries it. PURE.

use crate::document::commit_message::{CLOCK_SUPPLIED, entry_digest};
use crate::document::incident_document::IncidentDocument;
use crate::document::inert::inert;
use crate::document::merge::versions::OPEN;
use crate::domain::entry_kind::EntryKind;
use crate::domain::incident_id::IncidentId;
use crate::domain::text::{cut, one_line};
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// How many characters a subject has at most.
const SUBJECT_LENGTH: usize = 72;

/// What a merge of one incident document had to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeDecision {
    /// Which incident.
    pub id: IncidentId,
    /// When the later of the two changes was.
    pub at: Timestamp,
    /// The zone of its document.
    pub zone: Zone,
    /// The Merge entry as it stands in the document.
    pub entry: String,
}

/// The Merge entries that stand in the merged document and in neither side.
pub fn decisions(ours: &str, theirs: &str, merged: &str) -> Vec<MergeDecision> {
    let word = format!("**{}.**", EntryKind::Merge.word());
    if !merged.contains(&word) {
        return Vec::new();
    }
    let Ok(document) = IncidentDocument::parse(merged) else { return Vec::new() };
    let is_new = |entry: &str| !ours.contains(entry.trim_end()) && !theirs.contains(entry.trim_end());
    let found = document.entries().into_iter().filter(|entry| entry.kind == Some(EntryKind::Merge));
    let decision = |entry: &crate::domain::entry::Entry| {
        let source = document.entry_source(entry).filter(|source| is_new(source))?;
        Some(MergeDecision { id: document.id(), at: entry.at, zone: document.zone(), entry: source.trim_end().to_owned() })
    };
    found.filter_map(decision).collect()
}

/// Whether more versions of a text stand side by side than on either side before.
pub fn has_new_versions(ours: &str, theirs: &str, merged: &str) -> bool {
    let count = |text: &str| text.matches(OPEN).count();
    count(merged) > count(ours).max(count(theirs))
}

/// The message of a merge commit. Its trailers attest the Merge entries as those of any other commit do.
pub fn merge_message(upstream: &str, branch: &str, merged: &[String], decisions: &[MergeDecision], clock_supplied: bool) -> String {
    let subject = inert(&one_line(&format!("sync: merge {upstream} into {branch}")));
    let mut message = format!("{}\n", cut(&subject, SUBJECT_LENGTH));
    if !merged.is_empty() {
        message.push_str("\nChanged on both sides, merged by structure:\n");
        message.extend(merged.iter().map(|path| format!("    {}\n", inert(&one_line(path)))));
    }
    message.push_str("\nEvent: merge\n");
    for decision in decisions {
        let (id, at, digest) = (&decision.id, decision.zone.rfc3339(decision.at), entry_digest(&decision.entry));
        message.extend([format!("Incident: {id}\nOccurred-At: {at}\nEntry: {digest}\n")]);
    }
    if clock_supplied {
        message.extend([CLOCK_SUPPLIED.0, ": ", CLOCK_SUPPLIED.1, "\n"]);
    }
    message
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::document::commit_message::trailers;

    const TEXT: &str = "---\nid: INC-K7QFM\ntitle: Errors\nstatus: open\n---\n# Errors (incident #INC-K7QFM)\n\n## Timeline\n\n### 2026-11-22\n\n- 23:50 EST: **Opened.** Errors. — Jeff Lee\n";

    #[test]
    fn a_new_merge_entry_is_a_decision_and_an_old_one_is_none() {
        let merged = format!("{TEXT}- 23:55 EST: **Merge.** commander: A; B. — qpp-incident\n");
        assert_eq!(decisions(TEXT, TEXT, TEXT), []);
        assert_eq!(decisions(&merged, TEXT, &merged), []);
        let found = decisions(TEXT, TEXT, &merged);
        assert_eq!((found.len(), found[0].entry.as_str()), (1, "- 23:55 EST: **Merge.** commander: A; B. — qpp-incident"));
        let said = merge_message("origin/main", "main", &["incidents/x/incident.md".to_owned()], &found, false);
        let keys: Vec<String> = trailers(&said).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["Event", "Incident", "Occurred-At", "Entry"]);
        assert!(said.starts_with("sync: merge origin/main into main\n\nChanged on both"), "{said}");
    }

    #[test]
    fn a_decision_that_replaces_none_is_found_beside_old_ones() {
        let old = format!("{TEXT}- 23:51 EST: **Merge.** title: A; B. — qpp-incident\n");
        let both = format!("{old}- 23:55 EST: **Merge.** commander: A; B. — qpp-incident\n");
        let other =
            format!("{TEXT}- 23:52 EST: **Merge.** chat: A; B. — qpp-incident\n- 23:53 EST: **Merge.** chat: B; C. — qpp-incident\n");
        assert_eq!(decisions(&old, &other, &both).len(), 1);
    }

    #[test]
    fn versions_are_new_when_neither_side_had_them() {
        let with = format!("{TEXT}\n{OPEN}\n");
        assert!(has_new_versions(TEXT, TEXT, &with));
        assert!(!has_new_versions(&with, TEXT, &with));
    }
}
