//! The status and its instants after a merge, by the replay of the merged entries (M5).
//! PURE. Applies where each side's status agrees with its own entries; else these keys are decided like any other.

use std::collections::BTreeSet;

use crate::document::incident_document::IncidentDocument;
use crate::document::merge::entries::new_in;
use crate::document::merge::entry_id::{EntryId, SideEntry};
use crate::document::merge::keys::Side;
use crate::document::merge::merge_entry::{BY_HAND, Verdict, Voice};
use crate::document::merge::replay::Replay;
use crate::document::merge::three::Three;
use crate::domain::change::Change;
use crate::domain::closed_words::ClosedWords;
use crate::domain::entry::Entry;
use crate::domain::event::CloseReason;
use crate::domain::instant_words::instant_words;
use crate::domain::key::Key;
use crate::domain::key_setting::restored_by;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// The keys that the replay decides.
const KEYS: [Key; 7] = [Key::Status, Key::MitigatedAt, Key::ResolvedAt, Key::ClosedAt, Key::CloseReason, Key::DuplicateOf, Key::Restored];

/// The key that a reopening takes away, and that is decided like any other else: the entry of a resolution does not tell it.
const CLEARED: Key = Key::OutageEndedAt;

/// Entries that stand, by what they are known by, and where they lead to.
struct Told<'a> {
    ids: Vec<&'a EntryId>,
    entries: Vec<&'a Entry>,
    replay: Replay,
}

impl<'a> Told<'a> {
    fn of(standing: impl Iterator<Item = &'a SideEntry>) -> Self {
        let (ids, entries): (Vec<_>, Vec<_>) = standing.map(|found| (&found.id, &found.entry)).unzip();
        let replay = Replay::of(&entries);
        Self { ids, entries, replay }
    }

    /// The entry that an instant is of.
    fn entry_of(&self, key: Key) -> Option<(&'a EntryId, &'a Entry)> {
        let place = self.replay.entry_of(key)?;
        self.ids.get(place).copied().zip(self.entries.get(place).copied())
    }

    fn counts(&self, id: &EntryId) -> bool {
        self.replay.counted.iter().any(|place| self.ids.get(*place) == Some(&id))
    }
}

/// What the replay makes of the front matter, and what is said of it.
pub struct StatusMerge<'a> {
    documents: &'a Three<IncidentDocument>,
    sides: Three<Told<'a>>,
    merged: Told<'a>,
    new: BTreeSet<&'a EntryId>,
    zone: Zone,
}

