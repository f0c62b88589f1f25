//! `ack`: somebody has it. The incident starts.
//! Once: the first acknowledgement counts, and none comes before the report.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::Candidate;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::folder::Folder;
use crate::document::incident_document::IncidentDocument;
use crate::domain::event::{Action, Event};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::status::{Status, StatusMove};
use crate::error::CommandResult;

/// Acknowledge an incident: you have it, and the 15-minute clock stops
///
/// The on-call engineer acknowledges the report as soon as possible; the goal is 15 minutes. The first
/// acknowledgement counts: a second one changes nothing and says who has it. The report and the evidence are printed
/// for review.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident ack INC-K7QFM
Next:    qpp-incident responder add WHO records whom else you alerted; qpp-incident assign-ic WHO names the commander")]
pub struct Args {
    /// The incident; left out, the only one that is open
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
}

fn possible(candidate: &Candidate) -> bool {
    candidate.status().is_none_or(|status| status == Status::Open)
}

/// Runs `ack`.
///
/// # Errors
/// It was acknowledged already, or could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let target = session.choose(args.name.as_deref(), possible)?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let event = session.event(&actor, session.at(document.zone())?, Action::Acknowledged);
    let outcome = session.change(&target, &actor, |folder| {
        acknowledge(&folder.incident, &event)?;
        decide_events(folder, vec![event.clone()])
    })?;
    let next = format!("qpp-incident assign-ic {} WHO", target.id);
    session.answer(&outcome, &Answer { text: Some(review(&outcome.folder)), ..Answer::next(next) })
}

/// The rule: once, and never before the report.
fn acknowledge(document: &IncidentDocument, event: &Event) -> Result<(), Refusal> {
    let zone = document.zone();
    if let Some(at) = document.header().instant(Key::AcknowledgedAt) {
        return Err(Refusal::AlreadyAcknowledged { id: document.id(), by: who_acknowledged(document), at: zone.date_minute(at) });
    }
    if document.status().after(StatusMove::Acknowledge).is_none() {
        let fits = format!("qpp-incident reopen {} REASON, if it is back", document.id());
        return Err(Refusal::DoesNotFit { id: document.id(), status: document.status(), command: "ack", fits });
    }
    match document.header().instant(Key::ReportedAt) {
        Some(reported_at) if event.occurred_at < reported_at => Err(Refusal::rule(
            "before-the-report",
            format!(
                "{} was reported at {}, and cannot have been acknowledged before, at {}",
                document.id(),
                zone.date_minute(reported_at),
                zone.date_minute(event.occurred_at)
            ),
            Some("correct the report first: qpp-incident set reported_at=TIME --reason TEXT"),
        )),
        _ => Ok(()),
    }
}

fn who_acknowledged(document: &IncidentDocument) -> Person {
    let kind = Some(crate::domain::entry_kind::EntryKind::Acknowledged);
    let entry = document.timeline().standing().filter(|found| found.entry.kind == kind).last();
    let name = entry.and_then(|found| found.entry.by.as_deref()).unwrap_or("somebody");
    document.person_named(name)
}

/// What is known so far, for the person who has just taken it.
fn review(folder: &Folder) -> String {
    let header = folder.incident.header();
    let mut lines = vec![format!("document: {}/incident.md", folder.path)];
    let fact = |label: &str, key: Key| header.text(key).map(|value| format!("{label}: {value}"));
    lines.extend(fact("reporter", Key::Reporter));
    lines.extend(header.instant(Key::ReportedAt).map(|at| format!("reported: {}", header.zone().date_minute(at))));
    lines.extend(fact("pagerduty", Key::Pagerduty));
    let summary = folder.incident.section(crate::domain::section::Section::Summary);
    lines.extend((!summary.is_empty()).then(|| format!("summary: {summary}")));
    lines.extend(header.list(Key::Evidence).iter().map(|url| format!("evidence: {url}")));
    lines.join("\n")
}
