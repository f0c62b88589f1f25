//! A text as the lines of one screen: wrapped to its width, cut to its height with a count of what is left out.
//! EFFECT layer, yet it only makes text; `Live` shows it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How far the rest of a wrapped line stands in.
const INDENT: &str = "    ";

/// A heading, a text under it and notes at the end, on a screen of so many columns and lines. The notes keep a third of it at most.
///
/// # Examples
/// ```
/// use qpp_incident::terminal::frame::frame;
/// assert_eq!(frame("now", "one\ntwo\nthree", "", 20, 3), ["now", "one", "and 2 more lines"]);
/// ```
pub fn frame(heading: &str, text: &str, notes: &str, width: usize, height: usize) -> Vec<String> {
    let heading = cut(wrapped(heading, width), 1, width);
    let notes = cut(wrapped(notes, width), height / 3, width);
    let room = height.saturating_sub(heading.len() + notes.len());
    let mut lines: Vec<String> = heading.into_iter().chain(cut(wrapped(text, width), room, width)).chain(notes).collect();
    lines.truncate(height);
    lines
}

/// The lines that fit, the last of them a count when some do not.
fn cut(mut lines: Vec<String>, room: usize, width: usize) -> Vec<String> {
    if lines.len() > room && room > 1 {
        let hidden = lines.split_off(room - 1).len();
        lines.extend(wrapped(&format!("and {hidden} more lines"), width).into_iter().take(1));
    }
    lines.truncate(room);
    lines
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap(line, width)).collect()
}

/// How many columns a line takes; its style takes none.
pub fn shown_width(line: &str) -> usize {
    anstream::adapter::strip_str(line).to_string().width()
}

/// One line as several that fit, broken at blanks where there are any. A styled line that is too long loses its style.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    let plain = anstream::adapter::strip_str(line).to_string();
    if plain.width() <= width {
        return vec![line.to_owned()];
    }
    let mut lines = Vec::new();
    let mut rest = plain.as_str();
    let mut indent = "";
    while indent.width() + rest.width() > width {
        let (head, tail) = split(rest, width.saturating_sub(indent.width()).max(1));
        lines.push(format!("{indent}{head}"));
        rest = tail;
        indent = if width > 2 * INDENT.len() { INDENT } else { "" };
        if rest.is_empty() {
            return lines;
        }
    }
    lines.push(format!("{indent}{rest}"));
    lines
}

/// As much of a line as fits, up to its last blank, and the rest; always at least one character.
fn split(line: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    let fits = |c: char| {
        used += c.width().unwrap_or_default();
        used <= width
    };
    let end: usize = line
        .chars()
        .take_while({
            let mut fits = fits;
            move |c| fits(*c)
        })
        .map(char::len_utf8)
        .sum();
    let end = end.max(line.chars().next().map_or(0, char::len_utf8));
    let (head, tail) = line.split_at_checked(end).unwrap_or((line, ""));
    if tail.starts_with(' ') {
        return (head.trim_end(), tail.trim_start());
    }
    match head.rsplit_once(' ').filter(|(kept, _)| !kept.trim().is_empty()) {
        Some((kept, word)) => (kept.trim_end(), line.split_at_checked(end - word.len()).map_or("", |(_, rest)| rest)),
        None => (head, tail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_wrapped_and_then_cut_with_a_count() {
        let text = "  OVERDUE 12 min  decide on approval P4X\nshort\n\u{1b}[1mbold\u{1b}[0m";
        let wanted = ["now", "  OVERDUE 12 min", "    decide on", "    approval P4X", "short", "\u{1b}[1mbold\u{1b}[0m", "a note"];
        assert_eq!(frame("now", text, "a note", 18, 24), wanted);
        assert_eq!(frame("now", text, "a note", 18, 5), ["now", "  OVERDUE 12 min", "    decide on", "and 3 more lines", "a note"]);
        assert_eq!(frame("now", text, "", 18, 1), ["now"]);
        assert_eq!(frame("now", "", "", 18, 0), Vec::<String>::new());
    }

    #[test]
    fn a_word_longer_than_the_screen_is_broken_and_wide_characters_count_twice() {
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("数据库数据库", 4), ["数据", "库数", "据库"]);
        assert_eq!(wrap("数", 1), ["数"]);
    }

    proptest::proptest! {
        #[test]
        fn every_line_fits_and_no_character_is_lost(text in "[a-z数 ]{0,80}", width in 2usize..40) {
            let lines = wrap(&text, width);
            proptest::prop_assert!(lines.iter().all(|line| line.width() <= width), "{:?}", lines);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            proptest::prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
