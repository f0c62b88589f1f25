//! The deadlines of the process: what is due when, what was met, and what was missed.
//! PURE: computed from facts for any "now"; nothing is stored, so a miss stays for as long as its facts do.

use crate::domain::business_day::end_of_next_business_day;
use crate::domain::clock::{Clock, ClockName, ClockState, Miss};
use crate::domain::clock_facts::{ClockFacts, Question};
use crate::domain::person::Person;
use crate::domain::reference::Reference;
use crate::domain::timestamp::Timestamp;

/// All clocks of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// Somebody takes it.
    pub acknowledge: Clock,
    /// The live document is written to.
    pub document: Clock,
    /// Inquiries are answered.
    pub inquiries: Vec<(Reference, Clock)>,
    /// Approvals are given or declined.
    pub approvals: Vec<(Reference, Clock)>,
    /// An incident commander is named (advice).
    pub commander: Clock,
    /// A second responder is alerted (advice).
    pub second_responder: Clock,
    /// Who has been long in a role hands over (advice; never a miss): the commander first.
    pub rotations: Vec<(Person, Clock)>,
    /// The RCA is done.
    pub rca: Clock,
}

/// Computes all clocks.
///
/// # Source
/// Spec §4 "Clocks".
pub fn clocks(facts: &ClockFacts) -> Clocks {
    let first_commander = facts.commanders.first().map(|(since, _)| *since);
    Clocks {
        acknowledge: facts.after(facts.reported_at, facts.acknowledge_seconds, facts.acknowledged_at),
        document: document(facts),
        inquiries: facts.inquiries.iter().map(|inquiry| (inquiry.reference, question(facts, inquiry))).collect(),
        approvals: facts.approvals.iter().map(|approval| (approval.reference, question(facts, approval))).collect(),
        commander: facts.after(facts.acknowledged_at, facts.commander_seconds, first_commander),
        second_responder: facts.after(facts.acknowledged_at, facts.commander_seconds, facts.alerted_at.first().copied()),
        rotations: rotations(facts),
        rca: rca(facts),
    }
}

/// The spans in which the incident was open: from its first writing, or a reopening, to a close; the last without an end
/// while it is open.
fn open_spans(facts: &ClockFacts) -> Vec<(Timestamp, Option<Timestamp>)> {
    let Some(first) = facts.writings.first().copied().or(facts.opened_at) else { return Vec::new() };
    let starts = std::iter::once(Some(first)).chain(facts.closings.iter().map(|closing| closing.reopened_at));
    let ends = facts.closings.iter().map(|closing| Some(closing.closed_at)).chain([None]);
    starts.zip(ends).filter_map(|(start, end)| Some((start?, end))).collect()
}

/// The live document: due again after each writing, as long as the incident is open. Writings after a close count for nothing.
fn document(facts: &ClockFacts) -> Clock {
    let mut clock = Clock::none();
    for (start, end) in open_spans(facts) {
        let until = end.unwrap_or(facts.now);
        let mut last = start;
        for writing in facts.writings.iter().copied().filter(|writing| *writing > start && end.is_none_or(|end| *writing <= end)) {
            let due = last.plus_seconds(facts.document_seconds);
            clock.misses.extend((writing > due).then(|| facts.miss(due, Some(writing), until)));
            last = writing;
        }
        let stopped = facts.once(last.plus_seconds(facts.document_seconds), None, end);
        clock.misses.extend(stopped.misses);
        clock = Clock { misses: clock.misses, ..stopped };
    }
    clock
}

/// A question asked after the close starts no clock; one asked before it waits for its answer, close or not.
fn question(facts: &ClockFacts, question: &Question) -> Clock {
    if facts.is_closed_at(question.asked_at) {
        return Clock::none();
    }
    let mut clock = facts.once(question.asked_at.plus_seconds(facts.inquiry_seconds), question.answered_at, None);
    for miss in &mut clock.misses {
        miss.reference = Some(question.reference);
    }
    clock
}

/// How long the commander and the responders have been in their roles. A suggestion, so nothing is ever missed.
fn rotations(facts: &ClockFacts) -> Vec<(Person, Clock)> {
    if facts.closed_at().is_some() {
        return Vec::new();
    }
    let commander = facts.commanders.last();
    let others = facts.responders.iter().filter(|(_, person)| !commander.is_some_and(|(_, commander)| commander.is_same(person)));
    let clock = |since: Timestamp| Clock { misses: Vec::new(), ..facts.once(since.plus_seconds(facts.role_seconds), None, None) };
    commander.into_iter().chain(others).map(|(since, person)| (person.clone(), clock(*since))).collect()
}

