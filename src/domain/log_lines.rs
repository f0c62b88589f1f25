//! Many entries at once, as people note them down: one `TIME TEXT` a line; a line with a date sets the day.
//! PURE: text in, entries or every defect out; the clock and the zone are handed in.

use chrono::NaiveDate;

use crate::domain::at_time::parse_at;
use crate::domain::text::tidy;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// One entry to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it happened.
    pub at: Timestamp,
    /// What happened; indented lines below it are its further lines.
    pub text: String,
}

/// A line that cannot be an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// From 1.
    pub line: usize,
    /// Lower case.
    pub why: String,
}

/// Reads them all.
///
/// A time without a day is the latest such time that is not in the future, until a line sets the day: `2026-11-22` alone, as a
/// heading, or before a time. A bullet, a zone word and a colon after the time may stand there, as they do in a timeline.
///
/// # Errors
/// Every line that has no time, no text, or a time that cannot be.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{log_lines::read_lines, zone::Zone};
/// let now = "2026-11-23T01:00:00-05:00".parse()?;
/// let lines = read_lines("23:50 First errors.\n00:10 EST: Restarted it.\n", now, Zone::default()).unwrap();
/// assert_eq!(lines[0].at, "2026-11-22T23:50:00-05:00".parse()?);
/// assert_eq!(lines[1].text, "Restarted it.");
/// assert_eq!(read_lines("soon: x", now, Zone::default()).unwrap_err()[0].line, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_lines(text: &str, now: Timestamp, zone: Zone) -> Result<Vec<LogLine>, Vec<Defect>> {
    let (mut lines, mut defects): (Vec<LogLine>, Vec<Defect>) = (Vec::new(), Vec::new());
    let mut day: Option<NaiveDate> = None;
    for (index, line) in text.lines().enumerate() {
        let is_further = line.starts_with("  ") || line.starts_with('\t');
        match lines.last_mut() {
            _ if line.trim().is_empty() => {}
            Some(last) if is_further => last.text.extend(["\n", line.strip_prefix("  ").unwrap_or(line).trim_end()]),
            _ => match read_line(line.trim(), &mut day, now, zone) {
                Ok(read) => lines.extend(read),
                Err(why) => defects.push(Defect { line: index + 1, why }),
            },
        }
    }
    if defects.is_empty() { Ok(lines.into_iter().map(|line| LogLine { text: tidy(&line.text), ..line }).collect()) } else { Err(defects) }
}

/// One line: an entry, or nothing where it only sets the day.
fn read_line(line: &str, day: &mut Option<NaiveDate>, now: Timestamp, zone: Zone) -> Result<Option<LogLine>, String> {
    let bare = line.trim_start_matches('#').trim_start();
    let bare = bare.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' ')).unwrap_or(bare).trim_start();
    let (first, rest) = word(bare);
    let (first, rest) = match first.trim_end_matches(':').parse::<NaiveDate>() {
        Ok(date) => {
            *day = Some(date);
            if rest.is_empty() {
                return Ok(None);
            }
            word(rest)
        }
        Err(_) => (first, rest),
    };
    let (time, text) =
        time_before(first, rest).ok_or_else(|| format!("`{first}` is no time: a line is `TIME TEXT`, such as `00:10 Restarted it.`"))?;
    let time = if time.contains('T') { time } else { day.map_or_else(|| time.clone(), |day| format!("{day} {time}")) };
    let at = parse_at(&time, now, zone).map_err(|error| error.to_string())?;
    if text.is_empty() {
        return Err("there is a time and no text".to_owned());
    }
    Ok(Some(LogLine { at, text: text.to_owned() }))
}

