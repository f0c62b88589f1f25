//! Domain values as the JSON that `--json` answers with: one builder a thing, every key always there.
//! PURE. The shapes are stable and described in `docs/format.md` and `docs/schema`.

use serde_json::{Value, json};

use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::person::Person;

/// A person: `{"name","email"}`.
pub fn person(person: &Person) -> Value {
    json!({ "name": person.name, "email": person.email })
}

/// A timeline entry.
pub fn entry(document: &IncidentDocument, found: &TimelineEntry) -> Value {
    let zone = document.zone();
    let named = |name: &Option<String>| name.as_ref().map(|name| person(&document.person_named(name)));
    let entry = &found.entry;
    json!({
        "at": zone.rfc3339(entry.at),
        "logged_at": entry.logged_at.map(|at| zone.rfc3339(at)),
        "kind": entry.kind,
        "ref": entry.reference,
        "text": entry.text,
        "by": named(&entry.by),
        "recorded_by": named(&entry.recorded_by),
        "evidence": entry.evidence,
        "void": found.void,
        "line": found.line,
    })
}
