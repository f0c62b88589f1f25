//! chrono-tz itself is asked: each zone, each change of its clocks, and days between.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use chrono::{DateTime, MappedLocalTime, Offset as _, TimeZone};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};

use super::*;

/// The years that incidents can lie in, and some more: 1968 to 2100.
const YEARS: Range<i64> = -63_158_400..4_133_980_800;

fn theirs(zone: Tz, at: i64) -> (i32, String) {
    let offset = zone.offset_from_utc_datetime(&DateTime::from_timestamp(at, 0).unwrap().naive_utc());
    (offset.fix().local_minus_utc(), offset.abbreviation().map_or_else(|| offset.to_string(), str::to_owned))
}

fn ours(zone: ZoneRow, at: i64) -> (i32, String) {
    let offset = zone.offset_at(at);
    (offset.seconds, offset.word.to_owned())
}

fn their_instants(zone: Tz, local: i64) -> Vec<i64> {
    match zone.from_local_datetime(&DateTime::from_timestamp(local, 0).unwrap().naive_utc()) {
        MappedLocalTime::None => vec![],
        MappedLocalTime::Single(at) => vec![at.timestamp()],
        MappedLocalTime::Ambiguous(first, second) => vec![first.timestamp(), second.timestamp()],
    }
}

fn both() -> impl Iterator<Item = (Tz, ZoneRow)> {
    TZ_VARIANTS.iter().map(|zone| (*zone, ZoneRow::named(zone.name()).unwrap_or_else(|| panic!("{zone} is missing"))))
}

#[test]
fn the_zones_are_those_of_chrono_tz() {
    assert_eq!(all().count(), TZ_VARIANTS.len());
    assert!(both().all(|(theirs, ours)| theirs.name() == ours.name()));
    assert_eq!(DEFAULT.name(), "America/New_York");
    let unknown = ["", "Mars", "America", "America/New_Yor", "America/New_Yorkk", "america/new_york", "Zulu2"];
    assert!(unknown.into_iter().all(|name| ZoneRow::named(name).is_none()));
}

#[test]
fn each_change_of_each_zone_is_at_the_second_that_chrono_tz_says() {
    for (zone, row) in both() {
        for span in row.spans().skip(1) {
            let at = STARTS[span];
            for near in [at - 1, at, at + 1] {
                assert_eq!(ours(row, near), theirs(zone, near), "{zone} {near}");
            }
        }
    }
}

#[test]
fn local_times_around_each_change_are_none_one_or_two_instants_as_chrono_tz_says() {
    for (zone, row) in both() {
        for span in row.spans().skip(1) {
            let (at, before, after) = (STARTS[span], i64::from(offset(span - 1).seconds), i64::from(offset(span).seconds));
            let (low, high) = (at + before.min(after), at + before.max(after));
            for local in [low - 1, low, low + 1, i64::midpoint(low, high), high - 1, high, high + 1] {
                assert_eq!(row.instants_of(local), their_instants(zone, local), "{zone} {local}");
            }
        }
    }
}

#[test]
fn no_change_is_stepped_over() {
    // Every 41 hours and some seconds; the shortest span is of seven days.
    for (zone, row) in both() {
        let mut same = (String::new(), -1);
        for at in YEARS.step_by(41 * 3600 + 1111) {
            let found = row.offset_at(at);
            let expected = zone.offset_from_utc_datetime(&DateTime::from_timestamp(at, 0).unwrap().naive_utc());
            assert_eq!(found.seconds, expected.fix().local_minus_utc(), "{zone} {at}");
            if let Some(word) = expected.abbreviation() {
                assert_eq!(found.word, word, "{zone} {at}");
            } else if same.1 != found.seconds {
                same = (expected.to_string(), found.seconds);
                assert_eq!(found.word, same.0, "{zone} {at}");
            }
        }
    }
}

#[test]
fn far_times_have_the_last_rule_and_the_first() {
    for at in [-9_223_372_036_854_775_808, 9_223_372_036_854_775_807, 0] {
        assert!(all().all(|zone| !zone.offset_at(at).word.is_empty()));
    }
}
