//! `instant-changed`: an instant of the front matter is another than in a parent, and no entry that came with it says so.
//! PURE. The clocks are computed from these instants: who moves one moves a deadline.

use crate::document::evidence::Evidence;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::Level;
use crate::domain::key::{Key, KeyShape};
use crate::domain::timestamp::Timestamp;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::{Pair, Step};

/// The rule.
pub static RULE: Rule = Rule {
    id: "instant-changed",
    level: Level::Error,
    what: "an instant of the front matter, or the timezone, is another than in a parent, and no Fact, Reopened or other entry says so",
    source: "\"Be comprehensive … Add start and end times to the outage and incident\"; an instant is changed by `set`, `correct --time` or `reopen`",
};

/// An instant that changed without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedInstant {
    /// Which.
    pub key: Key,
    /// What the parent has.
    pub was: Timestamp,
    /// What is to be said of it.
    pub message: String,
}

/// The instants of a parent that the commit has otherwise.
pub fn find(step: &Step<'_>, pair: &Pair) -> Vec<ChangedInstant> {
    let (Some(old), Some(new)) = (&pair.old, &step.new) else { return Vec::new() };
    if new.facts.is_err() {
        return Vec::new(); // the next commit that can be read is compared with what was last read
    }
    let instants = Key::ALL.iter().filter(|key| key.shape() == KeyShape::Instant);
    let changed = instants.filter_map(|key| {
        let was = old.instant(*key)?;
        let is = new.instant(*key);
        (is != Some(was)).then_some((*key, was, is))
    });
    let mut changed = changed.filter(|(key, _, is)| !is_another_parents(step, *key, *is)).peekable();
    let said: Vec<Entry> =
        if changed.peek().is_some() { pair.delta.gained.iter().filter_map(|entry| new.entry(entry)).collect() } else { Vec::new() };
    let unsaid = changed.filter(|(key, _, is)| !said.iter().any(|entry| says(entry, *key, *is)));
    unsaid.map(|(key, was, is)| ChangedInstant { key, was, message: message(step, old, key, was, is) }).collect()
}

/// A merge may take the instant of either side.
fn is_another_parents(step: &Step<'_>, key: Key, is: Option<Timestamp>) -> bool {
    let has_it_unchanged = step.pairs.len() < step.commit.parents.len();
    is.is_some() && (has_it_unchanged || step.pairs.iter().any(|pair| pair.old.as_ref().and_then(|old| old.instant(key)) == is))
}

/// Whether an entry says that the key has this value now.
fn says(entry: &Entry, key: Key, is: Option<Timestamp>) -> bool {
    let at = is.map(Timestamp::floor_to_minute) == Some(entry.at);
    match entry.kind {
        Some(EntryKind::Fact | EntryKind::Merge) => names(&entry.text, key),
        Some(EntryKind::Reopened) => is.is_none() && matches!(key, Key::MitigatedAt | Key::ResolvedAt | Key::ClosedAt | Key::OutageEndedAt),
        Some(EntryKind::Acknowledged) => key == Key::AcknowledgedAt && at,
        Some(EntryKind::Mitigated) => key == Key::MitigatedAt && at,
        Some(EntryKind::Resolved) => (key == Key::ResolvedAt && at) || (key == Key::OutageEndedAt && is.is_some()),
        Some(EntryKind::Closed) => key == Key::ClosedAt && at,
        _ => false,
    }
}

fn names(text: &str, key: Key) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == key.name())
}

fn message(step: &Step<'_>, old: &Evidence, key: Key, was: Timestamp, is: Option<Timestamp>) -> String {
    let zone = old.zone;
    let is = is.map_or_else(|| "is gone".to_owned(), |is| format!("is {}", zone.rfc3339(is)));
    format!("{key} was {} and {is} since {}, and no entry says why", zone.rfc3339(was), step.named())
}

/// What is to be said where the zone of a document with entries is another one.
pub fn moved_zone(step: &Step<'_>, pair: &Pair) -> Option<String> {
    let (old, new) = (pair.old.as_ref()?, step.new.as_ref()?);
    let (was, is) = (old.zone, new.zone);
    (was != is && !old.entries().is_empty())
        .then(|| format!("timezone was {was} and is {is} since {}: every entry means another instant", step.named()))
}
