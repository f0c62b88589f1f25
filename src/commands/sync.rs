//! `sync`: this clone and the others brought together. What is fetched, merged and pushed is the store's work; this file says
//! how far to go, what came of it, and what a failure means.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::commands::answer::headline;
use crate::commands::session::Session;
use crate::commands::sharing::failure;
use crate::context::Context;
use crate::document::broken::BrokenFile;
use crate::document::header::Header;
use crate::document::merge::versions::OPEN;
use crate::domain::duration::{NotADuration, parse_seconds};
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::network_error::NetworkError;
use crate::store::paths::IncidentPath;
use crate::store::sync::Stopped;
use crate::store::sync_error::SyncError;
use crate::store::synced::{Reach, Synced};

/// An incident that what came has changed.
struct Changed {
    path: String,
    header: Result<Header, BrokenFile>,
}

/// How many incidents that were changed are named.
const NAMED: usize = 20;

/// Bring this clone and the others together: fetch, merge, push
///
/// Fetches the branch that the checked-out one follows, merges by structure what both sides changed, so that nobody's entry is
/// lost and nobody is asked, and pushes. What you edited by hand is committed first, by itself. Nothing is ever forced: when
/// somebody else pushes meanwhile it merges again, ten times at most. git itself is run for it, with your own credentials;
/// without a terminal it asks nothing.
///
/// It stops with nothing changed when only a person can go on: a file outside incidents/ that both sides changed in the same
/// place (status 4), a file that is not committed in the way, a remote that was rewritten, cannot be reached or refuses.
///
/// With --no-push what others wrote is merged here and nothing is pushed; with --offline what was fetched before is merged;
/// with --dry-run it fetches, and says what it would do.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident sync
         qpp-incident sync --no-push
Next:    qpp-incident status says where the incidents stand now

--json: what came, was merged and was pushed (docs/schema/sync.json).")]
pub struct Args {
    /// How long one fetch or one push may take: 30s, 5m; one minute, or five where git may ask you, when left out
    #[arg(long, value_name = "TIME", value_parser = limit)]
    timeout: Option<Duration>,
    /// Push, and merge only if somebody else was faster; note a failure for the next command: what `share.push: auto` starts
    #[arg(long, hide = true)]
    background: bool,
}

/// Runs `sync`.
///
/// # Errors
/// The two could not be brought together, and why; nothing was changed, or what was is named.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let actor = session.actor(&[])?;
    let reach = match (context.is_offline(), context.options.no_push, args.background) {
        (true, ..) => Reach::Offline,
        (false, true, _) => Reach::NoPush,
        (false, false, true) => Reach::PushFirst,
        (false, false, false) => Reach::Whole,
    };
    let mut order = session.sync_order(&actor, reach, args.timeout);
    order.may_ride_along = args.background;
    match session.store.sync(&order) {
        Ok(synced) => {
            session.store.note_last_push(None);
            answer(&session, &synced.unwrap_or_default(), reach)
        }
        Err(stopped) => {
            if args.background {
                session.store.note_last_push(Some(&failure(&stopped)));
            }
            Err(command_error(*stopped))
        }
    }
}

fn limit(text: &str) -> Result<Duration, NotADuration> {
    parse_seconds(text).map(|seconds| Duration::from_secs(seconds.unsigned_abs().max(1)))
}

/// What a failure means to a person or script.
fn command_error(stopped: Stopped) -> CommandError {
    let Stopped { error, so_far } = stopped;
    let mut message = error.to_string();
    let committed = so_far.commits.len();
    let status = match &error {
        SyncError::Conflict { .. } | SyncError::Document { .. } | SyncError::LeftToGit { .. } => ExitStatus::MergeNeeded,
        SyncError::Refused { .. } => ExitStatus::ServiceRefused,
        SyncError::Network { error: NetworkError::Credentials(_), .. } => ExitStatus::Credentials,
        _ if committed > 0 => ExitStatus::Kept,
        _ => ExitStatus::Refused,
    };
    if committed > 0 {
        let commits = if committed == 1 { "commit was" } else { "commits were" };
        message = format!("{message}\n{committed} {commits} made here before that, and not pushed: what was edited by hand, or kept");
    }
    let failure = CommandError { status, ..CommandError::refused(error.code(), message) };
    error.hint().map_or(failure.clone(), |hint| failure.with_hint(hint))
}

