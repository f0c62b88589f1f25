//! The times that people type: `--at`, `--started-at`, `--reported-at` and the like, all read here.
//! PURE: the clock and the zone are handed in. A time that could mean two instants is refused, never guessed.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::duration::parse_seconds;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::{LocalTimeError, Zone};

/// How far ahead of this machine's clock another clock may run, in seconds: a time up to then is not in the future.
pub const SKEW_SECONDS: i64 = 5 * 60;

/// A day, in seconds.
const DAY_SECONDS: i64 = 86_400;

/// How many days are tried for a bare `14:05`: tomorrow's within the skew, today's, and two more past a gap.
const DAYS_TRIED: usize = 4;

/// Why a typed time names no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AtError {
    /// None of the forms.
    #[error("`{0}` is not a time")]
    Unreadable(String),
    /// Later than now by more than the skew.
    #[error("{at} is in the future: it is {now} now")]
    Future {
        /// The time asked for.
        at: String,
        /// The clock's time, in the same form.
        now: String,
    },
    /// Past already, where a time to come is asked for.
    #[error("{at} is past: it is {now} now")]
    Past {
        /// The time asked for.
        at: String,
        /// The clock's time, in the same form.
        now: String,
    },
    /// In the gap of a DST change, in a repeated hour without a zone word, or with the wrong word.
    #[error(transparent)]
    Local(#[from] LocalTimeError),
}

/// Every form that is read, each by an example.
const FORMS: &str = "say `14:05`, `14:05 EST`, `2:05pm`, `2026-11-22 14:05`, `2026-11-22T14:05:00-05:00`, `10 minutes ago`, `1h30m ago`, \
                     `today 14:05`, `yesterday 14:05` or `now`";

impl AtError {
    /// What to type instead.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable(_) => FORMS.to_owned(),
            Self::Future { now, .. } => format!("no later than \"{now}\"; if that is wrong, this machine's clock is"),
            Self::Past { now, .. } => format!("later than \"{now}\"; if that is wrong, this machine's clock is"),
            Self::Local(LocalTimeError::Gap { .. }) => "say what the clocks showed, or the time in UTC: `14:05 UTC`".to_owned(),
            Self::Local(LocalTimeError::Repeated { local, first, second, .. }) => {
                format!("\"{local} {first}\" is the first of the two, \"{local} {second}\" the second")
            }
            Self::Local(LocalTimeError::WrongAbbreviation { local, expected, .. }) => {
                let times: Vec<String> = expected.split(" or ").map(|word| format!("\"{local} {word}\"")).collect();
                times.join(" or ")
            }
        }
    }
}

/// The instant that a typed time means.
///
/// A bare `14:05` is the latest such time that is not in the future; where the clocks jumped over it, the day before's.
/// Within a repeated hour a zone word decides; without one it is refused, unless only the first of the two has happened.
/// `UTC` is understood in every zone.
///
/// # Errors
/// The text has none of the forms, or names a time in the future, in a gap, or twice on one day.
///
/// # Source
/// Spec §3, `--at TIME`.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{at_time::parse_at, zone::Zone};
/// let (now, zone) = ("2026-11-22T14:04:00-05:00".parse()?, Zone::default());
/// assert_eq!(parse_at("13:30", now, zone)?, "2026-11-22T13:30:00-05:00".parse()?);
/// assert_eq!(parse_at("23:50", now, zone)?, "2026-11-21T23:50:00-05:00".parse()?);
/// assert_eq!(parse_at("1h30m ago", now, zone)?, "2026-11-22T12:34:00-05:00".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_at(text: &str, now: Timestamp, zone: Zone) -> Result<Timestamp, AtError> {
    let at = read(text, now, zone)?;
    if at > now.plus_seconds(SKEW_SECONDS) {
        return Err(AtError::Future { at: zone.date_minute(at), now: zone.date_minute(now) });
    }
    Ok(at)
}

/// The instant, still to come, that a typed time means: `09:00` is the next such time; `8h` and `in 8h` count from now.
///
/// # Errors
/// As [`parse_at`], or the time is past.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{at_time::parse_until, zone::Zone};
/// let (now, zone) = ("2026-11-22T14:04:00-05:00".parse()?, Zone::default());
/// assert_eq!(parse_until("13:30", now, zone)?, "2026-11-23T13:30:00-05:00".parse()?);
/// assert_eq!(parse_until("in 8h", now, zone)?, "2026-11-22T22:04:00-05:00".parse()?);
/// assert!(parse_until("2026-11-22 14:00", now, zone).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse_until(text: &str, now: Timestamp, zone: Zone) -> Result<Timestamp, AtError> {
    let lower = text.trim().to_lowercase();
    let length = lower.strip_prefix("in ").unwrap_or(&lower);
    if let Ok(seconds) = parse_seconds(length) {
        return Ok(now.plus_seconds(seconds));
    }
    let has_no_day = Spoken::read(&lower).is_some_and(|spoken| matches!(spoken.day, Day::Latest));
    let at = read(text, if has_no_day { now.plus_seconds(DAY_SECONDS - SKEW_SECONDS) } else { now }, zone)?;
    if at <= now {
        return Err(AtError::Past { at: zone.date_minute(at), now: zone.date_minute(now) });
    }
    Ok(at)
}

