//! `lint --explain RULE`: the page of a rule, with the process's own sentence.
//! Reads nothing: no repository is needed.

use serde_json::json;

use crate::context::Context;
use crate::domain::nearest::nearest;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::rules::lint::all::rules;
use crate::rules::lint::rule::Rule;
use crate::terminal::frame::wrap;

/// Prints the page.
///
/// # Errors
/// There is no such rule; the nearest is named.
pub fn explain(context: &Context, name: &str) -> CommandResult {
    let rules = rules();
    let Some(rule) = rules.iter().find(|rule| rule.id == name) else {
        let nearest = nearest(name, rules.iter().map(|rule| rule.id)).unwrap_or_default();
        return Err(CommandError::refused("unknown-rule", format!("lint has no rule `{name}`; the nearest is `{nearest}`"))
            .with_hint(format!("qpp-incident lint --explain {nearest}; docs/lint.md lists all rules")));
    };
    if context.options.json {
        context.ui.json(&json!({
            "schema": 1, "rule": rule.id, "level": rule.level, "what": rule.what, "source": rule.source, "page": rule.page.trim(),
        }))?;
    } else {
        let page = page(rule);
        context.ui.data(&context.ui.width().map_or_else(|| page.clone(), |width| fitted(&page, width)))?;
    }
    Ok(ExitStatus::Done)
}

/// The page in lines that fit a terminal: what the page breaks within a paragraph is put together first.
fn fitted(page: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in page.lines() {
        let goes_on = lines.last().is_some_and(|last| !last.is_empty() && !last.starts_with(' '));
        match lines.last_mut() {
            Some(last) if goes_on && !begins_anew(line) => *last = format!("{last} {line}"),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.iter().flat_map(|line| wrap(line, width)).collect::<Vec<_>>().join("\n")
}

/// A blank line, an example, or a paragraph with its word in front: `Flagged: …`, `In a timeline: …`.
fn begins_anew(line: &str) -> bool {
    let has_label = || line.split_once(": ").is_some_and(|(label, _)| label.len() < 24 && label.starts_with(char::is_uppercase));
    line.is_empty() || line.starts_with(' ') || has_label()
}

fn page(rule: &Rule) -> String {
    format!(
        "{} ({}): {}\n\n{}\n\nIn incidents/config.yaml: lint: {{{}: off}}, or error, warning, advice",
        rule.id,
        rule.level,
        rule.what,
        rule.page.trim(),
        rule.id,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_fits_the_terminal_and_breaks_between_words() {
        let page = "x/y (error): a rule\n\nThe process says: \"One\ntwo three.\"\n\nFlagged: four five\nsix.\nNot flagged: seven.\n  no:  eight nine ten.\n  yes: ten.";
        let wanted = "x/y (error): a rule\n\nThe process says:\n    \"One two\n    three.\"\n\nFlagged: four five\n    six.\nNot flagged: seven.\n  no:  eight nine\n    ten.\n  yes: ten.";
        assert_eq!(fitted(page, 19), wanted);
        for rule in rules() {
            assert!(fitted(&super::page(rule), 80).lines().all(|line| line.chars().count() <= 80), "{}", rule.id);
        }
    }
}
