//! The entries of both sides, each as often as on the side that has it oftener, by time (M1).
//! PURE. An entry is its bytes: line ends and trailing blanks aside. Within a minute they stand in an order that agrees with both sides.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::merge::entry_id::{EntryId, SideEntry};
use crate::document::merge::order::{Between, weave};
use crate::document::merge::redacted::redacted_of;
use crate::document::merge::three::Three;
use crate::domain::timestamp::Timestamp;

/// The entries of both sides in the order of time.
pub fn merge(sides: &Three<Vec<SideEntry>>) -> Vec<SideEntry> {
    let gone = words_taken_away(sides);
    let standing =
        |entries: &Vec<SideEntry>| -> Vec<SideEntry> { entries.iter().filter(|entry| !gone.contains(&entry.id)).cloned().collect() };
    let (ours, theirs) = (standing(&sides.ours), standing(&sides.theirs));
    let mut by_id: BTreeMap<&EntryId, &SideEntry> = BTreeMap::new();
    for entry in ours.iter().chain(&theirs) {
        let known = by_id.entry(&entry.id).or_insert(entry);
        if (entry.entry.at, &entry.source) < (known.entry.at, &known.source) {
            *known = entry;
        }
    }
    let mut minutes: BTreeMap<Timestamp, (Vec<&EntryId>, Vec<&EntryId>)> = BTreeMap::new();
    let minute_of = |entry: &SideEntry| by_id.get(&entry.id).map_or(entry.entry.at, |known| known.entry.at);
    for entry in &ours {
        minutes.entry(minute_of(entry)).or_default().0.push(&entry.id);
    }
    for entry in &theirs {
        minutes.entry(minute_of(entry)).or_default().1.push(&entry.id);
    }
    let ordered = minutes.values().flat_map(|(ours, theirs)| weave(ours, theirs, Between::Mixed));
    ordered.filter_map(|id| by_id.get(id).map(|entry| (*entry).clone())).collect()
}

/// The entries of a side that are not in the base, by what they are known by.
pub fn new_in<'side>(side: &'side [SideEntry], base: Option<&Vec<SideEntry>>) -> Vec<&'side SideEntry> {
    let known: BTreeSet<&EntryId> = base.into_iter().flatten().map(|entry| &entry.id).collect();
    side.iter().filter(|entry| !known.contains(&entry.id)).collect()
}

/// What one side redacted and the other still has in full: it goes.
fn words_taken_away(sides: &Three<Vec<SideEntry>>) -> BTreeSet<EntryId> {
    let base = sides.base.as_ref();
    let by = |redacting: &Vec<SideEntry>, other: &Vec<SideEntry>| -> Vec<EntryId> {
        let kept: BTreeSet<&EntryId> = redacting.iter().map(|entry| &entry.id).collect();
        let full = new_in(other, Some(redacting));
        let known: BTreeSet<&EntryId> = base.into_iter().flatten().map(|entry| &entry.id).collect();
        let lost: Vec<&SideEntry> =
            full.into_iter().filter(|entry| !kept.contains(&entry.id) && (base.is_none() || known.contains(&entry.id))).collect();
        redacted_of(&new_in(redacting, base), &lost, base.is_some())
    };
    by(&sides.ours, &sides.theirs).into_iter().chain(by(&sides.theirs, &sides.ours)).collect()
}
