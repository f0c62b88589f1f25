//! `decline`: a business owner's answer to a request for approval.
//! The rule is shared in `approval_answer`.

use crate::commands::approval_answer;
use crate::context::Context;
use crate::domain::entry_kind::EntryKind;
use crate::error::CommandResult;

/// Record that a business owner declines
///
/// The business owner who was asked decides, or another one of the incident. When somebody else types it, --by says who
/// decided and --via how they said it.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident decline [OPTIONS] [INCIDENT] REF [TEXT]…")]
#[command(
    after_help = "Example: qpp-incident decline P4X \"Not before the backup is done.\" --by \"Pat Lee\" --via https://chat.example.org/42
Next:    qpp-incident log \"…\" what is done instead"
)]
pub struct Args {
    /// The incident's whole id, if it is not the only one, the request's reference or `last`, and what was said
    #[arg(value_name = "WORD", required = true)]
    words: Vec<String>,
}

/// Runs `decline`.
///
/// # Errors
/// There is no such request, no business owner decides, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    approval_answer::run(&args.words, EntryKind::Declined, "declined", context)
}
