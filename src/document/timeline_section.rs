//! The timeline of an incident document: which lines are entries, and where a new one goes.
//! PURE. Lines that are no entries are never moved or changed; an entry owns what stands below it up to the next.

use std::ops::Range;

use chrono::NaiveDate;

use crate::document::entry_line::{NotAnEntry, Reading, read_entry, write_entry};
use crate::document::outline::{Block, BlockKind, Outline, Section, line_end};
use crate::domain::entry::Entry;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// An entry where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What it says.
    pub entry: Entry,
    /// Its lines in the document, further lines and their line ends included.
    pub range: Range<usize>,
    /// 1-based line of its head.
    pub line: usize,
    /// A later entry says that it counts for nothing.
    pub void: bool,
}

/// A bullet of the timeline that is no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadBullet {
    /// 1-based line.
    pub line: usize,
    /// Why it is none.
    pub why: String,
}

/// A day heading where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Its heading's lines.
    pub range: Range<usize>,
}

/// The timeline as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The section, if the document has one.
    pub section: Option<Section>,
    /// The day headings, in the order of the document.
    pub days: Vec<Day>,
    /// The entries, in the order of the document.
    pub entries: Vec<TimelineEntry>,
    /// The bullets that are none.
    pub unread: Vec<UnreadBullet>,
}

/// The title that the section begins with.
pub const TITLE: &str = "Timeline";

impl Timeline {
    /// Reads the timeline of `text`, whose outline is given.
    pub fn read(text: &str, outline: &Outline, zone: Zone, is_known: &dyn Fn(&str) -> bool) -> Self {
        let Some(section) = outline.section(2, TITLE) else { return Self::default() };
        let mut timeline = Self { section: Some(section.clone()), ..Self::default() };
        let mut lines = LineCounter { text, at: 0, line: 1 };
        for block in outline.blocks_in(&section.content) {
            match &block.kind {
                BlockKind::Heading(3, title) => timeline.days.extend(day(title, block)),
                BlockKind::Item(true) => timeline.read_bullet(text, block, lines.line_of(block.range.start), zone, is_known),
                _ => {}
            }
        }
        timeline
    }

    fn read_bullet(&mut self, text: &str, block: &Block, line: usize, zone: Zone, is_known: &dyn Fn(&str) -> bool) {
        let source = text.get(block.range.clone()).unwrap_or_default();
        let read = match self.days.last() {
            Some(day) => read_entry(source, Reading { date: day.date, zone, is_known }).map_err(|error| why(&error)),
            None => Err("no day heading such as `### 2026-11-22` stands above it".to_owned()),
        };
        match read {
            Ok(entry) => self.entries.push(TimelineEntry { entry, range: block.range.clone(), line, void: false }),
            Err(why) => self.unread.push(UnreadBullet { line, why }),
        }
    }

    /// The entries that count: those not void.
    pub fn standing(&self) -> impl Iterator<Item = &TimelineEntry> {
        self.entries.iter().filter(|entry| !entry.void)
    }
}

fn why(error: &NotAnEntry) -> String {
    error.to_string()
}

fn day(title: &str, block: &Block) -> Option<Day> {
    let date = NaiveDate::parse_from_str(title.trim(), "%Y-%m-%d").ok()?;
    Some(Day { date, range: block.range.clone() })
}

/// Counts lines forward, so that ten thousand entries cost one pass.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, at: usize) -> usize {
        self.line += self.text.get(self.at..at).unwrap_or_default().matches('\n').count();
        self.at = at;
        self.line
    }
}

/// The text with a new entry at its place: behind every entry that is not later, under the heading of its day.
/// Every other byte stays.
pub fn insert(text: &str, timeline: &Timeline, entry: &Entry, zone: Zone) -> String {
    insert_lines(text, timeline, entry.at, &write_entry(entry, zone), zone)
}

