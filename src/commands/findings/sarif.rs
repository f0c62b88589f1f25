//! Findings as SARIF 2.1.0, which code scanning services read.
//! The structs hold the part of the standard that is used, by the standard's names.
//!
//! # Source
//! OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", §3.13 to §3.57.

use serde::Serialize;

use crate::commands::findings::found::Found;
use crate::commands::findings::report::Report;
use crate::document::place::Stretch;
use crate::domain::finding::Level;
use crate::domain::text::visible;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<ReportingDescriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor {
    id: String,
    short_description: Message,
    default_configuration: ReportingConfiguration,
}

#[derive(Serialize)]
struct ReportingConfiguration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: [Replaced; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replaced {
    deleted_region: Region,
    inserted_content: ArtifactContent,
}

#[derive(Serialize)]
struct ArtifactContent {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

impl From<&Stretch> for Region {
    fn from(stretch: &Stretch) -> Self {
        let (start, end) = (stretch.start, stretch.end);
        Self { start_line: start.line, start_column: Some(start.column), end_line: Some(end.line), end_column: Some(end.column) }
    }
}

/// The log as a JSON value.
///
/// # Errors
/// It cannot be written as JSON: a bug of ours.
pub fn sarif(report: &Report) -> Result<serde_json::Value, serde_json::Error> {
    let rules = report.rules.iter().map(|rule| ReportingDescriptor {
        id: rule.id.to_owned(),
        short_description: Message { text: rule.what.to_owned() },
        default_configuration: ReportingConfiguration { level: level(rule.level) },
    });
    let results = report.groups().iter().flat_map(|group| group.findings.clone()).map(|found| result(report, found)).collect();
    let driver = Driver { name: "qpp-incident", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    serde_json::to_value(Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    })
}

fn result(report: &Report, found: &Found) -> SarifResult {
    let finding = &found.finding;
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let of_line = || finding.line.map(|start_line| Region { start_line, start_column: finding.column, end_line: None, end_column: None });
    let location = finding.path.as_ref().map(|path| Location {
        physical_location: PhysicalLocation {
            artifact_location: artifact(path),
            region: found.stretch.as_ref().map(Region::from).or_else(of_line),
        },
    });
    let fix = found.fix.as_ref().zip(finding.path.as_ref()).map(|(fix, path)| Fix {
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(path),
            replacements: [Replaced {
                deleted_region: Region::from(&fix.stretch),
                inserted_content: ArtifactContent { text: fix.text.clone() },
            }],
        }],
    });
    SarifResult {
        rule_id: finding.rule.to_owned(),
        rule_index: report.rules.iter().position(|rule| rule.id == finding.rule),
        level: level(finding.level),
        message: Message { text: visible(&format!("{}{help}", finding.message)) },
        locations: location.into_iter().collect(),
        fixes: fix.into_iter().collect(),
    }
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation { uri: relative_uri(path), uri_base_id: "%SRCROOT%" }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
    }
}

/// A path as a relative reference.
///
/// # Source
/// RFC 3986 §2.3 and §3.3: what is neither unreserved nor a slash is percent-encoded.
fn relative_uri(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.extend(format!("%{byte:02X}").chars());
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
    use serde_json::{Value, json};

    use super::*;
    use crate::commands::findings::report::sample::report;

    /// What the standard requires: a property of the object, and how it must look.
    fn assert_required(object: &Value, pointer: &str, is_sound: fn(&Value) -> bool) {
        let value = object.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing in {object:#}"));
        assert!(is_sound(value), "{pointer} is {value}");
    }

    #[test]
    fn the_required_properties_of_the_standard_are_there() {
        let log = sarif(&report()).unwrap();
        assert_required(&log, "/version", |value| value == "2.1.0");
        assert_required(&log, "/$schema", |value| value.as_str().is_some_and(|uri| uri.starts_with("https://")));
        assert_required(&log, "/runs", |value| value.as_array().is_some_and(|runs| runs.len() == 1));
        assert_required(&log, "/runs/0/tool/driver/name", Value::is_string);
        assert_required(&log, "/runs/0/results", Value::is_array);
        assert_required(&log, "/runs/0/columnKind", |value| value == "unicodeCodePoints");
        for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
            assert_required(rule, "/id", Value::is_string);
            assert_required(rule, "/shortDescription/text", Value::is_string);
        }
        for result in log["runs"][0]["results"].as_array().unwrap() {
            assert_required(result, "/message/text", |value| value.as_str().is_some_and(|text| !text.is_empty()));
            assert_required(result, "/level", |value| ["none", "note", "warning", "error"].iter().any(|level| value == level));
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
            for location in result["locations"].as_array().unwrap() {
                assert_required(location, "/physicalLocation/artifactLocation/uri", Value::is_string);
                assert_required(location, "/physicalLocation/region/startLine", |value| value.as_u64() >= Some(1));
            }
        }
    }

    #[test]
    fn a_result_names_rule_level_place_and_help() {
        let log = sarif(&report()).unwrap();
        let wanted = json!({
            "ruleId": "postmortem-missing",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "there is no postmortem\nhelp: qpp-incident postmortem INC-K7QFM" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "incidents/2026-11/22-k7qfm-many-errors/incident.md", "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": 4, "startColumn": 1 },
            }}],
        });
        assert_eq!(log["runs"][0]["results"][1], wanted);
        assert_eq!(log["runs"][0]["results"][0]["locations"], json!([]));
    }

    #[test]
    fn a_path_is_a_sound_reference() {
        assert_eq!(relative_uri("a b/ü%.md"), "a%20b/%C3%BC%25.md");
    }
}
