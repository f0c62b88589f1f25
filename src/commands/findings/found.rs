//! A finding with the stretch of text that it is about, where its rule knows one: what a snippet, a region and a fix are made of.
//! Values; the places of a text's bytes are counted in `place`.

use crate::document::place::Stretch;
use crate::domain::finding::Finding;

/// A finding as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// What it is about; none where only a line, a file or nothing is known.
    pub stretch: Option<Stretch>,
    /// What mends it, word for word.
    pub fix: Option<Replacement>,
}

/// A text in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// What is taken away.
    pub stretch: Stretch,
    /// What stands there then.
    pub text: String,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self { finding, stretch: None, fix: None }
    }
}
