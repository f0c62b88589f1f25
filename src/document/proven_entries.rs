//! The entries of a timeline as evidence: each by time and digest, where it stands; read anew, or from the version before on.
//! PURE. A long document is compared by its common start and end: only what lies between is parsed, from an item that both
//! versions begin at the top level to one that both begin there again. Where that cannot be shown, all of it is parsed.
//!
//! # Source
//! CommonMark: what a line opens depends on the lines before it alone; a heading and an item at the left edge end all that was open.

use std::ops::Range;

use chrono::NaiveDate;

use crate::document::commit_message::entry_hash;
use crate::document::entry_line::entry_time;
use crate::document::outline::{Block, BlockKind, Outline};
use crate::document::timeline_section::TITLE;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// What tells an entry from every other: when it happened, and its digest.
pub type Identity = (Timestamp, u64);

/// From how many entries on a document counts as long.
const LONG: usize = 64;

/// How many bytes are compared at once.
const PIECE: usize = 4096;

/// An entry as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenEntry {
    /// When it happened, to the minute.
    pub at: Timestamp,
    /// The number that its `Entry:` trailer holds.
    pub digest: u64,
    /// Its lines in the text that was read.
    pub range: Range<usize>,
    /// The day of the heading above it.
    pub date: NaiveDate,
}

impl ProvenEntry {
    /// Time and digest.
    pub fn identity(&self) -> Identity {
        (self.at, self.digest)
    }
}

/// The first timeline of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvenTimeline {
    /// Its entries, in the order of the document.
    pub entries: Vec<ProvenEntry>,
    /// Its heading's lines; empty where there is no timeline.
    heading: Range<usize>,
    /// Where the next section begins, or the text ends.
    end: usize,
    zone: Zone,
}

impl ProvenTimeline {
    /// Reads a text whose body begins at `body_start`.
    pub fn read(text: &str, body_start: usize, zone: Zone) -> Self {
        let outline = Outline::read(text, body_start);
        let Some(section) = outline.section(2, TITLE) else { return Self { zone, ..Self::default() } };
        let mut date = None;
        let entries = outline.blocks_in(&section.content).filter_map(|block| entry(text, block, &mut date, zone)).collect();
        Self { entries, heading: section.heading.clone(), end: section.content.end, zone }
    }

    /// The same, from what was read of another version of the document where that is quicker.
    pub fn read_after(text: &str, body_start: usize, zone: Zone, old_text: &str, old: &Self) -> Self {
        let is_long = old.entries.len() >= LONG && old.zone == zone;
        let resumed = is_long.then(|| old.resumed(text, body_start, old_text)).flatten();
        resumed.unwrap_or_else(|| Self::read(text, body_start, zone))
    }

    fn resumed(&self, text: &str, body_start: usize, old_text: &str) -> Option<Self> {
        let heading = self.same_heading(text, body_start, old_text)?;
        let (old_rest, rest) = (old_text.get(self.heading.end..)?, text.get(heading.end..)?);
        let head = common_start(old_rest.as_bytes(), rest.as_bytes());
        let tail = common_end(old_rest.as_bytes().get(head..)?, rest.as_bytes().get(head..)?);
        // Where a place of the old text that lies behind the difference lies in the new one.
        let moved = |at: usize| (at + text.len()).checked_sub(old_text.len());
        let resume = self.resume_at(old_text, self.heading.end + head);
        let before = |at: usize| (at + heading.end).checked_sub(self.heading.end);
        let start = resume.and_then(|index| self.entries.get(index)).map_or(Some(heading.end), |entry| before(entry.range.start))?;
        let to = self.entries.partition_point(|entry| entry.range.start < old_text.len() - tail);
        let next = self.entries.get(to).map_or(self.end, |entry| entry.range.start);
        if next < old_text.len() - tail {
            return None; // the end of the timeline lies within the difference
        }
        let end = moved(next)?;
        let between = self.between(text, resume, start..end, to)?;
        let shift = |entry: &ProvenEntry, by: &dyn Fn(usize) -> Option<usize>| {
            Some(ProvenEntry { range: by(entry.range.start)?..by(entry.range.end)?, ..entry.clone() })
        };
        let kept = self.entries.iter().take(resume.unwrap_or_default()).map(|entry| shift(entry, &before));
        let last = self.entries.iter().skip(to).map(|entry| shift(entry, &moved));
        let entries: Option<Vec<ProvenEntry>> = kept.chain(between.into_iter().map(Some)).chain(last).collect();
        Some(Self { entries: entries?, heading, end: moved(self.end)?, zone: self.zone })
    }

