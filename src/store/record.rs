//! `record`: one decision, one edit, one commit. The heart of the store.
//! EFFECT. What to change is decided by the caller on fresh text, as often as the branch moves.

use std::time::Duration;

use crate::document::decision::Decision;
use crate::document::folder::Folder;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;

/// Who records, and when.
#[derive(Debug, Clone)]
pub struct RecordOrder {
    /// Who acted: the commit's author.
    pub author: Person,
    /// Who typed it: the git identity, and the author of hand edits.
    pub committer: Person,
    /// When it is recorded, by the clock that may be supplied: the author time.
    pub recorded_at: Timestamp,
    /// The real clock, or `GIT_COMMITTER_DATE`: the committer time.
    pub committed_at: Timestamp,
    /// `QPP_INCIDENT_NOW` stood in for the clock.
    pub clock_supplied: bool,
    /// How long to wait for other writers and for the index, instead of 30 s and 2 s.
    pub wait: Option<Duration>,
}

/// What was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Full hex names, the oldest first: kept entries and the hand edit, then the command's own.
    pub commits: Vec<String>,
    /// The documents as they are now.
    pub folder: Folder,
    /// The folder, relative to the root.
    pub path: String,
    /// `(code, message)` of what went less well than it should.
    pub warnings: Vec<(&'static str, String)>,
    /// True when hand edits were committed first.
    pub hand_edit: bool,
    /// How many kept entries were folded in.
    pub folded: usize,
}

/// What is asked again on fresh text whenever the branch has moved.
pub type Decide<'a> = dyn FnMut(&Folder) -> Result<Decision, Refusal> + 'a;

impl Store {
    /// Records one decision about an incident as one commit, after hand edits and kept entries as commits of their own,
    /// all behind one compare-and-swap on the branch. A decision without events and files records those alone.
    ///
    /// # Errors
    /// Nothing was recorded, and why.
    pub fn record(&self, folder_path: &str, order: &RecordOrder, decide: &mut Decide<'_>) -> Result<Recorded, RecordError> {
        let _ = (folder_path, order, decide);
        Err(RecordError::Outrun { tries: 0 })
    }

    /// Records a new incident: the folder must not exist, on disk or at the tip.
    ///
    /// # Errors
    /// Nothing was recorded, and why.
    pub fn record_new(&self, folder_path: &str, order: &RecordOrder, decision: &Decision) -> Result<Recorded, RecordError> {
        let _ = (folder_path, order, decision);
        Err(RecordError::Outrun { tries: 0 })
    }
}
