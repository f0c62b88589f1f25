//! `by-hand`: the prose of an incident document was edited by hand. That is how prose is written; the rule only says where.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::Step;

/// The rule.
pub static RULE: Rule = Rule {
    id: "by-hand",
    level: Level::Advice,
    what: "the words or facts of a document, its entries aside, were edited by hand; layout and line ends do not count",
    source: "format: What is changed afterwards, Prose",
};

/// What is to be said of an edit by hand.
pub fn check(step: &Step<'_>) -> Option<String> {
    if step.told.is_ours() || step.is_merge() {
        return None;
    }
    let new = step.new.as_ref()?;
    let old = step.pairs.first()?.old.as_ref()?;
    (old.prose() != new.prose()).then(|| format!("edited by hand, in {}", step.named()))
}
