//! A timeline entry: one line of the running log, or a few.
//! PURE: its written form is `document::entry_line`.

use crate::domain::entry_kind::EntryKind;
use crate::domain::head_line::{begins_block, lead};
use crate::domain::reference::Reference;
use crate::domain::text::{one_line, tidy};
use crate::domain::timestamp::Timestamp;

/// What one entry says.
///
/// # Source
/// The process: "a running log of actions the team has taken"; spec §2 "The timeline".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it happened, to the minute.
    pub at: Timestamp,
    /// When it was written, to the minute, if more than a minute later.
    pub logged_at: Option<Timestamp>,
    /// `None` for a plain entry.
    pub kind: Option<EntryKind>,
    /// The reference, for kinds that are answered or that answer.
    pub reference: Option<Reference>,
    /// What happened, in markdown, without the escapes of the file; may have several lines.
    pub text: String,
    /// Links that prove it.
    pub evidence: Vec<String>,
    /// The name of who acted.
    pub by: Option<String>,
    /// The name of who typed it, when that was somebody else.
    pub recorded_by: Option<String>,
}

impl Entry {
    /// A plain entry at a minute.
    pub fn new(at: Timestamp, text: &str) -> Self {
        Self {
            at: at.floor_to_minute(),
            logged_at: None,
            kind: None,
            reference: None,
            text: tidy(text),
            evidence: Vec::new(),
            by: None,
            recorded_by: None,
        }
    }

    /// The first line of the text, for subjects and lists; where it begins with a list or code, the first words of that.
    pub fn first_line(&self) -> String {
        if begins_block(&self.text) { lead(&self.text) } else { one_line(self.text.lines().next().unwrap_or_default()) }
    }
}
