//! EFFECT. The only user of stdin, stdout, stderr, the prompts, the editor and the pager.
//! May use `domain` and `document`; never sees rules, store or outside.

pub mod editor;
pub mod interrupt;
pub mod pager;
pub mod prompter;
pub mod sanitize;
pub mod stdin;
pub mod table;
pub mod ui;
