//! Findings for people: grouped by incident, one line each, with what mends it.
//! The level is a word; nothing depends on colour. Foreign text stands behind a place, never at the start of a line.

use crate::commands::findings::report::{Group, Report};
use crate::domain::finding::Finding;
use crate::domain::text::one_line;

/// The lines; empty when nothing was found.
pub fn text(report: &Report) -> String {
    let found: Vec<String> = report.groups().iter().filter(|group| !group.findings.is_empty()).map(group_text).collect();
    found.join("\n\n")
}

/// One line a finding, nothing else; empty when nothing was found.
pub fn lines(report: &Report) -> String {
    let lines: Vec<String> = report.groups().iter().flat_map(|group| &group.findings).map(|found| line(&found.finding)).collect();
    lines.join("\n")
}

fn group_text(group: &Group<'_>) -> String {
    let heading = group.looked.map_or_else(|| "The repository".to_owned(), |looked| one_line(&looked.heading()));
    group.findings.iter().fold(heading, |text, found| format!("{text}\n{}", with_help(&found.finding)))
}

/// The line of a finding, and one of help.
fn with_help(finding: &Finding) -> String {
    let line = line(finding);
    finding.help.as_ref().map_or_else(|| line.clone(), |help| format!("{line}\n  help: {}", one_line(help)))
}

/// `path:line:column: level [rule] message`, as editors read it.
pub fn line(finding: &Finding) -> String {
    let place = place(finding);
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    format!("{place}{} [{}] {}", finding.level, finding.rule, one_line(&finding.message))
}

/// `path:line:column`, as far as it is known.
pub fn place(finding: &Finding) -> String {
    let Some(path) = &finding.path else { return String::new() };
    let number = |number: Option<usize>| number.map_or_else(String::new, |number| format!(":{number}"));
    format!("{}{}{}", one_line(path), number(finding.line), number(finding.column.filter(|_| finding.line.is_some())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::report::sample::report;

    #[test]
    fn findings_stand_one_a_line_under_their_incident() {
        let wanted = "\
The repository
advice [not-pushed] 2 commits are not pushed
  help: git push

INC-K7QFM Many <errors> & \"more\" (closed)
incidents/2026-11/22-k7qfm-many-errors/incident.md:4:1: error [postmortem-missing] there is no postmortem
  help: qpp-incident postmortem INC-K7QFM
incidents/2026-11/22-k7qfm-many-errors/incident.md:7:3: warning [entry-unread] 100 % of <x>, a:b and \"more\" ]]>\\u{1b}";
        assert_eq!(text(&report()), wanted);
    }

    #[test]
    fn nothing_found_is_nothing_said() {
        assert_eq!(text(&Report { findings: Vec::new(), ..report() }), "");
    }
}
