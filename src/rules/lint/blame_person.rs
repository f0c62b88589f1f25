//! `blame/person`: no person, role or team as the one who failed.
//! PURE.

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::finding::Level;
use crate::rules::lint::known::Known;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::passive_aux::is_modal;
use crate::rules::lint::person_subject::{begins_with_person, has_person_subject, is_person};
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::{Gap, Word, WordKind, span_of};
use crate::rules::lint::word_list::WordList;

/// The rule.
pub static RULE: Rule = Rule {
    id: "blame/person",
    level: Level::Warning,
    what: "a person as the one who failed, forgot or erred; human, operator or user error; carelessness",
    source: "Don't use blaming language, on yourself or others",
    page: include_str!("data/pages/blame-person.txt"),
};

static VERBS: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/failing_verbs.txt")));
static DUTIES: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/duty_verbs.txt")));
static BLAMING: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/blaming.txt")));

/// Applies it: at most one finding a sentence, for one reason is enough to write it anew.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        let words = sentence.words;
        let blame = (0..words.len()).find_map(|at| blame_at(words, at, linted.known));
        if let Some(span) = blame.and_then(|blame| words.get(blame)).and_then(span_of) {
            let message = format!("\u{201c}{}\u{201d} blames a person", prose.one_line(span.clone()));
            found.push(LintFinding::new(&RULE, prose, span, message).with_help("name the condition of the system that let it happen"));
        }
    }
}

/// The words, as places in the sentence, that blame.
fn blame_at(words: &[Word], at: usize, known: &Known) -> Option<Range<usize>> {
    let word = words.get(at).filter(|word| word.is_plain())?;
    let rest = words.get(at..)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    if let Some(blaming) = BLAMING.find(rest).filter(|_| before.is_none_or(|before| !matches!(before.lower.as_ref(), "git" | "not" | "no")))
    {
        return Some(at..at + blaming.length);
    }
    let is_failing = is_failing(words, at);
    let is_omission = is_omission(words, at);
    // "should have checked" is hindsight, "may have missed" a possibility.
    if (is_failing || is_omission) && words.get(at.saturating_sub(4)..at)?.iter().any(is_modal) {
        return None;
    }
    if is_failing && (has_person_subject(words, at, known) || is_said_of_the_writer(words, at)) {
        return Some(at..at + 1);
    }
    if is_omission && has_person_subject(words, at, known) {
        let is_nobodys = before.is_some_and(is_nobody);
        return Some(if is_nobodys { at - 1..at + 1 } else { at..at + 2 });
    }
    let is_slip = is_slip(&word.lower) && has_person_near(words, at, known);
    let is_fault = is_fault(&word.lower) && has_owner(words, at, known);
    let is_by_mistake = before.is_some_and(|before| before.is("by"))
        && matches!(word.lower.as_ref(), "mistake" | "accident")
        && begins_with_person(words, at, known);
    (is_slip || is_fault || is_by_mistake || is_wrong(words, at, known)).then_some(at..at + 1)
}

fn is_failing(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let next = words.get(at + 1).filter(|_| !word.gap.has(Gap::CLAUSE));
    match VERBS.value(word) {
        None => false,
        Some("" | "bare") => true,
        Some("mistake") => words.get(at + 1..(at + 6).min(words.len())).is_some_and(|after| after.iter().any(|word| is_fault(&word.lower))),
        Some(wanted) => next.is_some_and(|next| wanted.split(' ').any(|wanted| next.lower == wanted)),
    }
}

/// "Forgot to renew the certificate": without a subject it is the writer's own.
fn is_said_of_the_writer(words: &[Word], at: usize) -> bool {
    let begins = words.get(..at).is_some_and(|before| before.iter().all(|word| word.kind == WordKind::Number));
    begins && words.get(at).is_some_and(|word| VERBS.value(word) == Some("bare"))
}

/// "did not check", "never ran", "nobody noticed": what was not done by somebody.
fn is_omission(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let is_duty = |place: usize| words.get(place).is_some_and(|word| DUTIES.has(word));
    match word.lower.as_ref() {
        "not" => {
            is_duty(at + 1)
                && at.checked_sub(1).is_some_and(|did| words.get(did).is_some_and(|word| matches!(word.lower.as_ref(), "did" | "had")))
        }
        "didn't" | "hadn't" | "never" => is_duty(at + 1),
        _ => is_duty(at) && at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(is_nobody),
    }
}

fn is_nobody(word: &Word) -> bool {
    matches!(word.lower.as_ref(), "nobody" | "no-one")
}

