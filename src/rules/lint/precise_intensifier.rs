//! `precise/intensifier`: no words that make an adjective stronger, unless the figure stands in the sentence.
//! PURE.

use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::{Prose, Sentence};
use crate::rules::lint::rule::Rule;
use crate::rules::lint::section_reader::is_time_of_day;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "precise/intensifier",
    level: Level::Warning,
    what: "an intensifier without a figure: very, extremely, significantly, massive",
    source: "Don't add superfluous adjectives, which often carry judgment and can obscure analysis",
    page: include_str!("data/pages/precise-intensifier.txt"),
};

static INTENSIFIERS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/intensifiers.txt")));

/// Applies it.
pub fn lint(prose: &Prose, _linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        let places = (0..sentence.words.len()).filter(|at| is_intensifier(sentence.words, *at));
        let places: Vec<usize> = places.collect();
        if places.is_empty() || has_figure(&sentence) {
            continue;
        }
        for word in places.into_iter().filter_map(|at| sentence.words.get(at)) {
            let message = format!("\u{201c}{}\u{201d} says nothing that can be checked", word.text);
            found.push(LintFinding::new(&RULE, prose, word.span.clone(), message).with_help("delete it, or put the figure"));
        }
    }
}

fn is_intensifier(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.is_plain()) else { return false };
    let Some(value) = INTENSIFIERS.value(word) else { return false };
    let next = words.get(at + 1).filter(|_| !word.gap.has(Gap::CLAUSE));
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let repeats_noun = word.is("very") && before.is_some_and(|before| matches!(before.lower.as_ref(), "that" | "this" | "the" | "these"));
    // A capital within a sentence makes it a part of a name.
    let is_name = at > 0 && word.is_capital();
    let is_before_adjective = || next.is_some_and(|next| next.is_plain() && !matches!(next.lower.as_ref(), "some" | "a" | "an" | "the"));
    !is_name && !repeats_noun && (value.is_empty() || is_before_adjective())
}

/// A number of something: times and dates say when, not how much.
fn has_figure(sentence: &Sentence) -> bool {
    let is_figure = |word: &Word| word.kind == WordKind::Number && !is_time_of_day(word.text) && !is_date(word.text);
    sentence.words.iter().any(is_figure)
}

fn is_date(text: &str) -> bool {
    text.len() >= 8 && text.bytes().filter(|byte| matches!(byte, b'-' | b'/' | b'.')).count() == 2
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn intensifiers_without_a_figure_are_found() {
        let found =
            found_by("precise/intensifier", "A very old disk was really slow. At 10:35 load rose significantly. It was quite full.");
        assert_eq!(found, ["very", "really", "significantly", "quite"]);
    }

    #[test]
    fn a_figure_a_name_and_a_quotation_pass() {
        for text in [
            "Latency rose significantly, to 4 s.",
            "The song of Massive Attack.",
            "He said \"very\". `huge`",
            "That very day, quite some time.",
        ] {
            assert_eq!(found_by("precise/intensifier", text), [""; 0], "{text}");
        }
    }
}
