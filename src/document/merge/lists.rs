//! Lists are sets (M3): what both have and what one added; the base's order first, additions sorted.
//! PURE. An item keeps its quotes and its comment.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::header::read_fields;
use crate::document::merge::three::{Three, stands};
use crate::document::yaml_layout::{Layout, Shape};
use crate::document::yaml_scalar::{Place, scalar};

/// The items of both sides.
pub fn merged_items(lists: &Three<Vec<String>>) -> Vec<String> {
    let nothing = Vec::new();
    let base = lists.base.as_ref().unwrap_or(&nothing);
    let (ours, theirs) = (&lists.ours, &lists.theirs);
    let is_in = |item: &String| stands(base.contains(item), ours.contains(item), theirs.contains(item));
    let mut out: Vec<String> = Vec::new();
    for item in base.iter().filter(|item| is_in(item)) {
        if !out.contains(item) {
            out.push(item.clone());
        }
    }
    let mut added: Vec<&String> = ours.iter().chain(theirs).filter(|item| !base.contains(item) && is_in(item)).collect();
    added.sort();
    added.dedup();
    out.extend(added.into_iter().cloned());
    out
}

/// The texts of a list's items; `None` for what is no list of texts.
pub fn items(value: &Value) -> Option<Vec<String>> {
    let text = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(item.to_string()),
        _ => None,
    };
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(items) => items.iter().map(text).collect(),
        _ => None,
    }
}

/// The lines of a key that holds these items, written as the sides write them; none without items.
pub fn write(name: &str, items: &[String], sides: &[&str]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let written: Vec<Written> = sides.iter().filter_map(|text| Written::read(text)).collect();
    let in_flow = !written.is_empty() && written.iter().all(|side| side.in_flow);
    let plain = || {
        let lines = items.iter().map(|item| format!("  - {}\n", scalar(item, Place::Block)));
        format!("{name}:\n{}", lines.collect::<String>())
    };
    if in_flow {
        return format!("{name}: [{}]\n", items.iter().map(|item| scalar(item, Place::Flow)).collect::<Vec<_>>().join(", "));
    }
    let indent = written.iter().filter(|side| !side.in_flow).map(|side| side.indent.as_str()).min().unwrap_or("  ");
    let mut out = format!("{}\n", written.iter().map(|side| side.first_line.as_str()).max().unwrap_or(&format!("{name}:")));
    for item in items {
        // The greater in bytes: of two that are else the same, the one that has a comment.
        let lines = written.iter().filter_map(|side| side.items.get(item)).max();
        out.push_str(&lines.cloned().unwrap_or_else(|| format!("{indent}- {}\n", scalar(item, Place::Block))));
    }
    let mut last: Vec<&str> = written.iter().flat_map(|side| side.last.lines()).collect();
    last.sort_unstable();
    last.dedup();
    out.extend(last.iter().flat_map(|line| [*line, "\n"]));
    let is_read_back =
        read_fields(&out, 1).is_ok_and(|fields| matches!(fields.as_slice(), [field] if field.list().is_ok_and(|read| read == items)));
    if is_read_back { out } else { plain() }
}

/// A list as one side writes it.
struct Written {
    in_flow: bool,
    first_line: String,
    indent: String,
    /// Each item's lines, comments above it included.
    items: BTreeMap<String, String>,
    /// The comments below the last item.
    last: String,
}

impl Written {
    fn read(text: &str) -> Option<Self> {
        let layout = Layout::read(text)?;
        let pair = layout.pairs.first()?;
        let line_after = |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1);
        let mut at = line_after(pair.colon_end);
        let first_line = text.get(..at)?.trim_end().to_owned();
        let mut read = Self { in_flow: false, first_line, indent: String::new(), items: BTreeMap::new(), last: String::new() };
        match &pair.shape {
            Shape::BlockList(items) => {
                for item in items {
                    let start = at;
                    at = line_after(item.range.end);
                    let lines = text.get(start..at)?;
                    let dash = text.get(..item.range.start)?.rfind('\n').map_or(0, |end| end + 1);
                    read.indent = text.get(dash..item.range.start)?.chars().take_while(|c| *c == ' ').collect();
                    read.items.entry(item.text.clone()).or_insert_with(|| lines.to_owned());
                }
                text.get(at..)?.clone_into(&mut read.last);
                Some(read)
            }
            Shape::FlowList(_) if layout.comments.is_empty() => Some(Self { in_flow: true, first_line: format!("{}:", pair.name), ..read }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(items: &[&str]) -> Vec<String> {
        items.iter().map(|item| (*item).to_owned()).collect()
    }

    #[test]
    fn a_list_is_a_set() {
        let merged = |base: &[&str], ours: &[&str], theirs: &[&str]| {
            merged_items(&Three { base: Some(texts(base)), ours: texts(ours), theirs: texts(theirs) })
        };
        assert_eq!(merged(&["c", "a", "b"], &["c", "a", "y"], &["a", "b", "x", "y"]), ["a", "x", "y"]);
        assert_eq!(merged(&[], &["b"], &["a"]), ["a", "b"]);
    }

    #[test]
    fn items_keep_how_they_were_written() {
        let ours = "list: # two\n  # why\n  - 'a' # first\n  - b\n";
        let found = write("list", &texts(&["a", "b", "c: d"]), &[ours, "list: [b]\n"]);
        assert_eq!(found, "list: # two\n  # why\n  - 'a' # first\n  - b\n  - \"c: d\"\n");
        assert_eq!(write("list", &texts(&["a", "b"]), &["list: [a]\n", "list: [b]\n"]), "list: [a, b]\n");
        assert_eq!(write("list", &[], &[ours]), "");
    }
}
