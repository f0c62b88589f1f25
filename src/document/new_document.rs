//! The text of a new incident document: front matter by code, body from the template, first entries by their events.
//! PURE. What was written is read back, and a document that would say anything else is refused.

use crate::document::broken::BrokenDocument;
use crate::document::edit::{self, EditError};
use crate::document::entry_line::write_entry;
use crate::document::escape::{escape_entry, escape_prose};
use crate::document::head_block;
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::template::{Template, TemplateError, render};
use crate::document::template_fields::DocumentFields;
use crate::document::yaml_scalar::{Place, scalar};
use crate::domain::event::Event;
use crate::domain::incident_id::IncidentId;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::severity::Severity;
use crate::domain::status::Status;
use crate::domain::text::{one_line, tidy};
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;

/// What is known when an incident is opened. Empty or `None`: not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncident {
    /// The id, free in this repository.
    pub id: IncidentId,
    /// One line.
    pub title: String,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// Teams affected.
    pub teams: Vec<String>,
    /// Services affected.
    pub services: Vec<String>,
    /// Who reported it.
    pub reporter: Person,
    /// How it was reported.
    pub reported_via: Option<String>,
    /// PagerDuty's reference.
    pub pagerduty: Option<String>,
    /// The affected business owners.
    pub business_owners: Vec<Person>,
    /// The chat room.
    pub chat: Option<String>,
    /// `affected`, `none` or `unknown`.
    pub privacy: Option<String>,
    /// Links.
    pub evidence: Vec<String>,
    /// The document's zone.
    pub zone: Zone,
    /// When normal operation ended.
    pub outage_started_at: Option<Timestamp>,
    /// When somebody or something noticed.
    pub detected_at: Option<Timestamp>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// When the document was opened.
    pub opened_at: Timestamp,
    /// The Summary; may have several lines.
    pub summary: String,
    /// The Impact; may have several lines.
    pub impact: String,
}

/// Why there is no new document.
#[derive(Debug, thiserror::Error)]
pub enum NewDocumentError {
    /// The repository's own `templates/incident.md` cannot be filled.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The result could not be read, such as front matter over its limit.
    #[error("the new document could not be read again at {0}")]
    Broken(#[from] BrokenDocument),
    /// The first entries could not be written.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Something would be read back differently.
    #[error("the new document would not hold {what} as given")]
    Differs {
        /// A key, or `its first entries`.
        what: String,
    },
}

/// What a key of a new document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fact {
    Text(String),
    List(Vec<String>),
}

/// The document after these events: `Opened`, and what was done in the same breath. `template_override` is the repository's own
/// `templates/incident.md`.
///
/// # Errors
/// The template cannot be filled, or the result would not be read back as it was given.
pub fn new_document(new: &NewIncident, events: &[Event], template_override: Option<&str>) -> Result<String, NewDocumentError> {
    let facts = facts(new);
    let yaml = front_matter(&facts);
    let header = Header::parse(&yaml, 2)?;
    let body = render(Template::Incident, template_override, &fields(new, &header, events))?;
    let document = IncidentDocument::parse(&format!("---\n{yaml}---\n{body}"))?;
    holds_facts(document.header(), &facts)?;
    let text = edit::apply(&document, events)?;
    holds_entries(&IncidentDocument::parse(&text)?, document.entries().len(), events)?;
    Ok(text)
}

