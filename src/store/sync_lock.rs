//! One sync of a clone at a time, and one more that waits: what is committed meanwhile rides along with that one.
//! EFFECT (`std::fs`). flock, so that it dies with its process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::store::file_error::FileError;
use crate::store::lock::pause;
use crate::store::sync_error::SyncError;

/// Held while it lives.
pub(crate) struct SyncLock {
    _file: File,
}

impl SyncLock {
    /// Waits until no other sync of the clone with this common git folder runs.
    pub(crate) fn take(common_dir: &Path, wait: Duration) -> Result<Self, SyncError> {
        let started = Instant::now();
        loop {
            match lock(common_dir, "sync.lock")? {
                Some(file) => return Ok(Self { _file: file }),
                None if started.elapsed() < wait => drop(pause(10, 20)),
                None => return Err(SyncError::Running),
            }
        }
    }

    /// As [`SyncLock::take`], but none when somebody waits already: that one has not begun, so it takes along what is committed now.
    pub(crate) fn take_or_ride_along(common_dir: &Path, wait: Duration) -> Result<Option<Self>, SyncError> {
        let Some(_waiting) = lock(common_dir, "sync.next")? else { return Ok(None) };
        Self::take(common_dir, wait).map(Some)
    }
}

fn lock(common_dir: &Path, name: &str) -> Result<Option<File>, SyncError> {
    let folder = common_dir.join("qpp-incident");
    fs::create_dir_all(&folder).map_err(|error| FileError::new("write", &folder, error))?;
    let path = folder.join(name);
    let failed = |error| FileError::new("write", &path, error);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error).into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn one_runs_one_waits_and_the_others_ride_along() {
        let folder = tempfile::tempdir().unwrap();
        let running = SyncLock::take(folder.path(), Duration::ZERO).unwrap();
        assert!(matches!(SyncLock::take(folder.path(), Duration::ZERO), Err(SyncError::Running)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| SyncLock::take_or_ride_along(folder.path(), Duration::from_secs(30)).unwrap().is_some());
            while lock(folder.path(), "sync.next").unwrap().is_some() {
                pause(1, 1);
            }
            assert!(SyncLock::take_or_ride_along(folder.path(), Duration::from_secs(30)).unwrap().is_none());
            drop(running);
            assert!(waiting.join().unwrap());
        });
    }
}
