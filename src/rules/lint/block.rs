//! A block of prose: its kind, its section, its words and where its sentences begin.
//! PURE: values; `prose` reads them.

use std::ops::Range;

use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::Word;
use crate::rules::lint::words::Mark;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph, also a further one of a list item.
    Paragraph,
    /// The first text of a list item.
    ListItem,
    /// An entry of a timeline: an item or a row that begins with a time, or an item under the timeline's heading.
    TimelineEntry,
    /// A cell of a table that is no timeline.
    TableCell,
    /// A heading, or a paragraph all in bold that stands for one.
    Heading,
    /// Anything within a block quotation.
    Quotation,
}

/// A block of prose.
#[derive(Debug)]
pub struct Block<'t> {
    /// What it is.
    pub kind: BlockKind,
    /// The section that it stands in.
    pub section: SectionKind,
    /// Its words, in order.
    pub words: Vec<Word<'t>>,
    /// Its sentences, as ranges of `words`: each word is in one.
    pub sentences: Vec<Range<usize>>,
    /// Exclamation marks and emoji, in order.
    pub marks: Vec<Mark>,
    /// Bytes of the linted text, from the first piece to the last.
    pub span: Range<usize>,
    /// It began as an item of a list.
    pub is_item: bool,
}

impl Block<'_> {
    /// Whether rules about words look at it: no heading, no table that is not a timeline, no quotation.
    pub fn is_prose(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TimelineEntry)
    }

    /// Whether it tells what happened when.
    pub fn is_timeline(&self) -> bool {
        self.kind == BlockKind::TimelineEntry || self.section == SectionKind::Timeline
    }
}
