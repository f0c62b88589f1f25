//! `correct`: a wrong entry gets a line that says what is right. The old line is never touched.
//! What may be corrected, and what else a corrected time moves, is decided in `correction`.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::correction::correct;
use crate::commands::fact::order_warnings;
use crate::commands::named_entry::{named, position, split_entry};
use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::context::Context;
use crate::document::entry_line::write_entry;
use crate::document::folder::Folder;
use crate::document::json as shapes;
use crate::domain::event::{Action, Correction};
use crate::domain::key::Key;
use crate::domain::text::one_line;
use crate::domain::zone::Zone;
use crate::error::{CommandError, CommandResult};

/// Correct a timeline entry: its text, its time, or that it counts at all
///
/// The old line stays as it is; a new one names it and says what is right. The entry is named by its time: last, 00:10,
/// "2026-11-23 00:10", or 00:10.2 for the second of that minute. A corrected time of an acknowledgement, a mitigation,
/// a resolution or a close moves that instant of the front matter too. A void entry stays readable and counts for nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident correct 00:10 \"Restarted the auth cache, not the database.\"
         qpp-incident correct last --time 00:05
         qpp-incident correct \"2026-11-23 00:10\" --void \"That was another system.\"
Next:    qpp-incident timeline; a secret in an entry goes with qpp-incident redact")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the entry, then the right text
    #[arg(value_name = "[INCIDENT] ENTRY TEXT", required = true)]
    words: Vec<String>,
    /// The right time
    #[arg(long, value_name = "TIME", conflicts_with = "void")]
    time: Option<String>,
    /// It counts for nothing: why
    #[arg(long, value_name = "REASON")]
    void: Option<String>,
}

/// Runs `correct`.
///
/// # Errors
/// No single entry is named, it cannot be corrected so, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let (name, rest) = split_entry(&rest)?;
    let document = &target.sound()?.incident;
    let zone = document.zone();
    let last = || session.store.last_entry_digests(&target.path);
    let entry = named(document, &name, last).map_err(|refusal| CommandError::from(refusal).about(&target.id))?;
    let correction = correction_of(&session, args, &rest, zone)?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(zone)?;
    let outcome = session.change(&target, &actor, |folder: &Folder| {
        let index = position(&folder.incident, &entry)?;
        let actions = correct(&folder.incident, index, &correction)?;
        decide_events(folder, actions.into_iter().map(|action| session.event(&actor, occurred_at, action)).collect())
    })?;
    let old = document.timeline().entries.iter().find(|found| found.entry == entry);
    let moved: Vec<Key> = outcome.decision.events.iter().filter_map(|event| moved_key(&event.action)).collect();
    let answer = Answer {
        text: Some(format!("  was: {}", write_entry(&entry, zone).replace('\n', "\n  "))),
        extra: vec![("corrected", old.map(|found| shapes::entry(document, found)).into())],
        warnings: order_warnings(outcome.folder.incident.header(), &moved),
        ..Answer::default()
    };
    session.answer(&outcome, &answer)
}

fn moved_key(action: &Action) -> Option<Key> {
    match action {
        Action::FactSet { key, .. } => Some(*key),
        _ => None,
    }
}

/// What is right: one of text, `--time` and `--void`.
fn correction_of(session: &Session<'_>, args: &Args, rest: &[String], zone: Zone) -> Result<Correction, CommandError> {
    let too_much = !rest.is_empty() && (args.time.is_some() || args.void.is_some());
    if too_much {
        let message = format!("`{}` is one text too many: give the right text, --time or --void, one of them", rest.join(" "));
        return Err(CommandError::usage("one-correction", message).with_hint("two corrections are two commands"));
    }
    if let Some(time) = &args.time {
        return Ok(Correction::Time(session.time(time, zone)?));
    }
    if let Some(reason) = &args.void {
        let reason = one_line(reason);
        if reason.is_empty() {
            return Err(
                CommandError::usage("reason-missing", "a void entry needs a reason").with_hint("--void \"why it counts for nothing\"")
            );
        }
        return Ok(Correction::Void(reason));
    }
    Ok(Correction::Text(session.text(&words::Wanted { words: rest, edit: false, question: "What is right?" })?))
}
