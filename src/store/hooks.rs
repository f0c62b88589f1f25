//! git's hooks around a commit: `pre-commit` over an index of its own, the two that see the message, `post-commit`.
//! EFFECT (processes, `std::fs`). Run by `git hook run`, and only where one exists: without hooks this starts no process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use crate::document::commit_message::trailers;
use crate::store::file_error::FileError;
use crate::store::git_program::{Ended, git_at, own_group, wait_for};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// A hook that git runs around a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hook {
    PreCommit,
    PreMergeCommit,
    PrepareCommitMessage,
    CommitMessage,
    PostCommit,
}

impl Hook {
    /// The name of its file.
    fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrepareCommitMessage => "prepare-commit-msg",
            Self::CommitMessage => "commit-msg",
            Self::PostCommit => "post-commit",
        }
    }

    /// Whether `--no-verify` passes it over.
    ///
    /// # Source
    /// git-commit(1) and git-merge(1), `--no-verify`.
    fn is_a_check(self) -> bool {
        matches!(self, Self::PreCommit | Self::PreMergeCommit | Self::CommitMessage)
    }
}

/// What a hook is run with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HookInput<'a> {
    /// Its arguments.
    pub arguments: &'a [&'a str],
    /// The index that it sees; none: the user's own.
    pub index: Option<&'a Path>,
    /// Further variables.
    pub variables: &'a [(&'a str, String)],
}

impl Store {
    /// True when the hook is there to be run, and was not passed over.
    pub(crate) fn has_hook(&self, hook: Hook) -> bool {
        let passed_over = self.manners.asked.no_verify && hook.is_a_check();
        !passed_over && is_executable(&self.hook_file(hook))
    }

    /// True when making a commit runs programs that may take seconds.
    pub(crate) fn waits_for_others(&self) -> bool {
        let before = [Hook::PreCommit, Hook::PrepareCommitMessage, Hook::CommitMessage];
        self.signs() || before.into_iter().any(|hook| self.has_hook(hook))
    }

    /// Runs a hook that exists. What it prints goes to standard error.
    ///
    /// # Errors
    /// It said no, could not be run, or the hooks of this command took too long together.
    pub(crate) fn run_hook(&self, hook: Hook, input: &HookInput<'_>) -> Result<(), StoreError> {
        let refused = |why: String| self.hook_error(hook, why);
        let mut command = git_at(self.root(), &["hook", "run", hook.name(), "--"]);
        command.args(input.arguments).stdout(Stdio::null());
        command.env("GIT_EDITOR", ":");
        command.envs(input.index.map(|index| ("GIT_INDEX_FILE", index))).envs(input.variables.iter().map(|(name, value)| (name, value)));
        own_group(&mut command);
        let started = Instant::now();
        let limit = self.manners.hook_time();
        let not_run = |source| StoreError::NotRun { program: "git".to_owned(), source };
        let ended = wait_for(&mut command.spawn().map_err(not_run)?, limit).map_err(not_run)?;
        self.manners.hook_took(started.elapsed());
        match ended {
            Ended::With(status) if status.success() => Ok(()),
            Ended::With(status) => Err(refused(format!("ended with {status}"))),
            Ended::TooLong => Err(refused("took too long and was ended; the hooks of one command have 10 s together".to_owned())),
        }
    }

    /// The message as the hooks `prepare-commit-msg` and `commit-msg` leave it; ours where there are none.
    ///
    /// # Errors
    /// A hook said no, or took out what attests the entry.
    pub(crate) fn message_after_hooks(&self, message: &str, is_merge: bool, variables: &[(&str, String)]) -> Result<String, StoreError> {
        let source = if is_merge { "merge" } else { "message" };
        let hooks = [Hook::PrepareCommitMessage, Hook::CommitMessage].into_iter().filter(|hook| self.has_hook(*hook));
        let mut message = message.to_owned();
        for hook in hooks {
            message = self.message_after(hook, &message, source, variables)?;
        }
        Ok(message)
    }

    fn message_after(&self, hook: Hook, message: &str, source: &str, variables: &[(&str, String)]) -> Result<String, StoreError> {
        let file = self.private_file("message")?;
        let failed = |error| StoreError::File(FileError::new("write", &file, error));
        fs::write(&file, message).map_err(failed)?;
        let name = file.display().to_string();
        let arguments: &[&str] = if hook == Hook::PrepareCommitMessage { &[&name, source] } else { &[&name] };
        let ran = self.run_hook(hook, &HookInput { arguments, index: None, variables });
        let changed = fs::read(&file);
        let _gone_already = fs::remove_file(&file);
        ran?;
        let changed = String::from_utf8(changed.map_err(failed)?).unwrap_or_default();
        let changed = git2::message_prettify(changed, None).map_err(|error| StoreError::git("read the hook's message", error))?;
        match lost_trailer(message, &changed) {
            Some(lost) => {
                Err(self.hook_error(hook, format!("left a message without the trailer `{lost}`, which attests what is recorded")))
            }
            None => Ok(changed),
        }
    }

    /// Runs `post-commit`; what goes wrong with it is a warning, since it is committed.
    pub(crate) fn run_post_commit(&self) -> Option<(&'static str, String)> {
        if !self.has_hook(Hook::PostCommit) {
            return None;
        }
        let failed = self.run_hook(Hook::PostCommit, &HookInput::default()).err()?;
        Some(("post-commit", format!("committed, but {failed}")))
    }

    /// What a hook did that stands in the way, as in "the hook pre-commit …".
    pub(crate) fn hook_error(&self, hook: Hook, why: String) -> StoreError {
        StoreError::Hook { name: hook.name(), why, file: self.hook_file(hook), no_verify_helps: hook.is_a_check() }
    }

    /// A file for our eyes and a hook's alone, in the git folder; one that a killed process left is written over.
    pub(crate) fn private_file(&self, name: &str) -> Result<PathBuf, StoreError> {
        let folder = self.git_dir().join("qpp-incident");
        fs::create_dir_all(&folder).map_err(|error| StoreError::File(FileError::new("write", &folder, error)))?;
        Ok(folder.join(format!("hook.{name}")))
    }

    fn hook_file(&self, hook: Hook) -> PathBuf {
        let configured = self.settings().and_then(|config| config.get_path("core.hooksPath"));
        let folder = configured.map_or_else(|_| self.common_dir().join("hooks"), |folder| self.root().join(folder));
        folder.join(hook.name())
    }
}

/// The first trailer of ours that a changed message no longer has.
fn lost_trailer(ours: &str, changed: &str) -> Option<String> {
    let kept = trailers(changed);
    trailers(ours).into_iter().find(|trailer| !kept.contains(trailer)).map(|(key, value)| format!("{key}: {value}"))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trailer_of_ours_must_still_be_one() {
        let ours = "INC-K7QFM log: x\n\nIncident: INC-K7QFM\nEvent: log\nEntry: 1\nEntry: 2\n";
        assert_eq!(lost_trailer(ours, &ours.replace("log: x", "[OPS-1] log: x")), None);
        assert_eq!(lost_trailer(ours, &format!("{ours}Change-Id: I1\n")), None);
        assert_eq!(lost_trailer(ours, &ours.replace("Entry: 1\n", "")).as_deref(), Some("Entry: 1"));
        assert_eq!(lost_trailer(ours, "x\n").as_deref(), Some("Incident: INC-K7QFM"));
        assert_eq!(lost_trailer(ours, &format!("{ours}\nSent from my hook\n")).as_deref(), Some("Incident: INC-K7QFM"));
    }
}
