//! Why a file cannot be read or written: typed, with its path.
//! EFFECT layer, but a value: no reading, no writing.

use std::io;
use std::path::{Path, PathBuf};

use crate::document::broken::BrokenDocument;

/// Why a file or folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// It is no text in UTF-8.
    #[error("{}:{line}:{column}: not UTF-8 text", path.display())]
    NotUtf8 {
        /// Which file.
        path: PathBuf,
        /// 1-based line of the first bad byte.
        line: usize,
        /// 1-based column of the first bad byte, in characters.
        column: usize,
    },
    /// No permission, or a read-only file system.
    #[error("no permission to {doing} {}", path.display())]
    Denied {
        /// `read` or `write`.
        doing: &'static str,
        /// Which file or folder.
        path: PathBuf,
    },
    /// The disk, or the user's share of it, is full.
    #[error("no space left to write {}", .0.display())]
    NoSpace(PathBuf),
    /// A link stands where a document is to be written: it may lead anywhere.
    #[error("{} is a symbolic link, which is never written through", .0.display())]
    Symlink(PathBuf),
    /// Something is there that is not to be overwritten.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// Anything else.
    #[error("could not {doing} {}: {source}", path.display())]
    Other {
        /// `read` or `write`.
        doing: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

impl FileError {
    /// The system's error for `path`, met while `doing` (`read` or `write`).
    pub fn new(doing: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound if doing == "read" => Self::Missing(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Denied { doing, path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace(path),
            io::ErrorKind::AlreadyExists => Self::Exists(path),
            _ => Self::Other { doing, path, source },
        }
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "no-such-file",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::Denied { .. } => "no-permission",
            Self::NoSpace(_) => "no-space",
            Self::Symlink(_) => "symbolic-link",
            Self::Exists(_) => "exists",
            Self::Other { .. } => "file",
        }
    }

    /// A command that can be pasted.
    pub fn hint(&self) -> Option<String> {
        let on = |command: &str, path: &Path| Some(format!("{command} {}", shell_words::quote(&path.display().to_string())));
        match self {
            Self::Denied { path, .. } => on("ls -ld", path),
            Self::NoSpace(path) => on("df -h", path.parent().unwrap_or(path)),
            _ => None,
        }
    }

    /// What is said of a document that cannot be read, at its place in it and without this machine's path.
    pub fn of_document(&self) -> BrokenDocument {
        let at_start = |message: String| BrokenDocument { line: 1, column: 1, message };
        match self {
            Self::NotUtf8 { line, column, .. } => BrokenDocument { line: *line, column: *column, message: "not UTF-8 text".to_owned() },
            Self::Denied { .. } => at_start("no permission to read it".to_owned()),
            other => at_start(other.to_string()),
        }
    }

    /// True when nothing at all can be written here: not even a kept entry.
    pub fn is_no_space_or_permission(&self) -> bool {
        matches!(self, Self::Denied { .. } | Self::NoSpace(_))
    }
}

/// The bytes as text.
///
/// # Errors
/// [`FileError::NotUtf8`] with the place of the first bad byte.
pub fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let before = String::from_utf8_lossy(sound);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        FileError::NotUtf8 { path: path.to_owned(), line, column }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn a_bad_byte_is_named_by_line_and_column() {
        let error = utf8(Path::new("a.md"), b"one\ntw\xc3\xa9 \xff".to_vec()).unwrap_err();
        assert_eq!(error.to_string(), "a.md:2:5: not UTF-8 text");
    }
}
