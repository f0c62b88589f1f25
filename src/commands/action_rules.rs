//! What `action add`, `done` and `link` decide: a row of the table in force, and a plain entry of the incident.
//! PURE. Once there is a postmortem its table is in force; a row that only the incident has is changed there.
//!
//! # Source
//! The process, "After an incident": "then spend time filing bugs to track all necessary follow up work".

use chrono::NaiveDate;

use crate::commands::change::{cannot_edit, decide_events};
use crate::document::action_table::{add as add_row, link as link_row, mark_done, mentions, of_folder};
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::table::TableError;
use crate::domain::action_item::ActionItem;
use crate::domain::action_name::ActionNameError;
use crate::domain::event::{Action, Event};
use crate::domain::reference::{Reference, ReferenceKind};
use crate::domain::refusal::Refusal;

/// Adds an item, which gets a reference that neither document has.
///
/// # Errors
/// The documents cannot be edited, or there are no references left.
pub fn add(folder: &Folder, new: &ActionItem, random: [u8; 2], event: impl Fn(Action) -> Event) -> Result<Decision, Refusal> {
    let reference = free_reference(folder, random)?;
    let item = ActionItem { reference: Some(reference), ..new.clone() };
    let (file, text) = match &folder.postmortem {
        Some(text) => (POSTMORTEM_FILE, text.as_str()),
        None => (INCIDENT_FILE, folder.incident.text()),
    };
    let event = event(Action::ActionItemAdded { reference, text: item.text.clone() });
    decide(folder, file, add_row(text, &item), event)
}

/// Marks an item as done; decides nothing when it is.
///
/// # Errors
/// It is gone, or the documents cannot be edited.
pub fn done(
    folder: &Folder,
    wanted: &ActionItem,
    on: NaiveDate,
    random: [u8; 2],
    event: impl Fn(Action) -> Event,
) -> Result<Decision, Refusal> {
    let item = standing(folder, wanted)?;
    if item.done_on.is_some() {
        return Ok(nothing());
    }
    let reference = item.reference.map_or_else(|| free_reference(folder, random), Ok)?;
    let text = mark_done(text_of(folder, &item), item.line, reference, on).map_err(|error| no_place(folder, &item, &error))?;
    decide(folder, item.in_file, text, event(Action::ActionItemDone { reference, text: item.text.clone() }))
}

/// Says where an item is tracked; decides nothing when that stands there.
///
/// # Errors
/// It is gone, its table has no column for issues, or the documents cannot be edited.
pub fn link(
    folder: &Folder,
    wanted: &ActionItem,
    issue: &str,
    random: [u8; 2],
    event: impl Fn(Action) -> Event,
) -> Result<Decision, Refusal> {
    let item = standing(folder, wanted)?;
    if item.issue.as_deref() == Some(issue) {
        return Ok(nothing());
    }
    let reference = item.reference.map_or_else(|| free_reference(folder, random), Ok)?;
    let text = link_row(text_of(folder, &item), item.line, reference, issue).map_err(|error| no_place(folder, &item, &error))?;
    decide(folder, item.in_file, text, event(Action::ActionItemLinked { reference, issue: issue.to_owned() }))
}

/// A name that fits no single item, as a refusal.
pub fn no_such_item(folder: &Folder, error: &ActionNameError) -> Refusal {
    let id = folder.incident.id();
    let hint = match error {
        ActionNameError::NoneAtAll => format!("qpp-incident action add {id} \"what is to be done\""),
        _ => format!("qpp-incident action list {id} --all"),
    };
    Refusal::rule("no-such-action", error.to_string(), Some(&hint))
}

fn nothing() -> Decision {
    Decision::default()
}

/// The item as it stands now.
fn standing(folder: &Folder, wanted: &ActionItem) -> Result<ActionItem, Refusal> {
    let found = of_folder(folder).into_iter().find(|item| item.is_same(wanted));
    found.ok_or_else(|| {
        let hint = format!("qpp-incident action list {}", folder.incident.id());
        Refusal::rule("action-gone", format!("the action item `{}` was changed while this was decided", wanted.cell()), Some(&hint))
    })
}

fn text_of<'a>(folder: &'a Folder, item: &ActionItem) -> &'a str {
    folder.text_of(item.in_file).unwrap_or_default()
}

fn free_reference(folder: &Folder, random: [u8; 2]) -> Result<Reference, Refusal> {
    let texts: Vec<&str> = [Some(folder.incident.text()), folder.postmortem.as_deref()].into_iter().flatten().collect();
    let is_taken = |reference: Reference| texts.iter().any(|text| mentions(text, reference));
    let free = Reference::free(ReferenceKind::ActionItem, random, is_taken);
    free.ok_or_else(|| {
        Refusal::rule("no-reference-left", format!("{} has used every reference of action items", folder.incident.id()), None)
    })
}

fn no_place(folder: &Folder, item: &ActionItem, error: &TableError) -> Refusal {
    let place = format!("{}/{}", folder.path, item.in_file);
    let hint = format!("${{EDITOR:-vi}} +{} {place}", item.line);
    Refusal::rule("cannot-edit", format!("cannot change `{}` in {place}: {error}", item.cell()), Some(&hint))
}

/// The edited table and the entry as one decision, in one document or in two.
fn decide(folder: &Folder, file: &str, text: String, event: Event) -> Result<Decision, Refusal> {
    if file != INCIDENT_FILE {
        let mut decision = decide_events(folder, vec![event])?;
        decision.files.push((file.to_owned(), text));
        return Ok(decision);
    }
    let document = IncidentDocument::parse(&text).map_err(|broken| cannot_edit(&edit::EditError::Broken(broken)))?;
    let events = vec![event];
    let text = edit::apply(&document, &events).map_err(|error| cannot_edit(&error))?;
    Ok(Decision { files: vec![(INCIDENT_FILE.to_owned(), text)], events, ..Decision::default() })
}
