//! `status`: what is due, what is late, and who acts next; of one incident, or of all that are not closed.
//! Reads; changes nothing. Clocks are computed for now and stored nowhere.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::commands::escalation;
use crate::commands::listed::Listed;
use crate::commands::session::Session;
use crate::commands::sharing::not_live_yet;
use crate::commands::status_board;
use crate::commands::status_text::{self, Standing};
use crate::context::Context;
use crate::document::clock_facts::folder_clocks;
use crate::document::duties::{Duty, duties};
use crate::domain::incident_id::IncidentId;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::paths::IncidentPath;

/// Say what is due, what is late, and who acts next
///
/// For one incident: its people, its clocks as remaining or overdue, what was missed and stays on record, what waits for an
/// answer, and what is not yet committed or pushed. Without INCIDENT the one that is not closed; when there are several or
/// none, the board: all that are not closed and those closed whose RCA is not done, the most urgent first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident status
Next:    qpp-incident watch, to keep it on the screen
            qpp-incident update \"…\" when the live document is due; qpp-incident watch keeps all this on the screen

--json: an object for a named incident, else the board as an array (docs/schema/status.json).")]
pub struct Args {
    /// The incident; left out, the only one that is not closed, else the board
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
    /// Exit with status 3 when something is overdue; advice (naming people, rotation) does not count
    #[arg(long)]
    fail_overdue: bool,
}

/// Runs `status`.
///
/// # Errors
/// The named document cannot be read, or standard output takes no more.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let overdue = say(args.name.as_deref(), &Session::open_whatever_the_settings(context)?)?;
    Ok(if args.fail_overdue && !overdue.is_empty() { ExitStatus::Findings } else { ExitStatus::Done })
}

/// Says where the named incident stands, else all; gives back what is overdue or cannot be read, each by a name of its own.
///
/// # Errors
/// As [`run`].
pub fn say(name: Option<&str>, session: &Session<'_>) -> Result<BTreeSet<String>, CommandError> {
    match session.named(name, crate::commands::incident_choice::any)? {
        Some(place) => one(session, place),
        None => several(session),
    }
}

/// Such as `INC-K7QFM decide on approval P4X`, with its time: the live document falls due again and again.
fn missed<'a>(id: &IncidentId, duties: &'a [Duty]) -> impl Iterator<Item = String> + use<'a> {
    let id = id.to_string();
    duties.iter().filter(|duty| duty.is_missed()).map(move |duty| format!("{id} {} {}", duty.name.words(), duty.due.seconds()))
}

/// One incident; what is overdue of it.
fn one(session: &Session<'_>, place: IncidentPath) -> Result<BTreeSet<String>, CommandError> {
    let target = session.target_to_read(place);
    let folder = target.sound()?;
    let clocks = folder_clocks(folder, &session.config, session.context.now);
    let duties = duties(&folder.incident, &clocks);
    let header = folder.incident.header();
    let standing = Standing {
        folder,
        clocks: &clocks,
        duties: &duties,
        escalate_to: escalation::teams(session, header, &duties),
        kept: &session.kept_of(&target.path),
        not_pushed: session.store.ahead_count(),
        not_live: not_live_yet(&session.store),
        now: session.context.now,
    };
    let ui = &session.context.ui;
    if session.context.options.json {
        ui.json(&status_text::json(&standing))?;
    } else if session.context.options.quiet {
        ui.data(&target.id.to_string())?;
    } else {
        ui.data(&status_text::text(&standing))?;
    }
    Ok(missed(&target.id, &duties).collect())
}

/// The only one that is not closed, else the board; what is overdue or cannot be read.
fn several(session: &Session<'_>) -> Result<BTreeSet<String>, CommandError> {
    let options = &session.context.options;
    let board: Vec<Listed> = status_board::most_urgent_first(session.listed(true));
    let unread = board.iter().filter(|listed| listed.read.is_err()).map(|listed| format!("{} cannot be read", listed.place.id));
    let overdue: BTreeSet<String> = unread.chain(board.iter().flat_map(|listed| missed(&listed.place.id, listed.duties()))).collect();
    session.warn_of_broken(&board);
    if options.json {
        let rows: Value = board.iter().map(|listed| status_board::json(listed, session)).collect();
        session.context.ui.json(&rows)?;
        return Ok(overdue);
    }
    let open: Vec<&Listed> = board.iter().filter(|listed| !listed.is_closed()).collect();
    if let [only] = open.as_slice()
        && only.read.is_ok()
    {
        one(session, only.place.clone())?;
        status_board::note_pending_rca(&board, &session.context.ui);
        return Ok(overdue);
    }
    if options.quiet {
        let ids: Vec<String> = board.iter().map(|listed| listed.place.id.to_string()).collect();
        session.context.ui.data(&ids.join("\n"))?;
    } else {
        status_board::print(&board, session)?;
    }
    Ok(overdue)
}
