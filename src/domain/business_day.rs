//! Federal business days: the days on which the RCA can fall due.
//! PURE: a calendar by rule. Whether Inauguration Day is one, and closings by order, come in as [`DaysOff`] from config.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::timestamp::Timestamp;
use crate::domain::zone::{LocalTimeError, Zone};

/// The year of the first Juneteenth that was a federal holiday.
const FIRST_JUNETEENTH: i32 = 2021;

/// The federal holiday that is observed on a date, by name. One that falls on a Saturday is observed on the Friday before,
/// one that falls on a Sunday on the Monday after, and then not on its own date, which is no business day anyway.
///
/// # Source
/// 5 U.S.C. 6103; the observed days for a Monday to Friday week are those of Executive Order 11582.
///
/// # Examples
/// ```
/// use qpp_incident::domain::business_day::observed_holiday;
/// assert_eq!(observed_holiday("2026-07-03".parse()?), Some("Independence Day"));
/// assert_eq!(observed_holiday("2026-07-06".parse()?), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn observed_holiday(date: NaiveDate) -> Option<&'static str> {
    match date.weekday() {
        Weekday::Sat | Weekday::Sun => None,
        Weekday::Fri => holiday(date).or_else(|| date.succ_opt().and_then(holiday)),
        Weekday::Mon => holiday(date).or_else(|| date.pred_opt().and_then(holiday)),
        _ => holiday(date),
    }
}

/// The holiday whose own date this is.
fn holiday(date: NaiveDate) -> Option<&'static str> {
    let day = date.day();
    let week_of_month = (day - 1) / 7 + 1;
    match (date.month(), date.weekday()) {
        (1, _) if day == 1 => Some("New Year's Day"),
        (1, Weekday::Mon) if week_of_month == 3 => Some("Birthday of Martin Luther King, Jr."),
        (2, Weekday::Mon) if week_of_month == 3 => Some("Washington's Birthday"),
        (5, Weekday::Mon) if day > 24 => Some("Memorial Day"),
        (6, _) if day == 19 && date.year() >= FIRST_JUNETEENTH => Some("Juneteenth National Independence Day"),
        (7, _) if day == 4 => Some("Independence Day"),
        (9, Weekday::Mon) if week_of_month == 1 => Some("Labor Day"),
        (10, Weekday::Mon) if week_of_month == 2 => Some("Columbus Day"),
        (11, _) if day == 11 => Some("Veterans Day"),
        (11, Weekday::Thu) if week_of_month == 4 => Some("Thanksgiving Day"),
        (12, _) if day == 25 => Some("Christmas Day"),
        _ => None,
    }
}

/// The days without business that not every federal office has, beside weekends and the federal holidays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaysOff {
    /// Single days, such as closings by order.
    pub extra: BTreeSet<NaiveDate>,
    /// Whether Inauguration Day is one: it is in the District of Columbia and the counties around it.
    pub inauguration_day: bool,
}

/// Whether Inauguration Day is observed on a date: 20 January of every fourth year after 1965, the Monday after where that is a
/// Sunday. One on a Saturday is observed on no other day.
///
/// # Source
/// 5 U.S.C. 6103(c).
pub fn is_inauguration_day(date: NaiveDate) -> bool {
    let is_year = date.year() > 1965 && date.year() % 4 == 1;
    let is_day = (date.day() == 20 && date.weekday() != Weekday::Sun) || (date.day() == 21 && date.weekday() == Weekday::Mon);
    is_year && date.month() == 1 && is_day
}

/// Whether the federal offices of the team work on a date.
pub fn is_business_day(date: NaiveDate, off: &DaysOff) -> bool {
    let is_off = off.extra.contains(&date) || (off.inauguration_day && is_inauguration_day(date));
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && observed_holiday(date).is_none() && !is_off
}

/// The first business day after a date.
pub fn next_business_day(date: NaiveDate, off: &DaysOff) -> NaiveDate {
    let later = std::iter::successors(date.succ_opt(), NaiveDate::succ_opt);
    later.into_iter().find(|day| is_business_day(*day, off)).unwrap_or(NaiveDate::MAX)
}

/// The last instant that is in time: 23:59:59 in the zone, on the first business day after the local day of the close.
///
/// # Source
/// The process: "The RCA should be completed within one business day of the incident."
///
/// # Examples
/// ```
/// use qpp_incident::domain::{business_day::{DaysOff, end_of_next_business_day}, zone::Zone};
/// let friday = "2026-11-20T16:00:00-05:00".parse()?;
/// let due = end_of_next_business_day(friday, Zone::default(), &DaysOff::default());
/// assert_eq!(due, "2026-11-23T23:59:59-05:00".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn end_of_next_business_day(closed_at: Timestamp, zone: Zone, off: &DaysOff) -> Timestamp {
    last_second(next_business_day(zone.date(closed_at), off), zone)
}

/// 23:59:59 of a local day; the later one where the zone has it twice.
fn last_second(date: NaiveDate, zone: Zone) -> Timestamp {
    let time = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(NaiveTime::MIN);
    let found = zone.resolve(date, time, None);
    let found = match found {
        Err(LocalTimeError::Repeated { second, .. }) => zone.resolve(date, time, Some(&second)),
        found => found,
    };
    found.unwrap_or_else(|_| zone.resolve_leniently(date, time))
}

#[cfg(test)]
mod tests;
