//! One shared file of the repository (the on-call directory) changed and committed by itself.
//! EFFECT (git2, `std::fs`). What the user changed in it and did not commit is never swept in.

use crate::domain::refusal::Refusal;
use crate::domain::zone::Zone;
use crate::store::commit_objects::{CommitText, FileChange};
use crate::store::index_entry::IndexHold;
use crate::store::lock::RepositoryLock;
use crate::store::planned_file::PlannedFile;
use crate::store::publish::{Published, Ready};
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// What the user changed and did not commit is theirs to commit.
fn not_committed(path: &str) -> Refusal {
    let message = format!("{path} has changes that are not committed");
    Refusal::rule("uncommitted-changes", message, Some(&format!("git commit {path}, then run this again")))
}

/// What is to be committed.
pub struct FileOrder<'a> {
    /// The file, relative to the root.
    pub path: &'a str,
    /// Its text as it was read.
    pub before: &'a str,
    /// Its new text.
    pub after: &'a str,
    /// The commit's message.
    pub message: &'a str,
    /// Who commits, and when.
    pub order: &'a RecordOrder,
    /// The zone that the commit's times are written in.
    pub zone: Zone,
}

impl Store {
    /// Commits the new text, and gives the full name of the commit.
    ///
    /// # Errors
    /// The file was changed and not committed, nothing can be committed now, or it cannot be written.
    pub fn commit_shared_file(&self, file: &FileOrder<'_>) -> Result<String, RecordError> {
        let _lock = RepositoryLock::take(self, &file.order.turn, file.order.wait)?;
        self.recover(file.order.wait)?;
        let branch = self.writable_branch(file.order.detached)?.map_err(RecordError::Branch)?;
        if self.committed_text(file.path).as_deref() != Some(file.before) {
            return Err(not_committed(file.path).into());
        }
        let index = IndexHold::take(self, file.order.wait, &[])?;
        let content = file.after.as_bytes().to_vec();
        let blob = Some(self.blob(file.path, &content)?);
        let changes = [FileChange { path: file.path.to_owned(), blob, executable: false }];
        let text = CommitText::of(file.order, file.zone, file.message);
        let commit = self.commit_object(branch.tip, &changes, &text)?;
        let seen = Some(file.before.as_bytes().to_vec());
        let planned = PlannedFile {
            path: file.path.to_owned(),
            seen,
            write: Some(content),
            blob,
            executable: false,
            mode_changes: false,
            left_out: false,
        };
        let subject = file.message.lines().next().unwrap_or_default();
        let durability = file.order.durability;
        match self.publish(&Ready { branch: &branch, commits: &[commit], subject, files: &[planned], durability }, index)? {
            Published::Done(_) => Ok(commit.to_string()),
            Published::Moved => Err(RecordError::Outrun { tries: 1 }),
            Published::Held(error) => Err(StoreError::git("move the branch", error).into()),
        }
    }
}
