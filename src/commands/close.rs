//! `close`: ask whether anybody is opposed, then declare the incident over.
//! It refuses with every unmet point by name; the rules are in `close_rules`.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::close_rules::{CloseWish, close_action, notes, people_to_ask};
use crate::commands::incident_choice::{Target, not_closed};
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::config::CloseOwners;
use crate::document::folder::Folder;
use crate::domain::consensus::consensus;
use crate::domain::duration::parse_seconds;
use crate::domain::event::{Action, CloseReason};
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::refusal::Refusal;
use crate::domain::status::{Status, StatusMove};
use crate::domain::wording::{CLOSING_QUESTION, names};
use crate::error::{CommandError, CommandResult};

/// Ask whether anybody is opposed to closing, and close
///
/// `close --ask` puts the question "Is anyone opposed to me closing this incident?" to the responders and the affected
/// business owners. As long as anybody has a valid reason to keep the incident open, it remains open: `close` refuses and
/// names every unmet point. After the wait, silence is no opposition, and the entry names who was silent.
///
/// A duplicate, a false alarm or a transferred incident needs a text and none of this. --force closes all the same, on
/// record, with what was not met.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident close [OPTIONS] [INCIDENT] [TEXT]…")]
#[command(after_help = "Example: qpp-incident close --ask --wait 15m
         qpp-incident close INC-K7QFM
         qpp-incident close INC-K7QFM --reason duplicate --of INC-2M4XY \"The same outage, reported twice.\"
Next:    qpp-incident postmortem; the RCA is due at the end of the next federal business day")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what is to be said of it
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Ask, and close later
    #[arg(long, conflicts_with_all = ["reason", "of", "force"])]
    ask: bool,
    /// How long silence is awaited
    #[arg(long, value_name = "DURATION", requires = "ask")]
    wait: Option<String>,
    /// Why it is over
    #[arg(long, value_enum, default_value = "resolved", value_name = "REASON")]
    reason: Reason,
    /// The incident that this one repeats
    #[arg(long, value_name = "INC")]
    of: Option<String>,
    /// Close although points are unmet: why
    #[arg(long, value_name = "REASON")]
    force: Option<String>,
}

/// Why an incident is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Reason {
    /// Back to normal, and nobody is opposed
    Resolved,
    /// The same as another incident
    Duplicate,
    /// No incident after all
    FalseAlarm,
    /// Somebody else's incident
    Transferred,
}

/// Runs `close`.
///
/// # Errors
/// Points are unmet, it does not fit the status, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    if args.ask { ask(&session, &target, &rest, args) } else { close(&session, &target, &rest, args) }
}

fn ask(session: &Session<'_>, target: &Target, rest: &[String], args: &Args) -> CommandResult {
    if !rest.is_empty() {
        return Err(CommandError::usage("text-not-taken", "the closing question has its own words and takes no text"));
    }
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let wait_seconds = match &args.wait {
        Some(text) => parse_seconds(text).map_err(|error| CommandError::usage("wait", error.to_string()))?,
        None => session.config.close_wait_seconds(),
    };
    let wait_minutes = u32::try_from(wait_seconds / 60).unwrap_or(u32::MAX);
    let outcome = session.change(target, &actor, |folder| {
        let document = &folder.incident;
        if document.status() != Status::Resolved {
            moves::fits(document, StatusMove::Resolve, "close --ask")?;
            let fits = format!("qpp-incident resolve {} \"how\"", document.id());
            return Err(Refusal::DoesNotFit { id: document.id(), status: document.status(), command: "close --ask", fits });
        }
        moves::not_before(document, occurred_at, Key::ResolvedAt, "asked to be closed")?;
        let action = Action::AskedToClose { asked: people_to_ask(document, &actor.by), wait_minutes };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let next = format!("qpp-incident agree {0} --by WHO --via \"how\", then qpp-incident close {0}", target.id);
    session.answer(&outcome, &Answer { text: Some(question(&outcome.folder)), ..Answer::next(next) })
}

/// The text to send.
fn question(folder: &Folder) -> String {
    let document = &folder.incident;
    let consensus = consensus(&document.standing_entries());
    let asked = consensus.ask.as_ref().map_or_else(String::new, |ask| names(&ask.asked));
    let until = consensus.wait_over_at().map_or_else(String::new, |at| document.zone().date_minute(at));
    let to = if asked.is_empty() { "nobody else is recorded as responder or business owner".to_owned() } else { asked };
    format!("\nTo: {to}\n{} {} is resolved.\n{CLOSING_QUESTION}\nAfter {until} silence is no opposition.", document.id(), document.title())
}

fn close(session: &Session<'_>, target: &Target, rest: &[String], args: &Args) -> CommandResult {
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let wish = CloseWish {
        reason: reason(session, args)?,
        text: text(session, rest, args)?,
        force: args.force.clone(),
        owners_must_agree: session.config.close_owners() == CloseOwners::Consent,
        at: session.at(document.zone())?,
        by: actor.by.clone(),
    };
    let outcome = session.change(target, &actor, |folder| {
        let action = close_action(&folder.incident, &wish)?;
        decide_events(folder, vec![session.event(&actor, wish.at, action)])
    })?;
    let mut answer = Answer { warnings: notes(&outcome.folder.incident), ..Answer::default() };
    if wish.reason == CloseReason::Resolved {
        answer.next = Some(format!("qpp-incident postmortem {}", target.id));
    }
    session.answer(&outcome, &answer)
}

fn text(session: &Session<'_>, rest: &[String], args: &Args) -> Result<String, CommandError> {
    if rest.is_empty() && args.reason == Reason::Resolved {
        return Ok(String::new());
    }
    session.text(&words::Wanted { words: rest, edit: false, question: "Why is it over?" })
}

fn reason(session: &Session<'_>, args: &Args) -> Result<CloseReason, CommandError> {
    if args.of.is_some() && args.reason != Reason::Duplicate {
        return Err(CommandError::usage("of-without-duplicate", "--of names what a duplicate repeats: give --reason duplicate with it"));
    }
    match args.reason {
        Reason::Resolved => Ok(CloseReason::Resolved),
        Reason::FalseAlarm => Ok(CloseReason::FalseAlarm),
        Reason::Transferred => Ok(CloseReason::Transferred),
        Reason::Duplicate => {
            let of = args.of.as_deref().ok_or_else(|| {
                CommandError::usage("of-missing", "a duplicate repeats another incident, which must be named").with_hint("--of INC-…")
            })?;
            let original: IncidentId = session.find(of)?.id;
            Ok(CloseReason::Duplicate(Some(original)))
        }
    }
}
