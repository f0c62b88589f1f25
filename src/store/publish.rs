//! Publishing commits that are ready: one compare-and-swap on the branch, then the files and exactly their index entries.
//! EFFECT (git2, `std::fs`). Everything that can fail is done before the swap; nothing is retried after it. What a kill or a
//! failing disk leaves half done after it, the next command finishes by the pending file.

use std::fs::Metadata;

use git2::{ErrorCode, Oid, Repository};

use crate::document::config::Durability;
use crate::store::branch::BranchTip;
use crate::store::durability::sync_folder;
use crate::store::index_entry::{IndexHold, NewEntry};
use crate::store::pending_commit::{self, PendingCommit};
use crate::store::placed_files::{PreparedFiles, remove_file, set_executable};
use crate::store::planned_file::PlannedFile;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::settle::{Settled, settle};
use crate::store::store_error::StoreError;

/// Commits that are made and wait for their branch.
pub(crate) struct Ready<'a> {
    /// Where the branch was read.
    pub branch: &'a BranchTip,
    /// The commits, the oldest first.
    pub commits: &'a [Oid],
    /// The subject of the last one, for the reflog.
    pub subject: &'a str,
    /// What they change.
    pub files: &'a [PlannedFile],
    /// What is flushed.
    pub durability: Durability,
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
    /// Moves the branch to the last commit if it still stands where it was read, then writes the files and their index entries.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub(crate) fn publish(&self, ready: &Ready<'_>, index: IndexHold) -> Result<Published, RecordError> {
        let Some(commit) = ready.commits.last() else { return Ok(Published::Done(Vec::new())) };
        for file in ready.files {
            if !file.left_out && self.bytes_on_disk(&file.path)? != file.seen {
                return Ok(Published::Moved);
            }
        }
        let writes = ready.files.iter().filter(|file| !file.left_out && file.write.is_some());
        let prepared = PreparedFiles::named(self, writes.map(|file| file.path.as_str()));
        let pending = PendingCommit::new(self, (&ready.branch.reference, *commit), ready.files, &index, &prepared);
        pending.write(self.git_dir(), ready.durability)?;
        let published = self.move_branch(ready, *commit, prepared, index);
        if !matches!(published, Ok(Published::Done(_))) {
            pending_commit::remove(self.git_dir());
        }
        published
    }

    /// From the pending file on: everything is written under private names, the branch is moved, all is put into place.
    fn move_branch(
        &self,
        ready: &Ready<'_>,
        commit: Oid,
        mut prepared: PreparedFiles,
        mut index: IndexHold,
    ) -> Result<Published, RecordError> {
        for file in ready.files.iter().filter(|file| !file.left_out) {
            if let Some(content) = &file.write {
                prepared.prepare(&file.path, content)?;
            }
        }
        let stamp_of = |path: &str| std::fs::symlink_metadata(prepared.temporary(path).unwrap_or_else(|| self.root().join(path))).ok();
        index.prepare(&new_entries(ready.files, stamp_of), ready.durability)?;
        if ready.durability == Durability::Full {
            prepared.sync()?;
        }
        self.sync_objects(ready.durability, ready.commits, ready.files)?;
        if self.writable_branch(ready.branch.is_detached())?.as_ref() != Ok(ready.branch) {
            return Ok(Published::Moved);
        }
        match self.swap(ready, commit)? {
            Ok(()) => Ok(Published::Done(self.put_into_place(ready, prepared, index))),
            // The branch's folder is flushed after the branch was renamed into it: what failed there has moved it all the same,
            // and to decide again would write everything twice.
            Err(error) if self.has_moved_to(&ready.branch.reference, commit) => {
                let mut warnings = self.put_into_place(ready, prepared, index);
                warnings.push(("not-flushed", format!("committed, but the disk may not hold it yet: {}", error.message())));
                Ok(Published::Done(warnings))
            }
            Err(error) => match error.code() {
                ErrorCode::Modified | ErrorCode::Exists | ErrorCode::NotFound => Ok(Published::Moved),
                _ => Ok(Published::Held(error)),
            },
        }
    }

    /// Whether the branch holds the commit, whatever was said of moving it there.
    fn has_moved_to(&self, reference: &str, commit: Oid) -> bool {
        let tip = self.repository.refname_to_id(reference);
        tip.is_ok_and(|tip| tip == commit || self.repository.graph_descendant_of(tip, commit).unwrap_or(false))
    }

    /// The commit point: by git where libgit2 cannot move a branch, by a hold that flushes where that is asked for.
    fn swap(&self, ready: &Ready<'_>, commit: Oid) -> Result<Result<(), git2::Error>, StoreError> {
        if let Some(view) = &self.view {
            let log = format!("commit: {}", ready.subject);
            return Ok(view.swap(&ready.branch.reference, ready.branch.tip, commit, &log));
        }
        let branches = if ready.durability == Durability::None { None } else { Some(self.flushing()?) };
        Ok(swap(branches.as_ref().unwrap_or(&self.repository), ready, commit))
    }

    /// What follows the commit point. It is committed whatever happens here, so a failure is a warning, and the next command's work.
    fn put_into_place(&self, ready: &Ready<'_>, mut prepared: PreparedFiles, index: IndexHold) -> Vec<(&'static str, String)> {
        let mut warnings = Vec::new();
        let mut edited = Vec::new();
        for file in ready.files.iter().filter(|file| !file.left_out) {
            match self.place(file, &mut prepared) {
                Ok(Settled::Both(_)) => edited.push(file.path.as_str()),
                Ok(Settled::Stays) => {
                    edited.push(file.path.as_str());
                    warnings.push(("edited-meanwhile", edited_meanwhile(&file.path)));
                }
                Ok(Settled::Stands | Settled::Replace) => {}
                Err(error) => {
                    prepared.leave();
                    index.leave();
                    return vec![("not-in-work-tree", format!("{error} (committed; the next command brings it into the work tree)"))];
                }
            }
            if file.mode_changes {
                set_executable(self.root(), &file.path, file.executable);
            }
        }
        let stamp_of = |path: &str| std::fs::symlink_metadata(self.root().join(path)).ok().filter(|_| !edited.contains(&path));
        if let Err(error) = index.publish(&new_entries(ready.files, stamp_of)) {
            warnings.push(("index-behind", format!("committed, but the index is behind: {error} (the next command mends it)")));
            return warnings;
        }
        if ready.durability == Durability::Full {
            let folders = ready.files.iter().filter_map(|file| self.root().join(&file.path).parent().map(std::path::Path::to_owned));
            let unflushed = folders.chain([self.git_dir().to_owned()]).find_map(|folder| sync_folder(&folder).err());
            warnings.extend(unflushed.map(|error| ("not-flushed", format!("committed, but not flushed: {error}"))));
        }
        // What was not put into place goes first: without the pending file nobody would look for it.
        drop(prepared);
        pending_commit::remove(self.git_dir());
        warnings
    }

    /// Puts one file into its place, if it still is what was seen; what somebody edited in between stays in it.
    fn place(&self, file: &PlannedFile, prepared: &mut PreparedFiles) -> Result<Settled, crate::store::file_error::FileError> {
        let Some(new) = &file.write else {
            if file.blob.is_none() && file.seen.is_some() && self.bytes_on_disk(&file.path)? == file.seen {
                remove_file(self.root(), &file.path);
            }
            return Ok(Settled::Stands);
        };
        let settled = settle(&file.path, file.seen.as_deref(), self.bytes_on_disk(&file.path)?.as_deref(), new);
        match &settled {
            Settled::Replace => prepared.place_one(&file.path)?,
            Settled::Both(content) => {
                prepared.rewrite(&file.path, content)?;
                prepared.place_one(&file.path)?;
            }
            Settled::Stands | Settled::Stays => {}
        }
        Ok(settled)
    }
}

