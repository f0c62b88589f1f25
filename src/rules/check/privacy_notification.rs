//! `privacy-notification`: when privacy is affected, those affected were told.
//! PURE.

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "privacy-notification",
    level: Level::Warning,
    what: "a resolved incident affected privacy, and no entry says who was notified, or why nobody has to be (advice until the close)",
    source: "\"potentially other damage control activity (e.g. notifying affected parties after a PII leak)\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let is_affected = folder.header().and_then(|header| header.text(Key::Privacy)) == Some("affected");
    let is_over = folder.is_closed_as_resolved() || folder.is(Status::Resolved);
    if !is_over || !is_affected || folder.count(EntryKind::Notification) > 0 {
        return Vec::new();
    }
    let message = "privacy is affected, and no entry says who was notified or why nobody has to be";
    let help =
        format!("qpp-incident log {id} --kind notification TEXT, or qpp-incident log {id} --no-notification REASON", id = folder.id());
    let level = if folder.is(Status::Closed) { RULE.level } else { Level::Advice };
    vec![folder.at_key(&RULE, Key::Privacy, message).at_level(level).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn affected_privacy_without_a_notification_is_a_warning() {
        let sample = sound().with("privacy: none", "privacy: affected");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(found, ["incident.md:17 warning privacy is affected, and no entry says who was notified or why nobody has to be"]);
        assert!(check(&sample.clone().with_entry("- 00:30 EST: **Notification.** Users. — Ada Byron").read()).is_empty());
        let reason = "- 00:30 EST: **Notification.** Nobody has to be notified: no record was read. — Ada Byron";
        assert!(check(&sample.with_entry(reason).read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }

    #[test]
    fn it_is_advice_between_the_resolution_and_the_close() {
        let sample = running("00:15:00").with("privacy: none", "privacy: affected");
        assert!(check(&sample.clone().read()).is_empty());
        let found = lines(RULE.id, &check(&sample.with("status: acknowledged", "status: resolved").read()));
        assert!(found.iter().all(|line| line.contains(" advice ")) && found.len() == 1, "{found:?}");
    }
}
