//! Tests of the front matter's typed values and of the strict reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::json;

use super::*;

const MINIMAL: &str = "id: INC-K7QFM\ntitle: Many errors\nstatus: open\n";

fn header(more: &str) -> Result<Header, BrokenDocument> {
    Header::parse(&format!("{MINIMAL}{more}"), 2)
}

#[test]
fn a_full_header_is_read() {
    let header = header(concat!(
        "severity: sev2\nreporter: Jeff Lee\ncommander: Sam Reyes <sam@example.org>\nresponders:\n- Ada <ada@example.org>\n- Grace Hopper\n",
        "restored: 60\ntimezone: Europe/Berlin\nopened_at: 2026-11-22T23:58:00-05:00\nevidence: [https://a.example/1, 'b, c']\n",
        "aka:\nchat: ~\nx-team: {a: [1, 1.50, true, yes]}\nsha: 12e34567\n",
    ))
    .unwrap();
    assert_eq!(header.id().to_string(), "INC-K7QFM");
    assert_eq!((header.title(), header.status()), ("Many errors", Status::Open));
    assert_eq!(header.severity().unwrap().to_string(), "SEV-2");
    assert_eq!(header.zone().to_string(), "Europe/Berlin");
    assert_eq!(header.restored(), Some(60));
    assert_eq!(header.person(Key::Reporter), Some(Person::new("Jeff Lee", None)));
    assert_eq!(header.person(Key::Commander).unwrap().email.unwrap(), "sam@example.org");
    assert_eq!(header.people(Key::Responders), [Person::new("Ada", Some("ada@example.org")), Person::new("Grace Hopper", None)]);
    assert_eq!(header.instant(Key::OpenedAt).unwrap().to_string(), "2026-11-23T04:58:00Z");
    assert_eq!(header.text(Key::OpenedAt), Some("2026-11-22T23:58:00-05:00"));
    assert_eq!(header.list(Key::Evidence), ["https://a.example/1", "b, c"]);
    assert!(header.list(Key::Aka).is_empty());
    assert_eq!((header.text(Key::Chat), header.text(Key::Pagerduty)), (None, None));
    assert_eq!(Value::Object(header.extra().clone()), json!({"x-team": {"a": [1, "1.50", true, "yes"]}, "sha": "12e34567"}));
    assert_eq!((header.line(Key::Status), header.line(Key::Chat), header.line(Key::Teams)), (Some(4), Some(16), None));
}

#[test]
fn free_texts_keep_their_letters() {
    for text in [
        "1.10",
        "007",
        "12e34567",
        "no",
        "0x1F",
        "True",
        "1_000",
        "12:30:45",
        "2026-11-22",
        "18446744073709551616",
        "+1",
        "-0",
        ".inf",
        "1e3",
    ] {
        let header = header(&format!("pagerduty: {text}\nteams: [{text}]\nother: {text}\n")).unwrap();
        assert_eq!(header.text(Key::Pagerduty), Some(text));
        assert_eq!(header.list(Key::Teams), [text]);
        let other = header.extra().get("other").unwrap();
        assert_eq!(other.as_str(), Some(text), "{text} is no text: {other}");
    }
    assert_eq!(header("other: 12\n").unwrap().extra().get("other"), Some(&json!(12)));
}

#[test]
fn what_is_unsound_is_named_with_its_place() {
    let cases = [
        ("severity: SEV-9\n", "5:1: `severity`: `SEV-9` is not a severity (SEV-1, the worst, to SEV-5)"),
        ("timezone: America/New_Yrok\n", "5:1: `timezone`: `America/New_Yrok` is not an IANA time zone; the nearest is `America/New_York`"),
        ("chat: a\nopened_at: yesterday\n", "6:1: `opened_at`: `yesterday` is not an RFC 3339 time such as 2026-11-22T23:58:00-05:00"),
        ("restored: 101\n", "5:1: `restored`: `101` is not a percentage from 0 to 100"),
        ("responders: Sam\n", "5:1: `responders`: a list is expected, one `- item` a line"),
        ("responders:\n-\n", "5:1: `responders`: an item of the list is empty or is not one text"),
        ("responders: [Sam <sam>]\n", "5:1: `responders`: `Sam <sam>` is not a person in the form `Name <email>`"),
        ("commander: Sam <sam\n", "5:1: `commander`: `Sam <sam` is not a person in the form `Name <email>`"),
        ("chat: [a]\n", "5:1: `chat`: one text is expected, not a list or a map"),
    ];
    for (more, expected) in cases {
        assert_eq!(header(more).unwrap_err().to_string(), expected);
    }
    for (yaml, expected) in [
        ("", "1:1: `id` is missing from the front matter"),
        ("# nothing\n", "1:1: `id` is missing from the front matter"),
        ("id: INC-K7QFM\ntitle:\nstatus: open\n", "3:1: `title` is missing from the front matter"),
        ("id: INC-K7QFM\ntitle: x\n", "1:1: `status` is missing from the front matter"),
        ("id: K7\n", "2:1: `id`: `K7` is not an incident id such as INC-K7QFM"),
        ("- a\n", "2:1: `key: value` lines are expected"),
    ] {
        assert_eq!(Header::parse(yaml, 2).unwrap_err().to_string(), expected, "{yaml:?}");
    }
}

#[test]
fn yaml_that_is_not_strict_is_broken_at_its_line_in_the_file() {
    let cases = [
        ("status: closed\n", 5),
        ("title: Login: 500s\n", 5),
        ("x: &a 1\n", 5),
        ("x: {<<: {a: 1}}\n", 5),
        ("x: !!python/object a\n", 5),
        ("a: 1\n\tb: 2\n", 5),
        ("a: 'x\n", 5),
        ("a: 1\n---\nb: 2\n", 6),
        ("a: \u{1b}\n", 5),
    ];
    for (more, line) in cases {
        let broken = header(more).unwrap_err();
        assert_eq!(broken.line, line, "{more:?}: {broken}");
        assert!(!broken.message.contains('\n') && !broken.message.contains(" at line"), "{broken}");
    }
}

#[test]
fn hostile_yaml_is_refused_at_once() {
    let deep = format!("x: {}\n", "[".repeat(60_000));
    let nested = format!("x: {}{}\n", "[".repeat(20), "]".repeat(20));
    let wide = format!("x: [{}]\n", "1,".repeat(20_000));
    for yaml in [deep, nested, wide] {
        assert!(header(&yaml).is_err());
    }
    let commented = header(&"# note\n".repeat(3_000)).unwrap();
    assert_eq!(commented.title(), "Many errors");
}

#[test]
fn an_unknown_key_of_a_type_is_named_with_the_nearest() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Small {
        timezone: Option<String>,
        chat: Option<String>,
    }
    let small: Small = parse_strict("timezone: UTC\n", 1).unwrap();
    assert_eq!(small.timezone.as_deref(), Some("UTC"));
    let broken = parse_strict::<Small>("chat: x\ntiemzone: UTC\n", 1).unwrap_err();
    assert_eq!(broken.to_string(), "2:1: unknown key `tiemzone`; the nearest is `timezone`");
}

#[test]
fn a_whole_document_is_read_through_bom_and_crlf() {
    let text = format!("\u{feff}---\n{MINIMAL}---\nbody").replace('\n', "\r\n");
    assert_eq!(Header::of_document(&text).unwrap().title(), "Many errors");
}
