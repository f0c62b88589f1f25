//! The merge of two sides that each only logged something: whole entries of one line, put into the timeline at one place, and the
//! head block that goes with them. Nearly every merge is one; the base alone is then read as a document.
//! PURE. It gives the bytes that the merge in full gives, or nothing: whatever it does not know for certain it leaves to that one.

use chrono::NaiveDate;

use crate::document::entry_line::{Reading, read_entry};
use crate::document::head_block;
use crate::document::incident_document::IncidentDocument;
use crate::document::merge::entry_id::bytes_of;
use crate::document::merge::open_end::{closed, followable};
use crate::document::merge::three::Three;
use crate::document::outline::{BlockKind, Section};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::wording::MERGE_AUTHOR;

/// The base as it is read, once it is known to be in the form that a merge writes.
struct Base<'text> {
    text: &'text str,
    document: IncidentDocument,
    /// Where the head block stands.
    head: std::ops::Range<usize>,
}

/// A new entry: the day it stands under, its line, what it says.
struct NewLine<'text> {
    day: NaiveDate,
    line: &'text str,
    entry: Entry,
}

/// What a side put in: behind which of the base's entries, and what.
struct Insertion<'text> {
    behind: usize,
    lines: Vec<NewLine<'text>>,
}

/// The merged text; none where a side did anything else, or the base is not as a merge writes it.
pub fn merge(texts: &Three<&str>) -> Option<String> {
    let text = texts.base?;
    if [text, texts.ours, texts.theirs].iter().any(|text| text.contains('\r') || !text.ends_with('\n')) {
        return None;
    }
    let base = Base::read(text)?;
    let (ours, theirs) = (base.insertion(texts.ours)?, base.insertion(texts.theirs)?);
    let mut places = if ours.behind == theirs.behind {
        vec![Insertion { behind: ours.behind, lines: woven(ours.lines, theirs.lines)? }]
    } else {
        vec![ours, theirs]
    };
    places.sort_by_key(|place| place.behind);
    base.with(&places)
}

impl<'text> Base<'text> {
    fn read(text: &'text str) -> Option<Self> {
        let document = IncidentDocument::parse(text).ok()?;
        let head = head_block::find(text, document.outline())?;
        let base = Self { text, document, head };
        let fits = base.is_written_so() && base.has_one_head_block() && base.has_its_days_in_order() && base.has_its_entries_in_order();
        fits.then_some(base)
    }

    /// Fences, headings and the end of the file as a merge writes them, and nothing left open at the end.
    fn is_written_so(&self) -> bool {
        let yaml = self.document.yaml();
        let opening = self.text.strip_prefix("---\n").and_then(|rest| rest.strip_prefix(yaml));
        let blocks = self.document.outline().blocks.iter();
        let headings: Vec<_> = blocks.filter(|block| matches!(block.kind, BlockKind::Heading(..))).map(|block| &block.range).collect();
        let end = headings.last().and_then(|last| self.text.get(last.end..)).unwrap_or_default();
        opening.is_some_and(|rest| rest.starts_with("---\n"))
            && headings.iter().all(|range| self.text.get((*range).clone()).is_some_and(|heading| heading.starts_with('#')))
            && self.text.trim_end().len() + 1 == self.text.len()
            && followable(end).trim_end() == end.trim_end()
            && closed(self.text) == self.text
    }

    /// The block is as it would be written anew, under the title and no other heading; nothing else looks like one, and a blank line
    /// follows.
    fn has_one_head_block(&self) -> bool {
        let above = self.document.outline().blocks.iter().take_while(|block| block.range.start < self.head.start);
        if above.filter(|block| matches!(block.kind, BlockKind::Heading(..))).count() > 1 {
            return false;
        }
        let block = self.text.get(self.head.clone()).unwrap_or_default();
        let rendered = head_block::render(self.document.header(), &self.document.entries());
        let rest = self.text.get(self.head.end..).unwrap_or_default();
        block.strip_suffix('\n') == Some(rendered.as_str())
            && rest.starts_with('\n')
            && self.text.matches("**Status:**").count() == 1
            && self.section().is_some_and(|section| self.head.end <= section.heading.start)
    }

