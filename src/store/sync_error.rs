//! Why this clone and the others could not be brought together: typed, each with what to do. Nothing here has changed.
//! EFFECT layer, but a value.

use crate::document::merge::MergeObstacle;
use crate::store::file_error::FileError;
use crate::store::network_error::NetworkError;
use crate::store::record_error::RecordError;
use crate::store::store_error::StoreError;

/// Why `sync` stopped.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Nothing can be committed here now, or a document or file stands in the way.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The network, or who is at its other end.
    #[error("{error}")]
    Network {
        /// The remote's name.
        remote: String,
        /// Why.
        #[source]
        error: NetworkError,
    },
    /// Nothing says where this branch is shared.
    #[error("the branch `{branch}` has no remote to share it with")]
    NoRemote {
        /// The branch.
        branch: String,
    },
    /// The settings share another branch, and this one follows nothing.
    #[error("incidents are shared on branch `{wanted}`, and `{branch}` is checked out and follows no branch of a remote")]
    OtherBranch {
        /// The branch that is checked out.
        branch: String,
        /// `share.branch`
        wanted: String,
    },
    /// Another sync of this clone is running.
    #[error("another sync of this clone is still running")]
    Running,
    /// The remote's branch does not hold what this clone saw there.
    #[error("{upstream} moved backwards: its history no longer holds {lost}, which this clone has seen there; somebody rewrote it")]
    Rewritten {
        /// `origin/main`
        upstream: String,
        /// The branch here.
        branch: String,
        /// The short name of the commit that is gone there.
        lost: String,
    },
    /// No commit is common to both.
    #[error("{upstream} and {branch} have no history in common: they were never one repository")]
    Unrelated {
        /// `origin/main`
        upstream: String,
        /// The branch here.
        branch: String,
    },
    /// A file of the work tree that is not committed would be overwritten.
    #[error("{path} is in the way: it {what}, and {upstream} changes it")]
    InTheWay {
        /// The file, relative to the root.
        path: String,
        /// `is not committed` …
        what: &'static str,
        /// `origin/main`
        upstream: String,
    },
    /// Both sides changed files that only a person can put together.
    #[error("{} changed here and on {upstream} in the same place: {}", if paths.len() == 1 { "one file was" } else { "files were" }, paths.join(", "))]
    Conflict {
        /// The files, relative to the root.
        paths: Vec<String>,
        /// `origin/main`
        upstream: String,
    },
    /// A document that cannot be merged by structure.
    #[error("{obstacle}")]
    Document {
        /// Why.
        obstacle: MergeObstacle,
        /// `origin/main`
        upstream: String,
    },
    /// A change that only git itself carries out.
    #[error("{upstream} changes {path}, {what}: that is left to git")]
    LeftToGit {
        /// The file, relative to the root.
        path: String,
        /// `a symbolic link` …
        what: &'static str,
        /// `origin/main`
        upstream: String,
    },
    /// The remote, or a hook here, refused the push.
    #[error("{upstream} does not take the push: {said}")]
    Refused {
        /// `origin/main`
        upstream: String,
        /// The server's words.
        said: String,
    },
    /// Others were faster, every time.
    #[error("others pushed to {upstream} {rounds} times while this was being merged")]
    Outrun {
        /// `origin/main`
        upstream: String,
        /// How often it was tried.
        rounds: u32,
    },
}

impl SyncError {
    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Record(error) => error.code(),
            Self::Network { error, .. } => error.code(),
            Self::NoRemote { .. } => "no-remote",
            Self::OtherBranch { .. } => "other-branch",
            Self::Running => "sync-running",
            Self::Rewritten { .. } => "remote-rewritten",
            Self::Unrelated { .. } => "unrelated-histories",
            Self::InTheWay { .. } => "in-the-way",
            Self::Conflict { .. } => "merge-conflict",
            Self::Document { .. } => "merge-obstacle",
            Self::LeftToGit { .. } => "left-to-git",
            Self::Refused { .. } => "push-refused",
            Self::Outrun { .. } => "outrun",
        }
    }

    /// A command that can be pasted, or what to do.
    pub fn hint(&self) -> Option<String> {
        let quoted = |text: &str| shell_words::quote(text).into_owned();
        let merge =
            |upstream: &str| Some(format!("git merge {}, put it together by hand, git commit, then qpp-incident sync", quoted(upstream)));
        match self {
            Self::Record(error) => error.hint(),
            Self::Network { remote, error } => Some(error.hint(remote)),
            Self::NoRemote { branch } => Some(format!("git remote add origin URL && git push -u origin {}", quoted(branch))),
            Self::OtherBranch { wanted, .. } => Some(format!("git switch {}", quoted(wanted))),
            Self::Running | Self::Outrun { .. } => Some("qpp-incident sync, in a moment".to_owned()),
            Self::Rewritten { upstream, .. } => Some(format!(
                "ask who rewrote it; to put back what it lost: git pull --no-rebase && git push; to see what that is: git log {}..HEAD",
                quoted(upstream)
            )),
            Self::Unrelated { upstream, .. } => {
                Some(format!("git remote -v: is it the right one? git log {} shows what is there", quoted(upstream)))
            }
            Self::InTheWay { path, .. } => Some(format!("commit it, or move it away: git status {}", quoted(path))),
            Self::Conflict { upstream, .. } | Self::Document { upstream, .. } | Self::LeftToGit { upstream, .. } => merge(upstream),
            Self::Refused { .. } => Some("qpp-incident sync --no-push takes what the others wrote and pushes nothing".to_owned()),
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Record(error.into())
    }
}

impl From<FileError> for SyncError {
    fn from(error: FileError) -> Self {
        Self::Record(error.into())
    }
}
