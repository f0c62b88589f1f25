//! The one lawful change of an entry: its words go, from every place of the folder that holds the same line.
//! PURE. Time, kind, reference and people stay; entries that quote the words lose the quotation and still name the entry.
//!
//! # Source
//! Spec §2: "`redact ENTRY REASON` is the one lawful change".

use chrono::NaiveDate;

use crate::document::entry_line::write_entry;
use crate::document::entry_name::{after_name, first_words, full_name};
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::line_end;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::assignment::Assignment;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::text::one_line;

/// What a redacted text begins with.
const OPENING: &str = "[redacted ";

/// The fewest characters of a line that are looked for elsewhere: shorter ones would be found everywhere.
const FEWEST_LOOKED_FOR: usize = 6;

/// The folder's texts without the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// `(file name in the folder, new text)`; only files that change, the incident document first.
    pub files: Vec<(String, String)>,
    /// The entries that were changed, as they were, in the order of the document: the named one and those that quote it.
    pub changed: Vec<Entry>,
}

/// True for an entry whose words are gone already.
pub fn is_redacted(entry: &Entry) -> bool {
    rest_of(entry).1.starts_with(OPENING)
}

/// True when `form` is what a redaction makes of `entry`, or of one that quotes it: the same time, kind, reference and people, and
/// the words gone.
pub fn is_without_words(entry: &Entry, form: &Entry) -> bool {
    let who = |entry: &Entry| (entry.at, entry.logged_at, entry.kind, entry.reference, entry.by.clone(), entry.recorded_by.clone());
    who(entry) == who(form) && form.text.contains(OPENING)
}

/// The folder without the words of an entry. `None` when there is no such entry, or when the result would not be read back.
pub fn redact(folder: &Folder, index: usize, date: NaiveDate, reason: &str) -> Option<Redaction> {
    let document = &folder.incident;
    let entries = &document.timeline().entries;
    let named = entries.get(index)?;
    let redacted = without_words(&named.entry, date, reason);
    let change = |(at, found): (usize, &TimelineEntry)| {
        let new = if at == index { Some(redacted.clone()) } else { without_quotation(document, found, &named.entry, &redacted) };
        new.map(|new| Changed { old: found.clone(), new })
    };
    let changed: Vec<Changed> = entries.iter().enumerate().filter_map(change).collect();
    let text = in_incident(document, &changed)?;
    let mut files = vec![(INCIDENT_FILE.to_owned(), text)];
    for name in [POSTMORTEM_FILE, RCA_FILE] {
        if let Some(text) = folder.text_of(name) {
            let new = changed.iter().fold(text.to_owned(), |text, changed| in_copy(&text, document, changed));
            files.extend((new != text).then(|| (name.to_owned(), new)));
        }
    }
    Some(Redaction { files, changed: changed.into_iter().map(|changed| changed.old.entry).collect() })
}

/// Where lines of the entry's words still stand: `(file name, 1-based line)`. The words themselves are not repeated.
pub fn echoes(files: &[(&str, &str)], entry: &Entry) -> Vec<(String, usize)> {
    let words: Vec<&str> = entry.text.lines().map(|line| line.trim().trim_end_matches('.')).collect();
    let words: Vec<&str> = words.into_iter().filter(|line| line.chars().count() >= FEWEST_LOOKED_FOR).collect();
    let holds =
        |line: &str| words.iter().chain(&entry.evidence.iter().map(String::as_str).collect::<Vec<_>>()).any(|words| line.contains(words));
    let of_file = |(name, text): &(&str, &str)| -> Vec<(String, usize)> {
        text.lines().enumerate().filter(|(_, line)| holds(line)).map(|(at, _)| ((*name).to_owned(), at + 1)).collect()
    };
    files.iter().flat_map(of_file).collect()
}

struct Changed {
    old: TimelineEntry,
    new: Entry,
}

fn without_words(entry: &Entry, date: NaiveDate, reason: &str) -> Entry {
    let (kept, _) = rest_of(entry);
    let reason = one_line(reason).replace(['[', ']'], "");
    Entry { text: format!("{kept}{OPENING}{date}: {reason}]"), evidence: Vec::new(), ..entry.clone() }
}

/// What an entry's text must keep to mean the same (the entry that a correction names, the key that a fact sets), and its words.
fn rest_of(entry: &Entry) -> (&str, &str) {
    let all = ("", entry.text.as_str());
    let at = match entry.kind {
        Some(EntryKind::Correction | EntryKind::Void | EntryKind::Redacted) => entry.text.find("\": ").map(|at| at + 3),
        Some(EntryKind::Fact) => entry.text.find(": ").map(|at| at + 2).filter(|at| {
            let key = entry.text.get(..at - 2).unwrap_or_default();
            format!("{key}=").parse::<Assignment>().is_ok()
        }),
        _ => None,
    };
    at.and_then(|at| entry.text.split_at_checked(at)).unwrap_or(all)
}

/// An entry that quotes the first words of the one that is redacted, without them.
fn without_quotation(document: &IncidentDocument, found: &TimelineEntry, old: &Entry, new: &Entry) -> Option<Entry> {
    let zone = document.zone();
    let entry = &found.entry;
    let (instead, rest) = match entry.kind {
        Some(EntryKind::Correction | EntryKind::Void) => (full_name(new, zone), after_name(&entry.text, old, zone)),
        Some(_) if entry.reference.is_some() && entry.reference == old.reference => {
            let quoted = format!("\"{}", first_words(old).trim_end_matches(['…', '.']));
            (format!("\"{}", first_words(new).trim_end_matches('…')), entry.text.strip_prefix(&quoted))
        }
        _ => return None,
    };
    let rest = rest?;
    Some(Entry { text: format!("{instead}{rest}"), ..entry.clone() })
}

/// The incident document with the entries in their new form; every other entry must be read as before.
fn in_incident(document: &IncidentDocument, changed: &[Changed]) -> Option<String> {
    let mut text = document.text().to_owned();
    let eol = line_end(&text);
    for Changed { old, new } in changed.iter().rev() {
        let source = text.get(old.range.clone())?;
        let end = if source.ends_with('\n') { eol } else { "" };
        let written = format!("{}{end}", write_entry(new, document.zone()).replace('\n', eol));
        text.replace_range(old.range.clone(), &written);
    }
    let names: Vec<&str> =
        changed.iter().flat_map(|changed| changed.new.by.iter().chain(&changed.new.recorded_by)).map(String::as_str).collect();
    let read = IncidentDocument::parse_with(&text, &names).ok()?;
    let wanted = document.timeline().entries.iter().map(|found| {
        let new = changed.iter().find(|changed| changed.old.range == found.range).map(|changed| &changed.new);
        new.unwrap_or(&found.entry)
    });
    read.entries().into_iter().eq(wanted).then_some(text)
}

/// A report with the same lines in their new form, wherever its copied timeline holds them.
fn in_copy(text: &str, document: &IncidentDocument, changed: &Changed) -> String {
    let source = document.text().get(changed.old.range.clone()).unwrap_or_default();
    let old: Vec<&str> = source.trim_end().lines().map(str::trim_end).collect();
    let eol = line_end(text);
    let new = write_entry(&changed.new, document.zone()).replace('\n', eol);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let here = lines.get(at..at + old.len()).unwrap_or_default();
        if !here.is_empty() && here.iter().map(|line| line.trim_end()).eq(old.iter().copied()) {
            let end = if here.last().is_some_and(|line| line.ends_with('\n')) { eol } else { "" };
            out.extend([new.as_str(), end]);
            at += old.len();
        } else {
            out.push_str(line);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests;
