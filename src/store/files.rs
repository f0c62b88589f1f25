//! Reading files of the repository, and the scratch files that an editor gets.
//! EFFECT (`std::fs`). Documents are written by `record` alone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::file_error::{FileError, utf8};
use crate::store::repository::{CONFIG_PATH, Store};

/// The on-call directory, relative to the root.
pub const TEAMS_PATH: &str = "incidents/teams.yaml";

/// Reads any file that a person named on the command line.
///
/// # Errors
/// It is not there, cannot be read, or is not UTF-8.
pub fn read_named(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
    utf8(path, bytes)
}

impl Store {
    /// The text of a file of the work tree; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn text(&self, relative: &str) -> Result<Option<String>, FileError> {
        match read_named(&self.root().join(relative)) {
            Ok(text) => Ok(Some(text)),
            Err(FileError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The text of a file as it is committed; none when it is not, or is no UTF-8.
    pub fn committed_text(&self, relative: &str) -> Option<String> {
        let entry = self.tip_tree()?.get_path(Path::new(relative)).ok()?;
        let blob = self.repository.find_blob(entry.id()).ok()?;
        String::from_utf8(blob.content().to_vec()).ok()
    }

    /// The bytes of a file of the work tree, text or not; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn bytes(&self, relative: &str) -> Result<Option<Vec<u8>>, FileError> {
        let path = self.root().join(relative);
        match fs::read(&path).map_err(|error| FileError::new("read", &path, error)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(FileError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `incidents/config.yaml`; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn config_text(&self) -> Result<Option<String>, FileError> {
        self.text(CONFIG_PATH)
    }

    /// `incidents/teams.yaml`; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn teams_text(&self) -> Result<Option<String>, FileError> {
        self.text(TEAMS_PATH)
    }

    /// The repository's own template of that name (`incident.md`); none when the built-in one serves.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn template(&self, name: &str) -> Result<Option<String>, FileError> {
        self.text(&format!("templates/{name}"))
    }

    /// Writes a text where an editor can change it, in the git folder, and says where. It stays until
    /// [`Store::remove_scratch`], so that a refused edit is not lost.
    ///
    /// # Errors
    /// No space or no permission.
    pub fn write_scratch(&self, name: &str, text: &str) -> Result<PathBuf, FileError> {
        let folder = self.git_dir().join("qpp-incident").join("edit");
        fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| FileError::new("write", &path, error))?;
        Ok(path)
    }

    /// Removes a scratch file; one that is gone already is no error.
    pub fn remove_scratch(&self, path: &Path) {
        let _gone_already = fs::remove_file(path);
    }
}
