//! `mitigate`: the damage is stopped or reduced, wholly or in part.
//! Partial fixes count, and there may be several.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::worked_on;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::status::StatusMove;
use crate::error::CommandResult;

/// Record that the damage is stopped or reduced
///
/// Fix as much as possible as quickly as possible: a partial fix counts, with the share of service that it restored,
/// and there may be several. Mitigated is not resolved.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident mitigate [OPTIONS] [INCIDENT] TEXT…")]
#[command(after_help = "Example: qpp-incident mitigate \"Switched logins to the standby database.\" --restored 60 --type operational
Next:    qpp-incident log … while you find the extent; qpp-incident resolve … when the system is back to normal")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what was done
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// How much of the service works again, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    restored: Option<u8>,
    /// What kind of fix it is
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    mitigation_type: Option<MitigationType>,
}

/// The kinds of initial solution that the process names.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum MitigationType {
    /// A change of code
    CodeChange,
    /// A flag, a throttle, a setting
    Operational,
    /// Back to a known good release
    Revert,
}

impl MitigationType {
    fn word(self) -> &'static str {
        match self {
            Self::CodeChange => "code-change",
            Self::Operational => "operational",
            Self::Revert => "revert",
        }
    }
}

/// Runs `mitigate`.
///
/// # Errors
/// It does not fit the status, or could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, worked_on)?;
    let document = &target.sound()?.incident;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What was done?" })?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let document = &folder.incident;
        moves::fits(document, StatusMove::Mitigate, "mitigate")?;
        moves::not_before(document, occurred_at, Key::AcknowledgedAt, "mitigated")?;
        let action = Action::Mitigated {
            text: text.clone(),
            restored: args.restored,
            mitigation_type: args.mitigation_type.map(|kind| kind.word().to_owned()),
            first: document.header().instant(Key::MitigatedAt).is_none(),
        };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let next = format!("qpp-incident resolve {} \"how\", when the system is back to normal", target.id);
    session.answer(&outcome, &Answer::next(next))
}
