//! Domain values as the JSON that `--json` answers with: one builder a thing, every key always there.
//! PURE. The shapes are stable and described in `docs/format.md` and `docs/schema`.

pub mod clocks;
pub mod header;
pub mod list;
pub mod show;

use serde_json::{Value, json};

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::person::Person;

/// The version of every form of JSON that is answered.
pub const SCHEMA: u64 = 1;

/// An array of objects as an answer: each says its version first.
pub fn answered(objects: Vec<Value>) -> Value {
    let versioned = objects.into_iter().map(|object| match object {
        Value::Object(map) => Value::Object([("schema".to_owned(), json!(SCHEMA))].into_iter().chain(map).collect()),
        other => other,
    });
    Value::Array(versioned.collect())
}

/// A person: `{"name","email"}`.
pub fn person(person: &Person) -> Value {
    json!({ "name": person.name, "email": person.email })
}

/// A timeline entry.
pub fn entry(document: &IncidentDocument, found: &TimelineEntry) -> Value {
    let zone = document.zone();
    let entry = &found.entry;
    json!({
        "at": zone.rfc3339(entry.at),
        "logged_at": entry.logged_at.map(|at| zone.rfc3339(at)),
        "kind": entry.kind,
        "ref": entry.reference,
        "text": entry.text,
        "by": named(document, entry.by.as_ref()),
        "recorded_by": named(document, entry.recorded_by.as_ref()),
        "evidence": entry.evidence,
        "void": found.void,
        "line": found.line,
    })
}

/// People.
pub fn people(people: &[Person]) -> Vec<Value> {
    people.iter().map(person).collect()
}

/// Somebody whom the timeline names, with the address where the document has it.
pub fn named(document: &IncidentDocument, name: Option<&String>) -> Value {
    name.map_or(Value::Null, |name| person(&document.person_named(name)))
}
