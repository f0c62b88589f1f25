//! `log`: one more line of the running log.
//! It never stands in the way: what cannot be committed now is kept.

use crate::commands::answer::Answer;
use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::timestamp::Timestamp;
use crate::error::CommandResult;

/// Add an entry to the timeline
///
/// The running log is the primary channel: outsiders learn the status without interrupting anybody. What cannot be
/// committed now (a rebase, a broken document) is kept, synced, and folded in by the next command that can.
///
/// The text is the words, or what is piped in, or what you write in $EDITOR with -e; on a terminal without any of these
/// you are asked for a line, which no shell can mangle.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident log [OPTIONS] [INCIDENT] [TEXT]…")]
#[command(after_help = "Example: qpp-incident log \"Restarted the auth database.\" --evidence https://splunk.example.com/search?q=1
Next:    qpp-incident update \"…\" tells the people outside")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the text
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Write the text in $EDITOR
    #[arg(short, long)]
    edit: bool,
    /// A link that proves it; may be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,
    /// What kind of entry it is
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

/// The kinds that a person may give an entry of their own.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// Somebody affected was told
    Notification,
    /// What caused it
    Cause,
    /// What happens outside the team
    External,
}

impl Kind {
    fn of_entry(self) -> EntryKind {
        match self {
            Self::Notification => EntryKind::Notification,
            Self::Cause => EntryKind::Cause,
            Self::External => EntryKind::External,
        }
    }
}

/// Runs `log`.
///
/// # Errors
/// There is nothing to say, or no space and no permission to keep it.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let text = session.text(&words::Wanted { words: &rest, edit: args.edit, question: "What happened?" })?;
    let (zone, known) = match &target.folder {
        Ok(folder) => (folder.incident.zone(), known_people(&folder.incident)),
        Err(_) => (session.config.zone(), Vec::new()),
    };
    let actor = session.actor(&known)?;
    let action = Action::Logged { kind: args.kind.map(Kind::of_entry), text };
    let mut event = session.event(&actor, session.at(zone)?, action);
    event.evidence.extend(words::links(&args.evidence)?);
    match session.change_or_keep(&target, &actor, &event)? {
        Ok(outcome) => {
            let warnings = long_before(&outcome.folder.incident, event.occurred_at).into_iter().collect();
            session.answer(&outcome, &Answer { warnings, ..Answer::default() })
        }
        Err(kept) => Ok(kept),
    }
}

/// How long before its incident an entry is told to be a mistyped date, in seconds.
const LONG: i64 = 7 * 86_400;

/// A date that may be mistyped: it lies long before anything else that the incident knows.
fn long_before(document: &IncidentDocument, at: Timestamp) -> Option<(String, String)> {
    let known = [Key::OutageStartedAt, Key::DetectedAt, Key::ReportedAt, Key::OpenedAt];
    let first = known.into_iter().filter_map(|key| document.header().instant(key)).min()?;
    let before = first.seconds_since(at);
    let when = document.zone().date_minute(at);
    let mend = format!("if the date is wrong: qpp-incident correct {} \"{when}\" --time TIME", document.id());
    (before > LONG).then(|| ("long-before".to_owned(), format!("{when} is {} before the incident; {mend}", in_words(before))))
}