/// The facts that have a value, in the order of the keys.
fn facts(new: &NewIncident) -> Vec<(Key, Fact)> {
    let at = |at: Timestamp| Some(Fact::Text(new.zone.rfc3339(at)));
    let text = |text: &str| Some(Fact::Text(one_line(text)));
    let fact = |key: Key| match key {
        Key::Id => text(&new.id.to_string()),
        Key::Title => text(&new.title),
        Key::Status => text(Status::Open.word()),
        Key::Severity => new.severity.map(|severity| Fact::Text(severity.to_string())),
        Key::Teams => Some(list(&new.teams)),
        Key::Services => Some(list(&new.services)),
        Key::Reporter => text(&new.reporter.to_string()),
        Key::ReportedVia => new.reported_via.as_deref().and_then(text),
        Key::Pagerduty => new.pagerduty.as_deref().and_then(text),
        Key::BusinessOwners => Some(list(&new.business_owners)),
        Key::Chat => new.chat.as_deref().and_then(text),
        Key::Privacy => new.privacy.as_deref().and_then(text),
        Key::Evidence => Some(list(&new.evidence)),
        Key::Timezone => text(&new.zone.to_string()),
        Key::OutageStartedAt => new.outage_started_at.and_then(at),
        Key::DetectedAt => new.detected_at.and_then(at),
        Key::ReportedAt => at(new.reported_at),
        Key::OpenedAt => at(new.opened_at),
        _ => None,
    };
    let has_value = |fact: &Fact| match fact {
        Fact::Text(text) => !text.is_empty(),
        Fact::List(items) => !items.is_empty(),
    };
    Key::ALL.iter().filter_map(|key| Some((*key, fact(*key).filter(has_value)?))).collect()
}

/// Each item once, on one line.
fn list(items: &[impl ToString]) -> Fact {
    let mut lines: Vec<String> = Vec::new();
    for line in items.iter().map(|item| one_line(&item.to_string())) {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    Fact::List(lines)
}

fn front_matter(facts: &[(Key, Fact)]) -> String {
    let item = |item: &String| format!("  - {}\n", scalar(item, Place::Block));
    let lines = |(key, fact): &(Key, Fact)| match fact {
        Fact::Text(text) => format!("{key}: {}\n", scalar(text, Place::Block)),
        Fact::List(items) => format!("{key}:\n{}", items.iter().map(item).collect::<String>()),
    };
    facts.iter().map(lines).collect()
}

fn fields(new: &NewIncident, header: &Header, events: &[Event]) -> DocumentFields {
    let mut authors: Vec<&str> = Vec::new();
    for person in events.iter().flat_map(|event| [Some(&event.by), event.recorded_by.as_ref()]).flatten() {
        if !authors.contains(&person.name.as_str()) {
            authors.push(&person.name);
        }
    }
    DocumentFields {
        id: new.id.to_string(),
        title: escape_entry(&one_line(&new.title)),
        timezone: new.zone.to_string(),
        head_block: head_block::render(header, &[]),
        date: new.zone.date(new.opened_at).to_string(),
        authors: authors.join(", "),
        status: Status::Open.to_string(),
        severity: new.severity.map(|severity| severity.to_string()).unwrap_or_default(),
        summary: escape_prose(&tidy(&new.summary)),
        impact: escape_prose(&tidy(&new.impact)),
        ..DocumentFields::default()
    }
}

fn holds_facts(header: &Header, facts: &[(Key, Fact)]) -> Result<(), NewDocumentError> {
    let holds = |(key, fact): &&(Key, Fact)| match fact {
        Fact::Text(text) => header.text(*key) == Some(text),
        Fact::List(items) => header.list(*key) == items,
    };
    let extra = || header.extra().keys().next().cloned();
    match facts.iter().find(|fact| !holds(fact)).map(|(key, _)| key.to_string()).or_else(extra) {
        Some(key) => Err(NewDocumentError::Differs { what: format!("`{key}`") }),
        None => Ok(()),
    }
}

/// Every event has its entry, and there are no others than those of the template.
fn holds_entries(document: &IncidentDocument, in_template: usize, events: &[Event]) -> Result<(), NewDocumentError> {
    let zone = document.zone();
    let sources = document.timeline().entries.iter().map(|found| document.text().get(found.range.clone()).unwrap_or_default());
    let sources: Vec<&str> = sources.map(str::trim_end).collect();
    let all = events.iter().all(|event| sources.contains(&write_entry(&event.entry(zone), zone).as_str()));
    if all && sources.len() == in_template + events.len() {
        Ok(())
    } else {
        Err(NewDocumentError::Differs { what: "its first entries".to_owned() })
    }
}

#[cfg(test)]
mod tests;
