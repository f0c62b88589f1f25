//! Two versions of one file put together by what it says, not by its lines: rules M0 to M8 of `docs/format.md`, "Merging".
//! PURE: a function of the three texts alone. It gives the same bytes whichever side is ours, loses nothing that either side
//! has, writes no conflict markers, and merged again with a side it changes nothing.

pub mod obstacle;

pub use obstacle::MergeObstacle;

use crate::document::edit::insert_entry;
use crate::document::folder::INCIDENT_FILE;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;

/// Merges two versions of the file at `path`, whose name says what it is. `base` is the version from which both come, if there is one.
///
/// # Errors
/// A side cannot be read, or without a base the sides are two different incidents.
pub fn merge_file(path: &str, base: Option<&str>, ours: &str, theirs: &str) -> Result<String, MergeObstacle> {
    if ours == theirs || base == Some(theirs) {
        return Ok(ours.to_owned());
    }
    if base == Some(ours) {
        return Ok(theirs.to_owned());
    }
    let (small, great) = if ours < theirs { (ours, theirs) } else { (theirs, ours) };
    if path.rsplit('/').next() != Some(INCIDENT_FILE) {
        return Ok(great.to_owned());
    }
    merge_incident(path, base, small, great)
}

fn merge_incident(path: &str, base: Option<&str>, small: &str, great: &str) -> Result<String, MergeObstacle> {
    let read = |text: &str| IncidentDocument::parse(text).map_err(|broken| MergeObstacle::Broken { path: path.to_owned(), broken });
    let (one, two) = (read(small)?, read(great)?);
    let opened = |document: &IncidentDocument| document.entries().into_iter().find(|entry| entry.kind == Some(EntryKind::Opened)).cloned();
    if let (None, Some(first), Some(second)) = (base, opened(&one), opened(&two))
        && first != second
    {
        return Err(MergeObstacle::TwoIncidents { path: path.to_owned(), id: one.id() });
    }
    let known = one.entries();
    let missing = two.entries().into_iter().filter(|entry| !known.contains(entry));
    Ok(missing.fold(small.to_owned(), |text, entry| insert_entry(&text, entry).unwrap_or(text)))
}
