//! The written form of a kept entry: JSON with every field by its own name.
//! EFFECT layer, but pure: text to value and back.

use serde::{Deserialize, Serialize};

use crate::domain::entry::Entry;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::kept_entry::KeptEntry;

/// The number of this form.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Form {
    schema: u32,
    folder: String,
    incident: String,
    event: String,
    occurred_at: String,
    recorded_at: String,
    clock_supplied: bool,
    author: PersonForm,
    committer: PersonForm,
    entry: EntryForm,
    why: String,
}

#[derive(Serialize, Deserialize)]
struct PersonForm {
    name: String,
    email: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct EntryForm {
    at: String,
    logged_at: Option<String>,
    kind: Option<String>,
    reference: Option<String>,
    text: String,
    evidence: Vec<String>,
    by: Option<String>,
    recorded_by: Option<String>,
}

/// The entry as a file holds it.
pub(crate) fn write(kept: &KeptEntry) -> String {
    let form = Form {
        schema: SCHEMA,
        folder: kept.folder_path.clone(),
        incident: kept.id.to_string(),
        event: kept.event.clone(),
        occurred_at: kept.occurred_at.to_string(),
        recorded_at: kept.recorded_at.to_string(),
        clock_supplied: kept.clock_supplied,
        author: person_form(&kept.author),
        committer: person_form(&kept.committer),
        entry: entry_form(&kept.entry),
        why: kept.why.clone(),
    };
    serde_json::to_string_pretty(&form).unwrap_or_default()
}

/// The entry that a file holds; none when it is no such file, or one of a later form.
pub(crate) fn read(text: &str) -> Option<KeptEntry> {
    let form: Form = serde_json::from_str(text).ok().filter(|form: &Form| form.schema == SCHEMA)?;
    Some(KeptEntry {
        folder_path: form.folder,
        id: form.incident.parse().ok()?,
        event: form.event,
        occurred_at: form.occurred_at.parse().ok()?,
        recorded_at: form.recorded_at.parse().ok()?,
        clock_supplied: form.clock_supplied,
        author: person(&form.author),
        committer: person(&form.committer),
        entry: entry(form.entry)?,
        why: form.why,
    })
}

fn person_form(person: &Person) -> PersonForm {
    PersonForm { name: person.name.clone(), email: person.email.clone() }
}

fn person(form: &PersonForm) -> Person {
    Person::new(&form.name, form.email.as_deref())
}

fn entry_form(entry: &Entry) -> EntryForm {
    EntryForm {
        at: entry.at.to_string(),
        logged_at: entry.logged_at.map(|at| at.to_string()),
        kind: entry.kind.map(|kind| kind.word().to_owned()),
        reference: entry.reference.map(|reference| reference.to_string()),
        text: entry.text.clone(),
        evidence: entry.evidence.clone(),
        by: entry.by.clone(),
        recorded_by: entry.recorded_by.clone(),
    }
}

fn entry(form: EntryForm) -> Option<Entry> {
    let at: Timestamp = form.at.parse().ok()?;
    Some(Entry {
        at,
        logged_at: form.logged_at.map(|at| at.parse()).transpose().ok()?,
        kind: form.kind.map(|word| word.parse()).transpose().ok()?,
        reference: form.reference.map(|reference| reference.parse()).transpose().ok()?,
        text: form.text,
        evidence: form.evidence,
        by: form.by,
        recorded_by: form.recorded_by,
    })
}
