//! `log --from`: many entries at once, from a file or what is piped in.
//! All of them are good and become one commit, or every bad line is named and nothing is written.

use std::path::Path;

use crate::commands::answer::Answer;
use crate::commands::incident_choice::Target;
use crate::commands::log_advice::advice;
use crate::commands::session::Session;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, Event};
use crate::domain::log_lines::{Defect, LogLine, read_lines};
use crate::error::{CommandError, CommandResult};

/// How many defects are named.
const MOST_NAMED: usize = 20;

/// Records every line of the file as an entry.
///
/// # Errors
/// The file cannot be read, a line of it is no entry, or it could not be recorded.
pub fn run(session: &Session<'_>, target: &Target, rest: &[String], path: &Path, kind: Option<EntryKind>) -> CommandResult {
    if !rest.is_empty() {
        return Err(CommandError::usage("text-not-taken", "the entries come from --from, and a text is given too"));
    }
    if session.context.options.at.is_some() {
        return Err(CommandError::usage("at-with-from", "each line of --from has its own time, and --at is given too"));
    }
    let context = session.context;
    let text = session.file_or_piped(path)?;
    let (zone, known) = session.zone_and_known(target);
    let lines = read_lines(&text, context.now, zone).map_err(|defects| defective(path, &defects))?;
    if lines.is_empty() {
        return Err(CommandError::usage("nothing-to-say", format!("{} has no entry", name(path))).with_hint("one `TIME TEXT` a line"));
    }
    let actor = session.actor(&known)?;
    let event = |line: &LogLine| session.event(&actor, line.at, Action::Logged { kind, text: line.text.clone() });
    let events: Vec<Event> = lines.iter().map(event).collect();
    match session.change_or_keep_all(target, &actor, &events)? {
        Ok(outcome) => {
            let document: &IncidentDocument = &outcome.folder.incident;
            let mut warnings: Vec<_> = lines.iter().flat_map(|line| advice(document, line.at, kind, &line.text)).collect();
            warnings.dedup();
            session.answer(&outcome, &Answer { warnings, ..Answer::default() })
        }
        Err(kept) => Ok(kept),
    }
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Nothing is written unless all lines are good.
fn defective(path: &Path, defects: &[Defect]) -> CommandError {
    let shown = defects.iter().take(MOST_NAMED).map(|defect| format!("\n  line {}: {}", defect.line, defect.why));
    let more = defects.len().saturating_sub(MOST_NAMED);
    let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
    let (name, lines) = (name(path), shown.collect::<String>());
    CommandError::refused("bad-lines", format!("nothing was written: {name} has lines that are no entries:{lines}{more}"))
        .with_hint("mend them and run it again: `00:10 Restarted the auth database.`, and a line `2026-11-23` sets the day")
}
