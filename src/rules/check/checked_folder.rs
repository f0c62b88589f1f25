//! One incident as the rules of `check` see it: its documents read once, its clocks, and what lies around it.
//! PURE: texts and facts are handed in. Rules read it and know nothing of each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::action_table;
use crate::document::broken::{BrokenDocument, BrokenFile};
use crate::document::clock_facts::folder_clocks;
use crate::document::config::Config;
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::front_matter::FrontMatter;
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::Outline;
use crate::document::report_header::ReportHeader;
use crate::document::section_edit;
use crate::document::teams::Teams;
use crate::domain::action_item::{ActionItem, union};
use crate::domain::clocks::Clocks;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::Finding;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::section::Section;
use crate::domain::status::Status;
use crate::domain::text::holds;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::rules::check::rule::Rule;

/// What lies around every incident of a repository.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The instant that is looked at.
    pub now: Timestamp,
    /// `incidents/config.yaml`, or the defaults where it cannot be read.
    pub config: Config,
    /// `incidents/teams.yaml`; none where it is not there or cannot be read.
    pub teams: Option<Teams>,
}

/// `postmortem.md` or `rca.md`, as far as the rules read it.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its file's name.
    pub file: &'static str,
    /// Its front matter, sound or not.
    pub header: Result<ReportHeader, BrokenDocument>,
    /// Its body's structure.
    pub outline: Outline,
}

/// One incident's folder, read.
#[derive(Debug, Clone)]
pub struct CheckedFolder {
    /// The folder, relative to the root.
    pub path: String,
    /// The id in the folder's name.
    pub path_id: IncidentId,
    /// The files by their names.
    pub texts: BTreeMap<String, String>,
    /// The documents, sound or broken.
    pub folder: Result<Folder, BrokenFile>,
    /// `postmortem.md`, if it was written.
    pub postmortem: Option<Report>,
    /// `rca.md`, if it was written.
    pub rca: Option<Report>,
    /// The action items of both documents, each once.
    pub actions: Vec<ActionItem>,
    /// The clocks; none where the document cannot be read.
    pub clocks: Option<Clocks>,
    /// Files that are there and cannot be read as text.
    pub unreadable: Vec<BrokenFile>,
    /// Why entries of this incident are kept and not yet in the document, one for each.
    pub kept: Vec<String>,
    /// What lies around it.
    pub around: Arc<Surroundings>,
}

impl CheckedFolder {
    /// Reads a folder's files.
    pub fn read(path: &str, path_id: IncidentId, texts: BTreeMap<String, String>, around: &Arc<Surroundings>) -> Self {
        let folder = Folder::parse(path, &texts);
        let postmortem = report(&texts, POSTMORTEM_FILE);
        let own = folder.as_ref().ok().map(|folder| folder.incident.outline());
        let reviewed = postmortem.as_ref().map(|report| &report.outline);
        let items = |file, outline| texts.get(file).map(|text| action_table::items_of(text, outline, file)).unwrap_or_default();
        let actions = union(items(INCIDENT_FILE, own), items(POSTMORTEM_FILE, reviewed));
        Self {
            path: path.to_owned(),
            path_id,
            postmortem,
            rca: report(&texts, RCA_FILE),
            actions,
            clocks: folder.as_ref().ok().map(|folder| folder_clocks(folder, &around.config, around.now)),
            unreadable: Vec::new(),
            kept: Vec::new(),
            around: Arc::clone(around),
            folder,
            texts,
        }
    }

    /// The incident document, if it is sound.
    pub fn document(&self) -> Option<&IncidentDocument> {
        self.folder.as_ref().ok().map(|folder| &folder.incident)
    }

    /// Its facts.
    pub fn header(&self) -> Option<&Header> {
        self.document().map(IncidentDocument::header)
    }

    /// The id: the document's own, else the folder's.
    pub fn id(&self) -> IncidentId {
        self.header().map_or_else(|| self.path_id.clone(), Header::id)
    }