/// As [`insert`], with the lines as they are to stand, without a line end at their end.
pub fn insert_lines(text: &str, timeline: &Timeline, at: Timestamp, lines: &str, zone: Zone) -> String {
    let eol = line_end(text);
    let line = lines.replace("\r\n", "\n").replace('\n', eol);
    let Some(section) = &timeline.section else {
        return format!("{}## {TITLE} (all times {zone}){eol}{eol}### {}{eol}{eol}{line}{eol}", ended(text, eol, true), zone.date(at));
    };
    let date = zone.date(at);
    let earlier = timeline.entries.iter().rposition(|other| other.entry.at <= at);
    let heading = timeline.days.iter().find(|day| day.date == date);
    match (earlier.and_then(|index| timeline.entries.get(index)), heading) {
        (Some(before), _) if zone.date(before.entry.at) == date => {
            splice(text, extent_end(text, timeline, section, before.range.end), &line, eol, false)
        }
        (_, Some(heading)) => below_heading(text, timeline, heading, &line, eol),
        (Some(before), None) => new_day(text, extent_end(text, timeline, section, before.range.end), date, &line, eol),
        (None, None) => {
            let first_later = timeline.days.iter().find(|day| day.date > date).map(|day| day.range.start);
            let at = first_later.unwrap_or(section.content.end);
            new_day(text, trimmed_end(text, section.heading.end, at), date, &line, eol)
        }
    }
}

/// As [`insert`], right before a standing entry of the same minute.
pub fn insert_before(text: &str, other: &TimelineEntry, entry: &Entry, zone: Zone) -> String {
    let eol = line_end(text);
    splice(text, other.range.start, &write_entry(entry, zone).replace('\n', eol), eol, false)
}

/// As [`insert`], right behind a standing entry of the same minute and what belongs to it.
pub fn insert_behind(text: &str, timeline: &Timeline, other: &TimelineEntry, entry: &Entry, zone: Zone) -> String {
    let eol = line_end(text);
    let line = write_entry(entry, zone).replace('\n', eol);
    let Some(section) = &timeline.section else { return insert(text, timeline, entry, zone) };
    splice(text, extent_end(text, timeline, section, other.range.end), &line, eol, false)
}

/// Where what belongs to an entry ends: before the next entry or day heading, or with the section.
fn extent_end(text: &str, timeline: &Timeline, section: &Section, from: usize) -> usize {
    let entries = timeline.entries.iter().map(|entry| entry.range.start);
    let days = timeline.days.iter().map(|day| day.range.start);
    let next = entries.chain(days).filter(|start| *start >= from).min().unwrap_or(section.content.end);
    trimmed_end(text, from, next)
}

/// The end of the last line between two places that is not blank.
fn trimmed_end(text: &str, from: usize, to: usize) -> usize {
    let between = text.get(from..to).unwrap_or_default();
    let solid = from + between.trim_end().len();
    if solid == from {
        return from;
    }
    text.get(solid..to).and_then(|rest| rest.find('\n')).map_or(to, |at| solid + at + 1)
}

/// Puts whole lines at a place; with `apart`, blank lines stand around them.
fn splice(text: &str, at: usize, lines: &str, eol: &str, apart: bool) -> String {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let blank_after = if apart && !tail.is_empty() && !tail.starts_with(eol) { eol } else { "" };
    format!("{}{lines}{eol}{blank_after}{tail}", ended(head, eol, apart))
}

/// The text with a line end at its end, and a blank line when `apart`.
fn ended(head: &str, eol: &str, apart: bool) -> String {
    let mut head = head.to_owned();
    if !head.is_empty() && !head.ends_with('\n') {
        head.push_str(eol);
    }
    if apart && !head.is_empty() && !head.ends_with("\n\n") && !head.ends_with("\n\r\n") {
        head.push_str(eol);
    }
    head
}

fn new_day(text: &str, at: usize, date: NaiveDate, line: &str, eol: &str) -> String {
    splice(text, at, &format!("### {date}{eol}{eol}{line}"), eol, true)
}

/// First under its day: before the first entry there, or right below the heading.
fn below_heading(text: &str, timeline: &Timeline, heading: &Day, line: &str, eol: &str) -> String {
    let next_day = timeline.days.iter().map(|day| day.range.start).find(|start| *start > heading.range.start).unwrap_or(usize::MAX);
    let first = timeline.entries.iter().map(|entry| entry.range.start).find(|start| (heading.range.end..next_day).contains(start));
    match first {
        Some(at) => splice(text, at, line, eol, false),
        None => splice(text, heading.range.end, line, eol, true),
    }
}

#[cfg(test)]
mod tests;
