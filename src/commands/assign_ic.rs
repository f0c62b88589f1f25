//! `assign-ic`: the single incident commander, and the handoff from one to the next.
//! A handoff is two entries in one commit: the brief for who takes over, and the status update for everybody else.

use crate::commands::answer::Answer;
use crate::commands::change::{Outcome, decide_events};
use crate::commands::incident_choice::not_closed;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, update};
use crate::context::Context;
use crate::document::decision::Decision;
use crate::document::incident_document::IncidentDocument;
use crate::document::json as shapes;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::status::Status;
use crate::domain::text::tidy;
use crate::domain::wording::sentence;
use crate::error::{CommandError, CommandResult};

const EXAMPLE: &str = "Example: qpp-incident assign-ic \"Ada Byron <ada@example.org>\"
         qpp-incident assign-ic sam --brief \"Pool is at 40; next: restart node 3\"
Next:    qpp-incident update \"…\", at least every two hours";

/// # Source
/// The process, "First response", word for word.
const QUALITIES: &str = "A good candidate for an incident commander is someone who:
  - Can communicate in a clear, concise manner
  - Understands the basic technical principles involved in the incident and response
  - Has access to communication channels, including CMS HipChat and email
  - Can devote their entire time and attention to managing the response and managing
    external entities
  - Is capable of prioritizing the work of the response team to focus their efforts on
    the best path to resolution of the issue";

/// Name the single incident commander, or hand over to the next
///
/// The incident commander manages the response, tells its state to the outside, and is the single point of contact for
/// everybody who asks. There is exactly one. Naming another is a handoff: --brief says what the next one must know, and a
/// status update tells everybody, in the same commit.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE, after_long_help = format!("{QUALITIES}\n\n{EXAMPLE}"))]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then who: `me`, an address, `Name <email>`, part of a name
    #[arg(value_name = "[INCIDENT] WHO", required = true)]
    words: Vec<String>,
    /// What the next one must know: where it stands, what is being tried, what comes next
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    brief: Option<String>,
    /// The incident commander cannot be reached; who takes over gives the brief
    #[arg(long)]
    unreachable: bool,
}

/// Runs `assign-ic`.
///
/// # Errors
/// WHO has no address, a handoff has no brief, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let document = &target.sound()?.incident;
    let known = known_people(document);
    let actor = session.actor(&known)?;
    let who = commander(&session, &rest.join(" "), &known)?;
    let brief = brief(args, &session, document, &who)?;
    let at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let actions = assign(&folder.incident, &who, brief.as_deref(), args.unreachable)?;
        if actions.is_empty() {
            return Ok(Decision::default());
        }
        decide_events(folder, actions.into_iter().map(|action| session.event(&actor, at, action)).collect())
    })?;
    let (text, to) = broadcast(&session, &outcome)?.unzip();
    let to = to.unwrap_or_default();
    let answer = Answer {
        extra: vec![("update", text.clone().into()), ("to", to.iter().map(shapes::person).collect())],
        text: text.as_ref().map(|text| format!("\n{text}")),
        warnings: advice(&outcome.folder.incident, &who, outcome.decision.events.is_empty()),
        ..Answer::next(next(&outcome.folder.incident))
    };
    let status = session.answer(&outcome, &answer)?;
    if text.is_some() {
        update::say_recipients(&session, &to);
    }
    Ok(status)
}

fn commander(session: &Session<'_>, who: &str, known: &[Person]) -> Result<Person, CommandError> {
    if who.trim().is_empty() {
        return Err(CommandError::usage("nobody-named", "nobody is named: who is to be incident commander?")
            .with_hint("`me`, an address, `Name <email>` or a part of a known name"));
    }
    session.who(who, known)
}

/// The brief as given; on a terminal a handoff asks for one.
fn brief(args: &Args, session: &Session<'_>, document: &IncidentDocument, who: &Person) -> Result<Option<String>, CommandError> {
    let given = args.brief.as_deref().map(tidy).filter(|brief| !brief.trim().is_empty());
    let is_handoff = document.commander().is_some_and(|current| !current.is_same(who));
    if given.is_none() && is_handoff && session.context.prompter.can_ask() {
        let answer = session.context.prompter.text(&format!("What must {} know?", who.name), None)?;
        return Ok(Some(tidy(&answer)).filter(|brief| !brief.is_empty()));
    }
    Ok(given)
}

