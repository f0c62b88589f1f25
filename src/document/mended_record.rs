//! A record mended: entries that a commit lost or changed stand again as they were, and what was typed in their place becomes a
//! correction.
//! PURE. Which entries those are is told by `rules::verify`; nothing is put back twice.

use crate::document::entry_name::full_name;
use crate::document::evidence::Evidence;
use crate::document::header_edit::{self, EditError};
use crate::document::incident_document::IncidentDocument;
use crate::document::proven_entries::{Identity, ProvenEntry};
use crate::document::timeline_section::insert_lines;
use crate::domain::change::Change;
use crate::domain::entry::Entry;
use crate::domain::event::Correction;
use crate::domain::history::Blob;
use crate::domain::key::Key;
use crate::domain::timestamp::Timestamp;

/// An entry that a commit lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostEntry {
    /// Time and digest.
    pub identity: Identity,
    /// Its lines as they stood, without a line end at their end.
    pub lines: String,
    /// How often it stood.
    pub count: usize,
    /// What stands in its place.
    pub replaced_by: Option<Identity>,
}

/// What one commit took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mending {
    /// The commit, in full.
    pub commit: String,
    /// The entries.
    pub entries: Vec<LostEntry>,
    /// The instants as they were.
    pub instants: Vec<(Key, Timestamp)>,
}

/// A document with everything back in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedRecord {
    /// Its text.
    pub text: String,
    /// How many entries and instants were put back.
    pub put_back: usize,
    /// What was typed in place of an entry: the entry's name, and what is right by the one who typed it.
    pub corrections: Vec<(String, Correction)>,
}

/// The document with what was lost put back. `None` where a text that has it could not be read, or nothing is missing.
///
/// # Errors
/// The front matter has a form that cannot be edited.
pub fn mended(text: &str, mendings: &[Mending]) -> Result<Option<MendedRecord>, EditError> {
    let mut record = MendedRecord { text: text.to_owned(), put_back: 0, corrections: Vec::new() };
    for lost in mendings.iter().flat_map(|mending| &mending.entries) {
        if record.put_back_entry(lost).is_none() {
            return Ok(None);
        }
    }
    let read = Evidence::of_text(&record.text);
    let gone = mendings.iter().flat_map(|mending| &mending.instants).filter(|(key, was)| read.instant(*key) != Some(*was));
    let changes: Vec<Change> = gone.map(|(key, was)| Change::Set(*key, read.zone.rfc3339(*was))).collect();
    record.put_back += changes.len();
    record.text = header_edit::edit(&record.text, &changes)?;
    Ok((record.put_back > 0).then_some(record))
}

impl MendedRecord {
    /// Puts an entry back as often as it stood; what stands in its place goes and is a correction from then on.
    fn put_back_entry(&mut self, lost: &LostEntry) -> Option<()> {
        let evidence = Evidence::of_text(&self.text);
        let standing = evidence.entries().iter().filter(|entry| entry.identity() == lost.identity).count();
        if standing >= lost.count {
            return Some(());
        }
        let replacement = lost.replaced_by.and_then(|identity| evidence.entries().iter().find(|entry| entry.identity() == identity));
        let typed = replacement.and_then(|entry| evidence.entry(entry));
        if let Some(entry) = replacement {
            self.take_out(entry);
        }
        for _ in standing..lost.count {
            let document = IncidentDocument::parse(&self.text).ok()?;
            self.text = insert_lines(document.text(), document.timeline(), lost.identity.0, &lost.lines, document.zone());
            self.put_back += 1;
        }
        let evidence = Evidence::of_text(&self.text);
        let back = evidence.entries().iter().find(|entry| entry.identity() == lost.identity)?;
        if let Some((was, is)) = evidence.entry(back).zip(typed) {
            self.correct(&was, is, &evidence);
        }
        Some(())
    }

    fn take_out(&mut self, entry: &ProvenEntry) {
        let (head, tail) = (self.text.get(..entry.range.start).unwrap_or_default(), self.text.get(entry.range.end..).unwrap_or_default());
        self.text = format!("{head}{tail}");
    }

    fn correct(&mut self, was: &Entry, is: Entry, evidence: &Evidence) {
        let name = full_name(was, evidence.zone);
        if is.at != was.at {
            self.corrections.push((name.clone(), Correction::Time(is.at)));
        }
        if is.text != was.text {
            self.corrections.push((name, Correction::Text(is.text)));
        }
    }
}

impl Evidence {
    /// What a text proves, read by itself.
    fn of_text(text: &str) -> Self {
        Self::read(&std::sync::Arc::new(Blob { id: String::new(), text: text.to_owned() }), None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const TEXT: &str = "---\nid: INC-K7QFM\ntitle: Errors\nstatus: open\nopened_at: 2026-11-22T23:50:00-05:00\n---\n# Errors\n\n## Timeline\n\n### 2026-11-22\n\n- 23:50 EST: **Opened.** Errors. — Jeff Lee\n- 23:55 EST: Restarted.\n  Twice. — Jeff Lee\n\n## Root Causes\n";

    fn lost(text: &str, part: &str, replaced: Option<(&str, &str)>) -> Mending {
        let read = Evidence::of_text(text);
        let found = |evidence: &Evidence, part: &str| {
            let entry = evidence.entries().iter().find(|entry| evidence.source(entry).contains(part)).unwrap().clone();
            (entry.identity(), evidence.source(&entry).trim_end().to_owned())
        };
        let (identity, lines) = found(&read, part);
        let replaced_by = replaced.map(|(text, part)| found(&Evidence::of_text(text), part).0);
        Mending { commit: "c".to_owned(), entries: vec![LostEntry { identity, lines, count: 1, replaced_by }], instants: Vec::new() }
    }

    #[test]
    fn a_line_that_was_taken_out_stands_again_as_it_was() {
        for part in ["Restarted", "Opened"] {
            let mending = lost(TEXT, part, None);
            let without = TEXT.replace(&format!("{}\n", mending.entries[0].lines), "");
            let record = mended(&without, std::slice::from_ref(&mending)).unwrap().unwrap();
            assert_eq!((record.text.as_str(), record.put_back), (TEXT, 1));
            assert_eq!(mended(TEXT, &[mending]).unwrap(), None, "nothing is put back twice");
        }
    }

    #[test]
    fn a_changed_line_stands_again_and_the_change_is_a_correction() {
        let changed = TEXT.replace("Restarted.\n  Twice.", "Did nothing.");
        let mending = lost(TEXT, "Restarted", Some((&changed, "Did nothing")));
        let record = mended(&changed, &[mending]).unwrap().unwrap();
        assert_eq!(record.text, TEXT);
        let name = "2026-11-22 23:55 EST \"Restarted.\"".to_owned();
        let corrected: Vec<String> = record.corrections.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(corrected, [name]);
        assert!(matches!(&record.corrections[0].1, Correction::Text(text) if text.starts_with("Did nothing.")));
    }

    #[test]
    fn an_instant_stands_again() {
        let at: Timestamp = "2026-11-22T23:50:00-05:00".parse().unwrap();
        let mending = Mending { commit: "c".to_owned(), entries: Vec::new(), instants: vec![(Key::OpenedAt, at)] };
        let moved = TEXT.replace("opened_at: 2026-11-22T23:50:00", "opened_at: 2026-11-22T23:51:00");
        assert_eq!(mended(&moved, &[mending]).unwrap().unwrap().text, TEXT);
    }
}
