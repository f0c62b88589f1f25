//! Line ends and the byte order mark: taken off before a merge and put on again (M8).
//! PURE.

use crate::document::front_matter::without_bom;
use crate::document::merge::three::Three;
use crate::document::outline::line_end;

/// The text without a byte order mark, its lines ending in LF, the last one too.
pub fn plain(text: &str) -> String {
    let text = without_bom(text).replace("\r\n", "\n");
    if text.is_empty() || text.ends_with('\n') { text } else { format!("{text}\n") }
}

/// A merged text with the line ends and the mark of the side that differs from the base; of both: LF and none.
pub fn restored(merged: &str, texts: &Three<&str>) -> String {
    let crlf = texts.map(|text| line_end(text) == "\r\n");
    let mark = texts.map(|text| text.starts_with('\u{feff}'));
    let merged = if *crlf.agreed_or_smaller() { merged.replace('\n', "\r\n") } else { merged.to_owned() };
    if *mark.agreed_or_smaller() { format!("\u{feff}{merged}") } else { merged }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_that_changed_its_line_ends_is_followed() {
        let cases = [
            (Some("a\n"), "b\r\n", "c\n", "m\r\n"),
            (Some("a\r\n"), "b\r\n", "c\n", "m\n"),
            (None, "b\r\n", "c\n", "m\n"),
            (Some("a\r\n"), "b\r\n", "c\r\n", "m\r\n"),
            (Some("\u{feff}a\n"), "\u{feff}b\n", "\u{feff}c\n", "\u{feff}m\n"),
            (Some("\u{feff}a\n"), "b\n", "\u{feff}c\n", "m\n"),
        ];
        for (base, ours, theirs, wanted) in cases {
            assert_eq!(restored("m\n", &Three { base, ours, theirs }), wanted);
        }
        assert_eq!(plain("\u{feff}a\r\nb"), "a\nb\n");
    }
}
