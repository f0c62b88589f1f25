//! `action`: the follow-up work of an incident. Each of its commands has a file of its own.
//! The rules are in `action_rules`, the choice of incident and item in `action_choice`.

use crate::commands::{action_add, action_done, action_link, action_list};
use crate::context::Context;
use crate::error::CommandResult;

/// Keep the follow-up work: add, list, finish and link action items
///
/// An action item has a reference (A9D), a type, an owner and an issue. It stands in the incident document's table, and in the
/// postmortem's once there is one. File a bug for each, and link it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident action add \"Add an alert on the pool size.\" --type detect --owner ada
         qpp-incident action link A9D https://issues.example.org/OPS-12
Next:    qpp-incident action list; qpp-incident action done A9D")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Add(action_add::Args),
    List(action_list::Args),
    Done(action_done::Args),
    Link(action_link::Args),
}

/// Runs `action`.
///
/// # Errors
/// A rule refuses it, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    match &args.command {
        Command::Add(args) => action_add::run(args, context),
        Command::List(args) => action_list::run(args, context),
        Command::Done(args) => action_done::run(args, context),
        Command::Link(args) => action_link::run(args, context),
    }
}
