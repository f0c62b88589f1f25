//! The index that `pre-commit` sees: HEAD and the files of this commit, made by git under a private name.
//! EFFECT (processes, `std::fs`). Gone when dropped; the user's own index is not touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use git2::Oid;

use crate::store::commit_objects::FileChange;
use crate::store::git_program::{answer, git_at};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

const DOING: &str = "make the index for the hook pre-commit";

/// A private index, and what it was made from.
pub(crate) struct HookIndex {
    path: PathBuf,
    base: String,
}

/// What a hook has left in it.
pub(crate) struct LeftByHook {
    /// The blobs of the files of the commit that are still there.
    pub blobs: BTreeMap<String, Oid>,
    /// Other files that it staged.
    pub others: Vec<String>,
}

impl Drop for HookIndex {
    fn drop(&mut self) {
        for path in [self.path.clone(), self.path.with_extension("index.lock")] {
            let _gone_already = fs::remove_file(path);
        }
    }
}

impl HookIndex {
    /// An index of the commit with these changes over it.
    pub(crate) fn make(store: &Store, tip: Option<Oid>, changes: &[FileChange]) -> Result<Self, StoreError> {
        let base = tip.map_or_else(|| store.empty_tree(), Ok)?.to_string();
        let made = Self { path: store.private_file("index")?, base };
        let _left_by_a_killed_process = fs::remove_file(&made.path);
        answer(DOING, made.git(store, &["read-tree", &made.base]), b"")?;
        let lines: String = changes.iter().map(|change| info_line(change, made.base.len())).collect();
        answer(DOING, made.git(store, &["update-index", "-z", "--index-info"]), lines.as_bytes())?;
        let _some_files_differ = answer(DOING, made.git(store, &["update-index", "-q", "--refresh"]), b"");
        Ok(made)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What stands in it now.
    pub(crate) fn read_back(&self, store: &Store, changes: &[FileChange]) -> Result<LeftByHook, StoreError> {
        let doing = "read what the hook pre-commit staged";
        let names: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
        let listed = answer(doing, self.git(store, &[&["--literal-pathspecs", "ls-files", "-sz", "--"], names.as_slice()].concat()), b"")?;
        let mut blobs = BTreeMap::new();
        for line in String::from_utf8_lossy(&listed).split_terminator('\0') {
            let Some((stamp, path)) = line.split_once('\t') else { continue };
            let blob = stamp.split(' ').nth(1).unwrap_or_default();
            blobs.insert(path.to_owned(), store.oid(blob)?);
        }
        let staged = answer(doing, self.git(store, &["diff-index", "--cached", "--name-only", "-z", &self.base]), b"")?;
        let staged = String::from_utf8_lossy(&staged).into_owned();
        let others = staged.split_terminator('\0').filter(|path| !names.contains(path)).map(str::to_owned).collect();
        Ok(LeftByHook { blobs, others })
    }

    fn git(&self, store: &Store, arguments: &[&str]) -> Command {
        let mut command = git_at(store.root(), arguments);
        command.env("GIT_INDEX_FILE", &self.path);
        command
    }
}

/// A line for `git update-index --index-info`; mode 0 takes the file out.
pub(crate) fn info_line(change: &FileChange, name_length: usize) -> String {
    match change.blob {
        Some(blob) => format!("{} {blob}\t{}\0", if change.executable { "100755" } else { "100644" }, change.path),
        None => format!("0 {}\t{}\0", "0".repeat(name_length), change.path),
    }
}
