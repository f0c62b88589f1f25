//! Action items in the table of a document: read, added, done, linked.
//! PURE. A change goes through the row as it stands, so that a type or owner that this program does not know is kept.

use chrono::NaiveDate;

use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE};
use crate::document::outline::Outline;
use crate::document::table::{ACTION_ITEMS, StandingRow, TableError, add_row, replace_row_at, rows, rows_in};
use crate::domain::action_item::{ActionItem, Cell, union};
use crate::domain::reference::Reference;
use crate::domain::text::one_line;

/// The action items of a document, in order; rows without any text are left out.
pub fn items(text: &str, in_file: &'static str) -> Vec<ActionItem> {
    items_of(text, None, in_file)
}

/// As [`items`], of a document whose structure may be known already.
pub fn items_of(text: &str, outline: Option<&Outline>, in_file: &'static str) -> Vec<ActionItem> {
    let rows = outline.map_or_else(|| rows(text, ACTION_ITEMS), |outline| rows_in(text, outline, ACTION_ITEMS));
    let standing = rows.into_iter().filter(|row| row.row.iter().any(|cell| !cell.is_empty()));
    standing.map(|row| item(row, in_file)).collect()
}

/// The document with an action item added.
pub fn add(text: &str, item: &ActionItem) -> String {
    let item_type = item.item_type.map_or("", |item_type| item_type.word()).to_owned();
    let row = [item.cell(), item_type, item.owner.clone().unwrap_or_default(), item.issue.clone().unwrap_or_default()];
    add_row(text, ACTION_ITEMS, &row.map(|cell| one_line(&cell)))
}

/// The document with the action item of a line done on a day. One that is done already keeps its day; one without a reference
/// gets this one.
///
/// # Errors
/// No row stands in the line.
pub fn mark_done(text: &str, line: usize, reference: Reference, on: NaiveDate) -> Result<String, TableError> {
    edit(text, line, reference, |cell, _| cell.done_on = cell.done_on.or(Some(on)))
}

/// The document with the issue of the action item of a line set; one without a reference gets this one.
///
/// # Errors
/// No row stands in the line, or its table has no column for issues.
pub fn link(text: &str, line: usize, reference: Reference, issue: &str) -> Result<String, TableError> {
    edit(text, line, reference, |_, cell| *cell = one_line(issue))
}

fn edit(text: &str, line: usize, reference: Reference, change: impl FnOnce(&mut Cell, &mut String)) -> Result<String, TableError> {
    let standing = rows(text, ACTION_ITEMS).into_iter().find(|row| row.line == line);
    let mut row = standing.ok_or(TableError::NoLine(line))?.row;
    let [item, .., issue] = &mut row;
    let read = Cell::parse(item);
    let mut cell = Cell { reference: read.reference.or(Some(reference)), ..read.clone() };
    change(&mut cell, issue);
    if cell != read {
        *item = cell.to_string();
    }
    replace_row_at(text, ACTION_ITEMS, line, &row)
}

/// The action items of an incident, each once: those of both documents, the postmortem's row winning.
pub fn of_folder(folder: &Folder) -> Vec<ActionItem> {
    let postmortem = folder.postmortem.as_deref().map(|text| items(text, POSTMORTEM_FILE)).unwrap_or_default();
    union(items_of(folder.incident.text(), Some(folder.incident.outline()), INCIDENT_FILE), postmortem)
}

/// Whether a text has a reference anywhere, in a row or in an entry about one that is gone.
pub fn mentions(text: &str, reference: Reference) -> bool {
    let wanted = reference.to_string();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted)
}

fn item(standing: StandingRow, in_file: &'static str) -> ActionItem {
    let [item, item_type, owner, issue] = standing.row;
    let Cell { reference, text, done_on } = Cell::parse(&item);
    let said = |cell: String| Some(cell).filter(|cell| !cell.is_empty());
    let item_type = item_type.parse().ok();
    ActionItem { reference, text, item_type, owner: said(owner), issue: said(issue), done_on, in_file, line: standing.line }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::domain::action_item::ActionType;

    const TEXT: &str = "## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| A9D Add an alert | urgent | Ada |  |\n|  |  |  |  |\n";

    fn reference() -> Reference {
        "A9D".parse().unwrap()
    }

    #[test]
    fn items_are_read_with_their_place() {
        let found = items(TEXT, "incident.md");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].reference, found[0].text.as_str(), found[0].line), (Some(reference()), "Add an alert", 5));
        assert_eq!((found[0].item_type, found[0].owner.as_deref(), found[0].issue.as_deref()), (None, Some("Ada"), None));
    }

    #[test]
    fn an_item_is_done_once_and_its_other_cells_stay() {
        let day = "2026-12-01".parse().unwrap();
        let done = mark_done(TEXT, 5, reference(), day).unwrap();
        assert_eq!(done, TEXT.replace("A9D Add an alert", "~~A9D Add an alert~~ done 2026-12-01"));
        assert_eq!(mark_done(&done, 5, reference(), "2026-12-02".parse().unwrap()).unwrap(), done);
        assert_eq!(items(&done, "incident.md")[0].done_on, Some(day));
    }

    #[test]
    fn an_issue_is_linked_and_a_line_without_a_row_is_refused() {
        assert_eq!(link(TEXT, 5, reference(), "OPS-1\n| x").unwrap(), TEXT.replace("| Ada |  |", "| Ada | OPS-1 \\| x |"));
        assert_eq!(link(TEXT, 4, reference(), "OPS-1"), Err(TableError::NoLine(4)));
    }

    #[test]
    fn a_row_without_a_reference_gets_one_when_it_is_touched() {
        let by_hand = TEXT.replace("A9D Add", "Add");
        let done = mark_done(&by_hand, 5, reference(), "2026-12-01".parse().unwrap()).unwrap();
        assert_eq!(done, TEXT.replace("A9D Add an alert", "~~A9D Add an alert~~ done 2026-12-01"));
        let linked = link(&by_hand, 5, reference(), "OPS-1").unwrap();
        assert_eq!(linked, TEXT.replace("| Ada |  |", "| Ada | OPS-1 |"));
    }

    #[test]
    fn a_reference_is_mentioned_as_a_word() {
        assert!(mentions(TEXT, reference()) && mentions("Action item A9D: x", reference()));
        assert!(!mentions("A9DX a9d", reference()));
    }

    #[test]
    fn what_is_added_is_read_back() {
        let item = ActionItem {
            reference: Some("AX7".parse().unwrap()),
            text: "Test the | pool".to_owned(),
            item_type: Some(ActionType::Detect),
            owner: Some("Sam".to_owned()),
            issue: None,
            done_on: None,
            in_file: "incident.md",
            line: 7,
        };
        assert_eq!(items(&add(TEXT, &item), "incident.md")[1], item);
    }
}
