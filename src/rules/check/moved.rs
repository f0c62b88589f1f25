//! Entries that move the status, and whether the front matter backs each: a line that was typed by hand does not count.
//! PURE. Read by the rules `status-timeline` and `by-hand-event`.

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::key_setting::sets;
use crate::domain::status::{Status, StatusMove};
use crate::domain::timestamp::Timestamp;

/// An entry that moves the status.
pub struct Moved<'a> {
    /// The entry where it stands.
    pub found: &'a TimelineEntry,
    /// The move.
    pub status_move: StatusMove,
    /// True when the front matter agrees that it happened.
    pub is_backed: bool,
}

/// The instant of the front matter that a move sets; a reopening sets none.
pub fn instant_key(status_move: StatusMove) -> Option<Key> {
    match status_move {
        StatusMove::Acknowledge => Some(Key::AcknowledgedAt),
        StatusMove::Mitigate => Some(Key::MitigatedAt),
        StatusMove::Resolve => Some(Key::ResolvedAt),
        StatusMove::Close => Some(Key::ClosedAt),
        StatusMove::Reopen => None,
    }
}

/// The status-moving entries that are not void, by time. What a reopening undid has left no instant behind, and counts.
pub fn moved(document: &IncidentDocument) -> Vec<Moved<'_>> {
    let mut entries: Vec<&TimelineEntry> = document.timeline().standing().collect();
    entries.sort_by_key(|found| found.entry.at);
    let moves = entries.into_iter().filter_map(|found| Some((found, found.entry.kind?.status_move()?)));
    let mut moves: Vec<Moved<'_>> = moves
        .map(|(found, status_move)| Moved { found, status_move, is_backed: is_backed(document, found.entry.at, status_move) })
        .collect();
    let reopened = moves.iter().rposition(|moved| moved.status_move == StatusMove::Reopen && moved.is_backed);
    for moved in moves.iter_mut().take(reopened.unwrap_or_default()) {
        moved.is_backed |= moved.status_move != StatusMove::Acknowledge;
    }
    moves
}

/// True when a later entry says why the instant is another than that of its event: a fact set, a merge, a corrected time.
pub fn is_explained(document: &IncidentDocument, key: Key) -> bool {
    let corrected = document.header().instant(key).map(|at| format!("happened at {}", document.zone().date_minute(at)));
    document.timeline().standing().any(|found| match found.entry.kind {
        Some(EntryKind::Fact | EntryKind::Merge) => found.entry.text.starts_with(&format!("{key}:")),
        Some(EntryKind::Correction) => corrected.as_ref().is_some_and(|corrected| found.entry.text.contains(corrected)),
        _ => false,
    })
}

/// True where a merge decided the status then or later: of what both sides did until then, some does not stand, and the merge says so.
fn is_passed_over(document: &IncidentDocument, at: Timestamp) -> bool {
    document
        .timeline()
        .standing()
        .any(|found| found.entry.kind == Some(EntryKind::Merge) && found.entry.at >= at && sets(&found.entry, "status"))
}

fn is_backed(document: &IncidentDocument, at: Timestamp, status_move: StatusMove) -> bool {
    let header = document.header();
    let Some(key) = instant_key(status_move) else {
        let later = [Key::MitigatedAt, Key::ResolvedAt, Key::ClosedAt];
        let stands = |key: Key| header.instant(key).is_none_or(|instant| instant.floor_to_minute() >= at);
        return header.status() != Status::Open && later.into_iter().all(stands);
    };
    let Some(instant) = header.instant(key).map(Timestamp::floor_to_minute) else { return is_passed_over(document, at) };
    // Partial fixes may follow the first mitigation, which alone sets the instant.
    at == instant || is_passed_over(document, at) || (status_move == StatusMove::Mitigate && at > instant) || is_explained(document, key)
}
