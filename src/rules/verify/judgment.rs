//! A judgment: somebody has looked at a break that cannot be mended and says why it may stand. From then on it is a warning, with both
//! texts.
//! PURE. It is a commit of its own that changes no file, so it travels with the history.

use std::collections::HashMap;

use crate::domain::finding::{Finding, Level};
use crate::domain::history::CommitRecord;
use crate::rules::verify::told::Told;

/// What was said of a commit, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// Why it may stand.
    pub reason: String,
    /// Who says so.
    pub by: String,
}

/// The judgments of a history, by the full name of the commit that they judge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgments {
    by_commit: HashMap<String, Judgment>,
}

impl Judgments {
    /// Takes what a commit says of others.
    pub fn take(&mut self, commit: &CommitRecord, told: &Told) {
        for (judged, reason) in &told.judged {
            let judgment = Judgment { reason: reason.clone(), by: commit.author.name.clone() };
            self.by_commit.insert(judged.clone(), judgment);
        }
    }

    /// Whether somebody has judged a commit.
    pub fn has(&self, commit: &str) -> bool {
        self.by_commit.contains_key(commit)
    }

    /// The finding as it counts: an error whose commit was judged is a warning with the judgment's words.
    pub fn applied(&self, finding: Finding) -> Finding {
        let judgment = finding.commit.as_ref().and_then(|commit| self.by_commit.get(commit));
        match judgment.filter(|_| finding.level == Level::Error) {
            Some(Judgment { reason, by }) => {
                let message = format!("{}; accepted by {by}: {reason}", finding.message);
                Finding { message, help: None, ..finding.at_level(Level::Warning) }
            }
            None => finding,
        }
    }
}
