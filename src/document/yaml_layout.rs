//! Where the top-level keys, values, list items and comments of a YAML text stand, as byte ranges.
//! PURE: looks, judges nothing; whether the text is sound is `document::header`'s business.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Nothing, or a plain `~` or `null`.
    Null,
    /// Text in any style. `kept`: its trailing empty lines belong to it (`|+`, `>+`).
    Scalar {
        /// True for a block scalar with the indicator `+`.
        kept: bool,
    },
    /// `[a, b]`
    FlowList(Vec<Item>),
    /// `- a` lines.
    BlockList(Vec<Item>),
    /// A map, or a list that holds more than texts.
    Other,
}

/// A text in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub text: String,
    /// Its bytes, quotes included, dash and comma not.
    pub range: Range<usize>,
}

/// One top-level key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The key without its quotes.
    pub name: String,
    /// Where the key begins.
    pub start: usize,
    /// After the colon.
    pub colon_end: usize,
    /// Where the value begins; `colon_end` when there is none.
    pub value_start: usize,
    /// After the value's last byte, without its line end.
    pub value_end: usize,
    /// How the value is written.
    pub shape: Shape,
}

/// All of a flat map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The keys in their order.
    pub pairs: Vec<Pair>,
    /// The comments in their order, from `#` to the end of the line.
    pub comments: Vec<Range<usize>>,
}

impl Layout {
    /// Finds everything; `None` when the text is no map of `key: value` lines that begin at the start of a line.
    pub fn read(yaml: &str) -> Option<Self> {
        let mut reader = Reader { yaml, events: Vec::new(), next: 0 };
        let mut layout = Self { comments: comments(yaml, Some(&mut reader.events))?, pairs: Vec::new() };
        match reader.take() {
            None => return Some(layout),
            Some((Event::MappingStart(StructureStyle::Block, ..), _)) => {}
            Some((Event::Scalar(_, ScalarStyle::Plain, ..), range)) if range.is_empty() => return Some(layout),
            Some(_) => return None,
        }
        while let Some((event, key)) = reader.take() {
            match event {
                Event::Scalar(name, ..) => layout.pairs.push(reader.pair(name.into_owned(), key)?),
                Event::MappingEnd => break,
                _ => return None,
            }
        }
        Some(layout)
    }

    /// The key of that name.
    pub fn find(&self, name: &str) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.name == name)
    }

    /// The comments that stand in a range.
    pub fn comments_in(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        self.comments.iter().filter(move |comment| range.contains(&comment.start)).cloned()
    }
}

/// The texts of the comments in their order, `#` included; `None` when the text is no YAML.
pub fn comment_texts(yaml: &str) -> Option<Vec<&str>> {
    comments(yaml, None)?.into_iter().map(|range| yaml.get(range).map(str::trim_end)).collect()
}

/// The comments' ranges; the events of nodes go to `nodes`.
fn comments<'yaml>(yaml: &'yaml str, mut nodes: Option<&mut Vec<(Event<'yaml>, Range<usize>)>>) -> Option<Vec<Range<usize>>> {
    let options = granit_parser::options! { max_buffered_comment_events: 10_000 };
    let mut found = Vec::new();
    for next in Parser::new_from_str_with_options(yaml, options) {
        let (event, span) = next.ok()?;
        let range = bytes(&span)?;
        match event {
            Event::Comment(..) => found.push(range),
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
            event => {
                if let Some(nodes) = nodes.as_deref_mut() {
                    nodes.push((event, range));
                }
            }
        }
    }
    found.sort_by_key(|range| range.start);
    Some(found)
}

fn bytes(span: &Span) -> Option<Range<usize>> {
    Some(span.start.byte_offset()?..span.end.byte_offset()?)
}

/// Walks the events of the nodes.
struct Reader<'yaml> {
    yaml: &'yaml str,
    events: Vec<(Event<'yaml>, Range<usize>)>,
    next: usize,
}

impl<'yaml> Reader<'yaml> {
    fn take(&mut self) -> Option<(Event<'yaml>, Range<usize>)> {
        let event = self.events.get(self.next).cloned();
        self.next += 1;
        event
    }

