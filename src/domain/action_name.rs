//! Which action item a typed REF means: its reference, `last`, or a part of its text that only one has.
//! PURE.

use crate::domain::action_item::ActionItem;
use crate::domain::reference::{Reference, ReferenceKind};

/// Why a name means no single action item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionNameError {
    /// There is no action item at all.
    #[error("there is no action item")]
    NoneAtAll,
    /// None fits.
    #[error("there is no action item `{name}`, but:{}", list(choices))]
    NotFound {
        /// What was asked for.
        name: String,
        /// Those that are there.
        choices: Vec<String>,
    },
    /// Several fit.
    #[error("`{name}` fits {} action items:{}", choices.len(), list(choices))]
    Several {
        /// What was asked for.
        name: String,
        /// Those that fit.
        choices: Vec<String>,
    },
}

fn list(choices: &[String]) -> String {
    choices.iter().fold(String::new(), |list, choice| format!("{list}\n  {choice}"))
}

/// The action item that a name means. `last` is the last row that has a reference.
///
/// # Errors
/// None or several fit.
pub fn resolve<'a>(items: &'a [ActionItem], name: &str) -> Result<&'a ActionItem, ActionNameError> {
    if items.is_empty() {
        return Err(ActionNameError::NoneAtAll);
    }
    let not_found = || ActionNameError::NotFound { name: name.trim().to_owned(), choices: cells(items.iter()) };
    if name.trim().eq_ignore_ascii_case("last") {
        return items.iter().rfind(|item| item.reference.is_some()).ok_or_else(not_found);
    }
    let reference = name.parse::<Reference>().ok().filter(|reference| reference.kind == ReferenceKind::ActionItem);
    if let Some(found) = reference.and_then(|reference| items.iter().find(|item| item.reference == Some(reference))) {
        return Ok(found);
    }
    let wanted = name.trim().to_lowercase();
    let fits: Vec<&ActionItem> = items.iter().filter(|item| !wanted.is_empty() && item.text.to_lowercase().contains(&wanted)).collect();
    match fits.as_slice() {
        [only] => Ok(only),
        [] => Err(not_found()),
        several => Err(ActionNameError::Several { name: name.trim().to_owned(), choices: cells(several.iter().copied()) }),
    }
}

fn cells<'a>(items: impl Iterator<Item = &'a ActionItem>) -> Vec<String> {
    items.map(ActionItem::cell).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::action_item::Cell;

    fn items(cells: &[&str]) -> Vec<ActionItem> {
        let item = |cell: &&str| {
            let Cell { reference, text, done_on } = Cell::parse(cell);
            ActionItem { reference, text, item_type: None, owner: None, issue: None, done_on, in_file: "incident.md", line: 1 }
        };
        cells.iter().map(item).collect()
    }

    #[test]
    fn every_form_finds_its_item() {
        let items = items(&["A9D Add an alert", "AX7 Alert the vendor", "Ask the vendor twice"]);
        for (name, cell) in [
            ("a9d", "A9D Add an alert"),
            (" AX7 ", "AX7 Alert the vendor"),
            ("last", "AX7 Alert the vendor"),
            ("add AN", "A9D Add an alert"),
            ("twice", "Ask the vendor twice"),
            ("Add", "A9D Add an alert"),
        ] {
            assert_eq!(resolve(&items, name).unwrap().cell(), cell, "{name}");
        }
    }

    #[test]
    fn what_is_not_there_or_not_single_is_told() {
        let items = items(&["A9D Add an alert", "Alert the vendor"]);
        let told = |name: &str| resolve(&items, name).unwrap_err().to_string();
        assert_eq!(told("AZ9"), "there is no action item `AZ9`, but:\n  A9D Add an alert\n  Alert the vendor");
        assert_eq!(told("alert"), "`alert` fits 2 action items:\n  A9D Add an alert\n  Alert the vendor");
        assert_eq!(told(""), "there is no action item ``, but:\n  A9D Add an alert\n  Alert the vendor");
        assert_eq!(resolve(&[], "A9D").unwrap_err().to_string(), "there is no action item");
    }
}
