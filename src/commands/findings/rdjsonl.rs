//! Findings as lines of JSON for reviewdog: each line one Diagnostic, which names its place and what mends it.
//! Columns count the bytes of UTF-8, as that format wants; where a rule knows a line alone, its column stands as it is.
//!
//! # Source
//! reviewdog, "Reviewdog Diagnostic Format", `proto/rdf/reviewdog.proto`.

use serde::Serialize;

use crate::commands::findings::found::Found;
use crate::commands::findings::report::Report;
use crate::document::place::{Place, Stretch};
use crate::domain::finding::Level;
use crate::domain::text::visible;
use crate::error::CommandError;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    severity: &'static str,
    source: Source,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Source {
    name: String,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

impl From<Place> for Position {
    fn from(place: Place) -> Self {
        Self { line: place.line, column: Some(place.byte_column) }
    }
}

impl From<&Stretch> for Range {
    fn from(stretch: &Stretch) -> Self {
        Self { start: stretch.start.into(), end: Some(stretch.end.into()) }
    }
}

/// The lines; empty when nothing was found.
///
/// # Errors
/// They cannot be written as JSON: a bug of ours.
pub fn rdjsonl(report: &Report) -> Result<String, CommandError> {
    let groups = report.groups();
    let lines = groups.iter().flat_map(|group| &group.findings).map(|found| serde_json::to_string(&diagnostic(report, found)));
    let lines: Vec<String> = lines.collect::<Result<_, _>>().map_err(anyhow::Error::from)?;
    Ok(lines.join("\n"))
}

fn diagnostic<'a>(report: &Report, found: &'a Found) -> Diagnostic<'a> {
    let finding = &found.finding;
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let of_line = || finding.line.map(|line| Range { start: Position { line, column: finding.column }, end: None });
    let range = || found.stretch.as_ref().map(Range::from).or_else(of_line);
    let fix = found.fix.as_ref().map(|fix| Suggestion { range: Range::from(&fix.stretch), text: &fix.text });
    Diagnostic {
        message: visible(&format!("{}{help}", finding.message)),
        location: finding.path.as_deref().map(|path| Location { path, range: range() }),
        severity: match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Advice => "INFO",
        },
        source: Source { name: format!("qpp-incident {}", report.command) },
        code: Code { value: finding.rule },
        suggestions: fix.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use serde_json::{Value, json};

    use super::*;
    use crate::commands::findings::report::sample::{linted, report};

    #[test]
    fn each_finding_is_one_line_of_json() {
        let lines = rdjsonl(&report()).unwrap();
        assert_eq!(lines.lines().count(), 3);
        let wanted = json!({
            "message": "there is no postmortem\nhelp: qpp-incident postmortem INC-K7QFM",
            "location": { "path": "incidents/2026-11/22-k7qfm-many-errors/incident.md", "range": { "start": { "line": 4, "column": 1 } } },
            "severity": "ERROR",
            "source": { "name": "qpp-incident check" },
            "code": { "value": "postmortem-missing" },
        });
        let of_lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(of_lines[1], wanted);
        assert_eq!(of_lines[0].get("location"), None);
    }

    #[test]
    fn a_range_counts_bytes_and_what_mends_it_is_a_suggestion() {
        let line: Value = serde_json::from_str(rdjsonl(&linted()).unwrap().lines().next().unwrap()).unwrap();
        let range = json!({ "start": { "line": 2, "column": 7 }, "end": { "line": 2, "column": 14 } });
        assert_eq!(line["location"]["range"], range);
        assert_eq!(line["suggestions"], json!([{ "range": range, "text": "use" }]));
        assert_eq!(line["severity"], "INFO");
    }
}
