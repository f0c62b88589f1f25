//! `resolve`: the system is back to normal operation.
//! Resolved is not closed: the team stays until nobody is opposed.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::worked_on;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::refusal::Refusal;
use crate::domain::status::StatusMove;
use crate::domain::timestamp::Timestamp;
use crate::error::CommandResult;

/// Record that the system is back to normal operation
///
/// Resolved is not closed: the response team stays available until the team and the affected business owners agree
/// that the incident is over. An incident may be resolved without having been mitigated first.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident resolve [OPTIONS] [INCIDENT] TEXT…")]
#[command(after_help = "Example: qpp-incident resolve \"Release 4.2.2 is out and error rates are normal.\" --ended-at 01:40
Next:    qpp-incident close --ask puts the question to everybody")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then how it was resolved
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// When the outage ended for users, in any form of --at
    #[arg(long, value_name = "TIME")]
    ended_at: Option<String>,
}

/// Runs `resolve`.
///
/// # Errors
/// It does not fit the status, or could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, worked_on)?;
    let document = &target.sound()?.incident;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "How was it resolved?" })?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outage_ended_at = args.ended_at.as_deref().map(|text| session.time(text, document.zone())).transpose()?;
    let outcome = session.change(&target, &actor, |folder| {
        resolve(&folder.incident, occurred_at, outage_ended_at)?;
        let action = Action::Resolved { text: text.clone(), outage_ended_at };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let mut answer = Answer::next(format!("qpp-incident close {} --ask", target.id));
    if outcome.folder.incident.header().instant(Key::OutageEndedAt).is_none() {
        let set = format!("qpp-incident set {} outage_ended_at=TIME --reason TEXT", target.id);
        answer.warnings.push(("outage-end-unknown".to_owned(), format!("it is not recorded when the outage ended for users: {set}")));
    }
    session.answer(&outcome, &answer)
}

fn resolve(document: &IncidentDocument, at: Timestamp, outage_ended_at: Option<Timestamp>) -> Result<(), Refusal> {
    moves::fits(document, StatusMove::Resolve, "resolve")?;
    moves::not_before(document, at, Key::AcknowledgedAt, "resolved")?;
    moves::not_before(document, at, Key::MitigatedAt, "resolved")?;
    match outage_ended_at {
        Some(ended) => moves::not_before(document, ended, Key::OutageStartedAt, "over for users"),
        None => Ok(()),
    }
}
