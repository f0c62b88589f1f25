//! Reading files of the repository, and the scratch files that an editor gets.
//! EFFECT (`std::fs`). Documents are written by `record` alone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::file_error::{FileError, utf8};
use crate::store::placed_files::PreparedFiles;
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

/// The text of a file below a folder; none when it is not there.
///
/// # Errors
/// It cannot be read, or is not UTF-8.
pub fn text_below(root: &Path, relative: &str) -> Result<Option<String>, FileError> {
    match read_named(&root.join(relative)) {
        Ok(text) => Ok(Some(text)),
        Err(FileError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Store {
    /// The text of a file of the work tree; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn text(&self, relative: &str) -> Result<Option<String>, FileError> {
        text_below(self.root(), relative)
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

    /// As [`Store::write_scratch`], beside a file of that name that an earlier edit has left: `NAME.md`, `NAME.2.md`.
    ///
    /// # Errors
    /// No space or no permission.
    pub fn fresh_scratch(&self, name: &str, text: &str) -> Result<PathBuf, FileError> {
        let folder = self.git_dir().join("qpp-incident").join("edit");
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "md"));
        let numbered = (2..).map(|number: u32| format!("{stem}.{number}.{ending}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !folder.join(name).exists());
        self.write_scratch(&free.unwrap_or_else(|| name.to_owned()), text)
    }

    /// Puts a text in the place of one that no command can read, if it still stands as it was seen.
    ///
    /// # Errors
    /// It was changed in between, is a symbolic link, or cannot be written.
    pub fn replace_text(&self, relative: &str, seen: &str, text: &str) -> Result<(), FileError> {
        let path = self.root().join(relative);
        if self.bytes_on_disk(relative)?.as_deref() != Some(seen.as_bytes()) {
            let source = std::io::Error::other("it was changed in between");
            return Err(FileError::Other { doing: "write", path, source });
        }
        let mut prepared = PreparedFiles::named(self, std::iter::once(relative));
        prepared.prepare(relative, text.as_bytes())?;
        prepared.place_one(relative)
    }

    /// True for a file that [`Store::write_scratch`] has made.
    pub fn is_scratch(&self, path: &Path) -> bool {
        let folder = self.git_dir().join("qpp-incident").join("edit");
        path.parent()
            .and_then(|parent| parent.canonicalize().ok())
            .is_some_and(|parent| folder.canonicalize().is_ok_and(|own| own == parent))
    }

    /// Removes a scratch file; one that is gone already is no error.
    pub fn remove_scratch(&self, path: &Path) {
        let _gone_already = fs::remove_file(path);
    }
}
