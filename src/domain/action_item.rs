//! An action item: follow-up work with a type, an owner and an issue.
//! PURE: the row's cells; the table they stand in is `document::table`'s.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::nearest::nearest;
use crate::domain::reference::{Reference, ReferenceKind};

/// What kind of work it is.
///
/// # Source
/// The process, "Action Items" of the sample document; the words are those of Google's SRE book, chapter 15.
///
/// # Examples
/// ```
/// use qpp_incident::domain::action_item::ActionType;
/// assert_eq!("Prevent".parse::<ActionType>()?, ActionType::Prevent);
/// assert_eq!(ActionType::Prevent.to_string(), "prevent");
/// # Ok::<(), qpp_incident::domain::action_item::UnknownActionType>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActionType {
    /// Makes the next one smaller or shorter.
    Mitigate,
    /// Keeps it from happening again.
    Prevent,
    /// Finds the next one sooner.
    Detect,
    /// Changes how people work.
    Process,
    /// Anything else.
    Other,
}

/// A word that is no type of action item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a type of action item (mitigate, prevent, detect, process, other); the nearest is `{nearest}`")]
pub struct UnknownActionType {
    /// What was given.
    pub word: String,
    /// The type whose word is most alike.
    pub nearest: &'static str,
}

impl ActionType {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Mitigate, Self::Prevent, Self::Detect, Self::Process, Self::Other];

    /// The word in the table, in flags and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mitigate => "mitigate",
            Self::Prevent => "prevent",
            Self::Detect => "detect",
            Self::Process => "process",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for ActionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for ActionType {
    type Err = UnknownActionType;

    fn from_str(text: &str) -> Result<Self, UnknownActionType> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|action_type| action_type.word() == wanted).ok_or_else(|| {
            let nearest = nearest(&wanted, Self::ALL.map(Self::word));
            UnknownActionType { word: text.to_owned(), nearest: nearest.unwrap_or("other") }
        })
    }
}

/// One row of the action item table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionItem {
    /// `A9D`; a row typed by hand may have none.
    #[serde(rename = "ref")]
    pub reference: Option<Reference>,
    /// What is to be done, one line.
    pub text: String,
    /// What kind of work; `None` when the cell is empty or no known word.
    #[serde(rename = "type")]
    pub item_type: Option<ActionType>,
    /// Who does it, as the cell has it.
    pub owner: Option<String>,
    /// Where it is tracked, as the cell has it.
    pub issue: Option<String>,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// `incident.md` or `postmortem.md`.
    #[serde(rename = "file")]
    pub in_file: &'static str,
    /// The row's line in that file, from 1.
    pub line: usize,
}

/// What the first cell of a row says.
///
/// # Source
/// Spec §3, `action`: "the cell begins with its reference; done is `~~A9D Add an alert~~ done 2026-12-01`".
///
/// # Examples
/// ```
/// use qpp_incident::domain::action_item::Cell;
/// let cell = Cell::parse("~~A9D Add an alert~~ done 2026-12-01");
/// assert_eq!(cell.text, "Add an alert");
/// assert_eq!(cell.to_string(), "~~A9D Add an alert~~ done 2026-12-01");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its reference, in capitals at the start of the cell.
    pub reference: Option<Reference>,
    /// What is to be done.
    pub text: String,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
}

impl Cell {
    /// Reads a cell; what fits no form is text. A struck cell without a date keeps its reference and is not done:
    /// nobody could say when.
    pub fn parse(cell: &str) -> Self {
        let cell = cell.trim();
        if let Some((body, date)) = done_body(cell) {
            return Self { done_on: Some(date), ..Self::parse_body(body.trim()) };
        }
        let struck = cell.strip_prefix("~~").and_then(|rest| rest.split_once("~~")).map(|(body, _)| Self::parse_body(body));
        struck.filter(|read| read.reference.is_some()).unwrap_or_else(|| Self::parse_body(cell))
    }

