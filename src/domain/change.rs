//! What an event does to the front matter: one key at a time.
//! PURE: a value; `document::header_edit` carries it out on text.

use crate::domain::key::Key;

/// One change of one key. Lists change by item, so that two clones can both add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The key holds this text from now on; a key that stands is changed in place, a new one goes to its place.
    Set(Key, String),
    /// The key has no value any more, so its line goes.
    Remove(Key),
    /// The list holds this item too, once.
    AddItem(Key, String),
    /// The list no longer holds this item; an empty list goes.
    RemoveItem(Key, String),
}

impl Change {
    /// The key that changes.
    pub fn key(&self) -> Key {
        match self {
            Self::Set(key, _) | Self::Remove(key) | Self::AddItem(key, _) | Self::RemoveItem(key, _) => *key,
        }
    }
}
