//! What a killed process left of a commit: finished when the branch holds it, undone when it does not.
//! EFFECT (git2, `std::fs`). The repository's lock must be held. Touches nothing that the pending file does not name.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::store::branch::BranchTip;
use crate::store::file_error::FileError;
use crate::store::index_entry::{IndexHold, NewEntry, age, is_held_by_us, remove_left_behind, remove_private_copies};
use crate::store::lock::RepositoryLock;
use crate::store::pending_commit::{self, PendingCommit, PendingFile};
use crate::store::placed_files::{PreparedFiles, remove_empty_folders, remove_file, set_executable};
use crate::store::publish::edited_meanwhile;
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::settle::{Settled, settle};
use crate::store::store_error::StoreError;

/// How long a branch lock must have stood unchanged before it is taken for one that a killed process left.
const STILL: Duration = Duration::from_secs(1);

/// What of the recovery went less well.
type Warnings = Vec<(&'static str, String)>;

impl Store {
    /// Finishes or undoes what the pending file names, if there is one.
    ///
    /// # Errors
    /// It cannot be finished now, and why: the next command tries again.
    pub(crate) fn recover(&self, wait: Option<Duration>) -> Result<Warnings, RecordError> {
        let Some(left) = pending_commit::left_behind(self.git_dir()) else { return Ok(Vec::new()) };
        let mut warnings = Vec::new();
        if let Some(pending) = PendingCommit::read(&left) {
            self.remove_branch_lock(&pending)?;
            if self.is_on_branch(&pending)? {
                warnings = self.finish(&pending, wait)?;
            }
            self.remove_temporaries(&pending);
        }
        remove_left_behind(self.git_dir());
        remove_private_copies(self.git_dir());
        pending_commit::remove(self.git_dir());
        Ok(warnings)
    }

    /// As [`Store::recover`], for a command that may have nothing to write: git's index is free after it too.
    pub(crate) fn finish_what_was_left(&self, order: &RecordOrder) -> Result<Warnings, RecordError> {
        if pending_commit::left_behind(self.git_dir()).is_none() && !is_held_by_us(self.git_dir()) {
            return Ok(Vec::new());
        }
        let _lock = RepositoryLock::take(self, &order.turn, order.wait)?;
        let warnings = self.recover(order.wait)?;
        remove_left_behind(self.git_dir());
        Ok(warnings)
    }

    /// Whether the branch that is checked out is the pending one and holds the commit.
    fn is_on_branch(&self, pending: &PendingCommit) -> Result<bool, StoreError> {
        let (reference, tip) = self.head()?;
        let (Some(tip), Ok(commit)) = (tip, self.oid(&pending.commit)) else { return Ok(false) };
        let is_in = tip == commit || self.repository.graph_descendant_of(tip, commit).unwrap_or(false);
        Ok(is_in && reference.as_deref().unwrap_or("HEAD") == pending.branch)
    }

    /// Brings the files and the index to where the commit is, as far as nobody has changed them since.
    fn finish(&self, pending: &PendingCommit, wait: Option<Duration>) -> Result<Warnings, RecordError> {
        let mut warnings = Vec::new();
        let mut as_committed = Vec::new();
        for file in pending.files.iter().filter(|file| !file.left_out) {
            match self.bring_forward(file)? {
                Settled::Stands | Settled::Replace => as_committed.push(file.path.as_str()),
                Settled::Both(_) => {}
                Settled::Stays => warnings.push(("edited-meanwhile", edited_meanwhile(&file.path))),
            }
            if file.mode_changes {
                set_executable(self.root(), &file.path, file.executable);
            }
        }
        let mut index = IndexHold::take(self, wait, &[])?;
        let oid = |hex: &Option<String>| hex.as_deref().and_then(|hex| self.oid(hex).ok());
        let behind = pending.files.iter().filter(|file| index.blob_of(&file.path) == oid(&file.old_blob));
        let entry = |file: &'_ PendingFile| NewEntry {
            path: "",
            blob: oid(&file.blob),
            executable: file.executable,
            stamp: fs::symlink_metadata(self.root().join(&file.path)).ok().filter(|_| as_committed.contains(&file.path.as_str())),
        };
        let entries: Vec<NewEntry<'_>> = behind.map(|file| NewEntry { path: &file.path, ..entry(file) }).collect();
        index.prepare(&entries, crate::document::config::Durability::None)?;
        index.publish(&entries)?;
        Ok(warnings)
    }

    /// Writes the new text of a file that still is as the killed process saw it.
    fn bring_forward(&self, file: &PendingFile) -> Result<Settled, RecordError> {
        let on_disk = self.bytes_on_disk(&file.path)?;
        let name = on_disk.as_deref().and_then(|content| self.content_name(content));
        let Some(write) = &file.write else {
            if file.blob.is_none() && name.is_some() && name == file.seen {
                remove_file(self.root(), &file.path);
            }
            return Ok(Settled::Stands);
        };
        if name.as_ref() == Some(write) {
            return Ok(Settled::Stands);
        }
        let lying = file.temporary.as_deref().and_then(|path| fs::read(path).ok());
        let Some(new) = self.content(write, lying, file.blob.as_deref()) else { return Ok(Settled::Stays) };
        let seen = || file.seen.as_deref().and_then(|seen| self.content(seen, None, Some(seen)));
        let seen = if name == file.seen { on_disk.clone() } else { seen() };
        let settled = settle(&file.path, seen.as_deref(), on_disk.as_deref(), &new);
        match &settled {
            Settled::Replace => self.write_file(&file.path, &new)?,
            Settled::Both(content) => self.write_file(&file.path, content)?,
            Settled::Stands | Settled::Stays => {}
        }
        Ok(settled)
    }

    /// Content by git's name for it: as it lies under its private name, or as it is committed, in either form of line ends.
    fn content(&self, name: &str, lying: Option<Vec<u8>>, blob: Option<&str>) -> Option<Vec<u8>> {
        let blob = || self.repository.find_blob(self.oid(blob?).ok()?).ok().map(|blob| blob.content().to_vec());
        let crlf = |content: &[u8]| String::from_utf8(content.to_vec()).ok().map(|text| text.replace('\n', "\r\n").into_bytes());
        let is_it = |content: &Vec<u8>| self.content_name(content).as_deref() == Some(name);
        let committed = || blob().and_then(|blob| if is_it(&blob) { Some(blob) } else { crlf(&blob).filter(is_it) });
        lying.filter(is_it).or_else(committed)
    }

    fn write_file(&self, path: &str, content: &[u8]) -> Result<(), FileError> {
        let mut prepared = PreparedFiles::named(self, std::iter::once(path));
        prepared.prepare(path, content)?;
        prepared.place_one(path)
    }

    /// Removes the private copies, and folders that were made for files which never came.
    fn remove_temporaries(&self, pending: &PendingCommit) {
        for file in &pending.files {
            if let Some(temporary) = &file.temporary {
                let _placed_already = fs::remove_file(temporary);
            }
            remove_empty_folders(self.root(), &file.path);
        }
    }

    /// Removes `refs/heads/X.lock` when the killed process has left it: of the pending branch, empty or with the pending commit,
    /// and unchanged for a second. Anybody else's stays.
    fn remove_branch_lock(&self, pending: &PendingCommit) -> Result<(), FileError> {
        let path = self.branch_lock(&pending.branch);
        let ours = || {
            let content = fs::read_to_string(&path).ok()?;
            let is_ours = content.is_empty() || content.trim_end() == pending.commit;
            is_ours.then(|| fs::metadata(&path).and_then(|metadata| metadata.modified()).ok()).flatten()
        };
        remove_if_still(&path, ours)
    }

    /// Removes the lock of a reference that nobody but us writes, when it has stood unchanged for a second: a killed process left it.
    pub(crate) fn remove_lock_of_our_own(&self, reference: &str) {
        let path = self.branch_lock(reference);
        let ours = || fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        let _the_reference_stays_as_it_is = remove_if_still(&path, ours);
    }

    /// Branches are shared by all work trees; `HEAD` is each one's own.
    fn branch_lock(&self, reference: &str) -> PathBuf {
        let folder = if reference == "HEAD" { self.git_dir() } else { self.common_dir() };
        folder.join(format!("{reference}.lock"))
    }

    /// Why the branch could not be moved: somebody else's lock, with its age, or what git says.
    pub(crate) fn held_branch(&self, branch: &BranchTip, error: git2::Error) -> RecordError {
        let path = self.branch_lock(&branch.reference);
        if !path.exists() {
            return StoreError::git("move the branch", error).into();
        }
        let own = self.common_dir().join("qpp-incident").join("lock"); // signed when this command began
        RecordError::BranchLocked { age: age(&own, &path), path }
    }
}

/// Removes a lock if it is ours now and, with the same time, after a second.
fn remove_if_still(path: &Path, ours: impl Fn() -> Option<SystemTime>) -> Result<(), FileError> {
    let Some(modified) = ours() else { return Ok(()) };
    std::thread::sleep(STILL);
    if ours() != Some(modified) {
        return Ok(());
    }
    fs::remove_file(path).map_err(|error| FileError::new("write", path, error))
}

#[cfg(test)]
mod tests;
