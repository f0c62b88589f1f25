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
        for (at, word) in sentence.words.iter().enumerate() {
            if word.is_quoted || !is_first_person(word, sentence.words.get(at + 1)) {
                continue;
            }
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

fn is_first_person(word: &Word, next: Option<&Word>) -> bool {
    if word.kind != WordKind::Plain || !PRONOUNS.has(word) {
        return false;
    }
    // `US` and `WE` are names; `i` is a variable or a numeral, except in a contraction.
    let is_written_as_one = word.text != "i";
    let is_numeral = word.text == "I" && is_numeral_place(word, next);
    is_written_as_one && !is_numeral
}

/// `I.`, `I)` and `I/O` are numerals and names; so is a lone `I` before a figure or at an end.
fn is_numeral_place(word: &Word, next: Option<&Word>) -> bool {
    next.is_none()
        || word.gap.has(Gap::STOP)
        || word.gap.has(Gap::CLOSE)
        || word.gap.has(Gap::COLON)
        || next.is_some_and(|next| next.kind == WordKind::Number)
}
