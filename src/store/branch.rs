//! The branch that is checked out: its tip, what stands in the way of writing to it, and how far it is from its upstream.
//! EFFECT (git2). Moves nothing: the compare-and-swap is in `publish`.

use git2::{BranchType, ErrorCode, Oid, RepositoryState};

use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// What is checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchState {
    /// `main`; none when no branch is checked out.
    pub name: Option<String>,
    /// The full hex name of the commit; none before the first one.
    pub tip: Option<String>,
    /// Why nothing can be committed now. An unmerged index shows only when something is written.
    pub obstacle: Option<BranchObstacle>,
}

/// Why nothing can be committed to what is checked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BranchObstacle {
    /// A commit is checked out instead of a branch.
    #[error("no branch is checked out (detached HEAD at {})", at.get(..8).unwrap_or(at))]
    Detached {
        /// The full hex name of the commit.
        at: String,
    },
    /// git is in the middle of something.
    #[error("a {operation} is in progress")]
    InProgress {
        /// `merge`, `rebase`, `cherry-pick`, `revert` or `mailbox application`.
        operation: &'static str,
    },
    /// Files of a merge still wait for a person.
    #[error("{path} is unmerged")]
    Unmerged {
        /// The first such path.
        path: String,
    },
}

impl BranchObstacle {
    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Detached { .. } => "detached-head",
            Self::InProgress { .. } => "operation-in-progress",
            Self::Unmerged { .. } => "unmerged-index",
        }
    }

    /// A command that can be pasted, or what to do.
    pub fn hint(&self) -> String {
        match self {
            Self::Detached { .. } => "git switch BRANCH; --detached commits to what is checked out all the same".to_owned(),
            Self::InProgress { operation: "mailbox application" } => "git am --continue, or git am --abort".to_owned(),
            Self::InProgress { operation } => format!("git {operation} --continue, or git {operation} --abort"),
            Self::Unmerged { path } => format!("git add {} once it is as it should be", shell_words::quote(path)),
        }
    }
}

/// The branch to write to: its full name and the commit at its tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BranchTip {
    /// `refs/heads/main`, or `HEAD` when no branch is checked out.
    pub reference: String,
    /// None before the first commit.
    pub tip: Option<Oid>,
}

impl BranchTip {
    /// True when a commit is checked out instead of a branch: `HEAD` itself is moved.
    pub(crate) fn is_detached(&self) -> bool {
        self.reference == "HEAD"
    }
}

