//! What the incident's documents know, as the fields of a report's template.
//! PURE. Sections are copied as they stand; where one is empty, what the record says of it stands there with a prompt to check it.

use std::fmt::Display;

use crate::document::cell::escape_cell;
use crate::document::entry_line::evidence_link;
use crate::document::entry_name::after_name;
use crate::document::escape::escape_entry;
use crate::document::folder::Folder;
use crate::document::head_block::started;
use crate::document::incident_document::IncidentDocument;
use crate::document::marks::{MARKS, marked_timeline};
use crate::document::report::Report;
use crate::document::section_edit::{whole_text, without_comments};
use crate::document::table::{ACTION_ITEMS, rows};
use crate::document::template_fields::{ActionFields, DocumentFields, TimeFields};
use crate::domain::action_item::Cell;
use crate::domain::duration::in_words;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::section::Section;
use crate::domain::text::one_line;
use crate::domain::zone::Zone;

/// The prompt under what was put together from the record.
pub const FROM_RECORD: &str = "<!-- Taken from the record: check it and complete it. -->";

/// What the prompt for a mark begins with whose instant nobody recorded.
pub const NOT_KNOWN: &str = "<!-- Not known:";

/// The fields of a report, its authors aside.
pub fn fields(report: Report, folder: &Folder) -> DocumentFields {
    let document = &folder.incident;
    let header = document.header();
    let said = |section: Section| said(document, section);
    let or = |section: Section, record: Vec<String>| or_record(said(section), &record);
    let listed = |kinds: &[EntryKind]| listed(document, kinds, report == Report::Postmortem);
    DocumentFields {
        id: document.id().to_string(),
        title: escape_entry(&one_line(document.title())),
        timezone: document.zone().to_string(),
        date: started(header, &document.entries()).map_or_else(|| "unknown".to_owned(), |at| document.zone().date(at).to_string()),
        status: document.status().to_string(),
        severity: header.severity().map(|severity| severity.to_string()).unwrap_or_default(),
        commander: document.commander().map(|person| escape_entry(&person.name)).unwrap_or_default(),
        summary: said(Section::Summary),
        impact: or(Section::Impact, impact(document)),
        extent: or(Section::Extent, [listed(&[EntryKind::Extent, EntryKind::Notification]), privacy(document)].concat()),
        timeline: if report == Report::Postmortem { timeline(document) } else { String::new() },
        root_causes: or(Section::RootCauses, listed(&[EntryKind::Cause])),
        trigger: said(Section::Trigger),
        resolution: or(Section::Resolution, listed(&[EntryKind::Mitigated, EntryKind::Resolved])),
        detection: or(Section::Detection, detection(document, report)),
        actions: actions(report, folder),
        went_well: said(Section::WentWell),
        went_wrong: said(Section::WentWrong),
        got_lucky: said(Section::GotLucky),
        times: times(document),
        ..DocumentFields::default()
    }
}

/// A section as it stands, prompts left out; empty when nothing was written yet.
fn said(document: &IncidentDocument, section: Section) -> String {
    let range = whole_text(document.outline(), section);
    let whole = range.and_then(|range| document.text().get(range)).unwrap_or_default().replace("\r\n", "\n");
    let text = without_comments(&whole);
    // A list with one empty item is the sample's placeholder.
    if text.chars().all(|c| c == '-' || c.is_whitespace()) { String::new() } else { text.trim().to_owned() }
}

fn or_record(said: String, record: &[String]) -> String {
    if !said.is_empty() || record.is_empty() { said } else { format!("{}\n\n{FROM_RECORD}", record.join("\n")) }
}

/// The entries of some kinds as a list, as they were corrected, void ones left out.
fn listed(document: &IncidentDocument, kinds: &[EntryKind], with_names: bool) -> Vec<String> {
    let standing = document.standing_entries();
    let of_kinds = standing.iter().filter(|entry| entry.kind.is_some_and(|kind| kinds.contains(&kind)));
    of_kinds.map(|entry| list_item(document, entry, &standing, with_names)).collect()
}

fn list_item(document: &IncidentDocument, entry: &Entry, standing: &[Entry], with_name: bool) -> String {
    let zone = document.zone();
    let text = corrected(entry, zone, standing);
    let text = if text.is_empty() { entry.kind.map_or("", EntryKind::word).to_owned() } else { text };
    let mut lines = text.lines();
    let mut parts = vec![format!("- {}: {}", zone.date_minute(entry.at), escape_entry(lines.next().unwrap_or_default()))];
    parts.extend(entry.evidence.iter().map(|url| evidence_link(url)));
    parts.extend(entry.by.iter().filter(|_| with_name).map(|name| format!("— {name}")));
    let further = lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n  {}", escape_entry(line)) });
    format!("{}{}", parts.join(" "), further.collect::<String>())
}

