//! The entries of git's index as they stand, to be read alone.
//! EFFECT (`std::fs`, git2). Read from the bytes where they are known whole, which costs a tenth; libgit2 reads every other index.

use git2::IndexEntry;

use crate::store::attributes::is_attribute_file;
use crate::store::index_bytes::{STAGE, entries};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The index, read once.
pub(crate) struct IndexEntries {
    /// Its entries, in the order of their paths.
    pub entries: Vec<IndexEntry>,
    /// Its bytes, if they are known whole.
    pub bytes: Option<Vec<u8>>,
}

impl IndexEntries {
    /// The paths of the attribute files.
    pub(crate) fn attribute_files(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|entry| entry.path.as_slice()).filter(|path| is_attribute_file(path))
    }

    /// The entry of a file; none where there is none that is merged.
    pub(crate) fn get(&self, path: &str) -> Option<&IndexEntry> {
        let at = self.entries.partition_point(|entry| entry.path.as_slice() < path.as_bytes());
        self.entries.get(at).filter(|entry| entry.path == path.as_bytes() && entry.flags & STAGE == 0)
    }
}

/// The bit of an index entry that says that a sparse checkout leaves the file out.
pub(crate) const SKIP_WORKTREE: u16 = 1 << 14;

/// Whether a sparse checkout leaves the file of an entry out.
pub(crate) fn is_left_out(entry: &IndexEntry) -> bool {
    entry.flags_extended & SKIP_WORKTREE != 0
}

impl Store {
    /// The index as it stands; no index is an empty one.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn index_entries(&self) -> Result<IndexEntries, StoreError> {
        let bytes = self.index_memory.read(&self.git_dir().join("index")).ok().filter(|_| self.has_sha1_names());
        if let Some((entries, bytes)) = bytes.and_then(|bytes| Some((entries(&bytes)?, bytes))) {
            return Ok(IndexEntries { entries, bytes: Some(bytes) });
        }
        Ok(IndexEntries { entries: self.index()?.iter().collect(), bytes: None })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    #[test]
    fn the_bytes_tell_what_libgit2_tells() {
        let repository = TestRepository::with_incident();
        repository.write("incidents/a.md", "a\n");
        repository.write("incidents/b.md", "b\n");
        repository.git(&["add", "."]);
        repository.git(&["update-index", "--skip-worktree", "incidents/a.md"]);
        let told = |entry: &IndexEntry| {
            let stamps = [entry.ctime, entry.mtime].map(|time| (time.seconds(), time.nanoseconds()));
            (entry.path.clone(), entry.id, entry.mode, entry.file_size, entry.flags & STAGE, entry.flags_extended, stamps)
        };
        let store = repository.store();
        let read = store.index_entries().unwrap();
        assert!(read.bytes.is_some());
        let by_git: Vec<_> = store.index().unwrap().iter().map(|entry| told(&entry)).collect();
        assert_eq!(read.entries.iter().map(told).collect::<Vec<_>>(), by_git);
        assert_eq!(read.get("incidents/b.md").unwrap().path, b"incidents/b.md");
        assert!(read.get("incidents/c.md").is_none() && read.get("incidents").is_none());
    }

    #[test]
    fn a_side_of_an_unfinished_merge_is_no_entry_of_a_file() {
        let repository = TestRepository::with_incident();
        let mut index = repository.store().repository.index().unwrap();
        let mut side = index.iter().next().unwrap();
        side.path = b"incidents/a.md".to_vec();
        for stage in [1, 2, 3] {
            side.flags = stage << 12;
            index.add(&side).unwrap();
        }
        index.write().unwrap();
        let read = repository.store().index_entries().unwrap();
        assert!(read.bytes.is_none());
        assert_eq!(read.entries.iter().filter(|entry| entry.path == b"incidents/a.md").count(), 3);
        assert!(read.get("incidents/a.md").is_none());
    }
}
