//! A finding of `lint`: what every command prints, the bytes that it is about, and the edit that mends it, where one is certain.
//! PURE: a value.

use std::ops::Range;

use crate::domain::finding::{Finding, Level};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;

/// An edit: the bytes that go and the text that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Bytes of the linted text.
    pub span: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintFinding {
    /// Rule, level, place, message and help.
    pub finding: Finding,
    /// What it is about: bytes of the linted text, on boundaries of characters.
    pub span: Range<usize>,
    /// The edit that mends it, where it cannot change the meaning.
    pub fix: Option<Fix>,
}

impl LintFinding {
    /// A finding of `rule` about `span` of the text, with its line and column.
    pub fn new(rule: &Rule, prose: &Prose, span: Range<usize>, message: impl Into<String>) -> Self {
        let (line, column) = prose.place(span.start);
        let finding = Finding { line: Some(line), column: Some(column), ..Finding::new(rule.id, rule.level, message) };
        Self { finding, span, fix: None }
    }

    /// The same with what mends it, in words.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { finding: self.finding.with_help(help), ..self }
    }

    /// The same at another level than its rule's own.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { finding: self.finding.at_level(level), ..self }
    }

    /// The same with the edit that mends it.
    #[must_use]
    pub fn with_fix(self, span: Range<usize>, text: impl Into<String>) -> Self {
        Self { fix: Some(Fix { span, text: text.into() }), ..self }
    }
}
