//! The forms of *be* and *get* that make a passive, by the time that they tell of.
//! PURE.

use crate::rules::lint::word::{Word, WordKind};

/// When the act of a passive took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aux {
    /// It happened: was, were, has been, was being, got.
    Past,
    /// It happens: is, are, gets; under a timeline that is what happened.
    Present,
    /// A plan, a duty, a possibility, or no finite verb: will be, to be, could have been, being.
    Other,
}

/// How far back an auxiliary is looked for.
const AUX_WITHIN: usize = 4;

/// What the word at `at` is, if it can make a passive.
pub fn aux(words: &[Word], at: usize) -> Option<Aux> {
    let word = words.get(at).filter(|word| word.kind == WordKind::Plain && !word.is_quoted)?;
    match word.lower.as_ref() {
        "was" | "were" | "wasn't" | "weren't" | "got" => Some(Aux::Past),
        "is" | "are" | "isn't" | "aren't" | "am" | "i'm" | "gets" => Some(Aux::Present),
        "been" => Some(perfect(words, at)),
        "being" | "getting" => Some(progressive(words, at)),
        "be" => Some(Aux::Other),
        "get" => Some(plain_get(words, at)),
        lower if lower.ends_with("'re") || lower.ends_with("'s") && is_contracted_subject(lower) => Some(Aux::Present),
        _ => None,
    }
}

/// "it's", "that's": a verb; "team's": a genitive.
fn is_contracted_subject(lower: &str) -> bool {
    matches!(lower, "it's" | "that's" | "he's" | "she's" | "there's" | "what's" | "who's" | "which's" | "everything's" | "nothing's")
}

/// "has been" happened; "should have been" did not.
fn perfect(words: &[Word], at: usize) -> Aux {
    let Some((have, word)) = back(words, at, is_have) else { return Aux::Other };
    let is_finite =
        matches!(word.lower.as_ref(), "has" | "had" | "hasn't" | "hadn't") || word.lower.ends_with("'s") || word.lower.ends_with("'d");
    let is_supposed = |word: &Word| is_modal(word) || word.is("to");
    if !is_finite && back(words, have, is_supposed).is_some() { Aux::Other } else { Aux::Past }
}

fn progressive(words: &[Word], at: usize) -> Aux {
    let is_be =
        |word: &Word| matches!(word.lower.as_ref(), "was" | "were" | "wasn't" | "weren't" | "been" | "is" | "are" | "isn't" | "aren't");
    match back(words, at, is_be) {
        Some((_, word)) if matches!(word.lower.as_ref(), "is" | "are" | "isn't" | "aren't") => Aux::Present,
        Some((place, word)) if word.lower == "been" => perfect(words, place),
        Some(_) => Aux::Past,
        None => Aux::Other,
    }
}

/// "they get deleted" happens; "to get deleted", "will get deleted", "did get deleted" are told by the word before.
fn plain_get(words: &[Word], at: usize) -> Aux {
    let is_plan =
        |word: &Word| is_modal(word) || matches!(word.lower.as_ref(), "to" | "do" | "does" | "don't" | "doesn't" | "let" | "please");
    let is_past = |word: &Word| matches!(word.lower.as_ref(), "did" | "didn't");
    if back(words, at, is_past).is_some() {
        Aux::Past
    } else if at == 0 || back(words, at, is_plan).is_some() {
        Aux::Other
    } else {
        Aux::Present
    }
}

fn is_have(word: &Word) -> bool {
    let lower = word.lower.as_ref();
    matches!(lower, "have" | "has" | "had" | "haven't" | "hasn't" | "hadn't" | "having")
        || lower.ends_with("'ve")
        || lower.ends_with("'d")
        || lower.ends_with("'s")
}

/// Words of plans, duties and possibilities.
pub fn is_modal(word: &Word) -> bool {
    matches!(
        word.lower.as_ref(),
        "will"
            | "would"
            | "shall"
            | "should"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "cannot"
            | "won't"
            | "wouldn't"
            | "shouldn't"
            | "can't"
            | "couldn't"
            | "mustn't"
            | "ought"
            | "needn't"
    ) || word.lower.ends_with("'ll")
}

/// The nearest word before `at`, not further than an auxiliary stands, that is `wanted`.
fn back<'w, 't>(words: &'w [Word<'t>], at: usize, wanted: impl Fn(&Word) -> bool) -> Option<(usize, &'w Word<'t>)> {
    let from = at.saturating_sub(AUX_WITHIN);
    let found = words.get(from..at)?.iter().enumerate().rev().find(|(_, word)| word.kind == WordKind::Plain && wanted(word))?;
    Some((from + found.0, found.1))
}
