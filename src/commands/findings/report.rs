//! What `check` and its kin have found, and in what they looked: the one value that every output format prints.
//! A value; nothing is decided or printed here.

use std::collections::BTreeMap;

use crate::domain::finding::{Finding, Level};
use crate::domain::incident_id::IncidentId;

/// An incident that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Its folder, relative to the root.
    pub path: String,
    /// Its id.
    pub id: IncidentId,
    /// Its title and status, or that it cannot be read.
    pub headline: String,
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
    /// The incidents that were looked at.
    pub looked: Vec<Looked>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Findings of this level and above fail.
    pub failing: Level,
}

/// The findings of one incident, or of no incident.
pub struct Group<'a> {
    /// The incident; none for findings about the repository.
    pub looked: Option<&'a Looked>,
    /// Its findings, sorted.
    pub findings: Vec<&'a Finding>,
}

impl Report {
    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.level <= self.failing
    }

    /// The findings by incident, in the order of the folders; those about the repository come first, if there are any.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut by_folder: BTreeMap<&str, Group<'_>> = BTreeMap::new();
        for looked in &self.looked {
            by_folder.insert(&looked.path, Group { looked: Some(looked), findings: Vec::new() });
        }
        let mut of_repository = Group { looked: None, findings: Vec::new() };
        for finding in &self.findings {
            let folder = finding.path.as_deref().and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
            by_folder.get_mut(folder).unwrap_or(&mut of_repository).findings.push(finding);
        }
        let first = (!of_repository.findings.is_empty()).then_some(of_repository);
        let mut groups: Vec<Group<'_>> = first.into_iter().chain(by_folder.into_values()).collect();
        for group in &mut groups {
            group.findings.sort();
        }
        groups
    }

    /// `3 errors, 2 warnings in 4 incidents`
    pub fn summary(&self) -> String {
        let count = |level: Level| self.findings.iter().filter(|finding| finding.level == level).count();
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
        let incidents = if self.looked.len() == 1 { "1 incident".to_owned() } else { format!("{} incidents", self.looked.len()) };
        format!("{found} in {incidents}")
    }
}

/// Reports for the tests of the formats.
#[cfg(test)]
pub mod sample {
    #![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs)]
    use super::{ListedRule, Looked, Report};
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
            looked: vec![
                Looked { path: other.to_owned(), id: "INC-00001".parse().unwrap(), headline: "Disk full (open)".to_owned() },
                Looked {
                    path: FOLDER.to_owned(),
                    id: "INC-K7QFM".parse().unwrap(),
                    headline: "Many <errors> & \"more\" (closed)".to_owned(),
                },
            ],
            findings: vec![
                finding("not-pushed", Level::Advice, None, "2 commits are not pushed").with_help("git push"),
                Finding {
                    line: Some(7),
                    column: Some(3),
                    incident: "INC-K7QFM".parse().ok(),
                    ..finding("entry-unread", Level::Warning, Some(&incident), "100 % of <x>, a:b\nand \"more\" ]]>\u{1b}")
                },
                Finding {
                    line: Some(4),
                    column: Some(1),
                    incident: "INC-K7QFM".parse().ok(),
                    ..finding("postmortem-missing", Level::Error, Some(&incident), "there is no postmortem")
                        .with_help("qpp-incident postmortem INC-K7QFM")
                },
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
            .map(|group| (group.looked.map(|looked| looked.id.to_string()), group.findings.iter().map(|finding| finding.rule).collect()))
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
            report.findings.iter().filter(|finding| report.fails(finding)).count()
        };
        assert_eq!([Level::Error, Level::Warning, Level::Advice].map(fails), [1, 2, 3]);
    }
}
