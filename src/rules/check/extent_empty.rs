//! `extent-empty`: the extent of the damage was determined.
//! PURE.

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "extent-empty",
    level: Level::Warning,
    what: "an incident closed as resolved does not say the extent of the damage",
    source: "\"Determine the extent of the damage. This is needed for root cause analysis but also for later auditing/postmortems\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if !folder.is_closed_as_resolved() || !folder.section(Section::Extent).is_empty() || folder.count(EntryKind::Extent) > 0 {
        return Vec::new();
    }
    let message = "closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound";
    vec![folder.at_section(&RULE, Section::Extent, message).with_help(format!("qpp-incident set {} extent=TEXT", folder.id()))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running, sound};

    fn empty(sample: Sample) -> Sample {
        sample.with("The sessions of 1200 users; submissions were checked and are sound.", "")
    }

    #[test]
    fn an_empty_extent_after_the_close_is_a_warning() {
        let message = "closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound";
        assert_eq!(lines(RULE.id, &check(&empty(sound()).read())), [format!("incident.md:44 warning {message}")]);
    }

    #[test]
    fn an_entry_says_it_too_and_a_running_incident_has_time() {
        assert!(check(&empty(sound()).with_entry("- 00:30 EST: **Extent.** 1200 sessions. — Ada Byron").read()).is_empty());
        assert!(check(&empty(running("00:15:00")).read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }
}
