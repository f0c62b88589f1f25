//! Sides as commands make them: each step is what one command does to the text, and a step that would be refused is left out.

use proptest::prelude::*;
use qpp_incident::document::edit::{apply, insert_entry};
use qpp_incident::document::folder::{Folder, INCIDENT_FILE};
use qpp_incident::document::incident_document::IncidentDocument;
use qpp_incident::document::redaction::redact;
use qpp_incident::document::table::{ACTION_ITEMS, add_row, replace_row, rows};
use qpp_incident::domain::change::Change;
use qpp_incident::domain::consensus::consensus;
use qpp_incident::domain::entry::Entry;
use qpp_incident::domain::entry_kind::EntryKind;
use qpp_incident::domain::event::{Action, CloseReason, Event, Role};
use qpp_incident::domain::key::Key;
use qpp_incident::domain::key_setting::CLEARED_BY_REOPENING;
use qpp_incident::domain::person::Person;
use qpp_incident::domain::status::{Status, StatusMove};
use qpp_incident::domain::timestamp::Timestamp;

/// One command: what, by whom, how many minutes after the one before, and which of a few words.
#[derive(Debug, Clone)]
pub struct Step {
    what: u8,
    who: u8,
    seconds: i64,
    word: u8,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..22u8, 0..4u8, 0..200i64, 0..4u8).prop_map(|(what, who, seconds, word)| Step { what, who, seconds, word });
    proptest::collection::vec(step, 0..7)
}

fn person(index: u8) -> Person {
    let (name, email) = [
        ("Grace Hopper", "grace@example.org"),
        ("Sam Reyes", "sam@example.org"),
        ("Pat Lee", "pat@example.org"),
        ("Ada Byron", "ada@example.org"),
    ][usize::from(index)];
    Person::new(name, Some(email))
}

fn start() -> Timestamp {
    "2026-11-23T00:12:00-05:00".parse().unwrap()
}

/// The text after the steps.
pub fn side(text: &str, steps: &[Step]) -> String {
    let mut now = start();
    steps.iter().fold(text.to_owned(), |text, step| {
        now = now.plus_seconds(step.seconds);
        after(&text, step, now).unwrap_or(text)
    })
}

fn after(text: &str, step: &Step, now: Timestamp) -> Option<String> {
    let document = IncidentDocument::parse(text).ok()?;
    let by = person(step.who);
    let event =
        |action: Action| Event { occurred_at: now, recorded_at: now, by: by.clone(), recorded_by: None, evidence: Vec::new(), action };
    let word = ["one", "two", "three", "four"][usize::from(step.word)];
    let recorded = |action: Action| apply(&document, &[event(action)]).ok();
    let fits = |status_move: StatusMove| document.status().after(status_move);
    match step.what {
        0..=3 => recorded(Action::Logged { kind: None, text: format!("Saw {word}.") }),
        4 => recorded(Action::Updated { text: format!("News {word}.") }),
        5 => {
            let who = person(step.word);
            recorded(match document.commander() {
                Some(from) => Action::HandedOff { from, to: who, brief: "As it stands.".to_owned(), unreachable: false },
                None => Action::CommanderAssigned { who },
            })
        }
        6 => recorded(fact(&document, Key::Severity, &format!("SEV-{}", step.word + 1))),
        7 => recorded(fact(&document, Key::Title, &format!("Errors {word}"))),
        8 => recorded(Action::FactSet {
            key: Key::Teams,
            old: None,
            new: Some(format!("added {word}")),
            reason: None,
            changes: vec![Change::AddItem(Key::Teams, word.to_owned())],
        }),
        9 => recorded(Action::PersonAdded { role: Role::Responder, who: person(step.word) }),
        10 => recorded(Action::PersonRemoved { role: Role::Responder, who: person(step.word) }),
        11 => {
            fits(StatusMove::Mitigate)?;
            let first = document.header().instant(Key::MitigatedAt).is_none();
            let restored = Some(step.word * 20);
            recorded(Action::Mitigated { text: format!("Reverted {word}."), restored, mitigation_type: None, first })
        }
        12 | 13 => {
            fits(StatusMove::Resolve)?;
            let outage_ended_at = (step.word > 1).then(|| now.plus_seconds(-60 * i64::from(step.word)));
            recorded(Action::Resolved { text: format!("Fixed {word}."), outage_ended_at })
        }
        14 | 15 => close(&document, step).and_then(recorded),
        16 => {
            fits(StatusMove::Reopen)?;
            let cleared = CLEARED_BY_REOPENING.into_iter().filter(|key| document.header().text(*key).is_some()).collect();
            recorded(Action::Reopened { reason: format!("Back {word}"), cleared })
        }
        17 => objection(text, &document, step, now, &by),
        18 => recorded(Action::SectionWritten { section: "root_causes".to_owned(), text: format!("A pool of {word}.") }),
        19 => action_item(text, step),
        20 => redacted(text, step),
        _ => recorded(fact(&document, Key::Chat, word)),
    }
}

