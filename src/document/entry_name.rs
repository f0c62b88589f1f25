//! How one timeline entry names another: `last`, `00:10`, `2026-11-23 00:10`, `00:10.2`, and the form in a correction.
//! PURE.

use chrono::{NaiveDate, NaiveTime};

use crate::document::entry_line::read_clock;
use crate::document::timeline_section::{Timeline, TimelineEntry};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::question_words::said;
use crate::domain::text::cut;
use crate::domain::zone::Zone;

/// How many characters of an entry's first line its name quotes, where that is enough.
const FEWEST_WORDS: usize = 40;

/// Why a name means no single entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryNameError {
    /// It has none of the forms.
    #[error("`{0}` names no entry: say `last`, `00:10`, `2026-11-23 00:10` or `00:10.2`")]
    NotAName(String),
    /// No entry stands there.
    #[error("no timeline entry stands at {name}{}", nearest.as_ref().map_or_else(String::new, |near| format!("; the nearest is {near}")))]
    NotFound {
        /// What was asked for.
        name: String,
        /// The entry nearest in time, as it would be named.
        nearest: Option<String>,
    },
    /// Several do.
    #[error("{name} names {} entries: {}", choices.len(), choices.join(", "))]
    Several {
        /// What was asked for.
        name: String,
        /// A name for each that fits.
        choices: Vec<String>,
    },
}

/// The entry that a name means, as its index in the timeline.
///
/// # Errors
/// The name has no known form, or no entry or several fit it.
pub fn resolve(timeline: &Timeline, zone: Zone, name: &str) -> Result<usize, EntryNameError> {
    let asked = name.trim();
    if is_last(asked) {
        let none = || EntryNameError::NotFound { name: asked.to_owned(), nearest: None };
        return last_written(timeline).last().copied().ok_or_else(none);
    }
    let wanted = Wanted::read(asked).ok_or_else(|| EntryNameError::NotAName(asked.to_owned()))?;
    let fits: Vec<usize> =
        timeline.entries.iter().enumerate().filter(|(_, entry)| wanted.fits(&entry.entry, zone)).map(|(index, _)| index).collect();
    match (wanted.ordinal, fits.as_slice()) {
        (None, [only]) => Ok(*only),
        (Some(ordinal), fits) if ordinal > 0 && ordinal <= fits.len() => Ok(fits.get(ordinal - 1).copied().unwrap_or_default()),
        (_, []) | (Some(_), _) => Err(EntryNameError::NotFound { name: asked.to_owned(), nearest: nearest(timeline, &wanted, zone) }),
        (None, several) => {
            let choices = several.iter().map(|index| choice(timeline, *index, zone)).collect();
            Err(EntryNameError::Several { name: asked.to_owned(), choices })
        }
    }
}

/// Whether a name means the entry that was written last.
pub fn is_last(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("last")
}

/// The entries that were written in the last minute of writing, as indices in the timeline. The document tells no more: of
/// several, the one that stands last need not be the one that was written last.
pub fn last_written(timeline: &Timeline) -> Vec<usize> {
    let written = |found: &TimelineEntry| found.entry.logged_at.unwrap_or(found.entry.at);
    let last = timeline.entries.iter().map(written).max();
    timeline.entries.iter().enumerate().filter(|(_, found)| Some(written(found)) == last).map(|(index, _)| index).collect()
}

struct Wanted<'a> {
    date: Option<NaiveDate>,
    time: NaiveTime,
    ordinal: Option<usize>,
    word: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(name: &'a str) -> Option<Self> {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let date = words.first().and_then(|word| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok());
        if date.is_some() {
            words.remove(0);
        }
        let (clock, word) = match words.as_slice() {
            [clock] => (*clock, None),
            [clock, word] => (*clock, Some(*word)),
            _ => return None,
        };
        let (clock, ordinal) = match clock.split_once('.') {
            Some((clock, ordinal)) => (clock, Some(ordinal.parse().ok()?)),
            None => (clock, None),
        };
        Some(Self { date, time: read_clock(clock)?, ordinal, word })
    }

    fn fits(&self, entry: &Entry, zone: Zone) -> bool {
        self.date.is_none_or(|date| zone.date(entry.at) == date)
            && zone.time(entry.at) == self.time
            && self.word.is_none_or(|word| zone.abbreviation(entry.at).eq_ignore_ascii_case(word))
    }
}

