//! Why a repository cannot be used or read: typed, each with what to do.
//! EFFECT layer, but a value: no reading, no writing. Refusals of one write are in `record_error`.

use std::path::PathBuf;

use crate::store::file_error::FileError;

/// Why the store cannot open or read a repository.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No git repository at or above the place.
    #[error("no git repository at {}{}", start.display(), named_by.map(|by| format!(" (named by {by})")).unwrap_or_default())]
    NoRepository {
        /// Where the search began.
        start: PathBuf,
        /// `-C`, `$QPP_INCIDENT_REPO` or `git config qpp-incident.repo`; none for the current folder.
        named_by: Option<&'static str>,
    },
    /// A repository that `init` has not adopted.
    #[error("{} keeps no incidents: it has no incidents/config.yaml", root.display())]
    NotAdopted {
        /// The top of its work tree.
        root: PathBuf,
    },
    /// A repository without a work tree.
    #[error("{} is a bare repository: documents need a work tree", path.display())]
    Bare {
        /// Its git folder.
        path: PathBuf,
    },
    /// git does not check the incidents out here.
    #[error("the sparse checkout at {} leaves incidents/ out", root.display())]
    Sparse {
        /// The top of its work tree.
        root: PathBuf,
    },
    /// git itself would refuse: the folder belongs to another user.
    #[error("{} belongs to another user, so git does not trust it", path.display())]
    ForeignOwner {
        /// The top of its work tree.
        path: PathBuf,
    },
    /// The disk, or the user's share of it, is full.
    #[error("no space left to {doing}")]
    NoSpace {
        /// What was being done.
        doing: String,
    },
    /// No permission, or a read-only file system.
    #[error("no permission to {doing}: {}", source.message())]
    Denied {
        /// What was being done.
        doing: String,
        /// git's own words.
        source: git2::Error,
    },
    /// A program that this needs is not there, or cannot be run.
    #[error("{program} could not be run: {source}")]
    NotRun {
        /// `git`
        program: String,
        /// The system's own words.
        source: std::io::Error,
    },
    /// The git program said no.
    #[error("could not {doing}: {said}")]
    GitProgram {
        /// What was being done, as in "could not …".
        doing: String,
        /// Its own words.
        said: String,
    },
    /// A partial clone has no such content.
    #[error("could not read the history: the document {blob} of commit {commit} is not in this clone (a partial clone has only some)")]
    NotInClone {
        /// The content's name.
        blob: String,
        /// The commit that has it.
        commit: String,
    },
    /// A hook stands in the way.
    #[error("the hook {name} {why}")]
    Hook {
        /// `pre-commit`
        name: &'static str,
        /// What it did, as in "the hook … ended with exit status: 1".
        why: String,
        /// Its file.
        file: PathBuf,
        /// `--no-verify` passes it over.
        no_verify_helps: bool,
    },
    /// git is set to sign, and could not.
    #[error("the commit could not be signed: {said}")]
    NotSigned {
        /// The words of gpg or ssh-keygen.
        said: String,
    },
    /// A private file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Anything else that git reports.
    #[error("could not {doing}: {}", source.message())]
    Git {
        /// What was being done, as in "could not …".
        doing: String,
        /// git's own words.
        source: git2::Error,
    },
}

impl StoreError {
    /// An error of git's, met while `doing` something.
    pub fn git(doing: impl Into<String>, source: git2::Error) -> Self {
        let doing = doing.into();
        let says = |words: &str| source.message().contains(words);
        if says("No space left on device") || says("Disk quota exceeded") {
            Self::NoSpace { doing }
        } else if says("Permission denied") || says("Read-only file system") {
            Self::Denied { doing, source }
        } else {
            Self::Git { doing, source }
        }
    }

    /// True when nothing at all can be written here: not even a kept entry.
    pub fn is_no_space_or_permission(&self) -> bool {
        match self {
            Self::File(error) => error.is_no_space_or_permission(),
            error => matches!(error, Self::Denied { .. } | Self::NoSpace { .. }),
        }
    }

    /// True when a person has to decide first: the same would happen to a kept entry when it is folded in.
    pub fn is_a_veto(&self) -> bool {
        matches!(self, Self::Hook { .. } | Self::NotSigned { .. })
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRepository { .. } => "no-repository",
            Self::NotAdopted { .. } => "not-adopted",
            Self::Bare { .. } => "bare-repository",
            Self::Sparse { .. } => "sparse-checkout",
            Self::ForeignOwner { .. } => "foreign-owner",
            Self::NoSpace { .. } => "no-space",
            Self::Denied { .. } => "no-permission",
            Self::NotRun { .. } => "program",
            Self::NotInClone { .. } => "partial-clone",
            Self::Hook { .. } => "hook",
            Self::NotSigned { .. } => "not-signed",
            Self::File(error) => error.code(),
            Self::GitProgram { .. } | Self::Git { .. } => "git",
        }
    }

    /// A command that can be pasted, or what to do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoRepository { .. } => {
                Some("qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another".to_owned())
            }
            Self::NotAdopted { root } => Some(format!("qpp-incident init {}", quoted(&root.display().to_string()))),
            Self::Bare { .. } => Some("clone it, and run the command in the clone".to_owned()),
            Self::Sparse { root } => Some(format!("git -C {} sparse-checkout add incidents", quoted(&root.display().to_string()))),
            Self::ForeignOwner { path } => {
                Some(format!("git config --global --add safe.directory {}", quoted(&path.display().to_string())))
            }
            Self::NoSpace { .. } => Some("df -h .".to_owned()),
            Self::NotInClone { .. } => Some("git fetch --refetch --no-filter fetches all of it, once".to_owned()),
            Self::Hook { no_verify_helps: true, .. } => Some("mend what it found, or commit without it: --no-verify".to_owned()),
            Self::Hook { file, .. } => {
                Some(format!("mend it, or take it out of the way: chmod -x {}", quoted(&file.display().to_string())))
            }
            Self::NotSigned { .. } => Some("mend it, or commit without a signature, and on record: --no-sign".to_owned()),
            Self::File(error) => error.hint(),
            Self::NotRun { .. } | Self::GitProgram { .. } | Self::Denied { .. } | Self::Git { .. } => None,
        }
    }
}

/// A word for the shell.
fn quoted(text: &str) -> String {
    shell_words::quote(text).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn the_hint_of_a_foreign_owner_is_gits_own_command() {
        let error = StoreError::ForeignOwner { path: PathBuf::from("/srv/our incidents") };
        assert_eq!(error.hint().as_deref(), Some("git config --global --add safe.directory '/srv/our incidents'"));
    }
}
