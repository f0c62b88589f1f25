//! The facts of an incident that its clocks are computed from.
//! PURE: plain instants and people, filled in by whoever has read the document.

use crate::domain::business_day::DaysOff;
use crate::domain::person::Person;
use crate::domain::reference::Reference;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// What the first response, an answer and the naming of people may take, in seconds, unless config says otherwise.
///
/// # Source
/// The process: "The response time goal for initial notification is 15 minutes"; "responding to inquiries within 15 minutes".
pub const RESPONSE_SECONDS: i64 = 15 * 60;

/// How often the live document is written, in seconds, unless something shorter was agreed.
///
/// # Source
/// The process: "at least once every 2 hours".
pub const DOCUMENT_SECONDS: i64 = 2 * 3600;

/// After how long in a role a rotation is suggested, in seconds, unless config says otherwise.
pub const ROLE_SECONDS: i64 = 3 * 3600;

/// An inquiry, or an approval that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its reference.
    pub reference: Reference,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was answered, approved or declined.
    pub answered_at: Option<Timestamp>,
}

/// A close, and the reopening that undid it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// When it was closed.
    pub closed_at: Timestamp,
    /// When it was opened again; `None` while it is closed.
    pub reopened_at: Option<Timestamp>,
    /// True when the reason was `resolved`; a duplicate, a false alarm or a transfer needs no RCA.
    pub is_resolved: bool,
}

/// Everything the clocks are computed from. Instants of front matter count to the second, entries from their minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockFacts {
    /// The instant that is looked at.
    pub now: Timestamp,
    /// The document's zone.
    pub zone: Zone,
    /// When it was reported.
    pub reported_at: Option<Timestamp>,
    /// When the document was opened; stands in for the first writing.
    pub opened_at: Option<Timestamp>,
    /// When somebody took it.
    pub acknowledged_at: Option<Timestamp>,
    /// Every close, oldest first; the last has no `reopened_at` while the incident is closed.
    pub closings: Vec<Closing>,
    /// Who became incident commander when, oldest first.
    pub commanders: Vec<(Timestamp, Person)>,
    /// Since when each present responder is in the role, the commander left out.
    pub responders: Vec<(Timestamp, Person)>,
    /// When the document was written to (`logged`, else the entry's time), in order.
    pub writings: Vec<Timestamp>,
    /// When further responders were alerted (`page`, `responder add`), in order.
    pub alerted_at: Vec<Timestamp>,
    /// The inquiries, oldest first.
    pub inquiries: Vec<Question>,
    /// The approvals asked for, oldest first.
    pub approvals: Vec<Question>,
    /// Each time the RCA was declared done, in order; after a reopen it is a draft again.
    pub rca_done_at: Vec<Timestamp>,
    /// Days without business beside the federal holidays, from config.
    pub days_off: DaysOff,
    /// For the acknowledgement; see [`RESPONSE_SECONDS`].
    pub acknowledge_seconds: i64,
    /// For inquiries and approvals; see [`RESPONSE_SECONDS`].
    pub inquiry_seconds: i64,
    /// For naming the commander and alerting a second responder; see [`RESPONSE_SECONDS`].
    pub commander_seconds: i64,
    /// See [`DOCUMENT_SECONDS`].
    pub document_seconds: i64,
    /// See [`ROLE_SECONDS`].
    pub role_seconds: i64,
}

impl ClockFacts {
    /// Facts of which nothing is known but the instant and the zone, with the process's intervals.
    pub fn new(now: Timestamp, zone: Zone) -> Self {
        Self {
            now,
            zone,
            reported_at: None,
            opened_at: None,
            acknowledged_at: None,
            closings: Vec::new(),
            commanders: Vec::new(),
            responders: Vec::new(),
            writings: Vec::new(),
            alerted_at: Vec::new(),
            inquiries: Vec::new(),
            approvals: Vec::new(),
            rca_done_at: Vec::new(),
            days_off: DaysOff::default(),
            acknowledge_seconds: RESPONSE_SECONDS,
            inquiry_seconds: RESPONSE_SECONDS,
            commander_seconds: RESPONSE_SECONDS,
            document_seconds: DOCUMENT_SECONDS,
            role_seconds: ROLE_SECONDS,
        }
    }

    /// When it was closed, while it is.
    pub fn closed_at(&self) -> Option<Timestamp> {
        self.closings.last().filter(|closing| closing.reopened_at.is_none()).map(|closing| closing.closed_at)
    }

    /// Whether it stood closed at an instant.
    pub fn is_closed_at(&self, at: Timestamp) -> bool {
        self.closings.iter().any(|closing| at > closing.closed_at && closing.reopened_at.is_none_or(|reopened_at| at < reopened_at))
    }

    /// Who was incident commander at an instant.
    pub fn commander_at(&self, at: Timestamp) -> Option<Person> {
        self.commanders.iter().rfind(|(since, _)| *since <= at).map(|(_, person)| person.clone())
    }
}
