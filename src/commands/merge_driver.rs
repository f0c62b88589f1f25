//! `merge-driver`: what git calls to merge a file under `incidents/`; nobody types it.
//! Reads three files and writes one; what they hold is put together in `document::merge`.

use std::path::PathBuf;

use crate::context::Context;
use crate::document::merge::{MergeObstacle, merge_file};
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::files::read_named;
use crate::store::merge_driver::write_merged;

/// Merge two versions of a file by what it says; git calls this
///
/// OURS is overwritten with the result. Exit status 1 leaves it as it is, and git then merges the lines.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: git config merge.qpp-incident.driver \"qpp-incident merge-driver %O %A %B %P || git merge-file %A %O %B\"
Next:    git pull; git merge; git rebase")]
pub struct Args {
    /// The version from which both come; an empty file if there is none
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// Our version, which becomes the result
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    /// Their version
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    /// The file's name in the repository, which says what it is
    #[arg(value_name = "PATH")]
    path: String,
}

/// Runs `merge-driver`.
///
/// # Errors
/// A version cannot be read, or there are two incidents with one id.
pub fn run(args: &Args, _context: &Context) -> CommandResult {
    let base = read_named(&args.base)?;
    let (ours, theirs) = (read_named(&args.ours)?, read_named(&args.theirs)?);
    let base = Some(base.as_str()).filter(|base| !base.is_empty());
    let merged = merge_file(&args.path, base, &ours, &theirs).map_err(|obstacle| refused(&obstacle))?;
    write_merged(&args.ours, &merged)?;
    Ok(ExitStatus::Done)
}

/// What stands in the way, and what to do once git has stopped.
fn refused(obstacle: &MergeObstacle) -> CommandError {
    match obstacle {
        MergeObstacle::TwoIncidents { .. } => CommandError::refused("two-incidents", obstacle.to_string())
            .with_hint("git merge --abort && qpp-incident sync, which gives one of them a new id"),
        MergeObstacle::Broken { .. } => CommandError::refused("broken-document", format!("{obstacle}: git merges its lines"))
            .with_hint("qpp-incident repair, once git has stopped"),
    }
}
