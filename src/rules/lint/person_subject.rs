//! Whether a person, a role or a team is the subject of a verb: names come from the incident, roles from a list.
//! PURE. The nearest noun before the verb decides, so that "the engineer saw that the check failed" is about the check.

use std::sync::LazyLock;

use crate::rules::lint::known::Known;
use crate::rules::lint::passive_aux::is_modal;
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_list::WordList;

static PERSONS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/persons.txt")));

/// How many words between a verb and its subject are looked at.
const SUBJECT_WITHIN: usize = 12;

/// Whether the word at `at` is a person, a role or a team.
pub fn is_person(words: &[Word], at: usize, known: &Known) -> bool {
    let Some(word) = words.get(at).filter(|word| matches!(word.kind, WordKind::Plain | WordKind::Name)) else { return false };
    let lower = word.lower.strip_suffix("'s").unwrap_or(&word.lower);
    if known.is_person(lower) && (word.is_capital() || known.people().is_empty()) {
        return true;
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("start", |before| before.lower.as_ref());
    match PERSONS.value_of(lower) {
        None => false,
        Some("") => word.kind == WordKind::Plain,
        // "lock manager" is a system, "release manager" is a person.
        Some(wanted) => wanted.split(' ').any(|wanted| wanted == before),
    }
}

/// Whether a person is the subject of the verb at `verb`.
pub fn has_person_subject(words: &[Word], verb: usize, known: &Known) -> bool {
    let from = verb.saturating_sub(SUBJECT_WITHIN);
    for at in (from..verb).rev() {
        let Some(word) = words.get(at) else { return false };
        if is_person(words, at, known) {
            return true;
        }
        if is_passed_over(word) {
            continue;
        }
        if matches!(word.lower.as_ref(), "and" | "but" | "then" | "or") {
            return begins_with_person(words, at, known);
        }
        return is_person_before_preposition(words, at, known);
    }
    false
}

/// Adverbs, auxiliaries and relative words between a subject and its verb.
fn is_passed_over(word: &Word) -> bool {
    let lower = word.lower.as_ref();
    let is_aux = matches!(
        lower,
        "has"
            | "have"
            | "had"
            | "was"
            | "were"
            | "is"
            | "are"
            | "be"
            | "been"
            | "did"
            | "didn't"
            | "not"
            | "never"
            | "also"
            | "both"
            | "all"
            | "who"
            | "then"
            | "just"
            | "still"
            | "even"
            | "to"
            | "either"
            | "wasn't"
            | "weren't"
            | "hadn't"
            | "again"
            | "twice"
            | "later"
            | "first"
            | "themselves"
            | "himself"
            | "herself"
            | "ourselves"
            | "myself"
    );
    is_aux || is_modal(word) || (lower.len() > 4 && lower.ends_with("ly"))
}

/// "Sam deployed the change and forgot": the sentence's own subject is among its first words.
pub fn begins_with_person(words: &[Word], before: usize, known: &Known) -> bool {
    let start = words
        .get(..before)
        .unwrap_or_default()
        .iter()
        .rposition(|word| word.gap.has(Gap::SEMICOLON) || word.gap.has(Gap::COLON))
        .map_or(0, |at| at + 1);
    (start..before.min(start + 6)).any(|at| is_person(words, at, known))
}

/// "the engineer on call", "a member of the night crew", "an operator at the vendor".
fn is_person_before_preposition(words: &[Word], at: usize, known: &Known) -> bool {
    let is_preposition = |word: &Word| matches!(word.lower.as_ref(), "on" | "of" | "in" | "for" | "at" | "from" | "with");
    let from = at.saturating_sub(3);
    let place = (from..=at).rev().find(|place| words.get(*place).is_some_and(is_preposition));
    place.and_then(|place| place.checked_sub(1)).is_some_and(|person| is_person(words, person, known))
}
