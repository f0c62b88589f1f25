//! `refute`: an assumption was disproved.
//! The rule is shared in `assumption_answer`.

use crate::commands::assumption_answer;
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::error::CommandResult;

/// Record what disproved an assumption
///
/// What was done because of it may need undoing: look at the actions that name it.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident refute [OPTIONS] [INCIDENT] REF TEXT…")]
#[command(after_help = "Example: qpp-incident refute S2M \"The pool has 60 free connections.\"
Next:    qpp-incident status shows what is still assumed")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the assumption's reference or `last`, and what disproved it
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `refute`.
///
/// # Errors
/// There is no such assumption, nothing is said, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    assumption_answer::run(&args.words, EntryKind::Refuted, "What disproves it?", context)
}
