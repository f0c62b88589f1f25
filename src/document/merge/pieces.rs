//! A stretch of markdown cut into the pieces that prose is merged by: paragraph, list item, table row, fence; and the blank lines
//! between them.
//! PURE. The pieces and the blank lines put together again are the text.

use std::ops::Range;

use crate::document::merge::versions;
use crate::document::outline::{BlockKind, Outline};

/// What a piece is, as far as a merge cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An item of a list.
    Item,
    /// A row of a table, its head and the line under it aside.
    Row,
    /// Anything else.
    Other,
}

/// One piece: whole lines, each with its line feed. The same lines are the same piece, whatever their neighbours make of them.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its lines.
    pub text: String,
    /// What it is.
    pub form: Form,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Piece {}

/// A stretch of markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The blank lines before the first piece; all of a text of blank lines.
    pub lead: String,
    /// The pieces, each with the blank lines behind it.
    pub pieces: Vec<(Piece, String)>,
}

impl Fragment {
    /// Cuts a text whose lines end in LF, the last one too.
    pub fn read(text: &str) -> Self {
        let mut fragment = Self::default();
        let mut at = 0;
        for (range, form) in with_loose_lines(text, ranges(text)) {
            fragment.push_blank(text.get(at..range.start).unwrap_or_default());
            let piece = Piece { text: text.get(range.clone()).unwrap_or_default().to_owned(), form };
            fragment.pieces.push((piece, String::new()));
            at = range.end;
        }
        fragment.push_blank(text.get(at..).unwrap_or_default());
        fragment.with_versions()
    }

    fn push_blank(&mut self, blank: &str) {
        self.pieces.last_mut().map_or(&mut self.lead, |(_, gap)| gap).push_str(blank);
    }

    /// The blank lines behind the last piece.
    pub fn trail(&self) -> &str {
        self.pieces.last().map_or(self.lead.as_str(), |(_, gap)| gap)
    }

    /// Makes one piece of each set of versions.
    fn with_versions(self) -> Self {
        let mut out = Self { lead: self.lead, pieces: Vec::new() };
        let mut pieces = self.pieces.into_iter().peekable();
        while let Some((mut piece, mut gap)) = pieces.next() {
            if piece.text.trim() == versions::OPEN {
                for (inner, inner_gap) in pieces.by_ref() {
                    piece.text.push_str(&gap);
                    piece.text.push_str(&inner.text);
                    gap = inner_gap;
                    if inner.text.trim() == versions::CLOSE {
                        break;
                    }
                }
            }
            out.pieces.push((piece, gap));
        }
        out
    }
}

/// Where the blocks stand, a table's rows each by itself.
fn ranges(text: &str) -> Vec<(Range<usize>, Form)> {
    let mut ranges: Vec<(Range<usize>, Form)> = Vec::new();
    for block in Outline::read(text, 0).blocks {
        let after_last = ranges.last().map_or(0, |(range, _)| range.end);
        let range = block.range.start.max(after_last)..block.range.end;
        if range.is_empty() {
            continue;
        }
        match block.kind {
            BlockKind::Item(_) => ranges.push((range, Form::Item)),
            BlockKind::Table => ranges.extend(rows(text, range)),
            _ => ranges.push((range, Form::Other)),
        }
    }
    ranges
}

fn rows(text: &str, table: Range<usize>) -> Vec<(Range<usize>, Form)> {
    let mut at = table.start;
    let lines = text.get(table).unwrap_or_default().split_inclusive('\n');
    let lines: Vec<Range<usize>> = lines
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .collect();
    let head = lines.first().map(|first| first.start..lines.get(1).unwrap_or(first).end);
    head.map(|head| (head, Form::Other)).into_iter().chain(lines.into_iter().skip(2).map(|line| (line, Form::Row))).collect()
}

/// Lines that markdown shows nowhere (the target of a link) are pieces too.
fn with_loose_lines(text: &str, blocks: Vec<(Range<usize>, Form)>) -> Vec<(Range<usize>, Form)> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut at = 0;
    let end = (text.len()..text.len(), Form::Other);
    for (range, form) in blocks.into_iter().chain([end]) {
        let mut line_start = at;
        let mut loose: Option<Range<usize>> = None;
        for line in text.get(at..range.start).unwrap_or_default().split_inclusive('\n') {
            let line_end = line_start + line.len();
            if line.trim().is_empty() {
                out.extend(loose.take().map(|loose| (loose, Form::Other)));
            } else {
                loose = Some(loose.map_or(line_start, |loose| loose.start)..line_end);
            }
            line_start = line_end;
        }
        out.extend(loose.map(|loose| (loose, Form::Other)));
        at = range.end;
        out.extend((!range.is_empty()).then_some((range, form)));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Fragment::read(text).pieces.into_iter().map(|(piece, _)| piece.text).collect()
    }

    #[test]
    fn a_text_is_cut_into_what_changes_by_itself() {
        let text =
            "\nOne\ntwo.\n\n- a\n  more\n- b\n\n| x | y |\n|---|---|\n| A9D z | |\n\n```\ncode\n\n```\n[a]: http://a\n\n<!-- c -->\nend\n";
        let wanted =
            ["One\ntwo.\n", "- a\n  more\n", "- b\n", "| x | y |\n|---|---|\n", "| A9D z | |\n", "```\ncode\n\n```\n", "[a]: http://a\n"];
        let found = texts(text);
        assert_eq!(found.get(..7).unwrap_or_default(), wanted);
        assert_eq!(found.get(7..).unwrap_or_default(), ["<!-- c -->\n", "end\n"]);
    }

    #[test]
    fn a_set_of_versions_is_one_piece() {
        let text = "<!-- versions: keep one -->\na\n\n<!-- or -->\nb\n\n<!-- end of versions -->\n\nc\n";
        assert_eq!(texts(text), ["<!-- versions: keep one -->\na\n\n<!-- or -->\nb\n\n<!-- end of versions -->\n", "c\n"]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(lines in proptest::collection::vec("(- |  |> |# |\\| a \\||\\|---\\||```|<!--|-->|a|[x]: y|1\\. |    |\\t){0,3}", 0..12)) {
            let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            let fragment = Fragment::read(&text);
            let pieces = fragment.pieces.iter().map(|(piece, gap)| format!("{}{gap}", piece.text));
            prop_assert_eq!(std::iter::once(fragment.lead.clone()).chain(pieces).collect::<String>(), text);
            prop_assert!(fragment.pieces.iter().all(|(piece, gap)| !piece.text.trim().is_empty() && gap.trim().is_empty()));
        }
    }
}
