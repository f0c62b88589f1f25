//! `outage-times`: start and end of the outage are known.
//! PURE. Start and end of the incident are its acknowledgement and its close: `status-timeline` holds those.

use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "outage-times",
    level: Level::Warning,
    what: "an incident closed as resolved has no start or no end of the outage",
    source: "\"Add start and end times to the outage and incident … in the timeline, and mark them clearly\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if !folder.is_closed_as_resolved() {
        return Vec::new();
    }
    let missing =
        [(Key::OutageStartedAt, "start"), (Key::OutageEndedAt, "end")].into_iter().filter(|(key, _)| folder.instant(*key).is_none());
    let finding = |(key, word): (Key, &str)| {
        let help = format!("qpp-incident set {} {key}=TIME --reason TEXT", folder.id());
        folder.at_key(&RULE, key, format!("nothing says the {word} of the outage")).with_help(help)
    };
    missing.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_missing_start_or_end_is_a_warning() {
        let found = |keys: &[&str]| {
            let sample = keys.iter().fold(sound(), |sample, key| sample.without_key(key));
            lines(RULE.id, &check(&sample.read()))
        };
        assert_eq!(found(&["outage_started_at"]), ["incident.md:1 warning nothing says the start of the outage"]);
        assert_eq!(found(&["outage_ended_at"]), ["incident.md:1 warning nothing says the end of the outage"]);
        assert_eq!(found(&["outage_started_at", "outage_ended_at"]).len(), 2);
    }

    #[test]
    fn both_pass_and_a_running_incident_has_time() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&running("00:15:00").without_key("outage_started_at").read()).is_empty());
    }
}
