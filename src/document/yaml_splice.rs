//! Changes one flat key of a YAML text and no other byte: comments, order, quoting, indents and line ends stay.
//! PURE: text in, text out, by the ranges of `document::yaml_layout`. Never trusted alone: `document::edit_gate` judges each result.

use std::ops::Range;

use crate::document::yaml_layout::{Item, Layout, Pair, Shape};
use crate::document::yaml_scalar::{Place, scalar};

/// Why a change cannot be made; no place, lower case.
pub type Why = &'static str;

const NOT_FLAT: Why = "the front matter is not made of `key: value` lines";
const NOT_TEXT: Why = "it holds a list or a map where one text is expected";
const NOT_LIST: Why = "it holds a text or a map where a list is expected";
const DASH_APART: Why = "an item of the list does not stand on the line of its dash";

/// The text in which the key holds a value, which is given as it shall be written.
/// A new key goes after the nearest present key before it in `order`, else before the first present one after it, else to the end.
///
/// # Errors
/// The text is not flat, or the key holds a list or a map.
pub fn set(yaml: &str, name: &str, written: &str, order: &[&str]) -> Result<String, Why> {
    let layout = Layout::read(yaml).ok_or(NOT_FLAT)?;
    let Some(pair) = layout.find(name) else {
        let at = place_for(yaml, &layout, name, order);
        return Ok(insert_lines(yaml, at, &[&format!("{name}: {written}")]));
    };
    let mut text = match pair.shape {
        Shape::Null | Shape::Scalar { .. } => written.to_owned(),
        _ => return Err(NOT_TEXT),
    };
    if pair.value_start == pair.colon_end {
        text.insert(0, ' ');
    }
    // A comment within the value's bytes stands behind the `|` or `>` of a block scalar, which becomes one line.
    for comment in layout.comments_in(pair.value_start..pair.value_end) {
        text.push(' ');
        text.push_str(yaml.get(comment).unwrap_or_default().trim_end());
    }
    Ok(replace(yaml, pair.value_start..pair.value_end, &text))
}

/// The text without the key; comments that stood on its lines stay as lines of their own.
///
/// # Errors
/// The text is not flat.
pub fn remove(yaml: &str, name: &str) -> Result<String, Why> {
    let layout = Layout::read(yaml).ok_or(NOT_FLAT)?;
    Ok(layout.find(name).map_or_else(|| yaml.to_owned(), |pair| without_lines(yaml, &layout, lines_of(yaml, pair))))
}

/// The text in which the key's list ends in the item.
///
/// # Errors
/// The text is not flat, or the key holds no list.
pub fn add_item(yaml: &str, name: &str, item: &str, order: &[&str]) -> Result<String, Why> {
    let layout = Layout::read(yaml).ok_or(NOT_FLAT)?;
    let in_block = scalar(item, Place::Block);
    let Some(pair) = layout.find(name) else {
        let at = place_for(yaml, &layout, name, order);
        return Ok(insert_lines(yaml, at, &[&format!("{name}:"), &format!("{}- {in_block}", usual_indent(yaml, &layout))]));
    };
    match &pair.shape {
        Shape::Null => {
            let bare = replace(yaml, pair.colon_end..pair.value_end.max(pair.colon_end), "");
            let at = line_end(&bare, pair.colon_end);
            Ok(insert_lines(&bare, at, &[&format!("{}- {in_block}", usual_indent(yaml, &layout))]))
        }
        Shape::BlockList(items) => {
            let last = items.last().ok_or(NOT_LIST)?;
            let dash = dash_of(yaml, last).ok_or(DASH_APART)?;
            let line = format!("{dash}{in_block}");
            Ok(insert_lines(yaml, line_end(yaml, pair.value_end), &[&line]))
        }
        Shape::FlowList(items) => {
            let item = scalar(item, Place::Flow);
            let open = pair.value_start + yaml.get(pair.value_start..).and_then(|text| text.find('[')).ok_or(NOT_LIST)? + 1;
            Ok(items.last().map_or_else(
                || replace(yaml, open..open, &item),
                |last| replace(yaml, last.range.end..last.range.end, &format!(", {item}")),
            ))
        }
        Shape::Scalar { .. } | Shape::Other => Err(NOT_LIST),
    }
}

