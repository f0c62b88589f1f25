//! `connect/cause-words`: a section on causes says how one thing led to the other.
//! PURE.

use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::block::Block;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{report_of, tells_of_an_incident};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "connect/cause-words",
    level: Level::Advice,
    what: "a section on causes, of two sentences or more, in which nothing says because, which caused, led to",
    source: "Explain how and why the team came to conclusions",
    page: include_str!("data/pages/connect-cause-words.txt"),
};

static CAUSAL: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/causal.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if report_of(linted).is_none() && !tells_of_an_incident(prose, linted) {
        return;
    }
    let is_cause = |block: &&Block| block.section == SectionKind::RootCauses && block.is_prose();
    let blocks: Vec<&Block> = prose.blocks.iter().filter(is_cause).collect();
    let sentences: usize = blocks.iter().map(|block| block.sentences.len()).sum();
    let says_why = |block: &&Block| (0..block.words.len()).any(|at| block.words.get(at..).is_some_and(|rest| CAUSAL.find(rest).is_some()));
    if sentences < 2 || blocks.iter().any(says_why) {
        return;
    }
    let Some(first) = blocks.first().and_then(|block| block.words.first()) else { return };
    let message = "nothing in the causes says how one thing led to the other";
    let help = "say because, which caused, led to; and how the team knows";
    found.push(LintFinding::new(&RULE, prose, first.span.clone(), message).with_help(help));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    fn found(causes: &str) -> Vec<Option<usize>> {
        let text = format!("# T\n\n## Summary\n\nx\n\n## Timeline\n\n- y\n\n## Root Causes\n\n{causes}\n\n## End\n\nBecause.\n");
        let mut found = Vec::new();
        lint(&Prose::read(&text), &LintedText::other(&text, &Known::default()), &mut found);
        found.iter().map(|found| found.finding.line).collect()
    }

    #[test]
    fn causes_without_a_connection_are_found() {
        assert_eq!(found("The pool had 4 connections. A release read a new setting."), [Some(13)]);
        assert_eq!(found("- The pool had 4 connections\n- A release read a new setting"), [Some(13)]);
    }

    #[test]
    fn a_connection_or_a_single_sentence_passes() {
        for causes in ["The pool had 4 connections.", "It was full. Writes stopped because of it.", "A. This led to B.", ""] {
            assert_eq!(found(causes), [None; 0], "{causes}");
        }
    }
}
