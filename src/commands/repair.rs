//! `repair`: mends what another tool merged as text, or what git left unmerged, without a question.
//! The merge is `document::merge`; while git is in the middle of something the commit is the user's.

use std::collections::BTreeSet;

use serde_json::json;

use crate::commands::repair_history::{history_of, repair_history};
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::decision::Decision;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::paths::IncidentPath;

/// The files beside the incidents that git may have left unmerged.
const SHARED: [&str; 2] = ["incidents/teams.yaml", "incidents/config.yaml"];

/// Mend documents that were merged as text or left with conflict markers
///
/// Both sides are put together by what they say: every entry stands, each key is decided as in any merge, prose that both
/// sides changed stands as two versions. What the history lost stands again: a line that was taken out as it was, a line that was typed
/// over with a correction, in a commit of its own. While a merge or a rebase is in progress the file is written and staged, and the
/// commit stays yours; else the mended document is committed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident repair INC-K7QFM
         qpp-incident repair
Next:    qpp-incident check names what a person has to settle")]
pub struct Args {
    /// Which incident, in any form; all of them if left out
    #[arg(value_name = "INCIDENT")]
    name: Option<String>,
}

/// What was done.
#[derive(Default)]
struct Repaired {
    files: Vec<String>,
    commits: Vec<String>,
    staged: bool,
    /// What git held unmerged before.
    unmerged: BTreeSet<String>,
}

/// Runs `repair`.
///
/// # Errors
/// The incident is unknown, a file cannot be written, or what was mended cannot be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let places = match &args.name {
        Some(name) => vec![session.choose_to_read(Some(name))?],
        None => session.store.incidents(),
    };
    let mut repaired = Repaired { unmerged: session.store.unmerged_paths(), ..Repaired::default() };
    if args.name.is_none() {
        for path in SHARED {
            repair_shared(&session, path, &mut repaired)?;
        }
    }
    for place in &places {
        repair_folder(&session, place.clone(), &mut repaired)?;
    }
    // In the middle of a merge or a rebase no commit is ours to make.
    if !session.store.is_in_the_middle() {
        repair_breaks(&session, &places, args.name.is_some(), &mut repaired)?;
    }
    tell(&session, &repaired)?;
    Ok(ExitStatus::Done)
}

fn repair_folder(session: &Session<'_>, place: IncidentPath, repaired: &mut Repaired) -> Result<(), CommandError> {
    let texts = session.texts(&place.path)?;
    let (mended, mut names) = session.mended_texts(&place.path, &texts);
    let is_settled = |name: &str, text: &str| is_settled(session, &repaired.unmerged, &format!("{}/{name}", place.path), text);
    let settled: Vec<String> = texts.iter().filter(|(name, text)| is_settled(name, text)).map(|(name, _)| name.clone()).collect();
    names.extend(settled);
    if names.is_empty() {
        return Ok(());
    }
    let folder = Folder::parse(&place.path, &mended)
        .map_err(|broken| CommandError::refused("broken-document", format!("cannot read {}/{broken}", place.path)).about(&place.id))?;
    for name in &names {
        let path = format!("{}/{name}", place.path);
        write(session, &path, mended.get(name).map_or("", String::as_str), repaired)?;
    }
    if session.context.options.dry_run || session.store.is_in_the_middle() {
        return Ok(());
    }
    let target = session.target(place);
    let actor = session.actor(&known_people(&folder.incident))?;
    let nothing_more = |_: &Folder| Ok(Decision::default());
    let outcome = session.change(&target, &actor, nothing_more)?;
    repaired.commits.extend(outcome.commits);
    Ok(())
}

/// Puts back what the history lost, a commit for each incident.
fn repair_breaks(session: &Session<'_>, places: &[IncidentPath], named: bool, repaired: &mut Repaired) -> Result<(), CommandError> {
    let history = history_of(session, places.first().filter(|_| named))?;
    for place in places {
        if let Some(outcome) = repair_history(session, place, &history)? {
            let path = format!("{}/{INCIDENT_FILE}", place.path);
            if !repaired.files.contains(&path) {
                repaired.files.push(path);
            }
            repaired.commits.extend(outcome.commits);
        }
    }
    Ok(())
}

/// True for a file that git holds unmerged and that is as it should be already: one side took it away, and the other's stands.
fn is_settled(session: &Session<'_>, unmerged: &BTreeSet<String>, path: &str, text: &str) -> bool {
    unmerged.contains(path) && session.store.unmerged(path).is_some_and(|unmerged| unmerged.sides.iter().flatten().eq([text]))
}

fn repair_shared(session: &Session<'_>, path: &str, repaired: &mut Repaired) -> Result<(), CommandError> {
    let Some(text) = session.store.text(path)? else { return Ok(()) };
    match session.mended(path, &text).filter(|mended| *mended != text) {
        Some(mended) => write(session, path, &mended, repaired),
        None if is_settled(session, &repaired.unmerged, path, &text) => write(session, path, &text, repaired),
        None => Ok(()),
    }
}

/// Writes the file, and stages it where git holds it unmerged.
fn write(session: &Session<'_>, path: &str, text: &str, repaired: &mut Repaired) -> Result<(), CommandError> {
    repaired.files.push(path.to_owned());
    if session.context.options.dry_run {
        return Ok(());
    }
    let unmerged = session.store.unmerged(path).is_some();
    session.store.write_mended(path, text)?;
    if unmerged || session.store.is_in_the_middle() {
        session.store.call_merged(path)?;
        repaired.staged = true;
    }
    Ok(())
}

fn tell(session: &Session<'_>, repaired: &Repaired) -> Result<(), CommandError> {
    let context = session.context;
    if context.options.json {
        context.ui.json(&json!({"schema": 1, "files": repaired.files, "commits": repaired.commits, "staged": repaired.staged}))?;
        return Ok(());
    }
    if repaired.files.is_empty() {
        context.ui.data("nothing to mend: no conflict markers, no unmerged files, no key twice, and the history has lost nothing")?;
        return Ok(());
    }
    let verb = if context.options.dry_run { "would mend" } else { "mended" };
    for file in &repaired.files {
        context.ui.data(&format!("{verb} {file}"))?;
    }
    if repaired.staged {
        context.ui.note("staged; the commit is yours: git status says how to go on (git commit, git rebase --continue)");
    }
    context.ui.note("next: qpp-incident check, and qpp-incident verify");
    Ok(())
}
