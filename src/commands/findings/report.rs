//! What `check` and its kin have found, and in what they looked: the one value that every output format prints.
//! A value; nothing is decided or printed here.

use std::collections::BTreeMap;

use crate::commands::findings::found::Found;
use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;

/// An incident or a document that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The incident's folder, relative to the root; the document's path as its findings have it.
    pub path: String,
    /// The incident's id; none for a document that belongs to no incident.
    pub id: Option<IncidentId>,
    /// Its title and status, or that it cannot be read.
    pub headline: String,
}

impl Looked {
    /// What stands over its findings.
    pub fn heading(&self) -> String {
        self.id.as_ref().map_or_else(|| self.headline.clone(), |id| format!("{id} {}", self.headline))
    }
}

/// What is counted in the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Folders, for `check` and `verify`.
    Incidents,
    /// Files, for `lint`.
    Documents,
}

/// A rule, as machines list it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedRule {
    /// Its stable name.
    pub id: &'static str,
    /// Its own level.
    pub level: Level,
    /// What it finds.
    pub what: &'static str,
}

/// The findings of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `check`, `lint` or `verify`.
    pub command: &'static str,
    /// All its rules.
    pub rules: Vec<ListedRule>,
    /// What one of those is that were looked at.
    pub unit: Unit,
    /// What was looked at.
    pub looked: Vec<Looked>,
    /// The text of each document, by the path that its findings have; where there is one, what was found is shown in it.
    pub texts: BTreeMap<String, String>,
    /// What was found.
    pub findings: Vec<Found>,
    /// Findings of this level and above fail.
    pub failing: Level,
}

/// The findings of one incident or document, or of none.
pub struct Group<'a> {
    /// The incident or document; none for findings about the repository.
    pub looked: Option<&'a Looked>,
    /// Its findings, sorted.
    pub findings: Vec<&'a Found>,
}

impl Report {
    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.level <= self.failing
    }

    /// The findings by incident or document, in the order of the paths; those about the repository come first, if there are any.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut by_path: BTreeMap<&str, Group<'_>> = BTreeMap::new();
        for looked in &self.looked {
            by_path.insert(&looked.path, Group { looked: Some(looked), findings: Vec::new() });
        }
        let mut of_repository = Group { looked: None, findings: Vec::new() };
        for finding in &self.findings {
            let path = finding.finding.path.as_deref().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let place = if by_path.contains_key(path) { path } else { folder };
            by_path.get_mut(place).unwrap_or(&mut of_repository).findings.push(finding);
        }
        let first = (!of_repository.findings.is_empty()).then_some(of_repository);
        let mut groups: Vec<Group<'_>> = first.into_iter().chain(by_path.into_values()).collect();
        for group in &mut groups {
            group.findings.sort_by(|one, other| one.finding.cmp(&other.finding));
        }
        groups
    }

    /// `3 errors, 2 warnings in 4 incidents`
    pub fn summary(&self) -> String {
        let count = |level: Level| self.findings.iter().filter(|found| found.finding.level == level).count();
        let counted = |level: Level, one: &str, several: &str| match count(level) {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {several}")),
        };
        let found = [
            counted(Level::Error, "error", "errors"),
            counted(Level::Warning, "warning", "warnings"),
            counted(Level::Advice, "piece of advice", "pieces of advice"),
        ];
        let found: Vec<String> = found.into_iter().flatten().collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        let unit = match (self.unit, self.looked.len()) {
            (Unit::Incidents, 1) => "1 incident".to_owned(),
            (Unit::Incidents, count) => format!("{count} incidents"),
            (Unit::Documents, 1) => "1 document".to_owned(),
            (Unit::Documents, count) => format!("{count} documents"),
        };
        format!("{found} in {unit}")
    }
}

/// Reports for the tests of the formats.
#[cfg(test)]
pub mod sample {
    #![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs)]
    use std::collections::BTreeMap;

    use super::{ListedRule, Looked, Report, Unit};
    use crate::commands::findings::found::{Found, Replacement};
    use crate::document::place::Lines;
    use crate::domain::finding::{Finding, Level};

    const FOLDER: &str = "incidents/2026-11/22-k7qfm-many-errors";

    fn finding(rule: &'static str, level: Level, path: Option<&str>, message: &str) -> Finding {
        Finding { path: path.map(str::to_owned), ..Finding::new(rule, level, message) }
    }

