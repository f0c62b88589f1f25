//! `incident.md` put together by rules M1 to M8.
//! PURE. The result is read again before it is given away: every entry is in it, and the head block is written anew.

use std::collections::BTreeMap;

use crate::document::broken::BrokenDocument;
use crate::document::edit::title_line;
use crate::document::entry_line::write_entry;
use crate::document::entry_name::mark_void;
use crate::document::front_matter::FrontMatter;
use crate::document::head_block;
use crate::document::header::Header;
use crate::document::header_edit;
use crate::document::incident_document::IncidentDocument;
use crate::document::merge::entries::{self, new_in};
use crate::document::merge::entry_id::{EntryId, SideEntry, bytes_of};
use crate::document::merge::head_place;
use crate::document::merge::keys::{self, MergedKeys};
use crate::document::merge::merge_entry::Verdict;
use crate::document::merge::sections::{self, Name, Section};
use crate::document::merge::status_merge::{KEYS, StatusMerge};
use crate::document::merge::three::Three;
use crate::document::merge::timeline::{self, SideTimeline};
use crate::document::merge::verdicts::Added;
use crate::document::merge::yaml_parts::Parts;
use crate::document::timeline_section::{Timeline, TimelineEntry};
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
pub fn merge(documents: &Three<IncidentDocument>) -> Result<String, BrokenDocument> {
    let cut = cut_all(documents)?;
    let sides = cut.map(|cut| cut.timeline.as_ref().map(SideTimeline::entries).unwrap_or_default());
    let mut merged = entries::merge(&sides);
    let zone = documents.map(IncidentDocument::zone);
    let zone = zone.agreed().copied().unwrap_or_else(|| documents.ours.zone());
    let added = Added::of(&sides, zone);
    let judge = |key: &str, values: &Three<serde_json::Value>| added.judge(key, values);
    let MergedKeys { yaml, decided } = keys::merge(&cut.map(|cut| cut.parts.clone()), &judge);
    let marked = |entries: &[SideEntry]| void(entries, zone);
    let status = StatusMerge::of(documents, &sides, &merged, &marked, zone);
    let by_replay = |key: &str| status.is_some() && KEYS.iter().any(|known| known.name() == key);
    let last = merged.iter().filter(|found| found.entry.kind != Some(EntryKind::Merge)).map(|found| found.entry.at).max();
    let decided = decided.iter().filter(|decided| !by_replay(&decided.key));
    let mut verdicts: Vec<Verdict> = last.map(|last| decided.map(|decided| added.verdict(decided, last)).collect()).unwrap_or_default();
    verdicts.extend(status.iter().flat_map(StatusMerge::verdicts));
    let text = with_front_matter(&yaml, status.as_ref())?;
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
    retitle(&mut body, documents, &text)?;
    finish(&format!("{text}{}", sections::write(&body)), &merged)
}

fn cut_all(documents: &Three<IncidentDocument>) -> Result<Three<Cut>, BrokenDocument> {
    let base = documents.base.as_ref().map(cut).transpose().unwrap_or_default();
    Ok(Three { base, ours: cut(&documents.ours)?, theirs: cut(&documents.theirs)? })
}

fn cut(document: &IncidentDocument) -> Result<Cut, BrokenDocument> {
    let text = document.text();
    let front_matter = FrontMatter::split(text)?;
    let timeline = document.timeline().section.as_ref().map(|section| (section.heading.clone(), section.content.clone()));
    let mut sections = sections::read(text, document.outline(), front_matter.body_start, timeline.as_ref());
    head_place::hide(&mut sections, text, document.outline());
    let parts = Parts::read(front_matter.yaml_of(text), front_matter.first_line)?;
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

/// The front matter with its fences, the status as the replay has it.
fn with_front_matter(yaml: &str, status: Option<&StatusMerge<'_>>) -> Result<String, BrokenDocument> {
    let text = format!("---\n{yaml}---\n");
    let Some(status) = status else { return Ok(text) };
    let header = Header::parse(yaml, 2)?;
    let changes = status.changes(&|key: Key| header.text(key).map(str::to_owned));
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

/// A heading that is the title's goes with the title.
fn retitle(body: &mut [Section], documents: &Three<IncidentDocument>, front_matter: &str) -> Result<(), BrokenDocument> {
    let line = |title: &str, id: &crate::domain::incident_id::IncidentId| format!("{}\n", title_line(title, id));
    let header = Header::of_document(front_matter)?;
    let own: Vec<String> = [&documents.ours, &documents.theirs].map(|document| line(document.title(), &document.id())).into();
    if let Some(title) = body.iter_mut().find(|section| section.name == Name::Title && own.contains(&section.heading)) {
        title.heading = line(header.title(), &header.id());
    }
    Ok(())
}

/// The text with its head block, once it is seen to hold every entry.
fn finish(text: &str, merged: &[SideEntry]) -> Result<String, BrokenDocument> {
    let known: Vec<&str> =
        merged.iter().flat_map(|found| found.entry.by.iter().chain(&found.entry.recorded_by)).map(String::as_str).collect();
    let text = format!("{}\n", text.trim_end());
    let document = IncidentDocument::parse_with(&text, &known)?;
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
