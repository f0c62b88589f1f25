//! Rows of a table put together, each by the reference that it begins with, cell by cell (M7).
//! PURE. A row without a reference is its own bytes.

use std::collections::BTreeMap;

use crate::document::cell::cells;
use crate::document::merge::order::arranged;
use crate::document::merge::three::{Three, stands};
use crate::document::merge::versions;
use crate::domain::action_item::Cell;
use crate::domain::reference::Reference;

/// What a row is known by: its reference or its line, and which of several of the same it is.
type Name = (Option<Reference>, String, usize);

/// The rows of both sides; each row is a line with its line feed.
pub fn merge(sides: &Three<Vec<&str>>) -> Vec<String> {
    let rows = sides.map(|rows| named(rows));
    let names = rows.map(|rows| rows.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    let find = |rows: &[(Name, &str)], name: &Name| rows.iter().find(|(other, _)| other == name).map(|(_, row)| (*row).to_owned());
    let merged = arranged(&names).into_iter().filter_map(|name| {
        let base = rows.base.as_ref().and_then(|rows| find(rows, &name));
        match (find(&rows.ours, &name), find(&rows.theirs, &name)) {
            (Some(ours), Some(theirs)) => Some(merge_row(&Three { base, ours, theirs })),
            // Deleted against changed: the changed one.
            (Some(one), None) | (None, Some(one)) => (stands(base.is_some(), true, false) || base.as_ref() != Some(&one)).then_some(one),
            (None, None) => None,
        }
    });
    merged.collect()
}

fn named<'row>(rows: &[&'row str]) -> Vec<(Name, &'row str)> {
    let mut seen: BTreeMap<(Option<Reference>, String), usize> = BTreeMap::new();
    let named = rows.iter().map(|row| {
        let reference = cells(row).first().and_then(|range| Cell::parse(row.get(range.clone()).unwrap_or_default()).reference);
        let line = if reference.is_some() { String::new() } else { (*row).to_owned() };
        let count = seen.entry((reference, line.clone())).or_default();
        *count += 1;
        ((reference, line, *count), *row)
    });
    named.collect()
}

fn merge_row(row: &Three<String>) -> String {
    if let Some(agreed) = row.agreed() {
        return agreed.clone();
    }
    let texts = row.map(|line| cell_texts(line));
    let width = texts.ours.len().max(texts.theirs.len());
    let cells = (0..width).map(|column| {
        let cell = texts.map(|cells| cells.get(column).cloned().unwrap_or_default());
        cell.agreed().cloned().unwrap_or_else(|| if column == 0 { merge_item(&cell) } else { merge_text(&cell) })
    });
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn cell_texts(line: &str) -> Vec<String> {
    cells(line).into_iter().map(|range| line.get(range).unwrap_or_default().trim().to_owned()).collect()
}

/// The first cell: reference, text and the day it was done, each by itself; done twice counts from the first.
fn merge_item(cell: &Three<String>) -> String {
    let read = cell.map(|cell| Cell::parse(cell));
    let done = read.map(|cell| cell.done_on);
    let text = read.map(|cell| cell.text.clone());
    let done_on = done.agreed().copied().unwrap_or_else(|| done.ours.into_iter().chain(done.theirs).min());
    Cell { reference: read.ours.reference, text: text.agreed().cloned().unwrap_or_else(|| merge_text(&text)), done_on }.to_string()
}

fn merge_text(text: &Three<String>) -> String {
    versions::write_inline(&versions::merge(&text.map(|text| versions::read_inline(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &[&str], ours: &[&str], theirs: &[&str]) -> Vec<String> {
        let lines = |rows: &[&str]| rows.iter().map(|row| format!("| {row} |\n")).collect::<Vec<_>>();
        let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
        let sides = Three {
            base: Some(base.iter().map(String::as_str).collect()),
            ours: ours.iter().map(String::as_str).collect(),
            theirs: theirs.iter().map(String::as_str).collect(),
        };
        merge(&sides)
    }

    #[test]
    fn cells_of_one_row_change_by_themselves() {
        let found = merged(&["A9D Add | | "], &["A9D Add | prevent | "], &["~~A9D Add~~ done 2026-12-01 | | OPS-1"]);
        assert_eq!(found, ["| ~~A9D Add~~ done 2026-12-01 | prevent | OPS-1 |\n"]);
    }

    #[test]
    fn new_rows_all_stand_and_a_changed_one_outlives_its_deletion() {
        let found = merged(&["A9D x | a"], &["A9D y | a", "A2B b | c"], &["A3C d | e"]);
        assert_eq!(found, ["| A3C d | e |\n", "| A9D y | a |\n", "| A2B b | c |\n"]);
        assert_eq!(merged(&["A9D x | a", "z | z"], &["A9D x | a"], &["A9D x | a", "z | z"]), ["| A9D x | a |\n"]);
    }

    #[test]
    fn a_cell_that_both_changed_holds_both() {
        let found = merged(&["A9D x | a"], &["A9D y | a"], &["A9D z | a"]);
        assert_eq!(found, ["| A9D <!-- versions: keep one --> y <!-- or --> z <!-- end of versions --> | a |\n"]);
    }
}
