//! Tables for people: no borders, two blanks between columns, never wider than the terminal.
//! EFFECT layer, yet it only makes text; `Ui::styled` prints it. Cells are foreign text and are sanitised here.

use anstyle::Style;
use comfy_table::{ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use crate::terminal::sanitize::sanitize_line;

const HEADER: Style = Style::new().bold();

/// Blanks between two columns.
const GAP: u16 = 2;

/// Rows of cells under a header.
#[derive(Debug, Clone, Default)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with its header.
    pub fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|cell| sanitize_line(cell)).collect(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty.
    pub fn row<I: IntoIterator<Item = String>>(&mut self, cells: I) {
        let cells = cells.into_iter().map(|cell| sanitize_line(&cell)).chain(std::iter::repeat(String::new()));
        self.rows.push(cells.take(self.header.len()).collect());
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as lines. `width` is the terminal's columns: cells wrap to fit; `None`: each row is one line, nothing is cut.
    /// The header is bold when `styled`.
    pub fn render(&self, width: Option<usize>, styled: bool) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_header(self.header.clone()).add_rows(self.rows.clone());
        match width.and_then(|width| u16::try_from(width).ok()) {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.saturating_add(GAP)),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for (column, title) in table.column_iter_mut().zip(&self.header) {
            let least = u16::try_from(title.width()).unwrap_or(u16::MAX).saturating_add(GAP);
            column.set_padding((0, GAP)).set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
        let lines = table.lines().enumerate().map(|(index, line)| {
            let line = line.trim_end();
            if styled && index == 0 { format!("{HEADER}{line}{HEADER:#}\n") } else { format!("{line}\n") }
        });
        lines.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["Id", "Status", "Title"]);
        table.row(["INC-K7QFM".to_owned(), "acknowledged".to_owned(), "Many errors on the Auth service since midnight".to_owned()]);
        table.row(["INC-00001".to_owned(), "open".to_owned(), "数据库 is\tslow\u{1b}[31m".to_owned()]);
        table
    }

    #[test]
    fn without_a_terminal_columns_are_aligned_and_nothing_is_cut() {
        let wanted = "Id         Status        Title\n\
                      INC-K7QFM  acknowledged  Many errors on the Auth service since midnight\n\
                      INC-00001  open          数据库 is slow\n";
        assert_eq!(table().render(None, false), wanted);
    }

    #[test]
    fn on_a_terminal_cells_wrap_to_the_width() {
        let text = table().render(Some(50), false);
        assert!(text.lines().all(|line| line.width() <= 50), "{text}");
        assert!(text.contains("midnight") && text.lines().count() > 3, "{text}");
    }

    #[test]
    fn the_header_alone_is_bold_and_stays_on_one_line() {
        let text = table().render(Some(30), true);
        let (header, rows) = text.split_once('\n').unwrap_or_default();
        assert!(header.starts_with("\u{1b}[1mId") && header.contains("Title"), "{header:?}");
        assert!(!rows.contains('\u{1b}'));
    }

    #[test]
    fn a_row_too_short_is_filled_and_a_row_too_long_is_cut() {
        let mut table = Table::new(&["A", "B"]);
        table.row(["1".to_owned()]);
        table.row(["1".to_owned(), "2".to_owned(), "3".to_owned()]);
        assert_eq!(table.render(None, false), "A  B\n1\n1  2\n");
        assert!(!table.is_empty());
        assert!(Table::new(&["A"]).is_empty());
    }
}
