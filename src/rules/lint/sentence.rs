//! Where sentences end, by the signs between words: a stop is none after an abbreviation, within a name, or in `v1.2`.
//! PURE.

use std::ops::Range;

use crate::rules::lint::word::{Gap, Word, WordKind};

/// Abbreviations after which a sentence goes on.
const GOES_ON: &[&str] = &[
    "al", "approx", "avg", "bldg", "ca", "capt", "cf", "dept", "dr", "e.g", "eg", "esp", "fig", "gen", "gov", "i.e", "ie", "incl", "lt",
    "max", "min", "mr", "mrs", "ms", "mt", "n.b", "no", "nos", "pp", "prof", "ref", "rev", "sec", "sgt", "st", "viz", "vol", "vs",
];

/// Abbreviations that may end a sentence: it goes on before a small letter.
const MAY_END: &[&str] = &[
    "a.m", "p.m", "apr", "aug", "co", "corp", "dec", "est", "etc", "feb", "fri", "inc", "jan", "jul", "jun", "jr", "ltd", "mar", "mon",
    "nov", "oct", "sat", "sep", "sept", "sr", "sun", "thu", "thur", "thurs", "tue", "tues", "u.k", "u.s", "u.s.a", "wed", "hrs", "mins",
    "secs", "misc",
];

/// The sentences of a block, as ranges of its words. Every word is in one.
pub fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1);
        if next.is_none_or(|next| ends(word, next, at == start)) {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found
}

fn ends(word: &Word, next: &Word, is_first: bool) -> bool {
    let gap = word.gap;
    if gap.has(Gap::BREAK) {
        return true;
    }
    if !gap.has(Gap::SPACE) {
        return false;
    }
    let is_small = next.kind == WordKind::Plain && next.text.starts_with(char::is_lowercase);
    if gap.has(Gap::CALL) {
        return !is_small;
    }
    if gap.has(Gap::ELLIPSIS) && !gap.has(Gap::STOP) {
        return next.is_capital();
    }
    gap.has(Gap::STOP) && !stop_is_within(word, next, is_small, is_first)
}

/// Whether the stop after `word` belongs to the word and not to the sentence.
fn stop_is_within(word: &Word, next: &Word, next_is_small: bool, is_first: bool) -> bool {
    // What the bracket holds may end with a stop of its own: "(see v1.2.) was".
    if next_is_small && word.gap.has(Gap::COMMA) {
        return true;
    }
    let lower = word.lower.as_ref();
    let is_initial = word.text.len() == 1 && word.is_capital() && word.text != "I" && next.is_capital();
    let is_numbering = is_first && word.kind == WordKind::Number && lower.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = matches!(lower, "a.m" | "p.m") && (next.kind == WordKind::Name || word.gap.has(Gap::DASH));
    is_initial
        || is_numbering
        || is_clock
        || (GOES_ON.contains(&lower) && (lower != "no" || next.kind == WordKind::Number))
        || (MAY_END.contains(&lower) && (next_is_small || next.kind == WordKind::Number && is_month(lower)))
}

fn is_month(lower: &str) -> bool {
    matches!(lower, "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::passage::Passages;
    use crate::rules::lint::words::Words;

    fn split(text: &str) -> Vec<String> {
        let read = Passages::read(text, 0);
        let mut found = Vec::new();
        for passage in &read.passages {
            let words = Words::read(text, passage).words;
            let said =
                |range: Range<usize>| words.get(range).unwrap_or_default().iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
            found.extend(sentences(&words).into_iter().map(said));
        }
        found
    }

    #[test]
    fn a_sentence_ends_at_its_stop_and_nowhere_else() {
        for (text, wanted) in [
            ("It failed. Sam restarted it.", vec!["It failed", "Sam restarted it"]),
            ("It failed at 10 a.m. on Monday. It held.", vec!["It failed at 10 a.m on Monday", "It held"]),
            ("It failed at 10 a.m. EST. It held.", vec!["It failed at 10 a.m EST", "It held"]),
            ("It failed at 10 p.m. The team slept.", vec!["It failed at 10 p.m", "The team slept"]),
            ("Some pods, e.g. Auth, failed.", vec!["Some pods e.g Auth failed"]),
            ("Version v1.2. It held.", vec!["Version v1.2", "It held"]),
            ("It runs v1.2 now.", vec!["It runs v1.2 now"]),
            ("J. Smith and S. Ride met.", vec!["J Smith and S Ride met"]),
            ("Why? It was full! Yes.", vec!["Why", "It was full", "Yes"]),
            ("It failed (see `x.`). Then it held.", vec!["It failed see `x.`", "Then it held"]),
            ("He said \"stop.\" Then it held.", vec!["He said stop", "Then it held"]),
            ("**It failed.** Then it held.", vec!["It failed", "Then it held"]),
            ("- one\n- two\n", vec!["one", "two"]),
            ("**Date:** today\n**Authors:** Sam\n", vec!["Date today", "Authors Sam"]),
            ("one  \ntwo", vec!["one", "two"]),
            ("See https://a.example/x. It held.", vec!["See https://a.example/x", "It held"]),
            ("Nodes, pods, etc. were lost. Etc. Etc.", vec!["Nodes pods etc were lost", "Etc", "Etc"]),
            ("No. 5 failed. It said no. Then", vec!["No 5 failed", "It said no", "Then"]),
            ("wait... what", vec!["wait what"]),
            ("- **Cause**:\n  It was full.", vec!["Cause", "It was full"]),
            ("All *.example.org names failed.", vec!["All example.org names failed"]),
            ("it broke. then it held.", vec!["it broke", "then it held"]),
        ] {
            assert_eq!(split(text), wanted, "{text:?}");
        }
    }
}
