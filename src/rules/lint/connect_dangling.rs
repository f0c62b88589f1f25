//! `connect/dangling`: a finding stands beside its source: a link, a query, a line of a log, somebody's words.
//! PURE.

use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::block::Block;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{block_to_line_end, report_of, tells_of_an_incident};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::{Word, WordKind, span_of};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "connect/dangling",
    level: Level::Advice,
    what: "a finding (found that, turned out, the logs showed) without a link, a query or a quotation beside it",
    source: "Draw connections between actions and outcomes, observations and analysis",
    page: include_str!("data/pages/connect-dangling.txt"),
};

static FINDINGS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/findings.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if report_of(linted).is_none() && !tells_of_an_incident(prose, linted) {
        return;
    }
    let tells = |block: &&Block| block.is_prose() && block.section != SectionKind::ActionItems && !block.section.is_lessons();
    for block in prose.blocks.iter().filter(tells).filter(|block| !has_source(prose, block)) {
        let phrase = (0..block.words.len()).find_map(|at| {
            let length = FINDINGS.find(block.words.get(at..)?)?.length;
            block.words.get(at..at + length)
        });
        let Some(span) = phrase.filter(|phrase| phrase.len() > 1).and_then(span_of) else { continue };
        let message = "a finding without its source";
        let help = "add the link, the query or the line of the log that shows it";
        found.push(LintFinding::new(&RULE, prose, span, message).with_help(help));
    }
}

/// A link, code, a quotation or an issue, in the block or on its last line, where an entry has its evidence.
fn has_source(prose: &Prose, block: &Block) -> bool {
    let is_source = |word: &Word| word.is_quoted || matches!(word.kind, WordKind::Code | WordKind::Url) || word.text.starts_with('#');
    let source = block_to_line_end(prose, block);
    // What is shown below a colon, as code or as a picture, is a source too.
    block.words.iter().any(is_source) || source.contains("](") || source.contains("][") || source.trim_end().ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    fn found(said: &str) -> Vec<String> {
        let text = format!("# T\n\n## Summary\n\n{said}\n\n## Timeline\n\n- y\n\n## Action items\n\n- Show what we found that day\n");
        let mut found = Vec::new();
        lint(&Prose::read(&text), &LintedText::other(&text, &Known::default()), &mut found);
        found.into_iter().filter_map(|found| text.get(found.span).map(str::to_owned)).collect()
    }

    #[test]
    fn a_finding_without_a_source_is_found_once_a_paragraph() {
        assert_eq!(found("The team found that the disk was full. It turned out late."), ["found that"]);
        assert_eq!(found("The logs showed errors."), ["logs showed"]);
    }

    #[test]
    fn a_source_beside_it_passes() {
        for said in [
            "The team found that the disk was full (`df -h`).",
            "The team found that the disk was full. [graph](https://x.example)",
            "The log shows that \"no space\" was left.",
            "The logs show:\n\n```\nno space\n```",
            "The team found the owner.",
            "It was discovered in #123 that x.",
        ] {
            assert_eq!(found(said), [""; 0], "{said}");
        }
    }
}
