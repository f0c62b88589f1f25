//! A break of the history, from the commit that made it until a later one holds again what was lost.
//! PURE.

use std::collections::{HashMap, HashSet};

use crate::document::evidence::Evidence;
use crate::document::mended_record::{LostEntry, Mending};
use crate::document::proven_entries::{Identity, ProvenEntry};
use crate::domain::finding::{Finding, Level};
use crate::domain::history::CommitRecord;
use crate::domain::key::Key;
use crate::domain::timestamp::Timestamp;
use crate::rules::check::rule::Rule;
use crate::rules::verify::delta::counts;
use crate::rules::verify::step::{Step, short};

/// What a commit broke.
#[derive(Debug)]
pub struct Break {
    rule: &'static Rule,
    /// Which incident, as the ledger counts them; none where the commit touches none.
    pub incident: Option<usize>,
    commit: String,
    message: String,
    /// Each lost entry, and how often the parent had it.
    entries: HashMap<Identity, usize>,
    /// The same as they stood, with what stands in their place.
    lost: Vec<LostEntry>,
    instants: Vec<(Key, Timestamp)>,
    /// What stands in the place of lost entries: who puts those back may take these away.
    replacements: HashSet<Identity>,
    /// The commits that descend from the break, itself included.
    descendants: HashSet<String>,
    mended_by: Option<String>,
}

impl Break {
    /// A break that nothing but a judgment can settle.
    pub fn new(rule: &'static Rule, incident: Option<usize>, commit: &CommitRecord, message: String) -> Self {
        Self {
            rule,
            incident,
            commit: commit.id.clone(),
            message,
            entries: HashMap::new(),
            lost: Vec::new(),
            instants: Vec::new(),
            replacements: HashSet::new(),
            descendants: HashSet::from([commit.id.clone()]),
            mended_by: None,
        }
    }

    /// The same with the entries that must stand again, out of the version that had them, each with what stands in its place.
    #[must_use]
    pub fn of_entries<'a>(mut self, old: &Evidence, lost: impl Iterator<Item = (&'a ProvenEntry, Option<&'a ProvenEntry>)>) -> Self {
        let counts = counts(old.entries());
        for (was, is) in lost {
            let count = counts.get(&was.identity()).copied().unwrap_or(1);
            self.entries.insert(was.identity(), count);
            self.replacements.extend(is.map(ProvenEntry::identity));
            self.lost.push(LostEntry {
                identity: was.identity(),
                lines: old.source(was).trim_end().to_owned(),
                count,
                replaced_by: is.map(ProvenEntry::identity),
            });
        }
        self
    }

    /// The same with the instant that must stand again.
    #[must_use]
    pub fn of_instant(mut self, key: Key, was: Timestamp) -> Self {
        self.instants.push((key, was));
        self
    }

    /// What must be put back, unless something has mended it.
    pub fn mending(&self) -> Option<Mending> {
        let is_open = self.mended_by.is_none() && !(self.lost.is_empty() && self.instants.is_empty());
        is_open.then(|| Mending { commit: self.commit.clone(), entries: self.lost.clone(), instants: self.instants.clone() })
    }

    /// Follows the history: is this commit one of those that come after the break?
    pub fn follow(&mut self, commit: &CommitRecord) {
        if self.mended_by.is_none() && commit.parents.iter().any(|parent| self.descendants.contains(parent)) {
            self.descendants.insert(commit.id.clone());
        }
    }

    /// True while a commit descends from the break and nothing has mended it.
    pub fn is_open_at(&self, commit: &CommitRecord) -> bool {
        self.descendants.contains(&commit.id) && self.commit != commit.id && self.mended_by.as_ref().is_none_or(|by| *by == commit.id)
    }

    /// Looks whether a step holds again all that was lost.
    pub fn mend(&mut self, step: &Step<'_>) {
        if !self.is_open_at(step.commit) || self.mended_by.is_some() || (self.entries.is_empty() && self.instants.is_empty()) {
            return;
        }
        let Some(new) = &step.new else { return };
        let standing = counts(new.entries());
        let holds_entries = self.entries.iter().all(|(identity, count)| standing.get(identity).is_some_and(|standing| standing >= count));
        if holds_entries && self.instants.iter().all(|(key, was)| new.instant(*key) == Some(*was)) {
            self.mended_by = Some(step.commit.id.clone());
        }
    }

    /// True where the break has told already that a commit lacks an entry: it lost it, or it stood in the place of one that was lost.
    pub fn excuses(&self, commit: &CommitRecord, identity: &Identity) -> bool {
        (self.commit == commit.id || self.is_open_at(commit))
            && (self.entries.contains_key(identity) || self.replacements.contains(identity))
    }

    /// True where the break has told already that a commit has an instant otherwise.
    pub fn excuses_instant(&self, commit: &CommitRecord, key: Key) -> bool {
        (self.commit == commit.id || self.is_open_at(commit)) && self.instants.iter().any(|(other, _)| *other == key)
    }

    /// True for an entry that stands in the place of one that was lost.
    pub fn is_replacement(&self, identity: &Identity) -> bool {
        self.replacements.contains(identity)
    }

    /// An entry that stands now where another one stood, itself in the place of a lost one.
    pub fn also_replaced_by(&mut self, before: Identity, identity: Identity) {
        self.replacements.insert(identity);
        for lost in self.lost.iter_mut().filter(|lost| lost.replaced_by == Some(before)) {
            lost.replaced_by = Some(identity);
        }
    }

    /// True for an entry that was lost here and is back.
    pub fn brings_back(&self, identity: &Identity) -> bool {
        self.entries.contains_key(identity)
    }

    /// What is found: an error, or a warning once it is mended. `name` is how the incident is named in a command.
    pub fn finding(&self, name: &str) -> Finding {
        let finding = Finding { commit: Some(self.commit.clone()), ..self.rule.finding(self.message.clone()) };
        if let Some(by) = &self.mended_by {
            let message = format!("{}; mended by {}", self.message, short(by));
            return Finding { message, ..finding.at_level(Level::Warning) };
        }
        let judge = format!("qpp-incident verify --accept {} --reason TEXT judges it", short(&self.commit));
        let can_mend = !self.entries.is_empty() || !self.instants.is_empty();
        let mend = if can_mend { format!("qpp-incident repair {name} puts back what is lost; or ") } else { String::new() };
        finding.with_help(format!("{mend}{judge}"))
    }
}