fn fact(document: &IncidentDocument, key: Key, value: &str) -> Action {
    let old = document.header().text(key).map(str::to_owned);
    let changes = vec![Change::Set(key, value.to_owned())];
    Action::FactSet { key, old, new: Some(value.to_owned()), reason: None, changes }
}

fn close(document: &IncidentDocument, step: &Step) -> Option<Action> {
    document.status().after(StatusMove::Close)?;
    let standing = !consensus(&document.standing_entries()).objections.is_empty();
    let forced = (standing && step.word == 0).then(|| ("Late.".to_owned(), vec!["an objection stands".to_owned()]));
    if standing && forced.is_none() {
        return None;
    }
    let resolved = document.status() == Status::Resolved || forced.is_some();
    let reason = if resolved { CloseReason::Resolved } else { CloseReason::FalseAlarm };
    Some(Action::Closed { reason, text: String::new(), silent: Vec::new(), forced, instead_of: None })
}

/// An objection, or the withdrawal of one that stands.
fn objection(text: &str, document: &IncidentDocument, step: &Step, now: Timestamp, by: &Person) -> Option<String> {
    if document.status() == Status::Closed {
        return None;
    }
    let standing = consensus(&document.standing_entries()).objections;
    let mut entry = Entry::new(now, "Not yet.");
    entry.by = Some(by.name.clone());
    let answered = standing.first().filter(|_| step.word < 2);
    entry.kind = Some(answered.map_or(EntryKind::Objection, |_| EntryKind::Withdrawn));
    entry.reference = answered.map_or_else(|| format!("O{}K", step.word + 2).parse().ok(), |objection| Some(objection.reference));
    insert_entry(text, &entry).ok()
}

/// A new row, or a changed one.
fn action_item(text: &str, step: &Step) -> Option<String> {
    let word = ["one", "two", "three", "four"][usize::from(step.word)].to_owned();
    if step.who < 2 {
        let row = [format!("A{}C Do {word}", step.word + 2), "prevent".to_owned(), String::new(), String::new()];
        return Some(add_row(text, ACTION_ITEMS, &row));
    }
    let rows = rows(text, ACTION_ITEMS);
    let standing = rows.get(usize::from(step.word) % rows.len().max(1))?;
    let [item, kind, _, issue] = standing.row.clone();
    replace_row(text, ACTION_ITEMS, standing.reference()?, &[item, kind, word, issue]).ok()
}

fn redacted(text: &str, step: &Step) -> Option<String> {
    let folder = Folder::parse("x", &[(INCIDENT_FILE.to_owned(), text.to_owned())].into()).ok()?;
    let index = folder.incident.entries().iter().position(|entry| entry.kind.is_none())?;
    let day = "2026-11-23".parse().unwrap();
    let redaction = redact(&folder, index, day, if step.word < 2 { "a name" } else { "a token" })?;
    redaction.files.into_iter().next().map(|(_, text)| text)
}
