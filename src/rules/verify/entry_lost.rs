//! `entry-lost`: an entry that a parent has is missing. Nothing that was once written goes away.
//! PURE.

use crate::document::evidence::Evidence;
use crate::document::proven_entries::ProvenEntry;
use crate::domain::finding::Level;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::{Step, and_more, entry_named};

/// The rule.
pub static RULE: Rule = Rule {
    id: "entry-lost",
    level: Level::Error,
    what: "an entry of a parent is missing in the commit, or the whole document is",
    source: "\"By maintaining a live document with a running log of actions the team has taken\"; a wrong entry is corrected, never taken out",
};

/// What is to be said of entries that a commit lost.
pub fn message(step: &Step<'_>, old: &Evidence, lost: &[ProvenEntry]) -> String {
    let first = lost.first().map(|entry| entry_named(old, entry)).unwrap_or_default();
    let more = and_more(lost.len());
    match (&step.new, step.is_merge()) {
        (None, _) => format!("the document and its entries are gone (the entry of {first}{more}) since {}", step.named()),
        (Some(_), true) => format!("the merge {} dropped the entry of {first}{more}", step.named()),
        (Some(_), false) => format!("the entry of {first}{more} is missing since {}", step.named()),
    }
}
