//! `incident.md` read as a whole: header, outline, timeline.
//! PURE. Parsing is the gate for every command that changes a document: what cannot be read is not touched.

use std::collections::BTreeSet;

use crate::document::broken::BrokenDocument;
use crate::document::entry_name::mark_void;
use crate::document::front_matter::FrontMatter;
use crate::document::head_block;
use crate::document::header::Header;
use crate::document::outline::Outline;
use crate::document::section_edit;
use crate::document::timeline_section::Timeline;
use crate::domain::entry::Entry;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::section::Section;
use crate::domain::status::Status;
use crate::domain::wording::MERGE_AUTHOR;
use crate::domain::zone::Zone;

/// A sound incident document: its text and what was read from it.
#[derive(Debug, Clone)]
pub struct IncidentDocument {
    text: String,
    header: Header,
    outline: Outline,
    timeline: Timeline,
}

impl IncidentDocument {
    /// Reads the text.
    ///
    /// # Errors
    /// Conflict markers stand in it, or its front matter cannot be read.
    pub fn parse(text: &str) -> Result<Self, BrokenDocument> {
        Self::parse_with(text, &[])
    }

    /// Reads the text; `also_known` are names that count as somebody's of this document though it does not list them yet.
    ///
    /// # Errors
    /// As [`IncidentDocument::parse`].
    pub fn parse_with(text: &str, also_known: &[&str]) -> Result<Self, BrokenDocument> {
        Self::parse_beside(text, also_known, &[])
    }

    /// As [`IncidentDocument::parse_with`], beside other versions of the document: a front matter that one of them has byte for byte
    /// is not read again.
    ///
    /// # Errors
    /// As [`IncidentDocument::parse`].
    pub fn parse_beside(text: &str, also_known: &[&str], others: &[&Self]) -> Result<Self, BrokenDocument> {
        refuse_conflict_markers(text)?;
        let front_matter = FrontMatter::split(text)?;
        let header = Self::header_beside(front_matter.yaml_of(text), front_matter.first_line, others)?;
        let outline = Outline::read(text, front_matter.body_start);
        let people = people(&header);
        let block = head_block::find(text, &outline).and_then(|range| text.get(range));
        // Without a head block nobody is listed: then a name after the dash is taken at its word.
        let authors = block.map(|block| head_block::authors(block).unwrap_or_default());
        let is_known = |name: &str| {
            also_known.contains(&name)
                || name == MERGE_AUTHOR
                || people.iter().any(|person| person.name == name)
                || authors.is_none_or(|authors| head_block::lists(authors, name))
        };
        let mut timeline = Timeline::read(text, &outline, header.zone(), &is_known);
        mark_void(&mut timeline, header.zone());
        Ok(Self { text: text.to_owned(), header, outline, timeline })
    }

    /// The front matter of a text, read alone: refused where [`IncidentDocument::parse`] refuses the text, since the body always can be read.
    ///
    /// # Errors
    /// As [`IncidentDocument::parse`].
    pub fn header_of(text: &str) -> Result<Header, BrokenDocument> {
        refuse_conflict_markers(text)?;
        Header::of_document(text)
    }

    /// What a front matter says, read only if none of the documents has it byte for byte.
    ///
    /// # Errors
    /// As [`Header::parse`].
    pub fn header_beside(yaml: &str, first_line: usize, others: &[&Self]) -> Result<Header, BrokenDocument> {
        let same = others.iter().find(|other| other.yaml() == yaml);
        same.map_or_else(|| Header::parse(yaml, first_line), |same| Ok(same.header.clone()))
    }

    /// The YAML of the front matter.
    pub fn yaml(&self) -> &str {
        FrontMatter::split(&self.text).map_or("", |parts| parts.yaml_of(&self.text))
    }

    /// The bytes as they were given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The facts of the front matter.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The body's structure.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The running log.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The id.
    pub fn id(&self) -> IncidentId {
        self.header.id()
    }

    /// The title.
    pub fn title(&self) -> &str {
        self.header.title()
    }

    /// Where the incident stands.
    pub fn status(&self) -> Status {
        self.header.status()
    }

    /// The document's zone.
    pub fn zone(&self) -> Zone {
        self.header.zone()
    }

    /// The incident commander.
    pub fn commander(&self) -> Option<Person> {
        self.header.person(Key::Commander)
    }

    /// Everybody whom the front matter names, each once.
    pub fn people(&self) -> Vec<Person> {
        people(&self.header)
    }

    /// The names of everybody who took part: whom the front matter names, and who acted or typed.
    pub fn names(&self) -> BTreeSet<String> {
        let acted = self.entries().into_iter().flat_map(|entry| [entry.by.clone(), entry.recorded_by.clone()]).flatten();
        self.people().into_iter().map(|person| person.name).chain(acted).collect()
    }

    /// All entries, void ones too, in the order of the document.
    pub fn entries(&self) -> Vec<&Entry> {
        self.timeline.entries.iter().map(|entry| &entry.entry).collect()
    }

    /// The entries that count.
    pub fn standing_entries(&self) -> Vec<Entry> {
        self.timeline.standing().map(|entry| entry.entry.clone()).collect()
    }

    /// The source of an entry, as the `Entry:` trailer attests it.
    pub fn entry_source(&self, entry: &Entry) -> Option<&str> {
        let found = self.timeline.entries.iter().rfind(|other| &other.entry == entry)?;
        self.text.get(found.range.clone())
    }

    /// What a prose section says; empty when nothing was written yet.
    pub fn section(&self, section: Section) -> String {
        section_edit::read(&self.text, &self.outline, section)
    }

    /// The person whom a printed name means, with the address where the document has it.
    pub fn person_named(&self, name: &str) -> Person {
        let known = people(&self.header).into_iter().find(|person| person.name == name);
        known.unwrap_or_else(|| Person::new(name, None))
    }
}

fn people(header: &Header) -> Vec<Person> {
    let single = [Key::Commander, Key::Reporter].into_iter().filter_map(|key| header.person(key));
    let listed = [Key::Responders, Key::BusinessOwners, Key::Audience].into_iter().flat_map(|key| header.people(key));
    let mut people: Vec<Person> = Vec::new();
    for person in single.chain(listed) {
        if !people.iter().any(|other| other == &person) {
            people.push(person);
        }
    }
    people
}

/// A merge that another tool left half done is named, not read as text.
fn refuse_conflict_markers(text: &str) -> Result<(), BrokenDocument> {
    let markers = ["<<<<<<< ", ">>>>>>> "];
    let found = text.lines().enumerate().find(|(_, line)| markers.iter().any(|marker| line.starts_with(marker)));
    match found {
        Some((index, _)) => Err(BrokenDocument {
            line: index + 1,
            column: 1,
            message: "a conflict marker stands here: a merge was not finished".to_owned(),
        }),
        None => Ok(()),
    }
}
