//! A business owner's decision on what was asked for: the rule that `approve` and `decline` share.
//! How long it took is told; who decided is the owner, whoever typed it.

use crate::commands::agree::how_said;
use crate::commands::answer::Answer;
use crate::commands::change::{Outcome, decide_events};
use crate::commands::incident_choice::not_closed;
use crate::commands::inquiry::clock_of;
use crate::commands::moves;
use crate::commands::raised::{answering, meant, not_answered_so, reference_before};
use crate::commands::session::{Actor, Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::questions::{Raised, raised};
use crate::domain::clock::ClockState;
use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Event;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::question_words::party;
use crate::domain::reference::ReferenceKind;
use crate::domain::refusal::Refusal;
use crate::domain::text::tidy;
use crate::domain::wording::{capitalized, names, with_note};
use crate::error::CommandResult;

/// Decides on a request for approval; `word` says the decision where no text is given.
///
/// # Errors
/// There is no such request, somebody else than an owner decides, it is decided like this already, or it could not be recorded.
pub fn run(given: &[String], kind: EntryKind, word: &str, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(given, not_closed)?;
    let (reference, rest) = reference_before(&rest, ReferenceKind::Approval, kind.command())?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known(document))?;
    let text = text(&rest, &how_said(&session, &actor, kind.command())?, word);
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let document = &folder.incident;
        moves::not_closed(document, kind.command())?;
        let request = meant(document, ReferenceKind::Approval, &reference)?;
        not_answered_so(document, &request, kind)?;
        may_decide(document, &request, &actor, kind)?;
        moves::not_before_entry(document, occurred_at, &request.entry, &kind.word().to_lowercase())?;
        decide_events(folder, vec![session.event(&actor, occurred_at, answering(&request, kind, &text))])
    })?;
    session.answer(&outcome, &waited(&session, &outcome))
}

/// Whom a WHO may mean: the people of the document, and everybody who was ever asked.
fn known(document: &IncidentDocument) -> Vec<Person> {
    let asked = raised(document, ReferenceKind::Approval).into_iter().filter_map(|request| party(&request.entry).0);
    known_people(document).into_iter().chain(asked).collect()
}

fn text(words: &[String], said: &str, word: &str) -> String {
    let text = tidy(&words.join(" "));
    let text = if text.trim().is_empty() { word.to_owned() } else { text };
    match (said.is_empty(), text == word) {
        (true, _) => text,
        (false, true) => with_note(&text, said),
        (false, false) => with_note(&capitalized(&text), said),
    }
}

/// # Source
/// The process, "Closing an incident": "business owners must also be available for the duration of the incident to approve actions
/// necessary for the response".
fn may_decide(document: &IncidentDocument, request: &Raised, actor: &Actor, kind: EntryKind) -> Result<(), Refusal> {
    let mut owners = document.header().people(Key::BusinessOwners);
    let asked = party(&request.entry).0.filter(|asked| !owners.iter().any(|owner| owner.is_same(asked)));
    owners.extend(asked);
    if owners.iter().any(|owner| owner.is_same(&actor.by)) {
        return Ok(());
    }
    let (id, reference, command) = (document.id(), request.reference, kind.command());
    let by = if owners.is_empty() { "no business owner is recorded".to_owned() } else { format!("that is for {}", names(&owners)) };
    let message = format!("{} is no business owner of {id} and cannot decide on {reference}: {by}", actor.by.name);
    let owner = owners.last().map_or_else(|| "OWNER".to_owned(), |owner| format!("\"{}\"", owner.name));
    let hint = format!("qpp-incident {command} {id} {reference} --by {owner} --via \"how they said it\"");
    Err(Refusal::rule("not-an-owner", message, Some(&hint)))
}

/// How long the decision took.
fn waited(session: &Session<'_>, outcome: &Outcome) -> Answer {
    let Some(reference) = outcome.decision.events.first().and_then(Event::reference) else { return Answer::default() };
    let document = &outcome.folder.incident;
    let requests = raised(document, ReferenceKind::Approval);
    let asked_at = requests.iter().find(|request| request.reference == reference).map(|request| request.entry.at);
    let decided_at = outcome.decision.events.first().map(|event| event.occurred_at.floor_to_minute());
    let seconds = asked_at.zip(decided_at).map(|(asked, decided)| decided.seconds_since(asked));
    let late = clock_of(session, outcome, reference).filter(|clock| clock.state == ClockState::Late).and_then(|clock| clock.seconds);
    let warnings = late.map(|late| ("late-answer".to_owned(), format!("decided {} late", in_words(late))));
    Answer {
        text: seconds.map(|seconds| format!("{reference} waited {}", in_words(seconds))),
        extra: vec![("waited_seconds", seconds.into())],
        warnings: warnings.into_iter().collect(),
        ..Answer::default()
    }
}
