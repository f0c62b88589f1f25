//! The rules of `verify`: does the history prove that nothing was changed. One rule a file, over one `Step` of an incident.
//! PURE. A rule knows no other rule; `ledger` feeds them commit by commit, the first one first, and keeps what must be remembered.

pub mod all;
pub mod by_hand;
pub mod committed_late;
pub mod delta;
pub mod document_unread;
pub mod entry_changed;
pub mod entry_lost;
pub mod entry_unattested;
pub mod history_rewritten;
pub mod instant_changed;
pub mod judgment;
pub mod ledger;
pub mod open_break;
pub mod reader;
pub mod shallow;
pub mod signature;
pub mod step;
pub mod steps;
pub mod told;
pub mod trailer_mismatch;
