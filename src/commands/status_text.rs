//! Where one incident stands, for people and for programs.
//! PURE: from what was read; `status` prints it.

use serde_json::{Map, Value, json};

use crate::commands::escalation;
use crate::document::duties::{Duty, misses};
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::json::clocks::{clocks, duty, miss};
use crate::document::json::show::{pass_json, raised_json};
use crate::document::json::{people, person};
use crate::document::phases::{Pass, running};
use crate::document::questions::{Raised, raised};
use crate::document::teams::Team;
use crate::domain::clock::{ClockName, ClockState, Miss};
use crate::domain::clocks::Clocks;
use crate::domain::duration::in_words;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::phase::Phase;
use crate::domain::reference::ReferenceKind;
use crate::domain::text::cut;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::store::kept_entry::KeptEntry;

/// Everything that is said of an incident.
pub struct Standing<'a> {
    /// Its documents.
    pub folder: &'a Folder,
    /// Its clocks.
    pub clocks: &'a Clocks,
    /// What is pending, the most urgent first.
    pub duties: &'a [Duty],
    /// Whom it is escalated to.
    pub escalate_to: Vec<Team>,
    /// What is kept and not yet in the document.
    pub kept: &'a [KeptEntry],
    /// How many commits the upstream does not have; none without an upstream.
    pub not_pushed: Option<usize>,
    /// What others do not have of it, in words; none when they have all.
    pub not_live: Option<String>,
    /// The instant that is looked at.
    pub now: Timestamp,
}

/// What waits for an answer, by the word in JSON.
const OPEN: [(&str, &str, ReferenceKind); 4] = [
    ("objections", "objection", ReferenceKind::Objection),
    ("approvals", "approval", ReferenceKind::Approval),
    ("inquiries", "inquiry", ReferenceKind::Inquiry),
    ("assumptions", "assumption", ReferenceKind::Assumption),
];

/// For people: one line a fact.
pub fn text(standing: &Standing<'_>) -> String {
    let document = &standing.folder.incident;
    let mut lines = head(standing);
    lines.extend(block("due", due_lines(standing)));
    lines.extend(block("missed, on record", miss_lines(standing)));
    lines.extend(block("waiting for an answer", open_lines(document)));
    let kept = standing
        .kept
        .iter()
        .map(|kept| format!("  {} {}: {}", near(kept.occurred_at, document.zone(), standing.now), kept.event, kept.entry.first_line()));
    lines.extend(block("kept, not yet in the document", kept.collect()));
    if let Some(not_live) = &standing.not_live {
        lines.extend([String::new(), not_live.clone()]);
    }
    lines.join("\n")
}

