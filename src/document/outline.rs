//! The top-level blocks of a document's body and the sections that its headings make, as byte ranges.
//! PURE: reads with pulldown-cmark, so fenced code, comments and nested lists are never mistaken for structure.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What a top-level block is, as far as this program cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its level and its text.
    Heading(u8, String),
    /// One item of a top-level list; true for a bullet, false for a number.
    Item(bool),
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// Anything else: code, a quotation, raw HTML, a rule.
    Other,
}

/// One top-level block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// From the start of its first line to the end of its last, that line's end included, blank lines after it not.
    pub range: Range<usize>,
}

/// A heading and what stands under it, up to the next heading of its level or above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The heading's text.
    pub title: String,
    /// The heading's lines.
    pub heading: Range<usize>,
    /// Everything under it, sections of lower level included.
    pub content: Range<usize>,
}

/// The structure of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The top-level blocks, in order.
    pub blocks: Vec<Block>,
    /// The sections, in the order of their headings.
    pub sections: Vec<Section>,
}

impl Outline {
    /// Reads `text` from `body_start` on; ranges count from the start of `text`.
    pub fn read(text: &str, body_start: usize) -> Self {
        let body = text.get(body_start..).unwrap_or_default();
        let blocks = blocks(body).into_iter().map(|block| shifted(block, text, body_start)).collect::<Vec<_>>();
        let sections = sections(&blocks, text.len());
        Self { blocks, sections }
    }

    /// The first section of a level whose title begins with `title`, in any case.
    pub fn section(&self, level: u8, title: &str) -> Option<&Section> {
        let wanted = title.to_lowercase();
        self.sections.iter().find(|section| section.level == level && section.title.to_lowercase().starts_with(&wanted))
    }

    /// The first section under `parent` whose title begins with `title`, in any case.
    pub fn subsection(&self, parent: &Section, title: &str) -> Option<&Section> {
        let wanted = title.to_lowercase();
        self.sections.iter().find(|section| {
            section.level > parent.level
                && parent.content.contains(&section.heading.start)
                && section.title.to_lowercase().starts_with(&wanted)
        })
    }

    /// The blocks whose first byte stands in a range.
    pub fn blocks_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Block> {
        let range = range.clone();
        self.blocks.iter().filter(move |block| range.contains(&block.range.start))
    }
}

fn blocks(body: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut blocks = Vec::new();
    // Lists at the top level are transparent: their items are the blocks.
    let mut depth = 0usize;
    let mut lists: Vec<bool> = Vec::new();
    let mut heading = String::new();
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(Tag::List(number)) if depth == 0 => lists.push(number.is_none()),
            Event::End(TagEnd::List(_)) if depth == 0 => drop(lists.pop()),
            Event::Start(tag) => {
                if depth == 0 {
                    heading.clear();
                    blocks.push(Block { kind: kind_of(&tag, &lists), range });
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let (0, Some(Block { kind: BlockKind::Heading(_, title), .. })) = (depth, blocks.last_mut()) {
                    heading.trim().clone_into(title);
                }
            }
            Event::Rule => blocks.extend((depth == 0).then_some(Block { kind: BlockKind::Other, range })),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => heading.push_str(&text),
            Event::SoftBreak | Event::HardBreak => heading.push(' '),
            _ => {}
        }
    }
    blocks
}

fn kind_of(tag: &Tag<'_>, lists: &[bool]) -> BlockKind {
    match tag {
        Tag::Heading { level, .. } => BlockKind::Heading(level_number(*level), String::new()),
        Tag::Item => BlockKind::Item(lists.last().copied().unwrap_or(true)),
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::Table(_) => BlockKind::Table,
        _ => BlockKind::Other,
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Moves a block to its place in the whole text and makes it whole lines without blank lines at its end.
fn shifted(block: Block, text: &str, offset: usize) -> Block {
    let start = block.range.start + offset;
    let before = text.get(..start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1).max(offset);
    let inside = text.get(start..block.range.end + offset).unwrap_or_default();
    let last = start + inside.trim_end().len();
    let end = text.get(last..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| last + at + 1);
    Block { kind: block.kind, range: start..end }
}

fn sections(blocks: &[Block], end: usize) -> Vec<Section> {
    let headings: Vec<(u8, &String, &Range<usize>)> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(level, title) => Some((*level, title, &block.range)),
            _ => None,
        })
        .collect();
    headings
        .iter()
        .enumerate()
        .map(|(index, (level, title, range))| {
            let next = headings.iter().skip(index + 1).find(|(other, ..)| other <= level);
            let content = range.end..next.map_or(end, |(_, _, next)| next.start);
            Section { level: *level, title: (*title).clone(), heading: (*range).clone(), content }
        })
        .collect()
}

/// 1-based line of a byte.
pub fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// The line end that a text uses: that of its first line.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const BODY: &str = "---\nid: x\n---\n# Title `code` (x)\n\nhead\n\n## Timeline\n\n### 2026-11-22\n\n- one\n  more\n  - nested\n* two\n\n```\n# no heading\n- no item\n```\n\n<!--\n## hidden\n-->\n\n## End\n1. number\n";

    #[test]
    fn only_what_is_structure_is_seen() {
        let outline = Outline::read(BODY, 14);
        let titles: Vec<&str> = outline.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["Title code (x)", "Timeline", "2026-11-22", "End"]);
        let timeline = outline.section(2, "timeline").unwrap();
        let items: Vec<&str> = outline
            .blocks_in(&timeline.content)
            .filter(|block| matches!(block.kind, BlockKind::Item(true)))
            .map(|block| BODY.get(block.range.clone()).unwrap())
            .collect();
        assert_eq!(items, ["- one\n  more\n  - nested\n", "* two\n"]);
        assert_eq!(outline.subsection(timeline, "2026").unwrap().level, 3);
        assert!(outline.blocks.iter().any(|block| block.kind == BlockKind::Item(false)));
    }

    #[test]
    fn carriage_returns_stay_in_the_ranges() {
        let text = BODY.replace('\n', "\r\n");
        let outline = Outline::read(&text, 17);
        let items = outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item(true)));
        let items: Vec<&str> = items.map(|block| text.get(block.range.clone()).unwrap()).collect();
        assert_eq!(items, ["- one\r\n  more\r\n  - nested\r\n", "* two\r\n"]);
        assert_eq!(line_end(&text), "\r\n");
    }

    #[test]
    fn no_final_newline_is_no_trouble() {
        let text = "# T\n\n- a";
        let outline = Outline::read(text, 0);
        assert_eq!(outline.blocks.last().unwrap().range, 5..8);
        assert_eq!(line_of(text, 5), 3);
    }
}
