//! Tables of typed times, each with the clock it was typed at.
//! Unit tests of `domain::at_time`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::{AtError, parse_at};
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::{LocalTimeError, Zone};

const NEW_YORK: &str = "America/New_York";

fn at(text: &str, now: &str, zone: &str) -> Result<String, AtError> {
    let zone: Zone = zone.parse().unwrap();
    parse_at(text, now.parse().unwrap(), zone).map(|at| zone.rfc3339(at))
}

#[track_caller]
fn each(now: &str, zone: &str, cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(at(text, now, zone).as_deref(), Ok(*wanted), "`{text}` at {now} in {zone}");
    }
}

#[test]
fn every_form_is_read() {
    each(
        "2026-11-22T14:30:15-05:00",
        NEW_YORK,
        &[
            ("now", "2026-11-22T14:30:15-05:00"),
            ("14:05", "2026-11-22T14:05:00-05:00"),
            (" 14:05 ", "2026-11-22T14:05:00-05:00"),
            ("9:05", "2026-11-22T09:05:00-05:00"),
            ("14:05:33", "2026-11-22T14:05:33-05:00"),
            ("at 14:05", "2026-11-22T14:05:00-05:00"),
            ("14:05 EST", "2026-11-22T14:05:00-05:00"),
            ("14:05 est", "2026-11-22T14:05:00-05:00"),
            ("2:05pm", "2026-11-22T14:05:00-05:00"),
            ("2:05 PM", "2026-11-22T14:05:00-05:00"),
            ("2pm", "2026-11-22T14:00:00-05:00"),
            ("2 pm EST", "2026-11-22T14:00:00-05:00"),
            ("12am", "2026-11-22T00:00:00-05:00"),
            ("12:15pm", "2026-11-22T12:15:00-05:00"),
            ("00:00", "2026-11-22T00:00:00-05:00"),
            ("2026-11-20 14:05", "2026-11-20T14:05:00-05:00"),
            ("2026-11-20 14:05:30", "2026-11-20T14:05:30-05:00"),
            ("2026-11-20T14:05", "2026-11-20T14:05:00-05:00"),
            ("2026-11-20T14:05:30", "2026-11-20T14:05:30-05:00"),
            ("2026-07-20 14:05 EDT", "2026-07-20T14:05:00-04:00"),
            ("2026-07-20T14:05 EDT", "2026-07-20T14:05:00-04:00"),
            ("2026-11-20T14:05:30-08:00", "2026-11-20T17:05:30-05:00"),
            ("2026-11-20T14:05:30.250Z", "2026-11-20T09:05:30-05:00"),
            ("2026-11-20 14:05:30+00:00", "2026-11-20T09:05:30-05:00"),
            ("2026-11-20T14:05Z", "2026-11-20T09:05:00-05:00"),
            ("2026-11-20 14:05 UTC", "2026-11-20T09:05:00-05:00"),
            ("19:05 UTC", "2026-11-22T14:05:00-05:00"),
            ("20:05 utc", "2026-11-21T15:05:00-05:00"),
            ("10 minutes ago", "2026-11-22T14:20:15-05:00"),
            ("10 min ago", "2026-11-22T14:20:15-05:00"),
            ("10M ago", "2026-11-22T14:20:15-05:00"),
            ("1h30m ago", "2026-11-22T13:00:15-05:00"),
            ("1 hour 30 minutes ago", "2026-11-22T13:00:15-05:00"),
            ("an hour ago", "2026-11-22T13:30:15-05:00"),
            ("a minute ago", "2026-11-22T14:29:15-05:00"),
            ("1.5h ago", "2026-11-22T13:00:15-05:00"),
            ("45s ago", "2026-11-22T14:29:30-05:00"),
            ("3 days ago", "2026-11-19T14:30:15-05:00"),
            ("yesterday 14:00", "2026-11-21T14:00:00-05:00"),
            ("Yesterday at 2pm", "2026-11-21T14:00:00-05:00"),
            ("yesterday 23:59", "2026-11-21T23:59:00-05:00"),
            ("today 14:00", "2026-11-22T14:00:00-05:00"),
        ],
    );
}

#[test]
fn a_bare_time_is_the_latest_that_is_not_in_the_future() {
    each("2026-11-22T14:04:00-05:00", NEW_YORK, &[("14:04", "2026-11-22T14:04:00-05:00"), ("14:10", "2026-11-21T14:10:00-05:00")]);
    each("2026-11-23T00:02:00-05:00", NEW_YORK, &[("23:58", "2026-11-22T23:58:00-05:00"), ("00:01", "2026-11-23T00:01:00-05:00")]);
    each("2027-01-01T00:10:00-05:00", NEW_YORK, &[("23:58", "2026-12-31T23:58:00-05:00")]);
}

