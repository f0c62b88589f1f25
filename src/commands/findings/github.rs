//! Findings as workflow commands: GitHub shows each beside its line.
//! One line a finding; what it says cannot end the line or forge a property.
//!
//! # Source
//! GitHub Docs, "Workflow commands for GitHub Actions"; the escapes are those of `actions/toolkit`, `packages/core/src/command.ts`.

use crate::commands::findings::found::Found;
use crate::commands::findings::report::Report;
use crate::domain::finding::Level;
use crate::domain::text::visible;

/// The lines; empty when nothing was found.
pub fn github(report: &Report) -> String {
    let groups = report.groups();
    let lines: Vec<String> = groups.iter().flat_map(|group| group.findings.iter().map(|found| line(found))).collect();
    lines.join("\n")
}

fn line(found: &Found) -> String {
    let finding = &found.finding;
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "notice",
    };
    let mut properties = Vec::new();
    properties.extend(finding.path.as_ref().map(|path| format!("file={}", property(path))));
    properties.extend(finding.line.map(|line| format!("line={line}")));
    properties.extend(finding.column.map(|column| format!("col={column}")));
    // On one line only: GitHub refuses columns that lead into another line.
    let end = found.stretch.as_ref().map(|stretch| stretch.end).filter(|end| Some(end.line) == finding.line);
    properties.extend(end.map(|end| format!("endLine={},endColumn={}", end.line, end.column)));
    properties.push(format!("title={}", property(finding.rule)));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    format!("::{command} {}::{}", properties.join(","), escaped(&format!("{}{help}", finding.message)))
}

fn escaped(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::report::sample::report;

    #[test]
    fn each_finding_is_one_command() {
        let wanted = "\
::notice title=not-pushed::2 commits are not pushed%0Ahelp: git push
::error file=incidents/2026-11/22-k7qfm-many-errors/incident.md,line=4,col=1,title=postmortem-missing::there is no postmortem%0Ahelp: qpp-incident postmortem INC-K7QFM
::warning file=incidents/2026-11/22-k7qfm-many-errors/incident.md,line=7,col=3,title=entry-unread::100 %25 of <x>, a:b%0Aand \"more\" ]]>\\u{1b}";
        assert_eq!(github(&report()), wanted);
    }

    #[test]
    fn a_property_cannot_be_forged() {
        assert_eq!(property("a,line=1::b%\r\n"), "a%2Cline=1%3A%3Ab%25%0A");
    }
}
