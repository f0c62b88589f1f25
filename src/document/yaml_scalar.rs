//! How one text is written into YAML: plain where every reader takes it for that text, else in double quotes on one line.
//! PURE: writes scalars only; where they go is decided by `document::yaml_splice`.

use std::fmt::Write as _;

use crate::domain::text::is_hidden_control;

/// Where a scalar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After `key: ` or `- `.
    Block,
    /// Inside `[…]`, where commas and brackets end it.
    Flow,
}

/// The text as a YAML scalar that YAML 1.1 and 1.2 readers both read back as that text. RFC 3339 instants are written bare.
///
/// # Source
/// YAML 1.2.2 §7.3.3 "Plain Style", §5.7 "Escaped Characters"; YAML 1.1 types bool, null, int, float, timestamp, merge, value.
///
/// # Examples
/// ```
/// use qpp_incident::document::yaml_scalar::{Place, scalar};
/// assert_eq!(scalar("Many errors on Auth", Place::Block), "Many errors on Auth");
/// assert_eq!(scalar("no", Place::Block), "\"no\"");
/// assert_eq!(scalar("a: b", Place::Block), "\"a: b\"");
/// ```
pub fn scalar(text: &str, place: Place) -> String {
    if is_instant(text) || is_plain(text, place) { text.to_owned() } else { quoted(text) }
}

/// Whether a text is `2026-11-22T23:58:00-05:00` or the same with `Z`.
fn is_instant(text: &str) -> bool {
    let like = |pattern: &str, text: &str| {
        pattern.len() == text.len() && pattern.bytes().zip(text.bytes()).all(|(p, c)| if p == b'0' { c.is_ascii_digit() } else { p == c })
    };
    ["0000-00-00T00:00:00Z", "0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00"].iter().any(|pattern| like(pattern, text))
}

fn is_plain(text: &str, place: Place) -> bool {
    const FLOW_MARKS: [char; 10] = [',', '[', ']', '{', '}', ':', '#', '"', '\'', '?'];
    let may_begin = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '(' || is_letter(c);
    let may_end = |c: char| !c.is_whitespace() && c != ':';
    let ends_in_flow = place == Place::Flow && text.contains(FLOW_MARKS);
    let has_mark = text.contains(": ") || text.contains(" #") || ends_in_flow;
    text.starts_with(may_begin) && text.ends_with(may_end) && text.chars().all(is_printable) && !has_mark && !is_typed(text)
}

fn is_letter(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic()
}

/// What may stand as it is, in a plain scalar and in quotes: no control, no kind of line end but the blank, nothing invisible.
fn is_printable(c: char) -> bool {
    !c.is_control() && !is_hidden_control(c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}')
}

/// Whether some reader would take the bare text for a boolean, null, number, date or time.
fn is_typed(text: &str) -> bool {
    const WORDS: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];
    let numeric = |c: char| c.is_ascii_digit() || c.is_whitespace() || "_:.,+-/abcdefxotzinABCDEFXOTZIN".contains(c);
    WORDS.contains(&text.to_lowercase().as_str()) || (text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(numeric))
}

/// The text in double quotes on one line, escaped as JSON is.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => drop(write!(out, "\\u{:04x}", u32::from(c))), // all of them are within the first 65,536
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use proptest::prelude::*;

    use super::*;
    use crate::document::header::read_fields;

    fn read_back(text: &str) -> String {
        let yaml = format!(
            "key: {} # note\nlist:\n- {} # note\nflow: [{}, x]\n",
            scalar(text, Place::Block),
            scalar(text, Place::Block),
            scalar(text, Place::Flow)
        );
        let fields = read_fields(&yaml, 1).unwrap_or_else(|error| panic!("{text:?}: {error}\n{yaml}"));
        assert_eq!(fields.len(), 3, "{yaml}");
        assert_eq!(fields[1].list().unwrap(), [text]);
        assert_eq!(fields[2].list().unwrap(), [text, "x"]);
        fields[0].text().unwrap().unwrap()
    }

    #[test]
    fn what_every_reader_takes_for_text_is_plain() {
        for text in [
            "Many errors on Auth",
            "INC-K7QFM",
            "SEV-2",
            "Sam Reyes <sam@example.org>",
            "2026-11-22T23:58:00-05:00",
            "2026-11-22T23:58:00Z",
            "https://a.example/x#y?z=1,2",
            "/var/log",
            "12 errors on login",
            "Ömer",
            "it's 5 o'clock",
            "a,b [c] {d}",
            "500s since noon",
        ] {
            assert_eq!(scalar(text, Place::Block), text);
            assert_eq!(read_back(text), text);
        }
    }

    #[test]
    fn what_some_reader_takes_for_more_than_text_is_quoted() {
        let words = "no No ON y null ~ true 007 1.10 1e3 12e34567 0x1F 0o17 0b11 1_000 12:30:45 2026-11-22 .inf .5 +1 -1 - a: --- ...";
        let texts = [
            "",
            " ",
            " a",
            "a ",
            "2026-11-22 10:00:00",
            "2001-12-14 21:59:43.10 -5",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a #b",
            "#a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "'a'",
            "\"a\"",
            "%a",
            "@a",
            "`a`",
            "[a]",
            "{a}",
            ",a",
            "<<",
            "=",
            "a\nb",
            "a\r\nb",
            "a\tb",
            "\u{feff}a",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{202e}b",
            "\u{0}",
            "\u{7f}",
            "\u{1b}[31m",
            "\\n",
            "\u{fffe}",
            "😀 down",
        ];
        for text in words.split(' ').chain(texts) {
            assert!(scalar(text, Place::Block).starts_with('"'), "{text:?} is written plain");
            assert_eq!(read_back(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(text in any::<String>()) {
            prop_assert_eq!(read_back(&text), text);
        }

        #[test]
        fn what_is_written_from_troublesome_letters_is_read_back(text in "[-a-cn0-9 :#,'\"\\\\{}\\[\\]?!&*|>%@`~<=._+TZxe\n\t\r\u{85}\u{a0}é😀]{0,12}") {
            prop_assert_eq!(read_back(&text), text);
        }

        #[test]
        fn it_is_one_line(text in any::<String>()) {
            prop_assert_eq!(scalar(&text, Place::Block).lines().count(), 1);
        }
    }
}
