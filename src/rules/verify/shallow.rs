//! `shallow`: the clone has only the end of the history, which proves nothing of what came before.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "shallow",
    level: Level::Error,
    what: "the clone is shallow, so most of the history is not here to be verified; `--allow-shallow` makes it a warning",
    source: "a history that is not there proves nothing",
};

/// The finding of a shallow clone.
pub fn check(is_shallow: bool, is_allowed: bool) -> Option<Finding> {
    let finding = || RULE.finding("the clone is shallow: what came before its first commits cannot be verified");
    let level = if is_allowed { Level::Warning } else { Level::Error };
    is_shallow.then(|| finding().at_level(level).with_help("git fetch --unshallow; in GitHub Actions: fetch-depth: 0"))
}
