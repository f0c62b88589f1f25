//! New texts of documents: written under private names before the branch moves, renamed into place after.
//! EFFECT (`std::fs`). What is not placed in the end leaves nothing behind.

use std::fs::{self, File, OpenOptions};
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

/// Files that are written and not yet in place. Dropped before they are placed, it removes what it made.
pub(crate) struct PreparedFiles {
    files: Vec<Prepared>,
    made_folders: Vec<PathBuf>,
    keep_folders: bool,
}

impl PreparedFiles {
    /// Chooses the private names for these files, and writes nothing yet.
    pub(crate) fn named<'a>(store: &Store, paths: impl Iterator<Item = &'a str>) -> Self {
        let name = |(number, path): (usize, &str)| {
            let target = store.root().join(path);
            let folder = target.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(store.root());
            Prepared { path: path.to_owned(), temporary: temporary_for(store.git_dir(), folder, number), target: target.clone() }
        };
        Self { files: paths.enumerate().map(name).collect(), made_folders: Vec::new(), keep_folders: false }
    }

    /// Writes one of these files under its private name. Everything that can fail for want of space or permission fails here.
    pub(crate) fn prepare(&mut self, path: &str, content: &[u8]) -> Result<(), FileError> {
        let Some(file) = self.files.iter().find(|file| file.path == path) else { return Ok(()) };
        let (temporary, target) = (file.temporary.clone(), file.target.clone());
        let folder = target.parent().unwrap_or(&target).to_owned();
        self.make_folder(&folder)?;
        let unnamed = tempfile::tempfile_in(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        drop(unnamed); // the folder can be written to
        let failed = |error| FileError::new("write", &target, error);
        let _left_by_a_killed_process = fs::remove_file(&temporary);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&temporary).map_err(failed)?;
        file.write_all(content).map_err(failed)?;
        if let Ok(metadata) = fs::metadata(&target) {
            file.set_permissions(metadata.permissions()).map_err(failed)?;
        }
        Ok(())
    }

    /// Where a file's new text lies until it is placed.
    pub(crate) fn temporary(&self, path: &str) -> Option<PathBuf> {
        self.files.iter().find(|file| file.path == path).map(|file| file.temporary.clone())
    }

    /// Flushes the new texts, and nothing else.
    pub(crate) fn sync(&self) -> Result<(), FileError> {
        self.files.iter().try_for_each(|file| {
            let flushed = File::open(&file.temporary).and_then(|opened| opened.sync_all());
            flushed.map_err(|error| FileError::new("write", &file.target, error))
        })
    }

    /// Writes another text under a file's private name.
    pub(crate) fn rewrite(&self, path: &str, content: &[u8]) -> Result<(), FileError> {
        let Some(file) = self.files.iter().find(|file| file.path == path) else { return Ok(()) };
        let written = OpenOptions::new().write(true).truncate(true).open(&file.temporary).and_then(|mut opened| opened.write_all(content));
        written.map_err(|error| FileError::new("write", &file.target, error))
    }

    /// Renames one file into place; the folders made for it stay.
    pub(crate) fn place_one(&mut self, path: &str) -> Result<(), FileError> {
        self.keep_folders = true;
        let Some(at) = self.files.iter().position(|file| file.path == path) else { return Ok(()) };
        let file = self.files.swap_remove(at);
        fs::rename(&file.temporary, &file.target).map_err(|error| {
            let failed = FileError::new("write", &file.target, error);
            self.files.push(file);
            failed
        })
    }

    /// Lets go of nothing: what a killed process would have left, which the next command finishes.
    pub(crate) fn leave(mut self) {
        self.keep_folders = true;
        self.files.clear();
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

/// Removes from the work tree what went from the branch, and the folders that are empty then.
pub(crate) fn remove_file(root: &Path, path: &str) {
    let place = root.join(path);
    let _seen_again_as_untracked = fs::remove_file(&place);
    remove_empty_folders(root, path);
}

/// Those who may read a file may run it, or may no longer. What fails here is seen by `git status`.
#[cfg(unix)]
pub(crate) fn set_executable(root: &Path, path: &str, executable: bool) {
    use std::os::unix::fs::PermissionsExt;
    let place = root.join(path);
    let Ok(metadata) = fs::symlink_metadata(&place) else { return };
    let mut permissions = metadata.permissions();
    let mode = permissions.mode() & 0o7666;
    permissions.set_mode(if executable { mode | (mode & 0o444) >> 2 } else { mode });
    if metadata.is_file() && permissions != metadata.permissions() {
        let _git_status_shows_it = fs::set_permissions(&place, permissions);
    }
}

#[cfg(not(unix))]
pub(crate) fn set_executable(_root: &Path, _path: &str, _executable: bool) {}

/// Removes the folders above a file that is gone or never came, up to the first that holds something.
pub(crate) fn remove_empty_folders(root: &Path, path: &str) {
    let place = root.join(path);
    let mut above = place.ancestors().skip(1).take_while(|folder| *folder != root);
    let _until_one_holds_something = above.try_for_each(fs::remove_dir);
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
