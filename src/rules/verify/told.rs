//! What a commit's message says of itself: whose incident, which events, which entries. Its last paragraph attests; the same lines
//! elsewhere in the message are what a squash has left of other commits.
//! PURE.

use std::collections::HashSet;

use crate::document::commit_message::{CLOCK_SUPPLIED, KEPT, trailers};
use crate::domain::incident_id::IncidentId;
use crate::domain::timestamp::Timestamp;

/// One event of a commit, as its trailers tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldEvent {
    /// `log`
    pub name: String,
    /// When it happened, if the message says so.
    pub occurred_at: Option<Timestamp>,
    /// The digest of its entry, if it has one.
    pub digest: Option<u64>,
}

/// What a message says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The incidents that it names.
    pub incidents: Vec<IncidentId>,
    /// Its events in order.
    pub events: Vec<ToldEvent>,
    /// The clock was given from outside.
    pub clock_supplied: bool,
    /// The entry was kept for a while before it could be committed.
    pub kept: bool,
    /// Digests that stand in the message, but not where trailers stand.
    pub squashed: HashSet<u64>,
    /// The commits that it judges, and why.
    pub judged: Vec<(String, String)>,
}

/// The event of a commit that keeps an edit by hand.
const BY_HAND: &str = "edit";

impl Told {
    /// Reads a message.
    pub fn read(message: &str) -> Self {
        if !message.contains(": ") {
            return Self::default();
        }
        let mut told = Self::default();
        let mut judged = Vec::new();
        for (key, value) in trailers(message) {
            match key.as_str() {
                "Incident" => told.incidents.extend(value.parse::<IncidentId>().ok()),
                "Event" => told.events.push(ToldEvent { name: value, ..ToldEvent::default() }),
                "Occurred-At" => told.of_last(|event| event.occurred_at = value.parse().ok()),
                "Entry" => told.of_last(|event| event.digest = digest(&value)),
                "Accepts" => judged.push(value),
                "Reason" => told.judged.extend(judged.drain(..).map(|commit| (commit, value.clone()))),
                key if key == KEPT.0 => told.kept = value == KEPT.1,
                key if key == CLOCK_SUPPLIED.0 => told.clock_supplied = value == CLOCK_SUPPLIED.1,
                _ => {}
            }
        }
        let written = message.lines().filter_map(|line| line.trim().strip_prefix("Entry: ")).filter_map(digest);
        let attested: HashSet<u64> = told.digests().collect();
        told.squashed = written.filter(|digest| !attested.contains(digest)).collect();
        told
    }

    /// Says something of the event that a trailer belongs to: the one before it. An entry without an event stands for itself.
    fn of_last(&mut self, say: impl FnMut(&mut ToldEvent)) {
        if self.events.is_empty() {
            self.events.push(ToldEvent::default());
        }
        self.events.last_mut().into_iter().for_each(say);
    }

    /// The digests of the entries that the commit attests.
    pub fn digests(&self) -> impl Iterator<Item = u64> + '_ {
        self.events.iter().filter_map(|event| event.digest)
    }

    /// True when a command made the commit, and not an editor or plain git.
    pub fn is_ours(&self) -> bool {
        self.events.iter().any(|event| event.name != BY_HAND)
    }

    /// True when this program made the commit at all, be it for an edit by hand.
    pub fn has_event(&self) -> bool {
        !self.events.is_empty()
    }
}

fn digest(text: &str) -> Option<u64> {
    (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_told_in_order_with_time_and_digest() {
        let told = Told::read(
            "INC-K7QFM open: x\n\nIncident: INC-K7QFM\nEvent: open\nOccurred-At: 2026-11-23T00:10:00-05:00\nEntry: 6b1f4c0a3d5e7f88\nEvent: ack\nEntry: 0000000000000001\nClock: supplied\n",
        );
        let names: Vec<(&str, bool, Option<u64>)> =
            told.events.iter().map(|event| (event.name.as_str(), event.occurred_at.is_some(), event.digest)).collect();
        assert_eq!(names, [("open", true, Some(0x6b1f_4c0a_3d5e_7f88)), ("ack", false, Some(1))]);
        assert!(told.clock_supplied && told.is_ours() && told.squashed.is_empty());
        assert_eq!(told.incidents.len(), 1);
    }

    #[test]
    fn the_trailers_of_other_commits_in_a_squash_do_not_attest() {
        let told = Told::read("Squash (#4)\n\n* log: a\n\nIncident: INC-K7QFM\nEvent: log\nEntry: 0000000000000001\n\nSigned-off-by: x\n");
        assert_eq!((told.digests().count(), told.squashed.len(), told.has_event()), (0, 1, false));
    }

    #[test]
    fn an_edit_by_hand_is_kept_by_us_and_made_by_somebody() {
        let told = Told::read("INC-K7QFM edit: by hand\n\nIncident: INC-K7QFM\nEvent: edit\n");
        assert!(told.has_event() && !told.is_ours());
        assert_eq!(Told::read("fix: typo\n"), Told::default());
    }
}
