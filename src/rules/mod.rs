//! PURE. Documents and history to findings: one rule a file.
//! May use `domain` and `document`; a rule returns findings and never prints.

pub mod check;
pub mod lint;
pub mod verify;
