//! What a document that came back from an editor may have changed: prose freely, facts by their Fact entries,
//! entries only when the person insists, and never what an event moves.
//! PURE: two documents side by side.

use crate::commands::fact::{NewValue, fact_set, is_list, may_be_set};
use crate::document::entry_name::full_name;
use crate::document::incident_document::IncidentDocument;
use crate::domain::assignment::Operator;
use crate::domain::event::Action;
use crate::domain::key::{Key, KeyShape};
use crate::domain::refusal::Refusal;

/// The entries that stood and are gone or different, by name; each as often as it is missing.
pub fn lost_entries(old: &IncidentDocument, new: &IncidentDocument) -> Vec<String> {
    let sources = |document: &IncidentDocument| -> Vec<String> {
        let of_entry = |range: &std::ops::Range<usize>| document.text().get(range.clone()).unwrap_or_default().replace('\r', "");
        document.timeline().entries.iter().map(|found| of_entry(&found.range).trim_end().to_owned()).collect()
    };
    let mut standing = sources(new);
    let mut lost = Vec::new();
    for (found, source) in old.timeline().entries.iter().zip(sources(old)) {
        match standing.iter().position(|other| *other == source) {
            Some(at) => drop(standing.remove(at)),
            None => lost.push(full_name(&found.entry, old.zone())),
        }
    }
    lost
}

/// The Fact events of what was changed in the front matter.
///
/// # Errors
/// A key that an event moves, or an instant, was changed: the command that fits is named.
pub fn changed_facts(old: &IncidentDocument, new: &IncidentDocument) -> Result<Vec<Action>, Refusal> {
    let changed = Key::ALL.iter().filter(|key| differs(old, new, **key));
    changed.map(|key| changed_fact(old, new, *key)).collect()
}

fn differs(old: &IncidentDocument, new: &IncidentDocument, key: Key) -> bool {
    let (old, new) = (old.header(), new.header());
    match key.shape() {
        KeyShape::Instant => old.instant(key) != new.instant(key),
        KeyShape::List => old.list(key) != new.list(key),
        KeyShape::Text => old.text(key) != new.text(key),
    }
}

fn changed_fact(old: &IncidentDocument, new: &IncidentDocument, key: Key) -> Result<Action, Refusal> {
    let text = new.header().text(key).unwrap_or_default();
    may_be_set(old, key, Operator::Set, text)?;
    if key.shape() == KeyShape::Instant {
        let message = format!("`{key}` is an instant, which changes with a reason only, and not in the editor");
        let hint = format!("qpp-incident set {} {key}={} --reason \"why it was wrong\"", old.id(), shell_words::quote(text));
        return Err(Refusal::rule("reason-missing", message, Some(&hint)));
    }
    let value = if is_list(key) {
        NewValue::Items(Operator::Set, new.header().list(key).to_vec())
    } else {
        NewValue::Text(new.header().text(key).map(str::to_owned))
    };
    fact_set(old, key, &value, None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::domain::wording;
    use crate::domain::zone::Zone;

    const TEXT: &str = "---\nid: INC-K7QFM\ntitle: Many errors\nstatus: open\nteams: [QPP-FE]\nreported_at: 2026-11-22T23:52:00-05:00\n---\n\
                        # T\n\n## Timeline\n\n### 2026-11-22\n\n- 23:58 EST: one\n- 23:58 EST: one\n- 23:59 EST: two\n  more\n";

    fn document(text: &str) -> IncidentDocument {
        IncidentDocument::parse(text).unwrap()
    }

    fn facts(text: &str) -> Result<Vec<String>, Refusal> {
        let actions = changed_facts(&document(TEXT), &document(text))?;
        Ok(actions.iter().map(|action| wording::text(action, Zone::default())).collect())
    }

    #[test]
    fn entries_that_are_gone_or_changed_are_named() {
        let lost = |text: &str| lost_entries(&document(TEXT), &document(text));
        assert_eq!(lost(TEXT), Vec::<String>::new());
        assert_eq!(lost(&TEXT.replace('\n', "\r\n")), Vec::<String>::new());
        assert_eq!(lost(&TEXT.replacen("- 23:58 EST: one\n", "", 1)), ["2026-11-22 23:58 EST \"one\""]);
        assert_eq!(lost(&TEXT.replace("more", "less")), ["2026-11-22 23:59 EST \"two\""]);
        assert_eq!(lost(&format!("{TEXT}- 23:59 EST: three\n")), Vec::<String>::new());
    }

    #[test]
    fn a_changed_fact_becomes_an_event() {
        assert_eq!(facts(TEXT).unwrap(), Vec::<String>::new());
        assert_eq!(facts(&TEXT.replace("[QPP-FE]", "\n  - QPP-FE # same")).unwrap(), Vec::<String>::new());
        assert_eq!(facts(&TEXT.replace("23:52:00-05:00", "23:52:00-05:00 # same")).unwrap(), Vec::<String>::new());
        let edited = TEXT.replace("Many errors", "All errors").replace("[QPP-FE]", "[QPP-A]").replace("id:", "severity: SEV-2\nid:");
        assert_eq!(facts(&edited).unwrap(), ["title: Many errors → All errors", "severity: SEV-2", "teams: QPP-FE → QPP-A"]);
    }

    #[test]
    fn what_an_event_moves_is_refused_with_its_command() {
        let hint = |text: &str| facts(text).unwrap_err().hint().unwrap_or_default();
        assert_eq!(hint(&TEXT.replace("status: open", "status: resolved")), "qpp-incident resolve INC-K7QFM \"how\"");
        assert_eq!(facts(&TEXT.replace("INC-K7QFM", "INC-2M4XY")).unwrap_err().code(), "fixed");
        assert_eq!(
            hint(&TEXT.replace("23:52:00", "23:50:00")),
            "qpp-incident set INC-K7QFM reported_at=2026-11-22T23:50:00-05:00 --reason \"why it was wrong\""
        );
    }
}
