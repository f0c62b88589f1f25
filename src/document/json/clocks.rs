//! The clocks as JSON: `{"due","state","seconds","misses":[]}` each, instants in the document's zone.
//! PURE. `due` is the last instant that is in time, `seconds` = due − (met or now).

use serde_json::{Map, Value, json};

use crate::document::duties::Duty;
use crate::document::json::{people, person};
use crate::domain::clock::{Clock, Miss};
use crate::domain::clocks::Clocks;
use crate::domain::zone::Zone;

/// All clocks of an incident.
pub fn clocks(clocks: &Clocks, zone: Zone) -> Value {
    let with = |clock: &Clock, key: &str, value: Value| {
        let mut object = Map::from_iter([(key.to_owned(), value)]);
        object.extend(fields(clock, zone));
        Value::Object(object)
    };
    json!({
        "acknowledge": fields(&clocks.acknowledge, zone),
        "document": fields(&clocks.document, zone),
        "inquiries": clocks.inquiries.iter().map(|(reference, clock)| with(clock, "ref", json!(reference))).collect::<Vec<_>>(),
        "approvals": clocks.approvals.iter().map(|(reference, clock)| with(clock, "ref", json!(reference))).collect::<Vec<_>>(),
        "commander": fields(&clocks.commander, zone),
        "second_responder": fields(&clocks.second_responder, zone),
        "rotations": clocks.rotations.iter().map(|(who, clock)| with(clock, "person", person(who))).collect::<Vec<_>>(),
        "rca": fields(&clocks.rca, zone),
    })
}

fn fields(clock: &Clock, zone: Zone) -> Map<String, Value> {
    Map::from_iter([
        ("due".to_owned(), json!(clock.due.map(|at| zone.rfc3339(at)))),
        ("state".to_owned(), json!(clock.state)),
        ("seconds".to_owned(), json!(clock.seconds)),
        ("misses".to_owned(), clock.misses.iter().map(|missed| Value::Object(miss(missed, zone))).collect()),
    ])
}

/// A duty that was not done in time.
pub fn miss(miss: &Miss, zone: Zone) -> Map<String, Value> {
    Map::from_iter([
        ("due".to_owned(), json!(zone.rfc3339(miss.due))),
        ("met_at".to_owned(), json!(miss.met_at.map(|at| zone.rfc3339(at)))),
        ("seconds_late".to_owned(), json!(miss.seconds_late)),
        ("ref".to_owned(), json!(miss.reference)),
        ("commander".to_owned(), json!(miss.commander.as_ref().map(person))),
    ])
}

/// What is to be done next, by whom.
pub fn duty(duty: &Duty, zone: Zone) -> Value {
    json!({
        "clock": duty.name.word(),
        "ref": duty.name.reference(),
        "what": duty.name.words(),
        "due": zone.rfc3339(duty.due),
        "state": duty.state,
        "seconds": duty.seconds,
        "advice": duty.name.is_advice(),
        "who": duty.name.who_acts(),
        "people": people(&duty.people),
    })
}
