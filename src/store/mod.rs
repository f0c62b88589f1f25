//! EFFECT. The only user of git2, of the git program and of `std::fs`.
//! May use `domain` and `document`; never sees rules, outside or terminal.

#![allow(clippy::disallowed_methods, reason = "the home of files and of the git program")]

pub mod adopt;
pub mod branch;
pub mod file_error;
pub mod files;
pub mod git_identity;
pub mod hand_edits;
pub mod history;
pub mod index_entry;
pub mod kept;
pub mod lock;
pub mod paths;
pub mod record;
pub mod record_error;
pub mod repository;
pub mod store_error;
pub mod taken_ids;
