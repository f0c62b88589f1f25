//! One line of a markdown table: where its cells stand, and free text made safe to stand in one.
//! PURE. What was escaped here is read back exactly, its line ends as blanks.

use std::ops::Range;

use crate::document::escape::{escape_prose, unescape_prose};
use crate::domain::text::one_line;

/// A text as it stands in a cell: one line, no `|` that would end the cell, no raw HTML, controls visible.
///
/// # Source
/// GitHub Flavored Markdown §4.10: a pipe in a cell is escaped, also within code.
///
/// # Examples
/// ```
/// use qpp_incident::document::cell::{escape_cell, unescape_cell};
/// assert_eq!(escape_cell("a | b\n<b>"), "a \\| b \\<b>");
/// assert_eq!(unescape_cell("a \\| b \\<b>"), "a | b <b>");
/// ```
pub fn escape_cell(text: &str) -> String {
    rewrite_pipes(&escape_prose(&one_line(text)), |run| Some(2 * run + 1))
}

/// What [`escape_cell`] was given, as one line.
pub fn unescape_cell(cell: &str) -> String {
    unescape_prose(&rewrite_pipes(cell.trim(), |run| (run % 2 == 1).then_some(run / 2)))
}

/// Rewrites the run of backslashes before each pipe. An odd run is an escape to every reader of such tables.
fn rewrite_pipes(text: &str, backslashes: impl Fn(usize) -> Option<usize>) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if c == '|' {
            let run = trailing_backslashes(&out);
            if let Some(wanted) = backslashes(run) {
                out.truncate(out.len() - run);
                out.push_str(&"\\".repeat(wanted));
            }
        }
        out.push(c);
    }
    out
}

/// The number of backslashes at the end of a text.
pub fn trailing_backslashes(text: &str) -> usize {
    text.len() - text.trim_end_matches('\\').len()
}

/// The byte ranges of a line's cells, the blanks around them left out; with or without the outer pipes and the line end.
pub fn cells(line: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = line.len() - line.trim_start().len();
    let end = line.trim_end().len();
    if line.get(start..).is_some_and(|rest| rest.starts_with('|')) {
        start += 1;
    }
    let first = start;
    for (at, _) in line.match_indices('|').skip_while(|(at, _)| *at < first) {
        if trailing_backslashes(line.get(start..at).unwrap_or_default()).is_multiple_of(2) {
            ranges.push(trimmed(line, start..at));
            start = at + 1;
        }
    }
    if start < end {
        ranges.push(trimmed(line, start..end));
    }
    ranges
}

/// A range without its blanks; an empty cell is the place after its first blank.
fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let inside = line.get(range.clone()).unwrap_or_default();
    if inside.trim().is_empty() {
        let at = range.start + usize::from(!inside.is_empty());
        return at..at;
    }
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..range.start + inside.trim_end().len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::string_slice)]
    use super::*;

    fn read(line: &str) -> Vec<&str> {
        cells(line).into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn cells_are_found_with_and_without_outer_pipes() {
        for (line, wanted) in [
            ("| a | b |\n", vec!["a", "b"]),
            ("a|b|c\r\n", vec!["a", "b", "c"]),
            ("  | a |  | `x \\| y` |", vec!["a", "", "`x \\| y`"]),
            ("| a \\\\| b |", vec!["a \\\\", "b"]),
            ("||", vec![""]),
            ("|a", vec!["a"]),
            ("", vec![]),
        ] {
            assert_eq!(read(line), wanted, "{line:?}");
        }
    }

    #[test]
    fn nothing_in_a_cell_makes_another_cell_or_row() {
        for (text, wanted) in [
            ("a | b", "a \\| b"),
            ("a \\| b", "a \\\\\\| b"),
            ("one\r\ntwo | x |\n| A00 | forged |", "one two \\| x \\| \\| A00 \\| forged \\|"),
            ("`a|b`", "`a\\|b`"),
            ("<script>", "\\<script>"),
            ("red \u{1b}[31m", "red \\u{1b}[31m"),
            ("https://x.example/?a=1|2", "https://x.example/?a=1\\|2"),
        ] {
            assert_eq!(escape_cell(text), wanted);
            let line = format!("| {} | next |", escape_cell(text));
            assert_eq!(read(&line).len(), 2, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_escaped_is_read_back(text in "([ -~]|é|\\||\\\\|`|<|\n){0,30}") {
            let written = escape_cell(&text);
            proptest::prop_assert_eq!(unescape_cell(&written), one_line(&text));
            let line = format!("| {written} | next |");
            let found = cells(&line);
            proptest::prop_assert_eq!(found.len(), 2, "{}", line);
            proptest::prop_assert_eq!(&line[found[0].clone()], written.as_str());
        }
    }
}
