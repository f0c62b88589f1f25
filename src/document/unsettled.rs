//! The decisions of a merge that nobody has settled yet.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key_setting::sets;

/// The Merge entries behind which no other entry sets their key; of several of one key the last.
pub fn unsettled_merges(document: &IncidentDocument) -> Vec<&TimelineEntry> {
    let standing: Vec<&TimelineEntry> = document.timeline().standing().collect();
    let is_open = |(place, found): &(usize, &&TimelineEntry)| {
        let key = decided_key(found).unwrap_or_default();
        !standing.iter().skip(place + 1).any(|later| sets(&later.entry, key))
    };
    let merges = standing.iter().enumerate().filter(|(_, found)| decided_key(found).is_some());
    merges.filter(is_open).map(|(_, found)| *found).collect()
}

/// The key that a Merge entry is about.
pub fn decided_key(found: &TimelineEntry) -> Option<&str> {
    (found.entry.kind == Some(EntryKind::Merge)).then_some(())?;
    found.entry.text.split_once(": ").map(|(key, _)| key)
}