/// Adverbs of a slip.
fn is_slip(lower: &str) -> bool {
    matches!(
        lower,
        "mistakenly"
            | "accidentally"
            | "inadvertently"
            | "erroneously"
            | "incorrectly"
            | "wrongly"
            | "improperly"
            | "unwittingly"
            | "hastily"
            | "foolishly"
            | "blindly"
    )
}

/// Nouns of a slip.
fn is_fault(lower: &str) -> bool {
    matches!(
        lower,
        "mistake"
            | "mistakes"
            | "error"
            | "errors"
            | "oversight"
            | "fault"
            | "blunder"
            | "slip"
            | "typo"
            | "misunderstanding"
            | "failure"
            | "inexperience"
            | "ignorance"
            | "misjudgment"
            | "misjudgement"
    )
}

/// "Sam accidentally deleted", "deleted accidentally by an engineer".
fn has_person_near(words: &[Word], at: usize, known: &Known) -> bool {
    let after = words.get(at + 1..(at + 5).min(words.len())).unwrap_or_default();
    let agent = after.iter().position(|word| word.is("by")).map(|by| at + 1 + by);
    has_person_subject(words, at, known) || agent.is_some_and(|by| (by + 1..by + 4).any(|place| is_person(words, place, known)))
}

/// "the technician's fault", "a mistake by the release engineer".
fn has_owner(words: &[Word], at: usize, known: &Known) -> bool {
    let owns = |place: usize| {
        words.get(place).is_some_and(|word| word.lower.ends_with("'s") || word.gap.has(Gap::QUOTE)) && is_person(words, place, known)
    };
    let is_owned = (at.saturating_sub(3)..at).any(owns);
    let is_by = words.get(at + 1).is_some_and(|word| matches!(word.lower.as_ref(), "by" | "of"));
    is_owned || (is_by && (at + 2..at + 6).any(|place| is_person(words, place, known)))
}

/// "the operator typed the wrong host name"; who finds or mends what is wrong is praised.
fn is_wrong(words: &[Word], at: usize, known: &Known) -> bool {
    if !words.get(at).is_some_and(|word| word.is("wrong")) || words.get(at + 1).is_none() {
        return false;
    }
    let start = words.get(..at).unwrap_or_default().iter().rposition(|word| word.gap.has(Gap::CLAUSE)).map_or(0, |at| at + 1);
    let clause = words.get(start..at).unwrap_or_default();
    let person = (start..at.min(start + 5)).find(|place| is_person(words, *place, known));
    let mends = [
        "found",
        "saw",
        "noticed",
        "fixed",
        "corrected",
        "identified",
        "discovered",
        "spotted",
        "replaced",
        "reverted",
        "removed",
        "reported",
        "got",
        "was",
        "were",
        "is",
        "had",
        "that",
        "went",
    ];
    person.is_some_and(|person| person < at) && !clause.iter().any(|word| mends.contains(&word.lower.as_ref()))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::{found_by, found_with};
    use crate::rules::lint::known::Known;

    #[test]
    fn a_person_who_failed_is_blamed() {
        for (text, wanted) in [
            ("The operator forgot to renew the certificate.", "forgot"),
            ("The engineer on call missed the page.", "missed"),
            ("The outage was caused by human error.", "human error"),
            ("The release manager did not check the list.", "not check"),
            ("A developer accidentally deleted the queue.", "accidentally"),
            ("The queue was accidentally deleted by a developer.", "accidentally"),
            ("It was the technician's fault.", "fault"),
            ("An engineer deployed the change and ignored the alert.", "ignored"),
            ("10:35 Forgot to page the owner.", "Forgot"),
            ("Nobody noticed the alert.", "Nobody noticed"),
            ("The operator stopped the wrong host.", "wrong"),
            ("A careless change broke it.", "careless"),
        ] {
            assert_eq!(found_by("blame/person", text), [wanted], "{text}");
        }
    }

    #[test]
    fn systems_and_those_who_mend_are_not_blamed() {
        for text in [
            "The check failed to start, and the library forgets the state.",
            "The engineer noticed that the check failed to run.",
            "The lock manager missed the update. The agent failed to connect.",
            "An engineer found the wrong limit and fixed it.",
            "`git blame` shows it; a blameless review, a page fault.",
            "The log said \"user error\".",
            "The team checked the graph.",
        ] {
            assert_eq!(found_by("blame/person", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn names_come_from_the_incident() {
        let text = "Maria Ortiz overlooked the alert. Auth Service overlooked the alert.";
        assert_eq!(found_with("blame/person", text, &Known::default()), [""; 0]);
        assert_eq!(found_with("blame/person", text, &Known::new(&["Maria Ortiz"], &["Auth Service"], &[])), ["overlooked"]);
    }
}
