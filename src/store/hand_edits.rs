//! An incident's documents as they stand: at the tip of the branch, and on disk with what somebody edited by hand.
//! EFFECT (git2, `std::fs`). Reads only, but for blobs that nothing refers to yet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use git2::{Oid, Tree};

use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::store::file_error::{FileError, utf8};
use crate::store::git_program::{answer, git_at};
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The documents of an incident's folder. Other files in it are the user's own business.
pub const DOCUMENTS: [&str; 3] = [INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE];

/// The mode of a file that may be run.
const EXECUTABLE: i32 = 0o100_755;

/// One document, committed and on disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct DocumentState {
    /// The blob at the tip.
    pub committed: Option<Oid>,
    /// Committed as executable.
    pub executable: bool,
    /// The bytes on disk.
    pub on_disk: Option<Vec<u8>>,
    /// The text to work on; none when there is no such document.
    pub text: Option<String>,
    /// The text on disk is another than the committed one.
    pub edited: bool,
    /// A sparse checkout leaves the file out: the text is the committed one, and no file is written.
    pub left_out: bool,
}

/// The documents of a folder by their names.
pub(crate) type FolderState = BTreeMap<&'static str, DocumentState>;

impl Store {
    /// Reads the documents of a folder at a commit and on disk.
    pub(crate) fn folder_state(&self, folder: &str, tip: Option<Oid>) -> Result<FolderState, RecordError> {
        self.refuse_links(folder)?;
        let tree = tip.map(|tip| self.repository.find_commit(tip).and_then(|commit| commit.tree())).transpose();
        let tree = tree.map_err(|error| StoreError::git("read the branch", error))?;
        let mut state = FolderState::new();
        for name in DOCUMENTS {
            state.insert(name, self.document_state(&format!("{folder}/{name}"), tree.as_ref())?);
        }
        let incident = state.get(INCIDENT_FILE).cloned().unwrap_or_default();
        match (incident.text, incident.committed) {
            (Some(_), _) => Ok(state),
            (None, Some(_)) => Err(RecordError::DocumentMissing { path: format!("{folder}/{INCIDENT_FILE}") }),
            (None, None) => Err(FileError::Missing(self.root().join(folder).join(INCIDENT_FILE)).into()),
        }
    }

    fn document_state(&self, path: &str, tree: Option<&Tree<'_>>) -> Result<DocumentState, RecordError> {
        let entry = tree.and_then(|tree| tree.get_path(Path::new(path)).ok());
        let committed = entry.as_ref().map(git2::TreeEntry::id);
        let executable = entry.is_some_and(|entry| entry.filemode() == EXECUTABLE);
        let on_disk = self.bytes_on_disk(path)?;
        let state = DocumentState { committed, executable, ..DocumentState::default() };
        let Some(bytes) = on_disk else {
            return match committed {
                Some(blob) if self.is_left_out(path) => {
                    Ok(DocumentState { text: Some(self.blob_text(path, blob)?), left_out: true, ..state })
                }
                committed => Ok(DocumentState { edited: committed.is_some(), ..state }),
            };
        };
        let edited = !self.is_committed(path, &bytes, committed)?;
        let text = utf8(Path::new(path), bytes.clone())?;
        Ok(DocumentState { on_disk: Some(bytes), text: Some(text), edited, ..state })
    }

    /// The bytes of a file of the work tree; none when it is not there.
    pub(crate) fn bytes_on_disk(&self, path: &str) -> Result<Option<Vec<u8>>, FileError> {
        let file = self.root().join(path);
        match fs::symlink_metadata(&file) {
            Ok(metadata) if metadata.is_symlink() => return Err(FileError::Symlink(file)),
            _ => {}
        }
        match fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) => match FileError::new("read", &file, error) {
                FileError::Missing(_) => Ok(None),
                error => Err(error),
            },
        }
    }

    /// Whether these bytes are what is committed, as git sees it: after the filters of the path.
    pub(crate) fn is_committed(&self, path: &str, bytes: &[u8], committed: Option<Oid>) -> Result<bool, StoreError> {
        let Some(committed) = committed else { return Ok(false) };
        Ok(self.has_bytes(committed, bytes) || self.blob(path, bytes)? == committed)
    }

    /// Whether a blob is these bytes, filters aside.
    pub(crate) fn has_bytes(&self, blob: Oid, bytes: &[u8]) -> bool {
        self.repository.find_blob(blob).is_ok_and(|blob| blob.content() == bytes)
    }

    fn blob_text(&self, path: &str, blob: Oid) -> Result<String, RecordError> {
        let blob = self.repository.find_blob(blob).map_err(|error| StoreError::git(format!("read {path}"), error))?;
        Ok(utf8(Path::new(path), blob.content().to_vec())?)
    }

    /// A blob as it stands in the work tree: through the filters of its path, such as line ends.
    pub(crate) fn work_tree_text(&self, path: &str, blob: Oid) -> Result<String, RecordError> {
        let command = git_at(self.root(), &["cat-file", "--filters", &format!("--path={path}"), &blob.to_string()]);
        Ok(utf8(Path::new(path), answer("read what the hook pre-commit staged", command, b"")?)?)
    }

    /// Refuses a folder that is reached through a symbolic link: it may lead out of the repository.
    pub(crate) fn refuse_links(&self, folder: &str) -> Result<(), FileError> {
        let mut place = self.root().to_owned();
        for part in folder.split('/') {
            place.push(part);
            if fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink()) {
                return Err(FileError::Symlink(place));
            }
        }
        Ok(())
    }
}
