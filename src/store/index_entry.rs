//! git's index: held by git's own lock while a commit is published, and changed in exactly the entries of that commit.
//! EFFECT (git2, `std::fs`). The new index is written under a private name; what else the user has staged stays as it was.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use git2::{Index, IndexEntry, IndexTime, ObjectType, Oid};

use crate::document::config::Durability;
use crate::store::attributes::is_attribute_file;
use crate::store::branch::BranchObstacle;
use crate::store::file_error::FileError;
use crate::store::index_bytes::IndexBytes;
use crate::store::index_entries::{SKIP_WORKTREE, is_left_out};
use crate::store::index_form::{IndexForm, open_copy};
use crate::store::lock::pause;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::seconds::{second, seem_no_younger};
use crate::store::store_error::StoreError;

/// How long another git command is waited for.
const WAIT: Duration = Duration::from_secs(2);

/// The index, held and read; let go of, unchanged, when dropped.
pub(crate) struct IndexHold {
    index: Form,
    /// As git had written it.
    form: IndexForm,
    /// The top of the work tree.
    root: PathBuf,
    places: Places,
}

/// How the index was read.
enum Form {
    /// Every file has its entry already: the entries are replaced in place, which costs a tenth.
    Bytes(Box<IndexBytes>),
    /// Anything else.
    Git(Index),
}

/// What a file's entry becomes.
pub(crate) struct NewEntry<'a> {
    /// The file, relative to the root.
    pub path: &'a str,
    /// The committed content; none removes the entry.
    pub blob: Option<Oid>,
    /// Committed as executable.
    pub executable: bool,
    /// The stamp of the file that holds that content, so that git need not read it again; none where no file does.
    pub stamp: Option<Metadata>,
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
    /// Nothing is let go of: the next command finishes what could not be finished.
    is_left: bool,
}

impl Drop for Places {
    fn drop(&mut self) {
        for path in [&self.new, &self.lock, &self.own_lock] {
            if !self.is_left {
                let _gone_already = fs::remove_file(path);
            }
        }
    }
}

impl IndexHold {
    /// Takes git's lock, reads the index and refuses one that is unmerged. The repository's lock must be held.
    /// `set`: the only files whose entries will be set, none of them gone or left out; empty when that is not known.
    pub(crate) fn take(store: &Store, wait: Option<Duration>, set: &[String]) -> Result<Self, RecordError> {
        let places = take_lock(store.git_dir(), wait.unwrap_or(WAIT))?;
        if let Some(bytes) = index_bytes(store, &places, set) {
            let mut asked = Index::new().map_err(index_error)?;
            let filled = bytes.for_filters().iter().try_for_each(|entry| asked.add(entry));
            filled.and_then(|()| store.repository.set_index(&mut asked)).map_err(index_error)?;
            return Ok(Self { index: Form::Bytes(Box::new(bytes)), form: IndexForm::Plain, root: store.root().to_owned(), places });
        }
        copy(&places.index, &places.new)?;
        let (mut index, form) = open_copy(store, &places.new)?;
        mark_racy(store, &mut index, &places.index)?;
        if let Some(path) = unmerged(&index) {
            return Err(RecordError::Branch(BranchObstacle::Unmerged { path }));
        }
        store.repository.set_index(&mut index).map_err(index_error)?;
        Ok(Self { index: Form::Git(index), form, root: store.root().to_owned(), places })
    }

    /// The blob of a file's entry as it was read; none when it has none.
    pub(crate) fn blob_of(&self, path: &str) -> Option<Oid> {
        match &self.index {
            Form::Bytes(bytes) => bytes.for_filters().iter().find(|entry| entry.path == path.as_bytes()).map(|entry| entry.id),
            Form::Git(index) => index.get_path(Path::new(path), 0).map(|entry| entry.id),
        }
    }

    /// The paths of the attribute files that are in the index; none when it takes long to find them.
    pub(crate) fn attribute_files(&self) -> Option<impl Iterator<Item = &[u8]>> {
        let Form::Bytes(bytes) = &self.index else { return None };
        Some(bytes.for_filters().iter().map(|entry| entry.path.as_slice()).filter(|path| is_attribute_file(path)))
    }

