//! EFFECT. The only user of git2, of the git program and of `std::fs`.
//! May use `domain` and `document`; never sees rules, outside or terminal.

#![allow(clippy::disallowed_methods, reason = "the home of files and of the git program")]

pub mod adopt;
mod background_push;
pub mod branch;
mod commit_objects;
mod durability;
mod edited_folders;
mod fetch;
pub mod file_error;
pub mod files;
pub mod git_identity;
pub mod hand_edits;
pub mod history;
mod history_blobs;
mod history_log;
pub mod history_proof;
pub mod history_walk;
mod index_bytes;
mod index_entry;
mod judgment_commit;
pub mod kept;
pub mod kept_entry;
mod kept_event;
mod kept_form;
mod lock;
mod merge_driver;
mod merged_file;
pub mod network;
pub mod network_error;
pub mod paths;
mod pending_commit;
mod placed_files;
mod plan;
mod planned_file;
mod protocol;
mod publish;
mod push;
pub mod random;
pub mod record;
pub mod record_error;
pub mod recorded;
mod recovery;
pub mod renumbering;
pub mod repository;
mod settle;
pub mod shared_branch;
pub mod store_error;
pub mod sync;
pub mod sync_error;
mod sync_lock;
pub mod synced;
pub mod taken_ids;
mod target;
#[cfg(test)]
mod test_repository;
mod tree_change;
mod tree_merge;
pub mod turn;
mod work_tree;
