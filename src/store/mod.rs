//! EFFECT. The only user of git2, of the git program and of `std::fs`.
//! May use `domain` and `document`; never sees rules, outside or terminal.

pub mod adopt;
pub mod branch;
pub mod files;
pub mod git_identity;
pub mod hand_edits;
pub mod history;
pub mod index_entry;
pub mod kept;
pub mod lock;
pub mod paths;
pub mod record;
pub mod repository;
