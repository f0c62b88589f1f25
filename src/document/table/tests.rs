//! Tables as people make them, and what a change leaves as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use super::*;

const DOCUMENT: &str = "---\nid: INC-K7QFM\n---\n# T\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n\
                        | A9D Add an alert | prevent | Ada Byron | OPS-1 |\n\n## Lessons Learned\n\nText.\n";

fn row(cells: [&str; 4]) -> Row {
    cells.map(str::to_owned)
}

fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

#[test]
fn rows_are_read_with_their_line() {
    let found = rows(DOCUMENT, ACTION_ITEMS);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].row, row(["A9D Add an alert", "prevent", "Ada Byron", "OPS-1"]));
    assert_eq!((found[0].line, found[0].reference()), (10, Some(reference("A9D"))));
    assert!(rows(DOCUMENT, "Lessons Learned").is_empty());
}

#[test]
fn a_row_is_added_under_the_last_one() {
    let found = add_row(DOCUMENT, ACTION_ITEMS, &row(["AX7 Pipe | here\n| A00 | forged |", "", "Sam", ""]));
    let line = "| AX7 Pipe \\| here \\| A00 \\| forged \\| |  | Sam |  |\n";
    assert_eq!(found, DOCUMENT.replace("OPS-1 |\n", &format!("OPS-1 |\n{line}")));
    assert_eq!(rows(&found, ACTION_ITEMS)[1].row, row(["AX7 Pipe | here | A00 | forged |", "", "Sam", ""]));
}

#[test]
fn an_empty_table_takes_its_first_row() {
    let text = DOCUMENT.replace("| A9D Add an alert | prevent | Ada Byron | OPS-1 |\n", "");
    assert_eq!(add_row(&text, ACTION_ITEMS, &row(["A9D Add an alert", "prevent", "Ada Byron", "OPS-1"])), DOCUMENT);
}

#[test]
fn one_cell_is_changed_and_all_else_stays() {
    let new = row(["~~A9D Add an alert~~ done 2026-12-01", "prevent", "Ada Byron", "OPS-1"]);
    let found = replace_row(DOCUMENT, ACTION_ITEMS, reference("A9D"), &new).unwrap();
    assert_eq!(found, DOCUMENT.replace("A9D Add an alert", "~~A9D Add an alert~~ done 2026-12-01"));
    assert_eq!(replace_row(DOCUMENT, ACTION_ITEMS, reference("AZ9"), &new), Err(TableError::NoRow(reference("AZ9"))));
}

#[test]
fn tables_by_hand_keep_their_form() {
    let issue = |text: &str, item: &str| {
        let standing = rows(text, ACTION_ITEMS).into_iter().find(|row| row.reference() == Some(reference("A9D"))).unwrap();
        let [_, kind, owner, _] = standing.row;
        replace_row(text, ACTION_ITEMS, reference("A9D"), &[item.to_owned(), kind, owner, "OPS-2".to_owned()]).unwrap()
    };
    for (before, after) in [
        // no outer pipes
        ("Action item|Type|Owner|Issue\n-|-|-|-\nA9D Alert|x|y|OPS-1\n", "Action item|Type|Owner|Issue\n-|-|-|-\nA9D Alert|x|y|OPS-2\n"),
        // aligned by hand, further columns, other order
        (
            "|  Issue  | Due | Action item  | Owner | Type |\n|:-------:|-----|:-------------|---|--:|\n|  OPS-1  | May | A9D Alert    |   |   |\n",
            "|  Issue  | Due | Action item  | Owner | Type |\n|:-------:|-----|:-------------|---|--:|\n|  OPS-2  | May | A9D Alert    |   |   |\n",
        ),
        // a row too short
        (
            "| Action item | Type | Owner | Issue |\n|-|-|-|-|\n| A9D Alert |\n",
            "| Action item | Type | Owner | Issue |\n|-|-|-|-|\n| A9D Alert | | | OPS-2 |\n",
        ),
        // empty cell without blanks
        (
            "|action item|type|owner|issue|\n|-|-|-|-|\n|A9D Alert||||\n",
            "|action item|type|owner|issue|\n|-|-|-|-|\n|A9D Alert|||OPS-2 |\n",
        ),
        // CRLF, no final line end
        (
            "| Action item | Type | Owner | Issue |\r\n|-|-|-|-|\r\n| A9D Alert | | | OPS-1 |",
            "| Action item | Type | Owner | Issue |\r\n|-|-|-|-|\r\n| A9D Alert | | | OPS-2 |",
        ),
    ] {
        let text = format!("## Action Items\n\n{before}");
        assert_eq!(issue(&text, "A9D Alert"), format!("## Action Items\n\n{after}"), "{before}");
    }
}

