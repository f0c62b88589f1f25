//! Kept entries: finished entries that could not be committed yet, synced in the git folder until a command folds them in.
//! EFFECT (`std::fs`). Decides nothing about whether an entry may be kept; their written form is in `kept_form`.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::store::durability::sync_folder;
use crate::store::file_error::FileError;
use crate::store::kept_entry::KeptEntry;
use crate::store::kept_form;
use crate::store::repository::Store;

/// A kept entry and the file that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Where it is kept, absolute.
    pub file: PathBuf,
    /// The entry; none when the file cannot be read as one.
    pub entry: Option<KeptEntry>,
}

impl Store {
    /// Keeps an entry, synced to the disk, and says where.
    ///
    /// # Errors
    /// No space or no permission: nothing was kept.
    pub fn keep(&self, kept: &KeptEntry) -> Result<PathBuf, FileError> {
        let folder = self.kept_folder();
        fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        let mut random = [0_u8; 8];
        let _without_randomness_by_time = getrandom::fill(&mut random);
        let name = format!("{:011}-{:016x}", kept.recorded_at.seconds(), u64::from_le_bytes(random));
        let file = folder.join(format!("{name}.json"));
        let temporary = folder.join(format!("{name}.tmp"));
        let written = write_synced(&temporary, &kept_form::write(kept)).and_then(|()| fs::rename(&temporary, &file));
        if let Err(error) = written.and_then(|()| sync_folder(&folder)) {
            let _not_there_either = fs::remove_file(&temporary);
            return Err(FileError::new("write", &file, error));
        }
        Ok(file)
    }

    /// All kept entries, the oldest first.
    pub fn kept(&self) -> Vec<KeptFile> {
        let Ok(entries) = fs::read_dir(self.kept_folder()) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
        files.sort();
        let read = |file: &Path| fs::read_to_string(file).ok().and_then(|text| kept_form::read(&text));
        files.into_iter().map(|file| KeptFile { entry: read(&file), file }).collect()
    }

    /// Shared by all work trees.
    fn kept_folder(&self) -> PathBuf {
        self.common_dir().join("qpp-incident").join("pending")
    }
}

/// Removes the files of entries that are committed. One that stays is found in the document by the next command.
pub(crate) fn forget_kept(files: &[PathBuf]) {
    for file in files {
        let _found_in_the_document_next_time = fs::remove_file(file);
    }
}

fn write_synced(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