fn choice(timeline: &Timeline, index: usize, zone: Zone) -> String {
    let name = minute_name(timeline, zone, index).unwrap_or_default();
    let words = timeline.entries.get(index).map(|found| first_words(&found.entry)).unwrap_or_default();
    format!("`{name}` ({words})")
}

/// `2026-11-23 00:10`, or `2026-11-23 00:10.2` where several stand in that minute: the name that a command takes for it.
pub fn minute_name(timeline: &Timeline, zone: Zone, index: usize) -> Option<String> {
    let found = timeline.entries.get(index)?;
    let minute = |entry: &Entry| format!("{} {}", zone.date(entry.at), zone.clock(entry.at));
    let name = minute(&found.entry);
    let is_same = |other: &&TimelineEntry| minute(&other.entry) == name;
    let before = timeline.entries.iter().take(index).filter(is_same).count();
    let all = timeline.entries.iter().filter(is_same).count();
    Some(if all > 1 { format!("{name}.{}", before + 1) } else { name })
}

fn nearest(timeline: &Timeline, wanted: &Wanted<'_>, zone: Zone) -> Option<String> {
    let date = wanted.date.or_else(|| timeline.entries.last().map(|entry| zone.date(entry.entry.at)))?;
    let at = zone.resolve_leniently(date, wanted.time);
    let distance = |entry: &&TimelineEntry| entry.entry.at.seconds_since(at).abs();
    let found = timeline.entries.iter().min_by_key(distance)?;
    Some(full_name(&found.entry, zone))
}

/// What an entry begins with, for people: its first words, or its kind where it has none.
pub fn first_words(entry: &Entry) -> String {
    cut(&first_line(entry), FEWEST_WORDS)
}

fn first_line(entry: &Entry) -> String {
    let line = said(entry);
    let words = if line.is_empty() { entry.kind.map_or("", EntryKind::word).to_owned() } else { line };
    words.replace('"', "'")
}

/// `2026-11-23 00:10 EST "Restarted the auth database."`: how a message names an entry.
pub fn full_name(entry: &Entry, zone: Zone) -> String {
    quoting(entry, zone, FEWEST_WORDS)
}

fn quoting(entry: &Entry, zone: Zone, most: usize) -> String {
    format!("{} \"{}\"", zone.date_minute(entry.at), cut(&first_line(entry), most))
}

/// How a correction names the entry that it corrects: [`full_name`], with more of its words where another entry of that minute
/// begins with the same ones.
pub fn distinct_name(timeline: &Timeline, index: usize, zone: Zone) -> Option<String> {
    let entry = &timeline.entries.get(index)?.entry;
    let others = || timeline.entries.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, found)| &found.entry);
    let lengths = std::iter::successors(Some(FEWEST_WORDS), |length| Some(length * 2)).take(5).chain([usize::MAX]);
    let names = lengths.map(|most| quoting(entry, zone, most));
    names
        .into_iter()
        .find(|name| !others().any(|other| after_name(name, other, zone).is_some()))
        .or_else(|| Some(quoting(entry, zone, usize::MAX)))
}

/// What follows the name of an entry in a text that begins with it, however much of the entry's first line is quoted there.
pub fn after_name<'text>(text: &'text str, entry: &Entry, zone: Zone) -> Option<&'text str> {
    let (quoted, rest) = text.strip_prefix(&format!("{} \"", zone.date_minute(entry.at)))?.split_once('"')?;
    let line = first_line(entry);
    let is_start = |part: &str| !part.is_empty() && line.starts_with(part);
    (quoted == line || quoted.strip_suffix('…').is_some_and(is_start)).then_some(rest)
}