fn answer(session: &Session<'_>, synced: &Synced, reach: Reach) -> CommandResult {
    let context = session.context;
    let changed = changed_incidents(session, synced);
    let warnings = warnings(&changed, synced);
    if context.options.json {
        context.ui.json(&as_json(synced, &warnings))?;
        return Ok(ExitStatus::Done);
    }
    for (_, message) in &warnings {
        context.ui.warning(message);
    }
    if context.options.quiet {
        context.ui.data(synced.tip.as_deref().unwrap_or_default())?;
        return Ok(ExitStatus::Done);
    }
    context.ui.data(&in_one_line(session, synced, reach))?;
    for line in lines(&changed, synced) {
        context.ui.data(&line)?;
    }
    if context.options.dry_run {
        context.ui.note("nothing was merged or pushed (--dry-run)");
    }
    Ok(ExitStatus::Done)
}

/// What came, what was merged, what was pushed where.
fn in_one_line(session: &Session<'_>, synced: &Synced, reach: Reach) -> String {
    let commits = |count: usize| if count == 1 { "1 commit".to_owned() } else { format!("{count} commits") };
    let upstream = &synced.upstream;
    let mut parts = Vec::new();
    if synced.received > 0 {
        parts.push(format!("{} came from {upstream}", commits(synced.received)));
    }
    match (&synced.merge, synced.merged.len()) {
        (Some(_), 0) => parts.push("merged with yours".to_owned()),
        (Some(_), 1) => parts.push("merged with yours, 1 file changed on both sides".to_owned()),
        (Some(_), count) => parts.push(format!("merged with yours, {count} files changed on both sides")),
        (None, _) => {}
    }
    let ahead = session.store.ahead_count().unwrap_or_default();
    match (synced.pushed, reach) {
        (0, Reach::NoPush | Reach::Offline) if ahead > 0 => parts.push(format!("{} not pushed", commits(ahead))),
        (0, _) => {}
        (count, _) => parts.push(format!("{} pushed to {upstream}", commits(count))),
    }
    if parts.is_empty() { format!("{} and {upstream} are the same", synced.branch) } else { parts.join("; ") }
}

/// The incidents that what came has changed, as they are now; those that went are left out.
fn changed_incidents(session: &Session<'_>, synced: &Synced) -> Vec<Changed> {
    let folders: BTreeSet<&str> = synced.changed.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    let places = folders.into_iter().filter(|folder| IncidentPath::parse(folder).is_some());
    let standing = places.filter(|folder| session.store.root().join(folder).is_dir()).take(NAMED);
    standing.map(|path| Changed { path: path.to_owned(), header: session.header(path) }).collect()
}

/// Each with its title and status, and what the merge had to decide in it.
fn lines(changed: &[Changed], synced: &Synced) -> Vec<String> {
    let mut lines = Vec::new();
    for Changed { path, header } in changed {
        lines.extend(header.as_ref().ok().map(|header| format!("  {}", headline(header))));
        let decisions = synced.decisions.iter().filter(|(file, _)| file.starts_with(path));
        lines.extend(decisions.map(|(_, entry)| format!("    {}", entry.replace('\n', "\n    "))));
    }
    lines.extend((changed.len() == NAMED).then(|| "  and perhaps more: qpp-incident list".to_owned()));
    lines
}

fn warnings(changed: &[Changed], synced: &Synced) -> Vec<(String, String)> {
    let mut warnings = synced.warnings.clone();
    for renumbered in &synced.renumbered {
        let (old, new, path) = (&renumbered.old, &renumbered.new, &renumbered.path);
        let message = format!("{old} is another incident, opened in another clone; yours is {new} from now on, in {path}");
        warnings.push(("renumbered".to_owned(), message));
    }
    for path in &synced.versions {
        let message = format!("{path}: two versions of a text stand there; keep one (look for `{OPEN}`)");
        warnings.push(("versions".to_owned(), message));
    }
    for Changed { path, header } in changed {
        warnings.extend(header.as_ref().err().map(|broken| ("broken-document".to_owned(), format!("{path}/{broken}"))));
    }
    warnings
}

fn as_json(synced: &Synced, warnings: &[(String, String)]) -> Value {
    let renumbered =
        |one: &crate::store::renumbering::Renumbered| json!({ "old": one.old, "new": one.new, "path": one.path, "commit": one.commit });
    json!({
        "schema": 1,
        "branch": synced.branch,
        "remote": synced.remote,
        "upstream": synced.upstream,
        "received": synced.received,
        "changed": synced.changed,
        "merge": synced.merge,
        "merged": synced.merged,
        "decisions": synced.decisions.iter().map(|(path, entry)| json!({ "path": path, "entry": entry })).collect::<Vec<_>>(),
        "versions": synced.versions,
        "pushed": synced.pushed,
        "tip": synced.tip,
        "commits": synced.commits,
        "renumbered": synced.renumbered.iter().map(renumbered).collect::<Vec<_>>(),
        "warnings": warnings.iter().map(|(code, message)| json!({ "code": code, "message": message })).collect::<Vec<_>>(),
    })
}