#[test]
fn a_time_within_the_skew_is_now_and_not_yesterday() {
    each(
        "2026-11-22T14:00:00-05:00",
        NEW_YORK,
        &[("14:05", "2026-11-22T14:05:00-05:00"), ("14:05:01", "2026-11-21T14:05:01-05:00"), ("14:06", "2026-11-21T14:06:00-05:00")],
    );
    each("2026-11-22T23:58:00-05:00", NEW_YORK, &[("00:01", "2026-11-23T00:01:00-05:00"), ("00:04", "2026-11-22T00:04:00-05:00")]);
}

#[test]
fn the_future_is_refused_beyond_five_minutes_and_both_times_are_named() {
    let now = "2026-11-22T14:00:00-05:00";
    assert!(at("2026-11-22 14:05", now, NEW_YORK).is_ok());
    for text in ["2026-11-22 14:05:01", "2026-11-22T14:05:01-05:00", "today 14:05:01", "2026-11-22 19:05:01 UTC"] {
        let error = at(text, now, NEW_YORK).unwrap_err();
        assert_eq!(error.to_string(), "2026-11-22 14:05 EST is in the future: it is 2026-11-22 14:00 EST now", "{text}");
    }
    assert!(matches!(at("2027-11-22 14:05", now, NEW_YORK), Err(AtError::Future { .. })));
    assert!(matches!(at("today 23:00", now, NEW_YORK), Err(AtError::Future { .. })));
}

#[test]
fn what_is_no_time_is_refused_with_the_forms() {
    let now = "2026-11-22T14:00:00-05:00";
    let texts = [
        "",
        " ",
        "24:00",
        "23:60",
        "12:00:60",
        "14",
        "1405",
        "14.05",
        "14:5",
        "114:05",
        "14:05:30:00",
        "13pm",
        "0am",
        "pm",
        "14:30pm",
        "-1:00",
        "+1:00",
        "١٤:٠٥",
        "2026-02-30 10:00",
        "2026-02-30",
        "2026-11-22",
        "2026-11-2 14:05",
        "26-11-20 14:05",
        "11/20/2026",
        "2026-11-20 14:05 EST please",
        "2026-13-01 10:00",
        "2026-11-20 24:00",
        "2026-02-30T10:00:00Z",
        "yesterday",
        "today",
        "tomorrow 14:00",
        "ago",
        "10 ago",
        "minutes ago",
        "-10 minutes ago",
        "10 parsecs ago",
        "300000 years ago",
        "99999999999999999999 years ago",
        "10 minutes",
        "noon",
        "\u{0}",
        "14:05\u{7f}",
        "é",
        "2026-11-2é 14:05",
    ];
    for text in texts {
        let error = at(text, now, NEW_YORK).unwrap_err();
        assert_eq!(error, AtError::Unreadable(text.to_owned()), "{text:?}");
        for form in ["`14:05`", "`2026-11-22 14:05`", "`10 minutes ago`", "`yesterday 14:05`", "-05:00`"] {
            assert!(error.hint().contains(form), "{error}");
        }
    }
}

#[test]
fn in_a_repeated_hour_the_word_decides_and_without_it_both_forms_are_named() {
    let later = "2026-11-01T10:00:00-05:00";
    each(
        later,
        NEW_YORK,
        &[
            ("01:30 EDT", "2026-11-01T01:30:00-04:00"),
            ("01:30 EST", "2026-11-01T01:30:00-05:00"),
            ("2026-11-01 01:30 EDT", "2026-11-01T01:30:00-04:00"),
            ("today 01:30 est", "2026-11-01T01:30:00-05:00"),
            ("05:30 UTC", "2026-11-01T01:30:00-04:00"),
            ("00:59", "2026-11-01T00:59:00-04:00"),
            ("02:00", "2026-11-01T02:00:00-05:00"),
        ],
    );
    for text in ["01:30", "1:30am", "2026-11-01 01:30", "today 01:30"] {
        let message = at(text, later, NEW_YORK).unwrap_err().to_string();
        assert!(message.contains("`2026-11-01 01:30 EDT` or `2026-11-01 01:30 EST`"), "{text}: {message}");
    }
    assert!(at("yesterday 01:30", "2026-11-02T10:00:00-05:00", NEW_YORK).is_err());
    each("2026-11-02T01:10:00-05:00", NEW_YORK, &[("01:12", "2026-11-02T01:12:00-05:00")]);
    assert!(matches!(at("01:30", "2026-11-02T01:10:00-05:00", NEW_YORK), Err(AtError::Local(LocalTimeError::Repeated { .. }))));
}

#[test]
fn while_the_second_of_two_is_in_the_future_the_first_is_meant() {
    each(
        "2026-11-01T01:40:00-04:00",
        NEW_YORK,
        &[("01:30", "2026-11-01T01:30:00-04:00"), ("2026-11-01 01:30", "2026-11-01T01:30:00-04:00")],
    );
    each("2026-11-01T01:10:00-05:00", NEW_YORK, &[("01:30", "2026-11-01T01:30:00-04:00")]);
    assert!(at("01:30", "2026-11-01T01:26:00-05:00", NEW_YORK).is_err());
    each("2026-11-01T01:00:00-04:00", NEW_YORK, &[("01:30", "2026-10-31T01:30:00-04:00")]);
}

