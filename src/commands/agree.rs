//! `agree`: an answer to the closing question.
//! Silence is no opposition once the wait is over; an answer makes it shorter.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::Candidate;
use crate::commands::session::{Actor, Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::consensus::consensus;
use crate::domain::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};

/// Answer that you are not opposed to closing the incident
///
/// The answer to "Is anyone opposed to me closing this incident?". For somebody else, give --by WHO and --via, how they
/// said it. An answer lapses with the question at the next mitigate, resolve or reopen.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident agree INC-K7QFM --by \"Pat Lee\" --via \"by phone\"
Next:    qpp-incident close, once the wait is over or everybody has answered")]
pub struct Args {
    /// The incident; left out, the only one that is asked about
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
}

fn possible(candidate: &Candidate) -> bool {
    candidate.status().is_none_or(|status| status == Status::Resolved)
}

/// Runs `agree`.
///
/// # Errors
/// Nobody has asked, this person has answered already, or it is not said how somebody else answered.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let target = session.choose(args.name.as_deref(), possible)?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let said = how_said(&session, &actor, "agree")?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        agree(&folder.incident, &actor)?;
        let action = Action::Agreed { said: said.clone() };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    session.answer(&outcome, &Answer::next(format!("qpp-incident close {}", target.id)))
}

fn agree(document: &IncidentDocument, actor: &Actor) -> Result<(), Refusal> {
    let consensus = consensus(&document.standing_entries());
    if consensus.ask.is_none() {
        let hint = format!("qpp-incident close {} --ask", document.id());
        return Err(Refusal::rule("not-asked", format!("nobody has asked yet whether {} may be closed", document.id()), Some(&hint)));
    }
    if consensus.has_agreed(&actor.by) {
        let message = format!("{} has agreed already to closing {}", actor.by.name, document.id());
        return Err(Refusal::rule("already-agreed", message, Some(&format!("qpp-incident close {}", document.id()))));
    }
    Ok(())
}

/// The words of `--via`; required when somebody answers for another person.
///
/// # Errors
/// It is missing.
///
/// # Source
/// Spec §3: "to answer for another person needs `--via`, how they said it".
pub fn how_said(session: &Session<'_>, actor: &Actor, command: &str) -> Result<String, CommandError> {
    let via = session.context.options.via.as_deref().map(one_line);
    if actor.recorded_by().is_some() && via.is_none() {
        let message = format!("you answer for {}, and it must be on record how they said it", actor.by.name);
        return Err(CommandError::usage("via-missing", message).with_hint(format!("qpp-incident {command} … --via \"by phone\"")));
    }
    Ok(via.filter(|via| !via.contains("://")).unwrap_or_default())
}
