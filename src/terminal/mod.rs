//! EFFECT. The only user of stdin, stdout, stderr, the prompts, the editor and the pager.
//! May use `domain` and `document`; never sees rules, store or outside.

#![allow(clippy::disallowed_methods, reason = "the home of the streams, the editor and the pager")]

pub mod captured;
pub mod editor;
pub mod frame;
pub mod interrupt;
pub mod live;
pub mod pager;
pub mod prompter;
pub mod sanitize;
pub mod stdin;
pub mod table;
pub mod ui;
