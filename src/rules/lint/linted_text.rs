//! What is linted: a text, what kind of document it is, and what is known about the incident that it tells of.
//! PURE: values that `commands` fills in.

use crate::document::incident_document::IncidentDocument;
use crate::rules::lint::known::Known;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// A postmortem.
    Postmortem,
    /// A root cause analysis.
    Rca,
    /// Any other markdown text.
    Other,
}

/// A text and what is known about it.
#[derive(Debug, Clone)]
pub struct LintedText<'a> {
    /// The whole file, byte for byte.
    pub text: &'a str,
    /// Its path as findings name it, if it has one.
    pub path: Option<&'a str>,
    /// What it is.
    pub kind: TextKind,
    /// Who is a person and what is a system.
    pub known: &'a Known,
    /// The incident is closed, or there is none: what is missing stays missing.
    pub is_closed: bool,
    /// The incident's document, if there is one: the record that the text tells of.
    pub record: Option<&'a IncidentDocument>,
    /// The repository's own template of such a text, if it has one.
    pub template: Option<&'a str>,
}

impl<'a> LintedText<'a> {
    /// A text about which nothing is known.
    pub fn other(text: &'a str, known: &'a Known) -> Self {
        Self { text, path: None, kind: TextKind::Other, known, is_closed: true, record: None, template: None }
    }
}
