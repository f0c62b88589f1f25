//! `simple/word`: the plain word for a complicated one.
//! PURE. A fix stands only where the plain word can take the place of the other whatever stands around it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::{Gap, Word};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "simple/word",
    level: Level::Advice,
    what: "a word that has a simpler one: utilize, prior to, in order to",
    source: "Substitute simpler, more direct words for complicated ones",
    page: include_str!("data/pages/simple-word.txt"),
};

static SIMPLER: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/simpler_words.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        let words = sentence.words;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = words.get(at..).unwrap_or_default();
            let Some(simpler) =
                SIMPLER.find(rest).filter(|found| is_complicated(words, at, found.length) && !linted.known.is_term(&word.lower))
            else {
                at += 1;
                continue;
            };
            let span = simpler.span(rest);
            let plain = simpler.value.trim_end_matches(['!', ' ']);
            let said = prose.one_line(span.clone());
            let help = if plain.is_empty() { "leave it out".to_owned() } else { format!("write \u{201c}{plain}\u{201d}") };
            let finding =
                LintFinding::new(&RULE, prose, span.clone(), format!("\u{201c}{said}\u{201d} has a simpler word")).with_help(help);
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            found.push(if simpler.value.ends_with('!') { fixed(finding, prose, span, plain, before) } else { finding });
            at += simpler.length;
        }
    }
}

/// The finding with its fix, unless "a" or "an" before it would then be wrong, or marks stand between its words.
fn fixed(finding: LintFinding, prose: &Prose, span: Range<usize>, plain: &str, before: Option<&Word>) -> LintFinding {
    let said = prose.text.get(span.clone()).unwrap_or_default();
    let is_after_article = before.is_some_and(|before| matches!(before.lower.as_ref(), "a" | "an"));
    let is_simple = said.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    if is_after_article || !is_simple {
        return finding;
    }
    let mut characters = plain.chars();
    let text = match characters.next() {
        Some(first) if said.starts_with(char::is_uppercase) => first.to_uppercase().chain(characters).collect(),
        _ => plain.to_owned(),
    };
    finding.with_fix(span, text)
}

/// A capital within a sentence is a name, "an attempt" is no verb, "required" before a noun or a permit are words of the trade.
fn is_complicated(words: &[Word], at: usize, length: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|before| !before.gap.has(Gap::CLAUSE));
    let next = words.get(at + 1).filter(|_| !word.gap.has(Gap::CLAUSE));
    if length == 1 && before.is_some() && word.is_capital() {
        return false;
    }
    match word.lower.as_ref() {
        "attempt" | "attempts" | "permit" | "permits" | "encounter" | "encounters" if length == 1 => is_verb(before, next),
        "upon" => {
            !next.is_some_and(|next| next.is("a"))
                && !before.is_some_and(|before| matches!(before.lower.as_ref(), "based" | "depends" | "depend"))
        }
        "thus" => !before.is_some_and(|before| before.is("and")),
        "perform" | "performs" if length == 1 => {
            next.is_some_and(|next| !matches!(next.lower.as_ref(), "well" | "poorly" | "better" | "worse" | "as"))
        }
        _ => true,
    }
}

/// Before a verb stand "to", a modal, an adverb or a subject; before a noun an article, an adjective or "of".
fn is_verb(before: Option<&Word>, next: Option<&Word>) -> bool {
    let nouns = [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "no",
        "any",
        "each",
        "every",
        "first",
        "second",
        "third",
        "one",
        "several",
        "of",
        "in",
        "his",
        "her",
        "their",
        "our",
        "my",
        "its",
        "another",
        "login",
        "failed",
        "retry",
        "multiple",
        "many",
        "further",
        "connection",
        "debugging",
        "such",
        "some",
        "all",
        "initial",
        "previous",
        "last",
        "next",
        "more",
        "two",
        "three",
        "work",
    ];
    let is_noun = before.is_some_and(|before| nouns.contains(&before.lower.as_ref()));
    !is_noun && next.is_some_and(|next| !matches!(next.lower.as_ref(), "at" | "of" | "was" | "were" | "is" | "failed" | "by"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::SIMPLER;
    use crate::rules::lint::all::lint;
    use crate::rules::lint::all::tests::{found_by, help_of};
    use crate::rules::lint::known::Known;
    use crate::rules::lint::linted_text::LintedText;

    #[test]
    fn complicated_words_are_found_with_the_plain_one() {
        let found = found_by("simple/word", "Prior to the deploy, Sally utilized it in order to scale. They attempt to obtain a token.");
        assert_eq!(found, ["Prior to", "utilized", "in order to", "attempt", "obtain"]);
        assert_eq!(help_of("simple/word", "prior to"), "write \u{201c}before\u{201d}");
    }

    #[test]
    fn words_of_the_trade_nouns_and_quotations_pass() {
        for text in [
            "The initial request to the address was not monitored. CPU utilization rose. The team implemented it.",
            "The first attempt failed.",
            "He said \"utilize\". `utilize`",
            "prior, to",
        ] {
            assert_eq!(found_by("simple/word", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_fix_keeps_the_capital_and_is_left_out_where_it_is_not_certain() {
        let fixes = |text: &str| {
            let found = lint(&LintedText::other(text, &Known::default())).findings;
            found.into_iter().filter_map(|found| found.fix).map(|fix| fix.text).collect::<Vec<_>>()
        };
        assert_eq!(fixes("Prior to it, approximately 5 used it."), ["Before", "about"]);
        assert_eq!(fixes("An erroneous limit; in *order* to"), [""; 0]);
    }

    #[test]
    fn every_entry_has_a_value_or_is_to_be_left_out() {
        assert!(SIMPLER.phrases().count() >= 150);
        assert!(SIMPLER.phrases().all(|(phrase, value)| phrase != value.trim_end_matches([' ', '!'])));
    }
}
