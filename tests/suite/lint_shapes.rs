//! Texts that are no prose have no finding, and texts of any shape are linted: never a panic, and in bounded time.

mod shapes;
mod traps;

use qpp_incident::rules::lint::all::{Linted, lint};
use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::linted_text::LintedText;

/// What all rules find in a text about which nothing is known.
fn linted(text: &str) -> Linted {
    lint(&LintedText::other(text, &Known::default()))
}

/// The rules that found something, in the order of the text.
fn rules_of(text: &str) -> Vec<&'static str> {
    linted(text).findings.into_iter().map(|found| found.finding.rule).collect()
}
