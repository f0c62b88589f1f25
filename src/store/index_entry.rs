//! git's index: held by git's own lock while a commit is published, and changed in exactly the entries of that commit.
//! EFFECT (git2, `std::fs`). The new index is written under a private name; what else the user has staged stays as it was.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use git2::{Index, IndexEntry, IndexTime, ObjectType, Oid};

use crate::store::branch::BranchObstacle;
use crate::store::file_error::FileError;
use crate::store::index_bytes::IndexBytes;
use crate::store::lock::pause;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::store_error::{StoreError, unsupported_form};

/// How long another git command is waited for.
const WAIT: Duration = Duration::from_secs(2);

/// The bit of an index entry that says that a sparse checkout leaves the file out.
const SKIP_WORKTREE: u16 = 1 << 14;

/// The index, held and read; let go of, unchanged, when dropped.
pub(crate) struct IndexHold {
    index: Form,
    places: Places,
}

/// How the index was read.
enum Form {
    /// Every file has its entry already: the entries are replaced in place, which costs a tenth.
    Bytes(IndexBytes),
    /// Anything else.
    Git(Index),
}

/// Where the index and its companions are.
struct Places {
    index: PathBuf,
    /// git's lock: `index.lock`.
    lock: PathBuf,
    /// The second name of our lock: one that a killed process left is known as ours by it.
    own_lock: PathBuf,
    /// The new index until it is renamed into place.
    new: PathBuf,
}

impl Drop for Places {
    fn drop(&mut self) {
        for path in [&self.new, &self.lock, &self.own_lock] {
            let _gone_already = fs::remove_file(path);
        }
    }
}

impl IndexHold {
    /// Takes git's lock, reads the index and refuses one that is unmerged. The repository's lock must be held.
    /// `replaced`: the only files whose entries will be set, none of them new, gone or left out; empty when that is not known.
    pub(crate) fn take(store: &Store, wait: Option<Duration>, replaced: &[String]) -> Result<Self, RecordError> {
        let places = take_lock(store.git_dir(), wait.unwrap_or(WAIT))?;
        if let Some(bytes) = index_bytes(store, &places.index, replaced) {
            let mut asked = Index::new().map_err(|error| index_error(store, error))?;
            let filled = bytes.for_filters().iter().try_for_each(|entry| asked.add(entry));
            filled.and_then(|()| store.repository.set_index(&mut asked)).map_err(|error| index_error(store, error))?;
            return Ok(Self { index: Form::Bytes(bytes), places });
        }
        copy(&places.index, &places.new)?;
        let mut index = Index::open(&places.new).map_err(|error| index_error(store, error))?;
        if let Some(path) = unmerged(&index) {
            return Err(RecordError::Branch(BranchObstacle::Unmerged { path }));
        }
        store.repository.set_index(&mut index).map_err(|error| index_error(store, error))?;
        Ok(Self { index: Form::Git(index), places })
    }

    /// Sets a file's entry: the blob, and the file's stamp on disk so that git need not read it again.
    pub(crate) fn set(&mut self, path: &str, blob: Oid, mode: u32, stamp: Option<&Metadata>) -> Result<(), git2::Error> {
        let mut entry = IndexEntry { id: blob, mode, path: path.as_bytes().to_vec(), ..empty_entry() };
        if let Some(metadata) = stamp {
            stamped(&mut entry, metadata);
        }
        match &mut self.index {
            Form::Bytes(bytes) => bytes.replace(path, &entry).ok_or_else(|| not_named(path)),
            Form::Git(index) => {
                let old = index.get_path(Path::new(path), 0).filter(|_| stamp.is_none());
                entry.flags_extended = old.map_or(0, |entry| entry.flags_extended & SKIP_WORKTREE);
                index.add(&entry)
            }
        }
    }

    /// Removes a file's entry, if it has one.
    pub(crate) fn remove(&mut self, path: &str) -> Result<(), git2::Error> {
        match &mut self.index {
            Form::Bytes(_) => Err(not_named(path)),
            Form::Git(index) if index.get_path(Path::new(path), 0).is_some() => index.remove(Path::new(path), 0),
            Form::Git(_) => Ok(()),
        }
    }

    /// Puts the changed index into place and lets go of the lock.
    pub(crate) fn publish(self) -> Result<(), RecordError> {
        let place = |error| FileError::new("write", &self.places.index, error);
        match self.index {
            Form::Bytes(bytes) => {
                let bytes = bytes.finish().ok_or_else(|| place(io::ErrorKind::InvalidData.into()))?;
                fs::write(&self.places.new, bytes).map_err(place)?;
            }
            Form::Git(mut index) => index.write().map_err(|error| StoreError::git("write the index", error))?,
        }
        fs::rename(&self.places.new, &self.places.index).map_err(place)?;
        Ok(())
    }
}

impl Store {
    /// True when a sparse checkout leaves the file out of the work tree.
    pub(crate) fn is_left_out(&self, path: &str) -> bool {
        let index = Index::open(&self.git_dir().join("index")).ok();
        index.and_then(|index| index.get_path(Path::new(path), 0)).is_some_and(|entry| entry.flags_extended & SKIP_WORKTREE != 0)
    }
}

