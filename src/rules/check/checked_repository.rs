//! A repository as the rules of `check` see it: its settings, its directory, the ids of all its incidents, what is not shared.
//! PURE: texts and counts are handed in.

use crate::document::broken::BrokenDocument;
use crate::domain::finding::Finding;
use crate::domain::incident_id::IncidentId;
use crate::domain::timestamp::Timestamp;
use crate::rules::check::rule::Rule;

/// The name of the settings file, relative to the root.
pub const CONFIG_FILE: &str = "incidents/config.yaml";
/// The name of the on-call directory, relative to the root.
pub const TEAMS_FILE: &str = "incidents/teams.yaml";

/// An id, and the document that has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownId {
    /// The id.
    pub id: IncidentId,
    /// The incident document, relative to the root.
    pub path: String,
    /// The line of the key, from 1.
    pub line: usize,
}

/// What rules over the whole repository read.
#[derive(Debug, Clone, Default)]
pub struct CheckedRepository {
    /// The text of the settings, if the file is there; why it is none, if it is no text.
    pub config: Option<Result<String, BrokenDocument>>,
    /// The text of the on-call directory, as with the settings.
    pub teams: Option<Result<String, BrokenDocument>>,
    /// The names of all rules.
    pub rules: Vec<&'static str>,
    /// The names of all rules of `lint`.
    pub lint_rules: Vec<&'static str>,
    /// The ids of all incidents.
    pub ids: Vec<KnownId>,
    /// How many kept entries belong to no incident that is there.
    pub kept_elsewhere: usize,
    /// Whether a link to the live document can be given; none where there is no git to ask.
    pub has_live_link: Option<bool>,
    /// For how many days a verified row of the on-call directory counts as up to date.
    pub verified_for_days: u32,
    /// How many commits the upstream does not have.
    pub not_pushed: usize,
    /// The instant that is looked at.
    pub now: Option<Timestamp>,
}

/// A finding in a file of the repository that is no incident's.
pub fn at_file(rule: &Rule, path: &str, line: usize, column: usize, message: impl Into<String>) -> Finding {
    Finding { path: Some(path.to_owned()), line: Some(line), column: Some(column), ..rule.finding(message) }
}
