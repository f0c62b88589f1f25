//! The commit that says why a break may stand: it changes no file, and git itself makes it, with its hooks and its signature.
//! EFFECT (processes). Under the lock of all writers.

use std::io::Write;
use std::process::Stdio;

use crate::store::lock::RepositoryLock;
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::turn::INSIDE_HOOK;

impl Store {
    /// Makes a commit without changes on the branch that is checked out, and gives its name. What is staged stays staged.
    ///
    /// # Errors
    /// No commit was made, and why.
    ///
    /// # Source
    /// git-commit(1): with `--only` and `--allow-empty` no paths are needed, and an empty commit is made.
    pub fn record_judgment(&self, order: &RecordOrder, message: &str) -> Result<String, RecordError> {
        let _lock = RepositoryLock::take(self, &order.turn, order.wait)?;
        let _told_by_a_command_that_records = self.recover(order.wait)?;
        self.writable_branch(order.detached)?.map_err(RecordError::Branch)?;
        let failed = |error: std::io::Error| StoreError::git("make the commit", git2::Error::from_str(&error.to_string()));
        let mut command = self.git_to_read();
        command.args(["commit", "--only", "--allow-empty", "--quiet", "--cleanup=whitespace", "--file=-"]).stdin(Stdio::piped());
        command.args(self.manners.asked.no_verify.then_some("--no-verify")).args(self.manners.asked.no_sign.then_some("--no-gpg-sign"));
        command.env(INSIDE_HOOK, "1");
        for (role, person, at) in [("AUTHOR", &order.author, order.recorded_at), ("COMMITTER", &order.committer, order.committed_at)] {
            command.env(format!("GIT_{role}_NAME"), &person.name);
            command.env(format!("GIT_{role}_EMAIL"), person.email.as_deref().unwrap_or_default());
            command.env(format!("GIT_{role}_DATE"), format!("@{} +0000", at.seconds()));
        }
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(self.told_unsigned(message).as_bytes()).map_err(failed)?;
        }
        let output = child.wait_with_output().map_err(failed)?;
        if output.status.success() {
            return Ok(self.commit_named("HEAD")?);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(StoreError::git("make the commit", git2::Error::from_str(&said)).into())
    }
}
