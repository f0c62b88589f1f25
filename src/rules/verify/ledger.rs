//! What `verify` remembers while the history goes by, the first commit first: breaks and what mends them, what was attested, judgments.
//! PURE. Fed one commit at a time; holds no history.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::document::evidence::Evidence;
use crate::document::mended_record::Mending;
use crate::document::proven_entries::ProvenEntry;
use crate::domain::finding::Finding;
use crate::domain::history::CommitRecord;
use crate::domain::incident_id::IncidentId;
use crate::rules::check::rule::Rule;
use crate::rules::verify::judgment::Judgments;
use crate::rules::verify::open_break::Break;
use crate::rules::verify::reader::EvidenceReader;
use crate::rules::verify::signature::Candidate;
use crate::rules::verify::step::{Pair, Step};
use crate::rules::verify::steps::{ReadChange, id_in_path, read};
use crate::rules::verify::told::Told;
use crate::rules::verify::{
    by_hand, committed_late, document_unread, entry_changed, entry_lost, entry_unattested, instant_changed, trailer_mismatch,
};

/// An incident that the history tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIncident {
    /// Its last id.
    pub id: IncidentId,
    /// Its document's last path.
    pub path: String,
    /// True when its document was taken out of the history's tip.
    pub is_gone: bool,
}

/// A finding that is told once an incident, with the first commit and how many there are.
#[derive(Debug)]
struct First {
    rule: &'static Rule,
    message: String,
    help: Option<&'static str>,
    commit: String,
    count: usize,
}

/// The state of a walk through the history.
#[derive(Debug, Default)]
pub struct Ledger {
    reader: EvidenceReader,
    attested: HashSet<u64>,
    incidents: Vec<KnownIncident>,
    by_path: HashMap<String, usize>,
    breaks: Vec<Break>,
    firsts: BTreeMap<(&'static str, Option<usize>), First>,
    judgments: Judgments,
    candidates: Vec<Candidate>,
    commits: usize,
    came_from_elsewhere: Vec<String>,
}

impl Ledger {
    /// Takes the next commit; its parents were taken before it.
    pub fn take(&mut self, commit: &CommitRecord) {
        self.commits += 1;
        let told = Told::read(&commit.message);
        self.judgments.take(commit, &told);
        self.attested.extend(told.digests());
        self.breaks.iter_mut().for_each(|open| open.follow(commit));
        // Against parents that are not here everything would be new.
        if commit.is_cut_off || (commit.changes.is_empty() && told.digests().next().is_none()) {
            return;
        }
        let changes = read(commit, &mut self.reader);
        let steps = self.steps(commit, &told, changes);
        for (incident, step) in &steps {
            self.look(*incident, step);
        }
        let (incidents, steps): (Vec<usize>, Vec<Step<'_>>) = steps.into_iter().unzip();
        let first = incidents.first().copied();
        for message in trailer_mismatch::check(commit, &told, &steps) {
            self.breaks.push(Break::new(&trailer_mismatch::RULE, first, commit, message));
        }
        if let Some(message) = committed_late::check(commit, &told) {
            self.first(&committed_late::RULE, first, commit, message, Some(committed_late::HELP));
        }
    }

    /// The changes of a commit by incident.
    fn steps<'a>(&mut self, commit: &'a CommitRecord, told: &'a Told, changes: Vec<ReadChange>) -> Vec<(usize, Step<'a>)> {
        let mut grouped: Vec<(usize, Vec<ReadChange>)> = Vec::new();
        for change in changes {
            let incident = self.incident(&change);
            match grouped.iter_mut().find(|(other, _)| *other == incident) {
                Some((_, group)) => group.push(change),
                None => grouped.push((incident, vec![change])),
            }
        }
        let step = |(incident, group): (usize, Vec<ReadChange>)| {
            let id = self.incidents.get(incident).map(|known| known.id.clone())?;
            let new = group.iter().find_map(|change| change.new.clone());
            let olds = group.into_iter().map(|change| change.old).collect();
            Some((incident, Step::new(commit, told, id, new, olds)))
        };
        grouped.into_iter().filter_map(step).collect()
    }

