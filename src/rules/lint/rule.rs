//! What a rule of `lint` is: its stable name, its level, what it finds, the sentence that it comes from, and its page.
//! PURE. `docs/lint.md` lists every rule, and a test holds that table to these values.

use crate::domain::finding::Level;

/// A rule, as people, settings and machines know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name: `voice/passive`.
    pub id: &'static str,
    /// Its level unless the finding or the settings say otherwise.
    pub level: Level,
    /// What it finds, as a sentence.
    pub what: &'static str,
    /// The process's own sentence.
    pub source: &'static str,
    /// The text of `--explain`: what it flags and what not, how to write it instead, an example.
    pub page: &'static str,
}

impl Rule {
    /// The row of the table in `docs/lint.md`.
    pub fn row(&self) -> String {
        format!("| `{}` | {} | {} | {} |", self.id, self.what, self.level, self.source)
    }
}