    fn section(&self) -> Option<&Section> {
        self.document.timeline().section.as_ref().filter(|section| section.content.end < self.text.len())
    }

    /// Each day once, the earlier above the later.
    fn has_its_days_in_order(&self) -> bool {
        self.document.timeline().days.is_sorted_by(|one, other| one.date < other.date)
    }

    /// Entries by time, none that takes another away, none whose author may be somebody on one side and nobody on the other;
    /// and none twice where lines stand between entries, which go by the two that they stand between.
    fn has_its_entries_in_order(&self) -> bool {
        let entries = &self.document.timeline().entries;
        let source = |at: usize| entries.get(at).and_then(|found| self.text.get(found.range.clone())).unwrap_or_default();
        let plain = |at: usize, entry: &Entry| {
            entry.kind != Some(EntryKind::Void) && (entry.by.is_some() || !source(at).lines().next().unwrap_or_default().contains("— "))
        };
        let apart = entries.windows(2).any(|pair| matches!(pair, [one, other] if one.range.end != other.range.start));
        let distinct = || {
            let mut sources: Vec<String> = (0..entries.len()).map(|at| bytes_of(source(at))).collect();
            sources.sort_unstable();
            sources.is_sorted_by(|one, other| one < other)
        };
        entries.is_sorted_by_key(|found| found.entry.at)
            && entries.iter().enumerate().all(|(at, found)| plain(at, &found.entry))
            && (!apart || distinct())
    }

    /// What a side put in; none if it did anything else.
    fn insertion<'side>(&self, side: &'side str) -> Option<Insertion<'side>> {
        let above = self.text.get(..self.head.start)?;
        let rest = side.strip_prefix(above)?;
        let block = rest.get(..rest.match_indices('\n').nth(2)?.0)?;
        let rest = rest.get(block.len() + 1..)?;
        let same = rest.bytes().zip(self.text.get(self.head.end..)?.bytes()).take_while(|(one, other)| one == other).count();
        let entries = &self.document.timeline().entries;
        let behind = entries.iter().rposition(|found| found.range.end <= self.head.end + same)?;
        let place = entries.get(behind)?.range.end;
        let lines = rest.get(place - self.head.end..)?.strip_suffix(self.text.get(place..)?)?;
        let insertion = Insertion { behind, lines: self.new_lines(behind, lines, block)? };
        (head_block::render(self.document.header(), &self.entries_with(&[&insertion])) == block).then_some(insertion)
    }

    /// The lines put in behind an entry, read with the authors that the side's head block lists.
    fn new_lines<'side>(&self, behind: usize, lines: &'side str, block: &str) -> Option<Vec<NewLine<'side>>> {
        let timeline = self.document.timeline();
        let before = timeline.entries.get(behind)?;
        let next = timeline.entries.get(behind + 1);
        let follows = self.text.get(before.range.end..)?;
        let section_rest = self.text.get(before.range.end..self.section()?.content.end)?;
        // What follows must be read as what it was: the next entry, or something that no entry above it can take in.
        let is_next = next.is_some_and(|next| next.range.start == before.range.end) && follows.starts_with("- ");
        let is_apart = follows.starts_with('\n') && !follows.trim_start_matches('\n').starts_with([' ', '\t']);
        let tail = self.text.get(before.range.end..next.map_or(self.section()?.content.end, |next| next.range.start))?;
        let next_day = timeline.days.iter().find(|day| day.range.start >= before.range.end).map(|day| day.range.start);
        let tail = tail.get(..next_day.map_or(tail.len(), |day| (day - before.range.end).min(tail.len())))?;
        if lines.is_empty() || !(is_next || is_apart) || !tail.trim().is_empty() {
            return None;
        }
        let authors = head_block::authors(block).unwrap_or_default();
        let people = self.document.people();
        let is_known =
            |name: &str| name == MERGE_AUTHOR || people.iter().any(|person| person.name == name) || head_block::lists(authors, name);
        let mut day = timeline.days.iter().rfind(|day| day.range.start < before.range.start)?.date;
        let (mut rest, mut last, mut new) = (lines, before.entry.at, Vec::new());
        while !rest.is_empty() {
            if let Some(heading) = rest.strip_prefix("\n### ") {
                let (date, below) = heading.split_once("\n\n")?;
                let date = date.parse::<NaiveDate>().ok().filter(|read| *read > day && read.to_string() == date)?;
                (day, rest) = (date, below);
                if !section_rest.trim().is_empty() || !below.starts_with("- ") {
                    return None;
                }
            }
            let (line, below) = rest.split_once('\n')?;
            let zone = self.document.zone();
            let entry = read_entry(line, Reading { date: day, zone, is_known: &is_known }).ok()?;
            let known = |found: &crate::document::timeline_section::TimelineEntry| {
                found.entry.at == entry.at && self.text.get(found.range.clone()).unwrap_or_default().trim_end() == line
            };
            let in_order = entry.at >= last && next.is_none_or(|next| entry.at <= next.entry.at) && zone.date(entry.at) == day;
            if !is_plain(line, &entry) || !in_order || timeline.entries.iter().any(known) {
                return None;
            }
            last = entry.at;
            new.push(NewLine { day, line, entry });
            rest = below;
        }
        Some(new)
    }

    /// All entries in their order, with those put in.
    fn entries_with<'a>(&'a self, places: &[&'a Insertion<'_>]) -> Vec<&'a Entry> {
        let mut entries = Vec::new();
        for (at, found) in self.document.timeline().entries.iter().enumerate() {
            entries.push(&found.entry);
            let here = places.iter().filter(|place| place.behind == at);
            entries.extend(here.flat_map(|place| &place.lines).map(|new| &new.entry));
        }
        entries
    }

    /// The base with what is put in, and its head block written anew.
    fn with(&self, places: &[Insertion<'_>]) -> Option<String> {
        let block = head_block::render(self.document.header(), &self.entries_with(&places.iter().collect::<Vec<_>>()));
        let mut out = format!("{}{block}\n", self.text.get(..self.head.start)?);
        let mut at = self.head.end;
        let timeline = self.document.timeline();
        for place in places {
            let before = timeline.entries.get(place.behind)?;
            out.push_str(self.text.get(at..before.range.end)?);
            at = before.range.end;
            let mut day = timeline.days.iter().rfind(|day| day.range.start < before.range.start)?.date;
            for new in &place.lines {
                if new.day != day {
                    day = new.day;
                    out.extend(["\n### ", &day.to_string(), "\n\n"]);
                }
                out.push_str(new.line);
                out.push('\n');
            }
        }
        out.push_str(self.text.get(at..)?);
        Some(out)
    }
}

