//! `record/differs`: a postmortem's timeline tells what the record tells, or says that it does not.
//! PURE. Entries that equal one of the record are quotations: what other rules find in them is the record's, not the report's.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::front_matter::FrontMatter;
use crate::document::incident_document::IncidentDocument;
use crate::document::marks::MARKS;
use crate::document::outline::Outline;
use crate::document::timeline_section::{Timeline, TimelineEntry};
use crate::domain::entry::Entry;
use crate::domain::finding::Level;
use crate::domain::timestamp::Timestamp;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::{LintedText, TextKind};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "record/differs",
    level: Level::Warning,
    what: "an entry of a postmortem's timeline that is not in the incident's record as it stands there",
    source: "By maintaining a live document with a running log of actions the team has taken",
    page: include_str!("data/pages/record-differs.txt"),
};

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    let Some(record) = record_of(linted) else { return };
    let told = by_instant(record);
    for entry in entries(linted, record).iter().filter(|entry| !is_mark(&entry.entry) && !stands_in(&told, &entry.entry)) {
        let Some(span) = first_line(linted.text, &entry.range) else { continue };
        let help = format!("correct the record first: qpp-incident correct {}, or tell it outside the timeline", record.id());
        found.push(LintFinding::new(&RULE, prose, span, message(&entry.entry, record)).with_help(help));
    }
}

/// Where the entries stand that quote the record.
pub fn quotations(linted: &LintedText) -> Vec<Range<usize>> {
    let Some(record) = record_of(linted) else { return Vec::new() };
    let told = by_instant(record);
    let quoted = entries(linted, record).into_iter().filter(|entry| is_mark(&entry.entry) || stands_in(&told, &entry.entry));
    quoted.map(|entry| entry.range).collect()
}

fn record_of<'a>(linted: &LintedText<'a>) -> Option<&'a IncidentDocument> {
    linted.record.filter(|_| linted.kind == TextKind::Postmortem)
}

/// The entries of the report's timeline, by the record's zone and people.
fn entries(linted: &LintedText, record: &IncidentDocument) -> Vec<TimelineEntry> {
    let body_start = FrontMatter::split(linted.text).map_or(0, |parts| parts.body_start);
    let authors: Vec<&str> =
        record.entries().into_iter().flat_map(|entry| [entry.by.as_deref(), entry.recorded_by.as_deref()]).flatten().collect();
    let people = record.people();
    let is_known = |name: &str| authors.contains(&name) || people.iter().any(|person| person.name == name);
    Timeline::read(linted.text, &Outline::read(linted.text, body_start), record.zone(), &is_known).entries
}

fn is_mark(entry: &Entry) -> bool {
    MARKS.iter().any(|(kind, _)| entry.kind == Some(*kind))
}

/// The record's entries by their minute, so that ten thousand of them are looked up and not gone through.
fn by_instant(record: &IncidentDocument) -> BTreeMap<Timestamp, Vec<&Entry>> {
    let mut told: BTreeMap<Timestamp, Vec<&Entry>> = BTreeMap::new();
    for entry in record.entries() {
        told.entry(entry.at).or_default().push(entry);
    }
    told
}

fn stands_in(told: &BTreeMap<Timestamp, Vec<&Entry>>, entry: &Entry) -> bool {
    told.get(&entry.at).is_some_and(|entries| entries.contains(&entry))
}

/// The head of an entry, without its line end.
fn first_line(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.clone())?.lines().next()?.trim_end();
    (!line.is_empty()).then(|| range.start..range.start + line.len())
}

