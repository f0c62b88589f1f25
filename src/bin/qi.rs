//! `qi`: the short name of `qpp-incident`.

fn main() {}
