//! What is flushed to the disk around a commit, by the setting `durability`: objects, the branch, and the files that name them.
//! EFFECT (git2, `std::fs`). Nothing is flushed for `none`, as git itself does not by default.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use git2::{ConfigLevel, Oid, Repository};

use crate::document::config::Durability;
use crate::store::file_error::FileError;
use crate::store::planned_file::PlannedFile;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// git's own switch: with it the branch file is flushed before its rename, and its folder after.
const SWITCH: &str = "[core]\n\tfsyncObjectFiles = true\n";

/// Flushes a file's content where anything is to be flushed.
pub(crate) fn sync(file: &File, durability: Durability) -> io::Result<()> {
    if durability == Durability::None { Ok(()) } else { file.sync_all() }
}

/// Flushes the names in a folder.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened, and its names are as safe as the system makes them.
#[cfg(not(unix))]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::metadata(folder).map(drop)
}

impl Store {
    /// Flushes the new objects of these commits: all by one flush where the file system writes them before it (`normal`
    /// there), else one by one; for `full` the folders that name them as well.
    ///
    /// # Errors
    /// The disk took one of them not: nothing refers to it yet.
    ///
    /// # Source
    /// git-config(1) `core.fsyncMethod`.
    pub(crate) fn sync_objects(&self, durability: Durability, commits: &[Oid], files: &[PlannedFile]) -> Result<(), FileError> {
        if durability == Durability::None {
            return Ok(());
        }
        let objects = self.loose_objects(commits, files);
        let as_one = durability == Durability::Normal && is_ordered(&self.common_dir().join("objects"));
        for (number, path) in objects.iter().enumerate().rev() {
            let failed = |error| FileError::new("write", path, error);
            let file = File::open(path).map_err(failed)?;
            if as_one && number > 0 { start_writing(&file) } else { file.sync_all() }.map_err(failed)?;
            if let (Durability::Full, Some(folder)) = (durability, path.parent()) {
                sync_folder(folder).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// The files of the objects that these commits may have made: the commits, the trees above the files, and the blobs.
    fn loose_objects(&self, commits: &[Oid], files: &[PlannedFile]) -> Vec<PathBuf> {
        let mut oids = BTreeSet::new();
        for commit in commits {
            let Ok(tree) = self.repository.find_commit(*commit).and_then(|commit| commit.tree()) else { continue };
            oids.extend([*commit, tree.id()]);
            for file in files {
                let mut above = Some(tree.clone());
                for name in file.path.split('/') {
                    let Some(id) = above.and_then(|tree| Some(tree.get_name(name)?.id())) else { break };
                    oids.insert(id);
                    above = self.repository.find_tree(id).ok();
                }
            }
        }
        let objects = self.common_dir().join("objects");
        let path = |oid: Oid| {
            let name = oid.to_string();
            let (folder, file) = name.split_at(2);
            objects.join(folder).join(file)
        };
        oids.into_iter().map(path).filter(|path| path.is_file()).collect()
    }

    /// Another hold on the repository, whose branches are flushed: the file before its rename, the folder after it. libgit2 has one
    /// switch for branches and objects, and the objects are flushed already, by fewer flushes.
    pub(crate) fn flushing(&self) -> Result<Repository, StoreError> {
        let failed = |error| StoreError::git("move the branch", error);
        let switch = self.git_dir().join("qpp-incident").join("flush.config");
        if fs::read(&switch).ok().as_deref() != Some(SWITCH.as_bytes()) {
            fs::write(&switch, SWITCH).map_err(|error| failed(git2::Error::from_str(&error.to_string())))?;
        }
        let repository = Repository::open(self.git_dir()).map_err(failed)?;
        repository.config().and_then(|mut config| config.add_file(&switch, ConfigLevel::App, true)).map_err(failed)?;
        Ok(repository)
    }
}

/// True for a file system that writes the content of files before the journal that names them, so that one flush is enough.
#[cfg(target_os = "linux")]
fn is_ordered(folder: &Path) -> bool {
    const EXT4: u64 = 0xef53;
    let kind = File::open(folder).ok().and_then(|folder| rustix::fs::fstatfs(folder).ok());
    kind.is_some_and(|kind| u64::try_from(kind.f_type).is_ok_and(|kind| kind == EXT4))
}

#[cfg(not(target_os = "linux"))]
fn is_ordered(_folder: &Path) -> bool {
    false
}

/// Has the system begin to write a file, so that the next flush of any file waits for it too.
#[cfg(target_os = "linux")]
fn start_writing(file: &File) -> io::Result<()> {
    Ok(rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?)
}

#[cfg(not(target_os = "linux"))]
fn start_writing(file: &File) -> io::Result<()> {
    file.sync_all()
}
