//! `extent`: what was damaged, and what else was checked.
//! The entry says it in the log, the section in the document keeps it for the analysis and for audits.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::text::one_line;
use crate::error::CommandResult;

/// Record the extent of the damage
///
/// What was affected, in numbers where there are any: the root cause analysis, later audits and the people who must be told
/// rest on it. --checked says which other parts were looked at and are sound, so that nothing was missed. It is added to the
/// document's part "Extent of the damage"; there may be several.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident extent [OPTIONS] [INCIDENT] TEXT…")]
#[command(after_help = "Example: qpp-incident extent \"1200 sessions were lost; no submission was.\" --checked \"Submissions and mail.\"
Next:    qpp-incident phase stabilize --until TIME")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what was damaged
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Which other parts were checked and found sound
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    checked: Option<String>,
}

/// Runs `extent`.
///
/// # Errors
/// There is nothing to say, the incident is closed, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question: "What was damaged?" })?;
    let checked = args.checked.as_deref().map(one_line).filter(|checked| !checked.is_empty());
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        moves::not_closed(&folder.incident, "extent")?;
        let action = Action::ExtentFound { text: text.clone(), checked: checked.clone() };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let document = &outcome.folder.incident;
    let warnings = not_notified(document).into_iter().collect();
    let next = checked.is_none().then(|| format!("check the other parts too: qpp-incident extent {} \"…\" --checked \"…\"", document.id()));
    session.answer(&outcome, &Answer { next, warnings, ..Answer::default() })
}

/// # Source
/// The process, "During the response": "potentially other damage control activity (e.g. notifying affected parties after a PII leak)".
fn not_notified(document: &IncidentDocument) -> Option<(String, String)> {
    let is_affected = document.header().text(Key::Privacy) == Some("affected");
    let is_told = document.timeline().standing().any(|found| found.entry.kind == Some(EntryKind::Notification));
    let log = format!("qpp-incident log {} --kind notification \"…\"", document.id());
    (is_affected && !is_told)
        .then(|| ("privacy-not-notified".to_owned(), format!("privacy is affected, and no notification is on record: {log}")))
}
