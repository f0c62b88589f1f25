//! Where the front matter of a markdown file begins and ends, as byte ranges.
//! PURE: looks at line ends and the two `---` lines only; what stands between them is read by `document::header`.

use std::ops::Range;

use crate::document::broken::BrokenDocument;

/// The most bytes that the YAML of a front matter may have.
pub const MAX_BYTES: usize = 64 * 1024;

/// The parts of a text that has front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML, without the two `---` lines; empty or ending in a line feed.
    pub yaml: Range<usize>,
    /// Where the body begins: after the line end of the closing `---`, or the end of the text.
    pub body_start: usize,
    /// 1-based line in the file of the YAML's first line: 2.
    pub first_line: usize,
}

impl FrontMatter {
    /// Finds the parts; a BOM, CRLF and a missing final line end are fine.
    ///
    /// # Errors
    /// The text does not begin with a `---` line, no `---` line closes it, or the YAML is over 64 kB.
    ///
    /// # Examples
    /// ```
    /// use qpp_incident::document::front_matter::FrontMatter;
    /// let text = "---\nid: INC-K7QFM\n---\n# Title\n";
    /// let parts = FrontMatter::split(text)?;
    /// assert_eq!(text.get(parts.yaml), Some("id: INC-K7QFM\n"));
    /// # Ok::<(), qpp_incident::document::broken::BrokenDocument>(())
    /// ```
    pub fn split(text: &str) -> Result<Self, BrokenDocument> {
        let broken = |line: usize, message: &str| BrokenDocument { line, column: 1, message: message.to_owned() };
        let mut at = text.len() - without_bom(text).len();
        let mut lines = without_bom(text).split_inclusive('\n');
        let Some(opening) = lines.next().filter(|line| is_fence(line)) else {
            return Err(broken(1, "there is no front matter: the first line must be `---`"));
        };
        at += opening.len();
        let start = at;
        for line in lines {
            let end = at;
            at += line.len();
            if is_fence(line) {
                return if end - start > MAX_BYTES {
                    Err(broken(1, "the front matter is over 64 kB"))
                } else {
                    Ok(Self { yaml: start..end, body_start: at, first_line: 2 })
                };
            }
        }
        Err(broken(1, "the front matter is not closed: no second `---` line follows"))
    }

    /// The YAML's text, of the text that was split.
    pub fn yaml_of<'text>(&self, text: &'text str) -> &'text str {
        text.get(self.yaml.clone()).unwrap_or_default()
    }

    /// The body's text, of the text that was split.
    pub fn body_of<'text>(&self, text: &'text str) -> &'text str {
        text.get(self.body_start..).unwrap_or_default()
    }
}

/// The text after its byte order mark, if it has one.
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Whether a line, with or without its line end, is `---` alone; blanks may follow.
fn is_fence(line: &str) -> bool {
    line.trim_end_matches(['\n', '\r', ' ', '\t']) == "---"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::*;

    #[test]
    fn the_parts_are_found_in_every_layout() {
        let cases = [
            ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n"),
            ("---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", "body\r\n"),
            ("\u{feff}---\na: 1\n---\nbody", "a: 1\n", "body"),
            ("---\na: 1\n---", "a: 1\n", ""),
            ("---\n---\n", "", ""),
            ("--- \na: |\n  text\n  ---\n---\t\n---\n", "a: |\n  text\n  ---\n", "---\n"),
        ];
        for (text, yaml, body) in cases {
            let parts = FrontMatter::split(text).unwrap();
            assert_eq!((parts.yaml_of(text), parts.body_of(text), parts.first_line), (yaml, body, 2), "{text:?}");
        }
    }

    #[test]
    fn a_text_without_closed_front_matter_is_broken() {
        for (text, why) in [
            ("", "no front matter"),
            ("# Title\n", "no front matter"),
            (" ---\na: 1\n---\n", "no front matter"),
            ("---\na: 1\n", "not closed"),
        ] {
            let broken = FrontMatter::split(text).unwrap_err();
            assert_eq!((broken.line, broken.column), (1, 1));
            assert!(broken.message.contains(why), "{text:?}: {broken}");
        }
    }

    #[test]
    fn over_64_kb_is_refused_and_64_kb_is_not() {
        let text = |size: usize| format!("---\n#{}\n---\n", "x".repeat(size - 2));
        assert!(FrontMatter::split(&text(MAX_BYTES)).is_ok());
        assert!(FrontMatter::split(&text(MAX_BYTES + 1)).unwrap_err().message.contains("64 kB"));
    }
}
