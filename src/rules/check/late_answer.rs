//! `late-answer`: inquiries and requests for approval are answered within fifteen minutes.
//! PURE. A miss stays for ever.

use crate::document::questions::raised;
use crate::domain::clock::Miss;
use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::reference::{Reference, ReferenceKind};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "late-answer",
    level: Level::Warning,
    what: "an inquiry was not answered, or a request for approval not decided, within 15 minutes; stays for ever",
    source: "\"the Incident Commander is available and responsive to all external entities, typically responding to inquiries within 15 minutes\"; \"business owners must also be available for the duration of the incident to approve actions necessary for the response\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(clocks) = &folder.clocks else { return Vec::new() };
    let questions = clocks.inquiries.iter().chain(&clocks.approvals);
    let missed = questions.flat_map(|(reference, clock)| clock.misses.iter().map(move |miss| (*reference, miss)));
    missed.map(|(reference, miss)| finding(folder, reference, miss)).collect()
}

fn finding(folder: &CheckedFolder, reference: Reference, miss: &Miss) -> Finding {
    let (zone, id) = (folder.zone(), folder.id());
    let is_inquiry = reference.kind == ReferenceKind::Inquiry;
    let (noun, done) = if is_inquiry { ("inquiry", "answered") } else { ("approval", "decided") };
    let late = in_words(miss.seconds_late);
    let due = zone.date_minute(miss.due);
    let message = match miss.met_at {
        Some(at) => format!("{noun} {reference} was {done} at {}, {late} after it was due at {due}", zone.date_minute(at)),
        None => format!("{noun} {reference} is not {done}: it was due at {due}, {late} ago"),
    };
    let help = match miss.met_at {
        Some(_) => "nothing mends it; in time, \"not known yet\" is an answer too".to_owned(),
        None if is_inquiry => format!("qpp-incident answer {reference} TEXT -i {id}"),
        None => format!("qpp-incident approve {reference} -i {id} --by OWNER --via HOW, or decline"),
    };
    let questions = folder.document().map(|document| raised(document, reference.kind)).unwrap_or_default();
    let line = questions.iter().find(|question| question.reference == reference).map_or(1, |question| question.line);
    folder.at_line(&RULE, line, message).with_help(help)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_question_is_late_after_fifteen_minutes_answered_or_not() {
        let asked =
            |at: &str, now: &str| running(now).with_last_entry(&format!("- {at} EST: **Inquiry Q7F.** Is mail affected? — Ada Byron"));
        assert!(check(&asked("00:15", "00:30:00").read()).is_empty());
        let found = lines(RULE.id, &check(&asked("00:15", "00:30:01").read()));
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("warning inquiry Q7F is not answered: it was due at 2026-11-23 00:30 EST, 1 s ago"), "{found:?}");
        let answered = asked("00:15", "01:00:00").with_last_entry("- 00:31 EST: **Answer Q7F.** \"Is mail affected?\": no. — Ada Byron");
        let found = lines(RULE.id, &check(&answered.read()));
        assert!(found[0].ends_with("was answered at 2026-11-23 00:31 EST, 1 min after it was due at 2026-11-23 00:30 EST"), "{found:?}");
        assert!(check(&sound().read()).is_empty());
    }

    #[test]
    fn an_approval_waits_no_longer_either() {
        let asked =
            running("00:45:00").with_last_entry("- 00:15 EST: **Approval asked P4X.** Deploy. (to Pat Lee <p@x.example>) — Ada Byron");
        let found = lines(RULE.id, &check(&asked.read()));
        assert!(found[0].ends_with("approval P4X is not decided: it was due at 2026-11-23 00:30 EST, 15 min ago"), "{found:?}");
    }
}
