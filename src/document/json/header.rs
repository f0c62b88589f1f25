//! The front matter as JSON: every known key always there, unknown ones under `extra`.
//! PURE. Text or null, lists `[]`, people `{"name","email"}`, instants in the document's zone.

use serde_json::{Map, Value, json};

use crate::document::header::{Header, read_person};
use crate::document::json::person;
use crate::domain::key::{Key, KeyShape};
use crate::domain::person::Person;

/// The keys of the front matter, in document order, then `extra`.
pub fn header(header: &Header) -> Map<String, Value> {
    let known = Key::ALL.iter().map(|key| (key.name().to_owned(), value(header, *key)));
    known.chain([("extra".to_owned(), Value::Object(header.extra().clone()))]).collect()
}

/// The same keys when nothing could be read: null, `[]` and `{}`.
pub fn unread() -> Map<String, Value> {
    let nothing = |key: &Key| if key.shape() == KeyShape::List { json!([]) } else { Value::Null };
    let known = Key::ALL.iter().map(|key| (key.name().to_owned(), nothing(key)));
    known.chain([("extra".to_owned(), json!({}))]).collect()
}

fn value(header: &Header, key: Key) -> Value {
    match key {
        Key::Id => json!(header.id()),
        Key::Status => json!(header.status()),
        Key::Severity => json!(header.severity()),
        Key::Restored => json!(header.restored()),
        Key::Timezone => json!(header.zone().to_string()),
        Key::Reporter | Key::Commander => json!(header.person(key).as_ref().map(person)),
        Key::Responders | Key::BusinessOwners | Key::Audience => header.list(key).iter().map(|text| listed(text)).collect(),
        _ => match key.shape() {
            KeyShape::List => json!(header.list(key)),
            KeyShape::Instant => json!(header.instant(key).map(|at| header.zone().rfc3339(at))),
            KeyShape::Text => json!(header.text(key)),
        },
    }
}

/// Somebody of a list; what is no person is kept as a name.
fn listed(text: &str) -> Value {
    person(&read_person(text).unwrap_or_else(|_| Person::new(text, None)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn every_key_is_there_in_its_form() {
        let yaml = concat!(
            "id: inc-k7qfm\ntitle: Many errors\nstatus: mitigated\nseverity: sev2\nrestored: 60\ncommander: Sam Reyes <sam@example.org>\n",
            "responders:\n  - Ada\naudience:\n  - all@example.org\n  - Broken <x\nreported_at: 2026-11-23T04:58:00Z\nteams:\n  - qpp\nx: [1]\n"
        );
        let object = header(&Header::parse(yaml, 2).unwrap());
        let value = |key: &str| object[key].clone();
        assert_eq!(value("id"), "INC-K7QFM");
        assert_eq!(value("severity"), "SEV-2");
        assert_eq!(value("restored"), 60);
        assert_eq!(value("commander"), json!({ "name": "Sam Reyes", "email": "sam@example.org" }));
        assert_eq!(value("reporter"), Value::Null);
        assert_eq!(value("responders"), json!([{ "name": "Ada", "email": null }]));
        assert_eq!(value("audience")[0]["email"], "all@example.org");
        assert_eq!(value("audience")[1]["name"], "Broken x");
        assert_eq!(value("reported_at"), "2026-11-22T23:58:00-05:00");
        assert_eq!(value("timezone"), "America/New_York");
        assert_eq!(value("teams"), json!(["qpp"]));
        assert_eq!(value("aka"), json!([]));
        assert_eq!(value("closed_at"), Value::Null);
        assert_eq!(value("extra"), json!({ "x": [1] }));
        assert_eq!(object.keys().collect::<Vec<_>>(), unread().keys().collect::<Vec<_>>());
    }
}
