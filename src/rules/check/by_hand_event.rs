//! `by-hand-event`: a typed line cannot move the status or answer for a person; it is shown and does not count.
//! PURE. Whether a commit attests an entry is `verify`'s to say; this rule sees what the document alone can show.

use std::collections::BTreeSet;

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::status::StatusMove;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::moved::{Moved, instant_key, moved};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "by-hand-event",
    level: Level::Warning,
    what: "an entry moves the status and the front matter does not back it, or answers for a person without an author or a question: it does not count",
    source: "\"As long as anyone has a valid reason to keep the incident open, it remains open\"; format: Lines typed by hand",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let moves = moved(document);
    let unbacked = moves.iter().filter(|moved| !moved.is_backed && !is_mismatch(document, moved, &moves));
    let unbacked = unbacked.map(|moved| {
        let message = format!("{} moves the status, and the front matter does not say so: it does not count", named(document, moved.found));
        folder.at_line(&RULE, moved.found.line, message).with_help(command(folder, moved))
    });
    unbacked.chain(answers(folder, document)).collect()
}

/// `status-timeline` names an instant whose only entry stands at another minute.
fn is_mismatch(document: &IncidentDocument, unbacked: &Moved<'_>, moves: &[Moved<'_>]) -> bool {
    let is_set = instant_key(unbacked.status_move).is_some_and(|key| document.header().instant(key).is_some());
    is_set && !moves.iter().any(|other| other.status_move == unbacked.status_move && other.is_backed)
}

fn named(document: &IncidentDocument, found: &TimelineEntry) -> String {
    let kind = found.entry.kind.map_or("entry", EntryKind::word);
    format!("the {kind} entry at {}", document.zone().date_minute(found.entry.at))
}

fn command(folder: &CheckedFolder, moved: &Moved<'_>) -> String {
    let id = folder.id();
    let document = folder.document();
    let at = document.map_or_else(String::new, |document| document.zone().rfc3339(moved.found.entry.at));
    let void = format!("qpp-incident correct {id} ENTRY --void REASON");
    match moved.status_move {
        StatusMove::Acknowledge => format!("qpp-incident ack {id} --at {at}, or {void}"),
        StatusMove::Mitigate => format!("qpp-incident mitigate {id} TEXT --at {at}, or {void}"),
        StatusMove::Resolve => format!("qpp-incident resolve {id} TEXT --at {at}, or {void}"),
        StatusMove::Close => format!("qpp-incident close {id} --at {at}, or {void}"),
        StatusMove::Reopen => format!("qpp-incident reopen {id} REASON --at {at}, or {void}"),
    }
}

/// Answers without an author, and answers to what was never asked.
fn answers(folder: &CheckedFolder, document: &IncidentDocument) -> Vec<Finding> {
    let standing: Vec<&TimelineEntry> = document.timeline().standing().collect();
    let asked_of = |kind: EntryKind| -> BTreeSet<_> {
        standing.iter().filter(|found| found.entry.kind == Some(kind)).filter_map(|found| found.entry.reference).collect()
    };
    let (approvals, objections) = (asked_of(EntryKind::ApprovalAsked), asked_of(EntryKind::Objection));
    let was_asked = standing.iter().any(|found| found.entry.kind == Some(EntryKind::AskedToClose));
    let answers = standing.iter().filter(|found| found.entry.kind.is_some_and(EntryKind::answers_for_a_person));
    let findings = answers.filter_map(|found| {
        let is_answer_to = |asked: &BTreeSet<_>| found.entry.reference.is_some_and(|reference| asked.contains(&reference));
        let has_question = match found.entry.kind? {
            EntryKind::Approved | EntryKind::Declined => is_answer_to(&approvals),
            EntryKind::Withdrawn | EntryKind::Overruled => is_answer_to(&objections),
            EntryKind::Objection => found.entry.reference.is_some(),
            _ => was_asked,
        };
        let why = match (&found.entry.by, has_question) {
            (None, _) => "answers for a person and has no author of this document",
            (_, false) => "answers what nobody asked",
            _ => return None,
        };
        let message = format!("{} {why}: it does not count", named(document, found));
        let help = format!("qpp-incident correct {} ENTRY --void REASON, then have the person answer with the command", folder.id());
        Some(folder.at_line(&RULE, found.line, message).with_help(help))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running, sound};

    fn found(sample: Sample) -> Vec<String> {
        lines(RULE.id, &check(&sample.read()))
    }

    #[test]
    fn entries_of_commands_pass() {
        assert!(found(sound()).is_empty());
    }

    #[test]
    fn a_typed_line_that_moves_the_status_is_named() {
        let sample = running("00:30:00").with("\n## Root Causes", "- 00:20 EST: **Resolved.** It works. — Ada Byron\n\n## Root Causes");
        let message =
            "warning the Resolved entry at 2026-11-23 00:20 EST moves the status, and the front matter does not say so: it does not count";
        assert_eq!(found(sample).iter().map(|line| line.split_once(' ').map_or("", |(_, rest)| rest)).collect::<Vec<_>>(), [message]);
    }

    #[test]
    fn a_second_acknowledgement_and_a_reopening_by_hand_are_named() {
        let sample = sound().with_last_entry("- 01:10 EST: **Acknowledged.** — Ada Byron\n- 01:20 EST: **Reopened.** Again. — Ada Byron");
        assert_eq!(found(sample).len(), 2);
    }

    #[test]
    fn a_later_mitigation_and_what_stood_before_a_reopening_pass() {
        assert!(found(sound().with_entry("- 00:25 EST: **Mitigated.** More of it. — Ada Byron")).is_empty());
        let sample = sound().with("status: closed", "status: acknowledged").with_last_entry("- 02:00 EST: **Reopened.** Back. — Ada Byron");
        let sample = ["mitigated_at", "resolved_at", "closed_at", "close_reason"].into_iter().fold(sample, Sample::without_key);
        assert!(found(sample).is_empty());
    }

    #[test]
    fn an_entry_at_another_minute_is_left_to_status_timeline() {
        assert!(found(sound().with("resolved_at: 2026-11-23T00:40", "resolved_at: 2026-11-23T00:38")).is_empty());
    }

    #[test]
    fn an_answer_needs_an_author_and_a_question() {
        let sample = sound()
            .with_entry("- 00:30 EST: **Approved P4X.** \"Deploy\": go ahead. — Ada Byron\n- 00:31 EST: **Agreed.** — Nobody Known")
            .with_last_entry("- 01:30 EST: **Objection O3K.** Not yet. — Ada Byron\n- 01:31 EST: **Withdrawn O3K.** Fine. — Ada Byron");
        let found = found(sample);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("the Approved entry at 2026-11-23 00:30 EST answers what nobody asked: it does not count"));
        assert!(found[1].ends_with("answers for a person and has no author of this document: it does not count"));
    }
}
