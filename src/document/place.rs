//! Places in a text: from the offset of a byte to line and column, in characters and in bytes.
//! PURE: a text in, numbers out. Lines end at line feeds, as editors and git count them.

use std::ops::Range;

/// A place, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column in characters, as people and SARIF count.
    pub column: usize,
    /// The column in bytes of UTF-8, as vim and reviewdog count.
    pub byte_column: usize,
}

/// From one place up to another, which is not in it any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub start: Place,
    /// Where it has ended.
    pub end: Place,
    /// The same in the text's bytes.
    pub bytes: Range<usize>,
}

/// After how many bytes the characters are counted once for all: a line may be as long as the file.
const STEP: usize = 1024;

/// Where the lines of a text begin, to find many places in it.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before each step.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Counts the lines once.
    pub fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut counted = 0;
        let mut characters = vec![0];
        characters.extend(text.as_bytes().chunks(STEP).map(|step| {
            counted += characters_in(step);
            counted
        }));
        Self { text, starts, characters }
    }

    /// The place of a byte; one past the end or inside of a character is the next that there is before it.
    pub fn place(&self, at: usize) -> Place {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        // The mark at the start of a file is no column: no editor shows it.
        let marked = start == 0 && at > 0 && self.text.starts_with('\u{feff}');
        let columns = self.characters_before(at) - self.characters_before(start) - usize::from(marked);
        Place { line, column: columns + 1, byte_column: at - start + 1 }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, at: usize) -> usize {
        let step = at / STEP;
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or_default() + characters_in(rest)
    }

    /// The stretch of these bytes.
    pub fn stretch(&self, bytes: Range<usize>) -> Stretch {
        Stretch { start: self.place(bytes.start), end: self.place(bytes.end), bytes }
    }

    /// The bytes of a line, from 1, without its end.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches('\r').len()
    }
}

/// How many characters begin in these bytes.
///
/// # Source
/// RFC 3629 §3: every byte of a character but its first is `10xxxxxx`.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing)]
    use super::*;

    fn at(text: &str, at: usize) -> (usize, usize, usize) {
        let place = Lines::of(text).place(at);
        (place.line, place.column, place.byte_column)
    }

    #[test]
    fn columns_count_characters_and_bytes() {
        let text = "one\nzwölf 🦀 x\r\n";
        assert_eq!(at(text, 0), (1, 1, 1));
        assert_eq!(at(text, text.find('f').unwrap()), (2, 5, 6));
        assert_eq!(at(text, text.find('x').unwrap()), (2, 9, 13));
        assert_eq!(at(text, text.len()), (3, 1, 1));
        assert_eq!(at(text, 1000), (3, 1, 1));
        assert_eq!(at("ö", 1), (1, 1, 1));
        assert_eq!(at("", 0), (1, 1, 1));
        assert_eq!(at("\u{feff}ab", 4), (1, 2, 5));
    }

    #[test]
    fn a_line_is_without_its_end() {
        let text = "a\r\nbc\n\nd";
        let lines = Lines::of(text);
        assert_eq!((1..=5).map(|line| &text[lines.line(line)]).collect::<Vec<_>>(), ["a", "bc", "", "d", ""]);
    }

    proptest::proptest! {
        #[test]
        fn a_column_counts_the_characters_of_its_line(text in "[a\u{f6}\u{1f980}\n]{0,9}", times in 1usize..400, cut in 0usize..9000) {
            let text = text.repeat(times);
            let at = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let before = &text[..at];
            let place = Lines::of(&text).place(at);
            proptest::prop_assert_eq!(place.line, before.matches('\n').count() + 1);
            proptest::prop_assert_eq!(place.column, before.rsplit('\n').next().unwrap().chars().count() + 1);
        }

        #[test]
        fn a_place_leads_back_to_its_byte(text in "[a\u{f6}\u{1f980}\r\n\u{feff}]{0,40}", cut in 0usize..80) {
            let at = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let lines = Lines::of(&text);
            let place = lines.place(at);
            proptest::prop_assert_eq!(lines.starts[place.line - 1] + place.byte_column - 1, at);
        }
    }
}