    /// Writes the new index under its private name. Everything that can fail for want of space fails here, before the branch moves.
    pub(crate) fn prepare(&mut self, entries: &[NewEntry<'_>], durability: Durability) -> Result<(), RecordError> {
        self.set_all(entries)?;
        let place = |error| FileError::new("write", &self.places.index, error);
        match &mut self.index {
            Form::Bytes(bytes) => {
                let bytes = bytes.unfinished().ok_or_else(|| place(io::ErrorKind::InvalidData.into()))?;
                fs::write(&self.places.new, bytes).map_err(place)?;
            }
            Form::Git(index) => index.write().map_err(|error| StoreError::git("write the index", error))?,
        }
        if durability == Durability::Full {
            File::open(&self.places.new).and_then(|file| file.sync_all()).map_err(place)?;
        }
        Ok(())
    }

    /// Puts the new index, with the stamps that the files have in their places, into its own place and lets go of the lock.
    /// What fails here leaves it all to the next command.
    pub(crate) fn publish(mut self, entries: &[NewEntry<'_>]) -> Result<(), RecordError> {
        self.places.is_left = true;
        self.set_all(entries)?;
        let place = |error| FileError::new("write", &self.places.index, error);
        match &mut self.index {
            Form::Bytes(bytes) => {
                bytes.finish().ok_or_else(|| place(io::ErrorKind::InvalidData.into()))?;
                let mut file = OpenOptions::new().write(true).open(&self.places.new).map_err(place)?;
                for (start, part) in bytes.replaced().unwrap_or_default() {
                    file.seek(SeekFrom::Start(start as u64)).and_then(|_| file.write_all(part)).map_err(place)?;
                }
                bytes.unsettled().map_or(Ok(()), |second| seem_no_younger(&file, second)).map_err(place)?;
            }
            Form::Git(index) => index.write().map_err(|error| StoreError::git("write the index", error))?,
        }
        self.form.restore(&self.root, &self.places.new);
        fs::rename(&self.places.new, &self.places.index).map_err(place)?;
        self.places.is_left = false;
        Ok(())
    }

    /// Lets go of nothing: what a killed process would have left, which the next command finishes.
    pub(crate) fn leave(mut self) {
        self.places.is_left = true;
    }

    fn set_all(&mut self, entries: &[NewEntry<'_>]) -> Result<(), StoreError> {
        let set = entries.iter().try_for_each(|entry| self.set(entry));
        set.map_err(|error| StoreError::git("write the index", error))
    }

    fn set(&mut self, new: &NewEntry<'_>) -> Result<(), git2::Error> {
        let path = Path::new(new.path);
        let Some(blob) = new.blob else {
            return match &mut self.index {
                Form::Bytes(_) => Err(not_named(new.path)),
                Form::Git(index) if index.get_path(path, 0).is_some() => index.remove(path, 0),
                Form::Git(_) => Ok(()),
            };
        };
        let mode = if new.executable { 0o100_755 } else { 0o100_644 };
        let mut entry = IndexEntry { id: blob, mode, path: new.path.as_bytes().to_vec(), ..empty_entry() };
        if let Some(metadata) = &new.stamp {
            stamped(&mut entry, metadata);
        }
        match &mut self.index {
            Form::Bytes(bytes) => bytes.replace(new.path, &entry).ok_or_else(|| not_named(new.path)),
            Form::Git(index) => {
                let old = index.get_path(path, 0).filter(|_| new.stamp.is_none());
                entry.flags_extended = old.map_or(0, |entry| entry.flags_extended & SKIP_WORKTREE);
                index.add(&entry)
            }
        }
    }
}

impl Store {
    /// True when a sparse checkout leaves the file out of the work tree.
    pub(crate) fn is_left_out(&self, path: &str) -> bool {
        self.index().ok().and_then(|index| index.get_path(Path::new(path), 0)).is_some_and(|entry| is_left_out(&entry))
    }
}

/// The index as its bytes, when these files alone are to be set and it is one that is known whole.
fn index_bytes(store: &Store, places: &Places, set: &[String]) -> Option<IndexBytes> {
    if set.is_empty() || !store.has_sha1_names() {
        return None;
    }
    let mut bytes = IndexBytes::read(store.index_memory.read(&places.index).ok()?, second(&fs::metadata(&places.index).ok()?)?, set)?;
    let mut content = Vec::new();
    let is_same = |path: &str, id: &[u8], size: u32| {
        // Who writes often has many such files: one call reads each, and one byte more would tell a longer one.
        content.resize(usize::try_from(size).unwrap_or_default() + 1, 0);
        let length = File::open(store.root().join(path)).and_then(|mut file| file.read(&mut content)).unwrap_or(content.len());
        let oid = content.get(..length).and_then(|content| Oid::hash_object(ObjectType::Blob, content).ok());
        oid.is_some_and(|oid| oid.as_bytes() == id)
    };
    // Our lock was made a moment ago, by the clock of the same file system.
    bytes.mark_racy(second(&fs::metadata(&places.own_lock).ok()?)?, is_same);
    Some(bytes)
}

/// git compares stamps by the second: a file that was changed in the second of the index, to another content of the same length,
/// is known by that second alone. Once the index is written anew it would pass for unchanged, so it is marked now, as git marks it.
///
/// # Source
/// git's `Documentation/technical/racy-git`.
fn mark_racy(store: &Store, index: &mut Index, place: &Path) -> Result<(), RecordError> {
    let written = fs::metadata(place).and_then(|metadata| metadata.modified()).ok();
    let Some(written) = written.and_then(|at| at.duration_since(UNIX_EPOCH).ok()) else { return Ok(()) };
    let is_racy = |entry: &IndexEntry| u64::try_from(entry.mtime.seconds()).is_ok_and(|at| at >= written.as_secs());
    let racy: Vec<IndexEntry> = index.iter().filter(|entry| is_racy(entry) && entry.file_size > 0).collect();
    for entry in racy {
        let content = std::str::from_utf8(&entry.path).ok().and_then(|path| fs::read(store.root().join(path)).ok());
        let name = content.and_then(|content| Oid::hash_object_ext(ObjectType::Blob, &content, store.repository.object_format()).ok());
        if name != Some(entry.id) {
            index.add(&IndexEntry { file_size: 0, ..entry }).map_err(index_error)?;
        }
    }
    Ok(())
}

fn not_named(path: &str) -> git2::Error {
    git2::Error::from_str(&format!("{path} was not among the files to be set"))
}

/// Takes `index.lock` by linking a private file to it: atomic, and known as ours for ever by that file.
fn take_lock(git_dir: &Path, wait: Duration) -> Result<Places, RecordError> {
    let folder = git_dir.join("qpp-incident");
    fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
    remove_left_behind(git_dir);
    let (lock, own_lock, new) = (git_dir.join("index.lock"), folder.join("index.lock"), folder.join("index.new"));
    File::create(&own_lock).map_err(|error| FileError::new("write", &own_lock, error))?;
    let mut waited = Duration::ZERO;
    loop {
        match link(&own_lock, &lock) {
            Ok(()) => return Ok(Places { index: git_dir.join("index"), lock, own_lock, new, is_left: false }),
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

/// Removes git's lock where a killed process of ours has left it, known by its second name, and its private copies.
pub(crate) fn remove_left_behind(git_dir: &Path) {
    let folder = git_dir.join("qpp-incident");
    let (lock, own_lock) = (git_dir.join("index.lock"), folder.join("index.lock"));
    if is_same_file(&lock, &own_lock) {
        let _left_by_a_killed_process = fs::remove_file(&lock);
    }
    // Where there is no second name nobody was killed.
    if fs::remove_file(&own_lock).is_ok() {
        remove_private_copies(git_dir);
    }
}

/// Removes what a killed process has written under private names.
pub(crate) fn remove_private_copies(git_dir: &Path) {
    let names = fs::read_dir(git_dir.join("qpp-incident")).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let is_private = |path: &PathBuf| {
        path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with("index.") || name.starts_with("document."))
    };
    for left_by_a_killed_process in names.filter(is_private) {
        let _gone_already = fs::remove_file(left_by_a_killed_process);
    }
}

/// Whether git's lock was taken by one of us: who holds it now, or was killed.
pub(crate) fn is_held_by_us(git_dir: &Path) -> bool {
    git_dir.join("qpp-incident").join("index.lock").exists()
}

/// A second name for a file, or, where the file system has no such thing, a file of that name that was not there before.
fn link(own: &Path, lock: &Path) -> io::Result<()> {
    fs::hard_link(own, lock).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        _ => OpenOptions::new().write(true).create_new(true).open(lock).map(drop),
    })
}

/// How much older the lock is than our own file, which was made a moment ago.
pub(crate) fn age(own: &Path, lock: &Path) -> Duration {
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

fn index_error(error: git2::Error) -> RecordError {
    StoreError::git("read the index", error).into()
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
