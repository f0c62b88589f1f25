//! Pushing one commit to the shared branch. Never by force: the remote's refusal is the compare-and-swap between clones.
//! EFFECT (the git program). What it answers is read from `--porcelain`, never guessed.

use git2::Oid;

use crate::store::network::NetworkManners;
use crate::store::network_error::{NetworkError, reason};
use crate::store::repository::Store;
use crate::store::shared_branch::SharedBranch;

/// How a push ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// The remote has the commit.
    Done,
    /// Somebody else was faster: fetch, merge, push again.
    Moved,
    /// The remote, or a hook here, does not want it, and says why.
    Refused(String),
}

/// Why a push is refused when another one came between, in git's own words.
const MOVED: [&str; 8] = [
    "fetch first",
    "non-fast-forward",
    "stale info",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "failed to lock",
    "reference already exists",
];

impl Store {
    /// Pushes a commit to the shared branch.
    ///
    /// # Source
    /// git-push(1) "OUTPUT".
    pub(crate) fn push_commit(&self, commit: Oid, shared: &SharedBranch, manners: &NetworkManners) -> Result<Pushed, NetworkError> {
        let what = format!("{commit}:{}", shared.branch);
        let answer = self.network_git(manners, &["push", "--porcelain", &shared.remote, &what])?;
        if answer.success {
            return Ok(Pushed::Done);
        }
        let refused = answer.stdout.lines().find(|line| line.starts_with('!'));
        match refused.and_then(|line| line.split('\t').nth(2)) {
            Some(why) if MOVED.iter().any(|words| why.contains(words)) => Ok(Pushed::Moved),
            Some(why) => Ok(Pushed::Refused(refusal(why, &answer.stderr))),
            None => match NetworkError::of(&answer.stderr) {
                NetworkError::Other(said) => Ok(Pushed::Refused(said)),
                error => Err(error),
            },
        }
    }
}

/// What the remote says, and git's own word for it.
fn refusal(why: &str, said: &str) -> String {
    let remote: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("remote:")).map(str::trim).filter(|line| !line.is_empty()).collect();
    if remote.is_empty() { why.to_owned() } else { format!("{} {why}", reason(&remote.join(" "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_repeats_what_the_server_says() {
        let said = "remote: no entries        \nremote: on Sundays\nerror: failed to push some refs to 'x'\n";
        assert_eq!(
            refusal("[remote rejected] (pre-receive hook declined)", said),
            "no entries on Sundays [remote rejected] (pre-receive hook declined)"
        );
        assert_eq!(
            refusal("[remote rejected] (branch is currently checked out)", ""),
            "[remote rejected] (branch is currently checked out)"
        );
    }
}