/// What the record says in its place.
fn message(entry: &Entry, record: &IncidentDocument) -> String {
    let zone = record.zone();
    let entries = record.entries();
    if let Some(moved) = entries.iter().find(|other| other.text == entry.text && other.kind == entry.kind && other.at != entry.at) {
        return format!("the record has this entry at {}", zone.date_minute(moved.at));
    }
    let same_minute = || entries.iter().filter(|other| other.at == entry.at);
    if let Some(other) = same_minute().find(|other| other.text == entry.text && other.kind == entry.kind) {
        return match (&other.by, other.by == entry.by) {
            (_, true) => "the record has this entry with other evidence or another reference".to_owned(),
            (Some(by), false) => format!("the record has this entry of {by}"),
            (None, false) => "the record names nobody for this entry".to_owned(),
        };
    }
    match same_minute().max_by_key(|other| likeness(&other.text, &entry.text)) {
        Some(other) => format!("the record says at {}: {}", zone.minute(entry.at), said(other)),
        None => format!("the record has no entry at {}", zone.date_minute(entry.at)),
    }
}

/// How many words two texts share.
fn likeness(one: &str, other: &str) -> usize {
    one.split_whitespace().filter(|word| other.split_whitespace().any(|other| other == *word)).count()
}

/// The entry in short.
fn said(entry: &Entry) -> String {
    let kind = entry.kind.map(|kind| format!("{kind}. ")).unwrap_or_default();
    let line = format!("{kind}{}", entry.first_line());
    if line.chars().count() <= 80 { line } else { format!("{}\u{2026}", line.chars().take(79).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::lint::known::Known;

    const RECORD: &str = "---\nid: INC-K7QFM\ntitle: T\nstatus: closed\nreporter: Grace Hopper <g@example.org>\n---\n# T\n\n## Timeline (all times America/New_York)\n\n\
                          ### 2026-11-19\n\n- 00:02 EST: Restarted the pool. — Grace Hopper\n- 00:05 EST: **Commander.** Sam Reyes\n- 00:09 EST: Sam failed to look. — Grace Hopper\n";

    fn found(timeline: &str) -> (Vec<String>, usize) {
        let text = format!("# T\n\n## Timeline (all times America/New_York)\n\n### 2026-11-19\n\n{timeline}\n\n## End\n");
        let record = IncidentDocument::parse(RECORD).unwrap();
        let known = Known::default();
        let linted = LintedText { kind: TextKind::Postmortem, record: Some(&record), ..LintedText::other(&text, &known) };
        let mut found = Vec::new();
        lint(&Prose::read(&text), &linted, &mut found);
        (
            found.iter().map(|found| format!("{} {}", found.finding.line.unwrap(), found.finding.message)).collect(),
            quotations(&linted).len(),
        )
    }

    #[test]
    fn what_equals_the_record_and_the_marks_are_quotations() {
        let same =
            "- 00:00 EST: **Outage start.**\n- 00:02 EST: Restarted the pool. — Grace Hopper\n- 00:05 EST: **Commander.** Sam Reyes\n";
        assert_eq!(found(same), (vec![], 3));
    }

    #[test]
    fn what_differs_is_named_with_what_the_record_says() {
        let other = "- 00:02 EST: Restarted the pool twice. — Grace Hopper\n- 00:04 EST: **Commander.** Sam Reyes\n- 00:05 EST: **Commander.** Sam Reyes — Grace Hopper\n- 01:00 EST: Slept.\n";
        assert_eq!(
            found(other),
            (
                vec![
                    "7 the record says at 00:02 EST: Restarted the pool.".to_owned(),
                    "8 the record has this entry at 2026-11-19 00:05 EST".to_owned(),
                    "9 the record names nobody for this entry".to_owned(),
                    "10 the record has no entry at 2026-11-19 01:00 EST".to_owned(),
                ],
                0
            )
        );
    }

    #[test]
    fn a_text_without_a_record_differs_from_nothing() {
        let known = Known::default();
        let text = LintedText::other("## Timeline\n\n- 00:02 EST: x\n", &known);
        let mut found = Vec::new();
        lint(&Prose::read(text.text), &text, &mut found);
        assert!(found.is_empty() && quotations(&text).is_empty());
    }
}
