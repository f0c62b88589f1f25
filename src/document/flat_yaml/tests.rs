//! What is read here is what the strict reader reads; what means anything else is declined.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::document::header::read_fields_strictly;

#[test]
fn an_ordinary_front_matter_is_read_here() {
    for yaml in [
        "id: INC-K7QFM\ntitle: Many errors on Auth service\nseverity: SEV-2\nteams:\n  - QPP-FE\n  - GDIT\nservices:\nrestored: 95\n",
        "reporter: Grace Hopper <grace@example.org>\nevidence:\n  - https://splunk.example.com/app?q=auth+error#top\nchat: []\n",
        "date: 2026-11-18\nopened_at: 2026-11-18T23:50:00-05:00\nclosed_at: 2026-11-18T23:50:00Z\nresolved_at: 2026-11-18T23:50:00+01:00\n",
        "title: Größe der Störung – 40 %\r\nstatus: open\r\n\r\n",
        "timezone: America/New_York",
    ] {
        assert_eq!(flat_fields(yaml, 2).expect(yaml), read_fields_strictly(yaml, 2).unwrap(), "{yaml}");
    }
}

/// Lines of another form.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "", "\n", "id", "id:x", "id: |\n  x", "id: >\n  x", "id: x\n  y", "id: x\nid: y",
    "yes: x", "Id: x", "\"id\": x", "- x", "id: x\n  - y", "id:\n- x", "id:\n    - x", "id:\n  - x: y",
    "id:\n  -", "id:\n  - - x", "id: x\n---", "id: x\n...", "# x\nid: y", "\tid: x", "id:\tx", "  id: x",
];

/// Values that are more than a text.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "id: x: y", "id: x #y", "id: x:", "id: x ", "id:  x", "id: \"x\"", "id: 'x'", "id: &x y",
    "id: *x", "id: !x y", "id: {x: y}", "id: [x]", "id: true", "id: No", "id: ~", "id: null",
    "id: 007", "id: 1.10", "id: 0x1", "id: 1_0", "id: .inf", "id: x\ty", "id: x\u{85}y", "id: x\u{feff}",
    "id: x\u{7f}", "id: 2026-11-22 10:00:00", "id: %x", "id: @x", "id: `x", "id: -", "id: ?",
    "id: ? x", "id: x\ry",
];

#[test]
fn all_else_is_left_to_the_strict_reader() {
    for yaml in FORMS.iter().chain(VALUES) {
        assert_eq!(flat_fields(yaml, 2), None, "{yaml:?}");
    }
}

fn lines() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z_]{1,4}",
        "[ -~]{0,9}",
        "\\PC{0,5}",
        "[yYnNtTfF][a-zA-Z]{0,4}",
        "[0-9eExX._+-]{1,6}",
        "2026-1[0-9]-[0-9]{2}T?[0-9:Z+-]{0,15}"
    ];
    let line = prop_oneof![
        (word.clone(), word.clone()).prop_map(|(key, value)| format!("{key}: {value}")),
        word.clone().prop_map(|key| format!("{key}:")),
        word.clone().prop_map(|item| format!("  - {item}")),
        word,
    ];
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]
    #[test]
    fn what_is_read_here_is_what_the_strict_reader_reads(yaml in lines()) {
        if let Some(fields) = flat_fields(&yaml, 2) {
            prop_assert_eq!(Ok(fields), read_fields_strictly(&yaml, 2));
        }
    }

    #[test]
    fn a_text_is_read_here_as_the_strict_reader_does(value in "[a-zA-Z][ -~]{0,12}") {
        let yaml = format!("key: {value}\nlist:\n  - {value}");
        if let Some(fields) = flat_fields(&yaml, 2) {
            prop_assert_eq!(Ok(fields), read_fields_strictly(&yaml, 2));
        }
    }
}
