//! Two versions of one file put together by what it says, not by its lines: rules M0 to M8 of `docs/format.md`, "Merging".
//! PURE: a function of the three texts alone. It gives the same bytes whichever side is ours, loses nothing that either side
//! has, writes no conflict markers, and merged again with a side it changes nothing.

pub mod entries;
pub mod entry_id;
pub mod gaps;
pub mod head_place;
pub mod incident;
pub mod keys;
pub mod line_ends;
pub mod lists;
pub mod mend;
pub mod merge_entry;
pub mod obstacle;
pub mod open_end;
pub mod order;
pub mod pieces;
pub mod prose;
pub mod redacted;
pub mod replay;
pub mod report;
pub mod rows;
pub mod sections;
pub mod status_merge;
pub mod three;
pub mod timeline;
pub mod verdicts;
pub mod versions;
pub mod yaml_file;
pub mod yaml_list;
pub mod yaml_parts;

pub use obstacle::MergeObstacle;

#[cfg(test)]
mod tests;

use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::merge::three::Three;

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
    // The smaller is always the first: what follows cannot tell whose side is whose.
    let texts = Three { base, ours: ours.min(theirs), theirs: ours.max(theirs) };
    let plain = texts.map(|text| open_end::closed(&line_ends::plain(text)));
    let texts_plain = plain.map(String::as_str);
    let obstacle = |broken| MergeObstacle::Broken { path: path.to_owned(), broken };
    let merged = match path.rsplit('/').next() {
        Some(INCIDENT_FILE) => merge_incident(path, &texts_plain),
        Some(POSTMORTEM_FILE | RCA_FILE) => report::merge(&texts_plain).map_err(obstacle),
        Some(name) if name.split('.').next_back() == Some("yaml") => yaml_file::merge(&texts_plain).map_err(obstacle),
        _ => Ok(prose::merge(&texts_plain)),
    };
    merged.map(|merged| line_ends::restored(&merged, &texts))
}

fn merge_incident(path: &str, texts: &Three<&str>) -> Result<String, MergeObstacle> {
    let obstacle = |broken| MergeObstacle::Broken { path: path.to_owned(), broken };
    let read = |text: &str| {
        let document = IncidentDocument::parse(text)?;
        timeline::with_heading(&document).map_or(Ok(document), |text| IncidentDocument::parse(&text))
    };
    let documents = Three {
        base: texts.base.and_then(|base| read(base).ok()),
        ours: read(texts.ours).map_err(obstacle)?,
        theirs: read(texts.theirs).map_err(obstacle)?,
    };
    if texts.base.is_none() && incident::is_two_incidents(&documents.ours, &documents.theirs) {
        return Err(MergeObstacle::TwoIncidents { path: path.to_owned(), id: documents.ours.id() });
    }
    incident::merge(&documents).map_err(obstacle)
}