/// The text without the items that `goes` chooses; with none left, without the key.
///
/// # Errors
/// The text is not flat, or the key holds no list.
pub fn remove_items(yaml: &str, name: &str, goes: impl Fn(&str) -> bool) -> Result<String, Why> {
    let mut text = yaml.to_owned();
    loop {
        let layout = Layout::read(&text).ok_or(NOT_FLAT)?;
        let Some(pair) = layout.find(name) else { return Ok(text) };
        let (items, in_flow) = match &pair.shape {
            Shape::Null => return Ok(text),
            Shape::FlowList(items) => (items, true),
            Shape::BlockList(items) => (items, false),
            Shape::Scalar { .. } | Shape::Other => return Err(NOT_LIST),
        };
        let Some(index) = items.iter().position(|item| goes(&item.text)) else { return Ok(text) };
        text = if items.len() == 1 {
            without_lines(&text, &layout, lines_of(&text, pair))
        } else if in_flow {
            without_flow_item(&text, items, index)
        } else {
            let item = items.get(index).filter(|item| dash_of(&text, item).is_some()).ok_or(DASH_APART)?;
            let end = line_end(&text, item.range.start + text.get(item.range.clone()).unwrap_or_default().trim_end().len());
            without_lines(&text, &layout, line_start(&text, item.range.start)..end)
        };
    }
}

/// Cuts an item with the comma that then separates nothing.
fn without_flow_item(text: &str, items: &[Item], index: usize) -> String {
    let at = |index: usize| items.get(index).map_or(0..0, |item| item.range.clone());
    if index == 0 { replace(text, at(0).start..at(1).start, "") } else { replace(text, at(index - 1).end..at(index).end, "") }
}

/// The whole lines of a key and its value.
fn lines_of(yaml: &str, pair: &Pair) -> Range<usize> {
    pair.start..line_end(yaml, pair.value_end.max(pair.colon_end))
}

/// The text without these lines, whose comments stay, each on a line of its own at the lines' indent.
fn without_lines(yaml: &str, layout: &Layout, lines: Range<usize>) -> String {
    let first = yaml.get(lines.clone()).unwrap_or_default();
    let indent = first.len() - first.trim_start_matches(' ').len();
    let kept = layout.comments_in(lines.clone()).map(|comment| {
        let text = yaml.get(comment.start..line_end(yaml, comment.start)).unwrap_or_default();
        format!("{}{text}", " ".repeat(indent))
    });
    let kept: String = kept.collect();
    replace(yaml, lines, &kept)
}

/// Where a new key goes: see [`set`].
fn place_for(yaml: &str, layout: &Layout, name: &str, order: &[&str]) -> usize {
    let Some(rank) = order.iter().position(|known| *known == name) else { return yaml.len() };
    let (before, after) = order.split_at(rank);
    if let Some(pair) = before.iter().rev().find_map(|known| layout.find(known)) {
        return after_indented_comments(yaml, lines_of(yaml, pair).end);
    }
    let later = layout.pairs.iter().find(|pair| after.contains(&pair.name.as_str()));
    later.map_or(yaml.len(), |pair| pair.start)
}

/// Past the comment lines that are indented and so belong to the value above them.
fn after_indented_comments(yaml: &str, mut at: usize) -> usize {
    for line in yaml.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !(line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')) {
            break;
        }
        at += line.len();
    }
    at
}

/// Everything on an item's line before the item: indent, dash and blanks.
fn dash_of<'yaml>(yaml: &'yaml str, item: &Item) -> Option<&'yaml str> {
    let before = yaml.get(line_start(yaml, item.range.start)..item.range.start)?;
    (before.trim_matches([' ', '\t']) == "-").then_some(before)
}

/// The indent of the items of the text's first block list, or two blanks.
fn usual_indent<'yaml>(yaml: &'yaml str, layout: &Layout) -> &'yaml str {
    let first = |pair: &Pair| match &pair.shape {
        Shape::BlockList(items) => items.first().and_then(|item| dash_of(yaml, item)),
        _ => None,
    };
    layout.pairs.iter().find_map(first).map_or("  ", |dash| dash.split('-').next().unwrap_or_default())
}

/// Lines put in before the line at `at`, with the line end of the line above, else below.
fn insert_lines(yaml: &str, at: usize, lines: &[&str]) -> String {
    let (above, below) = (yaml.get(..at).unwrap_or_default(), yaml.get(at..).unwrap_or_default());
    let crlf = if above.is_empty() {
        below.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n"))
    } else {
        above.ends_with("\r\n")
    };
    let end = if crlf { "\r\n" } else { "\n" };
    let text: String = lines.iter().flat_map(|line| [*line, end]).collect();
    replace(yaml, at..at, &text)
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// After the line end of the line at `at`.
fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end + 1)
}

fn replace(text: &str, range: Range<usize>, by: &str) -> String {
    let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
    [before, by, after].concat()
}