/// The text of an entry as its last correction has it.
fn corrected(entry: &Entry, zone: Zone, standing: &[Entry]) -> String {
    let corrections = standing.iter().rev().filter(|other| other.kind == Some(EntryKind::Correction));
    let said = corrections.filter_map(|other| after_name(&other.text, entry, zone)?.strip_prefix(": "));
    said.filter(|text| !text.starts_with("happened at ")).map(str::to_owned).next().unwrap_or_else(|| entry.text.clone())
}

fn fact(label: &str, value: impl Display) -> String {
    format!("- {label}: {value}")
}

fn impact(document: &IncidentDocument) -> Vec<String> {
    let header = document.header();
    let services = header.list(Key::Services);
    let mut facts = Vec::new();
    facts.extend((!services.is_empty()).then(|| fact("Services", escape_entry(&one_line(&services.join(", "))))));
    if let (Some(start), Some(end)) = (header.instant(Key::OutageStartedAt), header.instant(Key::OutageEndedAt)) {
        let zone = document.zone();
        let lasted = in_words(end.seconds_since(start));
        facts.push(fact("Outage", format!("{} to {} ({lasted})", zone.date_minute(start), zone.date_minute(end))));
    }
    facts
}

fn privacy(document: &IncidentDocument) -> Vec<String> {
    document.header().text(Key::Privacy).map(|word| fact("Privacy of end users", escape_entry(&one_line(word)))).into_iter().collect()
}

fn detection(document: &IncidentDocument, report: Report) -> Vec<String> {
    let header = document.header();
    let started = header.instant(Key::OutageStartedAt);
    let when = |key: Key| {
        let at = header.instant(key)?;
        let after = started.filter(|started| at > *started).map(|started| in_words(at.seconds_since(started)));
        let after = after.map_or_else(String::new, |after| format!(", {after} after the outage began"));
        Some(format!("{}{after}", document.zone().date_minute(at)))
    };
    let reporter = header.person(Key::Reporter).filter(|_| report == Report::Postmortem);
    let by = reporter.map_or_else(String::new, |person| format!(", by {}", escape_entry(&person.name)));
    let via = header.text(Key::ReportedVia).map_or_else(String::new, |via| format!(", through {}", escape_entry(&one_line(via))));
    let detected = when(Key::DetectedAt).map(|when| fact("Detected", when));
    detected.into_iter().chain(when(Key::ReportedAt).map(|when| fact("Reported", format!("{when}{by}{via}")))).collect()
}

/// The timeline with its four marks, and above it a prompt for each that nobody can place.
fn timeline(document: &IncidentDocument) -> String {
    let copied = marked_timeline(document);
    let word = |kind: EntryKind| format!("**{}.**", kind.word());
    let unknown = MARKS.into_iter().filter(|(kind, key)| document.header().instant(*key).is_none() && !copied.contains(&word(*kind)));
    let prompt = |kind: EntryKind| format!("{NOT_KNOWN} {0}. Mark it where it belongs: - HH:MM: {1} -->", kind.word(), word(kind));
    let mut parts: Vec<String> = unknown.map(|(kind, _)| prompt(kind)).collect();
    parts.push(copied);
    parts.join("\n\n").trim().to_owned()
}

/// The rows of the incident's table, a postmortem's winning in an RCA.
fn actions(report: Report, folder: &Folder) -> Vec<ActionFields> {
    let mut items: Vec<ActionFields> = Vec::new();
    let mut references = Vec::new();
    let later = folder.postmortem.as_deref().filter(|_| report == Report::Rca);
    for row in later.into_iter().chain([folder.incident.text()]).flat_map(|text| rows(text, ACTION_ITEMS)) {
        let [item, ..] = &row.row;
        let key = row.reference().map_or_else(|| Cell::parse(item).text, |reference| reference.to_string());
        if !key.is_empty() && !references.contains(&key) {
            references.push(key);
            items.push(ActionFields { item: escape_cell(item), ..ActionFields::from(&row.row) });
        }
    }
    items
}

fn times(document: &IncidentDocument) -> Vec<TimeFields> {
    let [outage_start, incident_start, outage_end, incident_end] = MARKS.map(|(kind, key)| (kind.word(), key));
    let order = [outage_start, incident_start, ("Mitigated", Key::MitigatedAt), outage_end, incident_end];
    let known = order.into_iter().filter_map(|(what, key)| Some((what, document.header().instant(key)?)));
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(_, at)| *at);
    known.into_iter().map(|(what, at)| TimeFields { what: what.to_owned(), at: document.zone().date_minute(at) }).collect()
}

#[cfg(test)]
mod tests;
