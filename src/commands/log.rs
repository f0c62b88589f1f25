//! `log`: one more line of the running log.
//! It never stands in the way: what cannot be committed now is kept.

use std::path::PathBuf;

use crate::commands::answer::Answer;
use crate::commands::log_advice::advice;
use crate::commands::session::Session;
use crate::commands::{log_many, words};
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, Event};
use crate::domain::text::one_line;
use crate::domain::wording::{sentence, with_sentences};
use crate::error::{CommandError, CommandResult};

/// Add an entry to the timeline
///
/// The running log is the primary channel: outsiders learn the status without interrupting anybody. What cannot be
/// committed now (a rebase, a broken document) is kept, synced, and folded in by the next command that can.
///
/// The text is the words, or what is piped in, or what you write in $EDITOR with -e; on a terminal without any of these
/// you are asked for a line, which no shell can mangle.
///
/// --from takes many entries at once, such as notes of the night: either all are good and are one commit, or every bad line is
/// named and nothing is written. --risk and --undo say what an action may break and how it is taken back.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident log [OPTIONS] [INCIDENT] [TEXT]…")]
#[command(after_help = "Example: qpp-incident log \"Restarted the auth database.\" --evidence https://splunk.example.com/search?q=1
         qpp-incident log \"Deployed 4.2.1.\" --risk \"Drops sessions.\" --undo \"Deploy 4.2.0.\"
         qpp-incident log --from notes.txt
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
    /// What the action may break: do no harm
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    risk: Option<String>,
    /// How the action is undone
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    undo: Option<String>,
    /// Record why nobody has to be notified, where privacy is affected
    #[arg(long, value_name = "REASON", allow_hyphen_values = true, conflicts_with_all = ["kind", "edit", "risk", "undo"])]
    no_notification: Option<String>,
    /// Record many entries at once from a file, or `-`: one `TIME TEXT` a line, a line with a date sets the day
    #[arg(long, value_name = "FILE", conflicts_with_all = ["edit", "evidence", "risk", "undo", "no_notification"])]
    from: Option<PathBuf>,
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
/// There is nothing to say, a line of `--from` is no entry, or no space and no permission to keep it.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    if let Some(path) = &args.from {
        return log_many::run(&session, &target, &rest, path, args.kind.map(Kind::of_entry));
    }
    let text = match &args.no_notification {
        Some(reason) => nobody_to_notify(reason, &rest)?,
        None => session.text(&words::Wanted { words: &rest, edit: args.edit, question: "What happened?" })?,
    };
    let (zone, known) = session.zone_and_known(&target);
    let actor = session.actor(&known)?;
    let kind = args.no_notification.as_ref().map(|_| EntryKind::Notification).or(args.kind.map(Kind::of_entry));
    let action = Action::Logged { kind, text: with_risk(text, args.risk.as_deref(), args.undo.as_deref()) };
    let mut event = session.event(&actor, session.at(zone)?, action);
    event.evidence.extend(words::links(&args.evidence)?);
    match session.change_or_keep(&target, &actor, &event)? {
        Ok(outcome) => {
            let warnings = advice(&outcome.folder.incident, event.occurred_at, kind, &text_of(&event));
            session.answer(&outcome, &Answer { warnings, ..Answer::default() })
        }
        Err(kept) => Ok(kept),
    }
}

/// The entry that stands in place of a notification.
///
/// # Source
/// The process, "During the response": "notifying affected parties after a PII leak".
fn nobody_to_notify(reason: &str, rest: &[String]) -> Result<String, CommandError> {
    let reason = one_line(reason);
    if !rest.is_empty() || reason.is_empty() {
        return Err(CommandError::usage("no-notification", "--no-notification takes its reason, and no other text")
            .with_hint("qpp-incident log --no-notification \"Only test data was read.\""));
    }
    Ok(format!("Nobody has to be notified: {}", sentence(&reason)))
}

/// # Source
/// The process, "During the response", rule 1: "Do no harm".
fn with_risk(text: String, risk: Option<&str>, undo: Option<&str>) -> String {
    let part = |label: &str, said: Option<&str>| {
        said.map(one_line).filter(|said| !said.is_empty()).map(|said| format!("{label}: {}", sentence(&said)))
    };
    let parts: Vec<String> = [part("Risk", risk), part("Undo", undo)].into_iter().flatten().collect();
    if parts.is_empty() { text } else { with_sentences(&text, &parts.join(" ")) }
}

fn text_of(event: &Event) -> String {
    match &event.action {
        Action::Logged { text, .. } => text.clone(),
        _ => String::new(),
    }
}
