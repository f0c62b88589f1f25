//! The passages of a markdown text (paragraphs, items, cells, headings) as pieces of plain text, code, links and HTML.
//! PURE: reads with pulldown-cmark; every range counts in bytes of the whole text. What the words mean is for `rules::lint`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The first text of a list item.
    Item,
    /// A cell of a table.
    Cell {
        /// The table, counted from 1.
        table: usize,
        /// In the table's first row.
        is_head: bool,
    },
}

/// What a piece of a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Text as it stands in the source.
    Text,
    /// A character that the source writes otherwise: `&amp;`, a NUL.
    Entity,
    /// A code span.
    Code,
    /// The text of an autolink.
    Url,
    /// An HTML tag or comment within a line, or what stands for an image.
    Html,
    /// A line end that is a blank.
    SoftBreak,
    /// A line end that divides.
    HardBreak,
}

/// A part of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Within `**strong**` text.
    pub is_strong: bool,
}

/// A run of inline text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// How many lists it stands in.
    pub depth: usize,
    /// Within a block quotation.
    pub is_quotation: bool,
}

/// What a markdown text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// The passages, in order.
    pub passages: Vec<Passage>,
    /// Where each block begins and ends, in order of their beginnings; one that holds others comes before them.
    pub blocks: Vec<Range<usize>>,
    /// Every stretch of HTML, blocks and tags, in order.
    pub html: Vec<Range<usize>>,
}

impl Passages {
    /// Reads `text` from `body_start` on.
    pub fn read(text: &str, body_start: usize) -> Self {
        let body = text.get(body_start..).unwrap_or_default();
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut reader = Reader::default();
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            let range = range.start + body_start..range.end + body_start;
            let is_as_written = |said: &str| text.get(range.clone()) == Some(said);
            match event {
                Event::Start(tag) => reader.start(&tag, range),
                Event::End(tag) => reader.end(tag),
                Event::Text(said) if is_as_written(&said) => reader.text(range),
                Event::Text(_) => reader.add(PieceKind::Entity, range),
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => reader.add(PieceKind::Code, range),
                Event::InlineHtml(_) => {
                    reader.found.html.push(range.clone());
                    reader.add(PieceKind::Html, range);
                }
                Event::SoftBreak => reader.add(PieceKind::SoftBreak, range),
                Event::HardBreak => reader.add(PieceKind::HardBreak, range),
                Event::Html(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
            }
        }
        reader.flush();
        reader.found
    }
}

#[derive(Default)]
struct Reader {
    found: Passages,
    open: Option<Passage>,
    /// The heading, paragraph or cell that is open.
    kind: Option<PassageKind>,
    /// For each list that is open: whether its item has had no text yet.
    fresh: Vec<bool>,
    quotations: usize,
    strong: usize,
    /// Code blocks and HTML blocks hold no passages; images are opaque.
    hidden: usize,
    urls: usize,
    tables: usize,
    in_head: bool,
}

