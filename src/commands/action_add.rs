//! `action add`: one more piece of follow-up work.
//! The reference is drawn at random, so that two clones do not draw the same.

use crate::commands::action_choice::{item_json, item_line, item_now};
use crate::commands::action_rules::add;
use crate::commands::answer::Answer;
use crate::commands::incident_choice::any;
use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::context::Context;
use crate::document::entry_line::inert_url;
use crate::document::folder::INCIDENT_FILE;
use crate::domain::action_item::{ActionItem, ActionType};
use crate::domain::person::Person;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};
use crate::store::random::random_bytes;

/// Add an action item
///
/// Say what is to be done, so that somebody who was not there can do it. It goes into the table of the postmortem, or of the
/// incident document while there is no postmortem.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident action add \"Add an alert on the pool size.\" --type detect --owner ada --issue OPS-12
Next:    file a bug, then qpp-incident action link REF ISSUE")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then what is to be done
    #[arg(value_name = "[INCIDENT] TEXT")]
    words: Vec<String>,
    /// What kind of work it is
    #[arg(long = "type", value_enum, default_value_t = Type::Other, value_name = "TYPE")]
    item_type: Type,
    /// Who does it: a person or a team
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// Where it is tracked: a link or a key such as OPS-12
    #[arg(long, value_name = "URL|KEY")]
    issue: Option<String>,
}

/// The types of action items.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Type {
    /// Makes the next one smaller or shorter
    Mitigate,
    /// Keeps it from happening again
    Prevent,
    /// Finds the next one sooner
    Detect,
    /// Changes how people work
    Process,
    /// Anything else
    Other,
}

impl Type {
    fn of_item(self) -> ActionType {
        match self {
            Self::Mitigate => ActionType::Mitigate,
            Self::Prevent => ActionType::Prevent,
            Self::Detect => ActionType::Detect,
            Self::Process => ActionType::Process,
            Self::Other => ActionType::Other,
        }
    }
}

/// Runs `action add`.
///
/// # Errors
/// There is nothing to say, the owner is unknown, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, any)?;
    let document = &target.sound()?.incident;
    let text = one_line(&session.text(&words::Wanted { words: &rest, edit: false, question: "What is to be done?" })?);
    let known = known_people(document);
    let actor = session.actor(&known)?;
    let new = ActionItem {
        reference: None,
        text,
        item_type: Some(args.item_type.of_item()),
        owner: args.owner.as_deref().map(|who| owner(&session, who, &known)).transpose()?,
        issue: args.issue.as_deref().map(issue).transpose()?,
        done_on: None,
        in_file: INCIDENT_FILE,
        line: 0,
    };
    let occurred_at = session.at(document.zone())?;
    let random = random_bytes()?;
    let mut added = None;
    let outcome = session.change(&target, &actor, |folder| {
        let decision = add(folder, &new, random, |action| session.event(&actor, occurred_at, action))?;
        added = decision.events.first().and_then(crate::domain::event::Event::action_item);
        Ok(decision)
    })?;
    let item = item_now(&outcome.folder, |item| item.reference == added);
    let mut answer = Answer::default();
    if let (Some(item), Some(reference)) = (&item, added) {
        answer.text = Some(item_line(&outcome.folder, item));
        answer.extra.push(("action", item_json(&outcome.folder, item)));
        let link = format!("file a bug for it, then qpp-incident action link {} {reference} ISSUE", target.id);
        answer.next = item.issue.is_none().then_some(link);
    }
    session.answer(&outcome, &answer)
}

/// Who does it, as the cell has it: a person's name, or a team's.
fn owner(session: &Session<'_>, who: &str, known: &[Person]) -> Result<String, CommandError> {
    match session.who(who, known) {
        Ok(person) => Ok(person.name),
        Err(error) => session.teams()?.find(who).map(|team| team.name.clone()).map_err(|_| error),
    }
}

/// Where work is tracked, as the cell has it: a link that others can open, or a key on one line.
///
/// # Errors
/// It is empty, has blanks, or is a link of another kind.
pub fn issue(typed: &str) -> Result<String, CommandError> {
    let issue = one_line(typed);
    let scheme = issue.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") if issue.contains("://") => Ok(inert_url(&issue)),
        None if issue.contains(char::is_alphanumeric) && !issue.contains(' ') => Ok(issue),
        _ => Err(CommandError::usage("not-an-issue", format!("`{issue}` is neither a link to an issue nor its key"))
            .with_hint("https://issues.example.org/OPS-12, OPS-12 or #12")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_issue_is_a_link_or_a_key() {
        for (typed, cell) in [
            ("https://x.example/1", "https://x.example/1"),
            ("https://x.example/a|b (c)", "https://x.example/a%7Cb%20%28c%29"),
            (" OPS-12 ", "OPS-12"),
            ("#12", "#12"),
            ("org/repo#3", "org/repo#3"),
        ] {
            assert_eq!(issue(typed).unwrap(), cell);
        }
        for typed in ["-", "", "two words", "javascript:alert(1)", "ftp://x.example", "https:x"] {
            assert_eq!(issue(typed).unwrap_err().code, "not-an-issue", "{typed}");
        }
    }
}
