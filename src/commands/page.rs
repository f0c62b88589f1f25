//! `page`: one more responder is alerted, or the incident is escalated.
//! It records; no message leaves this machine yet, and that is said in capitals with what to do by hand.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::moves;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::teams::{Team, Teams};
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::error::{CommandError, CommandResult};

/// Alert one more responder, or escalate
///
/// Whoever acknowledges alerts at least one more member of the team. When nobody has acknowledged within 15 minutes of the
/// report, the incident goes to the next responder: --escalate says to whom the team's on-call directory sends it, and records it.
///
/// No message is sent by this version: page in PagerDuty by hand, as it says.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident page [OPTIONS] [INCIDENT] WHO…\n       qpp-incident page [OPTIONS] --escalate [INCIDENT] [TEAM]…")]
#[command(after_help = "Example: qpp-incident page \"Ada Byron <ada@example.org>\"
         qpp-incident page QPP-FE
         qpp-incident page --escalate
Next:    qpp-incident responder add WHO, once they have joined")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then whom: a person, or a team of the on-call directory
    #[arg(value_name = "[INCIDENT] WHO")]
    words: Vec<String>,
    /// Escalate to the affected teams, or to the teams named
    #[arg(long)]
    escalate: bool,
}

/// Whom a page goes to.
enum Alerted {
    /// A person.
    Person(Person),
    /// A team, as the directory has it.
    Team(Box<Team>),
}

/// Runs `page`.
///
/// # Errors
/// Nobody is meant, a team has no policy and no address, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let alerted = if args.escalate { escalated(&session, document, &rest)? } else { paged(&session, document, &rest)? };
    let lead = if args.escalate { "Escalated to " } else { "" };
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        moves::not_closed(&folder.incident, "page")?;
        let events = alerted.iter().map(|alerted| {
            let text = format!("{lead}{}", alerted.text());
            session.event(&actor, occurred_at, Action::Entered { kind: EntryKind::Paged, reference: None, text })
        });
        decide_events(folder, events.collect())
    })?;
    let mut warnings: Vec<(String, String)> = alerted.iter().map(by_hand).collect();
    warnings.extend(early(&session, &outcome.folder.incident, occurred_at).filter(|_| args.escalate));
    let next = format!("qpp-incident responder add {} WHO, once they have joined", target.id);
    session.answer(&outcome, &Answer { warnings, ..Answer::next(next) })
}

impl Alerted {
    /// What the entry says.
    fn text(&self) -> String {
        match self {
            Self::Person(person) => person.to_string(),
            Self::Team(team) => format!("{}: {}", team.full_name(), team.ways().join(", ")),
        }
    }
}

fn paged(session: &Session<'_>, document: &IncidentDocument, words: &[String]) -> Result<Vec<Alerted>, CommandError> {
    if words.is_empty() {
        return Err(CommandError::usage("nobody-named", "nobody is named: who is to be alerted?")
            .with_hint("`Name <email>`, a part of a known name, a team such as QPP-FE, or --escalate"));
    }
    let teams = session.teams().unwrap_or_default();
    let known = known_people(document);
    let one = |word: &String| match teams.find(word) {
        Ok(team) => reachable(team),
        Err(_) => session.who(word, &known).map(Alerted::Person),
    };
    words.iter().map(one).collect()
}

/// # Source
/// The process, "First response": "PagerDuty schedules should allow for automatic escalation to another responder after the initial
/// 15 minute period."
fn escalated(session: &Session<'_>, document: &IncidentDocument, words: &[String]) -> Result<Vec<Alerted>, CommandError> {
    let teams = session.teams()?;
    let affected = document.header().list(Key::Teams);
    let named = if words.is_empty() { affected } else { words };
    if named.is_empty() {
        return Err(CommandError::refused(
            "no-team",
            format!("{} names no affected team, so nobody knows whom to escalate to", document.id()),
        )
        .with_hint(format!("qpp-incident page --escalate {} TEAM, such as {}", document.id(), names(&teams))));
    }
    named
        .iter()
        .map(|name| teams.find(name).map_err(|error| CommandError::refused("unknown-team", error.to_string())).and_then(reachable))
        .collect()
}

fn names(teams: &Teams) -> String {
    let names: Vec<&str> = teams.teams.iter().map(|team| team.name.as_str()).collect();
    names.join(", ")
}

fn reachable(team: &Team) -> Result<Alerted, CommandError> {
    if team.ways().is_empty() {
        let message = format!("{} has no escalation policy and no incident address in incidents/teams.yaml", team.full_name());
        return Err(CommandError::refused("team-unreachable", message)
            .with_hint("GDIT's NOC/SOC is there 24x7x365: qpp-incident page --escalate GDIT; fill in the row: qpp-incident teams"));
    }
    Ok(Alerted::Team(Box::new(team.clone())))
}

/// In capitals: it must not be taken for done.
fn by_hand(alerted: &Alerted) -> (String, String) {
    let whom = match alerted {
        Alerted::Person(person) => format!("page {person} in PagerDuty by hand"),
        Alerted::Team(team) => format!("page {} by hand: {}", team.full_name(), team.ways().join(", ")),
    };
    ("not-sent".to_owned(), format!("RECORDED, BUT NO MESSAGE WAS SENT: {whom}"))
}

/// An escalation before the fifteen minutes are over is said to be one.
fn early(session: &Session<'_>, document: &IncidentDocument, at: Timestamp) -> Option<(String, String)> {
    let header = document.header();
    let due = header.instant(Key::ReportedAt)?.plus_seconds(session.config.acknowledge_seconds());
    let is_early = header.instant(Key::AcknowledgedAt).is_none() && at <= due;
    is_early
        .then(|| ("escalated-early".to_owned(), format!("the on-call engineer has until {} to acknowledge", document.zone().minute(due))))
}
