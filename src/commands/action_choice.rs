//! Which incident and which action item `action done` and `action link` mean; how an item is answered.
//! Reads; changes nothing.

use serde_json::{Value, json};

use crate::commands::action_rules::no_such_item;
use crate::commands::incident_choice::{Target, any};
use crate::commands::session::Session;
use crate::document::action_table::of_folder;
use crate::document::folder::Folder;
use crate::domain::action_item::ActionItem;
use crate::domain::action_name::resolve;
use crate::domain::incident_id::IncidentId;
use crate::error::CommandError;

impl Session<'_> {
    /// The incident of a command about an action item, and the words that are left. When no incident is named it is the only
    /// one that has such an item. `item_words` says how many of the words name the item.
    ///
    /// # Errors
    /// The incident or the item is not to be told.
    pub fn choose_by_item(&self, words: &[String], item_words: fn(&[String]) -> &[String]) -> Result<(Target, Vec<String>), CommandError> {
        let id_leads = words.first().is_some_and(|word| word.parse::<IncidentId>().is_ok());
        let is_named = id_leads || self.context.options.incident.is_some() || self.context.environment.get("QPP_INCIDENT").is_some();
        let name = item_words(words).join(" ");
        if is_named || name.eq_ignore_ascii_case("last") {
            return self.choose_before(words, any);
        }
        let has_item = |folder: &Folder| resolve(&of_folder(folder), &name).is_ok();
        let folders = self.store.incidents().into_iter().filter_map(|place| self.folder(&place.path).ok());
        let found: Vec<Folder> = folders.filter(has_item).collect();
        match found.as_slice() {
            [only] => Ok((self.choose(Some(&only.path), any)?, words.to_vec())),
            [] => self.choose_before(words, any),
            several => {
                let line = |folder: &Folder| format!("\n  {} {}", folder.incident.id(), folder.incident.title());
                let list = several.iter().fold(String::new(), |list, folder| list + &line(folder));
                let first = several.first().map_or_else(String::new, |folder| folder.incident.id().to_string());
                let message = format!("{} incidents have an action item `{name}`:{list}", several.len());
                Err(CommandError::refused("which-incident", message).with_hint(format!("name one with -i {first}")))
            }
        }
    }
}

/// The item that a name means in a chosen incident.
///
/// # Errors
/// None or several fit.
pub fn named_item(target: &Target, name: &str) -> Result<ActionItem, CommandError> {
    let folder = target.sound()?;
    let items = of_folder(folder);
    resolve(&items, name).cloned().map_err(|error| CommandError::from(no_such_item(folder, &error)).about(&target.id))
}

/// An item as the folder has it now, by its reference or its words.
pub fn item_now(folder: &Folder, is_it: impl Fn(&ActionItem) -> bool) -> Option<ActionItem> {
    of_folder(folder).into_iter().find(is_it)
}

/// An item as JSON: its row, where it stands and whose it is.
pub fn item_json(folder: &Folder, item: &ActionItem) -> Value {
    let mut value = json!(item);
    if let Some(map) = value.as_object_mut() {
        map.insert("incident".to_owned(), json!(folder.incident.id()));
    }
    value
}

/// An item for people, on one line: where it stands and what its row says.
pub fn item_line(folder: &Folder, item: &ActionItem) -> String {
    let facts = [item.item_type.map(|kind| kind.word().to_owned()), item.owner.clone(), item.issue.clone()];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    format!("{}/{}:{}: {}{facts}", folder.path, item.in_file, item.line, item.cell())
}
