//! Publishing commits that are ready: one compare-and-swap on the branch, then the files and exactly their index entries.
//! EFFECT (git2, `std::fs`). Everything that can fail is done before the swap; nothing is retried after it.

use git2::{ErrorCode, Oid};

use crate::store::branch::BranchTip;
use crate::store::index_entry::IndexHold;
use crate::store::placed_files::PreparedFiles;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;

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
    /// A sparse checkout leaves it out: only its index entry changes.
    pub left_out: bool,
}

/// How a swap ended.
pub(crate) enum Published {
    /// The branch holds the commits. The warnings tell what could not be put into place after it.
    Done(Vec<(&'static str, String)>),
    /// Somebody else moved the branch, or changed a file, since it was read: nothing was changed, decide again.
    Moved,
    /// Somebody else holds the branch: nothing was changed.
    Held(git2::Error),
}

impl Store {
    /// Moves the branch to `commit` if it still stands where it was read, then writes the files and their index entries.
    pub(crate) fn publish(
        &self,
        branch: &BranchTip,
        commit: Oid,
        subject: &str,
        files: &[PlannedFile],
        index: IndexHold,
    ) -> Result<Published, RecordError> {
        for file in files {
            if !file.left_out && self.bytes_on_disk(&file.path)? != file.seen {
                return Ok(Published::Moved);
            }
        }
        let mut prepared = PreparedFiles::default();
        for file in files.iter().filter(|file| !file.left_out) {
            if let Some(content) = &file.write {
                prepared.prepare(self, &file.path, content)?;
            }
        }
        if self.writable_branch(branch.is_detached())?.as_ref() != Ok(branch) {
            return Ok(Published::Moved);
        }
        match self.swap(branch, commit, &format!("commit: {subject}")) {
            Ok(()) => Ok(Published::Done(self.put_into_place(files, prepared, index))),
            Err(error) => match error.code() {
                ErrorCode::Modified | ErrorCode::Exists | ErrorCode::NotFound => Ok(Published::Moved),
                _ => Ok(Published::Held(error)),
            },
        }
    }

    /// The commit point.
    fn swap(&self, branch: &BranchTip, commit: Oid, log: &str) -> Result<(), git2::Error> {
        match branch.tip {
            Some(tip) => self.repository.reference_matching(&branch.reference, commit, true, tip, log).map(drop),
            None => self.repository.reference(&branch.reference, commit, false, log).map(drop),
        }
    }

    /// What follows the commit point. It is committed whatever happens here, so a failure is a warning.
    fn put_into_place(&self, files: &[PlannedFile], prepared: PreparedFiles, mut index: IndexHold) -> Vec<(&'static str, String)> {
        let mut warnings = Vec::new();
        if let Err(error) = prepared.place() {
            let restore = "committed, but not in the work tree; `git restore` brings it there";
            warnings.push(("not-in-work-tree", format!("{error} ({restore})")));
            return warnings;
        }
        for file in files {
            let stamp = if file.left_out { None } else { std::fs::symlink_metadata(self.root().join(&file.path)).ok() };
            let mode = if file.executable { 0o100_755 } else { 0o100_644 };
            let set = match file.blob {
                Some(blob) => index.set(&file.path, blob, mode, stamp.as_ref()),
                None => index.remove(&file.path),
            };
            if let Err(error) = set {
                warnings.push(("index-behind", format!("the index entry of {} could not be set: {}", file.path, error.message())));
            }
        }
        if let Err(error) = index.publish() {
            warnings.push(("index-behind", format!("committed, but the index is behind: {error}; `git reset -q -- incidents` mends it")));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    #[test]
    fn a_branch_that_stands_elsewhere_is_not_moved() {
        let repository = TestRepository::with_incident();
        let oid = |name: &str| Oid::from_str(repository.git(&["rev-parse", name]).trim()).unwrap();
        let (tip, parent) = (oid("HEAD"), oid("HEAD~1"));
        let swap = |expected: Option<Oid>| {
            let branch = BranchTip { reference: "refs/heads/main".to_owned(), tip: expected };
            repository.store().swap(&branch, parent, "test").map_err(|error| error.code())
        };
        assert_eq!(swap(Some(parent)), Err(ErrorCode::Modified));
        assert_eq!(swap(None), Err(ErrorCode::Exists));
        assert_eq!(oid("HEAD"), tip);
        assert_eq!(swap(Some(tip)), Ok(()));
        assert_eq!(oid("HEAD"), parent);
    }
}
