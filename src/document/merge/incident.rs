//! `incident.md` put together by rules M1 to M8.
//! PURE. The result is read again before it is given away: every entry is in it, and the head block is written anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::broken::BrokenDocument;
use crate::document::edit::title_line;
use crate::document::entry_line::write_entry;
use crate::document::entry_name::mark_void;
use crate::document::front_matter::FrontMatter;
use crate::document::head_block;
use crate::document::header::Header;
use crate::document::header_edit;
use crate::document::incident_document::IncidentDocument;
use crate::document::merge::by_hand;
use crate::document::merge::entries::{self, new_in};
use crate::document::merge::entry_id::{EntryId, SideEntry, bytes_of};
use crate::document::merge::head_place;
use crate::document::merge::keys::{self, MergedKeys};
use crate::document::merge::lost;
use crate::document::merge::merge_entry::Verdict;
use crate::document::merge::merged::Merged;
use crate::document::merge::sections::{self, Name, Section};
use crate::document::merge::status_merge::StatusMerge;
use crate::document::merge::three::Three;
use crate::document::merge::timeline::{self, SideTimeline};
use crate::document::merge::verdicts::Added;
use crate::document::merge::yaml_parts::Parts;
use crate::document::timeline_section::{Timeline, TimelineEntry};
use crate::domain::change::Change;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::zone::Zone;

/// One version of the document, cut.
struct Cut {
    parts: Parts,
    timeline: Option<SideTimeline>,
    sections: Vec<Section>,
}

/// The opening entries of two documents that have nothing in common: they are two incidents.
pub fn is_two_incidents(ours: &IncidentDocument, theirs: &IncidentDocument) -> bool {
    let opened = |document: &IncidentDocument| -> Vec<Entry> {
        document.entries().into_iter().filter(|entry| entry.kind == Some(EntryKind::Opened)).cloned().collect()
    };
    let (ours, theirs) = (opened(ours), opened(theirs));
    !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|entry| theirs.contains(entry))
}

/// Puts the versions together; their lines end in LF.
///
/// # Errors
/// The front matter of a side is no YAML, or the result cannot be read.
pub fn merge(documents: &Three<IncidentDocument>) -> Result<Merged, BrokenDocument> {
    let cut = cut_all(documents)?;
    let by_hand = by_hand::keys(&cut.map(|cut| cut.parts.clone()))
        || by_hand::sections(&cut.map(|cut| cut.sections.clone()))
        || timeline::is_by_hand(&cut.map(|cut| cut.timeline.clone()));
    let sides = cut.map(|cut| cut.timeline.as_ref().map(SideTimeline::entries).unwrap_or_default());
    let mut merged = entries::merge(&sides);
    let zone = documents.map(IncidentDocument::zone);
    let zone = zone.agreed().copied().unwrap_or_else(|| documents.ours.zone());
    let added = Added::of(&sides, zone);
    let judge = |key: &str, values: &Three<serde_json::Value>| added.judge(key, values);
    let MergedKeys { yaml, decided } = keys::merge(&cut.map(|cut| cut.parts.clone()), &judge);
    let marked = |entries: &[SideEntry]| void(entries, zone);
    let status = StatusMerge::of(documents, &sides, &merged, &marked, zone);
    let by_replay = |key: &str| status.as_ref().is_some_and(|status| status.decides(key));
    let last = merged.iter().filter(|found| found.entry.kind != Some(EntryKind::Merge)).map(|found| found.entry.at).max();
    let decided = decided.iter().filter(|decided| !by_replay(&decided.key));
    let mut verdicts: Vec<Verdict> = last.map(|last| decided.map(|decided| added.verdict(decided, last)).collect()).unwrap_or_default();
    verdicts.extend(status.iter().flat_map(StatusMerge::verdicts));
    let versions: Vec<&IncidentDocument> = documents.base.iter().chain([&documents.ours, &documents.theirs]).collect();
    let header = IncidentDocument::header_beside(&yaml, 2, &versions)?;
    let text = with_front_matter(&yaml, &header, status.as_ref())?;
    let new: Vec<Entry> = [&sides.ours, &sides.theirs]
        .into_iter()
        .flat_map(|side| new_in(side, sides.base.as_ref()))
        .filter(|found| found.entry.kind == Some(EntryKind::Merge))
        .map(|found| found.entry.clone())
        .collect();
    verdicts.retain(|verdict| !new.iter().any(|entry| verdict.is_said_by(entry)));
    insert(&mut merged, &verdicts, zone);
    let timeline = timeline::write(&cut.map(|cut| cut.timeline.clone()), &merged, zone);
    let mut body = sections::merge(&cut.map(|cut| cut.sections.clone()), timeline);
    head_place::leave_one(&mut body);
    retitle(&mut body, &header);
    let text = finish(&format!("{text}{}", sections::write(&body)), &merged, &versions)?;
    refuse_lost_lines(documents, &sides, &merged, &text)?;
    Ok(Merged { text, by_hand })
}

/// The safety net under all rules: what a side has is in the result, or a rule took it away.
fn refuse_lost_lines(
    documents: &Three<IncidentDocument>,
    sides: &Three<Vec<SideEntry>>,
    merged: &[SideEntry],
    text: &str,
) -> Result<(), BrokenDocument> {
    let standing: BTreeSet<&EntryId> = merged.iter().map(|found| &found.id).collect();
    let redacted = [&sides.ours, &sides.theirs].into_iter().flatten().filter(|found| !standing.contains(&found.id));
    let titles = [&documents.ours, &documents.theirs].map(|document| own_title(document.header()));
    let gone: BTreeSet<&str> =
        redacted.flat_map(|found| found.source.lines()).chain(titles.iter().map(String::as_str)).map(str::trim).collect();
    let texts = documents.map(IncidentDocument::text);
    lost::refuse(&texts, text, &gone)
}

