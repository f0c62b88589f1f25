//! A report after a reopening and another close: what happened since is added, and it is a draft again.
//! PURE. What stands in the report keeps its bytes; entries that it has already are not added again.

use crate::document::entry_line::write_entry;
use crate::document::folder::Folder;
use crate::document::front_matter::FrontMatter;
use crate::document::header_edit::{EditError, edit_report};
use crate::document::incident_document::IncidentDocument;
use crate::document::marks::tells_of_a_section;
use crate::document::outline::{Outline, line_end};
use crate::document::report::Report;
use crate::document::timeline_section::{Timeline, TimelineEntry, insert};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::status::StatusMove;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording::{report_done_lead, report_written_lead};
use crate::domain::zone::Zone;

/// What the prompt at the top of a continued report begins with.
pub const REOPENED: &str = "<!-- Reopened";

/// Where the record stands: the minute of writing, and the place among the entries.
type Moment = (Timestamp, usize);

/// Whether the incident was reopened since the report was last written or continued.
pub fn is_due(report: Report, folder: &Folder) -> bool {
    reopened_since(report, folder).is_some()
}

/// The report with what happened since, as a draft; `None` when nothing is due.
///
/// # Errors
/// Its front matter cannot be edited.
pub fn continued(report: Report, folder: &Folder) -> Result<Option<String>, EditError> {
    let (Some(text), Some(reopened)) = (report.of(folder), reopened_since(report, folder)) else { return Ok(None) };
    let document = &folder.incident;
    let text = match report {
        Report::Postmortem => with_new_entries(text, document, written(report, document)),
        Report::Rca => with_new_times(text, document, &reopened),
    };
    let text = with_prompt(&text, document, &reopened);
    edit_report(&text, &[("status", Some("draft")), ("done_at", None)]).map(Some)
}

/// The last reopening, if it came after the report was last written.
fn reopened_since(report: Report, folder: &Folder) -> Option<Entry> {
    let document = &folder.incident;
    let (index, found) = timeline(document).rfind(|(_, found)| !found.void && found.entry.kind == Some(EntryKind::Reopened))?;
    let is_later = written(report, document).is_none_or(|last| moment(index, found) > last);
    let is_copied = report == Report::Postmortem && report.of(folder).is_some_and(|text| has(text, &found.entry, document.zone()));
    (is_later && !is_copied).then(|| found.entry.clone())
}

fn timeline(document: &IncidentDocument) -> impl DoubleEndedIterator<Item = (usize, &TimelineEntry)> {
    document.timeline().entries.iter().enumerate()
}

fn moment(index: usize, found: &TimelineEntry) -> Moment {
    (found.entry.logged_at.unwrap_or(found.entry.at), index)
}

/// When the report was last written or continued, as the incident's timeline has it.
fn written(report: Report, document: &IncidentDocument) -> Option<Moment> {
    let leads = [false, true].map(|continued| report_written_lead(report.word(), continued));
    let tells = |found: &TimelineEntry| found.entry.kind.is_none() && leads.iter().any(|lead| found.entry.text.starts_with(lead.as_str()));
    timeline(document).filter(|(_, found)| !found.void && tells(found)).map(|(index, found)| moment(index, found)).max()
}

fn has(text: &str, entry: &Entry, zone: Zone) -> bool {
    let line = write_entry(entry, zone);
    read_timeline(text, zone).entries.iter().any(|found| write_entry(&found.entry, zone) == line)
}

fn read_timeline(text: &str, zone: Zone) -> Timeline {
    let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
    Timeline::read(text, &Outline::read(text, body_start), zone, &|_| true)
}

/// The entries that were written since, and the marks of the new stretch.
fn with_new_entries(text: &str, document: &IncidentDocument, since: Option<Moment>) -> String {
    let zone = document.zone();
    let done = report_done_lead(Report::Postmortem.word());
    let new = timeline(document).filter(|(index, found)| since.is_none_or(|since| moment(*index, found) > since));
    let new = new.filter(|(_, found)| found.entry.kind.is_some() || !found.entry.text.starts_with(&done));
    let new = new.filter(|(_, found)| !tells_of_a_section(&found.entry));
    let new: Vec<Entry> = new.map(|(_, found)| found.entry.clone()).collect();
    let first = new.first().map(|entry| entry.at);
    let marks = new_marks(document).into_iter().filter(|mark| first.is_some_and(|first| mark.at >= first));
    let mut text = text.to_owned();
    for entry in new.iter().cloned().chain(marks) {
        if !has(&text, &entry, zone) {
            text = insert(&text, &read_timeline(&text, zone), &entry, zone);
        }
    }
    text
}

/// Each reopening of a closed incident starts it again, each close ends it; the outage ends when the facts say so.
fn new_marks(document: &IncidentDocument) -> Vec<Entry> {
    let mark = |kind: EntryKind, at: Timestamp, text: &str| Entry { kind: Some(kind), ..Entry::new(at, text) };
    let mut marks = Vec::new();
    let mut last_move = None;
    for found in document.timeline().standing() {
        let Some(status_move) = found.entry.kind.and_then(EntryKind::status_move) else { continue };
        match (last_move, status_move) {
            (Some(StatusMove::Close), StatusMove::Reopen) => marks.push(mark(EntryKind::IncidentStart, found.entry.at, "Reopened.")),
            (_, StatusMove::Close) => marks.push(mark(EntryKind::IncidentEnd, found.entry.at, "")),
            _ => {}
        }
        last_move = Some(status_move);
    }
    marks.extend(document.header().instant(Key::OutageEndedAt).map(|at| mark(EntryKind::OutageEnd, at, "")));
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// An RCA has no timeline: the new times end its list of what the team did.
fn with_new_times(text: &str, document: &IncidentDocument, reopened: &Entry) -> String {
    let zone = document.zone();
    let eol = line_end(text);
    let closed = document.header().instant(Key::ClosedAt);
    let mut lines = vec![format!("- Reopened: {}", zone.date_minute(reopened.at))];
    lines.extend(closed.map(|at| format!("- Incident end: {}", zone.date_minute(at))));
    let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
    let outline = Outline::read(text, body_start);
    let end = outline.section(2, "The response").map_or(text.len(), |section| section.content.end);
    let (head, tail) = text.split_at_checked(end).unwrap_or((text, ""));
    let gap = if tail.is_empty() { String::new() } else { eol.to_owned() };
    format!("{}{eol}{eol}{}{eol}{gap}{tail}", head.trim_end(), lines.join(eol))
}

/// The prompt above the first part: what a reopening makes out of date.
fn with_prompt(text: &str, document: &IncidentDocument, reopened: &Entry) -> String {
    let zone = document.zone();
    let closed = document.header().instant(Key::ClosedAt).map_or_else(String::new, |at| format!(", closed again {}", zone.date_minute(at)));
    let marks = "Bring every part up to date, and say when the outage started again.";
    let prompt = format!("{REOPENED} {}{closed}. {marks} -->", zone.date_minute(reopened.at));
    let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
    let outline = Outline::read(text, body_start);
    let at = outline.sections.iter().find(|section| section.level == 2).map_or(text.len(), |section| section.heading.start);
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let eol = line_end(text);
    format!("{}{eol}{eol}{prompt}{eol}{eol}{tail}", head.trim_end())
}

#[cfg(test)]
mod tests;
