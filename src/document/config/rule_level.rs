//! The level that the settings give a rule, or that it is off.
//! PURE: a value of `config.yaml`.

use serde::Deserialize;

use crate::domain::finding::Level;

/// The level that a rule of `check` or `lint` has in this repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// [`Level::Error`]
    Error,
    /// [`Level::Warning`]
    Warning,
    /// [`Level::Advice`]
    Advice,
    /// The rule does not run.
    Off,
}

impl RuleLevel {
    /// What is set, or the rule's own level; `None` when it is off.
    pub fn of(set: Option<Self>, usual: Level) -> Option<Level> {
        match set {
            None => Some(usual),
            Some(Self::Error) => Some(Level::Error),
            Some(Self::Warning) => Some(Level::Warning),
            Some(Self::Advice) => Some(Level::Advice),
            Some(Self::Off) => None,
        }
    }
}
