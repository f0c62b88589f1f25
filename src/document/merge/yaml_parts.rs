//! Flat YAML cut into its keys, each with its own lines, and the comments that stand by themselves.
//! PURE. The parts put together again are the text; what a value means is read by `document::header`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::broken::BrokenDocument;
use crate::document::header::read_fields;
use crate::document::yaml_layout::Layout;
use crate::document::yaml_scalar::{Place, scalar};

/// What a part is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartName {
    /// A comment on lines of its own: one line, and which of several of the same it is.
    Comment(String, usize),
    /// A key.
    Key(String),
}

/// One part: whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is known by.
    pub name: PartName,
    /// Its lines; a key's with its value and the comments in it.
    pub text: String,
    /// The blank lines behind it.
    pub gap: String,
}

/// A YAML text in parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    /// The blank lines before the first part.
    pub lead: String,
    /// The parts in the order of the text.
    pub parts: Vec<Part>,
    /// What each key holds.
    pub values: BTreeMap<String, Value>,
}

impl Parts {
    /// Cuts a YAML text whose lines end in LF and whose first line is line `first_line` of its file.
    ///
    /// # Errors
    /// It is no strict YAML.
    pub fn read(yaml: &str, first_line: usize) -> Result<Self, BrokenDocument> {
        let fields = read_fields(yaml, first_line)?;
        let values: BTreeMap<String, Value> = fields.iter().map(|field| (field.name.clone(), field.value.clone())).collect();
        let Some(layout) = Layout::read(yaml) else {
            let lines = fields.iter().map(|field| format!("{}: {}\n", scalar(&field.name, Place::Block), field.value));
            let yaml: String = lines.collect();
            return Ok(Self { values, ..Self::cut(&yaml, &Layout::read(&yaml).unwrap_or_default()) });
        };
        Ok(Self { values, ..Self::cut(yaml, &layout) })
    }

    fn cut(yaml: &str, layout: &Layout) -> Self {
        let mut parts = Self::default();
        let mut at = 0;
        for pair in &layout.pairs {
            parts.push_lines(yaml.get(at..pair.start).unwrap_or_default());
            at = with_comments_of_value(yaml, line_end(yaml, pair.value_end.max(pair.colon_end)));
            let text = ended(yaml.get(pair.start..at).unwrap_or_default());
            parts.parts.push(Part { name: PartName::Key(pair.name.clone()), text, gap: String::new() });
        }
        parts.push_lines(yaml.get(at..).unwrap_or_default());
        parts
    }

    /// Comments and blank lines between keys.
    fn push_lines(&mut self, lines: &str) {
        for line in lines.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.parts.last_mut().map_or(&mut self.lead, |part| &mut part.gap).push_str(line);
                continue;
            }
            let text = ended(line);
            let is_same = |part: &&Part| matches!(&part.name, PartName::Comment(other, _) if *other == text);
            let count = self.parts.iter().filter(is_same).count();
            self.parts.push(Part { name: PartName::Comment(text.clone(), count), text, gap: String::new() });
        }
    }

    /// The lines of a key.
    pub fn key(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|part| matches!(&part.name, PartName::Key(other) if other == name)).map(|part| part.text.as_str())
    }

    /// The lines below a key that holds a map or a list of maps, their common indent taken off; `None` for other values.
    pub fn inner(&self, name: &str) -> Option<String> {
        let is_nested = match self.values.get(name)? {
            Value::Object(_) => true,
            Value::Array(items) => items.iter().any(Value::is_object),
            _ => false,
        };
        let (first, rest) = self.key(name).filter(|_| is_nested)?.split_once('\n')?;
        let is_bare = first.trim_end().ends_with(':') || first.contains(" #");
        let solid = rest.lines().filter(|line| !line.trim().is_empty());
        let indent = solid.map(|line| line.len() - line.trim_start_matches(' ').len()).min()?;
        let lines = rest.split_inclusive('\n').map(|line| line.get(indent..).unwrap_or("\n"));
        is_bare.then(|| lines.collect())
    }

    /// Writes other lines below a key, at an indent of two blanks.
    pub fn replace_inner(&mut self, name: &str, inner: &str) {
        let part = self.parts.iter_mut().find(|part| matches!(&part.name, PartName::Key(other) if other == name));
        let Some(part) = part else { return };
        let first = part.text.lines().next().unwrap_or_default();
        let lines = inner.split_inclusive('\n').map(|line| if line.trim().is_empty() { line.to_owned() } else { format!("  {line}") });
        part.text = format!("{first}\n{}", lines.collect::<String>());
    }
}

fn ended(text: &str) -> String {
    if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end + 1)
}

/// Past the comment lines that are indented and so belong to the value above them.
fn with_comments_of_value(yaml: &str, mut at: usize) -> usize {
    for line in yaml.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !(line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')) {
            break;
        }
        at += line.len();
    }
    at
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_parts_are_the_text() {
        let yaml = "\n# top\ntitle: x # why\n\nlist:\n  - a\n  # in\n  - b\n  # of the list\n# after\n# after\nlast: |+\n  text\n\n# end\n";
        let parts = Parts::read(yaml, 2).unwrap();
        let texts = parts.parts.iter().map(|part| format!("{}{}", part.text, part.gap));
        assert_eq!(std::iter::once(parts.lead.clone()).chain(texts).collect::<String>(), yaml);
        let names: Vec<String> = parts.parts.iter().map(|part| format!("{:?}", part.name)).collect();
        let comment = |text: &str, count: usize| format!("{:?}", PartName::Comment(format!("{text}\n"), count));
        let key = |name: &str| format!("{:?}", PartName::Key(name.to_owned()));
        let wanted = [
            comment("# top", 0),
            key("title"),
            key("list"),
            comment("# after", 0),
            comment("# after", 1),
            key("last"),
            comment("# end", 0),
        ];
        assert_eq!(names, wanted);
    }

    #[test]
    fn what_is_not_flat_is_written_flat() {
        let parts = Parts::read("{a: 1, 'b c': [x, y]}\n", 2).unwrap();
        assert_eq!((parts.key("a"), parts.key("b c")), (Some("a: 1\n"), Some("b c: [\"x\",\"y\"]\n")));
    }
}
