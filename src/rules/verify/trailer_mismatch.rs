//! `trailer-mismatch`: the message of a commit says something else than its documents: a digest without its entry, another time,
//! another kind, another incident.
//! PURE.

use crate::document::evidence::Evidence;
use crate::document::proven_entries::ProvenEntry;
use crate::domain::event_kinds::kinds_of;
use crate::domain::finding::Level;
use crate::domain::history::CommitRecord;
use crate::domain::incident_id::IncidentId;
use crate::domain::timestamp::Timestamp;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::{Step, commit_named, entry_named};
use crate::rules::verify::told::{Told, ToldEvent};

/// The rule.
pub static RULE: Rule = Rule {
    id: "trailer-mismatch",
    level: Level::Error,
    what: "a trailer contradicts its entry: no entry has the digest, or its time, kind or incident is another",
    source: "format: Commits; `Entry` is the digest of the entry as it stood when it was recorded",
};

/// What the message of a commit says wrongly; `steps` are all incidents that it touches.
pub fn check(commit: &CommitRecord, told: &Told, steps: &[Step<'_>]) -> Vec<String> {
    let with_entry = told.events.iter().filter_map(|event| Some((event, event.digest?)));
    if steps.is_empty() {
        let is_claimed = with_entry.count() > 0 && commit.parents.len() < 2;
        return is_claimed.then(|| format!("{} tells of an entry and changes no incident", commit_named(commit))).into_iter().collect();
    }
    let wrong = with_entry.filter_map(|(event, digest)| {
        let found: Vec<(&Evidence, &ProvenEntry)> = steps.iter().flat_map(|step| with_digest(step, digest)).collect();
        wrong(event, &found).map(|what| format!("{} {what}", commit_named(commit)))
    });
    wrong.chain(foreign(commit, told, steps)).collect()
}

fn with_digest<'a>(step: &'a Step<'_>, digest: u64) -> impl Iterator<Item = (&'a Evidence, &'a ProvenEntry)> {
    let new = step.new.as_deref();
    new.into_iter().flat_map(move |new| new.entries().iter().filter(move |entry| entry.digest == digest).map(move |entry| (new, entry)))
}

/// What an event says that none of the entries with its digest bears out.
fn wrong(event: &ToldEvent, found: &[(&Evidence, &ProvenEntry)]) -> Option<String> {
    let Some((evidence, entry)) = found.first() else {
        return Some(format!("attests an entry ({}) that its document does not have", named(event)));
    };
    let is_time = |at: Timestamp| found.iter().any(|(_, entry)| entry.at == at.floor_to_minute());
    if let Some(at) = event.occurred_at.filter(|at| !is_time(*at)) {
        let named = entry_named(evidence, entry);
        return Some(format!("says that the entry of {named} happened at {}", evidence.zone.rfc3339(at)));
    }
    let kinds = kinds_of(&event.name)?;
    let is_kind = found.iter().any(|(evidence, entry)| evidence.kind(entry).is_none_or(|kind| kinds.contains(&kind)));
    (!is_kind).then(|| format!("says `{}` of the entry of {}", event.name, entry_named(evidence, entry)))
}

fn named(event: &ToldEvent) -> String {
    if event.name.is_empty() { "no event".to_owned() } else { event.name.clone() }
}

/// Incidents that the message names and the commit does not touch.
fn foreign<'a>(commit: &'a CommitRecord, told: &'a Told, steps: &'a [Step<'_>]) -> impl Iterator<Item = String> + 'a {
    let touched = |step: &Step<'_>, id: &IncidentId| {
        let olds = step.pairs.iter().filter_map(|pair| pair.old.as_deref());
        step.id == *id || step.new.as_deref().into_iter().chain(olds).any(|evidence| evidence.is_called(id))
    };
    let foreign = told.incidents.iter().filter(move |id| told.digests().next().is_some() && !steps.iter().any(|step| touched(step, id)));
    foreign.map(|id| format!("{} tells of {id} and changes another incident", commit_named(commit)))
}
