//! `withdraw`: who objected to the close is no longer opposed.
//! Nobody else can: the incident commander has `overrule`.

use crate::commands::agree::how_said;
use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::moves;
use crate::commands::raised::{answering, meant, not_answered_so, reference_before};
use crate::commands::session::{Actor, Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::questions::Raised;
use crate::domain::consensus::is_name;
use crate::domain::entry_kind::EntryKind;
use crate::domain::reference::ReferenceKind;
use crate::domain::refusal::Refusal;
use crate::domain::text::tidy;
use crate::domain::wording::{capitalized, with_note};
use crate::error::CommandResult;

/// Withdraw your objection to closing the incident
///
/// Only who objected can withdraw it. For somebody else, give --by WHO and --via, how they said it. When they cannot be
/// reached, the incident commander overrules it with a business owner's agreement.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident withdraw [OPTIONS] [INCIDENT] REF [TEXT]…")]
#[command(after_help = "Example: qpp-incident withdraw O3K \"All submissions are checked.\"
         qpp-incident withdraw last --by \"Pat Lee\" --via \"by phone\"
Next:    qpp-incident close")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the objection's reference or `last`, and why
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `withdraw`.
///
/// # Errors
/// There is no such objection, somebody else made it, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let (reference, rest) = reference_before(&rest, ReferenceKind::Objection, "withdraw")?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let text = text(&rest, &how_said(&session, &actor, "withdraw")?);
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let document = &folder.incident;
        moves::not_closed(document, "withdraw")?;
        let objection = meant(document, ReferenceKind::Objection, &reference)?;
        is_own(document, &objection, &actor)?;
        stands(document, &objection)?;
        moves::not_before_entry(document, occurred_at, &objection.entry, "withdrawn")?;
        decide_events(folder, vec![session.event(&actor, occurred_at, answering(&objection, EntryKind::Withdrawn, &text))])
    })?;
    session.answer(&outcome, &Answer::next(format!("qpp-incident close {}", target.id)))
}

/// Why it is withdrawn and how that was said; the bare word where neither is given.
fn text(words: &[String], said: &str) -> String {
    let why = tidy(&words.join(" "));
    match (why.trim().is_empty(), said.is_empty()) {
        (true, true) => "withdrawn".to_owned(),
        (true, false) => format!("withdrawn ({said})"),
        (false, true) => why,
        (false, false) => with_note(&capitalized(&why), said),
    }
}

fn is_own(document: &IncidentDocument, objection: &Raised, actor: &Actor) -> Result<(), Refusal> {
    let by = objection.entry.by.as_deref().unwrap_or("somebody");
    if objection.entry.by.as_ref().is_some_and(|by| is_name(by, &actor.by)) {
        return Ok(());
    }
    let (id, reference) = (document.id(), objection.reference);
    let message = format!("objection {reference} of {id} is {by}'s, and {} cannot withdraw it", actor.by.name);
    let hint = format!(
        "if {by} said so: qpp-incident withdraw {id} {reference} --by \"{by}\" --via \"how\"; \
         else the incident commander: qpp-incident overrule {id} {reference} \"why\" --agreed-by OWNER"
    );
    Err(Refusal::rule("not-your-objection", message, Some(&hint)))
}

/// Refuses when the objection does not stand any more, whatever ended it.
///
/// # Errors
/// It was withdrawn or overruled.
pub fn stands(document: &IncidentDocument, objection: &Raised) -> Result<(), Refusal> {
    [EntryKind::Withdrawn, EntryKind::Overruled].into_iter().try_for_each(|kind| not_answered_so(document, objection, kind))
}
