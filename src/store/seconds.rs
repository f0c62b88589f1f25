//! The second in which a file was written, as most gits compare it.
//! EFFECT (`std::fs`): may set the time of a file of ours.

use std::fs::{File, Metadata};
use std::io;
use std::time::{Duration, UNIX_EPOCH};

/// The second in which a file was written; none before 1970 or after 2038, which git's index cannot say.
pub(crate) fn second(file: &Metadata) -> Option<i32> {
    let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i32::try_from(written.as_secs()).ok()
}

/// Makes a file that was written after that second seem to be of it: git then compares what changed in it by its content.
///
/// # Errors
/// The file's time cannot be read or set.
///
/// # Source
/// git's `Documentation/technical/racy-git`.
pub(crate) fn seem_no_younger(file: &File, than: i32) -> io::Result<()> {
    let is_younger = second(&file.metadata()?).is_none_or(|written| written > than);
    let than = u64::try_from(than).unwrap_or_default();
    if is_younger { file.set_modified(UNIX_EPOCH + Duration::from_secs(than)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_younger_file_seems_to_be_of_that_second_and_an_older_one_stays() {
        let file = tempfile::tempfile().unwrap();
        let now = second(&file.metadata().unwrap()).unwrap();
        for (than, written) in [(now + 9, now), (now - 1, now - 1), (now, now - 1)] {
            seem_no_younger(&file, than).unwrap();
            assert_eq!(second(&file.metadata().unwrap()), Some(written), "{than}");
        }
    }
}