/// The first word and what follows it.
fn word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The time with its half of the day and its zone word, and the text behind it; none where there is no time.
fn time_before<'a>(first: &'a str, rest: &'a str) -> Option<(String, &'a str)> {
    let is_time = |word: &str| {
        let half = word.to_lowercase();
        let digits = half.trim_end_matches("am").trim_end_matches("pm");
        let clock = digits.contains(':') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        clock || (half.ends_with('m') && digits.parse::<u8>().is_ok()) || word.parse::<Timestamp>().is_ok()
    };
    let bare = first.trim_end_matches(':');
    if !is_time(bare) {
        return None;
    }
    let mut time = bare.to_owned();
    let (mut rest, mut is_over) = (rest, bare.len() < first.len());
    while !is_over {
        let (next, after) = word(rest);
        let name = next.trim_end_matches(':');
        let is_half = ["am", "pm"].contains(&name.to_lowercase().as_str());
        let is_zone = (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase()) && ends_time(name, next);
        if !(is_half || is_zone) {
            break;
        }
        time = format!("{time} {name}");
        (rest, is_over) = (after, is_zone || name.len() < next.len());
    }
    let text = rest.strip_prefix(": ").or_else(|| rest.strip_prefix("- ")).or_else(|| rest.strip_prefix("– ")).unwrap_or(rest);
    Some((time, text.trim()))
}

/// Whether a word in capitals is a zone's: one that is known, or one that a colon ends. `DNS is back` begins a text.
fn ends_time(name: &str, word: &str) -> bool {
    let is_known = ["EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "UTC", "GMT"].contains(&name);
    is_known || word.len() > name.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const NOW: &str = "2026-11-23T01:00:00-05:00";

    fn read(text: &str) -> Result<Vec<String>, Vec<String>> {
        let zone = Zone::default();
        let said = |line: LogLine| format!("{}: {}", zone.date_minute(line.at), line.text.replace('\n', "|"));
        let told = |defect: Defect| format!("{}: {}", defect.line, defect.why);
        let lines = read_lines(text, NOW.parse().unwrap(), zone);
        lines.map(|lines| lines.into_iter().map(said).collect()).map_err(|defects| defects.into_iter().map(told).collect())
    }

    #[test]
    fn times_are_the_latest_until_a_line_sets_the_day() {
        let text = "23:50 First errors.\n00:10 Restarted it.\n2026-11-21\n22:00 The deploy.\n2026-11-22 09:00 A call.\n10:00 Another.\n";
        let wanted = [
            "2026-11-22 23:50 EST: First errors.",
            "2026-11-23 00:10 EST: Restarted it.",
            "2026-11-21 22:00 EST: The deploy.",
            "2026-11-22 09:00 EST: A call.",
            "2026-11-22 10:00 EST: Another.",
        ];
        assert_eq!(read(text).unwrap(), wanted);
    }

    #[test]
    fn the_forms_of_a_timeline_are_understood() {
        let text = "### 2026-11-22\n\n- 11:50 pm: Errors\n  in Splunk\n* 23:51 EST: DNS is fine\n23:52 DNS is back\n23:53 - a dash\n2026-11-23T04:54:00Z Exact.\n";
        let wanted = [
            "2026-11-22 23:50 EST: Errors|in Splunk",
            "2026-11-22 23:51 EST: DNS is fine",
            "2026-11-22 23:52 EST: DNS is back",
            "2026-11-22 23:53 EST: a dash",
            "2026-11-22 23:54 EST: Exact.",
        ];
        assert_eq!(read(text).unwrap(), wanted);
    }

    #[test]
    fn every_defect_is_named_by_its_line() {
        let found = read("00:10 Fine.\nno time\n2026-11-23\n02:00 Too early.\n00:20\n25:00 x\n\n  further\n").unwrap_err();
        let lines: Vec<&str> = found.iter().map(|defect| defect.split_once(": ").unwrap().0).collect();
        assert_eq!(lines, ["2", "4", "5", "6"], "{found:?}");
        assert!(found[1].contains("is in the future"), "{found:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "([0-9]{1,2}:[0-9]{2}|2026-11-2[0-9]|[ :a-zA-Z#*-]|\n|\t|é){0,30}") {
            let _ = read(&text);
        }
    }
}