    fn parse_body(body: &str) -> Self {
        let (word, rest) = body.split_once(' ').unwrap_or((body, ""));
        let reference = reference_word(word);
        let text = if reference.is_some() { rest.trim_start() } else { body };
        Self { reference, text: text.to_owned(), done_on: None }
    }
}

fn done_body(cell: &str) -> Option<(&str, NaiveDate)> {
    let (body, date) = cell.strip_prefix("~~")?.rsplit_once("~~ done ")?;
    Some((body, date.trim().parse().ok()?))
}

/// A reference of an action item written as we write it: `Add` is a word, not the reference `ADD`.
fn reference_word(word: &str) -> Option<Reference> {
    let reference: Reference = word.parse().ok()?;
    (reference.kind == ReferenceKind::ActionItem && reference.to_string() == word).then_some(reference)
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = match self.reference {
            Some(reference) => format!("{reference} {}", self.text),
            None => self.text.clone(),
        };
        match self.done_on {
            Some(date) => write!(f, "~~{}~~ done {date}", body.trim_end()),
            None => f.write_str(body.trim_end()),
        }
    }
}

impl ActionItem {
    /// The text of its first cell, not yet escaped for a table.
    pub fn cell(&self) -> String {
        Cell { reference: self.reference, text: self.text.clone(), done_on: self.done_on }.to_string()
    }

    /// True when both rows are about the same work: the same reference, or no reference and the same words.
    pub fn is_same(&self, other: &Self) -> bool {
        self.reference == other.reference && (self.reference.is_some() || self.text == other.text)
    }
}

