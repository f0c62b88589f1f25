//! `casual/word`: no informal words and no jokes.
//! PURE.

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
    id: "casual/word",
    level: Level::Warning,
    what: "an informal word or a joke: stuff, guys, a bunch of, lol",
    source: "Don't use casual language. Avoid informal words and joking",
    page: include_str!("data/pages/casual-word.txt"),
};

static CASUAL: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/casual_words.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        let words = sentence.words;
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = words.get(at..).unwrap_or_default();
            let casual = CASUAL.find(rest).filter(|casual| !is_name(words, at, casual.length) && !linted.known.is_term(&word.lower));
            let length = casual.map_or(1, |casual| casual.length);
            if let Some(casual) = casual {
                push(prose, casual.span(rest), casual.value, found);
            } else if is_drawn_out(word) || is_shouted(words, at) {
                push(prose, word.span.clone(), "", found);
            }
            at += length;
        }
    }
}

fn push(prose: &Prose, span: std::ops::Range<usize>, plain: &str, found: &mut Vec<LintFinding>) {
    let message = format!("\u{201c}{}\u{201d} is casual", prose.one_line(span.clone()));
    let help = if plain.is_empty() { "use a plain word".to_owned() } else { format!("write \u{201c}{plain}\u{201d}") };
    found.push(LintFinding::new(&RULE, prose, span, message).with_help(help));
}

/// A capital within a sentence makes a single word a part of a name; after a time or a label the sentence begins.
fn is_name(words: &[Word], at: usize, length: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_within =
        before.is_some_and(|before| before.kind != WordKind::Number && !before.gap.has(Gap::CLAUSE) && !before.gap.has(Gap::ELLIPSIS));
    length == 1 && is_within && words.get(at).is_some_and(Word::is_capital)
}

/// "LOL" and its kin; "OK, …" at the start of a sentence.
fn is_shouted(words: &[Word], at: usize) -> bool {
    let shouted = [
        "LOL", "LMAO", "ROFL", "OMG", "WTF", "WTH", "BTW", "IMO", "IMHO", "AFAIK", "IIRC", "TBH", "IDK", "FWIW", "YMMV", "SMH", "YOLO",
        "FUBAR",
    ];
    let Some(word) = words.get(at).filter(|word| word.kind == WordKind::Name && !word.is_quoted) else { return false };
    let begins = words.get(..at).is_some_and(|before| before.iter().all(|word| word.kind == WordKind::Number));
    shouted.contains(&word.text) || (begins && word.text == "OK" && word.gap.has(Gap::COMMA))
}

/// "loooong", "sooo": one letter three times; "www" and Roman numerals have no other letters.
fn is_drawn_out(word: &Word) -> bool {
    if !word.is_plain() || word.is_capital() {
        return false;
    }
    let bytes = word.lower.as_bytes();
    let thrice = bytes.windows(3).any(|three| matches!(three, [a, b, c] if a == b && b == c && a.is_ascii_lowercase()));
    thrice
        && bytes.iter().any(|byte| Some(byte) != bytes.first())
        && !bytes.iter().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l'))
        && word.kind == WordKind::Plain
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::{found_by, help_of};

    #[test]
    fn informal_words_and_sayings_are_found() {
        let found = found_by("casual/word", "Hey guys, a bunch of\npods went haywire. It took sooo long, LOL. OK, the usual suspects.");
        assert_eq!(found, ["Hey", "guys", "a bunch of", "went haywire", "sooo", "LOL", "OK", "the usual suspects"]);
        assert_eq!(found_by("casual/word", "- 12:25 Oops, it failed."), ["Oops"]);
        assert_eq!(help_of("casual/word", "It went haywire."), "write \u{201c}failed\u{201d}");
    }

    #[test]
    fn words_of_the_trade_names_and_quotations_pass() {
        for text in [
            "The job hangs, an orphan was killed by the flaky cron daemon. It returned 200 OK.",
            "The Whack service and Phase III failed.",
            "He said \"guys\". `stuff`",
        ] {
            assert_eq!(found_by("casual/word", text), [""; 0], "{text}");
        }
    }
}
