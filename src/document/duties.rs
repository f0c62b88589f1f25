//! What is to be done next on an incident, in how long, and by whom: the pending clocks as people read them.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::domain::clock::{Clock, ClockName, ClockState, Miss};
use crate::domain::clocks::Clocks;
use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;

/// A pending clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Which clock.
    pub name: ClockName,
    /// The last instant that is in time.
    pub due: Timestamp,
    /// Running or overdue.
    pub state: ClockState,
    /// Seconds until it is due; negative when overdue.
    pub seconds: i64,
    /// Who acts, where the document knows them by name.
    pub people: Vec<Person>,
}

impl Duty {
    /// True when it is overdue and the process sets the deadline: advice is never a miss.
    pub fn is_missed(&self) -> bool {
        self.state == ClockState::Overdue && !self.name.is_advice()
    }

    /// True when it is overdue and must be said wherever the incident is: a miss, or nobody commands.
    pub fn is_pressing(&self) -> bool {
        self.is_missed() || (self.state == ClockState::Overdue && self.name == ClockName::Commander)
    }

    /// False for a rotation that is not due yet: nobody needs to read it.
    pub fn is_worth_saying(&self) -> bool {
        !(matches!(self.name, ClockName::Rotation(_)) && self.state == ClockState::Running)
    }

    /// `in 45 min`, `OVERDUE 12 min`; advice is only late: `late 12 min`.
    pub fn when(&self) -> String {
        let length = in_words(self.seconds);
        match self.state {
            ClockState::Overdue if self.is_missed() => format!("OVERDUE {length}"),
            ClockState::Overdue => format!("late {length}"),
            _ => format!("in {length}"),
        }
    }

    /// `the incident commander, Ada Byron`
    pub fn who(&self) -> String {
        let names: Vec<&str> = self.people.iter().map(|person| person.name.as_str()).collect();
        let is_commanders = self.name.who_acts() == "the incident commander";
        match names.as_slice() {
            [] if is_commanders => format!("{} (none yet)", self.name.who_acts()),
            [] => self.name.who_acts().to_owned(),
            names => format!("{}, {}", self.name.who_acts(), names.join(", ")),
        }
    }
}

/// What is pending, the most urgent first; advice behind what the process sets a deadline for.
pub fn duties(document: &IncidentDocument, clocks: &Clocks) -> Vec<Duty> {
    let pending = clocks.all().into_iter().filter(|(_, clock)| clock.is_pending());
    let duty = |(name, clock): (ClockName, &Clock)| {
        let people = who_acts(&name, document);
        Some(Duty { name, due: clock.due?, state: clock.state, seconds: clock.seconds?, people })
    };
    let mut duties: Vec<Duty> = pending.filter_map(duty).collect();
    duties.sort_by_key(|duty| (duty.name.is_advice(), duty.due));
    duties
}

/// What was missed and stays on record, with the clock it was missed of.
pub fn misses(clocks: &Clocks) -> Vec<(ClockName, Miss)> {
    let all = clocks.all();
    all.into_iter().flat_map(|(name, clock)| clock.misses.iter().map(move |miss| (name.clone(), miss.clone()))).collect()
}

fn who_acts(name: &ClockName, document: &IncidentDocument) -> Vec<Person> {
    match name {
        ClockName::Acknowledge | ClockName::Rca => Vec::new(),
        ClockName::Document | ClockName::Inquiry(_) | ClockName::Rotation(_) => document.commander().into_iter().collect(),
        ClockName::Approval(_) => document.header().people(Key::BusinessOwners),
        ClockName::Commander | ClockName::SecondResponder => {
            let entries = document.timeline().standing().map(|found| &found.entry);
            let acknowledged = entries.filter(|entry| entry.kind == Some(EntryKind::Acknowledged)).last();
            acknowledged.and_then(|entry| entry.by.as_deref()).map(|name| document.person_named(name)).into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::document::clock_facts::clock_facts;
    use crate::document::config::Config;
    use crate::domain::clocks::clocks;

    fn duties_at(now: &str, header: &str) -> Vec<String> {
        let text = format!(
            "---\nid: INC-K7QFM\ntitle: x\n{header}---\n# x\n\n**Status:** x\n**Authors:** Ada Byron\n\n## Timeline\n\n### 2026-11-23\n\n- 00:00 EST: **Acknowledged.** — Ada Byron\n"
        );
        let document = IncidentDocument::parse(&text).unwrap();
        let now = format!("2026-11-23T{now}-05:00").parse().unwrap();
        let clocks = clocks(&clock_facts(&document, None, &Config::default(), now));
        let line =
            |duty: &Duty| format!("{} {} by {}{}", duty.when(), duty.name.words(), duty.who(), if duty.is_pressing() { "!" } else { "" });
        duties(&document, &clocks).iter().filter(|duty| duty.is_worth_saying()).map(line).collect()
    }

    const HEADER: &str = "status: acknowledged\nacknowledged_at: 2026-11-23T00:00:30-05:00\n";

    #[test]
    fn advice_comes_behind_deadlines_and_is_late_and_never_overdue() {
        assert_eq!(
            duties_at("00:20:30", HEADER),
            [
                "in 1 h 39 min update the live document by the incident commander (none yet)",
                "late 5 min name an incident commander by the responder who acknowledged, Ada Byron!",
                "late 5 min alert a second responder by the responder who acknowledged, Ada Byron",
            ]
        );
    }

    #[test]
    fn a_rotation_is_said_once_it_is_due() {
        let header = format!("{HEADER}commander: Pat Lee <p@example.org>\nresponders:\n  - Ada Byron <a@example.org>\n");
        assert!(!duties_at("02:59:00", &header).iter().any(|line| line.contains("relieve")));
        let late = duties_at("03:10:00", &header);
        assert_eq!(late[0], "OVERDUE 1 h 10 min update the live document by the incident commander, Pat Lee!");
        assert!(late.contains(&"late 9 min relieve Pat Lee by the incident commander, Pat Lee".to_owned()), "{late:?}");
    }
}
