//! A new report, made of what the incident's documents know.
//! PURE. What its parts say is `report_fields`; here are its front matter, its authors and its line ends.

use crate::document::addresses::without_addresses;
use crate::document::folder::Folder;
use crate::document::head_block::{author_names, started};
use crate::document::incident_document::IncidentDocument;
use crate::document::outline::line_end;
use crate::document::report::Report;
use crate::document::report_fields::fields;
use crate::document::template::{TemplateError, render};
use crate::document::yaml_scalar::{Place, scalar};
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::text::one_line;

/// Who merges and mends; never an author of a report.
const PROGRAM: &str = "qpp-incident";

/// What is said to a question.
const ANSWERS: [EntryKind; 5] = [EntryKind::Agreed, EntryKind::Objection, EntryKind::Withdrawn, EntryKind::Approved, EntryKind::Declined];

/// A new report, filled with what the incident's documents know. `known` are people whose addresses somebody knows;
/// the RCA, which others read, has no address in it.
///
/// # Errors
/// The repository's own template cannot be filled.
pub fn new_report(report: Report, folder: &Folder, template: Option<&str>, known: &[Person]) -> Result<String, TemplateError> {
    let document = &folder.incident;
    let authors = authors(document, known);
    let mut filled = fields(report, folder);
    filled.authors = authors.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let body = render(report.template(), template, &filled)?;
    let text = match report {
        Report::Postmortem => format!("{}{body}", front_matter(document, authors.iter().map(ToString::to_string))),
        Report::Rca => {
            let names = authors.iter().map(|person| without_addresses(&person.name));
            format!("{}{}", front_matter(document, names), without_addresses(&body))
        }
    };
    Ok(format!("{}\n", text.trim_end()).replace('\n', line_end(document.text())))
}

fn front_matter(document: &IncidentDocument, authors: impl Iterator<Item = String>) -> String {
    let mut lines = vec![format!("incident: {}", document.id())];
    lines.push(format!("title: {}", scalar(&one_line(document.title()), Place::Block)));
    let day = started(document.header(), &document.entries());
    lines.extend(day.map(|at| format!("date: {}", document.zone().date(at))));
    let authors: Vec<String> = authors.map(|author| format!("  - {}", scalar(&author, Place::Block))).collect();
    lines.extend((!authors.is_empty()).then(|| format!("authors:\n{}", authors.join("\n"))));
    lines.push("status: draft".to_owned());
    format!("---\n{}\n---\n", lines.join("\n"))
}

/// Who was asked and answered has no part in the writing: a business owner, somebody affected.
fn only_answered(document: &IncidentDocument, name: &str) -> bool {
    let entries = document.entries();
    let stands_in = entries.iter().filter(|entry| entry.by.as_deref() == Some(name) || entry.recorded_by.as_deref() == Some(name));
    let mut stands_in = stands_in.peekable();
    stands_in.peek().is_some()
        && stands_in.all(|entry| entry.recorded_by.as_deref() != Some(name) && entry.kind.is_some_and(|kind| ANSWERS.contains(&kind)))
}

/// Everybody whose name stands in the timeline for more than an answer, with the address where one is known.
fn authors(document: &IncidentDocument, known: &[Person]) -> Vec<Person> {
    let mut names = author_names(document.header(), &document.entries());
    let responds = |name: &String| {
        document.commander().into_iter().chain(document.header().people(Key::Responders)).any(|person| person.name == *name)
    };
    names.retain(|name| responds(name) || !only_answered(document, name));
    let with_address = |name: &String| {
        let person = document.person_named(name);
        let same = || known.iter().find(|other| other.name == person.name && other.email.is_some()).cloned();
        if person.email.is_some() { person } else { same().unwrap_or(person) }
    };
    names.iter().filter(|name| *name != PROGRAM).map(with_address).collect()
}
