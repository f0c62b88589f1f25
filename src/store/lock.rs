//! The lock that puts the writers of one clone in a row. It dies with its process: `flock`, never a PID file.
//! EFFECT (`std::fs`). Guards nothing by itself: the compare-and-swap on the branch does.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::store::file_error::FileError;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::turn::{Holder, Turn};

/// How long other writers are waited for: as long as they live, and at most so long.
const WAIT: Duration = Duration::from_secs(30);

/// After so long the person is told for whom they wait.
const SILENT: Duration = Duration::from_millis(500);

/// Held while it lives.
pub(crate) struct RepositoryLock {
    _file: File,
}

impl RepositoryLock {
    /// Takes the lock of the repository, after everybody who has it now, within `wait` or 30 s; refuses at once what a hook calls
    /// whose own git holds the index until the hook ends.
    pub(crate) fn take(store: &Store, turn: &Turn, wait: Option<Duration>) -> Result<Self, RecordError> {
        match turn.index.as_deref().filter(|index| is_lock_in(store.git_dir(), index)) {
            Some(index) if !turn.inside_hook => Err(RecordError::InsideGit { path: index.to_owned() }),
            _ => Self::take_in(store.common_dir(), turn, wait),
        }
    }

    /// As [`RepositoryLock::take`], in a common git folder.
    fn take_in(common_dir: &Path, turn: &Turn, wait: Option<Duration>) -> Result<Self, RecordError> {
        if turn.inside_hook {
            return Err(RecordError::InsideHook);
        }
        let folder = common_dir.join("qpp-incident");
        fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        let path = folder.join("lock");
        let failed = |error| FileError::new("write", &path, error);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        let wait = wait.unwrap_or(WAIT);
        let started = Instant::now();
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => {
                    sign(&mut file, &turn.command);
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(failed(error).into()),
            }
            let waited = started.elapsed();
            if waited >= wait {
                return Err(RecordError::LockHeld { holder: holder(&mut file), waited });
            }
            if waited >= SILENT && !told {
                (turn.tell)(&waiting_for(holder(&mut file).as_ref(), wait));
                told = true;
            }
            pause(5, 20);
        }
    }
}

/// Whether an index is the one that git makes while it holds the lock of this work tree's: `index.lock` itself or `next-index-1.lock`.
///
/// # Source
/// git's `builtin/commit.c`, `prepare_index`.
fn is_lock_in(git_dir: &Path, index: &Path) -> bool {
    let is_there = |folder: &Path| folder.canonicalize().ok() == git_dir.canonicalize().ok() && folder.join("index.lock").exists();
    index.extension().is_some_and(|extension| extension == "lock") && index.parent().is_some_and(is_there)
}

fn waiting_for(holder: Option<&Holder>, wait: Duration) -> String {
    let who = holder.map(|holder| format!(" ({holder})")).unwrap_or_default();
    format!("waiting for another qpp-incident{who} to finish, {} s at most", wait.as_secs())
}

/// Writes who holds it, for whoever waits. The lock holds without it, so a full disk is no reason to fail here.
fn sign(file: &mut File, command: &str) {
    let text = format!("{} {command}\n", std::process::id());
    let _told_at_least_tried = file.set_len(0).and_then(|()| file.write_all(text.as_bytes()));
}

fn holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    let (process, command) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    Some(Holder { process: process.parse().ok()?, command: command.to_owned() })
}

/// Sleeps between `least` and `least + spread` milliseconds, and says how long.
pub(crate) fn pause(least: u64, spread: u64) -> Duration {
    let mut random = [0_u8; 2];
    let _without_randomness_no_jitter = getrandom::fill(&mut random);
    let length = Duration::from_millis(least + u64::from(u16::from_le_bytes(random)) % spread.max(1));
    std::thread::sleep(length);
    length
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use std::sync::Mutex;

    use super::*;

    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

    fn turn(command: &str) -> Turn {
        Turn { command: command.to_owned(), inside_hook: false, index: None, tell: |line| TOLD.lock().unwrap().push(line.to_owned()) }
    }

    #[test]
    fn a_second_writer_waits_and_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = RepositoryLock::take_in(folder.path(), &turn("sync"), None).unwrap();
        let refused = RepositoryLock::take_in(folder.path(), &turn("log"), Some(Duration::from_millis(1)));
        let Err(error @ RecordError::LockHeld { .. }) = refused else { panic!("not refused") };
        let process = std::process::id();
        assert_eq!(error.to_string(), format!("another qpp-incident is writing (process {process}: sync); it was waited for 0 s"));
        assert!(error.keeps_entry());
        assert!(TOLD.lock().unwrap().is_empty(), "half a second is nothing to speak of");
        let refused = RepositoryLock::take_in(folder.path(), &turn("log"), Some(Duration::from_millis(600)));
        assert!(matches!(refused, Err(RecordError::LockHeld { .. })));
        let told = TOLD.lock().unwrap().clone();
        assert_eq!(told, [format!("waiting for another qpp-incident (process {process}: sync) to finish, 0 s at most")]);
        drop(first);
        // Another test's child holds what this process has open until it becomes another program.
        assert!(RepositoryLock::take_in(folder.path(), &turn("log"), Some(Duration::from_secs(10))).is_ok());
    }

    #[test]
    fn a_writer_in_a_hook_of_a_writer_is_refused_before_it_waits() {
        let folder = tempfile::tempdir().unwrap();
        let inside = Turn { inside_hook: true, ..turn("log") };
        let Err(error) = RepositoryLock::take_in(folder.path(), &inside, None) else { panic!("not refused") };
        assert!(matches!(error, RecordError::InsideHook) && !error.keeps_entry());
        assert!(!folder.path().join("qpp-incident").exists(), "nothing was touched");
    }

    #[test]
    fn who_holds_it_is_read_even_when_it_did_not_say_what_it_does() {
        let mut file = tempfile::tempfile().unwrap();
        assert_eq!(holder(&mut file), None);
        file.write_all(b"17").unwrap();
        assert_eq!(holder(&mut file).map(|holder| holder.to_string()).as_deref(), Some("process 17"));
        file.write_all(b" action add\n").unwrap();
        assert_eq!(holder(&mut file).map(|holder| holder.to_string()).as_deref(), Some("process 17: action add"));
    }
}
