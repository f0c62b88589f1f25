//! `reopen`: a relapse. The incident goes on as acknowledged.
//! What stood before stays in the entries: every closing is kept.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::key_setting::CLEARED_BY_REOPENING;
use crate::domain::status::StatusMove;
use crate::error::CommandResult;

/// Take up an incident again that was mitigated, resolved or closed
///
/// The incident goes on as acknowledged, with its clocks running. Its earlier mitigation, resolution and closing stay in
/// the timeline; a postmortem that stands becomes a draft again when it is continued.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident reopen [OPTIONS] INCIDENT REASON…")]
#[command(after_help = "Example: qpp-incident reopen INC-K7QFM \"Errors are back since 14:05.\"
Next:    qpp-incident log …; qpp-incident mitigate … when the damage is stopped again")]
pub struct Args {
    /// The incident's whole id, then why it is back
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `reopen`.
///
/// # Errors
/// No incident is named, it does not fit the status, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_named_before(&args.words, "reopen")?;
    let document = &target.sound()?.incident;
    let reason = session.text(&words::Wanted { words: &rest, edit: false, question: "Why is it back?" })?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        moves::fits(&folder.incident, StatusMove::Reopen, "reopen")?;
        for key in [Key::MitigatedAt, Key::ResolvedAt, Key::ClosedAt] {
            moves::not_before(&folder.incident, occurred_at, key, "reopened")?;
        }
        let action = Action::Reopened { reason: reason.clone(), cleared: standing(&folder.incident) };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let next = format!("qpp-incident update {} \"…\" tells the people outside", target.id);
    session.answer(&outcome, &Answer::next(next))
}

fn standing(document: &IncidentDocument) -> Vec<Key> {
    CLEARED_BY_REOPENING.into_iter().filter(|key| document.header().text(*key).is_some()).collect()
}
