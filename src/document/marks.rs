//! The four marks of a postmortem's timeline: outage start and end, incident start and end.
//! PURE. The copy of the timeline is made here; the incident document keeps its own without marks.

use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::Outline;
use crate::document::timeline_section::{TITLE, Timeline, insert, insert_before, insert_behind};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::section::Section;
use crate::domain::zone::Zone;

/// The marks and the keys that say when. The incident starts when it is acknowledged and ends when it is closed.
///
/// # Source
/// The process, "Be comprehensive": "Add start and end times to the outage and incident … in the timeline, and mark them clearly".
pub const MARKS: [(EntryKind, Key); 4] = [
    (EntryKind::OutageStart, Key::OutageStartedAt),
    (EntryKind::IncidentStart, Key::AcknowledgedAt),
    (EntryKind::OutageEnd, Key::OutageEndedAt),
    (EntryKind::IncidentEnd, Key::ClosedAt),
];

/// The marks whose instant the document knows, as entries.
pub fn marks(header: &Header) -> Vec<Entry> {
    let known = MARKS.into_iter().filter_map(|(kind, key)| header.instant(key).map(|at| (kind, at)));
    known.map(|(kind, at)| Entry { kind: Some(kind), ..Entry::new(at, "") }).collect()
}

/// The day headings and entries of the document's timeline with the marks among them, as a postmortem holds them.
/// A mark that somebody has entered already is not entered again.
pub fn marked_timeline(document: &IncidentDocument) -> String {
    let section = document.timeline().section.as_ref().map(|section| section.content.clone());
    let content = section.and_then(|range| document.text().get(range)).unwrap_or_default().replace("\r\n", "\n");
    let zone = document.zone();
    let mut text = format!("## {TITLE}\n\n{}\n", content.trim());
    for mark in marks(document.header()) {
        let timeline = Timeline::read(&text, &Outline::read(&text, 0), zone, &|_| true);
        if !timeline.standing().any(|entry| entry.entry.kind == mark.kind) {
            text = insert_mark(&text, &timeline, &mark, zone);
        }
    }
    text = without_written_sections(text, zone);
    text.split_once('\n').map_or_else(String::new, |(_, body)| body.trim().to_owned())
}

/// Whether an entry only says that a section of the incident document was written: a report has the section itself.
pub fn tells_of_a_section(entry: &Entry) -> bool {
    let key = entry.text.split_once(": ").map_or("", |(key, _)| key);
    entry.kind == Some(EntryKind::Fact) && key.parse::<Section>().is_ok()
}

/// The timeline without the entries that tell of a section, and without a day on which nothing else happened.
fn without_written_sections(mut text: String, zone: Zone) -> String {
    let timeline = |text: &str| Timeline::read(text, &Outline::read(text, 0), zone, &|_| true);
    for found in timeline(&text).entries.into_iter().rev().filter(|found| tells_of_a_section(&found.entry)) {
        text.replace_range(found.range, "");
    }
    let days = timeline(&text).days;
    let ends: Vec<usize> = days.iter().skip(1).map(|next| next.range.start).chain([text.len()]).collect();
    for (day, end) in days.iter().zip(ends).rev() {
        if text.get(day.range.end..end).is_some_and(|rest| rest.trim().is_empty()) {
            text.replace_range(day.range.start..end, "");
        }
    }
    text
}