impl Reader {
    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        let cell = PassageKind::Cell { table: self.tables, is_head: self.in_head };
        match tag {
            Tag::Strong => return self.strong += 1,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => return self.urls += 1,
            Tag::Image { .. } => {
                self.add(PieceKind::Html, range);
                return self.hidden += 1;
            }
            Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Superscript | Tag::Subscript => return,
            Tag::HtmlBlock => {
                self.found.html.push(range.clone());
                self.hidden += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::Table(_) => self.tables += 1,
            Tag::TableHead => self.in_head = true,
            _ => {}
        }
        self.flush();
        self.found.blocks.push(range);
        match tag {
            Tag::Heading { level, .. } => self.kind = Some(PassageKind::Heading(*level as u8)),
            Tag::Paragraph => self.kind = Some(PassageKind::Paragraph),
            Tag::TableCell => self.kind = Some(cell),
            Tag::Item => self.fresh.push(true),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => return self.strong = self.strong.saturating_sub(1),
            TagEnd::Image => return self.hidden = self.hidden.saturating_sub(1),
            // A link within the text of an autolink does not exist, so that any link's end closes it.
            TagEnd::Link => return self.urls = 0,
            TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => return,
            TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::BlockQuote(_) => self.quotations = self.quotations.saturating_sub(1),
            TagEnd::TableHead => self.in_head = false,
            _ => {}
        }
        self.flush();
        self.kind = None;
        if tag == TagEnd::Item {
            self.fresh.pop();
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let kind = if self.urls > 0 { PieceKind::Url } else { PieceKind::Text };
        self.add(kind, range);
    }

    fn add(&mut self, kind: PieceKind, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let is_strong = self.strong > 0;
        let passage = self.passage();
        // Text comes in pieces wherever a mark might have stood: one word is put together again.
        match passage.pieces.last_mut() {
            Some(last) if last.kind == kind && last.range.end == range.start && last.is_strong == is_strong => last.range.end = range.end,
            _ => passage.pieces.push(Piece { kind, range, is_strong }),
        }
    }

    fn passage(&mut self) -> &mut Passage {
        let depth = self.fresh.len();
        let is_quotation = self.quotations > 0;
        let is_first = self.fresh.last().copied().unwrap_or(false);
        let kind = match self.kind {
            Some(kind @ (PassageKind::Heading(_) | PassageKind::Cell { .. })) => kind,
            _ if is_first => PassageKind::Item,
            _ => PassageKind::Paragraph,
        };
        self.open.get_or_insert_with(|| Passage { kind, pieces: Vec::new(), depth, is_quotation })
    }

    fn flush(&mut self) {
        if let Some(passage) = self.open.take() {
            if let Some(fresh) = self.fresh.last_mut() {
                *fresh = false;
            }
            self.found.passages.push(passage);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let read = Passages::read(text, 0);
        let piece = |piece: &Piece| match piece.kind {
            PieceKind::Text => text.get(piece.range.clone()).unwrap_or_default().to_owned(),
            PieceKind::SoftBreak => "/".to_owned(),
            other => format!("<{other:?} {}>", text.get(piece.range.clone()).unwrap_or_default()),
        };
        let passage = |passage: &Passage| {
            let said: String = passage.pieces.iter().map(piece).collect();
            let quote = if passage.is_quotation { "> " } else { "" };
            format!("{quote}{:?} {}: {said}", passage.kind, passage.depth)
        };
        read.passages.iter().map(passage).collect()
    }

    #[test]
    fn passages_are_read_with_their_kinds() {
        for (text, wanted) in [
            ("# A *b*\n\none\ntwo\n", vec!["Heading(1) 0: A b", "Paragraph 0: one/two"]),
            ("- a\n  - b\n\n    c\n- d\n", vec!["Item 1: a", "Item 2: b", "Paragraph 2: c", "Item 1: d"]),
            ("- [ ] a\n- [x] b\n", vec!["Item 1: a", "Item 1: b"]),
            ("> a\n\n```\ncode\n```\n\n    code\n", vec!["> Paragraph 0: a"]),
            (
                "a `b c` <https://x.org> &amp; <b>d</b>",
                vec!["Paragraph 0: a <Code `b c`> <Url https://x.org> <Entity &amp;> <Html <b>>d<Html </b>>"],
            ),
            ("[a b](https://x.org) ![c](d.png) e_f_g\n", vec!["Paragraph 0: a b <Html ![c](d.png)> e_f_g"]),
            (
                "| a | b |\n|---|---|\n| c | d |\n",
                vec![
                    "Cell { table: 1, is_head: true } 0: a",
                    "Cell { table: 1, is_head: true } 0: b",
                    "Cell { table: 1, is_head: false } 0: c",
                    "Cell { table: 1, is_head: false } 0: d",
                ],
            ),
            ("<!-- a -->\n\nb <!-- c --> d\n", vec!["Paragraph 0: b <Html <!-- c -->> d"]),
        ] {
            assert_eq!(shown(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn blocks_and_html_are_told_with_their_places() {
        let text = "<!-- a -->\n\n- b\n- c\n";
        let read = Passages::read(text, 0);
        assert_eq!(read.html, vec![0..11]);
        assert_eq!(read.blocks, vec![0..11, 12..20, 12..16, 16..20]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_in_ranges_that_stand_in_it(text in "([-*>#|` \n\t\r\u{0}é_<!&;\\[\\]()a-z1.]|```|<!--|-->){0,60}") {
            for piece in Passages::read(&text, 0).passages.iter().flat_map(|passage| &passage.pieces) {
                proptest::prop_assert!(text.get(piece.range.clone()).is_some());
            }
        }
    }
}
