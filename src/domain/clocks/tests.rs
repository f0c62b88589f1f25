//! Clocks at their boundaries, and histories with their misses.
//! Unit tests of `domain::clocks`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::{Clocks, clocks, next_due};
use crate::domain::business_day::DaysOff;
use crate::domain::clock::{Clock, ClockName, ClockState, Miss};
use crate::domain::clock_facts::{ClockFacts, Closing, Question};
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// An instant of Monday 2026-11-23 in New York, or of a whole date.
fn t(text: &str) -> Timestamp {
    let text = if text.contains('T') { text.to_owned() } else { format!("2026-11-23T{text}") };
    format!("{text}-05:00").parse().unwrap()
}

fn facts(now: &str) -> ClockFacts {
    ClockFacts::new(t(now), Zone::default())
}

fn sam() -> Person {
    Person::new("Sam Reyes", Some("sam@example.org"))
}

fn pat() -> Person {
    Person::new("Pat Lee", Some("pat@example.org"))
}

fn closing(closed_at: &str, reopened_at: Option<&str>) -> Closing {
    Closing { closed_at: t(closed_at), reopened_at: reopened_at.map(t), is_resolved: true }
}

#[allow(clippy::needless_pass_by_value)]
fn of(facts: ClockFacts) -> Clocks {
    clocks(&facts)
}

#[track_caller]
fn stands(clock: &Clock, state: ClockState, due: &str, seconds: i64, misses: usize) {
    assert_eq!((clock.state, clock.due, clock.seconds, clock.misses.len()), (state, Some(t(due)), Some(seconds), misses));
}

#[allow(clippy::type_complexity)]
fn misses(clock: &Clock) -> Vec<(Timestamp, Option<Timestamp>, i64)> {
    clock.misses.iter().map(|miss| (miss.due, miss.met_at, miss.seconds_late)).collect()
}

#[test]
fn without_facts_no_clock_runs() {
    let none = of(facts("10:00:00"));
    for clock in [&none.acknowledge, &none.document, &none.commander, &none.second_responder, &none.rca] {
        assert_eq!(*clock, Clock::none());
    }
    assert!(none.inquiries.is_empty() && none.approvals.is_empty() && none.rotations.is_empty());
    assert_eq!(next_due(&none), None);
}

#[test]
fn acknowledging_at_fifteen_minutes_is_in_time_and_a_second_later_is_late() {
    let cases = [
        ("10:14:59", ClockState::Met, 1, 0),
        ("10:15:00", ClockState::Met, 0, 0),
        ("10:15:01", ClockState::Late, -1, 1),
        ("10:30:00", ClockState::Late, -900, 1),
    ];
    for (acknowledged_at, state, seconds, misses) in cases {
        let facts = ClockFacts { reported_at: Some(t("10:00:00")), acknowledged_at: Some(t(acknowledged_at)), ..facts("20:00:00") };
        stands(&of(facts).acknowledge, state, "10:15:00", seconds, misses);
    }
}

#[test]
fn a_clock_that_is_not_met_runs_until_it_is_overdue() {
    let cases = [
        ("10:00:00", ClockState::Running, 900, 0),
        ("10:15:00", ClockState::Running, 0, 0),
        ("10:15:01", ClockState::Overdue, -1, 1),
        ("12:15:00", ClockState::Overdue, -7200, 1),
    ];
    for (now, state, seconds, misses) in cases {
        stands(&of(ClockFacts { reported_at: Some(t("10:00:00")), ..facts(now) }).acknowledge, state, "10:15:00", seconds, misses);
    }
}

#[test]
fn a_close_stops_what_was_never_done_and_keeps_what_was_missed_by_then() {
    for (closed_at, missed) in [("10:15:00", vec![]), ("10:16:00", vec![(t("10:15:00"), None, 60)])] {
        let facts = ClockFacts { reported_at: Some(t("10:00:00")), closings: vec![closing(closed_at, None)], ..facts("20:00:00") };
        let clock = of(facts).acknowledge;
        assert_eq!((clock.state, clock.due, clock.seconds), (ClockState::None, None, None));
        assert_eq!(misses(&clock), missed, "{closed_at}");
    }
}

