//! When a postmortem or RCA may be written, continued and declared done, and what that decides.
//! PURE: asked on the documents inside the decision.
//!
//! # Source
//! The process, "After an incident"; spec §3, "`postmortem` copies what the document knows".

use crate::commands::change::{cannot_edit, decide_events};
use crate::commands::lint::by_settings::{known_of, lint_by_settings};
use crate::document::config::lint_settings::LintSettings;
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::header_edit::{EditError, edit_report};
use crate::document::incident_document::IncidentDocument;
use crate::document::new_report::new_report;
use crate::document::personal_data::personal_data;
use crate::document::report::Report;
use crate::document::report_continued::{continued, is_due};
use crate::document::report_gaps::{Gap, gaps};
use crate::document::report_header::ReportHeader;
use crate::document::report_renewed::renewed;
use crate::document::table::{ACTION_ITEMS, append_line_after_table};
use crate::document::teams::Teams;
use crate::domain::event::{Action, CloseReason, Event};
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::rules::lint::all::Linted;
use crate::rules::lint::linted_text::{LintedText, TextKind};

/// The line under the incident's action table once there is a postmortem.
const CONTINUED_IN: &str = "Continued in [postmortem.md](postmortem.md)";

/// A report as it is wished for.
pub struct ReportWish {
    /// Which.
    pub report: Report,
    /// The repository's own template, if it has one.
    pub template: Option<String>,
    /// People whose addresses somebody knows.
    pub known: Vec<Person>,
    /// `--force`: why all the same.
    pub force: Option<String>,
    /// How the prose is judged.
    pub manner: Manner,
}

/// What `lint` needs to know beside the documents.
pub struct Manner {
    /// The settings of its rules.
    pub settings: LintSettings,
    /// The on-call directory.
    pub teams: Option<Teams>,
}

/// Writes the report, continues it after a reopening, or decides nothing when it is there as it should be.
///
/// # Errors
/// The incident is not closed, needs no report, or a document or template cannot be used.
pub fn write(folder: &Folder, wish: &ReportWish, event: impl Fn(Action) -> Event) -> Result<Decision, Refusal> {
    let report = wish.report;
    let document = &folder.incident;
    is_closed(document, report)?;
    let is_new = report.of(folder).is_none();
    if is_new {
        is_needed(document, wish)?;
    }
    let text = match report.of(folder) {
        None => Some(new_text(folder, wish)?),
        Some(_) => continued(report, folder).map_err(|error| cannot_edit_report(folder, report, &error))?,
    };
    let Some(text) = text else { return Ok(nothing()) };
    let fresh = if !is_new && report == Report::Postmortem { new_text(folder, wish).ok() } else { None };
    let text = fresh.map_or_else(|| text.clone(), |fresh| renewed(&text, &fresh));
    let forced = wish.force.clone().filter(|_| is_new && needs_none(document).is_some());
    let event = event(Action::ReportWritten { report: report.word(), continued: !is_new, forced });
    let mut incident = edit::apply(document, std::slice::from_ref(&event)).map_err(|error| cannot_edit(&error))?;
    if report == Report::Postmortem {
        incident = append_line_after_table(&incident, ACTION_ITEMS, CONTINUED_IN);
    }
    let files = vec![(INCIDENT_FILE.to_owned(), incident), (report.file().to_owned(), text)];
    Ok(Decision { files, events: vec![event], ..Decision::default() })
}

