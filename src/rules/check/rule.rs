//! What a rule of `check` is: its stable name, its level, what it finds and the sentence that it comes from.
//! PURE. `docs/checks.md` lists every rule, and a test holds that table to these values.

use crate::domain::finding::{Finding, Level};

/// A rule, as people, settings and machines know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name: `postmortem-missing`.
    pub id: &'static str,
    /// Its level unless the finding or the settings say otherwise.
    pub level: Level,
    /// What it finds, as a sentence.
    pub what: &'static str,
    /// The sentence of the process, or the part of the format, that it holds the record to.
    pub source: &'static str,
}

impl Rule {
    /// A finding of this rule, without a place.
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        Finding::new(self.id, self.level, message)
    }

    /// The row of the table in `docs/checks.md`.
    pub fn row(&self) -> String {
        format!("| `{}` | {} | {} | {} |", self.id, self.what, self.level, self.source)
    }
}
