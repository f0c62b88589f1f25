//! The grammar of an entry, by examples and by the property that what is written is read back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;

mod forging;

const PEOPLE: [&str; 3] = ["Grace Hopper", "Jeff Lee", "Ada Byron (CMS)"];

fn read(line: &str) -> Result<Entry, NotAnEntry> {
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    read_entry(line, Reading { date, zone: Zone::default(), is_known: &|name| PEOPLE.contains(&name) })
}

fn at(clock: &str) -> Timestamp {
    format!("2026-11-23T{clock}:00-05:00").parse().unwrap()
}

#[test]
fn a_line_of_the_specification_is_read() {
    let entry = read("- 00:10 EST: Restarted the auth database. [graph](https://x.org/g) (logged 00:31) — Grace Hopper").unwrap();
    assert_eq!(entry.at, at("00:10"));
    assert_eq!(entry.logged_at, Some(at("00:31")));
    assert_eq!(entry.text, "Restarted the auth database.");
    assert_eq!(entry.evidence, ["https://x.org/g"]);
    assert_eq!(entry.by.as_deref(), Some("Grace Hopper"));
}

#[test]
fn a_kind_with_its_reference_and_recorder_is_read() {
    let entry = read("- 00:40 EST: **Approved P4X.** \"Deploy 4.2.1\": go ahead. — Jeff Lee (recorded by Grace Hopper)").unwrap();
    assert_eq!(entry.kind, Some(EntryKind::Approved));
    assert_eq!(entry.reference.unwrap().to_string(), "P4X");
    assert_eq!(entry.text, "\"Deploy 4.2.1\": go ahead.");
    assert_eq!(entry.recorded_by.as_deref(), Some("Grace Hopper"));
}

#[test]
fn lines_typed_by_hand_are_read_where_they_fit() {
    type Expected = Option<(&'static str, &'static str, Option<&'static str>)>;
    let cases: &[(&str, Expected)] = &[
        ("- 00:10: no zone", Some(("00:10", "no zone", None))),
        ("* 00:10 est: other bullet", Some(("00:10", "other bullet", None))),
        ("- 00:10 EST: by a stranger — Nobody Known", Some(("00:10", "by a stranger — Nobody Known", None))),
        ("- 00:10 EST: **Bold.** is text — Jeff Lee", Some(("00:10", "**Bold.** is text", Some("Jeff Lee")))),
        ("- 00:10 EST: **Closed A9D.** wrong reference", Some(("00:10", "**Closed A9D.** wrong reference", None))),
        ("- 00:10 EST: a dash — in it — Jeff Lee", Some(("00:10", "a dash — in it", Some("Jeff Lee")))),
        ("- 00:10 EST:", Some(("00:10", "", None))),
        ("- 24:10 EST: no such time", None),
        ("- 0:10 EST: one digit", None),
        ("- 00:10 PST: another zone", None),
        ("- a bullet", None),
        ("-00:10 EST: no blank", None),
        ("- 00:10 EST no colon", None),
    ];
    for (line, expected) in cases {
        let found = read(line).ok();
        let found = found.as_ref().map(|entry| (entry.at, entry.text.as_str(), entry.by.as_deref()));
        assert_eq!(found, expected.map(|(clock, text, by)| (at(clock), text, by)), "{line}");
    }
}

#[test]
fn a_repeated_hour_is_told_apart_by_its_word() {
    let date = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let reading = Reading { date, zone: Zone::default(), is_known: &|_| true };
    let first = read_entry("- 01:30 EDT: x", reading).unwrap().at;
    let second = read_entry("- 01:30 EST: x", reading).unwrap().at;
    assert_eq!(second.seconds_since(first), 3600);
    let mut entry = Entry::new(first, "late");
    entry.logged_at = Some(second);
    assert_eq!(write_entry(&entry, Zone::default()), "- 01:30 EDT: late (logged 01:30 EST)");
}

#[test]
fn a_list_code_or_quotation_begins_below_the_head_line_and_is_read_back() {
    let cases = [
        ("- a\n  - b\n- 12:00 EST: c", "- 00:10 EST: — Jeff Lee\n  - a\n    - b\n  \\- 12:00 EST: c"),
        ("2. a", "- 00:10 EST: — Jeff Lee\n\n  2. a"),
        ("```\n<x>\n```", "- 00:10 EST: — Jeff Lee\n\n  ```\n  <x>\n  ```"),
        ("> **Closed.** <x>", "- 00:10 EST: — Jeff Lee\n\n  > **Closed.** \\<x>"),
    ];
    for (text, wanted) in cases {
        let entry = Entry { by: Some("Jeff Lee".to_owned()), ..Entry::new(at("00:10"), text) };
        let written = write_entry(&entry, Zone::default());
        assert_eq!(written, wanted);
        assert_eq!(read(&written), Ok(entry));
    }
    let by_hand = read("- 00:10 EST: **Acknowledged.** — Jeff Lee\n\n  Took it over.").unwrap();
    assert_eq!((by_hand.kind, by_hand.text.as_str()), (Some(EntryKind::Acknowledged), "Took it over."));
}

#[test]
fn evidence_cannot_end_its_link() {
    assert_eq!(evidence_link("https://x.org/a b(c)|\n- 12:00 EST: y"), "[x.org](https://x.org/a%20b%28c%29%7C%20-%2012:00%20EST:%20y)");
}

proptest! {
    #[test]
    fn reading_never_panics(line in "\\PC{0,60}") {
        let _ = read(&line);
        let _ = read(&format!("- 00:10 EST: {line}"));
    }

    #[test]
    fn what_is_written_is_read_back(
        text in "([ -~\n]|é|—|\\*\\*Closed\\.\\*\\*|\\(logged 00:31\\)|- 12:00 EST: |```\n|- |> |1\\. |<|\\[a\\]\\(http://b\\)){1,30}",
        kind in proptest::option::of(0..EntryKind::ALL.len()),
        minutes in 0i64..1400,
        later in proptest::option::of(2i64..3000),
        evidence in proptest::collection::vec("https://[a-z]{1,5}\\.org/[a-z]{0,4}", 0..3),
    ) {
        let at = at("00:00").plus_seconds(minutes * 60);
        // Links at the end of the first line are evidence, wherever they were typed.
        let text = tidy(&text);
        let (first, rest) = text.split_once('\n').map_or((text.as_str(), None), |(first, rest)| (first, Some(rest)));
        let (first, typed) = split_evidence(first);
        let text = rest.map_or_else(|| first.trim().to_owned(), |rest| format!("{}\n{rest}", first.trim()));
        let entry = Entry {
            at,
            logged_at: later.map(|minutes| at.plus_seconds(minutes * 60)),
            kind: kind.map(|index| EntryKind::ALL[index]),
            reference: None,
            text: tidy(&text).trim_start().to_owned(),
            evidence: typed.into_iter().chain(evidence).collect(),
            by: Some("Grace Hopper".to_owned()),
            recorded_by: None,
        };
        prop_assume!(split_evidence(entry.text.lines().next().unwrap_or_default()).1.is_empty());
        let written = write_entry(&entry, Zone::default());
        prop_assert_eq!(read(&written), Ok(entry), "{}", written);
    }
}
