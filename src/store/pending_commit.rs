//! The pending file: what a commit is about to do to the branch, the files and the index, written before it does it.
//! EFFECT (`std::fs`). By it the next command finishes or undoes what a killed process left; `recovery` does that.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use git2::{ObjectType, Oid};
use serde::{Deserialize, Serialize};

use crate::document::config::Durability;
use crate::store::durability::sync;
use crate::store::file_error::FileError;
use crate::store::index_entry::IndexHold;
use crate::store::placed_files::PreparedFiles;
use crate::store::planned_file::PlannedFile;
use crate::store::repository::Store;

/// A commit that is on its way: named in the pending file from before the branch moves until the files are in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingCommit {
    /// `refs/heads/main`
    pub branch: String,
    /// The commit that the branch is moved to.
    pub commit: String,
    /// The files of the work tree, in the order in which they are placed.
    pub files: Vec<PendingFile>,
}

/// One file of a pending commit. Names of content are those that git gives to the bytes as they are on disk, unfiltered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingFile {
    /// Relative to the root.
    pub path: String,
    /// The content on disk that was decided on; none when there was no file.
    pub seen: Option<String>,
    /// The content that it gets; none when it stays as it is.
    pub write: Option<String>,
    /// Where that content lies until it is renamed, absolute.
    pub temporary: Option<PathBuf>,
    /// The blob of its index entry before; none when it had none.
    pub old_blob: Option<String>,
    /// The blob of its index entry after; none when it goes.
    pub blob: Option<String>,
    /// Committed as executable.
    pub executable: bool,
    /// The file on disk becomes executable, or is it no longer.
    #[serde(default)]
    pub mode_changes: bool,
    /// A sparse checkout leaves it out.
    pub left_out: bool,
}

impl PendingCommit {
    /// What is about to be published: the branch, and the commit that it is moved to, with its files.
    pub(crate) fn new(store: &Store, place: (&str, Oid), files: &[PlannedFile], index: &IndexHold, prepared: &PreparedFiles) -> Self {
        let (branch, commit) = place;
        let hex = |oid: Option<Oid>| oid.map(|oid| oid.to_string());
        let pending = |file: &PlannedFile| PendingFile {
            path: file.path.clone(),
            seen: file.seen.as_deref().and_then(|seen| store.content_name(seen)),
            write: file.write.as_deref().and_then(|write| store.content_name(write)),
            temporary: prepared.temporary(&file.path),
            old_blob: hex(index.blob_of(&file.path)),
            blob: hex(file.blob),
            executable: file.executable,
            mode_changes: file.mode_changes,
            left_out: file.left_out,
        };
        Self { branch: branch.to_owned(), commit: commit.to_string(), files: files.iter().map(pending).collect() }
    }

    /// Writes the pending file and, unless `durability` is `none`, flushes it.
    pub(crate) fn write(&self, git_dir: &Path, durability: Durability) -> Result<(), FileError> {
        let path = place(git_dir);
        let write = || -> io::Result<()> {
            let mut file = File::create(&path)?;
            file.write_all(&serde_json::to_vec(self)?)?;
            sync(&file, durability)
        };
        write().map_err(|error| FileError::new("write", &path, error)).inspect_err(|_| remove(git_dir))
    }

    /// Reads a pending file. One that cannot be read was not finished, so nothing that it names was done.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// The pending file that a killed process left; none where there is none.
pub(crate) fn left_behind(git_dir: &Path) -> Option<Vec<u8>> {
    fs::read(place(git_dir)).ok()
}

/// Removes the pending file.
pub(crate) fn remove(git_dir: &Path) {
    let _gone_already = fs::remove_file(place(git_dir));
}

impl Store {
    /// git's name for content as it is on disk.
    pub(crate) fn content_name(&self, content: &[u8]) -> Option<String> {
        Oid::hash_object_ext(ObjectType::Blob, content, self.repository.object_format()).ok().map(|oid| oid.to_string())
    }
}

fn place(git_dir: &Path) -> PathBuf {
    git_dir.join("qpp-incident").join("commit.json")
}
