//! `answer`: the incident commander's answer to an inquiry.
//! Anybody may record it; that somebody else than the incident commander answered is said.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::inquiry::clock_of;
use crate::commands::raised::{answering, meant, reference_before};
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::clock::{Clock, ClockState};
use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::domain::person::Person;
use crate::domain::reference::ReferenceKind;
use crate::error::CommandResult;

/// Answer an inquiry
///
/// The incident commander is the single point of contact for everybody outside, and typically answers within 15 minutes.
/// A second answer to the same question adds to the first.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident answer [OPTIONS] [INCIDENT] REF TEXT…")]
#[command(after_help = "Example: qpp-incident answer Q7F \"The deadline stands; submissions are kept.\"
         qpp-incident answer last \"Not known yet; next news at 02:00.\"
Next:    send it to who asked; qpp-incident status shows what is not answered")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the inquiry's reference or `last`, and the answer
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `answer`.
///
/// # Errors
/// There is no such inquiry, no answer, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let (reference, rest) = reference_before(&rest, ReferenceKind::Inquiry, "answer")?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What is the answer?" })?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let inquiry = meant(&folder.incident, ReferenceKind::Inquiry, &reference)?;
        moves::not_before_entry(&folder.incident, occurred_at, &inquiry.entry, "answered")?;
        decide_events(folder, vec![session.event(&actor, occurred_at, answering(&inquiry, EntryKind::Answer, &text))])
    })?;
    let answered = outcome.decision.events.first().and_then(Event::reference);
    let clock = answered.and_then(|reference| clock_of(&session, &outcome, reference));
    let is_first = |clock: &&Clock| clock.met_at == Some(occurred_at.floor_to_minute());
    let mut warnings: Vec<_> = clock.iter().filter(is_first).filter_map(late).collect();
    warnings.extend(another(&outcome.folder.incident, &actor.by));
    session.answer(&outcome, &Answer { warnings, ..Answer::default() })
}

/// An answer that came too late stays on record.
fn late(clock: &Clock) -> Option<(String, String)> {
    let late = clock.seconds.filter(|_| clock.state == ClockState::Late)?;
    Some(("late-answer".to_owned(), format!("answered {} late", in_words(late))))
}

/// # Source
/// The process, "During the response": "The Incident Commander must act as a proxy between the response team and all external
/// entities."
fn another(document: &IncidentDocument, by: &Person) -> Option<(String, String)> {
    let commander = document.commander().filter(|commander| !commander.is_same(by))?;
    let message = format!("answered by {}: inquiries go to the incident commander, {commander}", by.name);
    Some(("not-the-commander".to_owned(), message))
}
