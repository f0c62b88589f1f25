//! `complete/placeholder`: nothing is left that only stands for what is to be written: prompts, `{{ … }}`, TBD.
//! PURE.

use std::ops::Range;
use std::sync::LazyLock;

use crate::document::report_gaps::gaps;
use crate::domain::finding::Level;
use crate::rules::lint::block::Block;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{line_span, report_of, tells_of_an_incident};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_kind::SectionKind;
use crate::rules::lint::word::{Word, WordKind};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "complete/placeholder",
    level: Level::Error,
    what: "a prompt of the template still stands, or `{{ … }}`, TBD, TODO; in a draft: advice",
    source: "Be comprehensive. Error on the side of including more information about the incident rather than less",
    page: include_str!("data/pages/complete-placeholder.txt"),
};

/// How many characters stand between braces at most.
const LONGEST: usize = 60;

static WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/placeholders.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    let report = report_of(linted);
    if report.is_none() && !tells_of_an_incident(prose, linted) {
        return;
    }
    let mut push = |span: Range<usize>, message: String, help: &str| {
        found.push(LintFinding::new(&RULE, prose, span, message).with_help(help));
    };
    let prompts = report.map(|report| gaps(report, linted.text, linted.template)).unwrap_or_default();
    for gap in prompts.into_iter().filter(|gap| gap.what.contains("prompt")) {
        let Some(span) = gap.line.and_then(|line| line_span(linted.text, line)) else { continue };
        let part = if gap.part.is_empty() { "the top".to_owned() } else { format!("the part `{}`", gap.part) };
        push(span, format!("{part}: {}", gap.what), "write what it asks for and take it out");
    }
    for block in prose.blocks.iter().filter(|block| block.is_prose()) {
        for span in words(block).into_iter().chain(braces(prose, block)) {
            let said = prose.text.get(span.clone()).unwrap_or_default();
            push(span, format!("`{said}` stands for what is still to be written"), "write it, or say that nobody knows");
        }
    }
}

/// An action item may well begin with TODO.
fn words(block: &Block) -> Vec<Range<usize>> {
    if block.section == SectionKind::ActionItems {
        return Vec::new();
    }
    let is_capital = |word: &Word| !word.is_quoted && word.text.chars().all(char::is_uppercase);
    let is_placeholder = |word: &&Word| word.kind != WordKind::Code && is_capital(word) && WORDS.value_of(&word.lower).is_some();
    block.words.iter().filter(is_placeholder).map(|word| word.span.clone()).collect()
}

/// `{{ summary }}`, outside of code.
fn braces(prose: &Prose, block: &Block) -> Vec<Range<usize>> {
    let said = prose.text.get(block.span.clone()).unwrap_or_default();
    let is_code = |at: usize| {
        let next = block.words.partition_point(|word| word.span.start <= at);
        let word = next.checked_sub(1).and_then(|before| block.words.get(before)).filter(|word| word.span.contains(&at));
        word.is_some_and(|word| matches!(word.kind, WordKind::Code | WordKind::Url))
    };
    let found = said.match_indices("{{").filter_map(|(at, _)| {
        let near: String = said.get(at..)?.chars().take(LONGEST).take_while(|c| *c != '\n').collect();
        let length = near.find("}}")? + "}}".len();
        let start = block.span.start + at;
        (!is_code(start)).then_some(start..start + length)
    });
    found.collect()
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
    fn a_prompt_that_stands_is_found_and_a_comment_of_the_authors_is_not() {
        let known = Known::default();
        let template = "# {{ title }}\n\n## Summary\n\n<!-- A short summary. -->\n";
        let text = |status: &str| {
            format!("---\nincident: INC-K7QFM\nstatus: {status}\n---\n# T\n\n## Summary\n\n<!-- A short summary. -->\n<!-- ours -->\nTBD\n")
        };
        let of =
            |text: &str| found(&LintedText { kind: TextKind::Postmortem, template: Some(template), ..LintedText::other(text, &known) });
        assert_eq!(
            of(&text("done")),
            ["9:error the part `Summary`: still holds a prompt", "11:error `TBD` stands for what is still to be written"]
        );
        assert_eq!(of(&text("draft")).iter().filter(|line| line.contains("advice")).count(), 2);
    }

    #[test]
    fn braces_and_words_in_capitals_are_placeholders_in_any_report() {
        let known = Known::default();
        let text = "# T\n\n## Summary\n\nDetected at {{ time }} (Time TBC), `{{ x }}` \"TBD\" todo.\n\n## Timeline\n\n- y\n\n## Action items\n\n- TODO alert\n- {{ summary }} [link](https://x.example)\n";
        assert_eq!(
            found(&LintedText::other(text, &known)),
            [
                "5:error `TBC` stands for what is still to be written",
                "5:error `{{ time }}` stands for what is still to be written",
                "14:error `{{ summary }}` stands for what is still to be written",
            ]
        );
        assert_eq!(found(&LintedText::other("# How to\n\nTBD\n", &known)), [""; 0]);
    }
}
