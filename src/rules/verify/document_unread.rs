//! `document-unread`: the front matter could not be read in a commit, so its instants prove nothing there. Its entries are compared all
//! the same.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::Step;

/// The rule.
pub static RULE: Rule = Rule {
    id: "document-unread",
    level: Level::Warning,
    what: "a commit holds a document whose front matter cannot be read: its instants prove nothing there",
    source: "format: Front matter",
};

/// What is to be said of a document that became unreadable.
pub fn check(step: &Step<'_>) -> Option<String> {
    let broken = step.new.as_ref()?.facts.as_ref().err()?;
    let was_read = step.pairs.iter().all(|pair| pair.old.as_ref().is_none_or(|old| old.facts.is_ok()));
    was_read.then(|| format!("the document cannot be read ({broken}) since {}", step.named()))
}
