//! The two reports that follow a close, postmortem and RCA: what they are called and where they stand.
//! PURE. A new one is made in `new_report`, what is still to be written is `report_gaps`, what a reopening adds `report_continued`.

use crate::document::folder::{Folder, POSTMORTEM_FILE, RCA_FILE};
use crate::document::template::Template;

/// A report on an incident.
///
/// # Source
/// The process, "After an incident".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// What happened and what was learned, for the teams.
    Postmortem,
    /// What the problem was, how the team responded, and what prevents the next one: for others within CMS.
    Rca,
}

impl Report {
    /// The file's name in the incident's folder.
    pub fn file(self) -> &'static str {
        match self {
            Self::Postmortem => POSTMORTEM_FILE,
            Self::Rca => RCA_FILE,
        }
    }

    /// The command's name, and the word in events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Postmortem => "postmortem",
            Self::Rca => "rca",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postmortem => "postmortem",
            Self::Rca => "RCA",
        }
    }

    /// What a new one is made from.
    pub fn template(self) -> Template {
        match self {
            Self::Postmortem => Template::Postmortem,
            Self::Rca => Template::Rca,
        }
    }

    /// The report's text, if it was written.
    pub fn of(self, folder: &Folder) -> Option<&str> {
        folder.text_of(self.file())
    }
}
