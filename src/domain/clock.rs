//! One clock: a duty with the last instant that is in time, and what was ever missed of it.
//! PURE: values. They are computed in `domain::clocks` from `domain::clock_facts`.

use serde::Serialize;

use crate::domain::person::Person;
use crate::domain::reference::Reference;
use crate::domain::timestamp::Timestamp;

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockState {
    /// Not met, and still in time.
    Running,
    /// Met in time.
    Met,
    /// Met after it was due.
    Late,
    /// Not met, and due already.
    Overdue,
    /// Does not apply: not yet, or no longer.
    None,
}

/// A duty that was not done in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The last instant that would have been in time.
    pub due: Timestamp,
    /// When it was done after all.
    pub met_at: Option<Timestamp>,
    /// From `due` until it was done, until the clock stopped, or until now.
    pub seconds_late: i64,
    /// The question, for questions.
    #[serde(rename = "ref")]
    pub reference: Option<Reference>,
    /// Who was incident commander when it fell due.
    pub commander: Option<Person>,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// The last instant that is in time.
    pub due: Option<Timestamp>,
    /// When it was met.
    #[serde(skip)]
    pub met_at: Option<Timestamp>,
    /// Where it stands.
    pub state: ClockState,
    /// From `met_at`, or else now, until `due`; negative when late.
    pub seconds: Option<i64>,
    /// All that was ever missed, oldest first.
    pub misses: Vec<Miss>,
}

impl Clock {
    /// A clock that does not apply.
    pub fn none() -> Self {
        Self { due: None, met_at: None, state: ClockState::None, seconds: None, misses: Vec::new() }
    }

    /// True while somebody is to act.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, ClockState::Running | ClockState::Overdue)
    }
}

/// Which clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockName {
    /// Somebody takes it.
    Acknowledge,
    /// The live document is written to.
    Document,
    /// An inquiry is answered.
    Inquiry(Reference),
    /// An approval is given or declined.
    Approval(Reference),
    /// An incident commander is named.
    Commander,
    /// A second responder is alerted.
    SecondResponder,
    /// Somebody hands over.
    Rotation(Person),
    /// The RCA is done.
    Rca,
}

impl ClockName {
    /// What is to be done, for people.
    pub fn words(&self) -> String {
        match self {
            Self::Acknowledge => "acknowledge the incident".to_owned(),
            Self::Document => "update the live document".to_owned(),
            Self::Inquiry(reference) => format!("answer inquiry {reference}"),
            Self::Approval(reference) => format!("decide on approval {reference}"),
            Self::Commander => "name an incident commander".to_owned(),
            Self::SecondResponder => "alert a second responder".to_owned(),
            Self::Rotation(person) => format!("relieve {}", person.name),
            Self::Rca => "finish the RCA".to_owned(),
        }
    }

    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Document => "document",
            Self::Inquiry(_) => "inquiry",
            Self::Approval(_) => "approval",
            Self::Commander => "commander",
            Self::SecondResponder => "second_responder",
            Self::Rotation(_) => "rotation",
            Self::Rca => "rca",
        }
    }

    /// The question, for questions.
    pub fn reference(&self) -> Option<Reference> {
        match self {
            Self::Inquiry(reference) | Self::Approval(reference) => Some(*reference),
            _ => None,
        }
    }

    /// Who acts next.
    pub fn who_acts(&self) -> &'static str {
        match self {
            Self::Acknowledge => "the on-call engineer",
            Self::Document | Self::Inquiry(_) | Self::Rotation(_) => "the incident commander",
            Self::Approval(_) => "the business owner",
            Self::Commander | Self::SecondResponder => "the responder who acknowledged",
            Self::Rca => "the response team",
        }
    }

    /// True where the process gives no deadline, so that lateness is only advice.
    pub fn is_advice(&self) -> bool {
        matches!(self, Self::Commander | Self::SecondResponder | Self::Rotation(_))
    }
}
