//! `lint --explain RULE`: the page of a rule, with the process's own sentence.
//! Reads nothing: no repository is needed.

use serde_json::json;

use crate::context::Context;
use crate::domain::nearest::nearest;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::rules::lint::all::rules;
use crate::rules::lint::rule::Rule;

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
        context.ui.data(&page(rule))?;
    }
    Ok(ExitStatus::Done)
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
