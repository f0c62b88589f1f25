//! What git could not merge: the versions that its index holds of a file, and how one is called merged.
//! EFFECT (git2, the git program, `std::fs`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use git2::RepositoryState;

use crate::store::file_error::FileError;
use crate::store::git_program::git;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The versions of an unmerged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmergedVersions {
    /// The one from which both come, if both had one.
    pub base: Option<String>,
    /// Ours, and theirs; none where a side took the file away.
    pub sides: [Option<String>; 2],
}

impl Store {
    /// True while git waits for a person: a merge, a rebase, a cherry-pick.
    pub fn is_in_the_middle(&self) -> bool {
        self.repository.state() != RepositoryState::Clean
    }

    /// The files that the index holds unmerged.
    pub fn unmerged_paths(&self) -> BTreeSet<String> {
        let Ok(index) = self.index() else { return BTreeSet::new() };
        let Ok(conflicts) = index.conflicts() else { return BTreeSet::new() };
        let entries = conflicts.flatten().filter_map(|conflict| conflict.our.or(conflict.their).or(conflict.ancestor));
        entries.map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).collect()
    }

    /// The versions of a file that the index holds unmerged; none where it is merged, or no text.
    pub fn unmerged(&self, path: &str) -> Option<UnmergedVersions> {
        let index = self.index().ok()?;
        let text = |stage: i32| {
            let entry = index.get_path(Path::new(path), stage)?;
            let blob = self.repository.find_blob(entry.id).ok()?;
            String::from_utf8(blob.content().to_vec()).ok()
        };
        let sides = [text(2), text(3)];
        sides.iter().any(Option::is_some).then(|| UnmergedVersions { base: text(1), sides })
    }

    /// Writes a file of the work tree that was merged.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_mended(&self, path: &str, text: &str) -> Result<(), FileError> {
        let whole = self.root().join(path);
        let folder = whole.parent().unwrap_or(self.root());
        let failed = |error| FileError::new("write", &whole, error);
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
        if let Ok(standing) = fs::metadata(&whole) {
            fs::set_permissions(file.path(), standing.permissions()).map_err(failed)?;
        }
        file.persist(&whole).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Tells git that a file is merged, as it stands: `git add`, which knows every form of index.
    ///
    /// # Errors
    /// git cannot be run or refuses.
    pub fn call_merged(&self, path: &str) -> Result<(), StoreError> {
        let failed = |why: String| StoreError::git(format!("stage {path}"), git2::Error::from_str(&why));
        let mut command = git();
        command.arg("-C").arg(self.root()).args(["add", "--"]).arg(path).stdin(Stdio::null());
        let out = command.output().map_err(|error| failed(error.to_string()))?;
        if out.status.success() { Ok(()) } else { Err(failed(String::from_utf8_lossy(&out.stderr).trim().to_owned())) }
    }
}
