//! The part of `repair` that mends breaks of the history: what a commit took out stands again, what was typed over an entry becomes its
//! correction. One commit of its own; `verify` then warns only.

use crate::commands::change::{Outcome, cannot_edit};
use crate::commands::session::{Actor, Session, known_people};
use crate::commands::verify::look;
use crate::commands::verify_report::Scope;
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::mended_record::{MendedRecord, Mending, mended};
use crate::domain::event::{Action, Event};
use crate::domain::refusal::Refusal;
use crate::error::CommandError;
use crate::rules::verify::ledger::Ledger;
use crate::rules::verify::step::short;
use crate::store::history_walk::HistoryScope;
use crate::store::paths::IncidentPath;

/// What the history says of one incident, or of all.
///
/// # Errors
/// git cannot read it.
pub fn history_of(session: &Session<'_>, place: Option<&IncidentPath>) -> Result<Ledger, CommandError> {
    let scope = place.map_or(Scope::All, |place| Scope::Folder(place.path.clone()));
    let mut ledger = look(session, &scope)?;
    if scope != Scope::All {
        for commit in session.store.walk_history(&HistoryScope::Judgments)? {
            ledger.take_judgment(&commit?);
        }
    }
    Ok(ledger)
}

/// Puts back into an incident what its history lost; none when nothing is missing.
///
/// # Errors
/// The document cannot be read, or the commit could not be made.
pub fn repair_history(session: &Session<'_>, place: &IncidentPath, history: &Ledger) -> Result<Option<Outcome>, CommandError> {
    let mendings = history.mendings(&format!("{}/{INCIDENT_FILE}", place.path));
    if mendings.is_empty() {
        return Ok(None);
    }
    let target = session.target(place.clone());
    let actor = session.actor(&known_people(&target.sound()?.incident))?;
    let outcome = session.change(&target, &actor, |folder: &Folder| decide(session, &actor, folder, &mendings))?;
    Ok(Some(outcome).filter(|outcome| !outcome.decision.events.is_empty()))
}

fn decide(session: &Session<'_>, actor: &Actor, folder: &Folder, mendings: &[Mending]) -> Result<Decision, Refusal> {
    let nothing = Decision::default();
    let found = mended(folder.incident.text(), mendings).map_err(|error| cannot_edit(&error.into()))?;
    let Some(record) = found else { return Ok(nothing) };
    let known: Vec<String> = folder.incident.entries().into_iter().filter_map(|entry| entry.by.clone()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let document = IncidentDocument::parse_with(&record.text, &known).map_err(|broken| cannot_edit(&broken.into()))?;
    let events = events(session, actor, &record, mendings);
    let text = edit::apply(&document, &events).map_err(|error| cannot_edit(&error))?;
    Ok(Decision { files: vec![(INCIDENT_FILE.to_owned(), text)], events, read: None })
}

/// A line that says what was done, and the corrections.
fn events(session: &Session<'_>, actor: &Actor, record: &MendedRecord, mendings: &[Mending]) -> Vec<Event> {
    let commits: Vec<&str> = mendings.iter().map(|mending| short(&mending.commit)).collect();
    let what = if record.put_back == 1 { "what was".to_owned() } else { format!("{} lines that were", record.put_back) };
    let text = format!("Repaired the record: put back {what} taken out or changed by commit {}.", commits.join(", "));
    let corrections = record.corrections.iter().cloned().map(|(entry, correction)| Action::Corrected { entry, correction });
    let actions = std::iter::once(Action::Logged { kind: None, text }).chain(corrections);
    actions.map(|action| session.event(actor, session.context.now, action)).collect()
}