    /// The rest of a key's line and its value.
    fn pair(&mut self, name: String, key: Range<usize>) -> Option<Pair> {
        let at_line_start = key.start == 0 || self.yaml.get(..key.start)?.ends_with('\n');
        let after_key = self.yaml.get(key.end..)?;
        let after_colon = after_key.trim_start_matches([' ', '\t']).strip_prefix(':').filter(|_| at_line_start)?;
        let colon_end = self.yaml.len() - after_colon.len();
        let (shape, range) = self.value()?;
        let end = range.end.max(colon_end);
        let value_end = if shape == (Shape::Scalar { kept: true }) {
            let text = self.yaml.get(..end)?;
            text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text).len()
        } else {
            colon_end + self.yaml.get(colon_end..end)?.trim_end().len()
        };
        // The value's first byte on the key's own line takes in what comes before the text: `|`, a tag.
        let gap = after_colon.len() - after_colon.trim_start_matches([' ', '\t']).len();
        let on_key_line =
            !self.yaml.get(colon_end..range.start.max(colon_end))?.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']);
        let value_start = if value_end == colon_end {
            colon_end
        } else if on_key_line {
            colon_end + gap
        } else {
            range.start
        };
        Some(Pair { name, start: key.start, colon_end, value_start, value_end, shape })
    }

    fn value(&mut self) -> Option<(Shape, Range<usize>)> {
        let (event, range) = self.take()?;
        match event {
            Event::Scalar(text, ScalarStyle::Plain, _, None) if matches!(&*text, "~" | "null" | "Null" | "NULL") => {
                Some((Shape::Null, range))
            }
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
                let line_start = self.yaml.get(..range.start)?.trim_end().rfind('\n').map_or(0, |at| at + 1);
                let header = self.yaml.get(line_start..range.start)?;
                let kept = header.split('#').next()?.rsplit(':').next()?.contains('+');
                Some((Shape::Scalar { kept }, range))
            }
            Event::Scalar(..) => Some((Shape::Scalar { kept: false }, range)),
            Event::SequenceStart(style, ..) => self.list(style, range),
            Event::MappingStart(..) => self.rest(range).map(|range| (Shape::Other, range)),
            _ => None,
        }
    }

    fn list(&mut self, style: StructureStyle, start: Range<usize>) -> Option<(Shape, Range<usize>)> {
        let first = self.next;
        let mut items = Vec::new();
        let mut end = start.end;
        loop {
            match self.take()? {
                (Event::Scalar(text, ..), range) => {
                    end = end.max(range.end);
                    items.push(Item { text: text.into_owned(), range });
                }
                (Event::SequenceEnd, range) if style == StructureStyle::Flow => {
                    return Some((Shape::FlowList(items), start.start..range.end));
                }
                (Event::SequenceEnd, _) => return Some((Shape::BlockList(items), start.start..end)),
                _ => {
                    self.next = first;
                    return self.rest(start).map(|range| (Shape::Other, range));
                }
            }
        }
    }

    /// The end of a collection that has begun, whatever stands in it.
    fn rest(&mut self, start: Range<usize>) -> Option<Range<usize>> {
        let mut depth = 1_usize;
        let mut end = start.end;
        while depth > 0 {
            let (event, range) = self.take()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
            if depth > 0 || !range.is_empty() {
                end = end.max(range.end);
            }
        }
        Some(start.start..end)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

    use super::*;

    fn values(yaml: &str) -> Vec<(String, String)> {
        let layout = Layout::read(yaml).unwrap();
        layout.pairs.iter().map(|pair| (pair.name.clone(), yaml[pair.value_start..pair.value_end].to_owned())).collect()
    }

    #[test]
    fn values_are_found_in_every_style() {
        let yaml = concat!(
            "a: b # c1\r\n\"title\" : 'x y'\nempty: # c4\nempty2:\nt: !!str 12\nblk: | # hdr\n  key: one\n  two\n\nkeep: |+\n  one\n\n# c\n",
            "flow: [a, 'b',\n ]\nml: foo\n  bar\nbelow:\n  # why\n  text\nm:\n  k: v\n  l: [1]\nlist:\n- x\n-  'y' # c2\n\n  # c3\nlast: >-\n  é foo\n"
        );
        let expected = [
            ("a", "b"),
            ("title", "'x y'"),
            ("empty", ""),
            ("empty2", ""),
            ("t", "!!str 12"),
            ("blk", "| # hdr\n  key: one\n  two"),
            ("keep", "|+\n  one\n"),
            ("flow", "[a, 'b',\n ]"),
            ("ml", "foo\n  bar"),
            ("below", "text"),
            ("m", "k: v\n  l: [1]"),
            ("list", "x\n-  'y'"),
            ("last", ">-\n  é foo"),
        ];
        assert_eq!(values(yaml), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let layout = Layout::read(yaml).unwrap();
        let Shape::BlockList(items) = &layout.find("list").unwrap().shape else { panic!("no list") };
        assert_eq!(items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(comment_texts(yaml).unwrap(), ["# c1", "# c4", "# hdr", "# c", "# why", "# c2", "# c3"]);
    }

    #[test]
    fn what_is_not_flat_has_no_layout() {
        for yaml in ["{a: 1}\n", "- a\n", "? a\n: b\n", "  a: 1\n", "text\n", "a: 'x\n"] {
            assert_eq!(Layout::read(yaml), None, "{yaml:?}");
        }
        assert_eq!(Layout::read(""), Some(Layout::default()));
    }
}