#[test]
fn the_document_is_due_two_hours_after_its_last_writing() {
    let cases =
        [("12:00:00", ClockState::Running, 0, 0), ("12:00:01", ClockState::Overdue, -1, 1), ("11:59:59", ClockState::Running, 1, 0)];
    for (now, state, seconds, misses) in cases {
        let facts = ClockFacts { writings: vec![t("09:00:00"), t("10:00:00")], ..facts(now) };
        stands(&of(facts).document, state, "12:00:00", seconds, misses);
    }
    let opened = of(ClockFacts { opened_at: Some(t("10:00:00")), ..facts("10:30:00") });
    stands(&opened.document, ClockState::Running, "12:00:00", 5400, 0);
    let hourly = of(ClockFacts { writings: vec![t("10:00:00")], document_seconds: 3600, ..facts("10:30:00") });
    stands(&hourly.document, ClockState::Running, "11:00:00", 1800, 0);
}

#[test]
fn every_gap_of_the_document_is_a_miss_of_who_was_commander() {
    let facts = ClockFacts {
        writings: vec![t("08:00:00"), t("10:00:00"), t("12:00:01"), t("12:30:00"), t("15:00:00")],
        commanders: vec![(t("08:10:00"), sam()), (t("14:00:00"), pat())],
        ..facts("17:30:00")
    };
    let clock = of(facts).document;
    stands(&clock, ClockState::Overdue, "17:00:00", -1800, 3);
    let miss = |due, met_at: Option<&str>, seconds_late, who: Person| Miss {
        due: t(due),
        met_at: met_at.map(t),
        seconds_late,
        reference: None,
        commander: Some(who),
    };
    let wanted = [
        miss("12:00:00", Some("12:00:01"), 1, sam()),
        miss("14:30:00", Some("15:00:00"), 1800, pat()),
        miss("17:00:00", None, 1800, pat()),
    ];
    assert_eq!(clock.misses, wanted);
}

#[test]
fn the_document_clock_ends_with_the_close_and_keeps_its_misses() {
    let facts = ClockFacts {
        writings: vec![t("08:00:00"), t("11:00:00"), t("13:00:00"), t("18:00:00")],
        closings: vec![closing("13:00:30", None)],
        ..facts("20:00:00")
    };
    let clock = of(facts).document;
    assert_eq!((clock.state, clock.due), (ClockState::None, None));
    assert_eq!(misses(&clock), [(t("10:00:00"), Some(t("11:00:00")), 3600)]);
    let silent = ClockFacts { writings: vec![t("08:00:00")], closings: vec![closing("11:00:00", None)], ..self::facts("20:00:00") };
    assert_eq!(misses(&of(silent).document), [(t("10:00:00"), None, 3600)]);
}

#[test]
fn the_time_between_a_close_and_a_reopening_is_no_gap() {
    let writings = vec![t("08:00:00"), t("09:00:00"), t("10:30:00"), t("15:00:00"), t("15:30:00")];
    let facts = ClockFacts { writings, closings: vec![closing("09:00:20", Some("15:00:00"))], ..facts("16:00:00") };
    stands(&of(facts).document, ClockState::Running, "17:30:00", 5400, 0);
}

#[test]
fn each_question_has_fifteen_minutes_and_its_own_clock() {
    let question = |reference: &str, asked_at: &str, answered_at: Option<&str>| Question {
        reference: reference.parse().unwrap(),
        asked_at: t(asked_at),
        answered_at: answered_at.map(t),
    };
    let facts = ClockFacts {
        inquiries: vec![
            question("Q11", "10:00:00", Some("10:15:00")),
            question("Q22", "10:00:00", Some("10:16:00")),
            question("Q33", "10:00:00", None),
            question("Q44", "10:50:00", None),
        ],
        approvals: vec![question("P11", "10:10:00", None)],
        commanders: vec![(t("09:00:00"), sam())],
        ..facts("11:00:00")
    };
    let Clocks { inquiries, approvals, .. } = of(facts);
    let states: Vec<ClockState> = inquiries.iter().map(|(_, clock)| clock.state).collect();
    assert_eq!(states, [ClockState::Met, ClockState::Late, ClockState::Overdue, ClockState::Running]);
    let miss = &inquiries[1].1.misses[0];
    assert_eq!((miss.reference, miss.commander.clone(), miss.seconds_late), ("Q22".parse().ok(), Some(sam()), 60));
    stands(&approvals[0].1, ClockState::Overdue, "10:25:00", -2100, 1);
    assert_eq!(approvals[0].0, "P11".parse().unwrap());
}

