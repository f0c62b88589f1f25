//! Why nothing was recorded: typed, each with what to do, and whether the entry may be kept instead.
//! EFFECT layer, but a value.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::refusal::Refusal;
use crate::store::branch::BranchObstacle;
use crate::store::file_error::FileError;
use crate::store::store_error::StoreError;
use crate::store::turn::Holder;

/// Why a command was not recorded. The document, the branch and the index are as they were.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// A rule of the process or of the record.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A document that cannot be read, as it stands on disk.
    #[error("{path}:{line}:{column}: {message}")]
    Broken {
        /// The file, relative to the root.
        path: String,
        /// 1-based.
        line: usize,
        /// 1-based, in characters.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The incident document was committed, and is not on disk.
    #[error("{path} is missing from the work tree")]
    DocumentMissing {
        /// The file, relative to the root.
        path: String,
    },
    /// The branch or the index cannot take a commit now.
    #[error("cannot commit: {0}")]
    Branch(BranchObstacle),
    /// Another git command holds the index.
    #[error("another git command holds {} ({} old)", path.display(), humantime::format_duration(Duration::from_secs(age.as_secs())))]
    IndexLocked {
        /// The lock file.
        path: PathBuf,
        /// How old it is.
        age: Duration,
    },
    /// Another git command holds the branch.
    #[error("another git command holds {} ({} old)", path.display(), humantime::format_duration(Duration::from_secs(age.as_secs())))]
    BranchLocked {
        /// The lock file.
        path: PathBuf,
        /// How old it is.
        age: Duration,
    },
    /// Another `qpp-incident` is writing.
    #[error("another qpp-incident is writing{}; it was waited for {} s", holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default(), waited.as_secs())]
    LockHeld {
        /// Who it is, as far as it could be told.
        holder: Option<Holder>,
        /// How long it was waited for.
        waited: Duration,
    },
    /// A writing command was called from a hook that a writing command runs.
    #[error("nothing can be recorded from a hook that qpp-incident itself runs: its own command writes until the hook ends")]
    InsideHook,
    /// A writing command was called from a hook of a git command that holds the index until the hook ends.
    #[error("the git command that runs this hook holds {} until the hook ends", path.display())]
    InsideGit {
        /// The index that it works on.
        path: PathBuf,
    },
    /// Other commits came between, every time.
    #[error("the branch moved {tries} times while this was being committed")]
    Outrun {
        /// How often it was tried.
        tries: u32,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// git could not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RecordError {
    /// True when `log`, `update`, `inquiry` and `object` keep their entry instead of refusing: everything but a rule,
    /// no space and no permission.
    ///
    /// # Source
    /// Spec §6 "One clone".
    pub fn keeps_entry(&self) -> bool {
        match self {
            Self::Refused(_) | Self::InsideHook => false,
            Self::File(error) => !error.is_no_space_or_permission(),
            Self::Store(error) => !error.is_no_space_or_permission() && !error.is_a_veto(),
            _ => true,
        }
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Broken { .. } => "broken-document",
            Self::DocumentMissing { .. } => "document-missing",
            Self::Branch(obstacle) => obstacle.code(),
            Self::IndexLocked { .. } => "index-locked",
            Self::BranchLocked { .. } => "branch-locked",
            Self::LockHeld { .. } => "lock-held",
            Self::InsideHook => "inside-hook",
            Self::InsideGit { .. } => "inside-git",
            Self::Outrun { .. } => "outrun",
            Self::File(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    /// A command that can be pasted, or what to do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => refusal.hint(),
            Self::Broken { path, line, .. } => Some(format!("${{EDITOR:-vi}} +{line} {}", shell_words::quote(path))),
            Self::DocumentMissing { path } => Some(format!("git restore -- {}", shell_words::quote(path))),
            Self::Branch(obstacle) => Some(obstacle.hint()),
            Self::IndexLocked { path, .. } | Self::BranchLocked { path, .. } => Some(format!(
                "--wait 60 waits longer for it; if no git command is running: rm {}",
                shell_words::quote(&path.display().to_string())
            )),
            Self::LockHeld { .. } => Some("--wait 60 waits longer for it".to_owned()),
            Self::InsideGit { .. } => {
                Some("record it before the commit, or in the hook post-commit; what only reads works here too".to_owned())
            }
            Self::InsideHook => Some("record it before or after the commit; what only reads works in a hook too".to_owned()),
            Self::Outrun { .. } => Some("try again in a moment".to_owned()),
            Self::File(error) => error.hint(),
            Self::Store(error) => error.hint(),
        }
    }
}
