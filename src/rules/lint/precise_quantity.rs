//! `precise/quantity`: counts and times instead of "several" and "some time".
//! PURE.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "precise/quantity",
    level: Level::Warning,
    what: "a vague count or time: several, many, a few, various, some time",
    source: "Refer to specific items and actions taken, not vague categories",
    page: include_str!("data/pages/precise-quantity.txt"),
};

static QUANTITIES: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/quantities.txt")));

/// Applies it.
pub fn lint(prose: &Prose, _linted: &LintedText, found: &mut Vec<LintFinding>) {
    let mut figures: Option<HashMap<&str, String>> = None;
    for sentence in prose.sentences() {
        let words = sentence.words;
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(vague) = QUANTITIES.find(rest).filter(|vague| !is_counted(words, at, vague.length)) else {
                at += 1;
                continue;
            };
            let span = vague.span(rest);
            let message = format!("\u{201c}{}\u{201d} is vague", prose.one_line(span.clone()));
            let figures = figures.get_or_insert_with(|| counted_things(prose));
            let said = rest.get(vague.length).and_then(|thing| figures.get(thing.lower.as_ref()));
            let help = said.map_or_else(
                || "give the count, the names or the time".to_owned(),
                |said| format!("give the count, the names or the time; the text also says \u{201c}{said}\u{201d}"),
            );
            found.push(LintFinding::new(&RULE, prose, span, message).with_help(help));
            at += vague.length;
        }
    }
}

/// What the text counts elsewhere: each thing with its figure, "12 pods".
fn counted_things<'p>(prose: &'p Prose) -> HashMap<&'p str, String> {
    let mut things = HashMap::new();
    for sentence in prose.sentences() {
        for (count, thing) in sentence.words.iter().zip(sentence.words.iter().skip(1)) {
            let is_count = count.kind == WordKind::Number && count.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
            if is_count && thing.is_plain() && !count.gap.has(Gap::CLAUSE) {
                things.entry(thing.lower.as_ref()).or_insert_with(|| format!("{} {}", count.text, thing.text));
            }
        }
    }
    things
}

/// "how many", "too few", "as many as", "a few 100": a question, a degree, a figure.
fn is_counted(words: &[Word], at: usize, length: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let asks = before.is_some_and(|word| matches!(word.lower.as_ref(), "how" | "too" | "so" | "as" | "not" | "however"));
    let is_single = length == 1;
    let has_figure = words.get(at + length).is_some_and(|next| next.kind == WordKind::Number || is_number_word(&next.lower));
    let last = words.get(at + length - 1);
    let divides = last.is_some_and(|word| word.gap.has(Gap::CLAUSE));
    // "the first few", "one of the many": still vague; "manifold" and "multiple" as nouns are not.
    let is_noun = is_single
        && words.get(at).is_some_and(|word| word.is("multiple"))
        && before.is_some_and(|word| matches!(word.lower.as_ref(), "a" | "any"));
    (is_single && asks) || (has_figure && !divides) || is_noun
}

fn is_number_word(lower: &str) -> bool {
    matches!(lower, "hundred" | "thousand" | "million" | "billion" | "dozen" | "percent")
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::{found_by, help_of};

    #[test]
    fn vague_counts_and_times_are_found() {
        let found = found_by(
            "precise/quantity",
            "Several pods, a few nodes and a large number of\nusers were down for some time. Lots of them, too few.",
        );
        assert_eq!(found, ["Several", "a few", "a large number of", "for some time", "Lots of"]);
    }

    #[test]
    fn figures_and_questions_pass() {
        for text in
            ["How many pods? Too many, as many as 12.", "A few 100 ms and a few hundred users.", "He said \"several\". `many`", "some pods"]
        {
            assert_eq!(found_by("precise/quantity", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_figure_of_the_text_is_offered() {
        let help = help_of("precise/quantity", "Many pods failed. In all 12 pods failed.");
        assert_eq!(help, "give the count, the names or the time; the text also says \u{201c}12 pods\u{201d}");
    }
}