/// The rule: one commander, with an address, and no handoff without a brief. Nothing to do for who has it already.
///
/// # Source
/// The process, "First response": "a single Incident Commander", "the single point of contact for all inbound inquiries".
fn assign(document: &IncidentDocument, who: &Person, brief: Option<&str>, unreachable: bool) -> Result<Vec<Action>, Refusal> {
    let id = document.id();
    moves::not_closed(document, "assign-ic")?;
    if who.email.is_none() {
        let message = format!("{who} has no e-mail address here, and the incident commander is the single point of contact of {id}");
        return Err(Refusal::rule("no-address", message, Some(&format!("qpp-incident assign-ic {id} \"{who} <EMAIL>\""))));
    }
    let Some(current) = document.commander() else {
        let assigned = Action::CommanderAssigned { who: who.clone() };
        let briefed = brief.map(|brief| Action::Logged { kind: None, text: format!("Brief for {}: {}", who.name, sentence(brief)) });
        return Ok([Some(assigned), briefed].into_iter().flatten().collect());
    };
    if current.is_same(who) {
        return Ok(Vec::new());
    }
    let Some(brief) = brief else {
        let message = format!("{current} is incident commander of {id}: to hand over to {} takes a brief", who.name);
        let address = who.email.as_deref().unwrap_or_default();
        let hint = format!(
            "qpp-incident assign-ic {id} {address} --brief \"where it stands, what is being tried, what comes next\" \
             (with --unreachable if {} cannot be reached)",
            current.name
        );
        return Err(Refusal::rule("brief-missing", message, Some(&hint)));
    };
    let update = Action::Updated { text: changeover(&current, who, unreachable) };
    Ok(vec![Action::HandedOff { from: current, to: who.clone(), brief: brief.to_owned(), unreachable }, update])
}

fn changeover(from: &Person, to: &Person, unreachable: bool) -> String {
    let change = if unreachable {
        format!("{} takes over as incident commander from {}, who cannot be reached.", to.name, from.name)
    } else {
        format!("{} hands over to {} as incident commander.", from.name, to.name)
    };
    format!("{change} Inquiries go to {to}.")
}

/// The changeover as it is sent to interested parties, and to whom; nothing when it was no handoff.
fn broadcast(session: &Session<'_>, outcome: &Outcome) -> Result<Option<(String, Vec<Person>)>, CommandError> {
    let news = outcome.decision.events.iter().find_map(|event| match &event.action {
        Action::Updated { text } => Some(text),
        _ => None,
    });
    news.map(|text| update::broadcast(session, outcome, text)).transpose()
}

/// What the process advises and this assignment does not meet.
fn advice(document: &IncidentDocument, who: &Person, unchanged: bool) -> Vec<(String, String)> {
    let id = document.id();
    let mut warnings = Vec::new();
    if unchanged {
        warnings.push(("already-commander".to_owned(), format!("{who} is incident commander already")));
        return warnings;
    }
    if document.status() == Status::Open {
        warnings.push(("not-acknowledged".to_owned(), format!("nobody has acknowledged {id} yet: qpp-incident ack {id}")));
    }
    if document.header().people(Key::Responders).iter().any(|responder| responder.is_same(who)) {
        let address = who.email.as_deref().unwrap_or(&who.name);
        let message = format!(
            "{} is a responder too, and an incident commander devotes their entire time to managing the response; once others \
             have the work: qpp-incident responder remove {id} {address}",
            who.name
        );
        warnings.push(("commander-responds".to_owned(), message));
    }
    warnings
}

fn next(document: &IncidentDocument) -> String {
    match document.status() {
        Status::Open => format!("qpp-incident ack {}", document.id()),
        _ => format!("qpp-incident update {} \"…\", at least every two hours", document.id()),
    }
}
