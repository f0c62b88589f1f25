//! What `verify` reports over: the incidents that the history tells of, and the findings that concern what was asked.
//! Reads headlines; decides nothing.

use std::collections::BTreeMap;

use crate::commands::findings::found::Found;
use crate::commands::findings::report::{ListedRule, Looked, Report, Unit};
use crate::commands::session::Session;
use crate::document::header::Header;
use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;
use crate::rules::verify::all::rules;
use crate::rules::verify::ledger::{KnownIncident, Ledger};

/// What is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every incident, and the repository.
    All,
    /// The incident in this folder.
    Folder(String),
    /// An incident whose folder is gone.
    Id(IncidentId),
}

impl Scope {
    /// Whether a finding is about what was asked.
    pub fn concerns(&self, finding: &Finding) -> bool {
        match (self, &finding.path) {
            (Self::All, _) | (_, None) => true,
            (Self::Folder(folder), Some(path)) => folder_of(path) == folder,
            (Self::Id(id), _) => finding.incident.as_ref() == Some(id),
        }
    }
}

/// How the tip that was last seen stands to the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenTip {
    /// Nothing was verified or pushed from this clone.
    None,
    /// The history has it.
    InHistory,
    /// Another branch has it.
    Elsewhere,
    /// Nothing here has it any more.
    Lost(String),
}

/// The report of what was found.
pub fn report(session: &Session<'_>, ledger: &Ledger, scope: &Scope, findings: Vec<Finding>, failing: Level) -> Report {
    let asked = |known: &&KnownIncident| match scope {
        Scope::All => !known.is_gone || findings.iter().any(|finding| finding.path.as_ref() == Some(&known.path)),
        Scope::Folder(folder) => folder_of(&known.path) == folder,
        Scope::Id(id) => known.id == *id,
    };
    let looked = ledger.incidents().iter().filter(asked).map(|known| {
        let is_told = findings.iter().any(|finding| finding.path.as_ref() == Some(&known.path));
        let headline = if is_told { headline(session, known) } else { String::new() };
        Looked { path: folder_of(&known.path).to_owned(), id: Some(known.id.clone()), headline }
    });
    let listed = rules().into_iter().map(|rule| ListedRule { id: rule.id, level: rule.level, what: rule.what });
    let looked = looked.collect();
    let findings = findings.into_iter().map(Found::from).collect();
    Report { command: "verify", rules: listed.collect(), unit: Unit::Incidents, looked, texts: BTreeMap::new(), findings, failing }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn headline(session: &Session<'_>, known: &KnownIncident) -> String {
    if known.is_gone {
        return "(gone)".to_owned();
    }
    let text = session.store.text(&known.path).ok().flatten();
    let header = text.and_then(|text| Header::of_document(&text).ok());
    header.map_or_else(|| "(cannot be read)".to_owned(), |header| format!("{} ({})", header.title(), header.status()))
}
