//! Which entries may be corrected, and how: the rule behind `correct`.
//! PURE: asked on the document inside the decision.
//!
//! # Source
//! Spec §2: "A wrong entry is never edited".

use crate::commands::fact::{NewValue, entry_of, event_of, fact_set};
use crate::commands::moves;
use crate::document::entry_name::{distinct_name, full_name, minute_name};
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, Correction};
use crate::domain::key::Key;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;

/// The events of a correction: its own, and the fact that a corrected time moves.
///
/// # Errors
/// The entry is void, a correction itself, or holds up a status or a fact that would then be wrong.
pub fn correct(document: &IncidentDocument, index: usize, correction: &Correction) -> Result<Vec<Action>, Refusal> {
    let Some(found) = document.timeline().entries.get(index) else { return Ok(Vec::new()) };
    let (entry, zone) = (&found.entry, document.zone());
    may_be_corrected(document, entry)?;
    if found.void {
        let message = format!("{} is void already: it counts for nothing", full_name(entry, zone));
        let hint = format!("qpp-incident log {} \"…\" records what did happen", document.id());
        return Err(Refusal::rule("already-void", message, Some(&hint)));
    }
    let name = distinct_name(document.timeline(), index, zone).unwrap_or_default();
    let mut actions = vec![Action::Corrected { entry: name, correction: correction.clone() }];
    match correction {
        Correction::Text(text) if *text == entry.text => {
            return Err(Refusal::rule("same-text", format!("{} says that already", full_name(entry, zone)), None));
        }
        Correction::Text(_) => {}
        Correction::Void(_) => may_be_void(document, index, entry)?,
        Correction::Time(at) => actions.extend(moved_instant(document, index, entry, *at)?),
    }
    Ok(actions)
}

fn may_be_corrected(document: &IncidentDocument, entry: &Entry) -> Result<(), Refusal> {
    match entry.kind {
        Some(kind @ (EntryKind::Correction | EntryKind::Void | EntryKind::Redacted | EntryKind::Merge)) => Err(Refusal::rule(
            "not-correctable",
            format!("{} is of kind {kind}, which is not corrected itself", full_name(entry, document.zone())),
            Some("correct the entry that it names: the last correction holds"),
        )),
        _ => Ok(()),
    }
}

/// Refuses to void what the front matter rests on: the status, the people and the facts would then say what nothing records.
fn may_be_void(document: &IncidentDocument, index: usize, entry: &Entry) -> Result<(), Refusal> {
    let Some(kind) = entry.kind else { return Ok(()) };
    let id = document.id();
    let name = minute_name(document.timeline(), document.zone(), index).unwrap_or_default();
    let fits = match kind {
        EntryKind::Opened => format!("qpp-incident close {id} --reason false-alarm \"why\""),
        EntryKind::Acknowledged => format!("qpp-incident correct {id} '{name}' --time TIME"),
        EntryKind::Mitigated | EntryKind::Resolved | EntryKind::Closed => format!("qpp-incident reopen {id} \"why\""),
        EntryKind::Reopened => format!("qpp-incident resolve {id} \"how\""),
        EntryKind::Commander | EntryKind::Handoff | EntryKind::Rotation => format!("qpp-incident assign-ic {id} WHO"),
        EntryKind::Responder => format!("qpp-incident responder remove {id} WHO, or responder add"),
        EntryKind::Owner => format!("qpp-incident owner remove {id} WHO, or owner add"),
        EntryKind::Fact => format!("qpp-incident set {id} KEY=VALUE --reason \"why\""),
        EntryKind::CmsProcess => format!("qpp-incident set {id} cms_process=REF"),
        _ => return Ok(()),
    };
    let what = if kind.status_move().is_some() || kind == EntryKind::Opened { "status" } else { "front matter" };
    let message = format!("{} cannot be void: the {what} rests on it", full_name(entry, document.zone()));
    Err(Refusal::rule("holds-up-a-fact", message, Some(&fits)))
}

/// The instant of the front matter that the entry set, at its right time.
fn moved_instant(document: &IncidentDocument, index: usize, entry: &Entry, at: Timestamp) -> Result<Option<Action>, Refusal> {
    let is_set_here = |key: &&Key| event_of(**key).is_some() && entry_of(document, **key) == Some(index);
    let key = Key::ALL.iter().find(is_set_here).copied();
    let zone = document.zone();
    let stands = key.and_then(|key| document.header().instant(key)).unwrap_or(entry.at);
    if stands == at {
        return Err(Refusal::rule("same-time", format!("{} happened then already", full_name(entry, zone)), None));
    }
    if key == Some(Key::AcknowledgedAt) {
        moves::not_before(document, at, Key::ReportedAt, "acknowledged")?;
    }
    let reason = "The time of its entry is corrected.";
    key.map(|key| fact_set(document, key, &NewValue::Instant(Some(at)), Some(reason))).transpose()
}

#[cfg(test)]
mod tests;
