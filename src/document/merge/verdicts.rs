//! Which value of a key stands where both sides changed it, told by the entries that set it (M4), and what is said of it (M6).
//! PURE. Merge entries set nothing here: a value keeps the time at which somebody set it.

use serde_json::Value;

use crate::document::merge::entries::new_in;
use crate::document::merge::entry_id::SideEntry;
use crate::document::merge::keys::{Decided, Side};
use crate::document::merge::merge_entry::{BY_HAND, Verdict, Voice, words};
use crate::document::merge::three::Three;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::handoff_words::taker;
use crate::domain::key::Key;
use crate::domain::key_setting::sets;
use crate::domain::severity::Severity;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// The entries that each side added.
pub struct Added<'a> {
    entries: Three<Vec<&'a Entry>>,
    zone: Zone,
}

impl<'a> Added<'a> {
    /// Of the sides' timelines.
    pub fn of(sides: &'a Three<Vec<SideEntry>>, zone: Zone) -> Self {
        let own = |side: &'a [SideEntry]| {
            let new = new_in(side, sides.base.as_ref()).into_iter().map(|found| &found.entry);
            new.filter(|entry| entry.kind != Some(EntryKind::Merge)).collect::<Vec<_>>()
        };
        Self { entries: Three { base: None, ours: own(&sides.ours), theirs: own(&sides.theirs) }, zone }
    }

    /// A side's newest entry that sets a key: one that names the value which the side has, since after a merge newer ones may stand
    /// there that gave way. What stood before a reopening that takes the key away sets it no longer.
    fn setter(&self, side: Side, key: &str, value: &str) -> Option<&'a Entry> {
        let entries = if side == Side::Ours { &self.entries.ours } else { &self.entries.theirs };
        let setters: Vec<&Entry> = entries.iter().copied().filter(|entry| sets(entry, key)).collect();
        let reopened = setters.iter().rposition(|entry| entry.kind == Some(EntryKind::Reopened));
        let setters = || setters.iter().copied().skip(reopened.unwrap_or(0));
        let naming = setters().filter(|entry| new_value(entry).contains(value)).max_by_key(|entry| entry.at);
        naming.or_else(|| setters().max_by_key(|entry| entry.at))
    }

    fn words(&self, value: &Value) -> String {
        if value.is_null() { String::new() } else { words(value, self.zone) }
    }

    /// Whose value of a key stands.
    pub fn judge(&self, key: &str, values: &Three<Value>) -> Side {
        let pair = Three { base: None, ours: self.words(&values.ours), theirs: self.words(&values.theirs) };
        let by = |ours_first: bool| if ours_first { Side::Ours } else { Side::Theirs };
        if let Some(side) = by_its_own_rule(key, &pair, values) {
            return side;
        }
        let time = |side: Side, value: &str| self.setter(side, key, value).map(|entry| entry.at);
        by((time(Side::Ours, &pair.ours), &pair.ours) >= (time(Side::Theirs, &pair.theirs), &pair.theirs))
    }

    /// What is to be said of a decided key; `last` is when anything was last said at all.
    pub fn verdict(&self, decided: &Decided, last: Timestamp) -> Verdict {
        let value = |side: Side| if side == Side::Ours { &decided.values.ours } else { &decided.values.theirs };
        let setter = |side: Side| self.setter(side, &decided.key, &self.words(value(side)));
        let at = [Side::Ours, Side::Theirs].into_iter().filter_map(setter).map(|entry| entry.at).max();
        let voice = |side: Side| {
            let value = value(side);
            let by = setter(side).and_then(|entry| entry.by.clone());
            Voice { value: words(value, self.zone), who: by.unwrap_or_else(|| BY_HAND.to_owned()) }
        };
        let (stands, gives_way) = match decided.stands {
            Side::Ours => (voice(Side::Ours), voice(Side::Theirs)),
            Side::Theirs => (voice(Side::Theirs), voice(Side::Ours)),
        };
        Verdict { key: decided.key.clone(), stands, gives_way, at: at.unwrap_or(last) }
    }
}

/// The part of an entry that names what it set: not the old value, nor the commander who handed over.
fn new_value(entry: &Entry) -> &str {
    let new = match entry.kind {
        Some(EntryKind::Handoff) => taker(&entry.text, None),
        _ => entry.text.rsplit_once("→ ").map(|(_, new)| new),
    };
    new.unwrap_or(&entry.text)
}

/// Keys that do not ask when they were set: the worse severity, the earlier of the first instants. A value stands against none.
fn by_its_own_rule(key: &str, words: &Three<String>, values: &Three<Value>) -> Option<Side> {
    let earlier = [Key::AcknowledgedAt, Key::ReportedAt, Key::DetectedAt, Key::OutageStartedAt].iter().any(|known| known.name() == key);
    let is_severity = key == Key::Severity.name();
    if !earlier && !is_severity {
        return None;
    }
    match (words.ours.is_empty(), words.theirs.is_empty()) {
        (false, true) => return Some(Side::Ours),
        (true, false) => return Some(Side::Theirs),
        _ => {}
    }
    let ours_first = if is_severity {
        words.ours.parse::<Severity>().ok()? < words.theirs.parse::<Severity>().ok()?
    } else {
        let instant = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let (ours, theirs) = (instant(&values.ours)?, instant(&values.theirs)?);
        if ours == theirs {
            return None;
        }
        ours < theirs
    };
    Some(if ours_first { Side::Ours } else { Side::Theirs })
}