/// Whether an entry is one that moves no status, answers for nobody, and takes nothing away; written by nobody whose name could be
/// read as two.
fn is_plain(line: &str, entry: &Entry) -> bool {
    let unlike = [EntryKind::Void, EntryKind::Redacted, EntryKind::Merge];
    let kind = entry.kind.is_none_or(|kind| kind.status_move().is_none() && !kind.answers_for_a_person() && !unlike.contains(&kind));
    let named = entry.by.is_some() || !line.contains("— ");
    kind && named && line.starts_with("- ") && line.trim_end() == line && !line.contains("**Status:**")
}

/// The lines of both sides by time, within a minute the smaller first, each side's in its own order; none if both have one.
fn woven<'text>(ours: Vec<NewLine<'text>>, theirs: Vec<NewLine<'text>>) -> Option<Vec<NewLine<'text>>> {
    let twice = |one: &NewLine<'_>, all: &[NewLine<'_>]| all.iter().filter(|other| (other.day, other.line) == (one.day, one.line)).count();
    if ours.iter().any(|one| twice(one, &theirs) > 0) {
        return None;
    }
    let mut out = Vec::with_capacity(ours.len() + theirs.len());
    let (mut ours, mut theirs) = (ours.into_iter().peekable(), theirs.into_iter().peekable());
    let order = |new: &NewLine<'text>| (new.entry.at, new.day, new.line);
    while let Some(our) = ours.peek() {
        let their = theirs.next_if(|their| order(their) < order(our));
        out.extend(their.or_else(|| ours.next()));
    }
    out.extend(theirs);
    Some(out)
}
