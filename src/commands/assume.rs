//! `assume`: what the team takes for true and has not proved yet.
//! Open assumptions are shown in `status` and at the close.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::raised::raise;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::error::CommandResult;
use crate::store::random::random_bytes;

/// Record what is taken for true and not proved yet
///
/// Be skeptical of assumptions: information should be provably correct before it is acted on, and a second assumption should
/// be sought when there is any doubt. An action that names an open assumption is flagged.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident assume [OPTIONS] [INCIDENT] TEXT…")]
#[command(after_help = "Example: qpp-incident assume \"The connection pool is exhausted.\"
Next:    qpp-incident confirm REF \"what proves it\", or qpp-incident refute REF \"what disproves it\"")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what is assumed
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

/// Runs `assume`.
///
/// # Errors
/// There is nothing to say, the incident is closed, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What is assumed?" })?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let (occurred_at, random) = (session.at(document.zone())?, random_bytes()?);
    let outcome = session.change(&target, &actor, |folder| {
        moves::not_closed(&folder.incident, "assume")?;
        let action = raise(Some(&folder.incident), EntryKind::Assumption, &text, random)?;
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let reference = outcome.decision.events.first().and_then(Event::reference).map(|reference| reference.to_string()).unwrap_or_default();
    let next = format!("qpp-incident confirm {0} {reference} \"what proves it\", or qpp-incident refute {0} {reference} \"…\"", target.id);
    session.answer(&outcome, &Answer { extra: vec![("ref", reference.into())], ..Answer::next(next) })
}