    /// The heading of the timeline in a new text, if what stands above it leaves it the first at the top level.
    fn same_heading(&self, text: &str, body_start: usize, old_text: &str) -> Option<Range<usize>> {
        let line = old_text.get(self.heading.clone()).filter(|line| line.starts_with("## ") && line.ends_with('\n'))?;
        let body = text.get(body_start..)?;
        let found =
            body.match_indices(line).map(|(at, _)| at + body_start).find(|at| text.get(..*at).is_some_and(|head| head.ends_with('\n')))?;
        let head = Outline::read(text.get(..found + line.len())?, body_start);
        let section = head.section(2, TITLE)?;
        (section.heading == (found..found + line.len())).then(|| section.heading.clone())
    }

    /// The last entry whose first line stands whole before the difference: from it on is parsed.
    fn resume_at(&self, old_text: &str, difference: usize) -> Option<usize> {
        let is_before = |entry: &ProvenEntry| {
            let line = old_text.get(entry.range.clone()).and_then(|source| source.find('\n')).map(|length| entry.range.start + length + 1);
            line.is_some_and(|end| end <= difference)
        };
        self.entries.partition_point(is_before).checked_sub(1)
    }

    /// The entries between two places of the new text, if what begins at the second one begins at the top level there too, and under the
    /// same day.
    fn between(&self, text: &str, resume: Option<usize>, range: Range<usize>, to: usize) -> Option<Vec<ProvenEntry>> {
        let line_end = text.get(range.end..)?.find('\n').map_or(text.len(), |at| range.end + at + 1);
        let outline = Outline::read(text.get(..line_end)?, range.start);
        let mut date = resume.and_then(|index| self.entries.get(index)).map(|entry| entry.date);
        let mut entries = Vec::new();
        for block in outline.blocks.iter().take_while(|block| block.range.start < range.end) {
            if matches!(block.kind, BlockKind::Heading(1 | 2, _)) {
                return None;
            }
            entries.extend(entry(text, block, &mut date, self.zone));
        }
        let at_end = outline.blocks.iter().find(|block| block.range.start >= range.end);
        let is_level = match (self.entries.get(to), at_end) {
            (Some(next), Some(block)) => block.range.start == range.end && block.kind == BlockKind::Item(true) && date == Some(next.date),
            (None, Some(block)) => block.range.start == range.end && matches!(block.kind, BlockKind::Heading(1 | 2, _)),
            (None, None) => range.end == text.len(),
            (Some(_), None) => false,
        };
        is_level.then_some(entries)
    }
}

fn entry(text: &str, block: &Block, date: &mut Option<NaiveDate>, zone: Zone) -> Option<ProvenEntry> {
    match &block.kind {
        BlockKind::Heading(3, title) => {
            *date = day_of(title).or(*date);
            None
        }
        BlockKind::Item(true) => {
            let (source, date) = (text.get(block.range.clone())?, (*date)?);
            let at = entry_time(source, date, zone).ok()?;
            Some(ProvenEntry { at, digest: entry_hash(source), range: block.range.clone(), date })
        }
        _ => None,
    }
}

/// The day that a heading names.
pub fn day_of(title: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(title.trim(), "%Y-%m-%d").ok()
}