/// Within its minute the outage starts before everything else, and the incident right with its acknowledgement.
fn insert_mark(text: &str, timeline: &Timeline, mark: &Entry, zone: Zone) -> String {
    let mut same_minute = timeline.entries.iter().filter(|found| found.entry.at == mark.at);
    match mark.kind {
        Some(EntryKind::OutageStart) => same_minute.next().map(|first| insert_before(text, first, mark, zone)),
        Some(EntryKind::IncidentStart) => {
            let acknowledged = same_minute.find(|found| found.entry.kind == Some(EntryKind::Acknowledged));
            acknowledged.map(|found| insert_behind(text, timeline, found, mark, zone))
        }
        _ => None,
    }
    .unwrap_or_else(|| insert(text, timeline, mark, zone))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn document(facts: &str, timeline: &str) -> IncidentDocument {
        let text = format!(
            "---\nid: INC-K7QFM\ntitle: Many errors\nstatus: closed\n{facts}---\n# T\n\n## Timeline (all times America/New_York)\n\n{timeline}\n## Root Causes\n"
        );
        IncidentDocument::parse(&text).unwrap()
    }

    const FACTS: &str = "outage_started_at: 2026-11-22T23:50:00-05:00\nacknowledged_at: 2026-11-23T00:04:10-05:00\n\
                         outage_ended_at: 2026-11-23T01:00:00-05:00\nclosed_at: 2026-11-23T02:00:00-05:00\n";
    const TIMELINE: &str = "### 2026-11-22\n\n- 23:58 EST: **Opened.** Many errors.\n\n### 2026-11-23\n\n- 00:04 EST: **Acknowledged.**\n\
                            - 01:30 EST: Cleaned up.\n  Twice.\n";

    #[test]
    fn the_four_marks_stand_at_their_times() {
        let wanted = "### 2026-11-22\n\n- 23:50 EST: **Outage start.**\n- 23:58 EST: **Opened.** Many errors.\n\n### 2026-11-23\n\n\
                      - 00:04 EST: **Acknowledged.**\n- 00:04 EST: **Incident start.**\n- 01:00 EST: **Outage end.**\n\
                      - 01:30 EST: Cleaned up.\n  Twice.\n- 02:00 EST: **Incident end.**";
        assert_eq!(marked_timeline(&document(FACTS, TIMELINE)), wanted);
        let carriage = document(FACTS, TIMELINE).text().replace('\n', "\r\n");
        assert_eq!(marked_timeline(&IncidentDocument::parse(&carriage).unwrap()), wanted);
    }

    #[test]
    fn within_their_minute_the_outage_starts_first_and_the_incident_with_its_acknowledgement() {
        let facts = "outage_started_at: 2026-11-22T23:58:00-05:00\nacknowledged_at: 2026-11-22T23:58:30-05:00\n";
        let timeline =
            "### 2026-11-22\n\n- 23:58 EST: Errors.\n  Many.\n- 23:58 EST: **Acknowledged.**\n\n  Here.\n- 23:58 EST: **Commander.** x\n";
        let wanted = "### 2026-11-22\n\n- 23:58 EST: **Outage start.**\n- 23:58 EST: Errors.\n  Many.\n- 23:58 EST: **Acknowledged.**\n\n  Here.\n\
                      - 23:58 EST: **Incident start.**\n- 23:58 EST: **Commander.** x";
        assert_eq!(marked_timeline(&document(facts, timeline)), wanted);
    }

    #[test]
    fn what_tells_of_a_section_is_not_copied_and_leaves_no_empty_day() {
        let more = "- 02:10 EST: **Fact.** impact: 40 % of logins fail.\n- 02:11 EST: **Fact.** severity: SEV-2\n\n### 2026-11-24\n\n\
                    - 09:00 EST: **Fact.** summary: Logins failed.\n";
        let copied = marked_timeline(&document("", &format!("{TIMELINE}{more}")));
        assert_eq!(copied, format!("{TIMELINE}- 02:11 EST: **Fact.** severity: SEV-2"));
    }

    #[test]
    fn what_is_not_known_is_not_marked_and_what_is_marked_stays() {
        let by_hand = TIMELINE.replace("- 00:04 EST: **Ack", "- 00:02 EST: **Incident start.** By phone.\n- 00:04 EST: **Ack");
        let some = document("acknowledged_at: 2026-11-23T00:04:10-05:00\n", &by_hand);
        assert_eq!(marked_timeline(&some), by_hand.trim());
        assert_eq!(marked_timeline(&document("", "")), "");
    }
}