impl<'a> StatusMerge<'a> {
    /// The merge of these sides; `None` where a side's status is not that of its entries. `void` tells which entries of a list
    /// count for nothing.
    pub fn of(
        documents: &'a Three<IncidentDocument>,
        sides: &'a Three<Vec<SideEntry>>,
        merged: &'a [SideEntry],
        void: &dyn Fn(&[SideEntry]) -> Vec<bool>,
        zone: Zone,
    ) -> Option<Self> {
        let told = |entries: &'a [SideEntry]| {
            let void = void(entries);
            Told::of(entries.iter().zip(void).filter(|(_, void)| !void).map(|(entry, _)| entry))
        };
        let told_sides = Three { base: None, ours: told(&sides.ours), theirs: told(&sides.theirs) };
        let agrees = |document: &IncidentDocument, told: &Told<'_>| document.status() == told.replay.status();
        if !agrees(&documents.ours, &told_sides.ours) || !agrees(&documents.theirs, &told_sides.theirs) {
            return None;
        }
        let new = [&sides.ours, &sides.theirs].into_iter().flat_map(|side| new_in(side, sides.base.as_ref())).map(|entry| &entry.id);
        Some(Self { documents, sides: told_sides, merged: told(merged), new: new.collect(), zone })
    }

    /// Whether this key is decided here.
    pub fn decides(&self, key: &str) -> bool {
        KEYS.iter().any(|known| known.name() == key) || (key == CLEARED.name() && self.merged.entry_of(CLEARED).is_none())
    }

    fn document(&self, side: Side) -> &IncidentDocument {
        if side == Side::Ours { &self.documents.ours } else { &self.documents.theirs }
    }

    fn told(&self, side: Side) -> &Told<'a> {
        if side == Side::Ours { &self.sides.ours } else { &self.sides.theirs }
    }

    fn text(&self, side: Side, key: Key) -> Option<&str> {
        self.document(side).header().text(key)
    }

    /// Whether a side's value of a key is of this entry.
    fn owns(&self, side: Side, key: Key, entry: &EntryId) -> bool {
        self.told(side).entry_of(key).is_some_and(|(own, _)| own == entry)
    }

    /// The changes that bring a front matter, merged key by key, to what the replay says.
    pub fn changes(&self, text_of: &dyn Fn(Key) -> Option<String>) -> Vec<Change> {
        let mut changes = vec![Change::Set(Key::Status, self.merged.replay.status().word().to_owned())];
        for key in KEYS.into_iter().skip(1).chain([CLEARED]) {
            changes.push(self.wanted(key, text_of(key)).map_or(Change::Remove(key), |text| Change::Set(key, text)));
        }
        changes
    }

    /// What a key holds in the end; `merged` is what it would hold by itself.
    fn wanted(&self, key: Key, merged: Option<String>) -> Option<String> {
        let Some((id, entry)) = self.merged.entry_of(key) else {
            // No such event stands: what an event of a side put there goes, what stands there otherwise is not ours to judge.
            let is_of_event = |side: Side| self.text(side, key).is_some() && self.told(side).entry_of(key).is_some();
            return merged.filter(|_| !is_of_event(Side::Ours) && !is_of_event(Side::Theirs));
        };
        if key == CLEARED {
            return merged;
        }
        let owns = |side: Side| self.owns(side, key, id);
        let own = |side: Side| self.text(side, key).map(str::to_owned);
        match (owns(Side::Ours), owns(Side::Theirs)) {
            (true, false) => own(Side::Ours),
            (false, true) => own(Side::Theirs),
            (true, true) => merged,
            (false, false) => self.told_by(entry, key).or(merged),
        }
    }

    /// What an entry itself tells of a key, where neither side has the event any more: a merge on the way had taken it back.
    fn told_by(&self, entry: &Entry, key: Key) -> Option<String> {
        let reason = || ClosedWords::parse(&entry.text).reason;
        match key {
            Key::CloseReason => reason().map(|reason| reason.word().to_owned()),
            Key::DuplicateOf => match reason() {
                Some(CloseReason::Duplicate(Some(id))) => Some(id.to_string()),
                _ => None,
            },
            Key::Restored => restored_by(entry).map(|percent| percent.to_string()),
            _ => Some(self.zone.rfc3339(entry.at)),
        }
    }

    /// What is to be said: of a status that somebody's event led to and that does not stand, and of instants that differ.
    pub fn verdicts(&self) -> Vec<Verdict> {
        if self.has_seen_all(Side::Ours, Side::Theirs) || self.has_seen_all(Side::Theirs, Side::Ours) {
            return Vec::new();
        }
        let keys = [Key::MitigatedAt, Key::ResolvedAt, Key::ClosedAt, Key::CloseReason, Key::Restored];
        self.status_verdict().into_iter().chain(keys.into_iter().filter_map(|key| self.key_verdict(key))).collect()
    }

    /// A side that has every entry of the other has seen its events, and what had to be said of them is among its own.
    fn has_seen_all(&self, side: Side, other: Side) -> bool {
        let known: BTreeSet<&EntryId> = self.told(side).ids.iter().copied().collect();
        self.told(other).ids.iter().all(|id| known.contains(id))
    }

    fn status_verdict(&self) -> Option<Verdict> {
        let status = self.merged.replay.status();
        let base = self.documents.base.as_ref().map(IncidentDocument::status);
        let passed_over = [Side::Ours, Side::Theirs].into_iter().filter_map(|side| {
            let own = self.document(side).status();
            let last = self.last_move(side)?;
            (own != status && base != Some(own) && !self.merged.counts(last.0)).then_some((own, last))
        });
        // Of two, the one that went further: that an incident is not over matters most.
        let (other, (_, event)) = passed_over.max_by_key(|(own, (id, event))| (*own, event.at, *id))?;
        let standing = self.standing_voice(status);
        let at = standing.1.map_or(event.at, |at| at.max(event.at));
        let gives_way = Voice { value: other.word().to_owned(), who: by(event) };
        Some(Verdict { key: Key::Status.name().to_owned(), stands: standing.0, gives_way, at })
    }

    /// The newest event of a side that moved its status.
    fn last_move(&self, side: Side) -> Option<(&'a EntryId, &'a Entry)> {
        let told = self.told(side);
        let moves = told.replay.counted.iter().filter_map(|place| told.ids.get(*place).copied().zip(told.entries.get(*place).copied()));
        moves.rev().find(|(id, _)| self.new.contains(id))
    }

    /// Who stands for the status that stands, and when it was said: an objection, else the last event that counted.
    fn standing_voice(&self, status: Status) -> (Voice, Option<Timestamp>) {
        let value = status.word().to_owned();
        let last = self.merged.replay.counted.last().and_then(|place| self.merged.entries.get(*place).copied());
        if let Some(objection) = &self.merged.replay.objection {
            let of = objection.by.as_ref().map_or_else(String::new, |by| format!(" of {by}"));
            let at = last.map_or(objection.at, |last| last.at.max(objection.at));
            return (Voice { value, who: format!("objection {}{of}", objection.reference) }, Some(at));
        }
        (Voice { value, who: last.map_or_else(|| BY_HAND.to_owned(), by) }, last.map(|entry| entry.at))
    }

    fn key_verdict(&self, key: Key) -> Option<Verdict> {
        let (standing, entry) = self.merged.entry_of(key)?;
        let texts = self.documents.map(|document| document.header().text(key).map(str::to_owned));
        let owns = |side: Side| self.owns(side, key, standing);
        if texts.agreed().is_some() && (owns(Side::Ours) || owns(Side::Theirs)) {
            return None;
        }
        let entries = [Side::Ours, Side::Theirs].into_iter().filter_map(|side| Some((side, self.told(side).entry_of(key)?)));
        let passed_over = entries.filter(|(_, (id, _))| *id != standing);
        let (loser, (_, lost)) = passed_over.max_by_key(|(_, (id, entry))| (entry.at, *id))?;
        let winner = if loser == Side::Ours { Side::Theirs } else { Side::Ours };
        let words = |text: Option<String>| match text.as_deref().map(str::parse) {
            Some(Ok(at)) => instant_words(at, self.zone),
            _ => text.unwrap_or_else(|| "none".to_owned()),
        };
        let own = |side: Side| self.text(side, key).map(str::to_owned);
        let stands = Voice { value: words(if owns(winner) { own(winner) } else { self.told_by(entry, key) }), who: by(entry) };
        let gives_way = Voice { value: words(own(loser)), who: by(lost) };
        Some(Verdict { key: key.name().to_owned(), stands, gives_way, at: entry.at.max(lost.at) })
    }
}

fn by(entry: &Entry) -> String {
    entry.by.clone().unwrap_or_else(|| BY_HAND.to_owned())
}
