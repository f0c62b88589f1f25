//! `commander-missing`: there is one incident commander.
//! PURE.

use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "commander-missing",
    level: Level::Error,
    what: "an incident closed as resolved never had an incident commander (error); one acknowledged more than 15 minutes ago has none (warning)",
    source: "\"The responding team must designate a single Incident Commander\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header().filter(|header| header.person(Key::Commander).is_none()) else { return Vec::new() };
    if folder.is_closed_as_resolved() {
        let was_named = [EntryKind::Commander, EntryKind::Handoff].into_iter().any(|kind| folder.count(kind) > 0);
        let message = if was_named {
            "closed, and `commander` is missing though one was named"
        } else {
            "closed, and nobody was ever incident commander"
        };
        let help = format!("qpp-incident reopen {id} REASON, then qpp-incident assign-ic {id} WHO", id = folder.id());
        return vec![folder.at_key(&RULE, Key::Status, message).with_help(help)];
    }
    let seconds = folder.instant(Key::AcknowledgedAt).map_or(0, |at| folder.around.now.seconds_since(at));
    if header.status() == Status::Closed || seconds <= folder.around.config.commander_seconds() {
        return Vec::new();
    }
    let message = format!("acknowledged {} ago, and nobody is incident commander", in_words(seconds));
    let help = format!("qpp-incident assign-ic {} WHO", folder.id());
    vec![folder.at_key(&RULE, Key::AcknowledgedAt, message).at_level(Level::Warning).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running, sound};

    fn nobody(sample: Sample) -> Vec<String> {
        lines(RULE.id, &check(&sample.without_key("commander").with("**Commander.**", "").read()))
    }

    #[test]
    fn a_closed_incident_without_a_commander_is_an_error() {
        assert_eq!(nobody(sound()), ["incident.md:4 error closed, and nobody was ever incident commander"]);
        assert!(nobody(sound().with("close_reason: resolved", "close_reason: false-alarm")).is_empty());
        assert!(check(&sound().read()).is_empty());
    }

    #[test]
    fn a_running_one_has_fifteen_minutes() {
        assert!(nobody(running("00:19:30")).is_empty());
        assert_eq!(nobody(running("00:20:00")), ["incident.md:22 warning acknowledged 15 min ago, and nobody is incident commander"]);
    }
}
