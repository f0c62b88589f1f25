//! `inquiry`: a question from outside, which the incident commander answers.
//! It never stands in the way: what cannot be committed now is kept.

use crate::commands::answer::Answer;
use crate::commands::change::{Beside, Outcome};
use crate::commands::raised::raise;
use crate::commands::session::Session;
use crate::commands::words;
use crate::context::Context;
use crate::document::clock_facts::folder_clocks;
use crate::domain::clock::Clock;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::domain::question_words::with_party;
use crate::domain::reference::Reference;
use crate::error::CommandResult;
use crate::store::random::random_bytes;

/// Record a question from outside
///
/// All inquiries go to the incident commander, who typically answers within 15 minutes, so that the engineers are not
/// interrupted. The question gets a reference, and its clock runs until `answer`.
///
/// What cannot be committed now is kept, and folded in by the next command that can.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident inquiry [OPTIONS] [INCIDENT] TEXT… --from WHO")]
#[command(after_help = "Example: qpp-incident inquiry \"Is the submission deadline affected?\" --from \"Jane Roe <jane@example.org>\"
Next:    qpp-incident answer REF \"…\", within 15 minutes")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the question
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Who asks: a person, or a name as it was given
    #[arg(long, value_name = "WHO")]
    from: String,
}

/// Runs `inquiry`.
///
/// # Errors
/// There is no question, `--from` names several people, or no space and no permission to keep it.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What is asked?" })?;
    let (zone, known) = session.zone_and_known(&target);
    let actor = session.actor(&known)?;
    let from = session.anybody(&args.from, &known)?;
    let text = with_party(EntryKind::Inquiry, &text, &from);
    let (occurred_at, random) = (session.at(zone)?, random_bytes()?);
    let recorded = session.change_or_keep_made(&target, &actor, &Beside::default(), &mut |folder| {
        let document = folder.map(|folder| &folder.incident);
        Ok(session.event(&actor, occurred_at, raise(document, EntryKind::Inquiry, &text, random)?))
    })?;
    match recorded {
        Ok(outcome) => answer(&session, &outcome),
        Err(kept) => Ok(kept),
    }
}

fn answer(session: &Session<'_>, outcome: &Outcome) -> CommandResult {
    let document = &outcome.folder.incident;
    let Some(reference) = outcome.decision.events.first().and_then(Event::reference) else {
        return session.answer(outcome, &Answer::default());
    };
    let due = clock_of(session, outcome, reference).and_then(|clock| clock.due);
    let who = document.commander().map_or_else(|| "the incident commander (none yet)".to_owned(), |commander| commander.to_string());
    let by = due.map_or_else(String::new, |due| format!(" by {}", document.zone().minute(due)));
    let next = format!("qpp-incident answer {} {reference} \"…\": {who}{by}", document.id());
    session.answer(outcome, &Answer { extra: vec![("ref", reference.to_string().into())], ..Answer::next(next) })
}

/// The clock of an inquiry or of a request for approval.
pub fn clock_of(session: &Session<'_>, outcome: &Outcome, reference: Reference) -> Option<Clock> {
    let clocks = folder_clocks(&outcome.folder, &session.config, session.context.now);
    let mut questions = clocks.inquiries.into_iter().chain(clocks.approvals);
    questions.find(|(other, _)| *other == reference).map(|(_, clock)| clock)
}
