//! Events onto the text of an incident document: facts, title, sections, entries, head block, and nothing else.
//! PURE. Behind a gate: the result is read again, and an entry that would be lost or changed refuses the edit.

use crate::document::broken::BrokenDocument;
use crate::document::escape::escape_entry;
use crate::document::header_edit;
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::{BlockKind, line_end};
use crate::document::{head_block, section_edit, timeline_section};
use crate::domain::change::Change;
use crate::domain::entry::Entry;
use crate::domain::event::{Action, Event};
use crate::domain::key::Key;
use crate::domain::section::Section;
use crate::domain::text::one_line;
use crate::domain::wording::extent;

/// Why an edit was not made. The text is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The front matter has a form that cannot be changed without touching more than was asked.
    #[error(transparent)]
    Header(#[from] header_edit::EditError),
    /// The result could not be read again.
    #[error("the edit would break the document at {0}")]
    Broken(#[from] BrokenDocument),
    /// The gate: an entry that stood would be gone or different, or the new one would not be read.
    #[error("the edit would not keep every timeline entry as it is")]
    EntriesDiffer,
}

/// The document's text after these events.
///
/// # Errors
/// The front matter cannot be edited surgically, or the gate refuses.
pub fn apply(document: &IncidentDocument, events: &[Event]) -> Result<String, EditError> {
    Ok(edited(document, events)?.text().to_owned())
}

/// The document after these events, as the gate has read it.
///
/// # Errors
/// As [`apply`].
pub fn edited(document: &IncidentDocument, events: &[Event]) -> Result<IncidentDocument, EditError> {
    let zone = document.zone();
    let known: Vec<&str> = events
        .iter()
        .flat_map(|event| [Some(&event.by), event.recorded_by.as_ref()])
        .flatten()
        .map(|person| person.name.as_str())
        .collect();
    let changes: Vec<Change> = events.iter().flat_map(|event| event.changes(zone)).collect();
    let mut text = header_edit::edit(document.text(), &changes)?;
    for event in events {
        text = write_section(text, event, &known)?;
        text = write_title(text, event, &known)?;
    }
    let text = match events {
        // What most commands do: one entry on a text that is read already.
        [event] if text == document.text() => with_entry(document, &event.entry(zone), &known)?,
        events => {
            for event in events {
                let current = IncidentDocument::parse_with(&text, &known)?;
                text = timeline_section::insert(&text, current.timeline(), &event.entry(zone), zone);
            }
            with_head_block(&text, &known)?
        }
    };
    keeps_entries(document, &text, events.len())
}

/// The document's text with one more entry and the head block that goes with it.
fn with_entry(document: &IncidentDocument, entry: &Entry, known: &[&str]) -> Result<String, BrokenDocument> {
    let inserted = timeline_section::insert(document.text(), document.timeline(), entry, document.zone());
    let same_until = document.text().bytes().zip(inserted.bytes()).take_while(|(old, new)| old == new).count();
    let block = head_block::find(document.text(), document.outline());
    if block.is_none_or(|range| range.end >= same_until) {
        return with_head_block(&inserted, known);
    }
    // The head block stands before the new entry, so where it was read it still is.
    let mut entries = document.entries();
    let at = entries.iter().rposition(|other| other.at <= entry.at).map_or(0, |index| index + 1);
    entries.insert(at, entry);
    Ok(head_block::refresh(&inserted, document.outline(), document.header(), &entries))
}

/// The text with one finished entry at its place and the head block written anew: how a kept entry comes in.
///
/// # Errors
/// The text cannot be read, before or after.
pub fn insert_entry(text: &str, entry: &Entry) -> Result<String, EditError> {
    let known: Vec<&str> = entry.by.iter().chain(&entry.recorded_by).map(String::as_str).collect();
    let document = IncidentDocument::parse_with(text, &known)?;
    let inserted = with_entry(&document, entry, &known)?;
    keeps_entries(&document, &inserted, 1)?;
    Ok(inserted)
}

/// The text with its head block as its facts and entries say.
///
/// # Errors
/// The text cannot be read.
pub fn with_head_block(text: &str, also_known: &[&str]) -> Result<String, BrokenDocument> {
    let document = IncidentDocument::parse_with(text, also_known)?;
    Ok(head_block::refresh(text, document.outline(), document.header(), &document.entries()))
}

/// The line under which a title stands.
pub fn title_line(title: &str, id: &crate::domain::incident_id::IncidentId) -> String {
    format!("# {} (incident #{id})", escape_entry(&one_line(title)))
}

fn write_section(text: String, event: &Event, known: &[&str]) -> Result<String, EditError> {
    let (section, said) = match &event.action {
        Action::SectionWritten { section, text } => (section.parse::<Section>().ok(), text.clone()),
        Action::ExtentFound { text, checked } => (Some(Section::Extent), extent(text, checked.as_deref())),
        _ => return Ok(text),
    };
    let Some(section) = section else { return Ok(text) };
    let document = IncidentDocument::parse_with(&text, known)?;
    let stands = document.section(section);
    let adds = matches!(event.action, Action::ExtentFound { .. }) && !stands.is_empty();
    let said = if adds { format!("{stands}\n\n{said}") } else { said };
    Ok(section_edit::write(&text, document.outline(), section, &said))
}

/// A changed title or id is changed in the heading too, unless somebody wrote that heading anew by hand.
fn write_title(text: String, event: &Event, known: &[&str]) -> Result<String, EditError> {
    if !matches!(event.action, Action::FactSet { key: Key::Title, .. } | Action::Renumbered { .. }) {
        return Ok(text);
    }
    let document = IncidentDocument::parse_with(&text, known)?;
    let ours = |kind: &BlockKind| matches!(kind, BlockKind::Heading(1, title) if title.contains("(incident #"));
    let Some(block) = document.outline().blocks.iter().find(|block| ours(&block.kind)) else { return Ok(text) };
    let head = text.get(..block.range.start).unwrap_or_default();
    let tail = text.get(block.range.end..).unwrap_or_default();
    Ok(format!("{head}{}{}{tail}", title_line(document.title(), &document.id()), line_end(&text)))
}

/// The gate: every old entry is still there, byte for byte and in its order, and exactly `added` are new. Gives the text as it was read.
fn keeps_entries(old: &IncidentDocument, new_text: &str, added: usize) -> Result<IncidentDocument, EditError> {
    let new = IncidentDocument::parse(new_text)?;
    let sources = |document: &IncidentDocument| -> Vec<String> {
        let range =
            |entry: &timeline_section::TimelineEntry| document.text().get(entry.range.clone()).unwrap_or_default().trim_end().to_owned();
        document.timeline().entries.iter().map(range).collect()
    };
    let (before, after) = (sources(old), sources(&new));
    let mut rest = after.iter();
    let kept = before.iter().all(|entry| rest.any(|other| other == entry));
    if kept && after.len() == before.len() + added { Ok(new) } else { Err(EditError::EntriesDiffer) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::domain::timestamp::Timestamp;

    const TEXT: &str = "---\nid: INC-K7QFM\ntitle: Errors\nstatus: acknowledged\n---\n# Errors (incident #INC-K7QFM)\n\n**Status:** old\n\n## Timeline\n\n### 2026-11-22\n\n- 23:50 EST: **Opened.** Errors. — Jeff Lee\n\n### 2026-11-23\n\n- 00:04 EST: **Acknowledged.** — Grace Hopper\n";

    proptest! {
        /// The quick way to the head block and the slow one, which reads the whole text again, write the same bytes.
        #[test]
        fn the_head_block_tells_of_the_entry_that_came_last(minutes in -100i64..100, known in prop::bool::ANY) {
            let at = "2026-11-23T05:00:00Z".parse::<Timestamp>().unwrap().plus_seconds(minutes * 60);
            let mut entry = Entry::new(at, "New.");
            entry.by = Some(if known { "Grace Hopper" } else { "Ada Byron" }.to_owned());
            let text = with_head_block(TEXT, &["Jeff Lee", "Grace Hopper"]).unwrap();
            let found = insert_entry(&text, &entry).unwrap();
            prop_assert_eq!(with_head_block(&found, &[]).unwrap(), found);
        }
    }
}
