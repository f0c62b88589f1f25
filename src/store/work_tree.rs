//! What a merge changes in the work tree: exactly its files, each only if it still is what is committed here.
//! EFFECT (`std::fs`, git2, the git program for filters). Checks and plans; `publish` writes, behind the compare-and-swap.

use std::path::Path;
use std::process::Stdio;

use git2::{AttrCheckFlags, AttrValue, Oid};

use crate::store::branch::BranchTip;
use crate::store::git_program::git;
use crate::store::index_entries::{IndexEntries, is_left_out};
use crate::store::index_entry::IndexHold;
use crate::store::lock::RepositoryLock;
use crate::store::planned_file::PlannedFile;
use crate::store::publish::{Published, Ready};
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::sync_error::SyncError;
use crate::store::tree_change::{Change, Version};

/// The modes of a plain file and of one that may be run.
const PLAIN: i32 = 0o100_644;
const EXECUTABLE: i32 = 0o100_755;
const LINK: i32 = 0o120_000;

/// Where git may write something else into the work tree than the blob; looked up once for all files of a merge.
#[derive(Debug, Clone, Copy)]
enum Conversion {
    Nowhere,
    ByPath,
    Everywhere,
}

impl Store {
    /// Moves the branch to a commit that these changes lead to, and writes their files and index entries, no others.
    pub(crate) fn put(
        &self,
        branch: &BranchTip,
        commit: Oid,
        subject: &str,
        changes: &[Change],
        order: &RecordOrder,
    ) -> Result<Published, SyncError> {
        let _lock = RepositoryLock::take(self, &order.turn, order.wait)?;
        let _told_by_a_command_that_records = self.recover(order.wait)?;
        if self.writable_branch(false)?.as_ref() != Ok(branch) {
            return Ok(Published::Moved);
        }
        let files = self.planned(changes, subject)?;
        let all_stay =
            changes.iter().all(|change| change.ours.is_some() && change.merged.is_some()) && !files.iter().any(|file| file.left_out);
        let replaced: Vec<String> = files.iter().filter(|_| all_stay).map(|file| file.path.clone()).collect();
        let index = IndexHold::take(self, order.wait, &replaced)?;
        let ready = Ready { branch, commits: &[commit], subject, files: &files, durability: order.durability };
        Ok(self.publish(&ready, index)?)
    }

