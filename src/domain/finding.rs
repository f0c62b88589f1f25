//! A finding: one result of `check`, `lint` or `verify`.
//! PURE: a value. Findings are no errors; the rules make them, `commands` print them.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

use crate::domain::incident_id::IncidentId;

/// How much a finding weighs; the worst sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The record is wrong, or a duty was missed.
    Error,
    /// Something to look at.
    Warning,
    /// Something that could be better.
    Advice,
}

impl Level {
    /// The word in text and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What a rule found, where, and how to mend it. The order of the fields is that of the JSON.
///
/// # Source
/// Spec §5 "Output".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's stable name, such as `postmortem-missing`.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The file, from the top of the repository.
    pub path: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// What is the matter, by name.
    pub message: String,
    /// Who can mend it and how, with a command that can be pasted where there is one.
    pub help: Option<String>,
    /// The incident it is about.
    pub incident: Option<IncidentId>,
    /// The commit it was found in, in full.
    pub commit: Option<String>,
}

impl Finding {
    /// A finding without a place; the caller fills in what it knows.
    pub fn new(rule: &'static str, level: Level, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { rule, level, path: None, line: None, column: None, message, help: None, incident: None, commit: None }
    }

    /// The same with what mends it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same at another level than its rule's own.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { level, ..self }
    }
}

impl Ord for Finding {
    /// By path, line, column and rule, then by what is left; no path comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        let place = (&self.path, self.line, self.column, self.rule).cmp(&(&other.path, other.line, other.column, other.rule));
        let rest = || {
            let other = (other.level, &other.message, &other.help, &other.incident, &other.commit);
            (self.level, &self.message, &self.help, &self.incident, &self.commit).cmp(&other)
        };
        place.then_with(rest)
    }
}

impl PartialOrd for Finding {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::{Finding, Level};

    fn at(path: Option<&str>, line: Option<usize>, column: Option<usize>, rule: &'static str) -> Finding {
        Finding { path: path.map(str::to_owned), line, column, ..Finding::new(rule, Level::Warning, "m") }
    }

    #[test]
    fn json_has_every_key_in_its_order_and_null_for_what_is_absent() {
        let finding = Finding { incident: "INC-K7QFM".parse().ok(), ..Finding::new("postmortem-missing", Level::Error, "none") };
        assert_eq!(
            serde_json::to_string(&finding).unwrap(),
            r#"{"rule":"postmortem-missing","level":"error","path":null,"line":null,"column":null,"message":"none","help":null,"incident":"INC-K7QFM","commit":null}"#
        );
    }

    #[test]
    fn findings_sort_by_path_line_column_and_rule() {
        let sorted = [
            at(None, None, None, "z"),
            at(Some("a"), None, None, "z"),
            at(Some("a"), Some(2), None, "z"),
            at(Some("a"), Some(2), Some(1), "z"),
            at(Some("a"), Some(2), Some(10), "a"),
            at(Some("a"), Some(2), Some(10), "b"),
            at(Some("a"), Some(10), None, "a"),
            at(Some("b"), Some(1), None, "a"),
        ];
        let mut mixed: Vec<Finding> = sorted.iter().rev().cloned().collect();
        mixed.sort();
        assert_eq!(mixed, sorted);
    }

    #[test]
    fn the_level_is_one_word_in_text_and_json() {
        for level in [Level::Error, Level::Warning, Level::Advice] {
            assert_eq!(serde_json::to_string(&level).unwrap(), format!("\"{level}\""));
        }
        assert!(Level::Error < Level::Warning && Level::Warning < Level::Advice);
    }
}
