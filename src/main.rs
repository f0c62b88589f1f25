//! The real world into a `Context`, one run, one exit status.

#![allow(clippy::disallowed_methods, reason = "the arguments come from here")]

fn main() {}