fn head(standing: &Standing<'_>) -> Vec<String> {
    let document = &standing.folder.incident;
    let header = document.header();
    let severity = header.severity().map_or_else(|| "severity unset".to_owned(), |severity| severity.to_string());
    let names = |people: Vec<Person>| {
        let names: Vec<String> = people.into_iter().map(|person| person.name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let commander = document.commander().map_or_else(|| "none yet".to_owned(), |person| person.to_string());
    let phase = running(document).map(|pass| phase_line(&pass, standing));
    let lines = vec![
        format!("{} {} ({}, {severity})", document.id(), document.title(), document.status()),
        format!("incident commander: {commander}"),
        format!("responders: {}", names(header.people(Key::Responders))),
        format!("business owners: {}", names(header.people(Key::BusinessOwners))),
    ];
    let place = format!("document: {}/{INCIDENT_FILE}", standing.folder.path);
    lines.into_iter().chain(phase).chain([place]).collect()
}

/// `phase: stabilize since 00:50 EST, enough until 2026-11-24 09:00 EST`
fn phase_line(pass: &Pass, standing: &Standing<'_>) -> String {
    let name = pass.phase.map_or("unnamed", Phase::word);
    let since = near(pass.entry.at, standing.folder.incident.zone(), standing.now);
    let until = pass.words.as_ref().and_then(|words| words.until.as_ref());
    let until = until.map_or_else(String::new, |until| format!(", enough until {until}"));
    format!("phase: {name} since {since}{until}")
}

/// A titled block, with a blank line before it; nothing when it is empty.
fn block(title: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() { lines } else { [vec![String::new(), format!("{title}:")], lines].concat() }
}

fn due_lines(standing: &Standing<'_>) -> Vec<String> {
    let said: Vec<&Duty> = standing.duties.iter().filter(|duty| duty.is_worth_saying()).collect();
    if said.is_empty() {
        return vec!["  nothing".to_owned()];
    }
    let escalation = escalation::lines(standing.folder.incident.header(), &standing.escalate_to);
    let width = said.iter().map(|duty| duty.when().chars().count()).max().unwrap_or_default();
    said.iter().map(|duty| due_line(duty, width, standing)).chain(escalation).collect()
}

fn due_line(duty: &Duty, width: usize, standing: &Standing<'_>) -> String {
    let by = if duty.state == ClockState::Overdue { "was due" } else { "by" };
    let advice = if duty.name.is_advice() { ", advice" } else { "" };
    let due = near(duty.due, standing.folder.incident.zone(), standing.now);
    format!("  {:<width$}  {} ({by} {due}{advice}): {}", duty.when(), duty.name.words(), duty.who())
}

/// A time as it is said today: with its date when that is another.
fn near(at: Timestamp, zone: Zone, now: Timestamp) -> String {
    if zone.date(at) == zone.date(now) { zone.minute(at) } else { zone.date_minute(at) }
}

/// Each miss that is over, named: a miss stays on record. Of what is still pending `due` tells.
fn miss_lines(standing: &Standing<'_>) -> Vec<String> {
    let pending = |name: &ClockName, miss: &Miss| standing.duties.iter().any(|duty| duty.name == *name && duty.due == miss.due);
    let missed: Vec<(ClockName, Miss)> = misses(standing.clocks).into_iter().filter(|(name, miss)| !pending(name, miss)).collect();
    missed.iter().map(|(name, miss)| miss_line(name, miss, standing)).collect()
}

fn miss_line(name: &ClockName, miss: &Miss, standing: &Standing<'_>) -> String {
    let zone = standing.folder.incident.zone();
    let advice = if name.is_advice() { ", advice" } else { "" };
    let done = miss.met_at.map_or_else(|| "never done".to_owned(), |at| format!("done {}", near(at, zone, standing.now)));
    let due = near(miss.due, zone, standing.now);
    let commander = match (name, &miss.commander) {
        (ClockName::Document | ClockName::Inquiry(_), Some(commander)) => format!("; incident commander then: {}", commander.name),
        (ClockName::Document | ClockName::Inquiry(_), None) => "; incident commander then: nobody".to_owned(),
        _ => String::new(),
    };
    format!("  {}: {} late (was due {due}, {done}{advice}){commander}", name.words(), in_words(miss.seconds_late))
}

fn open_lines(document: &IncidentDocument) -> Vec<String> {
    let zone = document.zone();
    let line = |word: &str, found: &Raised| {
        let by = found.entry.by.as_ref().map_or_else(String::new, |by| format!(" — {by}"));
        format!("  {word} {} since {}: {}{by}", found.reference, zone.date_minute(found.entry.at), cut(&found.entry.first_line(), 80))
    };
    OPEN.iter().flat_map(|(_, word, kind)| open(document, *kind).iter().map(|found| line(word, found)).collect::<Vec<_>>()).collect()
}

fn open(document: &IncidentDocument, kind: ReferenceKind) -> Vec<Raised> {
    raised(document, kind).into_iter().filter(Raised::is_open).collect()
}

/// For programs: `docs/schema/status.json`.
pub fn json(standing: &Standing<'_>) -> Value {
    let document = &standing.folder.incident;
    let (header, zone) = (document.header(), document.zone());
    let open = OPEN.iter().map(|(key, _, kind)| {
        let found: Vec<Value> = open(document, *kind).iter().map(|found| raised_json(document, found)).collect();
        ((*key).to_owned(), json!(found))
    });
    let missed = misses(standing.clocks).into_iter().map(|(name, missed)| {
        let mut object = Map::from_iter([("clock".to_owned(), json!(name.word()))]);
        object.extend(miss(&missed, zone));
        Value::Object(object)
    });
    json!({
        "schema": 1,
        "id": document.id(),
        "path": format!("{}/{INCIDENT_FILE}", standing.folder.path),
        "title": document.title(),
        "status": document.status(),
        "severity": header.severity(),
        "commander": document.commander().as_ref().map(person),
        "responders": people(&header.people(Key::Responders)),
        "business_owners": people(&header.people(Key::BusinessOwners)),
        "due": standing.duties.iter().map(|pending| duty(pending, zone)).collect::<Vec<_>>(),
        "overdue": standing.duties.iter().filter(|duty| duty.is_missed()).count(),
        "escalate_to": escalation::json(&standing.escalate_to),
        "clocks": clocks(standing.clocks, zone),
        "misses": missed.collect::<Vec<_>>(),
        "phase": running(document).map(|pass| pass_json(document, &pass)),
        "open": open.collect::<Map<_, _>>(),
        "kept": standing.kept.len(),
        "not_pushed": standing.not_pushed,
    })
}