#[test]
fn a_question_after_the_close_starts_no_clock_and_one_before_it_still_waits() {
    let asked = |asked_at: &str| Question { reference: "Q11".parse().unwrap(), asked_at: t(asked_at), answered_at: None };
    for (asked_at, closings, state) in [
        ("10:00:00", vec![closing("10:05:00", None)], ClockState::Overdue),
        ("10:06:00", vec![closing("10:05:00", None)], ClockState::None),
        ("10:06:00", vec![closing("10:05:00", Some("10:10:00"))], ClockState::None),
        ("10:10:00", vec![closing("10:05:00", Some("10:10:00"))], ClockState::Overdue),
    ] {
        let facts = ClockFacts { inquiries: vec![asked(asked_at)], closings, ..facts("11:00:00") };
        assert_eq!(of(facts).inquiries[0].1.state, state, "{asked_at}");
    }
}

#[test]
fn a_commander_and_a_second_responder_are_due_fifteen_minutes_after_the_acknowledgement() {
    let acknowledged = ClockFacts { acknowledged_at: Some(t("10:00:00")), ..facts("10:20:00") };
    let nobody = of(acknowledged.clone());
    stands(&nobody.commander, ClockState::Overdue, "10:15:00", -300, 1);
    stands(&nobody.second_responder, ClockState::Overdue, "10:15:00", -300, 1);
    let commanders = vec![(t("10:15:00"), sam()), (t("10:19:00"), pat())];
    let somebody = of(ClockFacts { commanders, alerted_at: vec![t("10:16:00")], ..acknowledged.clone() });
    stands(&somebody.commander, ClockState::Met, "10:15:00", 0, 0);
    stands(&somebody.second_responder, ClockState::Late, "10:15:00", -60, 1);
    let closed = of(ClockFacts { closings: vec![closing("10:10:00", None)], ..acknowledged });
    assert_eq!((closed.commander, closed.second_responder), (Clock::none(), Clock::none()));
}

#[test]
fn a_rotation_is_suggested_after_three_hours_in_a_role_and_never_missed() {
    let facts = ClockFacts {
        commanders: vec![(t("06:00:00"), pat()), (t("10:00:00"), sam())],
        responders: vec![(t("09:00:00"), sam()), (t("09:59:59"), pat())],
        ..facts("13:00:00")
    };
    let rotations = of(facts.clone()).rotations;
    assert_eq!(rotations.iter().map(|(person, _)| person.clone()).collect::<Vec<_>>(), [sam(), pat()]);
    stands(&rotations[0].1, ClockState::Running, "13:00:00", 0, 0);
    stands(&rotations[1].1, ClockState::Overdue, "12:59:59", -1, 0);
    assert!(of(ClockFacts { closings: vec![closing("12:00:00", None)], ..facts }).rotations.is_empty());
}

#[test]
fn the_rca_is_due_at_the_end_of_the_next_business_day() {
    let closed = |now: &str, done: &[&str]| {
        let done = done.iter().map(|done| t(done)).collect();
        of(ClockFacts { closings: vec![closing("2026-11-25T16:00:00", None)], rca_done_at: done, ..facts(now) }).rca
    };
    let due = "2026-11-27T23:59:59";
    stands(&closed("2026-11-27T23:59:59", &[]), ClockState::Running, due, 0, 0);
    stands(&closed("2026-11-28T00:00:00", &[]), ClockState::Overdue, due, -1, 1);
    stands(&closed("2026-12-28T00:00:00", &["2026-11-27T23:59:00"]), ClockState::Met, due, 59, 0);
    stands(&closed("2026-12-28T00:00:00", &["2026-11-28T00:00:59"]), ClockState::Late, due, -60, 1);
    stands(&closed("2026-12-28T00:00:00", &["2026-11-25T15:59:00"]), ClockState::Met, due, 2 * 86_400 + 8 * 3600 + 59, 0);
    let holiday = ClockFacts {
        closings: vec![closing("2026-11-25T16:00:00", None)],
        days_off: DaysOff { extra: ["2026-11-27".parse().unwrap()].into(), ..DaysOff::default() },
        ..facts("2026-11-26T00:00:00")
    };
    assert_eq!(of(holiday).rca.due, Some(t("2026-11-30T23:59:59")));
}