#[test]
fn a_row_goes_to_the_columns_of_its_names() {
    let text = "## Action Items\r\n\r\n  Issue|Due|Action item|Owner|Type\r\n  -|-|-|-|-\r\n  OPS-1|May|A9D Alert||";
    let found = add_row(text, ACTION_ITEMS, &row(["AX7 Test", "detect", "Sam", "OPS-2"]));
    assert_eq!(found, format!("{text}\r\n  | OPS-2 |  | AX7 Test | Sam | detect |"));
    assert_eq!(rows(&found, ACTION_ITEMS)[1].row, row(["AX7 Test", "detect", "Sam", "OPS-2"]));
}

#[test]
fn a_value_without_a_column_is_never_dropped() {
    let text = "## Action Items\n\n| Action item | Owner |\n|---|---|\n| A9D Alert | Ada |\n";
    let new = row(["A9D Alert", "", "Ada", "OPS-1"]);
    assert_eq!(replace_row(text, ACTION_ITEMS, reference("A9D"), &new), Err(TableError::NoColumn { line: 5, column: "Issue" }));
    let found = add_row(text, ACTION_ITEMS, &row(["AX7 Test", "detect", "Sam", "OPS-2"]));
    assert_eq!(found, format!("{text}\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| AX7 Test | detect | Sam | OPS-2 |\n"));
    assert_eq!(rows(&found, ACTION_ITEMS).len(), 2);
}

#[test]
fn a_section_without_a_table_gets_one_and_a_missing_section_is_made() {
    let new = row(["A9D Alert", "", "", ""]);
    let table = "| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| A9D Alert |  |  |  |\n";
    for (text, wanted) in [
        (
            "# T\n\n## Action Items\n\n<!-- prompt -->\n\n## Next\n",
            format!("# T\n\n## Action Items\n\n<!-- prompt -->\n\n{table}\n## Next\n"),
        ),
        ("# T\n\n## Action Items", format!("# T\n\n## Action Items\n\n{table}")),
        ("# T\n\nText.", format!("# T\n\nText.\n\n## Action Items\n\n{table}")),
        ("", format!("## Action Items\n\n{table}")),
    ] {
        assert_eq!(add_row(text, ACTION_ITEMS, &new), wanted, "{text:?}");
    }
    let carriage = add_row("# T\r\n\r\nText.\r\n", ACTION_ITEMS, &new);
    assert_eq!(carriage, format!("# T\n\nText.\n\n## Action Items\n\n{table}").replace('\n', "\r\n"));
}

#[test]
fn a_table_in_code_is_no_table() {
    let fenced = "## Action Items\n\n```\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| A9D x | | | |\n```\n";
    assert!(rows(fenced, ACTION_ITEMS).is_empty());
    assert!(add_row(fenced, ACTION_ITEMS, &row(["AX7 Test", "", "", ""])).starts_with(fenced));
}

#[test]
fn a_line_stands_under_the_table_once() {
    let line = "Continued in [postmortem.md](postmortem.md)";
    let once = append_line_after_table(DOCUMENT, ACTION_ITEMS, line);
    assert_eq!(once, DOCUMENT.replace("OPS-1 |\n\n", &format!("OPS-1 |\n\n{line}\n\n")));
    assert_eq!(append_line_after_table(&once, ACTION_ITEMS, line), once);
    assert_eq!(rows(&once, ACTION_ITEMS).len(), 1);
    let later = add_row(&once, ACTION_ITEMS, &row(["AX7 Test", "", "", ""]));
    assert_eq!(rows(&later, ACTION_ITEMS).len(), 2);
    assert_eq!(append_line_after_table("# T", ACTION_ITEMS, line), format!("# T\n\n## Action Items\n\n{line}\n"));
    assert_eq!(append_line_after_table("## Action Items\n", ACTION_ITEMS, line), format!("## Action Items\n\n{line}\n"));
}

proptest::proptest! {
    #[test]
    fn what_is_added_is_read_back_and_nothing_else_changes(
        text in "([ -~]|\\||\\\\|`|<|\n){0,30}", owner in "[a-z|\\\\]{0,6}",
    ) {
        let wanted = [format!("AX7 {text}"), String::new(), owner, String::new()];
        let found = add_row(DOCUMENT, ACTION_ITEMS, &wanted);
        let standing = rows(&found, ACTION_ITEMS);
        proptest::prop_assert_eq!(standing.len(), 2);
        let one_line = wanted.map(|cell| crate::domain::text::one_line(&cell));
        proptest::prop_assert_eq!(&standing[1].row, &one_line);
        let mut without = found.clone();
        without.replace_range(standing[1].range.clone(), "");
        proptest::prop_assert_eq!(without.as_str(), DOCUMENT);
        let back = replace_row(&found, ACTION_ITEMS, reference("AX7"), &row(["AX7 b\\", "b\\", "", "|"])).unwrap();
        proptest::prop_assert_eq!(&rows(&back, ACTION_ITEMS)[1].row, &row(["AX7 b\\", "b\\", "", "|"]));
    }
}
