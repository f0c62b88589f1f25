//! The short front matter of `postmortem.md` and `rca.md`.
//! PURE: typed values read by `document::header`'s strict reading; edits are `document::header_edit::edit_report`.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::broken::BrokenDocument;
use crate::document::field::Field;
use crate::document::front_matter::FrontMatter;
use crate::document::header::{read_fields, read_person};
use crate::domain::incident_id::IncidentId;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;

/// The keys of a report, in the order in which a new one lists them.
///
/// # Source
/// Spec §2: "`postmortem.md` and `rca.md` have a short front matter of their own".
pub const REPORT_KEYS: [&str; 6] = ["incident", "title", "date", "authors", "status", "done_at"];

/// Whether a report is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportStatus {
    /// Still being written.
    Draft,
    /// Declared done.
    Done,
}

/// A report's front matter, sound.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportHeader {
    /// `incident`: whose report it is.
    pub incident: IncidentId,
    /// `title`, if there is one.
    pub title: Option<String>,
    /// `date` of the incident, local.
    pub date: Option<NaiveDate>,
    /// `authors`: people, with or without an address.
    pub authors: Vec<Person>,
    /// `status`
    pub status: ReportStatus,
    /// `done_at`: when it was declared done.
    pub done_at: Option<Timestamp>,
    /// Keys that the tool does not know, in the order of the file.
    pub extra: Map<String, Value>,
}

impl ReportHeader {
    /// Reads the front matter of a whole report.
    ///
    /// # Errors
    /// There is no sound front matter, `incident` or `status` is missing, or a known key holds what it cannot hold.
    pub fn of_document(text: &str) -> Result<Self, BrokenDocument> {
        let parts = FrontMatter::split(text)?;
        Self::parse(parts.yaml_of(text), parts.first_line)
    }

    /// Reads the YAML of a report's front matter, whose first line is line `first_line` of the file.
    ///
    /// # Errors
    /// As [`ReportHeader::of_document`].
    pub fn parse(yaml: &str, first_line: usize) -> Result<Self, BrokenDocument> {
        let mut fields = read_fields(yaml, first_line)?;
        let mut take = |name: &str| fields.iter().position(|field| field.name == name).map(|index| fields.remove(index));
        let missing = |name: &str| BrokenDocument {
            line: first_line.saturating_sub(1).max(1),
            column: 1,
            message: format!("`{name}` is missing from the front matter"),
        };
        let incident = read(take("incident"), |text| text.parse().map_err(|error| format!("{error}")))?;
        let status = read(take("status"), |text| match text {
            "draft" => Ok(ReportStatus::Draft),
            "done" => Ok(ReportStatus::Done),
            _ => Err(format!("`{text}` is not the status of a report (draft, done)")),
        })?;
        Ok(Self {
            incident: incident.ok_or_else(|| missing("incident"))?,
            title: read(take("title"), |text| Ok(text.to_owned()))?,
            date: read(take("date"), |text| text.parse().map_err(|_| format!("`{text}` is not a date such as 2026-11-22")))?,
            authors: take("authors").map_or_else(|| Ok(Vec::new()), |field| people(&field))?,
            status: status.ok_or_else(|| missing("status"))?,
            done_at: read(take("done_at"), |text| text.parse().map_err(|error| format!("{error}")))?,
            extra: fields.into_iter().map(|field| (field.name, field.value)).collect(),
        })
    }

    /// Whether it was declared done.
    pub fn is_done(&self) -> bool {
        self.status == ReportStatus::Done
    }
}

/// A text key's meaning; `None` when it is absent or blank.
fn read<T>(field: Option<Field>, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, BrokenDocument> {
    let Some(field) = field else { return Ok(None) };
    let text = field.text()?.unwrap_or_default();
    if text.trim().is_empty() { Ok(None) } else { parse(text.trim()).map(Some).map_err(|why| field.broken(&why)) }
}

fn people(field: &Field) -> Result<Vec<Person>, BrokenDocument> {
    field.list()?.iter().map(|item| read_person(item).map_err(|why| field.broken(&why))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::*;

    #[test]
    fn a_report_is_read() {
        let text = concat!(
            "---\nincident: INC-K7QFM\ntitle: Many errors\ndate: 2026-11-22\nauthors:\n  - Sam <s@example.org>\n  - Ada\n",
            "status: done\ndone_at: 2026-11-24T10:00:00-05:00\nreviewed: 2\n---\n# x\n"
        );
        let header = ReportHeader::of_document(text).unwrap();
        assert_eq!(header.incident.to_string(), "INC-K7QFM");
        assert_eq!(header.date.unwrap().to_string(), "2026-11-22");
        assert_eq!(header.authors, [Person::new("Sam", Some("s@example.org")), Person::new("Ada", None)]);
        assert!(header.is_done() && header.done_at.is_some());
        assert_eq!(header.extra.get("reviewed"), Some(&2.into()));
    }

    #[test]
    fn what_is_unsound_is_named() {
        for (yaml, expected) in [
            ("status: draft\n", "1:1: `incident` is missing from the front matter"),
            ("incident: INC-K7QFM\n", "1:1: `status` is missing from the front matter"),
            ("incident: INC-K7QFM\nstatus: ready\n", "3:1: `status`: `ready` is not the status of a report (draft, done)"),
            ("incident: INC-K7QFM\nstatus: draft\ndate: soon\n", "4:1: `date`: `soon` is not a date such as 2026-11-22"),
            ("incident: INC-K7QFM\nstatus: draft\nauthors: Sam\n", "4:1: `authors`: a list is expected, one `- item` a line"),
        ] {
            assert_eq!(ReportHeader::parse(yaml, 2).unwrap_err().to_string(), expected);
        }
    }
}
