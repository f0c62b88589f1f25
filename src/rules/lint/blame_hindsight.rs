//! `blame/hindsight`: no "should have", "if only" and "could have" of people.
//! PURE.

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::known::Known;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::person_subject::{has_person_subject, is_person};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::voice_passive::is_participle;
use crate::rules::lint::word::{Gap, Word, WordKind, span_of};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "blame/hindsight",
    level: Level::Warning,
    what: "what people should have done: should have, ought to have, if only, could have",
    source: "The point of the document is not to fall on your sword, or drive it into others",
    page: include_str!("data/pages/blame-hindsight.txt"),
};

static MINDING: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/minding.txt")));

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        let words = sentence.words;
        for hindsight in (0..words.len()).filter_map(|at| hindsight_at(words, at, linted.known)) {
            if let Some(span) = words.get(hindsight).and_then(span_of) {
                let message = format!("\u{201c}{}\u{201d} judges with hindsight", prose.one_line(span.clone()));
                found.push(LintFinding::new(&RULE, prose, span, message).with_help("say what happened, and make the rest an action item"));
            }
        }
    }
}

fn hindsight_at(words: &[Word], at: usize, known: &Known) -> Option<Range<usize>> {
    let word = words.get(at).filter(|word| word.is_plain())?;
    let end = match word.lower.as_ref() {
        "should" | "shouldn't" | "should've" | "ought" | "oughtn't" => duty_end(words, at, known)?,
        "could" | "could've" => {
            let end = perfect_end(words, at)?;
            (has_person_subject(words, at, known) || has_person_condition(words, at, known)).then_some(end)?
        }
        "if" => if_only_end(words, at, known)?,
        _ => return None,
    };
    Some(at..end)
}

/// The end of "should have been tested": not of "should have alerting", nor of what a system does by itself.
fn duty_end(words: &[Word], at: usize, known: &Known) -> Option<usize> {
    let end = perfect_end(words, at)?;
    let participle = words.get(end - 1)?;
    let is_passive =
        words.get(end.checked_sub(2)?).is_some_and(|word| word.is("been")) || words.get(at..end)?.iter().any(|word| word.is("been"));
    let is_automatic = words.get(at..)?.iter().any(|word| word.lower.starts_with("automat"));
    let is_state = participle.is("been") && !words.get(end).is_some_and(is_participle);
    let is_about_person = has_person_subject(words, at, known)
        || words.get(..at)?.iter().any(|word| matches!(word.lower.as_ref(), "we" | "i" | "you" | "nobody" | "someone"))
        || MINDING.has(participle) && is_name_or_they(words, at, known);
    (!is_automatic && ((is_passive && !is_state) || is_about_person)).then_some(end)
}

/// "Bob should have tested it", "they ought to have checked": nobody said who Bob is, but only people test and check.
fn is_name_or_they(words: &[Word], verb: usize, known: &Known) -> bool {
    let before = words.get(..verb).unwrap_or_default();
    let Some(subject) = before.last() else { return false };
    let capitals = before.iter().rev().take_while(|word| word.is_capital()).count();
    let mut name = before.iter().rev().take(capitals + 1);
    let has_article = name.any(|word| matches!(word.lower.as_ref(), "the" | "a" | "an" | "our" | "this"));
    let is_name = subject.kind == WordKind::Plain && subject.is_capital() && !has_article;
    matches!(subject.lower.as_ref(), "they" | "he" | "she") || is_name && !known.is_system(&subject.lower)
}

/// The end of a modal, "have", adverbs and a participle.
fn perfect_end(words: &[Word], at: usize) -> Option<usize> {
    let mut place = at + 1;
    let mut has_have = words.get(at)?.lower.ends_with("'ve");
    while let Some(word) = words.get(place).filter(|word| word.kind == WordKind::Plain) {
        let lower = word.lower.as_ref();
        if words.get(place - 1)?.gap.has(Gap::CLAUSE) {
            return None;
        }
        match lower {
            "have" if !has_have => has_have = true,
            "not" | "to" | "never" | "also" | "all" | "both" | "probably" | "perhaps" | "really" | "then" | "just" | "already" | "at"
            | "least" => {}
            _ if lower.len() > 4 && lower.ends_with("ly") => {}
            "been" if has_have => {
                let next = words.get(place + 1);
                return Some(if next.is_some_and(is_participle) { place + 2 } else { place + 1 });
            }
            _ => return (has_have && (is_participle(word) || is_intransitive(lower))).then_some(place + 1),
        }
        place += 1;
    }
    None
}

/// Participles of verbs without an object, which make no passive.
fn is_intransitive(lower: &str) -> bool {
    let regular = lower.len() >= 5 && lower.ends_with("ed") && !matches!(lower, "indeed" | "hundred");
    regular
        || matches!(
            lower,
            "been"
                | "gone"
                | "come"
                | "known"
                | "had"
                | "become"
                | "begun"
                | "broken"
                | "hidden"
                | "stood"
                | "slept"
                | "risen"
                | "fallen"
                | "stuck"
                | "lost"
                | "meant"
                | "understood"
                | "frozen"
                | "spoken"
                | "acted"
        )
}

/// "if only the pager had been charged"; "if only one pod is left" is a condition.
fn if_only_end(words: &[Word], at: usize, known: &Known) -> Option<usize> {
    words.get(at + 1).filter(|word| word.is("only"))?;
    let after = words.get(at + 2..(at + 10).min(words.len()))?;
    let is_wish =
        after.iter().any(|word| matches!(word.lower.as_ref(), "had" | "hadn't" | "could" | "would") || word.lower.ends_with("'d"));
    let is_count = after
        .first()
        .is_some_and(|word| word.kind == WordKind::Number || matches!(word.lower.as_ref(), "one" | "some" | "part" | "two" | "a"));
    (is_wish && (!is_count || is_person(words, at + 3, known))).then_some(at + 2)
}

/// "could have been avoided if we had checked", "… had the operator checked".
fn has_person_condition(words: &[Word], at: usize, known: &Known) -> bool {
    let starts = (0..words.len()).filter(|place| words.get(*place).is_some_and(|word| matches!(word.lower.as_ref(), "if" | "had")));
    starts.into_iter().filter(|place| *place != at).any(|place| (place + 1..place + 5).any(|person| is_person(words, person, known)))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn what_people_should_have_done_is_found() {
        for (text, wanted) in [
            ("The team should have tested the restore.", "should have tested"),
            ("The change should not have been merged.", "should not have been merged"),
            ("The owner should've raised the limit.", "should've raised"),
            ("The engineers ought to have known.", "ought to have known"),
            ("The operator could have called sooner.", "could have called"),
            ("It could have been avoided had the operator checked.", "could have been avoided"),
            ("Bob should have tested it.", "should have tested"),
            ("At 10:35 Grace Hopper should have escalated.", "should have escalated"),
            ("They ought to have checked.", "ought to have checked"),
            ("If only the pager had been charged, it would have rung.", "If only"),
        ] {
            assert_eq!(found_by("blame/hindsight", text), [wanted], "{text}");
        }
    }

    #[test]
    fn duties_of_now_and_of_systems_pass() {
        for text in [
            "The service should have alerting.",
            "The alert should have fired at 10:35.",
            "It should have been rolled back automatically.",
            "The disk could have filled.",
            "The Lock Manager should have checked the length.",
            "The pods were old and they should have restarted.",
            "If only one pod is left, it stops.",
            "He said \"we should have tested\".",
        ] {
            assert_eq!(found_by("blame/hindsight", text), [""; 0], "{text}");
        }
    }
}
