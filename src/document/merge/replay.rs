//! The status as the entries tell it (M5): each event in its order, those that do not fit passed over.
//! PURE.
//!
//! # Source
//! Spec §3 "Status moves" and §6, M5: "A Closed without force, with an objection in the document that stands, does not close."

use crate::domain::closed_words::ClosedWords;
use crate::domain::consensus::{Pending, consensus};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::CloseReason;
use crate::domain::key::Key;
use crate::domain::key_setting::sets;
use crate::domain::status::{Status, StatusMove};

/// Where the entries lead to. Places count within the entries that were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// The status at the end; none before the first event.
    status: Option<Status>,
    /// The first mitigation of this cycle.
    mitigated: Option<usize>,
    /// The resolution that stands.
    resolved: Option<usize>,
    /// The close that stands.
    closed: Option<usize>,
    /// What last told in this cycle how much is restored.
    restored: Option<usize>,
    /// What last told in this cycle that the outage ended.
    outage_ended: Option<usize>,
    /// Every event that counted.
    pub counted: Vec<usize>,
    /// The first objection that stands, if one kept a close from counting.
    pub objection: Option<Pending>,
}

impl Replay {
    /// Reads the entries in their order; void ones are left out by the caller.
    pub fn of(entries: &[&Entry]) -> Self {
        let answers = [EntryKind::Objection, EntryKind::Withdrawn, EntryKind::Overruled];
        let asked: Vec<Entry> =
            entries.iter().filter(|entry| entry.kind.is_some_and(|kind| answers.contains(&kind))).map(|entry| (*entry).clone()).collect();
        let objections = consensus(&asked).objections;
        let taken_back = taken_back(entries);
        let mut replay = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            match entry.kind {
                Some(EntryKind::Closed) => {
                    let is_taken_back = taken_back.iter().any(|(from, to)| (*from..*to).contains(&place));
                    replay.close(place, entry, objections.first(), is_taken_back);
                }
                Some(EntryKind::Fact) => replay.keep(place, entry),
                kind => replay.step(place, entry, kind.and_then(EntryKind::status_move)),
            }
        }
        replay
    }

    /// The status at the end.
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::Open)
    }

    /// The entry that an instant is of; `None` where no such event stands.
    pub fn entry_of(&self, key: Key) -> Option<usize> {
        match key {
            Key::MitigatedAt => self.mitigated,
            Key::ResolvedAt => self.resolved,
            Key::ClosedAt | Key::CloseReason | Key::DuplicateOf => self.closed,
            Key::Restored => self.restored,
            Key::OutageEndedAt => self.outage_ended,
            _ => None,
        }
    }

    fn close(&mut self, place: usize, entry: &Entry, objection: Option<&Pending>, is_taken_back: bool) {
        let words = ClosedWords::parse(&entry.text);
        let as_resolved = matches!(words.reason, None | Some(CloseReason::Resolved));
        if words.forced.is_none() {
            if let Some(objection) = objection {
                self.objection = Some(objection.clone());
                return;
            }
            if is_taken_back || (as_resolved && self.status() != Status::Resolved) {
                return;
            }
        }
        self.step(place, entry, Some(StatusMove::Close));
    }

    fn step(&mut self, place: usize, entry: &Entry, status_move: Option<StatusMove>) {
        let Some(status_move) = status_move else { return };
        let Some(after) = self.status().after(status_move) else { return };
        self.status = Some(after);
        self.counted.push(place);
        self.keep(place, entry);
        match status_move {
            StatusMove::Acknowledge => {}
            StatusMove::Mitigate => self.mitigated = self.mitigated.or(Some(place)),
            StatusMove::Resolve => self.resolved = Some(place),
            StatusMove::Close => self.closed = Some(place),
            StatusMove::Reopen => {
                (self.mitigated, self.resolved, self.closed) = (None, None, None);
                (self.restored, self.outage_ended) = (None, None);
            }
        }
    }

    /// Keeps an entry for the keys that it sets and that are no instant of the status.
    fn keep(&mut self, place: usize, entry: &Entry) {
        if sets(entry, Key::Restored.name()) {
            self.restored = Some(place);
        }
        if sets(entry, Key::OutageEndedAt.name()) {
            self.outage_ended = Some(place);
        }
    }
}

/// The closes that an earlier merge took back, as `(from, to)`: those behind the last reopening before it. A withdrawal of the objection
/// later on does not bring them back.
fn taken_back(entries: &[&Entry]) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut cycle = 0;
    for (place, entry) in entries.iter().enumerate() {
        match entry.kind {
            Some(EntryKind::Reopened) => cycle = place,
            Some(EntryKind::Merge) if takes_a_close_back(&entry.text) => ranges.push((cycle, place)),
            _ => {}
        }
    }
    ranges
}

/// `status: resolved stands (objection O3K of …), not closed (…).`
fn takes_a_close_back(text: &str) -> bool {
    text.starts_with("status: ") && text.contains(" stands (objection ") && text.contains("), not closed (")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn replayed(lines: &[(EntryKind, &str)]) -> Replay {
        let entries: Vec<Entry> = lines
            .iter()
            .map(|(kind, text)| {
                let mut entry = Entry::new("2026-11-23T05:10:00Z".parse().unwrap(), text);
                entry.kind = Some(*kind);
                if *kind == EntryKind::Objection {
                    entry.reference = Some("O3K".parse().unwrap());
                }
                entry
            })
            .collect();
        Replay::of(&entries.iter().collect::<Vec<_>>())
    }

    #[test]
    fn events_that_do_not_fit_are_passed_over() {
        use EntryKind::{Acknowledged, Closed, Mitigated, Reopened, Resolved};
        let replay =
            replayed(&[(Acknowledged, ""), (Acknowledged, ""), (Mitigated, "a"), (Mitigated, "b"), (Resolved, ""), (Mitigated, "c")]);
        assert_eq!((replay.status(), replay.counted.as_slice()), (Status::Resolved, [0, 2, 3, 4].as_slice()));
        assert_eq!(replay.entry_of(Key::MitigatedAt), Some(2));
        let replay = replayed(&[(Acknowledged, ""), (Resolved, ""), (Closed, "Resolved."), (Reopened, "x"), (Closed, "Resolved.")]);
        assert_eq!((replay.status(), replay.entry_of(Key::ClosedAt)), (Status::Acknowledged, None), "it was not resolved again");
    }

    #[test]
    fn an_objection_keeps_it_open_and_force_does_not_care() {
        use EntryKind::{Acknowledged, Closed, Merge, Objection, Resolved, Withdrawn};
        let before = [(Acknowledged, ""), (Resolved, "")];
        let of = |more: &[(EntryKind, &str)]| replayed(&[&before, more].concat());
        let open = of(&[(Closed, "Resolved."), (Objection, "no")]);
        assert_eq!(open.status(), Status::Resolved);
        assert!(open.objection.is_some());
        assert_eq!(of(&[(Closed, "By force: late."), (Objection, "no")]).status(), Status::Closed);
        let merge = (Merge, "status: resolved stands (objection O3K of A), not closed (B).");
        let withdrawn = (Withdrawn, "no");
        assert_eq!(of(&[(Closed, "Resolved."), merge, withdrawn]).status(), Status::Resolved, "a later withdrawal closes nothing");
    }
}
