//! `complete/section`: every part of the template is there and says something.
//! PURE. Another team's report is held to the parts, not to the template's words for them.

use crate::document::report::Report;
use crate::document::report_gaps::gaps;
use crate::domain::finding::Level;
use crate::rules::lint::block::BlockKind;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{follows_the_process, line_span, parts, report_of, tells_of_an_incident, title};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "complete/section",
    level: Level::Error,
    what: "a part of the template is missing or empty; in a draft and in a report of another form: advice",
    source: "Be comprehensive. Error on the side of including more information about the incident rather than less",
    page: include_str!("data/pages/complete-section.txt"),
};

/// The parts that any report on an incident has, and what the process calls them.
const PARTS: &[(SectionKind, &str)] = &[
    (SectionKind::Summary, "Summary"),
    (SectionKind::Impact, "Impact"),
    (SectionKind::Timeline, "Timeline"),
    (SectionKind::RootCauses, "Root Causes"),
    (SectionKind::Resolution, "Resolution"),
    (SectionKind::Detection, "Detection"),
    (SectionKind::ActionItems, "Action Items"),
    (SectionKind::LessonsLearned, "Lessons Learned"),
];

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    match report_of(linted) {
        Some(report) => by_template(prose, linted, report, found),
        None if tells_of_an_incident(prose, linted) => {
            by_parts(prose, if follows_the_process(prose, linted) { Level::Error } else { Level::Advice }, found);
        }
        None => {}
    }
}

fn by_template(prose: &Prose, linted: &LintedText, report: Report, found: &mut Vec<LintFinding>) {
    let Some(title) = title(prose) else { return };
    for gap in gaps(report, linted.text, linted.template).into_iter().filter(|gap| !gap.what.contains("prompt")) {
        let span = gap.line.and_then(|line| line_span(linted.text, line)).unwrap_or_else(|| title.clone());
        let help = format!("write it, or say why there is nothing to say: ## {}", gap.part);
        let finding = LintFinding::new(&RULE, prose, span, format!("the part `{}` {}", gap.part, gap.what)).with_help(help);
        found.push(finding);
    }
}

fn by_parts(prose: &Prose, level: Level, found: &mut Vec<LintFinding>) {
    let Some(title) = title(prose) else { return };
    let there = parts(prose);
    let missing: Vec<&str> = PARTS.iter().filter(|(kind, _)| !there.contains(kind)).map(|(_, name)| *name).collect();
    if !missing.is_empty() {
        let message = format!("nothing is headed as {}", missing.join(", "));
        let help = "a heading for each lets a reader find it, also where there is little to say";
        found.push(LintFinding::new(&RULE, prose, title, message).with_help(help).at_level(level));
    }
    for (block, next) in prose.blocks.iter().zip(prose.blocks.iter().skip(1).map(Some).chain([None])) {
        let is_part = block.kind == BlockKind::Heading && block.section != SectionKind::Other;
        if is_part && let Some(span) = heading_without_text(prose, block.span.start, next.map(|next| (next.kind, next.span.start))) {
            let message = "this part is empty";
            found.push(LintFinding::new(&RULE, prose, span, message).with_help("write it, or take the heading out").at_level(level));
        }
    }
}

/// The heading at a byte, if nothing stands between it and the next heading of its level or above.
fn heading_without_text(prose: &Prose, at: usize, next: Option<(BlockKind, usize)>) -> Option<std::ops::Range<usize>> {
    let is_heading = |(kind, _): &(BlockKind, usize)| *kind == BlockKind::Heading;
    if next.is_some_and(|next| !is_heading(&next)) {
        return None;
    }
    let level = |at: usize| {
        let start = prose.text.get(..at)?.rfind('\n').map_or(0, |line| line + 1);
        let line = prose.text.get(start..)?.lines().next()?;
        let marks = line.len() - line.trim_start_matches('#').len();
        (marks > 0).then_some((marks, start..start + line.trim_end().len()))
    };
    let (own, span) = level(at)?;
    let end = match next {
        Some((_, next)) => {
            let (other, line) = level(next)?;
            (other <= own).then_some(line.start)?
        }
        None => prose.text.len(),
    };
    // Code, HTML and pictures say something too.
    prose.text.get(span.end..end)?.trim().is_empty().then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::all::tests::lines_of;
    use crate::rules::lint::known::Known;
    use crate::rules::lint::linted_text::TextKind;

    fn found(text: &LintedText) -> Vec<String> {
        lines_of(lint, text)
    }

    #[test]
    fn a_postmortem_is_held_to_the_template() {
        let known = Known::default();
        let template = "# {{ title }}\n\n## Summary\n\nx\n\n## Impact\n\ny\n";
        let text = |status: &str| format!("---\nincident: INC-K7QFM\nstatus: {status}\n---\n# T\n\n## Summary\n\n-\n");
        let of =
            |text: &str| found(&LintedText { kind: TextKind::Postmortem, template: Some(template), ..LintedText::other(text, &known) });
        assert_eq!(of(&text("done")), ["7:error the part `Summary` is empty", "5:error the part `Impact` is missing"]);
        assert_eq!(of(&text("draft")), ["7:advice the part `Summary` is empty", "5:advice the part `Impact` is missing"]);
        assert_eq!(of(&text("done").replace("-\n", "x\n## Impact\n\nz\n").replace("--x\n## Impact\n\nz\n", "---\n")), [""; 0]);
    }

    #[test]
    fn a_report_of_others_is_held_to_the_parts() {
        let known = Known::default();
        let text = "# T\n\n## Summary\n\nx\n\n## Impact\n\n## Timeline\n\n- 10:35 y\n\n## Action items\n\n### Docs\n\n- z\n\n## Lessons\n";
        assert_eq!(
            found(&LintedText::other(text, &known)),
            [
                "1:advice nothing is headed as Root Causes, Resolution, Detection",
                "7:advice this part is empty",
                "19:advice this part is empty",
            ]
        );
        assert_eq!(found(&LintedText::other("# How to deploy\n\n## Summary\n", &known)), [""; 0]);
    }
}
