//! What a command orders recorded, and what it is told when it was.
//! EFFECT layer, but values alone.

use std::time::Duration;

use crate::document::config::Durability;
use crate::document::folder::Folder;
use crate::document::incident_document::IncidentDocument;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::turn::Turn;

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
    /// How it takes its turn among those who write in this clone.
    pub turn: Turn,
    /// Commits to what is checked out although that is no branch.
    pub detached: bool,
    /// What is flushed to the disk.
    pub durability: Durability,
    /// The incident document as the command has read it; it is not read again where its text still is the same.
    pub read: Option<IncidentDocument>,
}

/// What was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Full hex names, the oldest first: the hand edit and kept entries, then the command's own.
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