    /// The document's zone.
    pub fn zone(&self) -> Zone {
        self.header().map(Header::zone).unwrap_or_default()
    }

    /// An instant of the front matter.
    pub fn instant(&self, key: Key) -> Option<Timestamp> {
        self.header().and_then(|header| header.instant(key))
    }

    /// Where the incident stands.
    pub fn is(&self, status: Status) -> bool {
        self.header().is_some_and(|header| header.status() == status)
    }

    /// True when it is over because it was resolved: only then a postmortem, an RCA and their parts are owed.
    pub fn is_closed_as_resolved(&self) -> bool {
        let reason = self.header().and_then(|header| header.text(Key::CloseReason)).unwrap_or("resolved");
        self.is(Status::Closed) && reason == "resolved"
    }

    /// True when it was found to be no incident of this team, or no incident: it owes no response.
    pub fn is_set_aside(&self) -> bool {
        self.is(Status::Closed) && !self.is_closed_as_resolved()
    }

    /// True when a file is there, readable or not.
    pub fn has(&self, file: &str) -> bool {
        self.texts.contains_key(file) || self.unreadable.iter().any(|broken| broken.file == file)
    }

    /// How many entries of a kind count.
    pub fn count(&self, kind: EntryKind) -> usize {
        self.document().map_or(0, |document| document.timeline().standing().filter(|found| found.entry.kind == Some(kind)).count())
    }

    /// What a section says, in the incident document or else in the postmortem; empty when nothing was written.
    pub fn section(&self, section: Section) -> String {
        let own = self.document().map(|document| document.section(section)).unwrap_or_default();
        if !own.is_empty() {
            return own;
        }
        let (Some(text), Some(report)) = (self.texts.get(POSTMORTEM_FILE), &self.postmortem) else { return own };
        section_edit::read(text, &report.outline, section)
    }

    /// A finding in one of the folder's files.
    pub fn finding(&self, rule: &Rule, file: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding {
            path: Some(format!("{}/{file}", self.path)),
            line: Some(line),
            column: Some(1),
            incident: Some(self.id()),
            ..rule.finding(message)
        }
    }

    /// A finding in a line of the incident document.
    pub fn at_line(&self, rule: &Rule, line: usize, message: impl Into<String>) -> Finding {
        self.finding(rule, INCIDENT_FILE, line, message)
    }

    /// A finding at a key of the front matter; at the top of the document where the key is missing.
    pub fn at_key(&self, rule: &Rule, key: Key, message: impl Into<String>) -> Finding {
        let line = self.header().and_then(|header| header.line(key)).unwrap_or(1);
        self.at_line(rule, line, message)
    }

    /// A finding at the heading of a section; at the top of the document where it is missing.
    pub fn at_section(&self, rule: &Rule, section: Section, message: impl Into<String>) -> Finding {
        let line = self.document().and_then(|document| {
            let own = section_edit::own_text(document.outline(), section)?;
            let before = document.text().get(..own.start)?;
            Some(before.lines().count())
        });
        self.at_line(rule, line.unwrap_or(1), message)
    }
}

/// The lines of a text that a merge which was not finished has left: numbers from 1.
pub fn conflict_lines(text: &str) -> Vec<usize> {
    const MARKERS: [&str; 3] = ["<<<<<<< ", ">>>>>>> ", "||||||| "];
    if !MARKERS.iter().any(|marker| holds(text, marker)) {
        return Vec::new();
    }
    let is_marker = |line: &str| MARKERS.iter().any(|marker| line.starts_with(marker));
    text.lines().enumerate().filter(|(_, line)| is_marker(line)).map(|(index, _)| index + 1).collect()
}

fn report(texts: &BTreeMap<String, String>, file: &'static str) -> Option<Report> {
    texts.get(file).map(|text| {
        let body_start = FrontMatter::split(text).map_or(0, |parts| parts.body_start);
        Report { file, header: ReportHeader::of_document(text), outline: Outline::read(text, body_start) }
    })
}