fn cut_all(documents: &Three<IncidentDocument>) -> Result<Three<Cut>, BrokenDocument> {
    let base = documents.base.as_ref().map(|base| cut(base, &[])).transpose().unwrap_or_default();
    let known: Vec<(&IncidentDocument, &Cut)> = documents.base.iter().zip(&base).collect();
    let ours = cut(&documents.ours, &known)?;
    let theirs = cut(&documents.theirs, &[known.as_slice(), &[(&documents.ours, &ours)]].concat())?;
    Ok(Three { base, ours, theirs })
}

/// Cuts a document; keys that another version has byte for byte are not read again.
fn cut(document: &IncidentDocument, others: &[(&IncidentDocument, &Cut)]) -> Result<Cut, BrokenDocument> {
    let text = document.text();
    let front_matter = FrontMatter::split(text)?;
    let timeline = document.timeline().section.as_ref().map(|section| (section.heading.clone(), section.content.clone()));
    let mut sections = sections::read(text, document.outline(), front_matter.body_start, timeline.as_ref());
    head_place::hide(&mut sections, text, document.outline());
    let own = own_title(document.header());
    let titles = sections.iter_mut().filter(|section| section.name == Name::Title && section.heading == own);
    titles.for_each(|section| TITLE.clone_into(&mut section.heading));
    let yaml = front_matter.yaml_of(text);
    let same = others.iter().find(|(other, _)| other.yaml() == yaml).map(|(_, cut)| cut.parts.clone());
    let parts = same.map_or_else(|| Parts::read(yaml, front_matter.first_line), Ok)?;
    Ok(Cut { parts, timeline: SideTimeline::read(text, document.timeline()), sections })
}

/// Which entries of a list, in its order, count for nothing.
fn void(entries: &[SideEntry], zone: Zone) -> Vec<bool> {
    if !entries.iter().any(|found| found.entry.kind == Some(EntryKind::Void)) {
        return vec![false; entries.len()];
    }
    let standing = entries.iter().map(|found| TimelineEntry { entry: found.entry.clone(), range: 0..0, line: 0, void: false });
    let mut timeline = Timeline { entries: standing.collect(), ..Timeline::default() };
    mark_void(&mut timeline, zone);
    timeline.entries.into_iter().map(|entry| entry.void).collect()
}

/// The front matter with its fences, the status as the replay has it. `header` is what the YAML says.
fn with_front_matter(yaml: &str, header: &Header, status: Option<&StatusMerge<'_>>) -> Result<String, BrokenDocument> {
    let text = format!("---\n{yaml}---\n");
    let mut changes = status.map_or_else(Vec::new, |status| status.changes(&|key: Key| header.text(key).map(str::to_owned)));
    changes.retain(|change| !matches!(change, Change::Set(key, value) if header.text(*key) == Some(value.as_str())));
    changes.retain(|change| !matches!(change, Change::Remove(key) if header.text(*key).is_none()));
    header_edit::edit(&text, &changes).map_err(|error| match error {
        header_edit::EditError::Broken(broken) => broken,
        refused @ header_edit::EditError::Refused { .. } => BrokenDocument { line: 1, column: 1, message: refused.to_string() },
    })
}

/// Puts the Merge entries behind everything of their minute.
fn insert(merged: &mut Vec<SideEntry>, verdicts: &[Verdict], zone: Zone) {
    let mut written: Vec<(Entry, String)> =
        verdicts.iter().map(Verdict::entry).map(|entry| (entry.clone(), write_entry(&entry, zone))).collect();
    written.sort_by(|(one, one_line), (two, two_line)| (one.at, one_line).cmp(&(two.at, two_line)));
    for (entry, source) in written {
        let place = merged.iter().rposition(|found| found.entry.at <= entry.at).map_or(0, |last| last + 1);
        let (day, bytes) = (zone.date(entry.at), bytes_of(&source));
        let copy = merged.iter().filter(|found| found.id.day == day && found.id.bytes == bytes).count();
        merged.insert(place, SideEntry { id: EntryId { day, bytes, copy }, entry, source });
    }
}

/// Stands for the heading that is the title's, which goes with the title.
const TITLE: &str = "# \u{0}title\n";

fn own_title(header: &Header) -> String {
    format!("{}\n", title_line(header.title(), &header.id()))
}

/// Writes the heading anew that is the title's.
fn retitle(body: &mut [Section], header: &Header) {
    body.iter_mut().filter(|section| section.heading == TITLE).for_each(|section| section.heading = own_title(header));
}

/// The text with its head block, once it is seen to hold every entry.
fn finish(text: &str, merged: &[SideEntry], versions: &[&IncidentDocument]) -> Result<String, BrokenDocument> {
    let known: Vec<&str> =
        merged.iter().flat_map(|found| found.entry.by.iter().chain(&found.entry.recorded_by)).map(String::as_str).collect();
    let text = format!("{}\n", text.trim_end());
    let document = IncidentDocument::parse_beside(&text, &known, versions)?;
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for found in merged {
        *wanted.entry(found.id.bytes.as_str()).or_default() += 1;
    }
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &document.timeline().entries {
        *found.entry(bytes_of(text.get(entry.range.clone()).unwrap_or_default())).or_default() += 1;
    }
    let lost = wanted.iter().find(|(bytes, count)| found.get(**bytes).is_none_or(|times| times < count));
    if let Some((bytes, _)) = lost {
        let message = format!("a merge would hide an entry: {}", bytes.lines().next().unwrap_or_default());
        return Err(BrokenDocument { line: 1, column: 1, message });
    }
    Ok(head_block::refresh(&text, document.outline(), document.header(), &document.entries()))
}
