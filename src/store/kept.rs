//! Kept entries: finished entries that could not be committed yet, synced in the git folder until a command folds them in.
//! EFFECT (`std::fs`). Decides nothing about whether an entry may be kept.

use std::path::PathBuf;

use crate::domain::entry::Entry;
use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::file_error::FileError;
use crate::store::repository::Store;

/// A finished entry that waits to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEntry {
    /// The incident's folder, relative to the root.
    pub folder_path: String,
    /// Which incident.
    pub id: IncidentId,
    /// The event's name: `log`, `update`, `inquiry`, `object`.
    pub event: String,
    /// When it happened, to the second.
    pub occurred_at: Timestamp,
    /// When the command ran: the author time of its commit.
    pub recorded_at: Timestamp,
    /// `QPP_INCIDENT_NOW` stood in for the clock.
    pub clock_supplied: bool,
    /// Who acted.
    pub author: Person,
    /// Who typed it.
    pub committer: Person,
    /// The entry itself.
    pub entry: Entry,
    /// Why it could not be committed: `PATH:LINE:COL why`.
    pub why: String,
}

/// A kept entry and the file that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it is kept, absolute.
    pub file: PathBuf,
    /// The entry; none when the file cannot be read as one.
    pub entry: Option<KeptEntry>,
}

impl Store {
    /// Keeps an entry, synced to the disk, and says where.
    ///
    /// # Errors
    /// No space or no permission: nothing was kept.
    pub fn keep(&self, kept: &KeptEntry) -> Result<PathBuf, FileError> {
        let _ = kept;
        Err(FileError::Missing(self.common_dir().join("qpp-incident/pending")))
    }

    /// All kept entries, the oldest first.
    pub fn kept(&self) -> Vec<KeptFile> {
        Vec::new()
    }
}
