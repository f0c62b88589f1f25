//! A folder of incidents that git knows nothing of: an archive, an export, a checkout that belongs to another user.
//! EFFECT (`std::fs`). Reads; there is nothing here that could be committed.

use std::path::{Path, PathBuf};

use crate::store::file_error::FileError;
use crate::store::files::text_below;
use crate::store::paths::{INCIDENTS, IncidentPath, find_below_in, find_by_path_in, incidents_in};
use crate::store::repository::RepositoryChoice;

/// A folder with `incidents/` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainFolder {
    root: PathBuf,
}

impl PlainFolder {
    /// The folder at or above the place that the choice names which holds `incidents/`; none where there is none.
    pub fn find(choice: &RepositoryChoice) -> Option<Self> {
        let named = choice.directory.as_ref().or(choice.environment.as_ref());
        let start = named.map_or_else(|| choice.current_folder.clone(), |named| choice.current_folder.join(named));
        let root = start.ancestors().find(|folder| folder.join(INCIDENTS).is_dir())?;
        Some(Self { root: root.to_owned() })
    }

    /// The folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file; none when it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8.
    pub fn text(&self, relative: &str) -> Result<Option<String>, FileError> {
        text_below(&self.root, relative)
    }

    /// All incidents, the latest month and day first.
    pub fn incidents(&self) -> Vec<IncidentPath> {
        incidents_in(&self.root)
    }

    /// As `Store::find_below`.
    pub fn find_below(&self, current_folder: &Path, typed: &str) -> Option<(Vec<IncidentPath>, bool)> {
        find_below_in(&self.root, current_folder, typed)
    }

    /// The incidents that a path, an id, the start of an id or a part of a folder's name may mean.
    pub fn find_named(&self, current_folder: &Path, typed: &str) -> Vec<IncidentPath> {
        if let Some(found) = find_by_path_in(&self.root, current_folder, typed) {
            return vec![found];
        }
        let all = self.incidents();
        let id = typed.parse().ok();
        let by_id: Vec<IncidentPath> = all.iter().filter(|place| Some(&place.id) == id.as_ref()).cloned().collect();
        if !by_id.is_empty() {
            return by_id;
        }
        let part = typed.trim().to_lowercase();
        all.into_iter().filter(|place| part.contains(char::is_alphanumeric) && place.name().contains(&part)).collect()
    }
}
