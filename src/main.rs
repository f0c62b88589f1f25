//! The real world into a `Context`, one run, one exit status.

fn main() {}