    /// Findings of all levels, with and without a place, with characters that every format has to escape.
    pub fn report() -> Report {
        let incident = format!("{FOLDER}/incident.md");
        let other = "incidents/2026-11/23-00001-disk-full";
        Report {
            command: "check",
            rules: vec![
                ListedRule { id: "postmortem-missing", level: Level::Error, what: "it has none" },
                ListedRule { id: "entry-unread", level: Level::Warning, what: "it does not fit" },
                ListedRule { id: "not-pushed", level: Level::Advice, what: "others do not see it" },
            ],
            unit: Unit::Incidents,
            texts: BTreeMap::new(),
            looked: vec![
                Looked { path: other.to_owned(), id: "INC-00001".parse().ok(), headline: "Disk full (open)".to_owned() },
                Looked { path: FOLDER.to_owned(), id: "INC-K7QFM".parse().ok(), headline: "Many <errors> & \"more\" (closed)".to_owned() },
            ],
            findings: vec![
                finding("not-pushed", Level::Advice, None, "2 commits are not pushed").with_help("git push").into(),
                Finding {
                    line: Some(7),
                    column: Some(3),
                    incident: "INC-K7QFM".parse().ok(),
                    ..finding("entry-unread", Level::Warning, Some(&incident), "100 % of <x>, a:b\nand \"more\" ]]>\u{1b}")
                }
                .into(),
                Finding {
                    line: Some(4),
                    column: Some(1),
                    incident: "INC-K7QFM".parse().ok(),
                    ..finding("postmortem-missing", Level::Error, Some(&incident), "there is no postmortem")
                        .with_help("qpp-incident postmortem INC-K7QFM")
                }
                .into(),
            ],
            failing: Level::Error,
        }
    }

    /// A document without an incident: a word with what mends it, and two of one rule, behind characters of several bytes.
    pub fn linted() -> Report {
        let text = "# Café\nÄä, utilize the pool.\n\nWe saw it, and we said so.\n";
        let lines = Lines::of(text);
        let found = |rule: &'static str, level: Level, word: &str, message: &str| {
            let at = text.find(word).unwrap();
            let stretch = lines.stretch(at..at + word.trim_end().len());
            let (line, column) = (Some(stretch.start.line), Some(stretch.start.column));
            Found { stretch: Some(stretch), ..Finding { line, column, ..finding(rule, level, Some("notes/café.md"), message) }.into() }
        };
        let simpler = found("simple/word", Level::Advice, "utilize", "`utilize` has a simpler word: `use`");
        let fix = simpler.stretch.clone().map(|stretch| Replacement { stretch, text: "use".to_owned() });
        let by_name = |found: Found| Found { finding: found.finding.with_help("name who did it"), ..found };
        Report {
            command: "lint",
            rules: vec![
                ListedRule { id: "person/first", level: Level::Error, what: "the first person" },
                ListedRule { id: "simple/word", level: Level::Advice, what: "a longer word than is needed" },
            ],
            unit: Unit::Documents,
            looked: vec![Looked { path: "notes/café.md".to_owned(), id: None, headline: "notes/café.md".to_owned() }],
            texts: BTreeMap::from([("notes/café.md".to_owned(), text.to_owned())]),
            findings: vec![
                Found { fix, ..simpler },
                by_name(found("person/first", Level::Error, "We", "`We` is the first person")),
                by_name(found("person/first", Level::Error, "we ", "`we` is the first person")),
            ],
            failing: Level::Error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::report;
    use super::*;

    #[test]
    fn findings_are_grouped_by_incident_and_sorted() {
        let report = report();
        let groups: Vec<(Option<String>, Vec<&str>)> = report
            .groups()
            .iter()
            .map(|group| {
                (
                    group.looked.and_then(|looked| looked.id.as_ref()).map(ToString::to_string),
                    group.findings.iter().map(|found| found.finding.rule).collect(),
                )
            })
            .collect();
        let wanted = [
            (None, vec!["not-pushed"]),
            (Some("INC-K7QFM".to_owned()), vec!["postmortem-missing", "entry-unread"]),
            (Some("INC-00001".to_owned()), vec![]),
        ];
        assert_eq!(groups, wanted);
    }

    #[test]
    fn the_summary_counts_by_level() {
        assert_eq!(report().summary(), "1 error, 1 warning, 1 piece of advice in 2 incidents");
        let nothing = Report { findings: Vec::new(), looked: report().looked.into_iter().take(1).collect(), ..report() };
        assert_eq!(nothing.summary(), "nothing found in 1 incident");
    }

    #[test]
    fn what_fails_is_at_the_failing_level_or_worse() {
        let fails = |failing: Level| {
            let report = Report { failing, ..report() };
            report.findings.iter().filter(|found| report.fails(&found.finding)).count()
        };
        assert_eq!([Level::Error, Level::Warning, Level::Advice].map(fails), [1, 2, 3]);
    }
}
