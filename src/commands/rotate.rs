//! `rotate`: a new team takes over from a tired one.
//! Two entries in one commit: the briefing of who comes, and the status update for everybody outside.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, update};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::json as shapes;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::text::tidy;
use crate::domain::who::resolve_who;
use crate::domain::wording::names;
use crate::error::{CommandError, CommandResult};

/// Rotate the response team, with a briefing and a broadcast
///
/// If an incident spans many hours, teams rotate, to avoid errors caused by fatigue or stress. The incident commander briefs
/// the new team on the status and broadcasts the changeover to everybody outside: --brief is required, and a status update is
/// written in the same commit. The incident commander's own handoff is `assign-ic`.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident rotate [OPTIONS] [INCIDENT] --in WHO… --out WHO… --brief TEXT")]
#[command(
    after_help = "Example: qpp-incident rotate --in \"Kim Doe <kim@example.org>\" --in lee --out grace --brief \"Pool is at 40; node 3 is next.\"
Next:    send what was printed to the people named; qpp-incident assign-ic WHO --brief … for the incident commander"
)]
pub struct Args {
    /// The incident's whole id, if it is not the only one
    #[arg(value_name = "INCIDENT")]
    words: Vec<String>,
    /// Who comes; may be given several times
    #[arg(long = "in", value_name = "WHO", num_args = 1..)]
    incoming: Vec<String>,
    /// Who leaves; may be given several times
    #[arg(long = "out", value_name = "WHO", num_args = 1..)]
    outgoing: Vec<String>,
    /// What the new team must know: where it stands, what is being tried, what comes next
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    brief: Option<String>,
}

/// Runs `rotate`.
///
/// # Errors
/// Nobody comes and nobody leaves, there is no brief, somebody who leaves is no responder, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let document = &target.sound()?.incident;
    let brief = brief(args, &session, &rest)?;
    let known = known_people(document);
    let actor = session.actor(&known)?;
    let incoming: Vec<Person> = args.incoming.iter().map(|who| session.who(who, &known)).collect::<Result<_, _>>()?;
    let outgoing: Vec<Person> = args.outgoing.iter().map(|who| leaving(&session, document, who)).collect::<Result<_, _>>()?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let actions = rotation(&folder.incident, &incoming, &outgoing, &brief)?;
        decide_events(folder, actions.into_iter().map(|action| session.event(&actor, occurred_at, action)).collect())
    })?;
    let news = changeover(&incoming, &outgoing);
    let (text, to) = update::broadcast(&session, &outcome, &news)?;
    let answer = Answer {
        extra: vec![("update", text.clone().into()), ("to", to.iter().map(shapes::person).collect())],
        text: Some(format!("\n{text}")),
        next: commander_stays(&outcome.folder.incident, &outgoing),
        ..Answer::default()
    };
    let status = session.answer(&outcome, &answer)?;
    update::say_recipients(&session, &to);
    Ok(status)
}

fn brief(args: &Args, session: &Session<'_>, rest: &[String]) -> Result<String, CommandError> {
    if let Some(word) = rest.first() {
        return Err(
            CommandError::usage("text-not-taken", format!("`{word}` is not understood here")).with_hint("people follow --in and --out")
        );
    }
    if args.incoming.is_empty() && args.outgoing.is_empty() {
        return Err(CommandError::usage("nobody-named", "nobody is named: who comes, who leaves?").with_hint("--in WHO … --out WHO …"));
    }
    let given = args.brief.as_deref().map(tidy).unwrap_or_default();
    let asked = given.trim().is_empty() && session.context.prompter.can_ask();
    let brief = if asked { tidy(&session.context.prompter.text("What must the new team know?", None)?) } else { given };
    if brief.trim().is_empty() {
        return Err(CommandError::usage("brief-missing", "a rotation takes a brief for the new team")
            .with_hint("--brief \"where it stands, what is being tried, what comes next\""));
    }
    Ok(brief)
}

/// Somebody who leaves, those on the list first.
fn leaving(session: &Session<'_>, document: &IncidentDocument, who: &str) -> Result<Person, CommandError> {
    let listed = document.header().people(Key::Responders);
    let me = session.context.identity_environment().author(Some(&session.store));
    resolve_who(who, me.as_ref(), &listed).or_else(|_| session.who(who, &known_people(document)))
}

fn rotation(document: &IncidentDocument, incoming: &[Person], outgoing: &[Person], brief: &str) -> Result<Vec<Action>, Refusal> {
    moves::not_closed(document, "rotate")?;
    let id = document.id();
    let listed = document.header().people(Key::Responders);
    let is_in = |people: &[Person], who: &Person| people.iter().any(|other| other.is_same(who));
    if let Some(both) = outgoing.iter().find(|who| is_in(incoming, who)) {
        return Err(Refusal::rule("comes-and-leaves", format!("{} cannot come to {id} and leave it at once", both.name), None));
    }
    if let Some(stranger) = outgoing.iter().find(|who| !is_in(&listed, who)) {
        let there = if listed.is_empty() { "it has none".to_owned() } else { format!("it has {}", names(&listed)) };
        let hand_over = document.commander().filter(|commander| commander.is_same(stranger));
        let hint =
            hand_over.map_or_else(|| format!("qpp-incident show {id}"), |_| format!("qpp-incident assign-ic {id} WHO --brief \"…\""));
        return Err(Refusal::rule("not-listed", format!("{stranger} is no responder of {id}: {there}"), Some(&hint)));
    }
    let outgoing = outgoing.iter().filter_map(|who| listed.iter().find(|other| other.is_same(who)).cloned()).collect::<Vec<_>>();
    let update = Action::Updated { text: changeover(incoming, &outgoing) };
    let rotated = Action::Rotated { incoming: incoming.to_vec(), outgoing, brief: brief.to_owned() };
    Ok(vec![rotated, update])
}

/// What the outside is told.
fn changeover(incoming: &[Person], outgoing: &[Person]) -> String {
    let list = |people: &[Person]| people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    match (incoming.is_empty(), outgoing.is_empty()) {
        (false, false) => format!("The response team rotates: {} take over from {}.", list(incoming), list(outgoing)),
        (false, true) => format!("The response team grows: {} join.", list(incoming)),
        _ => format!("The response team rotates: {} leave.", list(outgoing)),
    }
}

/// An incident commander who leaves as a responder is still the commander.
fn commander_stays(document: &IncidentDocument, outgoing: &[Person]) -> Option<String> {
    let commander = document.commander().filter(|commander| outgoing.iter().any(|who| who.is_same(commander)))?;
    Some(format!("{} is still incident commander: qpp-incident assign-ic {} WHO --brief \"…\"", commander.name, document.id()))
}
