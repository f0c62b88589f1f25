//! `postmortem-missing`: a closed incident has its postmortem.
//! PURE.

use crate::document::folder::POSTMORTEM_FILE;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "postmortem-missing",
    level: Level::Error,
    what: "an incident is closed as resolved and has no `postmortem.md`",
    source: "\"After the incident is declared closed, the response team must write a post mortem document\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if !folder.is_closed_as_resolved() || folder.has(POSTMORTEM_FILE) {
        return Vec::new();
    }
    let closed = folder.instant(Key::ClosedAt).map_or_else(String::new, |at| format!(" since {}", folder.zone().date_minute(at)));
    let message = format!("closed{closed}, and there is no postmortem");
    vec![folder.at_key(&RULE, Key::Status, message).with_help(format!("qpp-incident postmortem {}", folder.id()))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_closed_incident_without_a_postmortem_is_an_error() {
        let found = check(&sound().without("postmortem.md").read());
        assert_eq!(lines(RULE.id, &found), ["incident.md:4 error closed since 2026-11-23 01:00 EST, and there is no postmortem"]);
        assert_eq!(found.first().and_then(|finding| finding.help.as_deref()), Some("qpp-incident postmortem INC-K7QFM"));
    }

    #[test]
    fn one_with_a_postmortem_a_running_one_and_a_duplicate_pass() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&running("00:15:00").read()).is_empty());
        let duplicate = sound().without("postmortem.md").with("close_reason: resolved", "close_reason: duplicate");
        assert!(check(&duplicate.read()).is_empty());
    }
}
