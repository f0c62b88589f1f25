//! New texts of documents: written under private names before the branch moves, renamed into place after.
//! EFFECT (`std::fs`). What is not placed in the end leaves nothing behind.

use std::fs::{self, Metadata, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::store::file_error::FileError;
use crate::store::repository::Store;

/// One file, written and ready to be renamed.
struct Prepared {
    path: String,
    temporary: PathBuf,
    target: PathBuf,
}

/// Files that are written and not yet in place. Dropped before [`PreparedFiles::place`], it removes what it made.
#[derive(Default)]
pub(crate) struct PreparedFiles {
    files: Vec<Prepared>,
    made_folders: Vec<PathBuf>,
    keep_folders: bool,
}

impl PreparedFiles {
    /// Writes a text beside its place. Everything that can fail for want of space or permission fails here.
    pub(crate) fn prepare(&mut self, store: &Store, path: &str, content: &[u8]) -> Result<(), FileError> {
        let target = store.root().join(path);
        let folder = target.parent().unwrap_or(store.root()).to_owned();
        self.make_folder(&folder)?;
        let unnamed = tempfile::tempfile_in(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        drop(unnamed); // the folder can be written to
        let temporary = temporary_for(store.git_dir(), &folder, self.files.len());
        let failed = |error| FileError::new("write", &target, error);
        let _left_by_a_killed_process = fs::remove_file(&temporary);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&temporary).map_err(failed)?;
        self.files.push(Prepared { path: path.to_owned(), temporary, target: target.clone() });
        file.write_all(content).map_err(failed)?;
        if let Ok(metadata) = fs::metadata(&target) {
            file.set_permissions(metadata.permissions()).map_err(failed)?;
        }
        Ok(())
    }

    /// Renames every file into place, in order, and tells the stamp of each.
    ///
    /// # Errors
    /// The first rename that failed; the files after it are not placed.
    pub(crate) fn place(mut self) -> Result<Vec<(String, Metadata)>, FileError> {
        self.keep_folders = true;
        let mut placed = Vec::new();
        for file in &self.files {
            let failed = |error| FileError::new("write", &file.target, error);
            fs::rename(&file.temporary, &file.target).map_err(failed)?;
            placed.push((file.path.clone(), fs::symlink_metadata(&file.target).map_err(failed)?));
        }
        Ok(placed)
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), FileError> {
        let missing: Vec<PathBuf> = folder.ancestors().take_while(|place| !place.exists()).map(Path::to_owned).collect();
        for place in missing.into_iter().rev() {
            fs::create_dir(&place).map_err(|error| FileError::new("write", &place, error))?;
            self.made_folders.push(place);
        }
        Ok(())
    }
}

impl Drop for PreparedFiles {
    fn drop(&mut self) {
        for file in &self.files {
            let _placed_already = fs::remove_file(&file.temporary);
        }
        if !self.keep_folders {
            for folder in self.made_folders.iter().rev() {
                let _somebody_else_uses_it = fs::remove_dir(folder);
            }
        }
    }
}

/// In the git folder, where a killed process leaves nothing that git shows; beside the file when only that can be renamed.
fn temporary_for(git_dir: &Path, folder: &Path, number: usize) -> PathBuf {
    let private = git_dir.join("qpp-incident");
    if is_same_file_system(&private, folder) {
        private.join(format!("document.{number}"))
    } else {
        folder.join(format!(".qpp-incident.{number}.tmp"))
    }
}

#[cfg(unix)]
fn is_same_file_system(one: &Path, two: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    device(one).is_some() && device(one) == device(two)
}

#[cfg(not(unix))]
fn is_same_file_system(_one: &Path, _two: &Path) -> bool {
    false
}
