//! `request-approval`: the business owner is asked before an emergency deployment or a configuration change.
//! How long they take is shown; `approve` and `decline` answer.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::raised::raise;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::question_words::with_party;
use crate::domain::wording::names;
use crate::error::{CommandError, CommandResult};
use crate::store::random::random_bytes;

/// Ask a business owner to approve an action
///
/// Business owners must be available for the duration of the incident to approve what the response needs, such as emergency
/// deployments and configuration changes. The request gets a reference, and its clock runs until they decide. While one
/// waits, the incident cannot be closed.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident request-approval [OPTIONS] [INCIDENT] TEXT… --owner WHO")]
#[command(after_help = "Example: qpp-incident request-approval \"Deploy 4.2.1 to production now.\" --owner \"Pat Lee\"
Next:    qpp-incident approve REF --by OWNER --via \"how they said it\", or qpp-incident decline REF …")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what is to be approved
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// The business owner who is asked; left out, the only one of the incident
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
}

/// Runs `request-approval`.
///
/// # Errors
/// Nothing is said, nobody is asked, the incident is closed, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What is to be approved?" })?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let owner = owner(&session, args, document)?;
    let text = with_party(EntryKind::ApprovalAsked, &text, &owner);
    let (occurred_at, random) = (session.at(document.zone())?, random_bytes()?);
    let outcome = session.change(&target, &actor, |folder| {
        moves::not_closed(&folder.incident, "request-approval")?;
        let action = raise(Some(&folder.incident), EntryKind::ApprovalAsked, &text, random)?;
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let reference = outcome.decision.events.first().and_then(Event::reference).map(|reference| reference.to_string()).unwrap_or_default();
    let next = format!(
        "ask {owner}, then qpp-incident approve {0} {reference} --by \"{1}\" --via \"how they said it\" (or decline)",
        target.id, owner.name
    );
    let warnings = not_listed(&outcome.folder.incident, &owner).into_iter().collect();
    session.answer(&outcome, &Answer { extra: vec![("ref", reference.into())], warnings, ..Answer::next(next) })
}

/// Who is asked: `--owner`, else the incident's only business owner.
fn owner(session: &Session<'_>, args: &Args, document: &IncidentDocument) -> Result<Person, CommandError> {
    if let Some(who) = &args.owner {
        return session.who(who, &known_people(document));
    }
    let owners = document.header().people(Key::BusinessOwners);
    if let [only] = owners.as_slice() {
        return Ok(only.clone());
    }
    let there = if owners.is_empty() { "it has no business owner".to_owned() } else { format!("it may be {}", names(&owners)) };
    Err(CommandError::usage("owner-missing", format!("nobody is asked to approve: {there}")).with_hint("--owner WHO"))
}

fn not_listed(document: &IncidentDocument, owner: &Person) -> Option<(String, String)> {
    let is_listed = document.header().people(Key::BusinessOwners).iter().any(|other| other.is_same(owner));
    let add = format!("qpp-incident owner add {} \"{owner}\"", document.id());
    (!is_listed).then(|| ("owner-not-listed".to_owned(), format!("{} is not recorded as an affected business owner: {add}", owner.name)))
}
