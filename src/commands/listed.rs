//! Every incident as a list needs it: one reading of its document, the header alone for a closed one.
//! Reads; changes nothing. What cannot be read is listed as such, never hidden.

use std::cmp::Reverse;
use std::path::Path;

use crate::commands::session::Session;
use crate::document::broken::{BrokenDocument, BrokenFile};
use crate::document::clock_facts::{clock_facts, rca_clock};
use crate::document::config::Config;
use crate::document::duties::{Duty, duties};
use crate::document::folder::{INCIDENT_FILE, RCA_FILE};
use crate::document::header::Header;
use crate::document::in_parallel::in_parallel;
use crate::document::incident_document::IncidentDocument;
use crate::domain::clocks::{Clocks, clocks};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;
use crate::store::files::text_below;
use crate::store::paths::IncidentPath;

/// An incident of a list.
pub struct Listed {
    /// Its folder.
    pub place: IncidentPath,
    /// What was read of it.
    pub read: Result<Sound, BrokenFile>,
}

/// An incident whose document could be read.
pub struct Sound {
    /// The facts of the front matter.
    pub header: Header,
    /// While it is not closed, or its RCA is pending and was asked for: the clocks, and what is to be done next.
    pub standing: Option<Standing>,
}

/// Where the clocks of an incident stand.
pub struct Standing {
    /// All of them.
    pub clocks: Clocks,
    /// What is pending, the most urgent first.
    pub duties: Vec<Duty>,
}

impl Listed {
    /// True for a closed one; what cannot be read is not.
    pub fn is_closed(&self) -> bool {
        self.read.as_ref().is_ok_and(|sound| sound.header.status() == Status::Closed)
    }

    /// What is pending, the most urgent first.
    pub fn duties(&self) -> &[Duty] {
        self.read.as_ref().ok().and_then(|sound| sound.standing.as_ref()).map_or(&[], |standing| &standing.duties)
    }

    /// When it was opened, for the order.
    fn began_at(&self) -> Option<Timestamp> {
        let header = self.read.as_ref().ok().map(|sound| &sound.header);
        let at = header.and_then(|header| header.instant(Key::OpenedAt).or_else(|| header.instant(Key::ReportedAt)));
        let midnight = || self.place.day.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|at| Timestamp::new(at.and_utc()));
        at.or_else(midnight)
    }
}

impl Session<'_> {
    /// Every incident: those not closed first, the newest first. With `pending_rca`, a closed one whose RCA is not done gets
    /// its clocks too.
    pub fn listed(&self, pending_rca: bool) -> Vec<Listed> {
        let reader = Reader { root: self.store.root(), config: &self.config, now: self.context.now, pending_rca };
        let mut all = in_parallel(&self.store.incidents(), |place| Listed { read: reader.read(place), place: place.clone() });
        all.sort_by_key(|listed| (listed.is_closed(), Reverse(listed.began_at())));
        all
    }

    /// One warning line for each document that cannot be read.
    pub fn warn_of_broken<'a>(&self, all: impl IntoIterator<Item = &'a Listed>) {
        for listed in all {
            if let Err(broken) = &listed.read {
                self.context.ui.warning(&format!("{}: cannot read {}/{broken}", listed.place.id, listed.place.path));
            }
        }
    }
}

/// What reading takes, without git: several threads use it.
struct Reader<'a> {
    root: &'a Path,
    config: &'a Config,
    now: Timestamp,
    pending_rca: bool,
}

impl Reader<'_> {
    fn read(&self, place: &IncidentPath) -> Result<Sound, BrokenFile> {
        let text = match text_below(self.root, &format!("{}/{INCIDENT_FILE}", place.path)) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(unread(BrokenDocument::missing())),
            Err(error) => return Err(unread(error.of_document())),
        };
        self.read_sound(place, &text).map_err(unread)
    }

    fn read_sound(&self, place: &IncidentPath, text: &str) -> Result<Sound, BrokenDocument> {
        let header = Header::of_document(text)?;
        let rca = || text_below(self.root, &format!("{}/{RCA_FILE}", place.path)).ok().flatten();
        let standing = if header.status() == Status::Closed {
            let rca = self.pending_rca.then(rca);
            rca.filter(|rca| rca_clock(&header, rca.as_deref(), self.config, self.now).is_pending())
        } else {
            Some(rca())
        };
        let Some(rca) = standing else { return Ok(Sound { header, standing: None }) };
        let document = IncidentDocument::parse(text)?;
        let clocks = clocks(&clock_facts(&document, rca.as_deref(), self.config, self.now));
        let duties = duties(&document, &clocks);
        Ok(Sound { header, standing: Some(Standing { clocks, duties }) })
    }
}

fn unread(broken: BrokenDocument) -> BrokenFile {
    BrokenFile { file: INCIDENT_FILE.to_owned(), broken }
}
