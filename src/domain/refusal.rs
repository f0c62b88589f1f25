//! Why a command that was understood is not carried out: typed, with what would fit instead.
//! PURE. `error.rs` turns a refusal into a message, a hint and an exit status.

use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::domain::status::Status;

/// A rule of the process, or of the record, that stands against a command. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A second `ack`.
    #[error("{id} was acknowledged by {by} at {at}")]
    AlreadyAcknowledged {
        /// Which incident.
        id: IncidentId,
        /// Who has it.
        by: Person,
        /// When, as people read it.
        at: String,
    },
    /// An event that does not fit the status.
    #[error("{id} is {status}: `{command}` does not fit")]
    DoesNotFit {
        /// Which incident.
        id: IncidentId,
        /// Where it stands.
        status: Status,
        /// The command that was refused.
        command: &'static str,
        /// A command that would fit.
        fits: String,
    },
    /// A close with points of the process not met; each point is one line.
    #[error("{id} cannot be closed: {}", unmet.join("; "))]
    CloseUnmet {
        /// Which incident.
        id: IncidentId,
        /// Every unmet point, by name.
        unmet: Vec<String>,
        /// What to do first.
        next: String,
    },
    /// Any other rule, with its own words.
    #[error("{message}")]
    Rule {
        /// A stable word for JSON, such as `nothing-to-say`.
        code: &'static str,
        /// Lower case: what could not be done, to what, why.
        message: String,
        /// A command that can be pasted, or what to do.
        hint: Option<String>,
    },
}

impl Refusal {
    /// A rule with its own words.
    pub fn rule(code: &'static str, message: impl Into<String>, hint: Option<&str>) -> Self {
        Self::Rule { code, message: message.into(), hint: hint.map(str::to_owned) }
    }

    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyAcknowledged { .. } => "already-acknowledged",
            Self::DoesNotFit { .. } => "does-not-fit",
            Self::CloseUnmet { .. } => "close-unmet",
            Self::Rule { code, .. } => code,
        }
    }

    /// What to do instead.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::AlreadyAcknowledged { id, .. } => Some(format!("qpp-incident log {id} \"…\" adds to the record")),
            Self::DoesNotFit { fits, .. } => Some(fits.clone()),
            Self::CloseUnmet { next, .. } => Some(next.clone()),
            Self::Rule { hint, .. } => hint.clone(),
        }
    }
}
