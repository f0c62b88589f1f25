//! A date and a time of day in the words of a report, in the many forms that people use.
//! PURE. What cannot be read for certain is not read.

use chrono::{NaiveDate, NaiveTime};

use crate::rules::lint::word::Word;

/// When something happened, as far as its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When<'t> {
    /// The day, if it is told in full.
    pub date: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The word of the zone behind the time, such as `EST` or `Z`.
    pub zone: Option<&'t str>,
    /// How many words it takes.
    pub length: usize,
}

/// Abbreviations that name a zone, in small letters.
const ZONES: &[&str] = &[
    "utc", "gmt", "bst", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "cet", "cest", "eet", "eest",
    "wet", "ist", "jst", "kst", "sgt", "hkt", "aest", "aedt", "acst", "awst", "nzst", "nzdt", "akst", "akdt", "hst", "msk", "brt",
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words that may stand before a time or between a day and a time.
const AROUND: &[&str] = &["at", "approx", "approximately", "around", "about", "ca", "circa", "on", "from", "the", "of"];

/// Days of the week, which add nothing to a date.
const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads a date, a time, or both at the start of `words`; nothing where neither stands there.
pub fn read_when<'t>(words: &[Word<'t>]) -> Option<When<'t>> {
    let mut when = When { date: None, time: None, zone: None, length: 0 };
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if when.time.is_none() && is_filler(&word.lower) {
            at += 1;
            continue;
        }
        let rest = words.get(at..).unwrap_or_default();
        let took = when.take_date(rest).or_else(|| when.take_time(rest));
        let Some(took) = took else { break };
        at += took;
        when.length = at;
    }
    (when.date.is_some() || when.time.is_some()).then_some(when)
}

/// Whether a word names a zone: `EST`, `UTC+2`, `Europe/London`, `+01:00`.
pub fn is_zone(word: &Word) -> bool {
    let lower = word.lower.as_ref();
    let is_offset =
        |text: &str| text.strip_prefix(['+', '-']).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
    let has_offset = ["utc", "gmt"].iter().any(|zone| lower.strip_prefix(zone).is_some_and(is_offset));
    // Small letters make words: "et", "pt", "ist".
    let is_word = ZONES.contains(&lower) && word.text.chars().all(char::is_uppercase);
    let is_place = lower.split_once('/').is_some_and(|(area, place)| {
        let areas = ["america", "europe", "asia", "australia", "africa", "pacific", "atlantic", "us", "etc"];
        areas.contains(&area) && !place.is_empty()
    });
    is_word || has_offset || is_place || lower == "zulu"
}

impl<'t> When<'t> {
    fn take_date(&mut self, words: &[Word<'t>]) -> Option<usize> {
        let first = words.first().filter(|_| self.date.is_none())?;
        if let Some((date, time)) = iso(first.text) {
            self.date = Some(date);
            if let Some(time) = time {
                let zone = time.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).and_then(|at| time.get(at..));
                self.time = clock(time.trim_end_matches(|c: char| c.is_alphabetic()).split(['+', '-']).next().unwrap_or_default());
                self.zone = zone.filter(|zone| *zone == "Z" || zone.starts_with(['+', '-']));
            }
            return Some(1);
        }
        let (date, length) = by_name(words)?;
        self.date = Some(date);
        Some(length)
    }

