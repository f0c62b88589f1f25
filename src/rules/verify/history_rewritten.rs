//! `history-rewritten`: the tip that was last verified or pushed from this clone is no longer in the history.
//! PURE. The only thing that shows a commit amended with care: both histories agree with themselves.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::short;

/// The rule.
pub static RULE: Rule = Rule {
    id: "history-rewritten",
    level: Level::Error,
    what: "the tip last verified or pushed from this clone is no longer in the history: commits were amended, rebased or taken away",
    source: "format: Verifying; `refs/qpp-incident/seen`",
};

/// The finding of a lost tip.
pub fn check(seen: &str) -> Finding {
    let seen_short = short(seen);
    let message = format!("commit {seen_short}, verified or pushed from this clone before, is no longer in the history: it was rewritten");
    let help =
        format!("git log HEAD..{seen_short} and git log {seen_short}..HEAD show both; git merge {seen_short} brings the lost commits back");
    Finding { commit: Some(seen.to_owned()), ..RULE.finding(message).with_help(help) }
}
