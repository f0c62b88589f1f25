//! The prose of a text: its blocks with their sections, their sentences and words, read once for all rules.
//! PURE. Front matter, code and HTML hold no prose; headings, tables and quotations are read and marked.

use std::ops::Range;

use crate::document::front_matter::{FrontMatter, without_bom};
use crate::document::passage::Passages;
use crate::document::place::Lines;
use crate::rules::lint::block::Block;
use crate::rules::lint::section_reader::SectionReader;
use crate::rules::lint::word::Word;

/// The prose of a text.
#[derive(Debug)]
pub struct Prose<'t> {
    /// The text it was read from.
    pub text: &'t str,
    /// Where the body begins, after the front matter.
    pub body_start: usize,
    /// The blocks of prose, in order.
    pub blocks: Vec<Block<'t>>,
    /// Every block of the markdown text, code and lists among them, in order; one that holds others comes before them.
    pub markdown_blocks: Vec<Range<usize>>,
    /// Every stretch of HTML, in order.
    pub html: Vec<Range<usize>>,
    lines: Lines<'t>,
}

/// A sentence: its words, and the block that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'p, 't> {
    /// Its words; at least one.
    pub words: &'p [Word<'t>],
    /// The block that it stands in.
    pub block: &'p Block<'t>,
}

impl Sentence<'_, '_> {
    /// From the first word's first byte to the last one's end.
    pub fn span(&self) -> Range<usize> {
        let start = self.words.first().map_or(0, |word| word.span.start);
        let end = self.words.last().map_or(start, |word| word.span.end);
        start..end
    }
}

impl<'t> Prose<'t> {
    /// Reads a text.
    pub fn read(text: &'t str) -> Self {
        let body_start = body_start(text);
        let Passages { passages, blocks: markdown_blocks, html } = Passages::read(text, body_start);
        let mut sections = SectionReader::default();
        let blocks = passages.iter().map(|passage| sections.block(text, passage)).collect();
        Self { text, body_start, blocks, markdown_blocks, html, lines: Lines::of(text) }
    }

    /// The sentences of the blocks that rules about words look at.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_, 't>> {
        let blocks = self.blocks.iter().filter(|block| block.is_prose());
        blocks.flat_map(|block| {
            let words = |range: &Range<usize>| block.words.get(range.clone());
            block.sentences.iter().filter_map(words).map(move |words| Sentence { words, block })
        })
    }

    /// The text of a span as one line, for messages.
    pub fn one_line(&self, span: Range<usize>) -> String {
        self.text.get(span).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The line, from 1, and the column in characters, from 1, of a byte of the text.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let place = self.lines.place(at);
        (place.line, place.column)
    }
}

/// Where the body begins: after the front matter, or after the byte order mark.
fn body_start(text: &str) -> usize {
    let bom = text.len() - without_bom(text).len();
    let parts = FrontMatter::split(text);
    parts.map_or_else(|_| bom + toml_end(without_bom(text)), |parts| parts.body_start)
}

/// How long a front matter in TOML is, between two lines `+++`, as other people's reports may have; nothing where there is none.
fn toml_end(text: &str) -> usize {
    let is_fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| is_fence(line)) else { return 0 };
    let mut at = opening.len();
    for line in lines {
        at += line.len();
        if is_fence(line) {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use crate::rules::lint::block::BlockKind;
    use crate::rules::lint::section_kind::SectionKind;

    fn blocks(text: &str) -> Vec<(BlockKind, SectionKind, String)> {
        let prose = Prose::read(text);
        let said = |block: &Block| block.words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        prose.blocks.iter().map(|block| (block.kind, block.section, said(block))).collect()
    }

    #[test]
    fn blocks_have_the_section_of_the_headings_above_them() {
        use BlockKind::{Heading, ListItem, Paragraph, TimelineEntry};
        use SectionKind::{ActionItems, Other, Summary, Timeline, WentWell};
        let text = "---\na: b\n---\n# T\n\nx\n\n## Summary\n\ny\n\n## Timeline\n\n### 13:35\n\nz\n\n- 10:35 w\n\n## Lessons learned\n\n### What went well\n\n- v\n\n## Action items\n\n### Binder\n\nu\n";
        let found = blocks(text);
        let of = |word: &str| {
            found.iter().find(|(_, _, said)| said.split(' ').next_back() == Some(word)).map(|(kind, section, _)| (*kind, *section))
        };
        assert_eq!(of("T"), Some((Heading, Other)));
        assert_eq!(of("x"), Some((Paragraph, Other)));
        assert_eq!(of("y"), Some((Paragraph, Summary)));
        assert_eq!(of("z"), Some((Paragraph, Timeline)));
        assert_eq!(of("w"), Some((TimelineEntry, Timeline)));
        assert_eq!(of("v"), Some((ListItem, WentWell)));
        assert_eq!(of("u"), Some((Paragraph, ActionItems)));
    }

    #[test]
    fn labels_in_bold_make_sections_too() {
        use BlockKind::{Heading, ListItem, TimelineEntry};
        use SectionKind::{ActionItems, Impact, Resolution, Timeline};
        let found = blocks(
            "- **Impact**: a\n- **Context**:\n  - 10:35: b\n- **Resolution**:\n  - c\n- **Review actions**:\n  - d\n\n**Timeline**\n\n- e\n",
        );
        let kinds: Vec<_> = found.iter().map(|(kind, section, said)| (*kind, *section, said.as_str())).collect();
        assert_eq!(kinds[0], (ListItem, Impact, "Impact a"));
        assert_eq!(kinds[2].0, TimelineEntry);
        assert_eq!(kinds[4], (ListItem, Resolution, "c"));
        assert_eq!(kinds[6], (ListItem, ActionItems, "d"));
        assert_eq!(kinds[7].0, Heading);
        assert_eq!(kinds[8], (TimelineEntry, Timeline, "e"));
    }

    #[test]
    fn front_matter_in_toml_is_no_prose() {
        for (text, wanted) in [("+++\r\na = \"We\"\r\n+++\r\nx y\r\n", 1), ("+++\na = 1\n", 1), ("x\n\n+++\n\ny\n", 3)] {
            assert_eq!(blocks(text).len(), wanted, "{text:?}");
        }
        assert_eq!(blocks("+++\na = \"We\"\n+++\nx y\n")[0].2, "x y");
    }

    #[test]
    fn a_place_is_a_line_and_a_column_in_characters() {
        let prose = Prose::read("\u{feff}é x\r\nab\n");
        assert_eq!([prose.place(3), prose.place(6), prose.place(9)], [(1, 1), (1, 3), (2, 1)]);
    }

    #[test]
    fn a_quoted_word_is_marked() {
        let prose = Prose::read("It said \"bad one\" and 'oh no' to the users' team, it's 5 \" tall.");
        let quoted: Vec<&str> = prose.blocks[0].words.iter().filter(|word| word.is_quoted).map(|word| word.text).collect();
        assert_eq!(quoted, ["bad", "one", "oh", "no"]);
    }
}
