//! `privacy-notification`: when privacy is affected, those affected were told.
//! PURE.

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "privacy-notification",
    level: Level::Warning,
    what: "an incident closed as resolved affected privacy, and no entry says who was notified",
    source: "\"potentially other damage control activity (e.g. notifying affected parties after a PII leak)\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let is_affected = folder.header().and_then(|header| header.text(Key::Privacy)) == Some("affected");
    if !folder.is_closed_as_resolved() || !is_affected || folder.count(EntryKind::Notification) > 0 {
        return Vec::new();
    }
    let message = "privacy is affected, and no entry says who was notified";
    let help = format!("qpp-incident log {} --kind notification TEXT", folder.id());
    vec![folder.at_key(&RULE, Key::Privacy, message).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn affected_privacy_without_a_notification_is_a_warning() {
        let sample = sound().with("privacy: none", "privacy: affected");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(found, ["incident.md:17 warning privacy is affected, and no entry says who was notified"]);
        assert!(check(&sample.with_entry("- 00:30 EST: **Notification.** Users. — Ada Byron").read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }
}
