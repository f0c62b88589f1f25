//! What the process's exit status says: one enum, each value documented once.
//! Scripts and CI rely on these numbers; a change is a changelog entry.

use std::process::ExitCode;

/// The exit status of every command.
///
/// # Source
/// Spec §5; 65, 70, 75 and 77 are those of BSD's `sysexits.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done.
    Done = 0,
    /// Refused or failed; nothing was changed.
    Refused = 1,
    /// The command line could not be understood.
    Usage = 2,
    /// `check`, `lint`, `verify` or `status --fail-overdue` found something at failing level.
    Findings = 3,
    /// A merge needs a person.
    MergeNeeded = 4,
    /// An outside service refused.
    ServiceRefused = 65,
    /// A bug of ours.
    Bug = 70,
    /// Kept or committed, but not yet in the document or delivered.
    Kept = 75,
    /// Credentials are missing or were refused.
    Credentials = 77,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}
