//! What the templates may name: one value for each field, so that a template never asks for what nobody gives.
//! PURE: values. All are markdown as it is to stand in the document; who fills them escapes free text first.

use serde::Serialize;

use crate::document::cell::escape_cell;
use crate::document::table::Row;

/// The fields of `incident.md`, `postmortem.md` and `rca.md`. Empty: not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DocumentFields {
    /// `INC-K7QFM`
    pub id: String,
    /// One line.
    pub title: String,
    /// IANA name of the document's zone.
    pub timezone: String,
    /// The generated lines under the title, for `incident.md` alone.
    pub head_block: String,
    /// `2026-11-22`: the day of the incident.
    pub date: String,
    /// Names, separated by commas.
    pub authors: String,
    /// The incident's status, in words.
    pub status: String,
    /// `SEV-2`
    pub severity: String,
    /// The incident commander, a name.
    pub commander: String,
    /// Section text.
    pub summary: String,
    /// Section text.
    pub impact: String,
    /// Section text.
    pub extent: String,
    /// Day headings and entries, the four marks among them in a postmortem.
    pub timeline: String,
    /// Section text.
    pub root_causes: String,
    /// Section text.
    pub trigger: String,
    /// Section text.
    pub resolution: String,
    /// Section text.
    pub detection: String,
    /// The action items.
    pub actions: Vec<ActionFields>,
    /// Section text.
    pub went_well: String,
    /// Section text.
    pub went_wrong: String,
    /// Section text.
    pub got_lucky: String,
    /// The instants that matter, in order: outage start, incident start, mitigated, outage end, incident end.
    pub times: Vec<TimeFields>,
}

/// One action item, its cells escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActionFields {
    /// Reference and text.
    pub item: String,
    /// Type.
    #[serde(rename = "type")]
    pub item_type: String,
    /// Who does it.
    pub owner: String,
    /// Link or number.
    pub issue: String,
}

/// One instant, for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimeFields {
    /// `Outage start`
    pub what: String,
    /// `2026-11-22 23:50 EST`
    pub at: String,
}

/// The fields of `report.txt`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PagerReportFields {
    /// The team's `PagerDuty` address.
    pub to: String,
    /// The reporter's address.
    pub from: String,
    /// One line.
    pub subject: String,
    /// `23:50 EST`; empty when nobody knows.
    pub started_at: String,
    /// What was seen.
    pub text: String,
    /// Links.
    pub evidence: Vec<String>,
}

impl From<&Row> for ActionFields {
    fn from(row: &Row) -> Self {
        let [item, item_type, owner, issue] = row.each_ref().map(|cell| escape_cell(cell));
        Self { item, item_type, owner, issue }
    }
}