/// Declares the report done; decides nothing when it is.
///
/// # Errors
/// There is none, the incident is not closed, or something is still to be written and no force is used.
pub fn finish(folder: &Folder, wish: &ReportWish, event: impl Fn(Action) -> Event) -> Result<Decision, Refusal> {
    let report = wish.report;
    let document = &folder.incident;
    let id = document.id();
    let text = report.of(folder).ok_or_else(|| {
        let hint = format!("qpp-incident {} {id}", report.word());
        Refusal::rule("no-report", format!("{id} has no {} yet", report.name()), Some(&hint))
    })?;
    let header = ReportHeader::of_document(text).map_err(|broken| {
        let place = format!("{}/{}", folder.path, report.file());
        let hint = format!("${{EDITOR:-vi}} +{} {place}", broken.line);
        Refusal::rule("broken-report", format!("cannot read {place}:{broken}"), Some(&hint))
    })?;
    if header.is_done() && !is_due(report, folder) {
        return Ok(nothing());
    }
    is_closed(document, report)?;
    let unmet = unmet(folder, wish, text);
    if !unmet.is_empty() && wish.force.is_none() {
        return Err(unfinished(folder, report, &unmet));
    }
    let edited = |keys: &[(&str, Option<&str>)]| edit_report(text, keys).map_err(|error| cannot_edit_report(folder, report, &error));
    // What is advice in a draft is held against what is done.
    let errors = lint_errors(folder, wish, &edited(&[("status", Some("done"))])?);
    if !errors.is_empty() && wish.force.is_none() {
        return Err(ill_written(folder, report, &errors));
    }
    let personal = if report == Report::Rca { personal_data(text, Some(document)) } else { Vec::new() };
    if !personal.is_empty() && wish.force.is_none() {
        return Err(personal_still(folder, report, &personal));
    }
    let in_it = (!personal.is_empty()).then(|| "personal data".to_owned());
    let forced =
        wish.force.clone().map(|why| (why, parts_unmet(folder, wish).into_iter().chain(rules_unmet(&errors)).chain(in_it).collect()));
    let event = event(Action::ReportDone { report: report.word(), forced });
    let done_at = document.zone().rfc3339(event.occurred_at);
    let text = edited(&[("status", Some("done")), ("done_at", Some(&done_at))])?;
    let mut decision = decide_events(folder, vec![event])?;
    decision.files.push((report.file().to_owned(), text));
    Ok(decision)
}

/// Why an incident needs no report: it was closed as something else than resolved.
pub fn needs_none(document: &IncidentDocument) -> Option<&'static str> {
    let reasons = [
        (CloseReason::Duplicate(None), "a duplicate"),
        (CloseReason::FalseAlarm, "a false alarm"),
        (CloseReason::Transferred, "transferred"),
    ];
    let word = document.header().text(Key::CloseReason)?;
    reasons.into_iter().find(|(reason, _)| reason.word() == word).map(|(_, words)| words)
}

/// What `lint` says of a report that stands, or would stand so, in its folder.
pub fn lint_report(folder: &Folder, wish: &ReportWish, text: &str) -> Linted {
    let document = &folder.incident;
    let others: Vec<String> = wish.known.iter().map(|person| person.name.clone()).collect();
    let known = known_of(Some(document), wish.manner.teams.as_ref(), &wish.manner.settings, &others);
    let kind = match wish.report {
        Report::Postmortem => TextKind::Postmortem,
        Report::Rca => TextKind::Rca,
    };
    let is_closed = document.status() == Status::Closed;
    let template = wish.template.as_deref();
    let linted = LintedText { kind, is_closed, record: Some(document), template, ..LintedText::other(text, &known) };
    lint_by_settings(&linted, &wish.manner.settings)
}

/// The rules that a report breaks as an error: how often, and the first time.
fn lint_errors(folder: &Folder, wish: &ReportWish, text: &str) -> Vec<(Finding, usize)> {
    let mut errors: Vec<(Finding, usize)> = Vec::new();
    for found in lint_report(folder, wish, text).findings.into_iter().filter(|found| found.finding.level == Level::Error) {
        match errors.iter_mut().find(|(first, _)| first.rule == found.finding.rule) {
            Some((_, count)) => *count += 1,
            None => errors.push((found.finding, 1)),
        }
    }
    errors
}

/// What is still to be written.
pub fn to_write(folder: &Folder, wish: &ReportWish) -> Vec<Gap> {
    wish.report.of(folder).map(|text| gaps(wish.report, text, wish.template.as_deref())).unwrap_or_default()
}

fn nothing() -> Decision {
    Decision::default()
}

fn new_text(folder: &Folder, wish: &ReportWish) -> Result<String, Refusal> {
    let text = new_report(wish.report, folder, wish.template.as_deref(), &wish.known).map_err(|error| {
        Refusal::rule("bad-template", format!("cannot fill {error}"), Some("mend it, or move it away for the built-in one"))
    })?;
    match ReportHeader::of_document(&text) {
        Ok(_) => Ok(text),
        Err(broken) => Err(Refusal::rule("bad-report", format!("the {} could not be read again: {broken}", wish.report.name()), None)),
    }
}

fn is_closed(document: &IncidentDocument, report: Report) -> Result<(), Refusal> {
    let id = document.id();
    let next = match document.status() {
        Status::Closed => return Ok(()),
        Status::Open => format!("qpp-incident ack {id}"),
        Status::Acknowledged | Status::Mitigated => format!("qpp-incident resolve {id} \"how\""),
        Status::Resolved => format!("qpp-incident close {id} --ask"),
    };
    let message = format!("{id} is {}: its {} follows the close", document.status(), report.name());
    Err(Refusal::rule("not-closed", message, Some(&next)))
}

