//! What an incident document proves: its entries, each by time and digest, and the instants of its front matter.
//! PURE. Reads whatever is there: a broken front matter or a merge left half done hides no entry from `verify`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::document::broken::BrokenDocument;
use crate::document::entry_line::{Reading, read_entry};
use crate::document::front_matter::FrontMatter;
use crate::document::head_block;
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::Outline;
use crate::document::proven_entries::{ProvenEntry, ProvenTimeline, day_of};
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::history::Blob;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::{Key, KeyShape};
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// The front matter as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenFacts {
    /// `id`
    pub id: IncidentId,
    /// `aka`
    pub aka: Vec<IncidentId>,
    /// `timezone`
    pub zone: Zone,
    /// The instants that are set.
    pub instants: BTreeMap<Key, Timestamp>,
}

/// A document, read for what it proves.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The text without conflict markers: what the entries' ranges count in.
    text: Text,
    yaml: Range<usize>,
    /// The front matter, or why it cannot be read.
    pub facts: Result<Arc<ProvenFacts>, BrokenDocument>,
    /// The front matter as it was last read: one that is broken for a while hides no change.
    pub last_facts: Option<Arc<ProvenFacts>>,
    /// The zone in force: the document's, or that of the version before where it cannot be read.
    pub zone: Zone,
    timeline: ProvenTimeline,
    /// The document as every command reads it; asked for only where something must be said of an entry.
    whole: OnceLock<Option<IncidentDocument>>,
}

impl Evidence {
    /// Reads a text; `before` is what was read from the version before it: what did not change is not read again.
    pub fn read(blob: &Arc<Blob>, before: Option<&Self>) -> Self {
        let text = without_conflict_markers(blob);
        let parts = FrontMatter::split(text.as_str());
        let (yaml, body_start) = parts.as_ref().map_or((0..0, 0), |parts| (parts.yaml.clone(), parts.body_start));
        let facts = match (parts, before) {
            (Err(broken), _) => Err(broken),
            (Ok(parts), Some(before)) if before.yaml() == parts.yaml_of(text.as_str()) && !before.yaml.is_empty() => before.facts.clone(),
            (Ok(parts), _) => Header::parse(parts.yaml_of(text.as_str()), parts.first_line).map(|header| Arc::new(proven(&header))),
        };
        let last_facts = facts.as_ref().ok().cloned().or_else(|| before.and_then(|before| before.last_facts.clone()));
        let zone = last_facts.as_ref().map(|facts| facts.zone).unwrap_or_default();
        let timeline = match before {
            Some(before) => ProvenTimeline::read_after(text.as_str(), body_start, zone, before.text.as_str(), &before.timeline),
            None => ProvenTimeline::read(text.as_str(), body_start, zone),
        };
        Self { text, yaml, facts, last_facts, zone, timeline, whole: OnceLock::new() }
    }

    /// The entries, in the order of the document.
    pub fn entries(&self) -> &[ProvenEntry] {
        &self.timeline.entries
    }

    fn yaml(&self) -> &str {
        self.text.as_str().get(self.yaml.clone()).unwrap_or_default()
    }

    /// The lines of an entry.
    pub fn source(&self, entry: &ProvenEntry) -> &str {
        self.text.as_str().get(entry.range.clone()).unwrap_or_default()
    }

    /// What an entry says. Where the document cannot be read whole, a name after the dash is taken at its word.
    pub fn entry(&self, entry: &ProvenEntry) -> Option<Entry> {
        let whole = self.whole.get_or_init(|| IncidentDocument::parse(self.text.as_str()).ok());
        let found = whole.as_ref().and_then(|whole| {
            let at = whole.timeline().entries.partition_point(|found| found.range.start < entry.range.start);
            whole.timeline().entries.get(at).filter(|found| found.range.start == entry.range.start)
        });
        found.map(|found| found.entry.clone()).or_else(|| self.entry_alone(entry))
    }

    /// What an entry says when nobody is known: its kind is the same for everybody, and the document need not be read whole for it.
    pub fn kind(&self, entry: &ProvenEntry) -> Option<Option<EntryKind>> {
        self.entry_alone(entry).map(|entry| entry.kind)
    }

    fn entry_alone(&self, entry: &ProvenEntry) -> Option<Entry> {
        read_entry(self.source(entry), Reading { date: entry.date, zone: self.zone, is_known: &|_| true }).ok()
    }

    /// True when the document has or had this id.
    pub fn is_called(&self, id: &IncidentId) -> bool {
        self.last_facts.as_ref().is_some_and(|facts| facts.id == *id || facts.aka.contains(id))
    }

    /// An instant of the front matter as it was last read.
    pub fn instant(&self, key: Key) -> Option<Timestamp> {
        self.last_facts.as_ref().and_then(|facts| facts.instants.get(&key).copied())
    }

    /// The words of the document that are neither entries, their days nor the generated head block, blanks and line ends aside: equal
    /// where only the layout differs.
    pub fn prose(&self) -> String {
        let outline = Outline::read(self.text.as_str(), self.yaml.end);
        let head_block = head_block::find(self.text.as_str(), &outline).unwrap_or_default();
        let ranges = std::iter::once(head_block).chain(self.entries().iter().map(|entry| entry.range.clone()));
        let mut words: Vec<&str> = Vec::new();
        let mut at = 0;
        let end = self.text.as_str().len();
        for (start, next) in ranges.map(|range| (range.start, range.end)).chain([(end, end)]) {
            let between = self.text.as_str().get(at..start).unwrap_or_default();
            words.extend(between.lines().filter(|line| day_of_line(line).is_none()).flat_map(str::split_whitespace));
            at = at.max(next);
        }
        words.join(" ")
    }
}

fn day_of_line(line: &str) -> Option<NaiveDate> {
    line.strip_prefix("### ").and_then(day_of)
}

fn proven(header: &Header) -> ProvenFacts {
    let instants = Key::ALL.iter().filter(|key| key.shape() == KeyShape::Instant);
    ProvenFacts {
        id: header.id(),
        aka: header.list(Key::Aka).iter().filter_map(|text| text.parse().ok()).collect(),
        zone: header.zone(),
        instants: instants.filter_map(|key| Some((*key, header.instant(*key)?))).collect(),
    }
}

/// A text as git has it, or without conflict markers.
#[derive(Debug, Clone)]
enum Text {
    Whole(Arc<Blob>),
    Cleaned(String),
}

impl Text {
    fn as_str(&self) -> &str {
        match self {
            Self::Whole(blob) => &blob.text,
            Self::Cleaned(text) => text,
        }
    }
}

/// Where a merge was left half done both sides are read: the lines that only set them apart go.
fn without_conflict_markers(blob: &Arc<Blob>) -> Text {
    if !blob.text.contains("\n<<<<<<< ") {
        return Text::Whole(Arc::clone(blob));
    }
    let is_marker = |line: &&str| {
        let line = line.trim_end();
        line == "=======" || ["<<<<<<< ", "||||||| ", ">>>>>>> "].iter().any(|marker| line.starts_with(marker))
    };
    Text::Cleaned(blob.text.split_inclusive('\n').filter(|line| !is_marker(line)).collect())
}
