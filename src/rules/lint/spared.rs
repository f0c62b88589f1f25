//! What is spared of that which the rules found: what a draft lacks, what quotes the incident's record, and what is told twice.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::record_differs;
use crate::rules::lint::report_shape::is_draft;
use crate::rules::lint::{simple_hard_sentence, simple_reading_level};

/// What a draft lacks is still to be written: advice until it is declared done.
pub fn spare_drafts(linted: &LintedText, findings: &mut [LintFinding]) {
    if is_draft(linted) {
        findings
            .iter_mut()
            .filter(|found| found.finding.rule.starts_with("complete/"))
            .for_each(|found| found.finding.level = Level::Advice);
    }
}

/// An entry that quotes the record is the record's: there only blame is pointed out, as advice.
pub fn spare_quotations(linted: &LintedText, findings: &mut Vec<LintFinding>) {
    let quotations = record_differs::quotations(linted);
    let is_quoted = |found: &LintFinding| {
        let next = quotations.partition_point(|range| range.start <= found.span.start);
        next.checked_sub(1).and_then(|at| quotations.get(at)).is_some_and(|range| range.contains(&found.span.start))
    };
    let is_spared = |found: &LintFinding| {
        ["blame/", "complete/", "record/", "simple/reading-level"].iter().any(|family| found.finding.rule.starts_with(family))
    };
    findings.retain(|found| is_spared(found) || !is_quoted(found));
    for found in findings.iter_mut().filter(|found| found.finding.rule.starts_with("blame/") && is_quoted(found)) {
        found.finding.level = Level::Advice;
    }
}

/// Where the grade of the whole text is warned of, its hard sentences are what makes it: they stay, with their places, as advice. One
/// warning is enough for one fault.
pub fn spare_parts_of_the_grade(findings: &mut [LintFinding]) {
    if findings.iter().any(|found| found.finding.rule == simple_reading_level::RULE.id) {
        let sentences = findings.iter_mut().filter(|found| found.finding.rule == simple_hard_sentence::RULE.id);
        sentences.for_each(|found| found.finding.level = Level::Advice);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::incident_document::IncidentDocument;
    use crate::rules::lint::all::lint;
    use crate::rules::lint::known::Known;
    use crate::rules::lint::linted_text::TextKind;

    #[test]
    fn hard_sentences_are_advice_where_the_grade_is_warned_of() {
        let hard = "The infrastructure configuration management synchronization process experienced unanticipated authentication \
            failures, which consequently prevented administrators from establishing communication. ";
        let said = |text: &str| {
            let found = lint(&LintedText::other(text, &Known::default())).findings;
            let simple = found.iter().filter(|found| ["simple/hard-sentence", "simple/reading-level"].contains(&found.finding.rule));
            simple.map(|found| format!("{} {}", found.finding.rule, found.finding.level)).collect::<Vec<_>>()
        };
        assert_eq!(said(hard), ["simple/hard-sentence warning"]);
        let long = said(&hard.repeat(6));
        assert_eq!(long.len(), 7, "{long:?}");
        assert!(long.contains(&"simple/reading-level warning".to_owned()), "{long:?}");
        assert_eq!(long.iter().filter(|said| *said == "simple/hard-sentence advice").count(), 6, "{long:?}");
        let left_alone = format!("---\nlint: {{disable: [simple/reading-level]}}\n---\n{}", hard.repeat(6));
        assert_eq!(said(&left_alone), ["simple/hard-sentence warning"; 6], "nobody is warned of the grade");
    }

    #[test]
    fn a_quotation_of_the_record_is_spared_and_its_author_is_nobodys_fault() {
        let record = "---\nid: INC-K7QFM\ntitle: T\nstatus: closed\nreporter: Grace Hopper <g@example.org>\n---\n# T\n\n## Timeline\n\n### 2026-11-19\n\n\
                      - 00:02 EST: We failed! — Grace Hopper\n";
        let record = IncidentDocument::parse(record).unwrap();
        let known = Known::new(&["Grace Hopper"], &[], &[]);
        let text =
            "# T\n\n## Timeline\n\n### 2026-11-19\n\n- 00:02 EST: We failed! — Grace Hopper\n- 00:03 EST: We slept. — Grace Hopper\n";
        let kind = TextKind::Postmortem;
        let linted = lint(&LintedText { kind, record: Some(&record), ..LintedText::other(text, &known) });
        let said = |found: &LintFinding| format!("{}:{} {}", found.finding.line.unwrap(), found.finding.rule, found.finding.level);
        let found: Vec<String> = linted.findings.iter().map(said).filter(|said| !said.contains("complete/")).collect();
        let elsewhere: Vec<&String> = found.iter().filter(|said| said.starts_with("8:")).collect();
        assert_eq!(elsewhere, ["8:record/differs warning", "8:person/first error"]);
        assert!(
            found.iter().filter(|said| said.starts_with("7:")).all(|said| said.contains("blame/") && said.ends_with("advice")),
            "{found:?}"
        );
    }
}
