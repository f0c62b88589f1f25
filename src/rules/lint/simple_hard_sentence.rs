//! `simple/hard-sentence`: sentences that are long and full of long words.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::{Prose, Sentence};
use crate::rules::lint::reading_level::ReadingFigures;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::{Gap, WordKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "simple/hard-sentence",
    level: Level::Warning,
    what: "a sentence of 14 words or more with a reading grade of 14 or more",
    source: "Write at a 6th-grade reading level or lower. (Use the Hemingway app as a writing guide.)",
    page: include_str!("data/pages/simple-hard-sentence.txt"),
};

/// How many words a hard sentence has at least.
const LEAST_WORDS: usize = 14;

/// The grade of a hard sentence.
const LEAST_GRADE: f64 = 14.0;

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    for sentence in prose.sentences().filter(|sentence| sentence.words.len() >= LEAST_WORDS) {
        let grade = ReadingFigures::of_sentence(sentence, linted.known).ari();
        if grade < LEAST_GRADE || sentence.block.is_timeline() || is_listing(&sentence) || is_quotation(&sentence) {
            continue;
        }
        let message = format!("a sentence of {} words at grade {grade:.0}", sentence.words.len());
        found.push(LintFinding::new(&RULE, prose, sentence.span(), message).with_help(help(&sentence)));
    }
}

/// Half of its words are names or stand between commas: a list of services.
fn is_listing(sentence: &Sentence) -> bool {
    let is_name = |kind: WordKind| matches!(kind, WordKind::Name | WordKind::Code | WordKind::Url);
    let names = sentence.words.iter().filter(|word| is_name(word.kind)).count();
    let commas = sentence.words.iter().filter(|word| word.gap.has(Gap::COMMA)).count();
    names * 2 >= sentence.words.len() || commas * 3 >= sentence.words.len()
}

/// Half of its words are somebody's, between quotation marks.
fn is_quotation(sentence: &Sentence) -> bool {
    sentence.words.iter().filter(|word| word.is_quoted).count() * 2 >= sentence.words.len()
}

/// Where it can be split: the joint nearest to its middle.
fn help(sentence: &Sentence) -> String {
    let joints =
        ["and", "but", "which", "because", "so", "while", "when", "as", "after", "before", "where", "that", "since", "who", "until"];
    let words = sentence.words;
    let is_joint = |at: &usize| {
        let begins = words.get(*at).is_some_and(|word| joints.contains(&word.lower.as_ref()));
        begins || at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| before.gap.has(Gap::CLAUSE))
    };
    let joint = (3..words.len().saturating_sub(2)).filter(is_joint).min_by_key(|at| at.abs_diff(words.len() / 2));
    match joint.and_then(|joint| words.get(joint)) {
        Some(word) => format!("split it before \u{201c}{}\u{201d}", word.text),
        None => "split it, or use shorter words".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::{found_by, help_of};

    const HARD: &str = "The infrastructure configuration management synchronization process experienced unanticipated authentication failures, \
        which consequently prevented administrators from establishing communication.";

    #[test]
    fn a_hard_sentence_is_told_where_to_split() {
        assert_eq!(found_by("simple/hard-sentence", HARD).len(), 1);
        assert_eq!(help_of("simple/hard-sentence", HARD), "split it before \u{201c}which\u{201d}");
    }

    #[test]
    fn short_ones_timelines_and_lists_of_services_pass() {
        let timeline = format!("## Timeline\n\n- 10:35 {HARD}\n");
        let services = "Configuration, authentication, administration, synchronization, orchestration, communication, notification, \
            documentation, observability, virtualization, authorization, registration, replication and experimentation failed.";
        for text in [timeline.as_str(), services, "Sally stopped the pod and then she ran the job once more on the new node at noon."] {
            assert_eq!(found_by("simple/hard-sentence", text), [""; 0], "{text}");
        }
    }
}