    fn take_time(&mut self, words: &[Word<'t>]) -> Option<usize> {
        let first = words.first().filter(|_| self.time.is_none())?;
        let text = first.text.trim_start_matches('~');
        let (text, mut half) = match text.len().checked_sub(2).and_then(|at| text.split_at_checked(at)) {
            Some((time, half)) if is_half(&half.to_lowercase()) => (time, Some(half.to_lowercase())),
            _ => (text, None),
        };
        let bare = text.strip_suffix(['Z', 'z']).unwrap_or(text);
        let mut length = 1;
        let mut time = clock(bare)?;
        if let Some(word) = words.get(1).filter(|word| half.is_none() && is_half(&word.lower.replace('.', ""))) {
            half = Some(word.lower.replace('.', ""));
            length += 1;
        }
        if let Some(half) = half {
            time = twelve_hours(time, &half);
        }
        self.zone = (bare.len() < text.len()).then_some("Z");
        if let Some(zone) = words.get(length).filter(|word| is_zone(word)) {
            self.zone = Some(zone.text);
            length += 1;
        }
        self.time = Some(time);
        Some(length)
    }
}

fn is_filler(lower: &str) -> bool {
    AROUND.contains(&lower) || DAYS.iter().any(|day| lower.starts_with(day) && (lower.len() == 3 || lower.ends_with("day")))
}

fn is_half(lower: &str) -> bool {
    matches!(lower, "am" | "pm")
}

/// `4:19 pm` is 16:19; `17:30pm` is 17:30 whatever stands behind it.
fn twelve_hours(time: NaiveTime, half: &str) -> NaiveTime {
    use chrono::{TimeDelta, Timelike};
    match (half, time.hour()) {
        ("pm", 1..=11) => time.overflowing_add_signed(TimeDelta::hours(12)).0,
        ("am", 12) => time.overflowing_sub_signed(TimeDelta::hours(12)).0,
        _ => time,
    }
}

/// `9:05`, `10:35`, `10:35:07`.
fn clock(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let second = parts.next().unwrap_or("0").split('.').next()?;
    let is_figure = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = is_figure(hour) && minute.len() == 2 && is_figure(minute) && is_figure(second) && parts.next().is_none();
    let number = |part: &str| part.parse::<u32>().ok();
    if is_clock { NaiveTime::from_hms_opt(number(hour)?, number(minute)?, number(second)?) } else { None }
}

/// `2026-11-25`, `2026-11-25T10:35:00Z`: the day, and the time as text.
fn iso(text: &str) -> Option<(NaiveDate, Option<&str>)> {
    let (date, time) = text.split_at_checked(10)?;
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    match time.strip_prefix(['T', 't']) {
        Some(time) => Some((date, Some(time))),
        None => time.is_empty().then_some((date, None)),
    }
}

/// `Sep 27 2017`, `27 September 2017`, `March 3rd, 2020`, and how many words it takes; a day without a year is none.
fn by_name(words: &[Word]) -> Option<(NaiveDate, usize)> {
    let [one, two, three] = words.get(..3)? else { return None };
    let (month, day) = match (month(&one.lower), month(&two.lower)) {
        (Some(month), None) => (month, day(&two.lower)?),
        (None, Some(month)) => (month, day(&one.lower)?),
        _ => return None,
    };
    let year = three.text.parse::<i32>().ok().filter(|year| (1990..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, 3))
}

fn month(lower: &str) -> Option<u32> {
    let start = lower.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == start)?;
    (lower.len() <= 9 && lower.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| u32::try_from(at + 1).unwrap_or(1))
}

fn day(lower: &str) -> Option<u32> {
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(lower);
    figures.parse().ok().filter(|day| (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::lint::prose::Prose;

    fn read(text: &str) -> String {
        let prose = Prose::read(text);
        let words = prose.blocks.first().map(|block| block.words.as_slice()).unwrap_or_default();
        read_when(words).map_or("none".to_owned(), |when| {
            let date = when.date.map_or("-".to_owned(), |date| date.to_string());
            let time = when.time.map_or("-".to_owned(), |time| time.format("%H:%M").to_string());
            format!("{date} {time} {} {}", when.zone.unwrap_or("-"), when.length)
        })
    }

    #[test]
    fn the_forms_that_people_use_are_read() {
        for (text, wanted) in [
            ("10:35 It", "- 10:35 - 1"),
            ("23:58 EST: **Opened.**", "- 23:58 EST 2"),
            ("9:05am it", "- 09:05 - 1"),
            ("4:19 pm PST it", "- 16:19 PST 3"),
            ("17:30pm it", "- 17:30 - 1"),
            ("2023-01-11 14:22: It", "2023-01-11 14:22 - 2"),
            ("2023-01-11T14:22:07Z it", "2023-01-11 14:22 Z 1"),
            ("2023-01-11T14:22+01:00 it", "2023-01-11 14:22 +01:00 1"),
            ("10:35Z it", "- 10:35 Z 1"),
            ("2018-07-30 ca. 11:20", "2018-07-30 11:20 - 3"),
            ("Sep 27 2017 13:06", "2017-09-27 13:06 - 4"),
            ("Monday 27th September, 2017 at 13:06 UTC", "2017-09-27 13:06 UTC 7"),
            ("2026-11-22", "2026-11-22 - - 1"),
            ("Sep 27 it", "none"),
            ("25:00 it", "none"),
            ("It was 10:35", "none"),
            ("3:1 was the ratio", "none"),
            ("2023-13-45 it", "none"),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_zone_is_a_word_in_capitals_an_offset_or_a_place() {
        let prose = Prose::read("EST UTC +2 Europe/London et Pt x/y GMT est");
        let found: Vec<&str> = prose.blocks.first().unwrap().words.iter().filter(|word| is_zone(word)).map(|word| word.text).collect();
        assert_eq!(found, ["EST", "UTC", "Europe/London", "GMT"]);
    }
}
