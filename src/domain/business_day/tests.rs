//! Tables of holidays as the Office of Personnel Management publishes them, and of closes around them.
//! Unit tests of `domain::business_day`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;

use super::{DaysOff, end_of_next_business_day, is_business_day, is_inauguration_day, next_business_day, observed_holiday};
use crate::domain::zone::Zone;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn none() -> DaysOff {
    DaysOff::default()
}

fn extra(days: &[&str]) -> DaysOff {
    DaysOff { extra: days.iter().map(|day| date(day)).collect::<BTreeSet<_>>(), ..none() }
}

#[track_caller]
fn due(closed_at: &str, zone: &str, off: &DaysOff) -> String {
    let zone: Zone = zone.parse().unwrap();
    zone.rfc3339(end_of_next_business_day(closed_at.parse().unwrap(), zone, off))
}

fn observed_in(year: i32) -> Vec<String> {
    let days = date(&format!("{year}-01-01")).iter_days().take_while(|day| day.year() == year);
    days.filter(|day| observed_holiday(*day).is_some()).map(|day| day.format("%m-%d").to_string()).collect()
}

#[test]
fn the_holidays_of_each_year_are_those_that_are_published() {
    let published: [(i32, &[&str]); 7] = [
        (2021, &["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"]),
        (2022, &["01-17", "02-21", "05-30", "06-20", "07-04", "09-05", "10-10", "11-11", "11-24", "12-26"]),
        (2023, &["01-02", "01-16", "02-20", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"]),
        (2026, &["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"]),
        (2027, &["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"]),
        (2028, &["01-17", "02-21", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"]),
        (2029, &["01-01", "01-15", "02-19", "05-28", "06-19", "07-04", "09-03", "10-08", "11-12", "11-22", "12-25"]),
    ];
    for (year, days) in published {
        assert_eq!(observed_in(year), days, "{year}");
    }
}

#[test]
fn juneteenth_is_a_holiday_since_2021_and_inauguration_day_is_none() {
    assert_eq!(observed_holiday(date("2020-06-19")), None);
    assert!(is_business_day(date("2021-01-20"), &none()));
    assert!(!is_business_day(date("2021-01-20"), &extra(&["2021-01-20"])));
}

#[test]
fn the_day_before_each_holiday_of_2026_is_due_after_it() {
    let cases = [
        ("2025-12-31", "2026-01-02"),
        ("2026-01-16", "2026-01-20"),
        ("2026-02-13", "2026-02-17"),
        ("2026-05-22", "2026-05-26"),
        ("2026-06-18", "2026-06-22"),
        ("2026-07-02", "2026-07-06"),
        ("2026-09-04", "2026-09-08"),
        ("2026-10-09", "2026-10-13"),
        ("2026-11-10", "2026-11-12"),
        ("2026-11-25", "2026-11-27"),
        ("2026-12-24", "2026-12-28"),
    ];
    for (closed, next) in cases {
        assert_eq!(next_business_day(date(closed), &none()), date(next), "closed {closed}");
    }
}

#[test]
fn a_close_on_a_holiday_or_at_the_weekend_is_due_on_the_next_day_of_work() {
    let cases = [
        ("2026-11-20", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-11-23", "2026-11-24"),
        ("2026-11-26", "2026-11-27"),
        ("2026-12-25", "2026-12-28"),
        ("2027-12-30", "2028-01-03"),
        ("2027-12-31", "2028-01-03"),
        ("2028-01-01", "2028-01-03"),
        ("2022-12-30", "2023-01-03"),
        ("2026-07-03", "2026-07-06"),
        ("2026-07-04", "2026-07-06"),
    ];
    for (closed, next) in cases {
        assert_eq!(next_business_day(date(closed), &none()), date(next), "closed {closed}");
    }
}

#[test]
fn the_local_day_of_the_close_counts_and_the_whole_next_day_is_in_time() {
    let cases = [
        ("2026-11-19T23:59:59-05:00", "America/New_York", "2026-11-20T23:59:59-05:00"),
        ("2026-11-20T00:00:00-05:00", "America/New_York", "2026-11-23T23:59:59-05:00"),
        ("2026-11-20T23:59:00-05:00", "America/New_York", "2026-11-23T23:59:59-05:00"),
        ("2026-11-23T00:00:00-05:00", "America/New_York", "2026-11-24T23:59:59-05:00"),
        ("2026-11-24T03:00:00Z", "America/New_York", "2026-11-24T23:59:59-05:00"),
        ("2026-11-24T03:00:00Z", "UTC", "2026-11-25T23:59:59+00:00"),
        ("2026-11-24T03:00:00Z", "Pacific/Honolulu", "2026-11-24T23:59:59-10:00"),
        ("2026-03-06T18:00:00-05:00", "America/New_York", "2026-03-09T23:59:59-04:00"),
        ("2026-10-30T18:00:00-04:00", "America/New_York", "2026-11-02T23:59:59-05:00"),
    ];
    for (closed_at, zone, wanted) in cases {
        assert_eq!(due(closed_at, zone, &none()), wanted, "{closed_at} in {zone}");
    }
}

#[test]
fn a_close_on_each_holiday_is_due_at_the_end_of_the_day_of_work_after_it() {
    let cases = [
        ("2026-01-01T12:00:00-05:00", "2026-01-02T23:59:59-05:00"),
        ("2026-01-19T12:00:00-05:00", "2026-01-20T23:59:59-05:00"),
        ("2026-02-16T12:00:00-05:00", "2026-02-17T23:59:59-05:00"),
        ("2026-05-25T12:00:00-04:00", "2026-05-26T23:59:59-04:00"),
        ("2026-06-19T12:00:00-04:00", "2026-06-22T23:59:59-04:00"),
        ("2026-07-03T12:00:00-04:00", "2026-07-06T23:59:59-04:00"),
        ("2026-09-07T12:00:00-04:00", "2026-09-08T23:59:59-04:00"),
        ("2026-10-12T12:00:00-04:00", "2026-10-13T23:59:59-04:00"),
        ("2026-11-11T12:00:00-05:00", "2026-11-12T23:59:59-05:00"),
        ("2026-11-26T12:00:00-05:00", "2026-11-27T23:59:59-05:00"),
        ("2026-12-25T12:00:00-05:00", "2026-12-28T23:59:59-05:00"),
    ];
    for (closed_at, wanted) in cases {
        assert_eq!(due(closed_at, "America/New_York", &none()), wanted, "{closed_at}");
    }
}

#[test]
fn the_minute_of_midnight_decides_on_the_day_of_the_close() {
    let cases = [
        ("2026-11-24T23:59:00-05:00", "2026-11-25T23:59:59-05:00"),
        ("2026-11-25T00:00:00-05:00", "2026-11-27T23:59:59-05:00"),
        ("2026-11-25T23:59:00-05:00", "2026-11-27T23:59:59-05:00"),
        ("2026-11-26T00:00:00-05:00", "2026-11-27T23:59:59-05:00"),
        ("2026-11-26T23:59:00-05:00", "2026-11-27T23:59:59-05:00"),
        ("2026-11-27T00:00:00-05:00", "2026-11-30T23:59:59-05:00"),
    ];
    for (closed_at, wanted) in cases {
        assert_eq!(due(closed_at, "America/New_York", &none()), wanted, "{closed_at}");
    }
}

#[test]
fn inauguration_day_is_a_day_off_only_where_config_says_so() {
    let published = ["1969-01-20", "1973-01-20", "1985-01-21", "2013-01-21", "2017-01-20", "2025-01-20", "2029-01-20", "2041-01-21"];
    for day in published {
        assert!(is_inauguration_day(date(day)), "{day}");
    }
    for day in ["1965-01-20", "1985-01-20", "2013-01-20", "2027-01-20", "2029-01-19", "2029-01-21", "2029-02-20", "2041-01-20"] {
        assert!(!is_inauguration_day(date(day)), "{day}");
    }
    let there = DaysOff { inauguration_day: true, ..none() };
    let closed_at = "2021-01-19T12:00:00-05:00";
    assert_eq!(due(closed_at, "America/New_York", &none()), "2021-01-20T23:59:59-05:00");
    assert_eq!(due(closed_at, "America/New_York", &there), "2021-01-21T23:59:59-05:00");
    // A Saturday's is observed on no other day.
    assert_eq!(next_business_day(date("2029-01-18"), &there), date("2029-01-19"));
}

#[test]
fn extra_days_are_skipped() {
    let off = extra(&["2026-12-24", "2026-12-28"]);
    assert_eq!(due("2026-12-23T12:00:00-05:00", "America/New_York", &off), "2026-12-29T23:59:59-05:00");
}

#[test]
fn where_the_last_second_comes_twice_the_later_one_is_in_time() {
    // In Chile the clocks go back at midnight, so 23:00 to 23:59 come twice; that is a Saturday, so a day is asked for directly.
    let zone: Zone = "America/Santiago".parse().unwrap();
    assert_eq!(zone.rfc3339(super::last_second(date("2026-04-04"), zone)), "2026-04-04T23:59:59-04:00");
}

proptest! {
    #[test]
    fn due_is_a_business_day_at_most_five_days_later(days in 0_i64..30_000) {
        let closed = date("2021-01-01") + chrono::TimeDelta::days(days);
        let next = next_business_day(closed, &none());
        prop_assert!(is_business_day(next, &none()));
        prop_assert!((1..=5).contains(&(next - closed).num_days()));
        prop_assert!(!matches!(next.weekday(), Weekday::Sat | Weekday::Sun));
    }
}