    /// The incident of a document, known by the path it has or had.
    fn incident(&mut self, change: &ReadChange) -> usize {
        let evidence = change.new.as_ref().or(change.old.as_ref());
        let own = evidence.and_then(|evidence| evidence.last_facts.as_ref().map(|facts| facts.id.clone()));
        let known = self.by_path.get(&change.path).or_else(|| self.by_path.get(change.moved_from.as_ref()?)).copied();
        let incident = known.unwrap_or(self.incidents.len());
        let id = own.or_else(|| id_in_path(&change.path)).unwrap_or_else(|| IncidentId::from_random([0; 5]));
        let last = KnownIncident { id, path: change.path.clone(), is_gone: change.new.is_none() };
        match self.incidents.get_mut(incident) {
            Some(known) => *known = last,
            None => self.incidents.push(last),
        }
        self.by_path.insert(change.path.clone(), incident);
        incident
    }

    /// Applies the rules to one incident's step.
    fn look(&mut self, incident: usize, step: &Step<'_>) {
        let own = |open: &&mut Break| open.incident == Some(incident);
        self.breaks.iter_mut().filter(own).for_each(|open| open.mend(step));
        for pair in &step.pairs {
            self.look_at_pair(incident, step, pair);
        }
        self.look_at_gained(incident, step);
        if let Some(message) = document_unread::check(step) {
            self.first(&document_unread::RULE, Some(incident), step.commit, message, None);
        }
        if let Some(message) = by_hand::check(step) {
            self.first(&by_hand::RULE, Some(incident), step.commit, message, None);
        }
        let path = self.incidents.get(incident).map(|known| known.path.clone()).unwrap_or_default();
        self.candidates.push(Candidate {
            commit: step.commit.id.clone(),
            named: step.named(),
            committer: step.commit.committer.clone(),
            is_signed: step.commit.is_signed,
            incident: step.id.clone(),
            path,
        });
    }

    fn look_at_pair(&mut self, incident: usize, step: &Step<'_>, pair: &Pair) {
        let Some(old) = &pair.old else { return };
        if let Some(message) = instant_changed::moved_zone(step, pair) {
            let all = old.entries().iter().map(|entry| (entry, None));
            let broken = Break::new(&instant_changed::RULE, Some(incident), step.commit, message);
            return self.breaks.push(broken.of_entries(old, all));
        }
        self.look_at_lost(incident, step, pair, old);
        for changed in instant_changed::find(step, pair) {
            if !self.breaks.iter().any(|open| open.incident == Some(incident) && open.excuses_instant(step.commit, changed.key)) {
                let broken = Break::new(&instant_changed::RULE, Some(incident), step.commit, changed.message);
                self.breaks.push(broken.of_instant(changed.key, changed.was));
            }
        }
    }

    fn look_at_lost(&mut self, incident: usize, step: &Step<'_>, pair: &Pair, old: &Evidence) {
        if pair.delta.lost.is_empty() {
            return;
        }
        // What another parent has, or the commit attests, stands for itself and not in the place of something else.
        let attested: HashSet<u64> = step.told.digests().collect();
        let gained: Vec<ProvenEntry> = step.gained.iter().filter(|entry| !attested.contains(&entry.digest)).cloned().collect();
        let lost = pair.delta.lost.clone();
        let paired = match &step.new {
            Some(new) => entry_changed::pairs(old, new, lost, &gained),
            None => lost.into_iter().map(|entry| (entry, None)).collect(),
        };
        let (mut changed, mut missing) = (Vec::new(), Vec::new());
        for (was, is) in paired {
            let told = self.breaks.iter_mut().find(|open| open.incident == Some(incident) && open.excuses(step.commit, &was.identity()));
            match (told, is) {
                (Some(open), Some(is)) => open.also_replaced_by(was.identity(), is.identity()),
                (Some(_), None) => {}
                (None, Some(is)) => changed.push((was, is)),
                (None, None) => missing.push(was),
            }
        }
        if !missing.is_empty() {
            let broken = Break::new(&entry_lost::RULE, Some(incident), step.commit, entry_lost::message(step, old, &missing));
            self.breaks.push(broken.of_entries(old, missing.iter().map(|was| (was, None))));
        }
        if let (Some(new), false) = (&step.new, changed.is_empty()) {
            let message = entry_changed::message(step, old, new, &changed);
            let broken = Break::new(&entry_changed::RULE, Some(incident), step.commit, message);
            self.breaks.push(broken.of_entries(old, changed.iter().map(|(was, is)| (was, Some(is)))));
        }
    }

