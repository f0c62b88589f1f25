//! Two versions of one file put together by what it says, not by its lines: rules M0 to M8 of `docs/format.md`, "Merging".
//! PURE: a function of the three texts alone. It gives the same bytes whichever side is ours, loses nothing that either side
//! has, writes no conflict markers, and merged again with a side it changes nothing.

pub mod by_hand;
pub mod entries;
pub mod entry_id;
pub mod gaps;
pub mod head_place;
pub mod incident;
pub mod insertions;
pub mod keys;
pub mod line_ends;
pub mod lists;
pub mod lost;
pub mod mend;
pub mod merge_entry;
pub mod merged;
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
use crate::document::merge::merged::Merged;
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
    let is_incident = path.rsplit('/').next() == Some(INCIDENT_FILE);
    let only_logged = is_incident.then(|| insertions::merge(&Three { base, ours, theirs })).flatten();
    only_logged.map_or_else(|| merge_in_full(path, base, ours, theirs), Ok)
}

/// As [`merge_file`] of two sides that both differ from the base, without the short way for sides that only logged something.
///
/// # Errors
/// As [`merge_file`].
pub fn merge_in_full(path: &str, base: Option<&str>, ours: &str, theirs: &str) -> Result<String, MergeObstacle> {
    let texts = Three { base, ours, theirs };
    let plain = texts.map(|text| open_end::closed(&line_ends::plain(text)));
    // The smaller is always the first: what follows cannot tell whose side is whose, nor what its line ends were.
    let (one, other) = (plain.ours.as_str(), plain.theirs.as_str());
    let texts_plain = Three { base: plain.base.as_deref(), ours: one.min(other), theirs: one.max(other) };
    let merged = settled(path, &texts_plain)?;
    Ok(line_ends::restored(&merged, &texts))
}

/// How often a merge is made with its own sides again, until nothing changes any more.
const ROUNDS: usize = 4;

/// Two sides put together, and the result with each of them again: who merges a result with a side of it has nothing new.
fn settled(path: &str, texts: &Three<&str>) -> Result<String, MergeObstacle> {
    let Merged { text: first, by_hand } = once(path, texts)?;
    let mut settled = first.clone();
    for _ in 0..if by_hand { ROUNDS } else { 0 } {
        let before = settled.clone();
        for side in [texts.ours, texts.theirs] {
            if texts.base != Some(settled.as_str()) && settled != side {
                let (ours, theirs) = (settled.as_str().min(side), settled.as_str().max(side));
                let Ok(again) = once(path, &Three { base: texts.base, ours, theirs }) else { return Ok(first) };
                settled = again.text;
            }
        }
        if settled == before {
            return Ok(settled);
        }
    }
    Ok(first)
}

fn once(path: &str, texts: &Three<&str>) -> Result<Merged, MergeObstacle> {
    let obstacle = |broken| MergeObstacle::Broken { path: path.to_owned(), broken };
    let by_hand = |text: String| Merged { text, by_hand: true };
    match path.rsplit('/').next() {
        Some(INCIDENT_FILE) => merge_incident(path, texts),
        Some(POSTMORTEM_FILE | RCA_FILE) => report::merge(texts).map(by_hand).map_err(obstacle),
        Some(name) if name.split('.').next_back() == Some("yaml") => {
            yaml_file::merge(texts).map(|text| Merged { text, by_hand: false }).map_err(obstacle)
        }
        _ => Ok(by_hand(prose::merge(texts))),
    }
}

fn merge_incident(path: &str, texts: &Three<&str>) -> Result<Merged, MergeObstacle> {
    let obstacle = |broken| MergeObstacle::Broken { path: path.to_owned(), broken };
    let read = |text: &str, others: &[&IncidentDocument]| {
        let document = IncidentDocument::parse_beside(text, &[], others)?;
        timeline::with_heading(&document).map_or(Ok(document), |text| IncidentDocument::parse(&text))
    };
    let base = texts.base.and_then(|base| read(base, &[]).ok());
    let known: Vec<&IncidentDocument> = base.iter().collect();
    let ours = read(texts.ours, &known).map_err(obstacle)?;
    let theirs = read(texts.theirs, &[known.as_slice(), &[&ours]].concat()).map_err(obstacle)?;
    let documents = Three { base, ours, theirs };
    if texts.base.is_none() && incident::is_two_incidents(&documents.ours, &documents.theirs) {
        return Err(MergeObstacle::TwoIncidents { path: path.to_owned(), id: documents.ours.id() });
    }
    incident::merge(&documents).map_err(obstacle)
}
