//! `blame/judgment`: the effect instead of a verdict on work or people.
//! PURE.

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
    id: "blame/judgment",
    level: Level::Warning,
    what: "a verdict on work or people: poor, unacceptable, terrible, more careful",
    source: "Don't assign blame or use judgmental language",
    page: include_str!("data/pages/blame-judgment.txt"),
};

static JUDGMENTS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/judgments.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        for (at, word) in sentence.words.iter().enumerate() {
            let rest = sentence.words.get(at..).unwrap_or_default();
            let Some(judgment) = JUDGMENTS.find(rest) else { continue };
            let last = at + judgment.length - 1;
            if linted.known.is_term(&word.lower) || !judges(sentence.words, at, last, judgment.value) {
                continue;
            }
            let span = judgment.span(rest);
            let message = format!("\u{201c}{}\u{201d} judges", prose.one_line(span.clone()));
            found.push(LintFinding::new(&RULE, prose, span, message).with_help("state the effect: what happened, to whom, for how long"));
        }
    }
}

fn judges(words: &[Word], at: usize, last: usize, value: &str) -> bool {
    let next = words.get(last + 1).filter(|_| words.get(last).is_some_and(|word| !word.gap.has(Gap::CLAUSE)));
    let is_next = |wanted: &str| next.is_some_and(|next| wanted.split(' ').any(|wanted| next.lower == wanted));
    // A capital within a sentence makes it a part of a name.
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    if before.is_some_and(|before| !before.gap.has(Gap::CLAUSE)) && words.get(at).is_some_and(Word::is_capital) {
        return false;
    }
    match value {
        "" => true,
        "comparative" => has_before(words, at, &["more"]),
        "negated" => has_before(words, at, &["not", "wasn't", "weren't", "isn't", "aren't", "never", "hardly", "barely"]),
        _ => match value.strip_prefix("not ") {
            Some(harmless) => !is_next(harmless),
            None => is_next(value),
        },
    }
}

/// One of `wanted` among the two words before.
fn has_before(words: &[Word], at: usize, wanted: &[&str]) -> bool {
    words.get(at.saturating_sub(2)..at).unwrap_or_default().iter().any(|word| wanted.contains(&word.lower.as_ref()))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn verdicts_are_found() {
        let found = found_by(
            "blame/judgment",
            "Poor planning and a bad decision. The test was not thorough enough; be more careful. A terrible hack.",
        );
        assert_eq!(found, ["Poor", "bad", "thorough", "careful", "terrible"]);
    }

    #[test]
    fn what_a_system_is_passes() {
        for text in [
            "It returned 502 bad gateway and bad request; a bad block was found.",
            "A lazy loader and the garbage collector caused poor performance.",
            "The log said \"terrible\". `poor`",
        ] {
            assert_eq!(found_by("blame/judgment", text), [""; 0], "{text}");
        }
    }
}
