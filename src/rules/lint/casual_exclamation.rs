//! `casual/exclamation`: no exclamation marks.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::words::MarkKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "casual/exclamation",
    level: Level::Warning,
    what: "an exclamation mark",
    source: "Don't use casual language. Avoid informal words and joking",
    page: include_str!("data/pages/casual-exclamation.txt"),
};

/// Applies it.
pub fn lint(prose: &Prose, _linted: &LintedText, found: &mut Vec<LintFinding>) {
    for block in prose.blocks.iter().filter(|block| block.is_prose()) {
        for mark in block.marks.iter().filter(|mark| mark.kind == MarkKind::Exclamation) {
            let before = mark.before.checked_sub(1).and_then(|at| block.words.get(at));
            if before.is_none_or(|word| !word.is_quoted) {
                let finding = LintFinding::new(&RULE, prose, mark.span.clone(), "an exclamation mark is casual");
                found.push(finding.with_help("end the sentence with a full stop"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn exclamation_marks_are_found_and_operators_pass() {
        assert_eq!(found_by("casual/exclamation", "It is done! Really?! Yes!!!"), ["!", "?!", "!!!"]);
        for text in ["if a != b", "`done!`", "He said \"done!\" and left.", "run !important and !!x", "# Done!", "> Done!"] {
            assert_eq!(found_by("casual/exclamation", text), [""; 0], "{text}");
        }
    }
}