/// The index as its bytes, when these files alone are to be set and it is one that is known whole.
fn index_bytes(store: &Store, index: &Path, replaced: &[String]) -> Option<IndexBytes> {
    if replaced.is_empty() {
        return None;
    }
    let written = fs::metadata(index).and_then(|metadata| metadata.modified()).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let written = IndexTime::new(i32::try_from(written.as_secs()).ok()?, written.subsec_nanos());
    let mut bytes = IndexBytes::read(fs::read(index).ok()?, written, replaced)?;
    let oid = |content: &[u8]| Oid::hash_object(ObjectType::Blob, content).ok();
    bytes
        .mark_racy(|path, id| fs::read(store.root().join(path)).is_ok_and(|content| oid(&content).is_some_and(|oid| oid.as_bytes() == id)));
    Some(bytes)
}

fn not_named(path: &str) -> git2::Error {
    git2::Error::from_str(&format!("{path} was not among the files to be set"))
}

/// Takes `index.lock` by linking a private file to it: atomic, and known as ours for ever by that file.
fn take_lock(git_dir: &Path, wait: Duration) -> Result<Places, RecordError> {
    let folder = git_dir.join("qpp-incident");
    fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
    let (lock, own_lock) = (git_dir.join("index.lock"), folder.join("index.lock"));
    if is_same_file(&lock, &own_lock) {
        let _left_by_a_killed_process = fs::remove_file(&lock);
    }
    let _left_by_a_killed_process = fs::remove_file(&own_lock);
    File::create(&own_lock).map_err(|error| FileError::new("write", &own_lock, error))?;
    let mut waited = Duration::ZERO;
    loop {
        match link(&own_lock, &lock) {
            Ok(()) => return Ok(Places { index: git_dir.join("index"), lock, own_lock, new: folder.join("index.new") }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && waited < wait => waited += pause(5, 20),
            Err(error) => {
                let age = age(&own_lock, &lock);
                let _unused = fs::remove_file(&own_lock);
                return Err(match error.kind() {
                    io::ErrorKind::AlreadyExists => RecordError::IndexLocked { path: lock, age: age + waited },
                    _ => FileError::new("write", &lock, error).into(),
                });
            }
        }
    }
}

/// A second name for a file, or, where the file system has no such thing, a file of that name that was not there before.
fn link(own: &Path, lock: &Path) -> io::Result<()> {
    fs::hard_link(own, lock).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        _ => OpenOptions::new().write(true).create_new(true).open(lock).map(drop),
    })
}

/// How much older the lock is than our own file, which was made a moment ago.
fn age(own: &Path, lock: &Path) -> Duration {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let difference = modified(own).zip(modified(lock)).and_then(|(own, lock)| own.duration_since(lock).ok());
    difference.unwrap_or_default()
}

#[cfg(unix)]
fn is_same_file(one: &Path, two: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path: &Path| fs::symlink_metadata(path).map(|metadata| (metadata.dev(), metadata.ino()));
    place(one).ok().zip(place(two).ok()).is_some_and(|(one, two)| one == two)
}

#[cfg(not(unix))]
fn is_same_file(_one: &Path, _two: &Path) -> bool {
    false
}

/// Copies the index with its time, by which git tells entries that changed in the same instant; no index is an empty one.
fn copy(index: &Path, to: &Path) -> Result<(), FileError> {
    match fs::copy(index, to) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::new("write", to, error)),
    }
    let keep_time = || {
        let modified = fs::metadata(index)?.modified()?;
        OpenOptions::new().write(true).open(to)?.set_modified(modified)
    };
    keep_time().map_err(|error| FileError::new("write", to, error))
}

fn unmerged(index: &Index) -> Option<String> {
    if !index.has_conflicts() {
        return None;
    }
    let conflict = index.conflicts().ok()?.find_map(Result::ok)?;
    let entry = conflict.our.or(conflict.their).or(conflict.ancestor)?;
    Some(String::from_utf8_lossy(&entry.path).into_owned())
}

fn index_error(store: &Store, error: git2::Error) -> RecordError {
    let path = store.root().to_owned();
    let error = match unsupported_form(error.message()) {
        Some((what, hint)) => StoreError::Unsupported { path, what, hint },
        None => StoreError::git("read the index", error),
    };
    error.into()
}

fn empty_entry() -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: Oid::ZERO_SHA1,
        flags: 0,
        flags_extended: 0,
        path: Vec::new(),
    }
}

/// The stamp by which git tells that a file is unchanged; the index holds the low 32 bits of each number.
///
/// # Source
/// git's `Documentation/gitformat-index`.
#[cfg(unix)]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index holds the low 32 bits")]
fn stamped(entry: &mut IndexEntry, metadata: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    entry.ctime = IndexTime::new(metadata.ctime() as i32, metadata.ctime_nsec() as u32);
    entry.mtime = IndexTime::new(metadata.mtime() as i32, metadata.mtime_nsec() as u32);
    entry.dev = metadata.dev() as u32;
    entry.ino = metadata.ino() as u32;
    entry.uid = metadata.uid();
    entry.gid = metadata.gid();
    entry.file_size = metadata.size() as u32;
}

/// Without the system's numbers git reads the file once more by itself.
#[cfg(not(unix))]
fn stamped(_entry: &mut IndexEntry, _metadata: &Metadata) {}
