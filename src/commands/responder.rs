//! `responder add` and `responder remove`: who works on the incident.
//! The rule is shared with `owner`, in `people_list`.

use crate::commands::people_list::{self, People};
use crate::context::Context;
use crate::domain::event::Role;
use crate::error::CommandResult;

/// Add or remove responders
///
/// Whoever acknowledges is a responder, and alerts at least one more member of the team. Responders are asked before the
/// incident is closed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident responder add \"Ada Byron <ada@example.org>\" sam
Next:    qpp-incident assign-ic WHO names the incident commander")]
pub struct Args {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, clap::Subcommand)]
enum Change {
    /// Record who works on it too, one or several
    Add(People),
    /// Record who no longer does
    Remove(People),
}

/// Runs `responder`.
///
/// # Errors
/// A WHO means nobody or several, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    match &args.change {
        Change::Add(people) => people_list::add(Role::Responder, people, context),
        Change::Remove(people) => people_list::remove(Role::Responder, people, context),
    }
}
