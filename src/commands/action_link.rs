//! `action link`: where a piece of follow-up work is tracked.
//! A link that stands there is replaced; the entry keeps what was said when.

use crate::commands::action_add::issue;
use crate::commands::action_choice::{item_json, item_line, item_now, named_item};
use crate::commands::action_rules::link;
use crate::commands::answer::Answer;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::domain::event::Event;
use crate::error::{CommandError, CommandResult};
use crate::store::random::random_bytes;

/// Say where an action item is tracked
///
/// REF is its reference, `last` for the last of the table, or a part of its text that no other has; ISSUE is a link or a key
/// such as OPS-12.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident action link A9D https://issues.example.org/OPS-12
Next:    qpp-incident action done A9D, when the issue is closed")]
pub struct Args {
    /// The incident's whole id, if several have such an item, then the item and its issue
    #[arg(value_name = "[INCIDENT] REF ISSUE", required = true)]
    words: Vec<String>,
}

/// The last word is the issue.
fn all_but_last(words: &[String]) -> &[String] {
    words.split_last().map_or(&[], |(_, item)| item)
}

/// Runs `action link`.
///
/// # Errors
/// There is no such item, the issue is none, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_by_item(&args.words, all_but_last)?;
    let Some((tracked, name)) = rest.split_last().filter(|(_, name)| !name.is_empty()) else {
        return Err(CommandError::usage("issue-missing", "an action item and its issue are expected")
            .with_hint(format!("qpp-incident action link {} A9D OPS-12", target.id)));
    };
    let tracked = issue(tracked)?;
    let document = &target.sound()?.incident;
    let wanted = named_item(&target, &name.join(" "))?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let random = random_bytes()?;
    let outcome = session
        .change(&target, &actor, |folder| link(folder, &wanted, &tracked, random, |action| session.event(&actor, occurred_at, action)))?;
    let reference = outcome.decision.events.first().and_then(Event::action_item).or(wanted.reference);
    let item = item_now(&outcome.folder, |item| item.reference == reference && (reference.is_some() || item.text == wanted.text));
    if outcome.decision.events.is_empty() {
        session.context.ui.note("that issue is linked already: nothing was changed");
    }
    session.answer(
        &outcome,
        &Answer {
            text: item.as_ref().map(|item| item_line(&outcome.folder, item)),
            extra: item.iter().map(|item| ("action", item_json(&outcome.folder, item))).collect(),
            ..Answer::default()
        },
    )
}
