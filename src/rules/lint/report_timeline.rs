//! The timeline of a report in whatever form it was written: items that begin with a time, rows of a table, headings that are times,
//! lists of key events.
//! PURE. An entry without a day has the day of the one above it; what is not certain is said to be so.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::domain::entry_kind::EntryKind;
use crate::rules::lint::block::{Block, BlockKind};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_time::{When, is_zone, read_when};
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::Word;
use crate::rules::lint::word_list::WordList;

/// An entry that says when it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedEntry {
    /// The words of its date and time: bytes of the text.
    pub span: Range<usize>,
    /// When, by the clocks of the report; on an invented day where no day is told.
    pub at: NaiveDateTime,
    /// The day is told, here or above.
    pub is_dated: bool,
    /// The zone behind the time.
    pub zone: Option<String>,
    /// The start or end that it marks.
    pub mark: Option<EntryKind>,
    /// Entries of one list, table or section of headings have one number.
    pub run: usize,
    /// The time stands behind a label, as in a list of key events, and not at the start.
    pub is_key_event: bool,
}

/// The timeline as it was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ReportTimeline {
    /// The entries, in the order of the text.
    pub entries: Vec<TimedEntry>,
    /// Something says in which zone the times are.
    pub has_zone: bool,
    /// The timeline's heading, or its first entry.
    pub place: Option<Range<usize>>,
}

/// How many words a label such as `First detected:` has before its time, and what follows at most where the label is all.
const LABEL: usize = 5;

static MARKS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/marks.txt")));

impl ReportTimeline {
    /// Reads the timeline of a text.
    pub fn read(prose: &Prose) -> Self {
        let mut reader = Reader::default();
        for block in &prose.blocks {
            reader.block(block);
        }
        reader.found
    }

    /// The entries of one list, for each list.
    pub fn runs(&self) -> impl Iterator<Item = &[TimedEntry]> {
        self.entries.chunk_by(|one, other| one.run == other.run)
    }

    /// The entries that bear a mark, in order.
    pub fn marked(&self, kind: EntryKind) -> impl Iterator<Item = &TimedEntry> {
        self.entries.iter().filter(move |entry| entry.mark == Some(kind))
    }
}

#[derive(Default)]
struct Reader {
    found: ReportTimeline,
    run: usize,
    day: Option<NaiveDate>,
    /// The day stands in a heading of its own: then a new day has one too.
    has_day_headings: bool,
    /// How often midnight passed since the day was told.
    midnights: u64,
    last: Option<NaiveTime>,
    /// Text that follows belongs to the last entry.
    is_open: bool,
}

impl Reader {
    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::Heading => self.heading(block),
            _ if block.is_timeline() && block.kind != BlockKind::Quotation => self.text(block),
            _ => self.new_run(),
        }
    }

    fn new_run(&mut self) {
        self.run += 1;
        (self.day, self.last, self.is_open) = (None, None, false);
        (self.has_day_headings, self.midnights) = (false, 0);
    }

    fn heading(&mut self, block: &Block) {
        let when = read_when(&block.words);
        if let Some(when) = when.filter(|when| block.section == SectionKind::Timeline || when.time.is_some()) {
            return self.entry(block, 0, when);
        }
        self.new_run();
        if block.section == SectionKind::Timeline {
            self.found.has_zone |= block.words.iter().any(is_zone);
            self.found.place.get_or_insert(block.span.clone());
        }
    }

    fn text(&mut self, block: &Block) {
        let is_entry = block.is_item || block.kind == BlockKind::TimelineEntry;
        if is_entry && let Some((at, when)) = when_of(&block.words) {
            return self.entry(block, at, when);
        }
        self.found.has_zone |= block.kind == BlockKind::Paragraph && block.words.len() < 30 && block.words.iter().any(is_zone);
        if self.is_open
            && let Some(last) = self.found.entries.last_mut()
        {
            last.mark = last.mark.or_else(|| mark_of(&block.words));
        }
    }

    /// An entry whose date or time stands at word `at`.
    fn entry(&mut self, block: &Block, at: usize, when: When) {
        if let Some(date) = when.date {
            (self.day, self.last, self.midnights) = (Some(date), None, 0);
            self.has_day_headings |= when.time.is_none();
        }
        let Some(time) = when.time else { return };
        // Past midnight: nobody writes the new day in a running log.
        let passes = |last: NaiveTime| last.hour() >= 12 && time.hour() < 12;
        if when.date.is_none() && !self.has_day_headings && self.last.is_some_and(passes) {
            self.midnights += 1;
        }
        self.last = Some(time);
        // An untold day is any day: only its own list is held against it.
        let day = self.day.unwrap_or_default();
        let day = day.checked_add_days(Days::new(self.midnights)).unwrap_or(day);
        let words = block.words.get(at..at + when.length).unwrap_or_default();
        let span =
            words.first().map_or(block.span.start, |word| word.span.start)..words.last().map_or(block.span.end, |word| word.span.end);
        self.found.place.get_or_insert(span.clone());
        self.found.has_zone |= when.zone.is_some();
        let label = if at > 0 { block.words.get(..at) } else { block.words.get(when.length..) };
        let mark = mark_of(label.unwrap_or_default());
        let is_dated = self.day.is_some();
        let zone = when.zone.map(str::to_owned);
        self.found.entries.push(TimedEntry { span, at: day.and_time(time), is_dated, zone, mark, run: self.run, is_key_event: at > 0 });
        self.is_open = true;
    }
}

