//! A writer's turn among the writers of one clone: what it says of itself, and whom it waits for.
//! EFFECT layer, but values alone: the lock itself is in `lock`.

use std::path::PathBuf;

/// The variable that hooks get which a writing command runs: it holds the lock until they end, so that a writing command in one
/// of them would wait for itself.
pub const INSIDE_HOOK: &str = "QPP_INCIDENT_LOCKED";

/// How a writer takes its turn among the writers of one clone.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What those who wait for it are told is running, such as `log`.
    pub command: String,
    /// True in a hook that a writing command runs: refused at once.
    pub inside_hook: bool,
    /// The index that the git command which runs us as its hook works on: where it is a lock, that git holds it until we end.
    pub index: Option<PathBuf>,
    /// Is told once, in a line, for whom the command waits.
    pub tell: fn(&str),
}

/// Who holds the lock, by what it wrote into the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The number of the process.
    pub process: u32,
    /// Its command, such as `log`; empty when it did not say.
    pub command: String,
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.command.as_str() {
            "" => write!(f, "process {}", self.process),
            command => write!(f, "process {}: {command}", self.process),
        }
    }
}
