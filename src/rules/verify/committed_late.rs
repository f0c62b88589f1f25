//! `committed-late`: the commit was made long after it says that it was recorded, and nothing says that the clock was given: it was
//! amended or rebased, or the clock was wrong.
//! PURE.

use crate::domain::finding::Level;
use crate::domain::history::CommitRecord;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::commit_named;
use crate::rules::verify::told::Told;

/// The rule.
pub static RULE: Rule = Rule {
    id: "committed-late",
    level: Level::Warning,
    what: "a commit's committer time is more than a minute after its author time without `Clock: supplied` or `Kept`: amended, rebased, or a wrong clock",
    source: "format: Commits; author time is when it was recorded, committer time when it was committed",
};

/// How many seconds may lie between recording and committing.
const SLACK: i64 = 60;

/// What is to be said of a commit of ours that was made late.
pub fn check(commit: &CommitRecord, told: &Told) -> Option<String> {
    let late = commit.committed_at.seconds_since(commit.authored_at);
    let is_late = told.is_ours() && !told.clock_supplied && !told.kept && late > SLACK;
    is_late.then(|| format!("committed {} after it was recorded (amended or rebased?): {}", length(late), commit_named(commit)))
}

fn length(seconds: i64) -> String {
    match (seconds / 60, seconds / 3600) {
        (minutes @ ..120, _) => format!("{minutes} min"),
        (_, hours @ ..48) => format!("{hours} h"),
        (_, hours) => format!("{} days", hours / 24),
    }
}

/// What to do about it.
pub const HELP: &str = "git show --format=fuller COMMIT shows both times; pull incidents/ with --no-rebase";
