//! `confirm`: an assumption was proved.
//! The rule is shared in `assumption_answer`.

use crate::commands::assumption_answer;
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::error::CommandResult;

/// Record what proved an assumption
///
/// Say what was seen and where, so that somebody who was not there can check it.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident confirm [OPTIONS] [INCIDENT] REF TEXT…")]
#[command(after_help = "Example: qpp-incident confirm S2M \"Pool metrics show 100 of 100 in use.\"
Next:    qpp-incident status shows what is still assumed")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the assumption's reference or `last`, and what proved it
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `confirm`.
///
/// # Errors
/// There is no such assumption, nothing is said, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    assumption_answer::run(&args.words, EntryKind::Confirmed, "What proves it?", context)
}
