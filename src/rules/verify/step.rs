//! What one commit did to one incident, against each of its parents: what the rules of `verify` look at.
//! PURE.

use std::sync::Arc;

use crate::document::evidence::Evidence;
use crate::document::proven_entries::ProvenEntry;
use crate::domain::history::CommitRecord;
use crate::domain::incident_id::IncidentId;
use crate::domain::text::{cut, one_line};
use crate::rules::verify::delta::{Delta, common};
use crate::rules::verify::told::Told;

/// The document against one parent.
#[derive(Debug, Clone)]
pub struct Pair {
    /// What the parent has; none where the document is new.
    pub old: Option<Arc<Evidence>>,
    /// What is lost and gained, lawful redactions aside.
    pub delta: Delta,
}

/// What one commit did to one incident.
#[derive(Debug)]
pub struct Step<'a> {
    /// The commit.
    pub commit: &'a CommitRecord,
    /// What its message says.
    pub told: &'a Told,
    /// The incident.
    pub id: IncidentId,
    /// The document as the commit has it; none where it is gone.
    pub new: Option<Arc<Evidence>>,
    /// Against each parent that has it otherwise.
    pub pairs: Vec<Pair>,
    /// The entries that no parent has.
    pub gained: Vec<ProvenEntry>,
}

impl<'a> Step<'a> {
    /// A step from its pairs.
    pub fn new(
        commit: &'a CommitRecord,
        told: &'a Told,
        id: IncidentId,
        new: Option<Arc<Evidence>>,
        olds: Vec<Option<Arc<Evidence>>>,
    ) -> Self {
        let pair = |old: Option<Arc<Evidence>>| {
            let delta = Delta::between(old.as_deref(), new.as_deref()).without_redactions(old.as_deref(), new.as_deref());
            Pair { old, delta }
        };
        let pairs: Vec<Pair> = olds.into_iter().map(pair).collect();
        // A parent that has the document just so has all of its entries.
        let is_against_all = pairs.len() >= commit.parents.len();
        let gained = if is_against_all { common(&pairs.iter().map(|pair| &pair.delta).collect::<Vec<_>>()) } else { Vec::new() };
        Self { commit, told, id, new, pairs, gained }
    }

    /// True for a merge.
    pub fn is_merge(&self) -> bool {
        self.commit.parents.len() > 1
    }

    /// `abc123456 "first words of the subject" by Ada Byron on 2026-11-23`
    pub fn named(&self) -> String {
        commit_named(self.commit)
    }
}

/// A commit as messages name it.
pub fn commit_named(commit: &CommitRecord) -> String {
    let subject = cut(&one_line(commit.message.lines().next().unwrap_or_default()), 60);
    format!("{} \"{subject}\" by {} on {}", short(&commit.id), commit.committer.name, commit.committed_at.utc().date_naive())
}

/// The first characters of a commit's name: enough to find it.
pub fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// An entry as messages name it: `2026-11-23 00:10 EST "Restarted the auth database."`
pub fn entry_named(evidence: &Evidence, entry: &ProvenEntry) -> String {
    let words = evidence.entry(entry).map_or_else(String::new, |entry| {
        let text = entry.first_line();
        if text.is_empty() { entry.kind.map_or_else(String::new, |kind| kind.word().to_owned()) } else { text }
    });
    format!("{} \"{}\"", evidence.zone.date_minute(entry.at), cut(&words, 60))
}

/// ` and 2 more`, or nothing.
pub fn and_more(count: usize) -> String {
    if count > 1 { format!(" and {} more", count - 1) } else { String::new() }
}
