//! The table of action items in a section: reads its rows, adds one, changes one, and puts a line under it.
//! PURE. A table edited by hand keeps every byte that a change does not need: blanks, missing pipes, further columns.

use std::ops::Range;

use crate::document::cell::{cells, escape_cell, trailing_backslashes, unescape_cell};
use crate::document::front_matter::FrontMatter;
use crate::document::outline::{BlockKind, Outline, Section, line_end, line_of};
use crate::domain::action_item::Cell;
use crate::domain::reference::Reference;

/// The section that holds action items.
pub const ACTION_ITEMS: &str = "Action Items";

/// The columns, as the process's sample names them.
///
/// # Source
/// The process, appendix "Sample Incident Response Document".
pub const COLUMNS: [&str; 4] = ["Action item", "Type", "Owner", "Issue"];

/// A row: action item, type, owner and issue, as text without escapes.
pub type Row = [String; 4];

/// A row that stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// The four cells; empty where the table has no such column.
    pub row: Row,
    /// The line's bytes, its line end included.
    pub range: Range<usize>,
    /// 1-based line in the file.
    pub line: usize,
    columns: [Option<usize>; 4],
}

/// Why a row is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No row begins with the reference.
    #[error("there is no action item {0}")]
    NoRow(Reference),
    /// No row of an action table stands in the line.
    #[error("no action item stands in line {0}")]
    NoLine(usize),
    /// The table was made by hand and has no place for the value.
    #[error("the table in line {line} has no column `{column}`")]
    NoColumn {
        /// 1-based line of the row.
        line: usize,
        /// The column that is missing.
        column: &'static str,
    },
}

impl StandingRow {
    /// The reference that the row begins with.
    pub fn reference(&self) -> Option<Reference> {
        let [item, ..] = &self.row;
        Cell::parse(item).reference
    }
}

/// The rows of every action table in a section of level 2, in order.
pub fn rows(text: &str, section: &str) -> Vec<StandingRow> {
    rows_in(text, &outline(text), section)
}

/// As [`rows`], in a document whose structure is known.
pub fn rows_in(text: &str, outline: &Outline, section: &str) -> Vec<StandingRow> {
    let tables = outline.section(2, section).map(|found| tables(text, outline, found)).unwrap_or_default();
    tables.into_iter().flat_map(|table| table.rows).collect()
}

/// The document with a row added under the section's first whole action table. A section without one gets one, and a
/// document without the section gets it at its end.
pub fn add_row(text: &str, section: &str, row: &Row) -> String {
    let outline = outline(text);
    let found = outline.section(2, section);
    let table = found.and_then(|found| tables(text, &outline, found).into_iter().find(Table::is_whole));
    match (table, found) {
        (Some(table), _) => table.with_row(text, row),
        (None, Some(found)) => put_at_end(text, found, &new_table(row, line_end(text))),
        (None, None) => {
            let eol = line_end(text);
            put_after(text, text.trim_end_matches(['\n', '\r']).len(), &format!("## {section}{eol}{eol}{}", new_table(row, eol)))
        }
    }
}

/// The document with the row of a reference changed to `row`: only cells whose text differs are written anew.
///
/// # Errors
/// No row has the reference, or the table has no column for a value.
pub fn replace_row(text: &str, section: &str, reference: Reference, row: &Row) -> Result<String, TableError> {
    let standing = rows(text, section).into_iter().find(|standing| standing.reference() == Some(reference));
    with_row_changed(text, &standing.ok_or(TableError::NoRow(reference))?, row)
}

/// As [`replace_row`], for the row that stands in a 1-based line.
///
/// # Errors
/// No row stands there, or the table has no column for a value.
pub fn replace_row_at(text: &str, section: &str, line: usize, row: &Row) -> Result<String, TableError> {
    let standing = rows(text, section).into_iter().find(|standing| standing.line == line);
    with_row_changed(text, &standing.ok_or(TableError::NoLine(line))?, row)
}

fn with_row_changed(text: &str, standing: &StandingRow, row: &Row) -> Result<String, TableError> {
    let mut line = text.get(standing.range.clone()).unwrap_or_default().to_owned();
    for (((old, new), index), column) in standing.row.iter().zip(row).zip(standing.columns).zip(COLUMNS) {
        if old != new {
            let index = index.ok_or(TableError::NoColumn { line: standing.line, column })?;
            line = with_cell(&line, index, &escape_cell(new));
        }
    }
    Ok(replaced(text, standing.range.clone(), &line))
}

/// The document with a paragraph under the section's last action table, once. Without a table it ends the section.
pub fn append_line_after_table(text: &str, section: &str, paragraph: &str) -> String {
    let outline = outline(text);
    let Some(found) = outline.section(2, section) else {
        let eol = line_end(text);
        return put_after(text, text.trim_end_matches(['\n', '\r']).len(), &format!("## {section}{eol}{eol}{paragraph}{eol}"));
    };
    if text.get(found.content.clone()).is_some_and(|content| content.lines().any(|line| line.trim() == paragraph)) {
        return text.to_owned();
    }
    let paragraph = format!("{paragraph}{}", line_end(text));
    match tables(text, &outline, found).last() {
        Some(table) => put_after(text, content_end(text, table.range.end), &paragraph),
        None => put_at_end(text, found, &paragraph),
    }
}

