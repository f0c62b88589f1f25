//! What an entry is known by in a merge: its bytes, line ends and trailing blanks aside, and the day above it (M1).
//! PURE.

use chrono::NaiveDate;

use crate::domain::entry::Entry;

/// What an entry is known by: its day, its bytes, and which of several of the same it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// The day heading above it.
    pub day: NaiveDate,
    /// Its lines without trailing blanks.
    pub bytes: String,
    /// 0 for the first of its kind.
    pub copy: usize,
}

/// An entry as a side has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideEntry {
    /// What it is known by.
    pub id: EntryId,
    /// What it says.
    pub entry: Entry,
    /// Its lines as they stand, without the last line end.
    pub source: String,
}

/// An entry's lines as it is known by them.
pub fn bytes_of(source: &str) -> String {
    let lines: Vec<&str> = source.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}
