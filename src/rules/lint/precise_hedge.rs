//! `precise/hedge`: what is known and how, instead of "probably" and "obviously".
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
    id: "precise/hedge",
    level: Level::Advice,
    what: "a guess (probably, somehow), or a claim that needs no reason (obviously, clearly, simply: warning)",
    source: "Use precise, clear language. Don't assume the reader knows to what you are referring",
    page: include_str!("data/pages/precise-hedge.txt"),
};

static HEDGES: LazyLock<WordList> = LazyLock::new(|| WordList::parse(include_str!("data/hedges.txt")));

/// Applies it.
pub fn lint(prose: &Prose, _linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences() {
        for at in 0..sentence.words.len() {
            let rest = sentence.words.get(at..).unwrap_or_default();
            let Some(hedge) = HEDGES.find(rest).filter(|hedge| is_hedge(sentence.words, at, hedge.value)) else { continue };
            let is_sure = hedge.value == "sure";
            // A timeline records what was suspected when it was.
            if sentence.block.is_timeline() && !is_sure {
                continue;
            }
            let span = hedge.span(rest);
            let said = prose.one_line(span.clone());
            let (level, message, help) = if is_sure {
                (Level::Warning, format!("\u{201c}{said}\u{201d} asks the reader to know"), "delete it, or say how the team knows")
            } else {
                (Level::Advice, format!("\u{201c}{said}\u{201d} is a guess"), "say what is known, and how")
            };
            let mut hedged = LintFinding::new(&RULE, prose, span, message).with_help(help);
            hedged.finding = hedged.finding.at_level(level);
            found.push(hedged);
        }
    }
}

fn is_hedge(words: &[Word], at: usize, value: &str) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|before| !before.gap.has(Gap::CLAUSE));
    let next = words.get(at + 1).filter(|_| !word.gap.has(Gap::CLAUSE));
    match (value, word.lower.as_ref()) {
        ("likely", _) => is_adverb_likely(before, next),
        ("kind", _) => before.is_some_and(|before| !is_kind_before(&before.lower)),
        (_, "clearly") => {
            let claims = next.is_some_and(|next| next.lower.starts_with("show"));
            let around = words.get(at.saturating_sub(4)..(at + 2).min(words.len())).unwrap_or_default();
            claims || !around.iter().any(|word| is_showing(&word.lower))
        }
        _ => true,
    }
}

/// "was likely caused by" guesses; "is likely to" and "a likely cause" are adjectives, "more likely" compares.
fn is_adverb_likely(before: Option<&Word>, next: Option<&Word>) -> bool {
    let is_adjective = next.is_none_or(|next| next.is("to"))
        || before.is_some_and(|before| {
            matches!(
                before.lower.as_ref(),
                "a" | "an" | "the" | "any" | "more" | "less" | "equally" | "as" | "not" | "how" | "so" | "this" | "that's"
            )
        });
    !is_adjective
}

/// "a kind of pod", "this sort of error" are kinds.
fn is_kind_before(lower: &str) -> bool {
    matches!(
        lower,
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "some"
            | "any"
            | "what"
            | "which"
            | "same"
            | "another"
            | "each"
            | "every"
            | "different"
            | "one"
            | "certain"
            | "no"
            | "first"
            | "second"
            | "new"
            | "other"
    )
}

/// "clearly marked", "state clearly": the manner of showing.
fn is_showing(lower: &str) -> bool {
    let stems = [
        "mark",
        "label",
        "stat",
        "defin",
        "document",
        "communicat",
        "identif",
        "indicat",
        "show",
        "see",
        "seen",
        "writ",
        "describ",
        "separat",
        "explain",
        "visib",
        "understand",
        "understood",
        "display",
        "nam",
        "structur",
        "specif",
        "legib",
        "express",
        "set",
        "out",
        "highlight",
        "present",
        "report",
        "distinguish",
        "laid",
        "more",
        "them",
    ];
    stems.iter().any(|stem| lower.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn guesses_and_claims_are_found() {
        let found =
            found_by("precise/hedge", "It was likely caused by load. Obviously it sort of failed, perhaps; of course it was simply full.");
        assert_eq!(found, ["likely", "Obviously", "sort of", "perhaps", "of course", "simply"]);
        assert_eq!(found_by("precise/hedge", "## Timeline\n\n- 10:35 Probably the disk. Clearly it was full.\n"), ["Clearly"]);
    }

    #[test]
    fn what_is_no_guess_passes() {
        for text in [
            "It is likely to fail, more likely than before; the likely cause is load.",
            "Mark the times clearly. The clearly marked times and this kind of time.",
            "He said \"probably\". `maybe`",
        ] {
            assert_eq!(found_by("precise/hedge", text), [""; 0], "{text}");
        }
    }
}