/// The RCA, due once for each close as resolved; a reopening stops it, and makes what was done a draft again.
fn rca(facts: &ClockFacts) -> Clock {
    let mut clock = Clock::none();
    let mut begins_at = None;
    for closing in &facts.closings {
        let is_of_this =
            |done: &&Timestamp| Some(**done) > begins_at && closing.reopened_at.is_none_or(|reopened_at| **done <= reopened_at);
        let done_at = facts.rca_done_at.iter().find(is_of_this).copied();
        if closing.is_resolved {
            let due = end_of_next_business_day(closing.closed_at, facts.zone, &facts.days_off);
            let this = facts.once(due, done_at, closing.reopened_at.filter(|_| done_at.is_none()));
            clock.misses.extend(this.misses);
            clock = Clock { misses: clock.misses, ..this };
        }
        if !closing.is_resolved || closing.reopened_at.is_some() {
            clock = Clock { misses: clock.misses, ..Clock::none() };
        }
        begins_at = closing.reopened_at;
    }
    clock
}

impl ClockFacts {
    fn miss(&self, due: Timestamp, met_at: Option<Timestamp>, until: Timestamp) -> Miss {
        let commander = self.commander_at(due);
        Miss { due, met_at, seconds_late: met_at.unwrap_or(until).seconds_since(due), reference: None, commander }
    }

    /// A duty that is done once. One that is not done when it is stopped no longer applies; if it was due by then, that stays.
    fn once(&self, due: Timestamp, met_at: Option<Timestamp>, stopped_at: Option<Timestamp>) -> Clock {
        let until = stopped_at.unwrap_or(self.now);
        let is_missed = met_at.unwrap_or(until) > due;
        let misses = if is_missed { vec![self.miss(due, met_at, until)] } else { Vec::new() };
        let state = match (met_at, stopped_at) {
            (None, Some(_)) => return Clock { misses, ..Clock::none() },
            (Some(_), _) if is_missed => ClockState::Late,
            (Some(_), _) => ClockState::Met,
            (None, None) if is_missed => ClockState::Overdue,
            (None, None) => ClockState::Running,
        };
        Clock { due: Some(due), met_at, state, seconds: Some(due.seconds_since(met_at.unwrap_or(self.now))), misses }
    }

    /// A duty due some seconds after an instant, stopped by the close; none while the instant is not known.
    fn after(&self, from: Option<Timestamp>, seconds: i64, met_at: Option<Timestamp>) -> Clock {
        let stopped_at = self.closed_at().filter(|_| met_at.is_none());
        from.map_or_else(Clock::none, |from| self.once(from.plus_seconds(seconds), met_at, stopped_at))
    }
}

impl Clocks {
    /// Every clock with its name: duties first, advice last.
    pub fn all(&self) -> Vec<(ClockName, &Clock)> {
        let mut all = vec![(ClockName::Acknowledge, &self.acknowledge), (ClockName::Document, &self.document)];
        all.extend(self.inquiries.iter().map(|(reference, clock)| (ClockName::Inquiry(*reference), clock)));
        all.extend(self.approvals.iter().map(|(reference, clock)| (ClockName::Approval(*reference), clock)));
        all.extend([(ClockName::Rca, &self.rca), (ClockName::Commander, &self.commander)]);
        all.push((ClockName::SecondResponder, &self.second_responder));
        all.extend(self.rotations.iter().map(|(person, clock)| (ClockName::Rotation(person.clone()), clock)));
        all
    }
}

/// What is due next, overdue or not: the earliest. A second responder and a rotation come only when nothing else is due.
pub fn next_due(clocks: &Clocks) -> Option<(ClockName, Timestamp)> {
    let pending = clocks.all().into_iter().filter(|(_, clock)| clock.is_pending());
    let dated = pending.filter_map(|(name, clock)| Some((name, clock.due?)));
    dated.min_by_key(|(name, due)| (matches!(name, ClockName::SecondResponder | ClockName::Rotation(_)), *due))
}

#[cfg(test)]
mod tests;
