//! What a command decided: new texts for files of one incident's folder, and the events that they record.
//! PURE: a value. `store::record` makes it one commit.

use crate::document::incident_document::IncidentDocument;
use crate::domain::event::Event;

/// The whole effect of one command on one incident.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// `(file name in the folder, new text)`; only files that change. A name that does not exist yet is created.
    pub files: Vec<(String, String)>,
    /// The events, in the order of their entries and trailers.
    pub events: Vec<Event>,
    /// The new incident document, where its text was read already.
    pub read: Option<IncidentDocument>,
}
