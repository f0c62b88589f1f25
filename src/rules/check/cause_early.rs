//! `cause-early`: the search for the cause comes after stopping the damage.
//! PURE.

use crate::document::phases::causes_before_mitigation;
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "cause-early",
    level: Level::Advice,
    what: "an entry of kind Cause was recorded while nothing had been mitigated",
    source: "\"Finding the root cause of the incident should always take a back seat to stopping the damage caused by it as quickly as possible\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let early = causes_before_mitigation(document).into_iter();
    let message = "work on the cause before the damage was stopped";
    let help = format!("qpp-incident mitigate {} TEXT records what stops it, a partial fix too", folder.id());
    early.map(|found| folder.at_line(&RULE, found.line, message).with_help(help.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    const CAUSE: &str = "- 00:10 EST: **Cause.** The pool is smaller than the workers. — Ada Byron";

    #[test]
    fn a_cause_before_the_mitigation_is_advice() {
        let found = lines(RULE.id, &check(&running("00:30:00").with_last_entry(CAUSE).read()));
        assert!(found.iter().all(|line| line.ends_with("advice work on the cause before the damage was stopped")), "{found:?}");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn one_after_it_passes() {
        assert!(check(&sound().with("- 00:40 EST", "- 00:30 EST: **Cause.** The pool. — Ada Byron\n- 00:40 EST").read()).is_empty());
        let done = running("00:30:00").with_last_entry("- 00:09 EST: **Phase.** Mitigate is done. — Sam Reyes").with_last_entry(CAUSE);
        assert!(check(&done.read()).is_empty());
    }
}