#[test]
fn in_the_gap_a_date_is_refused_and_a_bare_time_is_the_day_before() {
    let now = "2026-03-08T10:00:00-04:00";
    each(
        now,
        NEW_YORK,
        &[
            ("02:30", "2026-03-07T02:30:00-05:00"),
            ("01:59", "2026-03-08T01:59:00-05:00"),
            ("03:00", "2026-03-08T03:00:00-04:00"),
            ("10 hours ago", "2026-03-07T23:00:00-05:00"),
        ],
    );
    for text in ["2026-03-08 02:30", "today 02:30", "2026-03-08T02:00", "2026-03-08 02:59:59 EST", "today 2:30am"] {
        assert!(matches!(at(text, now, NEW_YORK), Err(AtError::Local(LocalTimeError::Gap { .. }))), "{text}");
    }
    each("2026-03-09T01:00:00-04:00", NEW_YORK, &[("02:30", "2026-03-07T02:30:00-05:00")]);
}

#[test]
fn a_zone_word_that_is_wrong_for_the_day_is_refused_with_the_right_one() {
    let message = at("14:05 EDT", "2026-11-22T15:00:00-05:00", NEW_YORK).unwrap_err().to_string();
    assert_eq!(message, "2026-11-22 14:05 in America/New_York is EST, not EDT");
    let message = at("2026-11-22 14:05 PST", "2026-11-22T15:00:00-05:00", NEW_YORK).unwrap_err().to_string();
    assert_eq!(message, "2026-11-22 14:05 in America/New_York is EST, not PST");
    each("2026-11-01T10:00:00-05:00", NEW_YORK, &[("14:05 EDT", "2026-10-31T14:05:00-04:00")]);
    assert!(at("14:05 EST", "2026-11-01T10:00:00-05:00", NEW_YORK).is_err());
}

#[test]
fn other_zones_have_their_own_changes() {
    let paris = "Europe/Paris";
    each(
        "2026-11-22T14:04:00+01:00",
        paris,
        &[
            ("14:00", "2026-11-22T14:00:00+01:00"),
            ("14:00 CET", "2026-11-22T14:00:00+01:00"),
            ("2026-07-01 14:00 CEST", "2026-07-01T14:00:00+02:00"),
            ("12:30 UTC", "2026-11-22T13:30:00+01:00"),
        ],
    );
    assert!(at("2026-03-29 02:30", "2026-03-29T12:00:00+02:00", paris).is_err());
    let message = at("02:30", "2026-10-25T12:00:00+01:00", paris).unwrap_err().to_string();
    assert!(message.contains("02:30 CEST` or `2026-10-25 02:30 CET`"), "{message}");
    each(
        "2026-10-25T12:00:00+05:45",
        "Asia/Kathmandu",
        &[("11:30", "2026-10-25T11:30:00+05:45"), ("11:30 +0545", "2026-10-25T11:30:00+05:45")],
    );
    each("2026-11-22T14:04:00Z", "UTC", &[("14:00", "2026-11-22T14:00:00+00:00"), ("14:00 UTC", "2026-11-22T14:00:00+00:00")]);
    // Half an hour is repeated on Lord Howe Island.
    assert!(at("2026-04-05 01:45", "2026-04-05T12:00:00+10:30", "Australia/Lord_Howe").is_err());
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}|[0-9:apmz tT+-]{0,24}", seconds in 0_i64..4_000_000_000) {
        let now = Timestamp::new(chrono::DateTime::from_timestamp(seconds, 0).unwrap());
        let _ = parse_at(&text, now, Zone::default());
    }

    #[test]
    fn a_bare_time_is_always_within_the_last_days(hour in 0_u32..24, minute in 0_u32..60, seconds in 1_500_000_000_i64..2_000_000_000) {
        let now = Timestamp::new(chrono::DateTime::from_timestamp(seconds, 0).unwrap());
        if let Ok(at) = parse_at(&format!("{hour:02}:{minute:02}"), now, Zone::default()) {
            prop_assert_eq!(Zone::default().clock(at), format!("{hour:02}:{minute:02}"));
            prop_assert!((-300..=49 * 3600).contains(&now.seconds_since(at)));
        }
    }

    #[test]
    fn what_the_zone_prints_is_read_back(seconds in 1_500_000_000_i64..2_000_000_000) {
        let instant = Timestamp::new(chrono::DateTime::from_timestamp(seconds, 0).unwrap());
        let (zone, now) = (Zone::default(), instant.plus_seconds(1_000_000));
        prop_assert_eq!(parse_at(&zone.rfc3339(instant), now, zone), Ok(instant));
        prop_assert_eq!(parse_at(&zone.date_minute(instant), now, zone), Ok(instant.floor_to_minute()));
        prop_assert_eq!(parse_at(&zone.minute(instant), instant, zone), Ok(instant.floor_to_minute()));
    }
}