impl Store {
    /// What is checked out, and whether it can be written to.
    ///
    /// # Errors
    /// git cannot read HEAD.
    pub fn branch(&self) -> Result<BranchState, StoreError> {
        let in_progress = operation(self.repository.state()).map(|operation| BranchObstacle::InProgress { operation });
        let (reference, tip) = self.head()?;
        let tip = tip.map(|oid| oid.to_string());
        let detached = || BranchObstacle::Detached { at: tip.clone().unwrap_or_default() };
        let obstacle = in_progress.or_else(|| reference.is_none().then(detached));
        let name = reference.map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned());
        Ok(BranchState { name, tip, obstacle })
    }

    /// The branch to write to, or what stands in the way. `detached`: a commit that is checked out instead of a branch does not.
    pub(crate) fn writable_branch(&self, detached: bool) -> Result<Result<BranchTip, BranchObstacle>, StoreError> {
        if let Some(view) = &self.view {
            view.refresh()?;
        }
        if let Some(operation) = operation(self.repository.state()) {
            return Ok(Err(BranchObstacle::InProgress { operation }));
        }
        let (reference, tip) = self.head()?;
        Ok(match (reference, tip) {
            (Some(reference), tip) => Ok(BranchTip { reference, tip }),
            (None, tip @ Some(_)) if detached => Ok(BranchTip { reference: "HEAD".to_owned(), tip }),
            (None, tip) => Err(BranchObstacle::Detached { at: tip.map(|oid| oid.to_string()).unwrap_or_default() }),
        })
    }

    /// The branch's full name, none when detached, and the commit that is checked out, none before the first.
    pub(crate) fn head(&self) -> Result<(Option<String>, Option<Oid>), StoreError> {
        let failed = |error| StoreError::git("read HEAD", error);
        let head = self.repository.find_reference("HEAD").map_err(failed)?;
        let Some(reference) = head.symbolic_target().map_err(failed)? else {
            return Ok((None, head.target()));
        };
        match self.repository.refname_to_id(reference) {
            Ok(oid) => Ok((Some(reference.to_owned()), Some(oid))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok((Some(reference.to_owned()), None)),
            Err(error) => Err(failed(error)),
        }
    }

    /// The branch's upstream, such as `origin/main`; none when it has none or that was never fetched.
    pub fn upstream(&self) -> Option<String> {
        let upstream = self.upstream_branch()?;
        upstream.name().ok().flatten().map(str::to_owned)
    }

    /// How many commits of the branch its upstream does not have; none without an upstream.
    pub fn ahead_count(&self) -> Option<usize> {
        let upstream = self.upstream_branch()?.get().target()?;
        let tip = self.repository.head().ok()?.target()?;
        self.repository.graph_ahead_behind(tip, upstream).ok().map(|(ahead, _)| ahead)
    }

    /// True when there is a remote to share the branch through, and it follows nothing there: nothing of it was pushed by `sync`.
    pub fn is_unshared(&self) -> bool {
        let has_remote = self.repository.remotes().is_ok_and(|remotes| !remotes.is_empty());
        has_remote && self.upstream_branch().is_none() && self.repository.head().is_ok_and(|head| head.is_branch())
    }

    fn upstream_branch(&self) -> Option<git2::Branch<'_>> {
        let head = self.repository.head().ok()?;
        let name = head.shorthand().ok()?;
        self.repository.find_branch(name, BranchType::Local).ok()?.upstream().ok()
    }
}

/// What git is in the middle of. A bisect alone is no obstacle: it detaches HEAD itself.
fn operation(state: RepositoryState) -> Option<&'static str> {
    match state {
        RepositoryState::Merge => Some("merge"),
        RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => Some("cherry-pick"),
        RepositoryState::Rebase | RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => Some("rebase"),
        RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => Some("mailbox application"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    #[test]
    fn a_branch_without_a_commit_has_a_name_and_no_tip() {
        let repository = TestRepository::unborn();
        let store = Store::open_any(&repository.choice()).unwrap();
        assert_eq!(store.branch().unwrap(), BranchState { name: Some("main".to_owned()), tip: None, obstacle: None });
    }

    #[test]
    fn what_is_not_pushed_is_counted() {
        let repository = TestRepository::with_incident();
        assert_eq!((repository.store().upstream(), repository.store().ahead_count()), (None, None));
        let hub = tempfile::tempdir().unwrap();
        let hub = hub.path().display().to_string();
        repository.git(&["init", "-q", "--bare", &hub]);
        repository.git(&["remote", "add", "origin", &hub]);
        repository.git(&["push", "-qu", "origin", "main"]);
        repository.git(&["commit", "-q", "--allow-empty", "-m", "one more"]);
        let store = repository.store();
        assert_eq!((store.upstream().as_deref(), store.ahead_count()), (Some("origin/main"), Some(1)));
        assert_eq!(store.remote_url("origin"), Some(hub));
        assert_eq!(store.remote_url("nowhere"), None);
    }

    #[test]
    fn a_rebase_is_named_before_the_detached_head_it_makes() {
        let repository = TestRepository::with_incident();
        let tip = repository.git(&["rev-parse", "HEAD"]).trim().to_owned();
        repository.git(&["checkout", "-q", "--detach"]);
        assert_eq!(repository.store().branch().unwrap().obstacle, Some(BranchObstacle::Detached { at: tip }));
        repository.write(".git/rebase-merge/interactive", "");
        assert_eq!(repository.store().branch().unwrap().obstacle, Some(BranchObstacle::InProgress { operation: "rebase" }));
    }
}
