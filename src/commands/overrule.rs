//! `overrule`: the incident commander sets an objection aside, with a reason and a business owner's agreement.
//! It is the way out when the objector cannot be reached, and it stands on record for ever.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::raised::{answering, meant, reference_before};
use crate::commands::session::{Actor, Session, known_people};
use crate::commands::withdraw::stands;
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::reference::ReferenceKind;
use crate::domain::refusal::Refusal;
use crate::domain::text::one_line;
use crate::domain::wording::{names, sentence};
use crate::error::CommandResult;

/// Overrule an objection to closing the incident
///
/// The incident commander's alone, with a reason and with the agreement of an affected business owner, who both stand on
/// record: when the reason is not valid, or who objected cannot be reached for 15 minutes. --via says how the owner agreed.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident overrule [OPTIONS] [INCIDENT] REF REASON… --agreed-by OWNER")]
#[command(after_help = "Example: qpp-incident overrule O3K \"The slow mail is INC-2M4XY.\" --agreed-by \"Pat Lee\" --via \"by phone\"
Next:    qpp-incident close")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the objection's reference or `last`, and why it does not hold
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
    /// The business owner who agrees
    #[arg(long, value_name = "OWNER")]
    agreed_by: String,
}

/// Runs `overrule`.
///
/// # Errors
/// There is no such objection, it is not the incident commander who acts or no business owner who agreed, or it could not be
/// recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let (reference, rest) = reference_before(&rest, ReferenceKind::Objection, "overrule")?;
    let reason = session.text(&words::Wanted { words: &rest, edit: false, question: "Why does it not hold?" })?;
    let document = &target.sound()?.incident;
    let known = known_people(document);
    let actor = session.actor(&known)?;
    let owner = session.who(&args.agreed_by, &known)?;
    let said = context.options.via.as_deref().map(one_line).filter(|via| !via.contains("://"));
    let agreed = said.map_or_else(|| format!("Agreed by {owner}"), |said| format!("Agreed by {owner} ({said})"));
    let text = format!("{} {agreed}.", sentence(&one_line(&reason)));
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let document = &folder.incident;
        moves::not_closed(document, "overrule")?;
        let objection = meant(document, ReferenceKind::Objection, &reference)?;
        stands(document, &objection)?;
        may_overrule(document, &actor, &owner)?;
        moves::not_before_entry(document, occurred_at, &objection.entry, "overruled")?;
        decide_events(folder, vec![session.event(&actor, occurred_at, answering(&objection, EntryKind::Overruled, &text))])
    })?;
    session.answer(&outcome, &Answer::next(format!("qpp-incident close {}", target.id)))
}

fn may_overrule(document: &IncidentDocument, actor: &Actor, owner: &Person) -> Result<(), Refusal> {
    let id = document.id();
    let commander = document.commander();
    if !commander.as_ref().is_some_and(|commander| commander.is_same(&actor.by)) {
        let who = commander.as_ref().map_or_else(|| "and there is none yet".to_owned(), |commander| format!("{commander}"));
        let message = format!("only the incident commander of {id} overrules an objection, {who}: {} is not", actor.by.name);
        let hint = commander.map_or_else(
            || format!("qpp-incident assign-ic {id} WHO"),
            |commander| format!("qpp-incident overrule {id} … --by \"{}\"", commander.name),
        );
        return Err(Refusal::rule("not-the-commander", message, Some(&hint)));
    }
    let owners = document.header().people(Key::BusinessOwners);
    if owners.iter().any(|other| other.is_same(owner)) {
        return Ok(());
    }
    let there = if owners.is_empty() { "it has none".to_owned() } else { format!("it has {}", names(&owners)) };
    let message = format!("{} is no affected business owner of {id}: {there}", owner.name);
    Err(Refusal::rule("not-an-owner", message, Some(&format!("qpp-incident owner add {id} WHO, if the incident affects them"))))
}
