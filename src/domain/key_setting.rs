//! Which keys of the front matter an entry sets: how a merge and `check` tell when a key was last decided.
//! PURE. The table of what each event does to the front matter, read from the entry that it wrote.

use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;

/// The keys that a reopening takes away.
pub const CLEARED_BY_REOPENING: [Key; 7] =
    [Key::MitigatedAt, Key::ResolvedAt, Key::OutageEndedAt, Key::ClosedAt, Key::CloseReason, Key::DuplicateOf, Key::Restored];

/// Whether an entry sets the key of that name.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{entry::Entry, entry_kind::EntryKind, key_setting::sets};
/// let mut entry = Entry::new("2026-11-23T05:10:00Z".parse()?, "severity: SEV-3 → SEV-2");
/// entry.kind = Some(EntryKind::Fact);
/// assert!(sets(&entry, "severity") && !sets(&entry, "title"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sets(entry: &Entry, name: &str) -> bool {
    let Some(kind) = entry.kind else { return false };
    if matches!(kind, EntryKind::Fact | EntryKind::Merge) {
        return entry.text.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    }
    let keys: &[Key] = match kind {
        EntryKind::Opened => &[Key::Status, Key::OpenedAt, Key::Title],
        EntryKind::Acknowledged => &[Key::Status, Key::AcknowledgedAt, Key::Responders],
        EntryKind::Commander | EntryKind::Handoff => &[Key::Commander],
        EntryKind::Responder | EntryKind::Rotation => &[Key::Responders],
        EntryKind::Owner => &[Key::BusinessOwners],
        EntryKind::CmsProcess => &[Key::CmsProcess],
        EntryKind::Mitigated if entry.text.contains(" % restored") => &[Key::Status, Key::MitigatedAt, Key::Restored],
        EntryKind::Mitigated => &[Key::Status, Key::MitigatedAt],
        EntryKind::Resolved => &[Key::Status, Key::ResolvedAt, Key::OutageEndedAt],
        EntryKind::Closed => &[Key::Status, Key::ClosedAt, Key::CloseReason, Key::DuplicateOf],
        EntryKind::Reopened => return name == Key::Status.name() || CLEARED_BY_REOPENING.iter().any(|key| key.name() == name),
        _ => &[],
    };
    keys.iter().any(|key| key.name() == name)
}

/// The percent of service restored that an entry tells: a mitigation's note, or a fact.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{entry::Entry, entry_kind::EntryKind, key_setting::restored_by};
/// let mut entry = Entry::new("2026-11-23T05:10:00Z".parse()?, "Moved logins to the standby. (60 % restored, operational)");
/// entry.kind = Some(EntryKind::Mitigated);
/// assert_eq!(restored_by(&entry), Some(60));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn restored_by(entry: &Entry) -> Option<u8> {
    let percent = match entry.kind? {
        EntryKind::Mitigated => entry.text.rsplit_once(" % restored")?.0.rsplit(|sign: char| !sign.is_ascii_digit()).next()?,
        EntryKind::Fact => {
            let values = entry.text.strip_prefix("restored: ")?.split('.').next()?;
            values.rsplit("→ ").next()?
        }
        _ => return None,
    };
    percent.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_restored_is_read_from_the_entry() {
        let of = |kind: EntryKind, text: &str| {
            let mut entry = Entry::new("2026-11-23T05:10:00Z".parse().unwrap(), text);
            entry.kind = Some(kind);
            restored_by(&entry)
        };
        assert_eq!(of(EntryKind::Mitigated, "Said 10 % restored, then more. (95 % restored)"), Some(95));
        assert_eq!(of(EntryKind::Mitigated, "Reverted."), None);
        assert_eq!(of(EntryKind::Fact, "restored: 40 → 60. It was counted anew in 2 places."), Some(60));
        assert_eq!(of(EntryKind::Fact, "restored: 60"), Some(60));
        assert_eq!(of(EntryKind::Fact, "restored: 60. Logins went from standby → primary."), Some(60), "an arrow in the reason");
        assert_eq!(of(EntryKind::Fact, "restored: 60 → none"), None);
        assert_eq!(of(EntryKind::Merge, "restored: 60 stands (A), not 40 (B)."), None);
    }
}