/// The action items of an incident, each once: in the order of the incident document with the postmortem's row
/// winning, then those that only the postmortem has.
///
/// # Source
/// Spec §3: "Readers of action items take the union by reference, the postmortem's row winning."
pub fn union(incident: Vec<ActionItem>, postmortem: Vec<ActionItem>) -> Vec<ActionItem> {
    let mut rest = postmortem;
    let mut items: Vec<ActionItem> = Vec::with_capacity(incident.len() + rest.len());
    for item in incident {
        let newer = rest.iter().position(|row| row.is_same(&item)).map(|index| rest.remove(index));
        items.push(newer.unwrap_or(item));
    }
    items.extend(rest);
    items
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{ActionItem, ActionType, Cell, union};
    use crate::domain::reference::{Reference, ReferenceKind};

    fn item(cell: &str, in_file: &'static str, line: usize) -> ActionItem {
        let Cell { reference, text, done_on } = Cell::parse(cell);
        ActionItem { reference, text, item_type: None, owner: None, issue: None, done_on, in_file, line }
    }

    #[test]
    fn words_in_capitals_at_the_start_of_a_row_are_text() {
        for cell in
            ["AWS Support Case raised", "ASG and nodes: alert on imbalance", "API of the hub", "~~AWS case closed~~ done 2026-12-01"]
        {
            assert_eq!(item(cell, "incident.md", 1).reference, None, "{cell}");
            assert_eq!(item(cell, "incident.md", 1).cell(), cell);
        }
    }

    #[test]
    fn cells_are_read_and_written_alike() {
        let cases = [
            ("A9D Add an alert", Some("A9D"), "Add an alert", None),
            ("~~A9D Add an alert~~ done 2026-12-01", Some("A9D"), "Add an alert", Some("2026-12-01")),
            ("Add an alert", None, "Add an alert", None),
            ("Ask the team", None, "Ask the team", None),
            ("a9d Add an alert", None, "a9d Add an alert", None),
            ("Q9D Not an action", None, "Q9D Not an action", None),
            ("~~Add an alert~~ done 2026-12-01", None, "Add an alert", Some("2026-12-01")),
            ("~~Add an alert~~", None, "~~Add an alert~~", None),
            ("~~Add~~ done tomorrow", None, "~~Add~~ done tomorrow", None),
            ("A9D", Some("A9D"), "", None),
            ("", None, "", None),
            ("A9D ~~x~~ done 2026-01-01", Some("A9D"), "~~x~~ done 2026-01-01", None),
        ];
        for (cell, reference, text, done_on) in cases {
            let wanted = Cell {
                reference: reference.map(|reference| reference.parse().unwrap()),
                text: text.to_owned(),
                done_on: done_on.map(|date| date.parse().unwrap()),
            };
            assert_eq!(Cell::parse(cell), wanted, "{cell}");
            assert_eq!(wanted.to_string(), cell);
        }
    }

    #[test]
    fn a_cell_struck_by_hand_without_a_date_keeps_its_reference_and_is_not_done() {
        for cell in ["~~A9D Add an alert~~", "~~A9D Add an alert~~ done", "~~A9D Add an alert~~ done tomorrow"] {
            assert_eq!(Cell::parse(cell).to_string(), "A9D Add an alert", "{cell}");
        }
    }

    #[test]
    fn types_are_read_and_an_unknown_one_gets_the_nearest() {
        for action_type in ActionType::ALL {
            assert_eq!(action_type.to_string().to_uppercase().parse(), Ok(action_type));
            assert_eq!(serde_json::to_string(&action_type).unwrap(), format!("\"{action_type}\""));
        }
        let error = "preventive".parse::<ActionType>().unwrap_err();
        assert_eq!(error.nearest, "prevent");
        assert!(error.to_string().contains("mitigate, prevent, detect, process, other"));
    }

    #[test]
    fn the_postmortems_row_wins_in_the_place_of_the_incidents() {
        let incident = vec![item("A11 one", "incident.md", 1), item("A22 two", "incident.md", 2), item("by hand", "incident.md", 3)];
        let postmortem = vec![
            item("A33 three", "postmortem.md", 1),
            item("~~A11 one~~ done 2026-12-01", "postmortem.md", 2),
            item("by hand", "postmortem.md", 3),
            item("by hand too", "postmortem.md", 4),
        ];
        let cells: Vec<(String, &str)> = union(incident, postmortem).iter().map(|item| (item.cell(), item.in_file)).collect();
        let wanted = [
            ("~~A11 one~~ done 2026-12-01", "postmortem.md"),
            ("A22 two", "incident.md"),
            ("by hand", "postmortem.md"),
            ("A33 three", "postmortem.md"),
            ("by hand too", "postmortem.md"),
        ];
        assert_eq!(cells, wanted.map(|(cell, file)| (cell.to_owned(), file)));
    }

    #[test]
    fn json_has_null_for_what_is_absent() {
        let json = serde_json::to_string(&item("~~A9D x~~ done 2026-12-01", "incident.md", 7)).unwrap();
        let wanted =
            r#"{"ref":"A9D","text":"x","type":null,"owner":null,"issue":null,"done_on":"2026-12-01","file":"incident.md","line":7}"#;
        assert_eq!(json, wanted);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes: [u8; 2], text in "[^\\s](\\PC{0,40}[^\\s])?|~~ done 2026-01-01|", days in proptest::option::of(0_i32..800_000)) {
            let cell = Cell {
                reference: Some(Reference::from_random(ReferenceKind::ActionItem, bytes)),
                text: text.trim().to_owned(),
                done_on: days.and_then(NaiveDate::from_num_days_from_ce_opt),
            };
            prop_assert_eq!(Cell::parse(&cell.to_string()), cell);
        }

        #[test]
        fn any_cell_reads_and_a_second_reading_is_the_same(cell in "(~~)?(A[0-9A-Z]{2})? ?\\PC{0,20}(~~ done 2026-12-0[0-9])?") {
            let read = Cell::parse(&cell);
            prop_assert_eq!(Cell::parse(&read.to_string()).done_on, read.done_on);
        }
    }
}
