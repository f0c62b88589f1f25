//! `casual/emoji`: no emoji and no smileys.
//! PURE.

use crate::domain::finding::Level;
use crate::rules::lint::block::Block;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::rule::Rule;
use crate::rules::lint::word::WordKind;
use crate::rules::lint::words::{Mark, MarkKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "casual/emoji",
    level: Level::Advice,
    what: "an emoji or a smiley",
    source: "Don't use casual language. Avoid informal words and joking",
    page: include_str!("data/pages/casual-emoji.txt"),
};

/// Applies it.
pub fn lint(prose: &Prose, _linted: &LintedText, found: &mut Vec<LintFinding>) {
    for block in prose.blocks.iter().filter(|block| block.is_prose()) {
        for mark in block.marks.iter().filter(|mark| mark.kind == MarkKind::Emoji && !is_status(block, mark)) {
            let finding = LintFinding::new(&RULE, prose, mark.span.clone(), "an emoji is casual");
            found.push(finding.with_help("delete it, or say it in words"));
        }
    }
}

/// A mark before the words of a block, or after its time, tells a status; one within quotation marks is a quotation.
fn is_status(block: &Block, mark: &Mark) -> bool {
    let before = block.words.get(..mark.before).unwrap_or_default();
    let leads = before.iter().all(|word| word.kind == WordKind::Number);
    leads || before.last().is_some_and(|word| word.is_quoted && block.words.get(mark.before).is_none_or(|next| next.is_quoted))
}

#[cfg(test)]
mod tests {
    use crate::rules::lint::all::tests::found_by;

    #[test]
    fn emoji_and_smileys_are_found() {
        assert_eq!(
            found_by("casual/emoji", "It is back \u{1f389}\u{1f389} :tada: we are done :-) now :/"),
            ["\u{1f389}\u{1f389}", ":tada:", ":-)", ":/"]
        );
    }

    #[test]
    fn status_marks_times_and_code_pass() {
        for text in [
            "- \u{2705} done\n- \u{274c} open",
            "- 10:35 \u{2705} Deployed.",
            "At 16:16: it failed.",
            "`:tada:` a:b:c",
            "It is \u{2192} here \u{2713}.",
        ] {
            assert_eq!(found_by("casual/emoji", text), [""; 0], "{text}");
        }
    }
}
