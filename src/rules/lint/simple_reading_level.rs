//! `simple/reading-level`: the prose as a whole reads at the 6th grade or below.
//! PURE. One finding a text, with the sentences that add most.

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::{Prose, Sentence};
use crate::rules::lint::reading_level::ReadingFigures;
use crate::rules::lint::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "simple/reading-level",
    level: Level::Warning,
    what: "the Automated Readability Index of the prose is above 6",
    source: "Write at a 6th-grade reading level or lower. (Use the Hemingway app as a writing guide.)",
    page: include_str!("data/pages/simple-reading-level.txt"),
};

/// The grade that the process asks for.
const GRADE: f64 = 6.0;

/// Fewer words have no grade.
const LEAST_WORDS: usize = 100;

/// How many sentences are named.
const NAMED: usize = 5;

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    let figures = ReadingFigures::without_syllables(prose, linted.known);
    if figures.words < LEAST_WORDS || figures.ari() <= GRADE {
        return;
    }
    let Some(first) = prose.sentences().next() else { return };
    let message = format!(
        "the prose reads at grade {:.1}: {} letters in {} words in {} sentences",
        figures.ari(),
        figures.letters,
        figures.words,
        figures.sentences
    );
    let help = format!("grade 6 is wanted; these add most: {}", hardest(prose, linted).join("; "));
    found.push(LintFinding::new(&RULE, prose, first.span(), message).with_help(help));
}

/// The sentences whose letters and words lift the grade most, by their place and first words.
fn hardest(prose: &Prose, linted: &LintedText) -> Vec<String> {
    let weight = |sentence: &Sentence| {
        let figures = ReadingFigures::of_sentence(*sentence, linted.known);
        (figures.ari() - GRADE) * f64::from(u32::try_from(figures.words).unwrap_or(u32::MAX))
    };
    let mut weighed: Vec<(f64, Sentence)> = prose.sentences().map(|sentence| (weight(&sentence), sentence)).collect();
    weighed.sort_by(|one, other| other.0.total_cmp(&one.0));
    let named = weighed.iter().take(NAMED).filter(|(weight, _)| *weight > 0.0);
    named.map(|(_, sentence)| shown(prose, sentence)).collect()
}

fn shown(prose: &Prose, sentence: &Sentence) -> String {
    let (line, column) = prose.place(sentence.span().start);
    let words: Vec<&str> = sentence.words.iter().take(5).map(|word| word.text).collect();
    format!("{line}:{column} \u{201c}{} \u{2026}\u{201d}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::{found_by, help_of};

    #[test]
    fn hard_prose_is_one_finding_with_its_hardest_sentences() {
        let text = "It ran. The authentication infrastructure experienced considerable synchronization difficulties yesterday. ".repeat(20);
        assert_eq!(found_by("simple/reading-level", &text), ["It ran"]);
        let help = help_of("simple/reading-level", &text);
        assert!(help.starts_with("grade 6 is wanted; these add most: 1:9 \u{201c}The authentication"), "{help}");
    }

    #[test]
    fn easy_prose_and_short_prose_pass() {
        let easy = "Sally ran the job. It was slow. ".repeat(20);
        let short = "The authentication infrastructure experienced considerable synchronization difficulties.";
        let code = format!("```\n{}\n```\n", short.repeat(40));
        for text in [easy.as_str(), short, &code] {
            assert_eq!(found_by("simple/reading-level", text), [""; 0], "{text}");
        }
    }
}