/// How many bytes two texts begin alike with; a whole character at least.
fn common_start(one: &[u8], two: &[u8]) -> usize {
    let pieces = one.chunks(PIECE).zip(two.chunks(PIECE)).take_while(|(one, two)| one == two && one.len() == PIECE).count() * PIECE;
    let rest = one.iter().skip(pieces).zip(two.iter().skip(pieces)).take_while(|(one, two)| one == two).count();
    pieces + rest
}

/// How many bytes two texts end alike with.
fn common_end(one: &[u8], two: &[u8]) -> usize {
    let pieces = one.rchunks(PIECE).zip(two.rchunks(PIECE)).take_while(|(one, two)| one == two && one.len() == PIECE).count() * PIECE;
    let rest = one.iter().rev().skip(pieces).zip(two.iter().rev().skip(pieces)).take_while(|(one, two)| one == two).count();
    pieces + rest
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    fn document(lines: &[String]) -> String {
        format!(
            "**Status:** open\n\n## Summary\n\nIt broke.\n\n## Timeline (all times x)\n\n### 2026-11-23\n\n{}\n\n## Root Causes\n\n- no entry\n",
            lines.join("\n")
        )
    }

    fn lines(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("- {:02}:{:02} EST: entry {at} — Ada", at / 60, at % 60)).collect()
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "- 09:09 EST: new\n",
            "```\n",
            "<!--\n",
            "-->\n",
            "## Timeline\n",
            "## Other\n",
            "### 2026-11-24\n\n",
            "  more\n",
            "\n",
            "words\n",
            "---\n",
            "> - 09:10 EST: quoted\n",
            "- ",
            "é",
            "1. one\n",
            "- 09:11 EST: x\n\n      code\n",
            "~~~\n",
            "- 00:10 EST: entry 10 — Ada\n",
            "\t",
            "[^1]: note\n",
        ])
    }

    fn edited(text: &str, edits: &[(usize, usize, &str)]) -> String {
        edits.iter().fold(text.to_owned(), |text, (at, cut, piece)| {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
            let at = floor(at % (text.len() + 1));
            let end = floor(at + cut).max(at);
            format!("{}{piece}{}", text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default())
        })
    }

    fn check(old: &str, new: &str) {
        let zone = Zone::default();
        let before = ProvenTimeline::read(old, 0, zone);
        assert_eq!(ProvenTimeline::read_after(new, 0, zone, old, &before), ProvenTimeline::read(new, 0, zone));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn what_is_read_on_is_what_is_read_anew(
            edits in prop::collection::vec((any::<usize>(), prop_oneof![Just(0_usize), 0..90_usize], piece()), 1..4),
            at_line_start in any::<bool>(),
        ) {
            let old = document(&lines(100));
            let mut new = edited(&old, &edits);
            if at_line_start {
                let (at, _, piece) = &edits[0];
                let starts: Vec<usize> = old.match_indices('\n').map(|(at, _)| at + 1).collect();
                new = edited(&old, &[(starts[at % starts.len()], 0, piece)]);
            }
            check(&old, &new);
            check(&new, &old);
        }
    }

    #[test]
    fn an_append_to_a_long_document_is_read_on() {
        let (old, new) = (document(&lines(100)), document(&lines(101)).replace("**Status:** open", "**Status:** open · later"));
        let zone = Zone::default();
        let before = ProvenTimeline::read(&old, 0, zone);
        assert_eq!(before.resumed(&new, 0, &old), Some(ProvenTimeline::read(&new, 0, zone)));
        let inside = document(&[&lines(50)[..], &["- 00:49 EST: inserted".to_owned()], &lines(100)[50..]].concat());
        assert_eq!(before.resumed(&inside, 0, &old), Some(ProvenTimeline::read(&inside, 0, zone)));
        let hidden = document(&[&lines(50)[..], &["```".to_owned()], &lines(100)[50..]].concat());
        assert_eq!(before.resumed(&hidden, 0, &old), None);
    }
}
