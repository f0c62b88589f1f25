//! The lock that puts the writers of one clone in a row. It dies with its process: `flock`, never a PID file.
//! EFFECT (`std::fs`). Guards nothing by itself: the compare-and-swap on the branch does.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use crate::store::file_error::FileError;
use crate::store::record_error::RecordError;

/// How long other writers are waited for.
const WAIT: Duration = Duration::from_secs(30);

/// Held while it lives.
pub(crate) struct RepositoryLock {
    _file: File,
}

impl RepositoryLock {
    /// Waits for the lock of the repository with this common git folder.
    pub(crate) fn take(common_dir: &Path, wait: Option<Duration>) -> Result<Self, RecordError> {
        let folder = common_dir.join("qpp-incident");
        fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
        let path = folder.join("lock");
        let failed = |error| FileError::new("write", &path, error);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        let wait = wait.unwrap_or(WAIT);
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => {
                    sign(&mut file);
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) if waited < wait => waited += pause(5, 20),
                Err(TryLockError::WouldBlock) => return Err(RecordError::LockHeld { holder: holder(&mut file), waited }),
                Err(TryLockError::Error(error)) => return Err(failed(error).into()),
            }
        }
    }
}

/// Writes who holds it, for whoever waits. The lock holds without it, so a full disk is no reason to fail here.
fn sign(file: &mut File) {
    let _told_at_least_tried = file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes()));
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
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
    use super::*;

    #[test]
    fn a_second_writer_waits_and_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = RepositoryLock::take(folder.path(), None).unwrap();
        let refused = RepositoryLock::take(folder.path(), Some(Duration::from_millis(1)));
        let Err(RecordError::LockHeld { holder, .. }) = refused else { panic!("not refused") };
        assert_eq!(holder, Some(std::process::id()));
        drop(first);
        assert!(RepositoryLock::take(folder.path(), Some(Duration::from_millis(1))).is_ok());
    }
}