/// The time that an entry begins with, or that stands behind its label and ends it: `First detected: 2023-01-11 14:22`.
fn when_of<'t>(words: &[Word<'t>]) -> Option<(usize, When<'t>)> {
    let first = read_when(words).filter(|when| when.time.is_some() || when.date.is_some() && when.length == words.len());
    let behind_label = || {
        let at = (1..=LABEL)
            .find(|at| words.get(*at..).is_some_and(|rest| read_when(rest).is_some_and(|when| when.length > 0 && is_figure(rest))))?;
        let when = read_when(words.get(at..)?)?;
        (when.time.is_some() && at + when.length == words.len()).then_some((at, when))
    };
    first.map(|when| (0, when)).or_else(behind_label)
}

fn is_figure(words: &[Word]) -> bool {
    words.first().is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// The mark among the first words of an entry.
fn mark_of(words: &[Word]) -> Option<EntryKind> {
    let value = (0..LABEL.min(words.len())).find_map(|at| {
        let found = MARKS.find(words.get(at..)?)?;
        match found.value.strip_prefix("short ") {
            Some(kind) => (words.len() <= 2).then_some(kind),
            None => Some(found.value),
        }
    })?;
    [
        ("outage-start", EntryKind::OutageStart),
        ("outage-end", EntryKind::OutageEnd),
        ("incident-start", EntryKind::IncidentStart),
        ("incident-end", EntryKind::IncidentEnd),
    ]
    .into_iter()
    .find_map(|(word, kind)| (word == value).then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let timeline = ReportTimeline::read(&Prose::read(text));
        let shown = |entry: &TimedEntry| {
            let at = if entry.is_dated { entry.at.format("%m-%d %H:%M") } else { entry.at.format("%j %H:%M") };
            format!("{at}{}", entry.mark.map(|kind| format!(" {kind}")).unwrap_or_default())
        };
        timeline.entries.iter().map(shown).collect()
    }

    #[test]
    fn the_form_of_this_program_is_read() {
        let text = "# T\n\n## Timeline (all times America/New_York)\n\n### 2026-11-18\n\n- 23:50 EST: **Outage start.**\n- 23:59 EST: **Acknowledged.** x\n\n\
                    ### 2026-11-19\n\n- 00:02 EST: A\n  - b\n- 00:04 EST: **Incident end.**\n";
        assert_eq!(shown(text), ["11-18 23:50 Outage start", "11-18 23:59", "11-19 00:02", "11-19 00:04 Incident end"]);
        assert!(ReportTimeline::read(&Prose::read(text)).has_zone);
    }

    #[test]
    fn key_events_and_a_list_of_times_are_two_lists() {
        let text = "- **Key events**\n  - First detected: 2023-01-11 14:22\n  - Incident declared 2023-01-11 15:17\n  - Resolved 2023-01-11 15:51\n\n\
                    - **Time to repair**: 1h 28m\n\n- **Context**:\n  - 2023-01-11 14:22: User saw errors\n  - 15:51 Incident is resolved\n";
        let wanted = ["01-11 14:22", "01-11 15:17 Incident start", "01-11 15:51 Incident end", "01-11 14:22", "01-11 15:51 Incident end"];
        assert_eq!(shown(text), wanted);
        let runs: Vec<usize> = ReportTimeline::read(&Prose::read(text)).runs().map(<[TimedEntry]>::len).collect();
        assert_eq!(runs, [3, 2]);
    }

    #[test]
    fn headings_and_tables_are_timelines_too() {
        let text = "# T\n\n## Timeline\n\nAll times in PST\n\n### Sep 27 2017 23:06\n\nStart of incident. x\n\n### 00:35\n\ny\n\n## End\n";
        assert_eq!(shown(text), ["09-27 23:06 Incident start", "09-28 00:35"]);
        assert!(ReportTimeline::read(&Prose::read(text)).has_zone);
        let text = "## Timeline\n\n| Time | Note |\n|---|---|\n| 10:06 | Outage start |\n| 10:16 | b |\n";
        assert_eq!(shown(text), ["001 10:06 Outage start", "001 10:16"]);
        assert!(!ReportTimeline::read(&Prose::read(text)).has_zone);
    }

    #[test]
    fn a_mark_stands_clearly_at_the_start() {
        let mark = |text: &str| shown(&format!("## Timeline\n\n- 10:06 {text}\n")).first().map(|shown| shown.contains("cident"));
        for (text, wanted) in [
            ("**Incident is declared**.", true),
            ("The team declared an incident", true),
            ("Incident resolved", true),
            ("Incident declared as resolved", true),
            ("Resolved", true),
            ("Sam asked whether any other user had seen the incident resolved", false),
        ] {
            assert_eq!(mark(text), Some(wanted), "{text}");
        }
    }
}