/// An action table in a section.
struct Table {
    range: Range<usize>,
    /// Blanks before the header line.
    indent: String,
    width: usize,
    columns: [Option<usize>; 4],
    rows: Vec<StandingRow>,
}

impl Table {
    fn read(text: &str, range: Range<usize>) -> Option<Self> {
        let mut at = range.start;
        let mut lines = text.get(range.clone())?.split_inclusive('\n').map(|line| {
            at += line.len();
            (line, at - line.len()..at)
        });
        let (header, _) = lines.next()?;
        let titles = texts(header);
        let columns = COLUMNS.map(|column| titles.iter().position(|title| title.eq_ignore_ascii_case(column)));
        let [Some(_), ..] = columns else { return None };
        let indent = header.chars().take_while(|c| *c == ' ').collect();
        let rows = lines.skip(1).map(|(line, range)| standing_row(text, line, range, columns)).collect();
        Some(Self { range, indent, width: titles.len(), columns, rows })
    }

    fn is_whole(&self) -> bool {
        self.columns.iter().all(Option::is_some)
    }

    fn with_row(&self, text: &str, row: &Row) -> String {
        let mut written = vec![String::new(); self.width];
        for (value, index) in row.iter().zip(self.columns) {
            if let Some(cell) = index.and_then(|index| written.get_mut(index)) {
                *cell = escape_cell(value);
            }
        }
        let eol = line_end(text);
        let line = format!("{}{}", self.indent, row_line(&written));
        let (head, tail) = text.split_at_checked(self.range.end).unwrap_or((text, ""));
        if head.ends_with('\n') { format!("{head}{line}{eol}{tail}") } else { format!("{head}{eol}{line}{tail}") }
    }
}

fn outline(text: &str) -> Outline {
    let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
    Outline::read(text, body_start)
}

fn tables(text: &str, outline: &Outline, section: &Section) -> Vec<Table> {
    let blocks = outline.blocks_in(&section.content).filter(|block| block.kind == BlockKind::Table);
    blocks.filter_map(|block| Table::read(text, block.range.clone())).collect()
}

fn standing_row(text: &str, line: &str, range: Range<usize>, columns: [Option<usize>; 4]) -> StandingRow {
    let texts = texts(line);
    let row = columns.map(|index| index.and_then(|index| texts.get(index).cloned()).unwrap_or_default());
    StandingRow { row, line: line_of(text, range.start), range, columns }
}

fn texts(line: &str) -> Vec<String> {
    cells(line).into_iter().map(|range| unescape_cell(line.get(range).unwrap_or_default())).collect()
}

fn row_line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn new_table(row: &Row, eol: &str) -> String {
    let header = COLUMNS.map(str::to_owned);
    let row = row.each_ref().map(|value| escape_cell(value));
    format!("{}{eol}|---|---|---|---|{eol}{}{eol}", row_line(&header), row_line(&row))
}

/// A line with one cell's text replaced; a line too short gets the cells that it lacks.
fn with_cell(line: &str, index: usize, written: &str) -> String {
    let standing = cells(line);
    if let Some(range) = standing.get(index) {
        let after = line.get(range.end..).unwrap_or_default();
        let needs_blank = after.starts_with('|') && (range.is_empty() || trailing_backslashes(written) % 2 == 1);
        let gap = if needs_blank { " " } else { "" };
        return replaced(line, range.clone(), &format!("{written}{gap}"));
    }
    let bare = line.trim_end();
    let end = line.get(bare.len()..).unwrap_or_default();
    let bare = bare.strip_suffix('|').filter(|bare| trailing_backslashes(bare).is_multiple_of(2)).unwrap_or(bare);
    let missing = " |".repeat(index - standing.len());
    format!("{} |{missing} {written} |{end}", bare.trim_end())
}

fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    let head = text.get(..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    format!("{head}{with}{tail}")
}

fn put_at_end(text: &str, section: &Section, block: &str) -> String {
    put_after(text, content_end(text, section.content.end), block)
}

/// Where the last visible character before a place stands.
fn content_end(text: &str, end: usize) -> usize {
    text.get(..end).unwrap_or(text).trim_end().len()
}

/// The text with a block after the line that ends at a place, a blank line before it and, if something follows, after it. The
/// blank lines that stand there stay.
fn put_after(text: &str, at: usize, block: &str) -> String {
    let eol = line_end(text);
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let end = ["\r\n", "\n"].into_iter().find(|end| tail.starts_with(end)).unwrap_or_default();
    let rest = tail.strip_prefix(end).unwrap_or(tail);
    let end = if end.is_empty() { eol } else { end };
    let gap = if head.is_empty() { String::new() } else { format!("{end}{eol}") };
    let after = if rest.is_empty() || rest.starts_with(['\n', '\r']) { "" } else { eol };
    format!("{head}{gap}{block}{after}{rest}")
}

#[cfg(test)]
mod tests;
