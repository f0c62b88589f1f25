//! `redact`: the words of an entry go from the document, and it says what that does not reach.
//! The edit is `document::redaction`; neither the entry, nor the commit, nor the output repeats the words.

use crate::commands::answer::Answer;
use crate::commands::change::cannot_edit;
use crate::commands::named_entry::{named, position, split_entry};
use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::context::Context;
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::redaction::{Redaction, echoes, is_redacted, redact};
use crate::domain::entry::Entry;
use crate::domain::event::{Action, Event};
use crate::domain::refusal::Refusal;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};

/// Take the words of a timeline entry out of the document
///
/// The one lawful change of what was written: time, kind and author of the entry stay, its words become
/// "[redacted DATE: REASON]", in the copied timelines of the postmortem and the RCA and in entries that quote it too.
/// The entry is named by its time: last, 00:10, "2026-11-23 00:10", or 00:10.2 for the second of that minute.
///
/// The history and every clone still hold the words: a secret must be changed where it is used.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident redact 00:10 \"A password was pasted.\"
Next:    change the secret; qpp-incident log says that it was done")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the entry, then why
    #[arg(value_name = "[INCIDENT] ENTRY REASON", required = true)]
    words: Vec<String>,
}

/// What the document cannot forget, said after each redaction.
const NOT_REACHED: &str = "the words are gone from the documents, not from the history: earlier commits, every clone and the git host \
still hold them. Change a secret now where it is used, and ask the host's administrators to remove cached copies. \
`git filter-repo` would take them out of the history, but it rewrites every later commit: `verify` then reports each of them, \
and all clones must be made anew";

/// Runs `redact`.
///
/// # Errors
/// No single entry is named, its words are gone already, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let (name, rest) = split_entry(&rest)?;
    let document = &target.sound()?.incident;
    let last = || session.store.last_entry_digests(&target.path);
    let entry = named(document, &name, last).map_err(|refusal| CommandError::from(refusal).about(&target.id))?;
    let reason = session.text(&words::Wanted { words: &rest, edit: false, question: "Why? (not the words themselves)" })?;
    let reason = one_line(&reason);
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder: &Folder| {
        let redaction = allowed(folder, &entry, &reason, document.zone().date(session.context.now))?;
        let events = redaction.changed.iter().map(|changed| {
            let action = Action::Redacted { entry: document.zone().date_minute(changed.at), reason: reason.clone() };
            session.event(&actor, occurred_at, action)
        });
        decide(redaction.files.clone(), events.collect())
    })?;
    let mut warnings = vec![("history-holds-it".to_owned(), NOT_REACHED.to_owned())];
    warnings.extend(still_there(&outcome.folder, &entry));
    session.answer(&outcome, &Answer { warnings, ..Answer::default() })
}

/// The rule: once, and the reason does not say again what is to go.
fn allowed(folder: &Folder, entry: &Entry, reason: &str, today: chrono::NaiveDate) -> Result<Redaction, Refusal> {
    let index = position(&folder.incident, entry)?;
    if is_redacted(entry) {
        return Err(Refusal::rule("already-redacted", "the words of this entry are gone already", None));
    }
    let said = reason.to_lowercase();
    let lines = entry.text.lines().map(|line| line.trim().trim_end_matches('.').to_lowercase());
    let repeats = lines.filter(|line| !line.is_empty()).any(|line| said.contains(&line));
    if repeats {
        return Err(Refusal::rule("reason-repeats", "the reason repeats the words that are to go", Some("say why, not what")));
    }
    let form = || {
        Refusal::rule("cannot-edit", "the entry has a form that cannot be redacted safely", Some("qpp-incident edit opens the document"))
    };
    redact(folder, index, today, reason).ok_or_else(form)
}

/// The redacted texts with the Redacted entries in the incident document.
fn decide(mut files: Vec<(String, String)>, events: Vec<Event>) -> Result<Decision, Refusal> {
    for (name, text) in &mut files {
        if name == INCIDENT_FILE {
            let names: Vec<&str> = events.iter().map(|event| event.by.name.as_str()).collect();
            let document = IncidentDocument::parse_with(text, &names).map_err(|broken| cannot_edit(&broken.into()))?;
            *text = edit::apply(&document, &events).map_err(|error| cannot_edit(&error))?;
        }
    }
    Ok(Decision { files, events, ..Decision::default() })
}

/// Other lines that hold the same words, by their places.
fn still_there(folder: &Folder, entry: &Entry) -> Option<(String, String)> {
    let texts = [INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE].into_iter().filter_map(|name| Some((name, folder.text_of(name)?)));
    let places = echoes(&texts.collect::<Vec<_>>(), entry);
    let places: Vec<String> = places.iter().take(8).map(|(name, line)| format!("{}/{name}:{line}", folder.path)).collect();
    (!places.is_empty()).then(|| ("words-still-stand".to_owned(), format!("the same words still stand in: {}", places.join(", "))))
}
