//! `object`: somebody is opposed to closing the incident, and says why.
//! It never stands in the way: what cannot be committed now is kept.

use crate::commands::agree::how_said;
use crate::commands::answer::Answer;
use crate::commands::change::Beside;
use crate::commands::incident_choice::not_closed;
use crate::commands::raised::raise;
use crate::commands::session::Session;
use crate::commands::{moves, words};
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::domain::wording::with_note;
use crate::error::CommandResult;
use crate::store::random::random_bytes;

/// Object to closing the incident, with the reason
///
/// As long as anybody has a valid reason to keep the incident open, it remains open. An objection gets a reference; only who
/// made it withdraws it, or the incident commander overrules it with a business owner's agreement. For somebody else, give
/// --by WHO and --via, how they said it.
///
/// What cannot be committed now is kept, and folded in by the next command that can.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident object [OPTIONS] [INCIDENT] REASON…")]
#[command(after_help = "Example: qpp-incident object \"Submissions of 00:10 to 00:25 are not checked yet.\"
         qpp-incident object \"Mail is still slow.\" --by \"Pat Lee\" --via \"by phone\"
Next:    qpp-incident withdraw REF, once the reason is gone")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then why it must stay open
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

/// Runs `object`.
///
/// # Errors
/// There is no reason, the incident is closed, or no space and no permission to keep it.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let reason = session.text(&words::Wanted { words: &rest, edit: false, question: "Why must it stay open?" })?;
    let (zone, known) = session.zone_and_known(&target);
    let actor = session.actor(&known)?;
    let said = how_said(&session, &actor, "object")?;
    let text = if said.is_empty() { reason } else { with_note(&reason, &said) };
    let (occurred_at, random) = (session.at(zone)?, random_bytes()?);
    let recorded = session.change_or_keep_made(&target, &actor, &Beside::default(), &mut |folder| {
        let document = folder.map(|folder| &folder.incident);
        document.map_or(Ok(()), |document| moves::not_closed(document, "object"))?;
        Ok(session.event(&actor, occurred_at, raise(document, EntryKind::Objection, &text, random)?))
    })?;
    match recorded {
        Ok(outcome) => {
            let reference = outcome.decision.events.first().and_then(Event::reference);
            let named = reference.map_or_else(String::new, |reference| reference.to_string());
            let next = format!("qpp-incident withdraw {} {named}, once the reason is gone; until then it stays open", target.id);
            session.answer(&outcome, &Answer { extra: vec![("ref", named.into())], ..Answer::next(next) })
        }
        Err(kept) => Ok(kept),
    }
}
