//! The bytes of git's index, read into memory that was used for them before.
//! EFFECT (`std::fs`). One command reads the index several times, it may be many megabytes, and memory that is new costs more than the
//! reading: the system clears each page and hands it over by itself.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Memory for an index. It holds nothing that is read again: each reading is a new one.
#[derive(Default)]
pub(crate) struct IndexMemory(Cell<Vec<u8>>);

impl IndexMemory {
    /// Reads an index whole.
    ///
    /// # Errors
    /// As `std::fs::read`.
    pub(crate) fn read(&self, index: &Path) -> io::Result<Vec<u8>> {
        let mut file = File::open(index)?;
        let mut bytes = self.0.take();
        bytes.clear();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Takes memory back that is not needed any more.
    pub(crate) fn keep(&self, bytes: Vec<u8>) {
        self.0.set(bytes);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_reading_is_a_new_one_in_the_same_memory() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("index");
        let memory = IndexMemory::default();
        std::fs::write(&place, "a longer index").unwrap();
        let first = memory.read(&place).unwrap();
        let at = first.as_ptr();
        assert_eq!(first, b"a longer index");
        memory.keep(first);
        std::fs::write(&place, "an index").unwrap();
        let second = memory.read(&place).unwrap();
        assert_eq!((second.as_slice(), second.as_ptr()), (&b"an index"[..], at));
        std::fs::remove_file(&place).unwrap();
        assert!(memory.read(&place).is_err());
    }
}
