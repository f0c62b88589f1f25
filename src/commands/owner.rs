//! `owner add` and `owner remove`: the affected business owners.
//! The rule is shared with `responder`, in `people_list`.

use crate::commands::people_list::{self, People};
use crate::context::Context;
use crate::domain::event::Role;
use crate::error::CommandResult;

/// Add or remove affected business owners
///
/// Business owners stay available for the whole incident: they approve emergency deployments and configuration changes,
/// help with the impact outside, get the status updates, and are asked before it is closed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident owner add \"Pat Lee <pat@example.org>\"
Next:    qpp-incident update \"…\" tells them what is known")]
pub struct Args {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, clap::Subcommand)]
enum Change {
    /// Record whose business is affected, one or several
    Add(People),
    /// Record whose is not
    Remove(People),
}

/// Runs `owner`.
///
/// # Errors
/// A WHO means nobody or several, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    match &args.change {
        Change::Add(people) => people_list::add(Role::BusinessOwner, people, context),
        Change::Remove(people) => people_list::remove(Role::BusinessOwner, people, context),
    }
}