#[test]
fn only_a_close_as_resolved_needs_an_rca() {
    let duplicate = Closing { is_resolved: false, ..closing("10:00:00", None) };
    assert_eq!(of(ClockFacts { closings: vec![duplicate], ..facts("2026-12-23T10:00:00") }).rca, Clock::none());
}

#[test]
fn a_reopening_stops_the_rca_and_keeps_what_was_missed() {
    let missed = ClockFacts { closings: vec![closing("10:00:00", Some("2026-11-25T00:00:59"))], ..facts("2026-12-01T10:00:00") };
    let clock = of(missed).rca;
    assert_eq!((clock.state, misses(&clock)), (ClockState::None, vec![(t("2026-11-24T23:59:59"), None, 60)]));
    let in_time = ClockFacts { closings: vec![closing("10:00:00", Some("2026-11-24T12:00:00"))], ..facts("2026-12-01T10:00:00") };
    assert_eq!(of(in_time).rca, Clock::none());
}

#[test]
fn after_a_reopening_the_rca_is_due_again_and_what_was_done_does_not_count() {
    let closings = vec![closing("10:00:00", Some("2026-11-25T09:00:00")), closing("2026-11-25T12:00:00", None)];
    let again = ClockFacts { closings, rca_done_at: vec![t("2026-11-24T12:00:00")], ..facts("2026-11-26T00:00:00") };
    stands(&of(again.clone()).rca, ClockState::Running, "2026-11-27T23:59:59", 2 * 86_400 - 1, 0);
    let done = ClockFacts { rca_done_at: vec![t("2026-11-24T12:00:00"), t("2026-11-27T12:00:00")], ..again };
    assert_eq!(of(done).rca.state, ClockState::Met);
}

#[test]
fn who_acts_next_is_who_has_the_earliest_duty() {
    let mut facts = ClockFacts { reported_at: Some(t("10:00:00")), writings: vec![t("10:02:00")], ..facts("10:05:00") };
    assert_eq!(next_due(&of(facts.clone())), Some((ClockName::Acknowledge, t("10:15:00"))));
    facts.acknowledged_at = Some(t("10:04:00"));
    assert_eq!(next_due(&of(facts.clone())), Some((ClockName::Commander, t("10:19:00"))));
    facts.commanders = vec![(t("10:05:00"), sam())];
    assert_eq!(next_due(&of(facts.clone())), Some((ClockName::Document, t("12:02:00"))));
    let reference = "Q7F".parse().unwrap();
    facts.inquiries = vec![Question { reference, asked_at: t("10:05:00"), answered_at: None }];
    let (name, due) = next_due(&of(facts.clone())).unwrap();
    assert_eq!((name.words(), name.who_acts(), due), ("answer inquiry Q7F".to_owned(), "the incident commander", t("10:20:00")));
    facts.closings = vec![closing("10:30:00", None)];
    facts.inquiries.clear();
    assert_eq!(next_due(&of(facts)), Some((ClockName::Rca, t("2026-11-24T23:59:59"))));
}