    fn look_at_gained(&mut self, incident: usize, step: &Step<'_>) {
        let unattested = entry_unattested::find(step, &|digest| self.attested.contains(&digest));
        let is_told = |entry: &ProvenEntry| {
            let identity = entry.identity();
            let mut breaks = self.breaks.iter().filter(|open| open.incident == Some(incident));
            breaks.any(|open| open.is_replacement(&identity) || open.brings_back(&identity))
        };
        let unattested: Vec<&ProvenEntry> = unattested.into_iter().filter(|entry| !is_told(entry)).collect();
        if unattested.is_empty() {
            return;
        }
        if step.pairs.iter().all(|pair| pair.old.is_none()) {
            self.came_from_elsewhere.extend(self.incidents.get(incident).map(|known| known.path.clone()));
        }
        let message = entry_unattested::message(step, &unattested);
        self.first(&entry_unattested::RULE, Some(incident), step.commit, message, Some(entry_unattested::HELP));
    }

    /// Tells of something once an incident, and counts the rest.
    fn first(&mut self, rule: &'static Rule, incident: Option<usize>, commit: &CommitRecord, message: String, help: Option<&'static str>) {
        let first = First { rule, message, help, commit: commit.id.clone(), count: 0 };
        self.firsts.entry((rule.id, incident)).or_insert(first).count += 1;
    }

    /// How many commits were taken.
    pub fn commits(&self) -> usize {
        self.commits
    }

    /// The incidents that the history tells of, in the order of their first commits.
    pub fn incidents(&self) -> &[KnownIncident] {
        &self.incidents
    }

    /// Documents that came with entries which no commit on the way attests: their history may be under another path.
    pub fn came_from_elsewhere(&self) -> &[String] {
        &self.came_from_elsewhere
    }

    /// The commits on incidents, for the rule about signatures.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// What is to be put back into a document, the first break first; what was judged stays as it is.
    pub fn mendings(&self, path: &str) -> Vec<Mending> {
        let here = |open: &&Break| open.incident.and_then(|incident| self.incidents.get(incident)).is_some_and(|known| known.path == path);
        let mendings = self.breaks.iter().filter(here).filter_map(Break::mending);
        mendings.filter(|mending| !self.judgments.has(&mending.commit)).collect()
    }

    /// Takes the judgments of a commit that is not on the way.
    pub fn take_judgment(&mut self, commit: &CommitRecord) {
        self.judgments.take(commit, &Told::read(&commit.message));
    }

    /// A finding as it counts after the judgments.
    pub fn judged(&self, finding: Finding) -> Finding {
        self.judgments.applied(finding)
    }

    /// What was found, with place and incident, judgments applied.
    pub fn findings(&self) -> Vec<Finding> {
        let broken = self.breaks.iter().map(|open| {
            let name =
                open.incident.and_then(|incident| self.incidents.get(incident)).map_or_else(String::new, |known| known.id.to_string());
            self.placed(open.incident, open.finding(&name))
        });
        let firsts = self.firsts.iter().map(|((_, incident), first)| self.placed(*incident, first.finding()));
        broken.chain(firsts).map(|finding| self.judgments.applied(finding)).collect()
    }

    fn placed(&self, incident: Option<usize>, finding: Finding) -> Finding {
        let known = incident.and_then(|incident| self.incidents.get(incident));
        let (path, incident) = known.map(|known| (known.path.clone(), known.id.clone())).unzip();
        Finding { path, incident, ..finding }
    }
}

impl First {
    fn finding(&self) -> Finding {
        let more = match self.count {
            1 => String::new(),
            2 => "; 1 more commit is like it".to_owned(),
            count => format!("; {} more commits are like it", count - 1),
        };
        let finding = Finding { commit: Some(self.commit.clone()), ..self.rule.finding(format!("{}{more}", self.message)) };
        Finding { help: self.help.map(str::to_owned), ..finding }
    }
}