    /// What becomes of each file.
    ///
    /// # Errors
    /// A file that is not as it is committed here, or one that nobody committed, stands in the way. `upstream` is whose change it is.
    pub(crate) fn planned(&self, changes: &[Change], upstream: &str) -> Result<Vec<PlannedFile>, SyncError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let index = self.index_entries()?;
        let converts = if self.settings_ask_for_crlf() {
            Conversion::Everywhere
        } else if self.no_attributes_convert(changes.iter().map(|change| change.path.as_str()), index.attribute_files()) {
            Conversion::Nowhere
        } else {
            Conversion::ByPath
        };
        let plan = |change| self.planned_file(change, &index, converts, upstream);
        changes.iter().map(plan).collect()
    }

    fn planned_file(&self, change: &Change, index: &IndexEntries, converts: Conversion, upstream: &str) -> Result<PlannedFile, SyncError> {
        let Change { path, ours, merged, texts } = change;
        let in_the_way = |what| SyncError::InTheWay { path: path.clone(), what, upstream: upstream.to_owned() };
        if let Some(what) = [ours, merged].into_iter().flatten().find_map(|version| left_to_git(version.mode)) {
            return Err(SyncError::LeftToGit { path: path.clone(), what, upstream: upstream.to_owned() });
        }
        let staged = index.get(path);
        let left_out = staged.is_some_and(is_left_out);
        let staged = staged.map(|entry| entry.id);
        let blob = |version: &Option<Version>| version.map(|version| version.blob);
        if staged != blob(ours) && staged != blob(merged) {
            return Err(in_the_way("is staged and not committed"));
        }
        let file = PlannedFile {
            path: path.clone(),
            seen: None,
            write: None,
            blob: blob(merged),
            executable: merged.is_some_and(is_executable),
            mode_changes: merged.is_some_and(|merged| is_executable(merged) != ours.is_some_and(is_executable)),
            left_out,
        };
        if left_out {
            return Ok(file);
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.refuse_links(folder)?;
        let seen = self.bytes_on_disk(path).map_err(|_| in_the_way("is no file here"))?;
        let is = |version: Option<Oid>| match (&seen, version) {
            (Some(bytes), Some(blob)) => self.is_committed(path, bytes, Some(blob)),
            (None, None) => Ok(true),
            _ => Ok(false),
        };
        // Nearly always it is ours byte for byte; only else is it worth the work to see what git would make of it.
        let is_ours = seen.as_ref().is_some_and(|seen| match texts {
            Some(texts) => texts.ours.as_bytes() == seen,
            None => blob(ours).is_some_and(|blob| self.has_bytes(blob, seen)),
        });
        if !is_ours && is(blob(merged))? {
            return Ok(PlannedFile { seen, ..file });
        }
        if !is_ours && !is(blob(ours))? {
            return Err(in_the_way(match (&seen, ours) {
                (Some(_), None) => "is not tracked by git",
                (None, _) => "was removed and that is not committed",
                _ => "was changed and that is not committed",
            }));
        }
        let write = merged.map(|version| match (texts, converts) {
            (Some(texts), Conversion::Nowhere) => Ok(texts.merged.clone().into_bytes()),
            _ => self.work_tree_bytes(path, version.blob, converts),
        });
        let write = write.transpose()?;
        Ok(PlannedFile { seen, write, ..file })
    }

    /// A blob as git would write it into the work tree.
    fn work_tree_bytes(&self, path: &str, blob: Oid, converts: Conversion) -> Result<Vec<u8>, StoreError> {
        let as_it_is = match converts {
            Conversion::Nowhere => true,
            Conversion::ByPath => self.is_written_as_it_is(path),
            Conversion::Everywhere => false,
        };
        if as_it_is {
            return self.blob_bytes(blob);
        }
        let failed = |said: &str| StoreError::git(format!("write {path}"), git2::Error::from_str(said));
        let mut command = git();
        command.current_dir(self.root()).arg("--git-dir").arg(self.git_dir()).arg("--work-tree").arg(self.root());
        command.args(["cat-file", "--filters"]).arg(format!("--path={path}")).arg(blob.to_string());
        let answer = command.stdin(Stdio::null()).output().map_err(|error| failed(&error.to_string()))?;
        if answer.status.success() { Ok(answer.stdout) } else { Err(failed(String::from_utf8_lossy(&answer.stderr).trim())) }
    }

    /// True when settings turn line ends into CRLF.
    pub(crate) fn settings_ask_for_crlf(&self) -> bool {
        let config = self.settings().ok();
        let setting = |name: &str| config.as_ref().and_then(|config| config.get_string(name).ok()).unwrap_or_default().to_lowercase();
        setting("core.autocrlf") == "true" || setting("core.eol") == "crlf"
    }

    /// True when no attributes change a file on its way into the work tree.
    fn is_written_as_it_is(&self, path: &str) -> bool {
        let attribute = |name: &str| {
            let value = self.repository.get_attr(Path::new(path), name, AttrCheckFlags::FILE_THEN_INDEX).ok().flatten();
            match AttrValue::from_string(value) {
                AttrValue::Unspecified | AttrValue::False => None,
                AttrValue::True => Some(String::new()),
                AttrValue::String(text) => Some(text.to_owned()),
                AttrValue::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            }
        };
        let is_converted = ["filter", "ident", "working-tree-encoding"].into_iter().any(|name| attribute(name).is_some());
        !is_converted && attribute("eol").as_deref() != Some("crlf")
    }
}

fn is_executable(version: Version) -> bool {
    version.mode == EXECUTABLE
}

/// What is left to git, as it is called.
fn left_to_git(mode: i32) -> Option<&'static str> {
    match mode {
        PLAIN | EXECUTABLE => None,
        LINK => Some("a symbolic link"),
        _ => Some("a submodule"),
    }
}