#[test]
fn the_json_of_a_clock_has_its_four_keys() {
    let facts = ClockFacts { reported_at: Some(t("10:00:00")), acknowledged_at: Some(t("10:15:01")), ..facts("11:00:00") };
    let wanted = r#"{"due":"2026-11-23T15:15:00Z","state":"late","seconds":-1,"misses":[{"due":"2026-11-23T15:15:00Z","met_at":"2026-11-23T15:15:01Z","seconds_late":1,"ref":null,"commander":null}]}"#;
    assert_eq!(serde_json::to_string(&of(facts).acknowledge).unwrap(), wanted);
    assert_eq!(serde_json::to_string(&Clock::none()).unwrap(), r#"{"due":null,"state":"none","seconds":null,"misses":[]}"#);
}

#[test]
fn the_clocks_count_elapsed_time_over_both_changes_of_daylight_saving() {
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    // On 8 March 01:59:59 EST is followed by 03:00:00 EDT; on 1 November 01:59:59 EDT by 01:00:00 EST.
    let cases = [
        ("2026-03-08T01:50:00-05:00", "2026-03-08T03:05:00-04:00", ClockState::Running, 0),
        ("2026-03-08T01:50:00-05:00", "2026-03-08T03:05:01-04:00", ClockState::Overdue, -1),
        ("2026-11-01T01:50:00-04:00", "2026-11-01T01:04:59-05:00", ClockState::Running, 1),
        ("2026-11-01T01:50:00-04:00", "2026-11-01T01:05:00-05:00", ClockState::Running, 0),
        ("2026-11-01T01:50:00-04:00", "2026-11-01T01:05:01-05:00", ClockState::Overdue, -1),
    ];
    for (reported_at, now, state, seconds) in cases {
        let facts = ClockFacts { reported_at: Some(at(reported_at)), ..ClockFacts::new(at(now), Zone::default()) };
        let clock = of(facts).acknowledge;
        assert_eq!((clock.state, clock.seconds), (state, Some(seconds)), "{reported_at} seen at {now}");
    }
    let writings = [
        ("2026-03-08T01:30:00-05:00", "2026-03-08T04:29:59-04:00", ClockState::Running, 1),
        ("2026-03-08T01:30:00-05:00", "2026-03-08T04:30:00-04:00", ClockState::Running, 0),
        ("2026-03-08T01:30:00-05:00", "2026-03-08T04:30:01-04:00", ClockState::Overdue, -1),
        ("2026-11-01T01:30:00-04:00", "2026-11-01T02:30:00-05:00", ClockState::Running, 0),
        ("2026-11-01T01:30:00-04:00", "2026-11-01T02:30:01-05:00", ClockState::Overdue, -1),
    ];
    for (written_at, now, state, seconds) in writings {
        let facts = ClockFacts { writings: vec![at(written_at)], ..ClockFacts::new(at(now), Zone::default()) };
        let clock = of(facts).document;
        assert_eq!((clock.state, clock.seconds), (state, Some(seconds)), "{written_at} seen at {now}");
    }
}

#[test]
fn answers_are_in_time_to_the_second_where_they_have_seconds() {
    let cases = [("10:14:59", ClockState::Met), ("10:15:00", ClockState::Met), ("10:15:01", ClockState::Late)];
    for (answered_at, state) in cases {
        let question = Question { reference: "Q7F".parse().unwrap(), asked_at: t("10:00:00"), answered_at: Some(t(answered_at)) };
        let facts = ClockFacts { inquiries: vec![question.clone()], approvals: vec![question], ..facts("12:00:00") };
        let Clocks { inquiries, approvals, .. } = of(facts);
        assert_eq!((inquiries[0].1.state, approvals[0].1.state), (state, state), "{answered_at}");
    }
    for (written_at, misses) in [("11:59:59", 0), ("12:00:00", 0), ("12:00:01", 1)] {
        let facts = ClockFacts { writings: vec![t("10:00:00"), t(written_at)], ..facts("12:30:00") };
        assert_eq!(of(facts).document.misses.len(), misses, "{written_at}");
    }
}

proptest! {
    #[test]
    fn a_miss_stays_for_ever(mut minutes in proptest::collection::vec(0_i64..3000, 1..12), now in 3000_i64..4000, later in 0_i64..10_000) {
        minutes.sort_unstable();
        let start = t("00:00:00");
        let writings: Vec<Timestamp> = minutes.iter().map(|minute| start.plus_seconds(minute * 60)).collect();
        let at = |minute: i64| clocks(&ClockFacts { now: start.plus_seconds(minute * 60), writings: writings.clone(), ..facts("00:00:00") }).document;
        let (before, after) = (at(now), at(now + later));
        let gaps = writings.windows(2).filter(|pair| pair[1].seconds_since(pair[0]) > 7200).count();
        prop_assert_eq!(before.misses.iter().filter(|miss| miss.met_at.is_some()).count(), gaps);
        let dues = |clock: &Clock| clock.misses.iter().map(|miss| miss.due).collect::<Vec<_>>();
        prop_assert!(dues(&after).starts_with(&dues(&before)));
        prop_assert!(before.misses.iter().all(|miss| miss.seconds_late > 0));
    }
}
