//! Which incidents hold what is not committed yet: documents edited by hand, and kept entries.
//! EFFECT (git2, `std::fs`). Told by the stamps in git's index, as git does; only what differs there is read.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};

use git2::IndexEntry;

use crate::document::in_parallel::in_parallel;
use crate::store::hand_edits::DOCUMENTS;
use crate::store::index_entries::is_left_out;
use crate::store::merged_file::is_by_structure;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

impl Store {
    /// The folders of incidents whose documents were edited or whose entries are kept, in order.
    pub(crate) fn edited_folders(&self) -> Result<Vec<String>, StoreError> {
        let place = self.git_dir().join("index");
        let index = self.index_entries()?;
        let written = fs::metadata(&place).ok();
        let mut folders: BTreeSet<String> = self.kept().into_iter().filter_map(|kept| kept.entry).map(|entry| entry.folder_path).collect();
        folders.extend(self.staged_folders(&index)?);
        let documents: Vec<(&str, &IndexEntry)> = index.entries.iter().filter_map(document).collect();
        let root = self.root();
        let is_unchanged = in_parallel(&documents, |(path, entry)| {
            let stamp = fs::symlink_metadata(root.join(path)).ok();
            is_unchanged(entry, stamp.as_ref(), written.as_ref())
        });
        for ((path, entry), is_unchanged) in documents.iter().zip(is_unchanged) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if !is_unchanged && !folders.contains(folder) && !self.is_as_staged(path, entry) {
                folders.insert(folder.to_owned());
            }
        }
        Ok(folders.into_iter().collect())
    }

    fn is_as_staged(&self, path: &str, entry: &IndexEntry) -> bool {
        let bytes = self.bytes_on_disk(path).ok().flatten();
        bytes.is_some_and(|bytes| self.is_committed(path, &bytes, Some(entry.id)).unwrap_or(false))
    }
}

/// The path of a document of an incident that is checked out.
fn document(entry: &IndexEntry) -> Option<(&str, &IndexEntry)> {
    let path = std::str::from_utf8(&entry.path).ok()?;
    let (_, name) = path.rsplit_once('/')?;
    (!is_left_out(entry) && DOCUMENTS.contains(&name) && is_by_structure(path)).then_some((path, entry))
}

/// Whether a file's stamp says that it is as it was when it was staged; one written in the instant of the index may not be.
#[cfg(unix)]
fn is_unchanged(entry: &IndexEntry, stamp: Option<&Metadata>, index: Option<&Metadata>) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Some(stamp), Some(index)) = (stamp, index) else { return false };
    let staged = (i64::from(entry.mtime.seconds()), i64::from(entry.mtime.nanoseconds()));
    let now = (stamp.mtime(), stamp.mtime_nsec());
    now == staged && u64::from(entry.file_size) == stamp.size() && now < (index.mtime(), index.mtime_nsec())
}

#[cfg(not(unix))]
fn is_unchanged(_entry: &IndexEntry, _stamp: Option<&Metadata>, _index: Option<&Metadata>) -> bool {
    false
}
