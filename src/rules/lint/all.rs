//! All rules of `lint`, in the order of `docs/lint.md`, and how they are applied.
//! PURE. The text is read once; every rule runs over the same words.

use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::reading_level::ReadingFigures;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::spared::{spare_drafts, spare_parts_of_the_grade, spare_quotations};
use crate::rules::lint::suppression;
use crate::rules::lint::{
    blame_hindsight, blame_judgment, blame_person, casual_emoji, casual_exclamation, casual_word, complete_gap, complete_marks,
    complete_order, complete_placeholder, complete_section, connect_action_link, connect_cause_words, connect_dangling, person_first,
    precise_hedge, precise_intensifier, precise_quantity, record_differs, simple_hard_sentence, simple_reading_level, simple_word,
    voice_passive,
};

/// A rule and how it is applied.
pub type TextRule = (&'static Rule, fn(&Prose, &LintedText, &mut Vec<LintFinding>));

/// The rules: those about prose, then those about the whole document.
pub const RULES: &[TextRule] = &[
    (&precise_quantity::RULE, precise_quantity::lint),
    (&precise_intensifier::RULE, precise_intensifier::lint),
    (&precise_hedge::RULE, precise_hedge::lint),
    (&simple_reading_level::RULE, simple_reading_level::lint),
    (&simple_hard_sentence::RULE, simple_hard_sentence::lint),
    (&simple_word::RULE, simple_word::lint),
    (&blame_person::RULE, blame_person::lint),
    (&blame_hindsight::RULE, blame_hindsight::lint),
    (&blame_judgment::RULE, blame_judgment::lint),
    (&person_first::RULE, person_first::lint),
    (&voice_passive::RULE, voice_passive::lint),
    (&casual_word::RULE, casual_word::lint),
    (&casual_exclamation::RULE, casual_exclamation::lint),
    (&casual_emoji::RULE, casual_emoji::lint),
    (&complete_marks::RULE, complete_marks::lint),
    (&complete_order::RULE, complete_order::lint),
    (&complete_section::RULE, complete_section::lint),
    (&complete_placeholder::RULE, complete_placeholder::lint),
    (&complete_gap::RULE, complete_gap::lint),
    (&connect_action_link::RULE, connect_action_link::lint),
    (&connect_cause_words::RULE, connect_cause_words::lint),
    (&connect_dangling::RULE, connect_dangling::lint),
    (&record_differs::RULE, record_differs::lint),
];

/// What `lint` says of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Linted {
    /// What the rules found, in the order of the text, each at its rule's own level.
    pub findings: Vec<LintFinding>,
    /// The figures of the prose; nothing without a word of prose.
    pub figures: Option<ReadingFigures>,
}

/// Every rule once.
pub fn rules() -> Vec<&'static Rule> {
    RULES.iter().map(|(rule, _)| *rule).chain(suppression::RULES.iter().copied()).collect()
}

/// Applies all rules to a text.
pub fn lint(linted: &LintedText) -> Linted {
    lint_without(linted, &|_| false)
}

/// Applies the rules that are not off to a text. A directive may still name one that is.
pub fn lint_without(linted: &LintedText, is_off: &dyn Fn(&str) -> bool) -> Linted {
    let prose = Prose::read(linted.text);
    let mut findings = Vec::new();
    for (_, lint) in RULES {
        lint(&prose, linted, &mut findings);
    }
    spare_quotations(linted, &mut findings);
    spare_drafts(linted, &mut findings);
    findings.sort_by(|one, other| (one.span.start, one.finding.rule).cmp(&(other.span.start, other.finding.rule)));
    suppression::apply(&prose, &rules(), &mut findings);
    findings.retain(|found| !is_off(found.finding.rule));
    spare_parts_of_the_grade(&mut findings);
    for found in &mut findings {
        found.finding.path = linted.path.map(str::to_owned);
    }
    Linted { findings, figures: ReadingFigures::of(&prose, linted.known) }
}

/// What the tests of the rules ask for too.
#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::lint::known::Known;

    /// What a rule finds in a text, as the words that it names.
    pub fn found_by(rule: &str, text: &str) -> Vec<String> {
        found_with(rule, text, &Known::default())
    }

    /// The same where people and systems are known.
    pub fn found_with(rule: &str, text: &str, known: &Known) -> Vec<String> {
        let found = lint(&LintedText::other(text, known)).findings.into_iter();
        found.filter(|found| found.finding.rule == rule).map(|found| text.get(found.span).unwrap().to_owned()).collect()
    }

    /// What one rule finds, drafts spared: line, level and message.
    pub fn lines_of(rule: fn(&Prose, &LintedText, &mut Vec<LintFinding>), text: &LintedText) -> Vec<String> {
        let mut found = Vec::new();
        rule(&Prose::read(text.text), text, &mut found);
        spare_drafts(text, &mut found);
        let shown = |found: &LintFinding| format!("{}:{} {}", found.finding.line.unwrap_or(0), found.finding.level, found.finding.message);
        found.iter().map(shown).collect()
    }

    /// The line and the rule of every finding in a text.
    pub fn rules_of(text: &str) -> Vec<String> {
        let found = lint(&LintedText::other(text, &Known::default())).findings;
        found.iter().map(|found| format!("{} {}", found.finding.line.unwrap(), found.finding.rule)).collect()
    }

    /// The help of the first finding of a rule in a text.
    pub fn help_of(rule: &str, text: &str) -> String {
        let mut found = lint(&LintedText::other(text, &Known::default())).findings.into_iter();
        found.find(|found| found.finding.rule == rule).and_then(|found| found.finding.help).unwrap_or_default()
    }

    fn found(text: &str) -> Vec<String> {
        let known = Known::default();
        let shown = |found: &LintFinding| {
            format!("{}:{} {}", found.finding.line.unwrap(), found.finding.rule, text.get(found.span.clone()).unwrap())
        };
        lint(&LintedText::other(text, &known)).findings.iter().map(shown).collect()
    }

    #[test]
    fn what_is_no_prose_has_no_finding() {
        for text in [
            "---\nI: we\n---\n",
            "# We failed!\n",
            "> I did it!\n",
            "`I did it!`\n",
            "```\nI did it!\n```\n",
            "<!-- I did it! -->\n",
            "He said \"I did it!\" and left.\n",
            "See https://we.example/I!x\n",
            "| a |\n|---|\n| we did! |\n",
            "The US region and I/O. Phase I.\n",
            "if a != b\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text:?}");
        }
        assert_eq!(found("It\r\n\r\nI\u{2019}m done!\r\n"), ["3:person/first I\u{2019}m", "3:casual/exclamation !"]);
    }

    #[test]
    fn odd_texts_are_read() {
        for text in
            ["", "\u{feff}", "\0", "a\0b", "\r", "---\n", "---\n---", "- \n-\n", "|a|\n|-|", "\u{202e}we\u{202c}!", "\u{1f600}\u{1f600}!"]
        {
            lint(&LintedText::other(text, &Known::default()));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_linted_and_spans_stand_in_it(text in "([-*>#|` \n\t\r\u{0}é_<!&;:'\"\\[\\]()a-z1.]|we |I |```|<!--|-->|https://|\u{1f600}){0,60}") {
            let known = Known::default();
            for found in lint(&LintedText::other(&text, &known)).findings {
                proptest::prop_assert!(text.get(found.span).is_some_and(|said| !said.is_empty()));
            }
        }
    }
}
