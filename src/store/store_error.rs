//! Why a repository cannot be used or read: typed, each with what to do.
//! EFFECT layer, but a value: no reading, no writing. Refusals of one write are in `record_error`.

use std::path::PathBuf;

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
    /// git itself would refuse: the folder belongs to another user.
    #[error("{} belongs to another user, so git does not trust it", path.display())]
    ForeignOwner {
        /// The top of its work tree.
        path: PathBuf,
    },
    /// A repository or index in a form that this version cannot handle.
    #[error("{} uses {what}, which this version cannot handle", path.display())]
    Unsupported {
        /// The repository.
        path: PathBuf,
        /// `SHA-256 object names`, `reftable`, `a split index`, `a sparse index`, or git's own words.
        what: String,
        /// A command that would make it readable.
        hint: Option<String>,
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
        matches!(self, Self::Denied { .. } | Self::NoSpace { .. })
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRepository { .. } => "no-repository",
            Self::NotAdopted { .. } => "not-adopted",
            Self::Bare { .. } => "bare-repository",
            Self::ForeignOwner { .. } => "foreign-owner",
            Self::Unsupported { .. } => "unsupported-repository",
            Self::NoSpace { .. } => "no-space",
            Self::Denied { .. } => "no-permission",
            Self::Git { .. } => "git",
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
            Self::ForeignOwner { path } => {
                Some(format!("git config --global --add safe.directory {}", quoted(&path.display().to_string())))
            }
            Self::Unsupported { hint, .. } => hint.clone(),
            Self::NoSpace { .. } => Some("df -h .".to_owned()),
            Self::Denied { .. } | Self::Git { .. } => None,
        }
    }
}

/// A word for the shell.
fn quoted(text: &str) -> String {
    shell_words::quote(text).into_owned()
}

/// What a repository or index of a newer form is called, read from libgit2's refusal; `None` when that is not what it says.
pub(crate) fn unsupported_form(message: &str) -> Option<(String, Option<String>)> {
    let said = |what: &str, hint: Option<&str>| Some((what.to_owned(), hint.map(str::to_owned)));
    if message.contains("sha256") || message.contains("object format") {
        return said("SHA-256 object names", None);
    }
    if message.contains("refstorage") {
        return said("reftable", Some("git refs migrate --ref-format=files"));
    }
    if message.contains("'link'") {
        return said("a split index", Some("git update-index --no-split-index"));
    }
    if message.contains("'sdir'") {
        return said("a sparse index", Some("git sparse-checkout reapply --no-sparse-index"));
    }
    if message.contains("unsupported extension") || message.contains("unsupported repository version") {
        return Some((format!("a newer form of repository ({message})"), None));
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn a_newer_form_is_called_by_its_name() {
        let named = |message: &str| unsupported_form(message).map(|(what, _)| what);
        assert_eq!(named("unknown object format 'sha256'").as_deref(), Some("SHA-256 object names"));
        assert_eq!(named("unsupported extension name extensions.refstorage").as_deref(), Some("reftable"));
        assert_eq!(named("unsupported mandatory extension: 'link'").as_deref(), Some("a split index"));
        assert_eq!(named("unsupported mandatory extension: 'sdir'").as_deref(), Some("a sparse index"));
        assert_eq!(named("object not found"), None);
    }

    #[test]
    fn the_hint_of_a_foreign_owner_is_gits_own_command() {
        let error = StoreError::ForeignOwner { path: PathBuf::from("/srv/our incidents") };
        assert_eq!(error.hint().as_deref(), Some("git config --global --add safe.directory '/srv/our incidents'"));
    }
}
