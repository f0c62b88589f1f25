//! What a commit does to one file of the work tree.
//! EFFECT layer, but a value.

use git2::Oid;

/// What becomes of one file of the work tree.
#[derive(Debug, Clone)]
pub(crate) struct PlannedFile {
    /// Relative to the root.
    pub path: String,
    /// The bytes on disk that were decided on; none when there was no file.
    pub seen: Option<Vec<u8>>,
    /// The bytes to write; none when the file stays as it is on disk.
    pub write: Option<Vec<u8>>,
    /// The committed content; none when the file goes from the branch.
    pub blob: Option<Oid>,
    /// Committed as executable.
    pub executable: bool,
    /// The file on disk is to become executable, or no longer be it: what an entry of ours never does, but a merge may.
    pub mode_changes: bool,
    /// A sparse checkout leaves it out: only its index entry changes.
    pub left_out: bool,
}
