//! The repository's rules as checkers: each takes sources and gives violations, named by file and line.
//! A checker reads nothing by itself, so that each one is shown to fail on a small fake source.

pub mod blank;
pub mod heads;
pub mod homes;
pub mod layers;
pub mod map;
pub mod module_graph;
pub mod names;
pub mod paths;
pub mod sizes;
pub mod source;
pub mod violation;
