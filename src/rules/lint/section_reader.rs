//! Which section each passage stands in: by headings, by labels in bold, and by items that have items below them.
//! PURE. Passages are given in the order of the text.

use crate::document::passage::{Passage, PassageKind, PieceKind};
use crate::rules::lint::block::{Block, BlockKind};
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::sentence::sentences;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::words::Words;

/// The level of a paragraph in bold that stands for a heading: below all others.
const BOLD_LEVEL: u8 = 7;

/// The most words that a label has.
const LONGEST_LABEL: usize = 6;

/// What has been read so far.
#[derive(Debug, Default)]
pub struct SectionReader {
    /// The headings that are open: their levels, ascending, and what each makes of the text under it.
    headings: Vec<(u8, SectionKind)>,
    /// For each list that is open, what the label of its last item says.
    labels: Vec<Option<SectionKind>>,
    /// The table that is read, and whether it is a timeline.
    table: (usize, bool),
}

impl SectionReader {
    /// The block that a passage of `text` makes.
    pub fn block<'t>(&mut self, text: &'t str, passage: &Passage) -> Block<'t> {
        let Words { words, marks } = Words::read(text, passage);
        let span = passage.pieces.first().map_or(0, |piece| piece.range.start)..passage.pieces.last().map_or(0, |piece| piece.range.end);
        let kind = self.kind(passage, &words);
        if kind == BlockKind::Heading {
            self.open(passage, &words);
        }
        let section = self.section(passage, &words, kind);
        let kind = if kind == BlockKind::ListItem && section == SectionKind::Timeline { BlockKind::TimelineEntry } else { kind };
        let sentences = sentences(&words);
        Block { kind, section, sentences, words, marks, span, is_item: passage.kind == PassageKind::Item }
    }

    fn kind(&mut self, passage: &Passage, words: &[Word]) -> BlockKind {
        match passage.kind {
            _ if passage.is_quotation => BlockKind::Quotation,
            PassageKind::Heading(_) => BlockKind::Heading,
            PassageKind::Paragraph if is_bold_heading(passage, words) => BlockKind::Heading,
            PassageKind::Paragraph => BlockKind::Paragraph,
            PassageKind::Item if begins_with_time(words) => BlockKind::TimelineEntry,
            PassageKind::Item => BlockKind::ListItem,
            PassageKind::Cell { table, is_head } => self.cell(table, is_head, words),
        }
    }

    /// A table is a timeline if a word of its head is of time.
    fn cell(&mut self, table: usize, is_head: bool, words: &[Word]) -> BlockKind {
        if self.table.0 != table {
            self.table = (table, false);
        }
        let is_time = |word: &Word| matches!(word.lower.as_ref(), "time" | "when" | "timestamp" | "utc");
        self.table.1 |= is_head && words.first().is_some_and(is_time);
        if self.table.1 && !is_head { BlockKind::TimelineEntry } else { BlockKind::TableCell }
    }

    /// A heading closes those of its level and below.
    fn open(&mut self, passage: &Passage, words: &[Word]) {
        let level = if let PassageKind::Heading(level) = passage.kind { level } else { BOLD_LEVEL };
        let title = words.iter().map(|word| word.lower.as_ref()).collect::<Vec<_>>().join(" ");
        while self.headings.last().is_some_and(|(open, _)| *open >= level) {
            self.headings.pop();
        }
        let outer = self.headings.last().map_or(SectionKind::Other, |(_, kind)| *kind);
        // The title of the document names the incident; its words say nothing of what stands below.
        let own = if level == 1 { None } else { SectionKind::of_heading(&title) };
        self.headings.push((level, own.unwrap_or(outer)));
        self.labels.clear();
    }

    fn section(&mut self, passage: &Passage, words: &[Word], kind: BlockKind) -> SectionKind {
        let of_headings = self.headings.last().map_or(SectionKind::Other, |(_, kind)| *kind);
        if matches!(kind, BlockKind::Heading | BlockKind::Quotation | BlockKind::TableCell) {
            return of_headings;
        }
        let own = label(words);
        if passage.kind == PassageKind::Item {
            self.labels.resize(passage.depth.saturating_sub(1), None);
            self.labels.push(own);
        } else {
            self.labels.truncate(passage.depth);
        }
        own.or_else(|| self.labels.iter().rev().find_map(|label| *label)).unwrap_or(of_headings)
    }
}

/// A short paragraph that is all bold, such as `**Timeline**`.
fn is_bold_heading(passage: &Passage, words: &[Word]) -> bool {
    let is_bold = passage.pieces.iter().all(|piece| piece.is_strong || matches!(piece.kind, PieceKind::SoftBreak | PieceKind::Html));
    let ends_sentence = words.last().is_some_and(|word| word.gap.has(Gap::STOP) || word.gap.has(Gap::CALL));
    passage.depth == 0 && is_bold && words.len() <= LONGEST_LABEL + 2 && !ends_sentence && !words.is_empty()
}

/// What a label in bold with a colon, such as `**Impact**: …`, says of what follows.
fn label(words: &[Word]) -> Option<SectionKind> {
    let length = words.iter().take(LONGEST_LABEL + 1).take_while(|word| word.is_strong).count();
    let last = words.get(length.checked_sub(1)?)?;
    // `**Key events**` alone stands for a heading of the items below it.
    let is_label = last.gap.has(Gap::COLON) || length == words.len();
    if length > LONGEST_LABEL || !is_label {
        return None;
    }
    let title = words.iter().take(length).map(|word| word.lower.as_ref()).collect::<Vec<_>>().join(" ");
    SectionKind::of_heading(&title)
}

/// A time of day, or a date, at the start: `10:35`, `2026-11-25 10:35`, `**10:35**`, `Nov 25 10:35`.
fn begins_with_time(words: &[Word]) -> bool {
    let head = words.get(..words.len().min(5)).unwrap_or_default();
    let is_date =
        |word: &Word| word.kind == WordKind::Number && word.text.len() == 10 && word.text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let is_calendar = |word: &Word| word.kind == WordKind::Number || is_calendar_word(&word.lower);
    let is_clock = |word: &Word| is_time_of_day(word.text);
    head.first().is_some_and(is_date) || head.iter().take_while(|word| is_calendar(word)).any(is_clock)
}

fn is_calendar_word(lower: &str) -> bool {
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    lower.get(..3).is_some_and(|start| names.contains(&start)) && lower.len() <= 9 || matches!(lower, "at" | "approx" | "around" | "on")
}

/// `9:05`, `10:35`, `10:35:07`, `10:35am`, `2026-11-25T10:35:00Z`.
pub fn is_time_of_day(text: &str) -> bool {
    let time = text.split_once(['T', ' ']).map_or(text, |(_, time)| time);
    let Some((hour, rest)) = time.trim_start_matches('~').split_once(':') else { return false };
    let is_hour = (1..=2).contains(&hour.len()) && hour.bytes().all(|byte| byte.is_ascii_digit());
    is_hour && rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_digit())
}
