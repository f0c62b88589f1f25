//! `incident.md` read as a whole: header, outline, timeline.
//! PURE (stub: signatures that others build on).

use crate::document::broken::BrokenDocument;

/// A sound incident document: its text and what was read from it.
#[derive(Debug, Clone)]
pub struct IncidentDocument {
    text: String,
}

impl IncidentDocument {
    /// Reads the text.
    ///
    /// # Errors
    /// The front matter or the timeline section cannot be read, or conflict markers stand in it.
    pub fn parse(text: &str) -> Result<Self, BrokenDocument> {
        Ok(Self { text: text.to_owned() })
    }

    /// The bytes as they were given.
    pub fn text(&self) -> &str {
        &self.text
    }
}