/// Marks the entries that a later `Void` names.
pub fn mark_void(timeline: &mut Timeline, zone: Zone) {
    let voids: Vec<String> =
        timeline.entries.iter().filter(|entry| entry.entry.kind == Some(EntryKind::Void)).map(|entry| entry.entry.text.clone()).collect();
    for text in voids {
        let named =
            |entry: &&mut TimelineEntry| entry.entry.kind != Some(EntryKind::Void) && after_name(&text, &entry.entry, zone).is_some();
        if let Some(entry) = timeline.entries.iter_mut().filter(|entry| !entry.void).find(named) {
            entry.void = true;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::outline::Outline;

    const TEXT: &str = "## Timeline\n\n### 2026-11-22\n\n- 00:10 EST: zero\n- 23:58 EST: one\n\n### 2026-11-23\n\n- 00:10 EST: two\n- 00:10 EST: three\n- 00:20 EST: **Void.** 2026-11-23 00:10 EST \"three\": wrong system.\n";

    fn timeline() -> Timeline {
        Timeline::read(TEXT, &Outline::read(TEXT, 0), Zone::default(), &|_| false)
    }

    #[test]
    fn every_form_of_a_name_finds_its_entry() {
        let cases =
            [("last", 4), ("LAST", 4), ("23:58", 1), ("2026-11-22 00:10", 0), ("2026-11-23 00:10.2", 3), ("00:10.3", 3), ("23:58 EST", 1)];
        for (name, index) in cases {
            assert_eq!(resolve(&timeline(), Zone::default(), name), Ok(index), "{name}");
        }
    }

    #[test]
    fn what_is_not_there_or_not_single_is_told() {
        let told = |name: &str| resolve(&timeline(), Zone::default(), name).unwrap_err().to_string();
        assert_eq!(
            told("00:10"),
            "00:10 names 3 entries: `2026-11-22 00:10` (zero), `2026-11-23 00:10.1` (two), `2026-11-23 00:10.2` (three)"
        );
        assert_eq!(told("00:11"), "no timeline entry stands at 00:11; the nearest is 2026-11-23 00:10 EST \"two\"");
        assert!(told("yesterday").starts_with("`yesterday` names no entry"));
    }

    #[test]
    fn of_one_minute_of_writing_all_may_be_the_last() {
        let text = "## Timeline\n\n### 2026-11-23\n\n- 00:10 EST: a (logged 00:30)\n- 00:20 EST: b (logged 00:30)\n- 00:25 EST: c\n";
        let timeline = Timeline::read(text, &Outline::read(text, 0), Zone::default(), &|_| false);
        assert_eq!(last_written(&timeline), [0, 1]);
        assert_eq!(last_written(&Timeline::default()), [0; 0]);
    }

    #[test]
    fn each_entry_has_a_name_that_finds_it() {
        let timeline = timeline();
        for index in 0..timeline.entries.len() {
            let name = minute_name(&timeline, Zone::default(), index).unwrap();
            assert_eq!(resolve(&timeline, Zone::default(), &name), Ok(index), "{name}");
        }
    }

    #[test]
    fn a_void_marks_the_entry_that_it_names() {
        let mut timeline = timeline();
        mark_void(&mut timeline, Zone::default());
        let void: Vec<bool> = timeline.entries.iter().map(|entry| entry.void).collect();
        assert_eq!(void, [false, false, false, true, false]);
    }

    #[test]
    fn entries_of_a_minute_that_begin_alike_are_named_by_more_of_their_words() {
        let words = "Restarted the auth database server number";
        let text =
            format!("## Timeline\n\n### 2026-11-22\n\n- 00:10 EST: {words} one\n- 00:10 EST: {words} two\n- 00:11 EST: {words} two\n");
        let timeline = Timeline::read(&text, &Outline::read(&text, 0), Zone::default(), &|_| false);
        let name = |index: usize| distinct_name(&timeline, index, Zone::default()).unwrap();
        assert_eq!(name(1), format!("2026-11-22 00:10 EST \"{words} two\""));
        assert_eq!(name(2), "2026-11-22 00:11 EST \"Restarted the auth database server numb…\"");
        let text = format!("{text}- 00:12 EST: **Void.** {}: wrong.\n", name(1));
        let mut timeline = Timeline::read(&text, &Outline::read(&text, 0), Zone::default(), &|_| false);
        mark_void(&mut timeline, Zone::default());
        assert_eq!(timeline.entries.iter().map(|entry| entry.void).collect::<Vec<_>>(), [false, true, false, false]);
    }
}
