//! An incident's folder: the incident document and the two reports, read together.
//! PURE: the texts are handed in.

use std::collections::BTreeMap;

use crate::document::broken::BrokenFile;
use crate::document::incident_document::IncidentDocument;

/// The name of the incident document in its folder.
pub const INCIDENT_FILE: &str = "incident.md";
/// The name of the postmortem in the folder.
pub const POSTMORTEM_FILE: &str = "postmortem.md";
/// The name of the RCA in the folder.
pub const RCA_FILE: &str = "rca.md";

/// One incident's documents.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The folder, relative to the repository's root, with `/`: `incidents/2026-11/22-k7qfm-auth-service-returns-errors`.
    pub path: String,
    /// `incident.md`
    pub incident: IncidentDocument,
    /// `postmortem.md`, if it was written.
    pub postmortem: Option<String>,
    /// `rca.md`, if it was written.
    pub rca: Option<String>,
}

impl Folder {
    /// Reads a folder from its files' names and texts.
    ///
    /// # Errors
    /// A file cannot be read as what it is, or there is no incident document.
    pub fn parse(path: &str, files: &BTreeMap<String, String>) -> Result<Self, BrokenFile> {
        let text = files.get(INCIDENT_FILE).map_or("", String::as_str);
        let incident = IncidentDocument::parse(text).map_err(|broken| BrokenFile { file: INCIDENT_FILE.to_owned(), broken })?;
        Ok(Self::with(path, incident, files))
    }

    /// A folder whose incident document is read already: only the reports are taken from the files.
    pub fn with(path: &str, incident: IncidentDocument, files: &BTreeMap<String, String>) -> Self {
        Self { path: path.to_owned(), incident, postmortem: files.get(POSTMORTEM_FILE).cloned(), rca: files.get(RCA_FILE).cloned() }
    }

    /// The text of a file by its name, if it is there.
    pub fn text_of(&self, file: &str) -> Option<&str> {
        match file {
            INCIDENT_FILE => Some(self.incident.text()),
            POSTMORTEM_FILE => self.postmortem.as_deref(),
            RCA_FILE => self.rca.as_deref(),
            _ => None,
        }
    }
}
