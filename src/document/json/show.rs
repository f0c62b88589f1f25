//! `show --json`: everything that the documents of an incident say.
//! PURE. Described by `docs/schema/show.json`; nothing is ever absent, empty is null or `[]`.

use serde_json::{Map, Value, json};

use crate::document::action_table;
use crate::document::closings::{RecordedClosing, recorded_closings};
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::json::{clocks, entry, header, named, people, person};
use crate::document::phases::{Pass, passes};
use crate::document::questions::{Raised, raised};
use crate::document::report_header::ReportHeader;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::action_item::union;
use crate::domain::clocks::Clocks;
use crate::domain::event::CloseReason;
use crate::domain::question_words::party;
use crate::domain::reference::ReferenceKind;
use crate::domain::section::Section;
use crate::domain::zone::Zone;

/// The whole incident.
pub fn show(folder: &Folder, computed: &Clocks) -> Value {
    let document = &folder.incident;
    let mut object = Map::from_iter([("schema".to_owned(), json!(1))]);
    object.extend(header::header(document.header()));
    let of_kind = |kind: ReferenceKind| raised(document, kind).iter().map(|found| raised_json(document, found)).collect::<Vec<_>>();
    let rest = [
        ("path", json!(format!("{}/{INCIDENT_FILE}", folder.path))),
        ("timeline", timeline(document, |_| true)),
        ("actions", actions(folder)),
        ("objections", json!(of_kind(ReferenceKind::Objection))),
        ("assumptions", json!(of_kind(ReferenceKind::Assumption))),
        ("inquiries", json!(of_kind(ReferenceKind::Inquiry))),
        ("approvals", json!(of_kind(ReferenceKind::Approval))),
        ("phases", phases(document)),
        ("closings", recorded_closings(document).iter().map(|closing| closing_json(document, closing)).collect()),
        ("sections", sections(document)),
        ("clocks", clocks::clocks(computed, document.zone())),
        ("postmortem", report(folder, POSTMORTEM_FILE, folder.postmortem.as_deref())),
        ("rca", report(folder, RCA_FILE, folder.rca.as_deref())),
    ];
    object.extend(rest.map(|(key, value)| (key.to_owned(), value)));
    Value::Object(object)
}

/// The timeline's entries, those that are wanted.
pub fn timeline(document: &IncidentDocument, wanted: impl Fn(&TimelineEntry) -> bool) -> Value {
    document.timeline().entries.iter().filter(|found| wanted(found)).map(|found| entry(document, found)).collect()
}

/// The action items of both tables, the postmortem's row winning.
fn actions(folder: &Folder) -> Value {
    let of = |text: Option<&str>, file: &'static str| text.map(|text| action_table::items(text, file)).unwrap_or_default();
    let incident = of(Some(folder.incident.text()), INCIDENT_FILE);
    json!(union(incident, of(folder.postmortem.as_deref(), POSTMORTEM_FILE)))
}

/// Something that is answered later, with its latest answer.
pub fn raised_json(document: &IncidentDocument, found: &Raised) -> Value {
    let zone = document.zone();
    let answer = found.answer();
    let (who, said) = party(&found.entry);
    let who_as = |kind: ReferenceKind| who.as_ref().filter(|_| found.reference.kind == kind).map(person);
    json!({
        "ref": found.reference,
        "text": text(&said),
        "from": who_as(ReferenceKind::Inquiry),
        "owner": who_as(ReferenceKind::Approval),
        "at": zone.rfc3339(found.entry.at),
        "by": named(document, found.entry.by.as_ref()),
        "recorded_by": named(document, found.entry.recorded_by.as_ref()),
        "line": found.line,
        "state": found.state(),
        "answered_at": answer.map(|answer| zone.rfc3339(answer.at)),
        "answer": answer.and_then(|answer| text(&answer.text)),
        "answered_by": answer.map_or(Value::Null, |answer| named(document, answer.by.as_ref())),
    })
}

fn phases(document: &IncidentDocument) -> Value {
    passes(document).iter().map(|pass| pass_json(document, pass)).collect()
}

/// One pass through a phase.
pub fn pass_json(document: &IncidentDocument, pass: &Pass) -> Value {
    let zone = document.zone();
    let words = pass.words.as_ref();
    json!({
        "phase": pass.phase,
        "at": zone.rfc3339(pass.entry.at),
        "text": text(&pass.entry.text),
        "by": named(document, pass.entry.by.as_ref()),
        "line": pass.line,
        "until": pass.until(zone).map(|at| zone.rfc3339(at)),
        "reason": words.and_then(|words| words.ahead.as_ref()).map(|(_, reason)| reason),
        "unfinished": pass.unfinished,
        "ended_at": pass.ended_at.map(|at| zone.rfc3339(at)),
        "done": pass.is_done,
    })
}

fn closing_json(document: &IncidentDocument, closing: &RecordedClosing) -> Value {
    let zone: Zone = document.zone();
    let words = &closing.words;
    let agreed: Vec<Value> = closing.agreed.iter().map(|name| person(&document.person_named(name))).collect();
    let duplicate_of = match &words.reason {
        Some(CloseReason::Duplicate(id)) => id.as_ref(),
        _ => None,
    };
    json!({
        "at": zone.rfc3339(closing.at),
        "by": named(document, closing.by.as_ref()),
        "reason": words.reason.as_ref().map(CloseReason::word),
        "duplicate_of": duplicate_of,
        "text": text(&words.text),
        "forced": words.forced.as_ref().map(|(reason, unmet)| json!({ "reason": reason, "unmet": unmet })),
        "agreed": agreed,
        "silent": people(&words.silent),
        "instead_of": words.instead_of.as_ref().map(person),
        "reopened_at": closing.reopened_at.map(|at| zone.rfc3339(at)),
        "line": closing.line,
    })
}

fn sections(document: &IncidentDocument) -> Value {
    let section = |section: &Section| (section.word().to_owned(), json!(text(&document.section(*section))));
    Value::Object(Section::ALL.iter().map(section).collect())
}

/// A report's own header; its facts are null when they cannot be read.
fn report(folder: &Folder, file: &str, report: Option<&str>) -> Value {
    let Some(report) = report else { return Value::Null };
    let header = ReportHeader::of_document(report).ok();
    let zone = folder.incident.zone();
    json!({
        "path": format!("{}/{file}", folder.path),
        "status": header.as_ref().map(|header| header.status),
        "done_at": header.as_ref().and_then(|header| header.done_at).map(|at| zone.rfc3339(at)),
        "authors": header.as_ref().map(|header| people(&header.authors)).unwrap_or_default(),
    })
}

/// A text; nothing when it is empty.
fn text(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
