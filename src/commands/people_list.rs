//! Adding people to an incident's lists and taking them off: the rule that `responder` and `owner` share.
//! Several people are several entries and one commit; whoever stands there already is no reason to refuse.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::{Target, not_closed};
use crate::commands::moves;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::decision::Decision;
use crate::document::folder::Folder;
use crate::document::incident_document::IncidentDocument;
use crate::domain::event::{Action, Event, Role};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::who::{WhoError, resolve_who};
use crate::domain::wording::names;
use crate::error::{CommandError, CommandResult};

/// Whom it is about.
#[derive(Debug, Clone, clap::Args)]
pub struct People {
    /// The incident's whole id, if it is not the only one, then each person: `me`, an address, `Name <email>`, part of a name
    #[arg(value_name = "[INCIDENT] WHO", required = true)]
    words: Vec<String>,
}

/// What happens to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Add,
    Remove,
}

/// Puts people on a list.
///
/// # Errors
/// A WHO means nobody or several, or it could not be recorded.
pub fn add(role: Role, people: &People, context: &Context) -> CommandResult {
    change(role, Verb::Add, people, context)
}

/// Takes people off a list.
///
/// # Errors
/// Somebody is not on it, or it could not be recorded.
pub fn remove(role: Role, people: &People, context: &Context) -> CommandResult {
    change(role, Verb::Remove, people, context)
}

fn change(role: Role, verb: Verb, people: &People, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, words) = session.choose_before(&people.words, not_closed)?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let people = meant(&session, document, role, verb, &words)?;
    let at = session.at(document.zone())?;
    let mut unchanged = Vec::new();
    let outcome = session.change(&target, &actor, |folder| {
        moves::not_closed(&folder.incident, command_word(role))?;
        let actions;
        (actions, unchanged) = match verb {
            Verb::Add => added(&folder.incident, role, &people),
            Verb::Remove => (removed(&folder.incident, role, &people)?, Vec::new()),
        };
        decide(folder, actions.into_iter().map(|action| session.event(&actor, at, action)).collect())
    })?;
    let already = |person: &Person| ("already-listed".to_owned(), format!("{person} is a {} already", noun(role)));
    let warnings = unchanged.iter().map(already).collect();
    session.answer(&outcome, &Answer { warnings, next: next(&target, &outcome.folder), ..Answer::default() })
}

/// The people whom the words mean; for a removal those on the list come first.
fn meant(
    session: &Session<'_>,
    document: &IncidentDocument,
    role: Role,
    verb: Verb,
    words: &[String],
) -> Result<Vec<Person>, CommandError> {
    if words.is_empty() {
        let message = format!("nobody is named: which {}?", noun(role));
        return Err(CommandError::usage("nobody-named", message).with_hint("`me`, an address, `Name <email>` or a part of a known name"));
    }
    let known = known_people(document);
    let listed = document.header().people(list(role));
    let me = session.context.identity_environment().author(Some(&session.store));
    let one = |who: &String| match resolve_who(who, me.as_ref(), &listed) {
        Ok(person) if verb == Verb::Remove => Ok(person),
        Err(error @ WhoError::NotUnique { .. }) if verb == Verb::Remove => Err(error.into()),
        _ => session.who(who, &known),
    };
    words.iter().map(one).collect()
}

/// What is to be done for those who are not on the list, each once, and who is on it already.
fn added(document: &IncidentDocument, role: Role, people: &[Person]) -> (Vec<Action>, Vec<Person>) {
    let mut listed = document.header().people(list(role));
    let (mut actions, mut already) = (Vec::new(), Vec::new());
    for who in people {
        if listed.iter().any(|other| other.is_same(who)) {
            already.push(who.clone());
        } else {
            listed.push(who.clone());
            actions.push(Action::PersonAdded { role, who: who.clone() });
        }
    }
    (actions, already)
}

/// Whom to take off, each as the list has them.
fn removed(document: &IncidentDocument, role: Role, people: &[Person]) -> Result<Vec<Action>, Refusal> {
    let mut listed = document.header().people(list(role));
    let mut actions = Vec::new();
    for person in people {
        let Some(at) = listed.iter().position(|other| other.is_same(person)) else {
            let standing = document.header().people(list(role));
            let there = if standing.is_empty() { "it has none".to_owned() } else { format!("it has {}", names(&standing)) };
            let message = format!("{person} is no {} of {}: {there}", noun(role), document.id());
            return Err(Refusal::rule("not-listed", message, Some(&format!("qpp-incident show {}", document.id()))));
        };
        actions.push(Action::PersonRemoved { role, who: listed.remove(at) });
    }
    Ok(actions)
}

/// Nothing to record leaves the document alone.
fn decide(folder: &Folder, events: Vec<Event>) -> Result<Decision, Refusal> {
    if events.is_empty() { Ok(Decision { files: Vec::new(), events, ..Decision::default() }) } else { decide_events(folder, events) }
}

fn next(target: &Target, folder: &Folder) -> Option<String> {
    let commander = folder.incident.commander().is_none();
    commander.then(|| format!("qpp-incident assign-ic {} WHO", target.id))
}

fn list(role: Role) -> Key {
    match role {
        Role::Responder => Key::Responders,
        Role::BusinessOwner => Key::BusinessOwners,
    }
}

fn noun(role: Role) -> &'static str {
    match role {
        Role::Responder => "responder",
        Role::BusinessOwner => "business owner",
    }
}

fn command_word(role: Role) -> &'static str {
    match role {
        Role::Responder => "responder",
        Role::BusinessOwner => "owner",
    }
}