/// What is said when a file was edited between its reading and its writing.
pub(crate) fn edited_meanwhile(path: &str) -> String {
    let quoted = shell_words::quote(path).into_owned();
    format!("{path} was changed by somebody else meanwhile: committed, but the file on disk lacks it; compare `git diff HEAD -- {quoted}`")
}

fn swap(branches: &Repository, ready: &Ready<'_>, commit: Oid) -> Result<(), git2::Error> {
    let log = format!("commit: {}", ready.subject);
    match ready.branch.tip {
        Some(tip) => branches.reference_matching(&ready.branch.reference, commit, true, tip, &log).map(drop),
        None => branches.reference(&ready.branch.reference, commit, false, &log).map(drop),
    }
}

fn new_entries<'a>(files: &'a [PlannedFile], stamp_of: impl Fn(&str) -> Option<Metadata>) -> Vec<NewEntry<'a>> {
    let entry = |file: &'a PlannedFile| NewEntry {
        path: &file.path,
        blob: file.blob,
        executable: file.executable,
        stamp: if file.left_out { None } else { stamp_of(&file.path) },
    };
    files.iter().map(entry).collect()
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
            let ready = Ready { branch: &branch, commits: &[parent], subject: "test", files: &[], durability: Durability::None };
            swap(&repository.store().repository, &ready, parent).map_err(|error| error.code())
        };
        assert_eq!(swap(Some(parent)), Err(ErrorCode::Modified));
        assert_eq!(swap(None), Err(ErrorCode::Exists));
        assert_eq!(oid("HEAD"), tip);
        assert_eq!(swap(Some(tip)), Ok(()));
        assert_eq!(oid("HEAD"), parent);
    }
}
