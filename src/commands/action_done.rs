//! `action done`: a piece of follow-up work is finished.
//! Doing it twice changes nothing and says when it was done.

use crate::commands::action_choice::{item_json, item_line, item_now, named_item};
use crate::commands::action_rules::done;
use crate::commands::answer::Answer;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::action_table::of_folder;
use crate::domain::event::Event;
use crate::error::{CommandError, CommandResult};
use crate::store::random::random_bytes;

/// Mark an action item as done
///
/// REF is its reference, `last` for the last of the table, or a part of its text that no other has. The row is struck through
/// and says on which day; --at names an earlier one.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident action done A9D
Next:    qpp-incident action list shows what is left")]
pub struct Args {
    /// The incident's whole id, if several have such an item, then the item
    #[arg(value_name = "[INCIDENT] REF", required = true)]
    words: Vec<String>,
}

fn all(words: &[String]) -> &[String] {
    words
}

/// Runs `action done`.
///
/// # Errors
/// There is no such item, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_by_item(&args.words, all)?;
    if rest.is_empty() {
        return Err(
            CommandError::usage("action-missing", "no action item is named").with_hint(format!("qpp-incident action list {}", target.id))
        );
    }
    let document = &target.sound()?.incident;
    let wanted = named_item(&target, &rest.join(" "))?;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let on = document.zone().date(occurred_at);
    let random = random_bytes()?;
    let outcome =
        session.change(&target, &actor, |folder| done(folder, &wanted, on, random, |action| session.event(&actor, occurred_at, action)))?;
    let reference = outcome.decision.events.first().and_then(Event::action_item).or(wanted.reference);
    let item = item_now(&outcome.folder, |item| item.reference == reference && (reference.is_some() || item.text == wanted.text));
    if let Some(day) = item.as_ref().and_then(|item| item.done_on).filter(|_| outcome.decision.events.is_empty()) {
        session.context.ui.note(&format!("it was done on {day} already: nothing was changed"));
    }
    let left = of_folder(&outcome.folder).iter().filter(|item| item.done_on.is_none()).count();
    let next = (left > 0).then(|| format!("qpp-incident action list {} shows what is left ({left})", target.id));
    session.answer(
        &outcome,
        &Answer {
            text: item.as_ref().map(|item| item_line(&outcome.folder, item)),
            extra: item.iter().map(|item| ("action", item_json(&outcome.folder, item))).collect(),
            next,
            ..Answer::default()
        },
    )
}
