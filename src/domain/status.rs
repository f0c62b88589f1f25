//! The five states of an incident and which events move between them.
//! PURE: a table; who may act and what else must hold is decided by each command.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Where an incident stands.
///
/// # Source
/// The process: "First response", "During the response", "Closing an incident".
///
/// # Examples
/// ```
/// use qpp_incident::domain::status::Status;
/// assert_eq!("mitigated".parse::<Status>(), Ok(Status::Mitigated));
/// assert_eq!(Status::Mitigated.to_string(), "mitigated");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Reported; nobody has it yet.
    Open,
    /// Somebody has it: the incident has started.
    Acknowledged,
    /// The damage is stopped or reduced.
    Mitigated,
    /// Back to normal operation; the team stays until the close.
    Resolved,
    /// Declared over.
    Closed,
}

/// A text that is no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a status (open, acknowledged, mitigated, resolved, closed)")]
pub struct NotAStatus(pub String);

impl Status {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Open, Self::Acknowledged, Self::Mitigated, Self::Resolved, Self::Closed];

    /// The word in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// The status after a move, or `None` when the move does not fit.
    ///
    /// # Source
    /// Spec §3 "Status moves": forward, resolve without mitigate allowed, partial mitigations may repeat,
    /// `reopen` from mitigated, resolved or closed to acknowledged. A close that needs a resolution is checked
    /// by the close rules, so that a duplicate can be closed from anywhere.
    pub fn after(self, status_move: StatusMove) -> Option<Self> {
        use Status::{Acknowledged, Closed, Mitigated, Open, Resolved};
        match (status_move, self) {
            (StatusMove::Acknowledge, Open) | (StatusMove::Reopen, Mitigated | Resolved | Closed) => Some(Acknowledged),
            (StatusMove::Mitigate, Acknowledged | Mitigated) => Some(Mitigated),
            (StatusMove::Resolve, Acknowledged | Mitigated) => Some(Resolved),
            (StatusMove::Close, Open | Acknowledged | Mitigated | Resolved) => Some(Closed),
            _ => None,
        }
    }
}

/// An event that moves the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusMove {
    /// `ack`
    Acknowledge,
    /// `mitigate`
    Mitigate,
    /// `resolve`
    Resolve,
    /// `close`
    Close,
    /// `reopen`
    Reopen,
}

impl StatusMove {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Acknowledge, Self::Mitigate, Self::Resolve, Self::Close, Self::Reopen];
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Status {
    type Err = NotAStatus;

    fn from_str(text: &str) -> Result<Self, NotAStatus> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|status| status.word() == wanted).ok_or_else(|| NotAStatus(text.to_owned()))
    }
}
