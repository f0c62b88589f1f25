//! `complete/marks`: the timeline marks the start and the end of the outage and of the incident.
//! PURE.

use crate::document::entry_line::write_entry;
use crate::document::marks::{MARKS, marks};
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{follows_the_process, tells_of_an_incident, title};
use crate::rules::lint::report_timeline::ReportTimeline;
use crate::rules::lint::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "complete/marks",
    level: Level::Error,
    what: "a timeline that does not mark outage start, outage end, incident start and incident end; before the close, and in a report of another form: advice",
    source: "Add start and end times to the outage and incident … in the timeline, and mark them clearly for ease of scanning",
    page: include_str!("data/pages/complete-marks.txt"),
};

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if !tells_of_an_incident(prose, linted) {
        return;
    }
    let timeline = ReportTimeline::read(prose);
    let missing: Vec<EntryKind> = MARKS.iter().map(|(kind, _)| *kind).filter(|kind| timeline.marked(*kind).next().is_none()).collect();
    let Some(span) = timeline.place.or_else(|| title(prose)).filter(|_| !missing.is_empty()) else { return };
    let names = missing.iter().map(|kind| format!("no {}", kind.word().to_lowercase())).collect::<Vec<_>>().join(", ");
    let finding = LintFinding::new(&RULE, prose, span, format!("the timeline marks {names}")).with_help(help(linted, &missing));
    let is_owed = linted.is_closed && follows_the_process(prose, linted);
    found.push(if is_owed { finding } else { finding.at_level(Level::Advice) });
}

/// The lines to insert: from the record where it knows the time, else their form.
fn help(linted: &LintedText, missing: &[EntryKind]) -> String {
    let known = linted.record.map(|record| (marks(record.header()), record.zone()));
    let line = |kind: &EntryKind| {
        let entry = known.as_ref().and_then(|(marks, zone)| Some((marks.iter().find(|mark| mark.kind == Some(*kind))?, *zone)));
        entry.map_or_else(|| format!("- HH:MM ZONE: **{}.**", kind.word()), |(mark, zone)| write_entry(mark, zone))
    };
    format!("insert in order of time: {}", missing.iter().map(line).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::incident_document::IncidentDocument;
    use crate::rules::lint::known::Known;
    use crate::rules::lint::linted_text::TextKind;

    const TEXT: &str = "# T\n\n## Summary\n\nx\n\n## Timeline (all times EST)\n\n- 23:50 EST: **Outage start.**\n- 23:59 EST: **Incident start.**\n\n## Resolution\n\ny\n";

    fn found(text: &LintedText) -> Vec<String> {
        let mut found = Vec::new();
        lint(&Prose::read(text.text), text, &mut found);
        let shown = |found: LintFinding| {
            format!(
                "{}:{} {} | {}",
                found.finding.line.unwrap_or(0),
                found.finding.level,
                found.finding.message,
                found.finding.help.unwrap_or_default()
            )
        };
        found.into_iter().map(shown).collect()
    }

    #[test]
    fn the_marks_that_are_missing_are_named_in_one_finding() {
        let known = Known::default();
        assert_eq!(
            found(&LintedText::other(TEXT, &known)),
            [
                "7:advice the timeline marks no outage end, no incident end | insert in order of time: - HH:MM ZONE: **Outage end.**; - HH:MM ZONE: **Incident end.**"
            ]
        );
    }

    #[test]
    fn the_record_gives_the_lines_and_an_open_incident_has_time() {
        let record = "---\nid: INC-K7QFM\ntitle: T\nstatus: mitigated\noutage_ended_at: 2026-11-19T00:52:00-05:00\n---\n# T\n";
        let record = IncidentDocument::parse(record).ok();
        let known = Known::default();
        let text = LintedText { kind: TextKind::Postmortem, is_closed: false, record: record.as_ref(), ..LintedText::other(TEXT, &known) };
        assert_eq!(
            found(&text),
            [
                "7:advice the timeline marks no outage end, no incident end | insert in order of time: - 00:52 EST: **Outage end.**; - HH:MM ZONE: **Incident end.**"
            ]
        );
    }

    #[test]
    fn all_four_pass_and_a_text_that_is_no_report_owes_none() {
        let known = Known::default();
        let all = TEXT.replace("\n\n## Res", "\n- 00:52 EST: **Outage end.**\n- 01:25 EST: **Incident end.**\n\n## Res");
        assert_eq!(found(&LintedText::other(&all, &known)), [""; 0]);
        assert_eq!(found(&LintedText::other("# How to deploy\n\nRun it.\n", &known)), [""; 0]);
    }
}
