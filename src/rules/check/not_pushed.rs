//! `not-pushed`: what was committed is shared.
//! PURE: the command passes in how far the branch is ahead.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_repository::CheckedRepository;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "not-pushed",
    level: Level::Advice,
    what: "commits of this clone are not pushed: others do not see them yet",
    source: "\"The Incident Response Document must be accessible to all parties that are affected by the incident\"",
};

/// Applies it.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    let message = match repository.not_pushed {
        0 => return Vec::new(),
        1 => "1 commit is not pushed: others do not see it yet".to_owned(),
        count => format!("{count} commits are not pushed: others do not see them yet"),
    };
    vec![RULE.finding(message).with_help("qpp-incident sync")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_that_are_not_pushed_are_counted() {
        for (not_pushed, wanted) in [
            (0, None),
            (1, Some("1 commit is not pushed: others do not see it yet")),
            (2, Some("2 commits are not pushed: others do not see them yet")),
        ] {
            let found = check_all(&CheckedRepository { not_pushed, ..CheckedRepository::default() });
            assert_eq!(found.first().map(|finding| finding.message.as_str()), wanted);
        }
    }
}
