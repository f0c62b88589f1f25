//! The merge driver in this clone's own settings: git does not carry it along when a repository is cloned.
//! EFFECT (git2). The merge itself is in `document`.

use std::fs;
use std::path::Path;

use crate::store::file_error::FileError;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The attributes of everything under `incidents/`, relative to the root.
pub(crate) const ATTRIBUTES_PATH: &str = "incidents/.gitattributes";

/// What git calls. With the program gone, git's own merge of text, so that neither side is lost.
const DRIVER: &str = "qpp-incident merge-driver %O %A %B %P || git merge-file %A %O %B";

/// Writes the result where git looks for it: the file that held our version.
///
/// # Errors
/// It cannot be written.
pub fn write_merged(path: &Path, text: &str) -> Result<(), FileError> {
    fs::write(path, text).map_err(|error| FileError::new("write", path, error))
}

impl Store {
    /// Adds the merge driver to this clone's settings where the attribute asks for it and the settings lack it.
    /// True when it was added.
    ///
    /// # Errors
    /// The settings cannot be written.
    pub fn ensure_merge_driver(&self) -> Result<bool, StoreError> {
        let failed = |error| StoreError::git("install the merge driver", error);
        let config = self.settings().map_err(failed)?;
        let installed = config.get_string("merge.qpp-incident.driver").is_ok();
        if installed || !self.root().join(ATTRIBUTES_PATH).is_file() {
            return Ok(false);
        }
        self.set_in_clone("merge.qpp-incident.name", "incidents, merged by structure").map_err(failed)?;
        self.set_in_clone("merge.qpp-incident.driver", DRIVER).map_err(failed)?;
        Ok(true)
    }
}
