//! The commit that says why a break may stand: it changes no file, and git itself makes it, with its hooks and its signature.
//! EFFECT (processes). Under the lock of all writers.

use crate::store::git_program::answer_within;
use crate::store::lock::RepositoryLock;
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
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
        let mut command = self.git_to_read();
        command.args(["commit", "--only", "--allow-empty", "--quiet", "--cleanup=whitespace", "--file=-"]);
        command.args(self.manners.asked.no_verify.then_some("--no-verify")).args(self.manners.asked.no_sign.then_some("--no-gpg-sign"));
        command.env(INSIDE_HOOK, "1");
        for (role, person, at) in [("AUTHOR", &order.author, order.recorded_at), ("COMMITTER", &order.committer, order.committed_at)] {
            command.env(format!("GIT_{role}_NAME"), &person.name);
            command.env(format!("GIT_{role}_EMAIL"), person.email.as_deref().unwrap_or_default());
            command.env(format!("GIT_{role}_DATE"), format!("@{} +0000", at.seconds()));
        }
        let limit = self.manners.signing_time() + self.manners.hook_time();
        answer_within("make the commit", command, self.told_unsigned(message).as_bytes(), limit, !self.manners.asked.may_ask)?;
        Ok(self.commit_named("HEAD")?)
    }
}
