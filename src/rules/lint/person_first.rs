//! `person/first`: the report is written by the team, in the third person.
//! PURE.

use std::sync::LazyLock;

use crate::document::incident_document::IncidentDocument;
use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "person/first",
    level: Level::Error,
    what: "the first person: I, me, my, we, us, our",
    source: "Write in the 3rd-person",
    page: include_str!("data/pages/person-first.txt"),
};

static PRONOUNS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/first_person.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        for word in sentence.words.iter().enumerate().filter(|(at, _)| is_first_person(sentence.words, *at)).map(|(_, word)| word) {
            let message = format!("\u{201c}{}\u{201d} is the first person", word.text);
            found.push(LintFinding::new(&RULE, prose, word.span.clone(), message).with_help(help(linted)));
        }
    }
}

fn help(linted: &LintedText) -> String {
    match linted.record.and_then(IncidentDocument::commander) {
        Some(commander) => format!("write \u{201c}the response team\u{201d}, or who it was: {}", commander.name),
        None => "write \u{201c}the response team\u{201d}, or the name of who it was".to_owned(),
    }
}

fn is_first_person(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.is_plain() && PRONOUNS.has(word)) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    match word.text {
        "I" | "i" => !is_numeral(before, word, words.get(at + 1)),
        // "Mine" is a pit, and `let's` without a capital is often "lets".
        "mine" => before.is_some_and(|before| matches!(before.lower.as_ref(), "of" | "is" | "was" | "are" | "were" | "than")),
        // Microseconds: "from 400 us to 9 ms".
        "us" => !before.is_some_and(|before| before.kind == WordKind::Number && !before.gap.has(Gap::CLAUSE)),
        "Let's" | "Let\u{2019}s" => words.get(at + 1).is_none_or(|next| next.text != "Encrypt"),
        _ => true,
    }
}

/// `Phase I`, `I.`, `(i)` are numerals; so is `I` before a figure or at the end.
fn is_numeral(before: Option<&Word>, word: &Word, next: Option<&Word>) -> bool {
    let counted = [
        "phase", "title", "type", "part", "level", "class", "tier", "stage", "war", "chapter", "section", "volume", "vol", "appendix",
        "table", "figure", "category", "schedule", "act", "book", "case", "grade", "group", "round", "step", "version", "article",
    ];
    let is_counted = before.is_some_and(|before| counted.contains(&before.lower.as_ref()) && !before.gap.has(Gap::CLAUSE));
    let is_mark = word.gap.has(Gap::STOP) || word.gap.has(Gap::CLOSE) || word.gap.has(Gap::COLON);
    is_counted || next.is_none() || (is_mark && !word.gap.has(Gap::QUOTE)) || next.is_some_and(|next| next.kind == WordKind::Number)
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn pronouns_and_their_contractions_are_found() {
        let found = found_by("person/first", "I think we\u{2019}re done: our fix, my own, gave us time. Let's go; i agree.");
        assert_eq!(found, ["I", "we\u{2019}re", "our", "my", "us", "Let's", "i"]);
        assert_eq!(found_by("person/first", "A friend of mine said so."), ["mine"]);
        assert_eq!(found_by("person/first", "At 10:30, us two. It gave us 5 errors."), ["us", "us"]);
    }

    #[test]
    fn names_numerals_and_quotations_are_none() {
        for text in [
            "The US and I/O. Phase I of it, Title I schools, type I errors.",
            "(i) one, (ii) two; step I.",
            "He said \"I did it\" and \u{201c}we did\u{201d}.",
            "> We did it.",
            "### Where we got lucky\n",
            "The mine closed. `me` and `my`.",
            "It rose from 400 us to 9 ms.",
            "Renewals through Let's Encrypt stopped; Let\u{2019}s Encrypt said so.",
        ] {
            assert_eq!(found_by("person/first", text), [""; 0], "{text}");
        }
    }
}
