//! Whether a text is a report on an incident, which parts it has, and where a finding about the whole of it stands.
//! PURE.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::report::Report;
use crate::document::report_header::ReportHeader;
use crate::rules::lint::block::{Block, BlockKind};
use crate::rules::lint::linted_text::{LintedText, TextKind};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::span_of;

/// How many known parts make any text a report.
const PARTS: usize = 3;

/// How many of the nine parts of the process's sample have a heading in a text that follows it.
const HEADINGS: usize = 6;

/// The report of the process that a text is, if it is one.
pub fn report_of(linted: &LintedText) -> Option<Report> {
    match linted.kind {
        TextKind::Postmortem => Some(Report::Postmortem),
        TextKind::Rca => Some(Report::Rca),
        TextKind::Other => None,
    }
}

/// Whether the text tells of an incident with a timeline: a postmortem, or anybody's report that has the parts of one.
/// Any other text, such as a page of a handbook, owes no timeline and no parts.
pub fn tells_of_an_incident(prose: &Prose, linted: &LintedText) -> bool {
    match linted.kind {
        TextKind::Postmortem => true,
        TextKind::Rca => false,
        TextKind::Other => {
            let parts = parts(prose);
            let tells = [SectionKind::Timeline, SectionKind::RootCauses, SectionKind::Resolution].iter().any(|kind| parts.contains(kind));
            tells && parts.len() >= PARTS
        }
    }
}

/// Whether the text follows the process's form, so that it owes what the form asks for: marks, parts, an entry every two hours.
/// Reports that other teams wrote in forms of their own are advised and no more.
pub fn follows_the_process(prose: &Prose, linted: &LintedText) -> bool {
    let headed = prose.blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.section != SectionKind::Other);
    let kinds = headed.map(|block| if block.section.is_lessons() { SectionKind::LessonsLearned } else { block.section });
    linted.kind != TextKind::Other || kinds.collect::<HashSet<_>>().len() >= HEADINGS
}

/// The known parts that have a heading or a label, lessons learned as one.
pub fn parts(prose: &Prose) -> HashSet<SectionKind> {
    let kinds = prose.blocks.iter().filter(|block| block.kind != BlockKind::Quotation).map(|block| block.section);
    let kinds = kinds.map(|kind| if kind.is_lessons() { SectionKind::LessonsLearned } else { kind });
    kinds.filter(|kind| *kind != SectionKind::Other).collect()
}

/// Where a finding about the whole text stands: its title, or whatever comes first.
pub fn title(prose: &Prose) -> Option<Range<usize>> {
    let heading = prose.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let block = heading.or_else(|| prose.blocks.first())?;
    span_of(&block.words).filter(|span| !span.is_empty())
}

/// Whether the text is a report that nobody has declared done.
pub fn is_draft(linted: &LintedText) -> bool {
    report_of(linted).is_some() && ReportHeader::of_document(linted.text).is_ok_and(|header| !header.is_done())
}

/// The source of a block to the end of its last line, where links end and entries have their evidence; not far in a line without end.
pub fn block_to_line_end<'t>(prose: &Prose<'t>, block: &Block) -> &'t str {
    let rest = prose.text.get(block.span.end..).unwrap_or_default();
    let length: usize = rest.chars().take(1000).take_while(|c| *c != '\n').map(char::len_utf8).sum();
    prose.text.get(block.span.start..block.span.end + length).unwrap_or_default()
}

/// What stands in a 1-based line, without blanks around it; nothing for a blank one.
pub fn line_span(text: &str, line: usize) -> Option<Range<usize>> {
    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let said = text.get(start..)?.lines().next()?;
    let start = start + (said.len() - said.trim_start().len());
    let span = start..start + said.trim().len();
    (!span.is_empty()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    #[test]
    fn a_report_is_known_by_its_parts() {
        let known = Known::default();
        let is_report = |text: &str| tells_of_an_incident(&Prose::read(text), &LintedText::other(text, &known));
        assert!(is_report("# T\n\n## Summary\n\nx\n\n## Timeline\n\n- y\n\n## Action items\n\n- z\n"));
        assert!(is_report("- **Impact**: x\n- **Identified**: y\n- **Resolution**: z\n"));
        assert!(!is_report("# T\n\n## Summary\n\nx\n\n## Impact\n\ny\n\n## Overview\n\nz\n"));
        assert!(!is_report("# How to deploy\n\nRun it.\n"));
        let postmortem = LintedText { kind: TextKind::Postmortem, ..LintedText::other("x", &known) };
        assert!(tells_of_an_incident(&Prose::read("x"), &postmortem));
    }

    #[test]
    fn a_text_follows_the_process_if_most_of_its_headings_are_there() {
        let known = Known::default();
        let follows = |text: &str| follows_the_process(&Prose::read(text), &LintedText::other(text, &known));
        let some = "## Summary\n\n## Impact\n\n## Timeline\n\n## Root Causes\n\n## Action Items\n\n";
        assert!(!follows(some) && follows(&format!("{some}## Trigger\n")));
        assert!(!follows(&format!("{some}- **Resolution**: x\n")));
    }

    #[test]
    fn a_line_is_found_without_its_blanks() {
        let text = "a\r\n\n  b c \r\nd";
        let line = |line: usize| line_span(text, line).and_then(|span| text.get(span));
        assert_eq!([line(0), line(1), line(2), line(3), line(4), line(5)], [None, Some("a"), None, Some("b c"), Some("d"), None]);
    }
}