fn is_needed(document: &IncidentDocument, wish: &ReportWish) -> Result<(), Refusal> {
    match needs_none(document) {
        Some(reason) if wish.force.is_none() => {
            let (id, report) = (document.id(), wish.report);
            let message = format!("{id} was closed as {reason}, and needs no {}", report.name());
            let hint = format!("qpp-incident {} {id} --force \"why there is one\"", report.word());
            Err(Refusal::rule("not-needed", message, Some(&hint)))
        }
        _ => Ok(()),
    }
}

fn unmet(folder: &Folder, wish: &ReportWish, text: &str) -> Vec<String> {
    let reopened = is_due(wish.report, folder).then(|| "the incident was reopened since".to_owned());
    let gaps = gaps(wish.report, text, wish.template.as_deref());
    reopened.into_iter().chain(gaps.iter().map(ToString::to_string)).collect()
}

/// The same for the record, which a later edit of the report must not make wrong: parts alone, no lines.
fn parts_unmet(folder: &Folder, wish: &ReportWish) -> Vec<String> {
    let reopened = is_due(wish.report, folder).then(|| "the incident was reopened since".to_owned());
    let mut parts: Vec<String> = to_write(folder, wish).into_iter().map(|gap| gap.part).filter(|part| !part.is_empty()).collect();
    parts.dedup();
    let parts = (!parts.is_empty()).then(|| format!("prompts or gaps in {}", parts.join(", ")));
    reopened.into_iter().chain(parts).collect()
}

fn unfinished(folder: &Folder, report: Report, unmet: &[String]) -> Refusal {
    let id = folder.incident.id();
    let list = unmet.iter().fold(String::new(), |list, point| format!("{list}\n  {point}"));
    let place = format!("{}/{}", folder.path, report.file());
    let hint = if is_due(report, folder) {
        format!("qpp-incident {} {id} adds what happened since", report.word())
    } else {
        format!("${{EDITOR:-vi}} {place}")
    };
    Refusal::rule(
        "unfinished",
        format!("the {} of {id} is not finished: write each part and delete its prompt, in {place}:{list}", report.name()),
        Some(&hint),
    )
}

/// The same of the writing rules.
fn rules_unmet(errors: &[(Finding, usize)]) -> Vec<String> {
    let rules: Vec<String> = errors.iter().map(|(finding, count)| format!("{} ×{count}", finding.rule)).collect();
    if rules.is_empty() { Vec::new() } else { vec![format!("writing rules: {}", rules.join(", "))] }
}

fn ill_written(folder: &Folder, report: Report, errors: &[(Finding, usize)]) -> Refusal {
    let id = folder.incident.id();
    let place = format!("{}/{}", folder.path, report.file());
    let list = errors.iter().fold(String::new(), |list, (finding, count)| {
        let line = finding.line.map_or_else(String::new, |line| format!("line {line}: "));
        let more = if *count > 1 { format!(" (×{count})") } else { String::new() };
        format!("{list}\n  {line}{} [{}]{more}", finding.message, finding.rule)
    });
    let message = format!("the {} of {id} breaks writing rules of the process, in {place}:{list}", report.name());
    Refusal::rule("lint", message, Some(&format!("qpp-incident lint {place}")))
}

/// A document that may be shared holds what belongs to people.
fn personal_still(folder: &Folder, report: Report, found: &[(usize, String)]) -> Refusal {
    let place = format!("{}/{}", folder.path, report.file());
    let list = found.iter().fold(String::new(), |list, (line, what)| format!("{list}\n  line {line} {what}"));
    let message = format!("the {} of {} may be shared and holds personal data, in {place}:{list}", report.name(), folder.incident.id());
    let line = found.first().map_or(1, |(line, _)| *line);
    Refusal::rule("personal-data", message, Some(&format!("${{EDITOR:-vi}} +{line} {place}")))
}

fn cannot_edit_report(folder: &Folder, report: Report, error: &EditError) -> Refusal {
    let place = format!("{}/{}", folder.path, report.file());
    Refusal::rule("cannot-edit", format!("{place} cannot be edited safely: {error}"), Some(&format!("${{EDITOR:-vi}} {place}")))
}
