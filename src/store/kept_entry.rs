//! A kept entry: what a command would have committed, if it could have.
//! EFFECT layer, but a value; `kept` holds the files.

use crate::domain::entry::Entry;
use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;

/// A finished entry that waits to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEntry {
    /// The incident's folder, relative to the root.
    pub folder_path: String,
    /// Which incident.
    pub id: IncidentId,
    /// The event's name: `log`, `update`, `inquiry`, `object`.
    pub event: String,
    /// When it happened, to the second.
    pub occurred_at: Timestamp,
    /// When the command ran: the author time of its commit.
    pub recorded_at: Timestamp,
    /// `QPP_INCIDENT_NOW` stood in for the clock.
    pub clock_supplied: bool,
    /// Who acted.
    pub author: Person,
    /// Who typed it.
    pub committer: Person,
    /// The entry itself.
    pub entry: Entry,
    /// Why it could not be committed: `PATH:LINE:COL why`.
    pub why: String,
}
