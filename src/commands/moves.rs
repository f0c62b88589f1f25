//! The rules that every status move shares: it fits the status, and it does not come before what it builds on.
//! PURE: asked on the document inside the decision.

use crate::document::incident_document::IncidentDocument;
use crate::domain::entry::Entry;
use crate::domain::key::Key;
use crate::domain::refusal::Refusal;
use crate::domain::status::{Status, StatusMove};
use crate::domain::timestamp::Timestamp;

/// Refuses a move that does not fit the status, with the command that would.
///
/// # Errors
/// It does not fit.
///
/// # Source
/// Spec §3 "Status moves".
pub fn fits(document: &IncidentDocument, status_move: StatusMove, command: &'static str) -> Result<(), Refusal> {
    let status = document.status();
    if status.after(status_move).is_some() {
        return Ok(());
    }
    let id = document.id();
    let fits = match (status_move, status) {
        (_, Status::Open) => format!("qpp-incident ack {id}"),
        (_, Status::Closed) | (StatusMove::Mitigate, Status::Resolved) => format!("qpp-incident reopen {id} \"why it is back\""),
        (StatusMove::Resolve, Status::Resolved) => format!("qpp-incident close {id} --ask"),
        _ => format!("qpp-incident log {id} \"…\""),
    };
    Err(Refusal::DoesNotFit { id, status, command, fits })
}

/// Refuses a change of the people of an incident that is over.
///
/// # Errors
/// It is closed.
pub fn not_closed(document: &IncidentDocument, command: &'static str) -> Result<(), Refusal> {
    let (id, status) = (document.id(), document.status());
    if status != Status::Closed {
        return Ok(());
    }
    let fits = format!("qpp-incident reopen {id} \"why it is back\"");
    Err(Refusal::DoesNotFit { id, status, command, fits })
}

/// Refuses an instant that lies before one that it builds on; both to the minute, as the timeline holds them.
///
/// # Errors
/// It comes before.
pub fn not_before(document: &IncidentDocument, at: Timestamp, earlier: Key, what: &str) -> Result<(), Refusal> {
    let zone = document.zone();
    match document.header().instant(earlier) {
        Some(instant) if at.floor_to_minute() < instant.floor_to_minute() => Err(Refusal::rule(
            "out-of-order",
            format!(
                "{} cannot be {what} at {}: {} at {}",
                document.id(),
                zone.date_minute(at),
                happened(earlier),
                zone.date_minute(instant)
            ),
            Some("give the time with --at, or mend the earlier one: qpp-incident correct ENTRY --time TIME"),
        )),
        _ => Ok(()),
    }
}

/// Refuses an answer that lies before what it answers.
///
/// # Errors
/// It comes before.
pub fn not_before_entry(document: &IncidentDocument, at: Timestamp, entry: &Entry, what: &str) -> Result<(), Refusal> {
    if at.floor_to_minute() >= entry.at {
        return Ok(());
    }
    let zone = document.zone();
    let named = entry.reference.map_or_else(|| "it".to_owned(), |reference| reference.to_string());
    let (at, raised_at) = (zone.date_minute(at), zone.date_minute(entry.at));
    let message = format!("{named} of {} cannot be {what} at {at}: it stands at {raised_at}", document.id());
    Err(Refusal::rule(
        "out-of-order",
        message,
        Some("give the time with --at, or mend the earlier one: qpp-incident correct ENTRY --time TIME"),
    ))
}

/// What an instant tells, as the end of a sentence.
fn happened(key: Key) -> &'static str {
    match key {
        Key::OutageStartedAt => "the outage started",
        Key::DetectedAt => "it was detected",
        Key::ReportedAt => "it was reported",
        Key::OpenedAt => "it was opened",
        Key::AcknowledgedAt => "it was acknowledged",
        Key::MitigatedAt => "it was mitigated",
        Key::ResolvedAt => "it was resolved",
        Key::OutageEndedAt => "the outage ended",
        _ => "it was closed",
    }
}