fn read(text: &str, now: Timestamp, zone: Zone) -> Result<Timestamp, AtError> {
    let unreadable = || AtError::Unreadable(text.to_owned());
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let lower = text.trim().to_lowercase();
    if lower == "now" {
        return Ok(now);
    }
    if let Some(length) = lower.strip_suffix("ago") {
        return ago(length.trim(), now).ok_or_else(unreadable);
    }
    let spoken = Spoken::read(&lower).ok_or_else(unreadable)?;
    spoken.instant(now, zone)?.ok_or_else(unreadable)
}

/// The instant a length of time before now. In lower case `10M` is minutes, as everybody means it.
fn ago(length: &str, now: Timestamp) -> Option<Timestamp> {
    let one = length.strip_prefix("an ").or_else(|| length.strip_prefix("a "));
    let length = one.map_or_else(|| length.to_owned(), |unit| format!("1 {unit}"));
    let seconds = i64::try_from(humantime::parse_duration(&length).ok()?.as_secs()).ok()?;
    (seconds <= now.seconds()).then(|| now.plus_seconds(-seconds))
}

/// Which day a typed time belongs to.
#[derive(Clone, Copy)]
enum Day {
    /// None was named: the latest one.
    Latest,
    Today,
    Yesterday,
    On(NaiveDate),
}

/// A day, a time of day and a zone word, as they were typed.
struct Spoken {
    day: Day,
    time: NaiveTime,
    zone_word: Option<String>,
}

impl Spoken {
    /// Reads `[day] time [am|pm] [zone]`, in lower case.
    fn read(text: &str) -> Option<Self> {
        let text = match text.split_once('t') {
            Some((date, time)) if read_date(date).is_some() => format!("{date} {time}"),
            _ => text.to_owned(),
        };
        let mut words = text.split_whitespace().filter(|word| *word != "at").peekable();
        let day = words.peek().and_then(|word| read_day(word));
        if day.is_some() {
            words.next();
        }
        let word = words.next()?;
        let utc = word.strip_suffix('z');
        let word = utc.unwrap_or(word);
        let half = ["am", "pm"].into_iter().find(|half| word.ends_with(half) || words.peek() == Some(half));
        let digits = half.and_then(|half| word.strip_suffix(half)).unwrap_or(word);
        if half.is_some() && digits == word {
            words.next();
        }
        let zone_word = utc.map_or_else(|| words.next(), |_| Some("utc")).map(str::to_uppercase);
        if words.next().is_some() {
            return None;
        }
        Some(Self { day: day.unwrap_or(Day::Latest), time: read_time(digits, half)?, zone_word })
    }

    /// The instant meant, `None` when there is none within reach.
    fn instant(&self, now: Timestamp, zone: Zone) -> Result<Option<Timestamp>, LocalTimeError> {
        let utc = self.zone_word.as_deref().filter(|word| *word == "UTC").and_then(|word| word.parse().ok());
        let zone = utc.unwrap_or(zone);
        let limit = now.plus_seconds(SKEW_SECONDS);
        let date = match self.day {
            Day::Latest => return self.latest(limit, zone),
            Day::Today => Some(zone.date(now)),
            Day::Yesterday => zone.date(now).pred_opt(),
            Day::On(date) => Some(date),
        };
        date.map(|date| self.on(date, limit, zone)).transpose()
    }

    /// The instant on a date. Of a time that comes twice, the first while the second is still in the future.
    fn on(&self, date: NaiveDate, limit: Timestamp, zone: Zone) -> Result<Timestamp, LocalTimeError> {
        let found = zone.resolve(date, self.time, self.zone_word.as_deref());
        if let Err(LocalTimeError::Repeated { first, second, .. }) = &found
            && zone.resolve(date, self.time, Some(second))? > limit
        {
            return zone.resolve(date, self.time, Some(first));
        }
        found
    }

    /// The latest instant up to `limit` that has this time of day.
    fn latest(&self, limit: Timestamp, zone: Zone) -> Result<Option<Timestamp>, LocalTimeError> {
        let days = std::iter::successors(Some(zone.date(limit)), NaiveDate::pred_opt);
        for date in days.take(DAYS_TRIED) {
            match self.on(date, limit, zone) {
                Ok(at) if at <= limit => return Ok(Some(at)),
                Ok(_) | Err(LocalTimeError::Gap { .. }) => {}
                Err(_) if zone.resolve_leniently(date, self.time) > limit => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

fn read_day(word: &str) -> Option<Day> {
    match word {
        "today" => Some(Day::Today),
        "yesterday" => Some(Day::Yesterday),
        date => read_date(date).map(Day::On),
    }
}

/// `2026-11-22`, every digit there.
fn read_date(word: &str) -> Option<NaiveDate> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if digits && word.len() == 10 { NaiveDate::parse_from_str(word, "%Y-%m-%d").ok() } else { None }
}

/// `14:05`, `9:05`, `14:05:30`; with a half of the day also `2:05` and `2`.
fn read_time(word: &str, half: Option<&str>) -> Option<NaiveTime> {
    let mut parts = word.split(':');
    let hour = number(parts.next()?, 1)?;
    let minute = match parts.next() {
        Some(minute) => number(minute, 2)?,
        None if half.is_some() => 0,
        None => return None,
    };
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// A number of at least `fewest` and at most two digits.
fn number(digits: &str, fewest: usize) -> Option<u32> {
    let sound = (fewest..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
