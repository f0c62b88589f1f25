//! `config`: the settings can be read, and the rules that they name exist.
//! PURE.

use crate::document::config::Config;
use crate::domain::finding::{Finding, Level};
use crate::domain::nearest::nearest;
use crate::rules::check::checked_repository::{CONFIG_FILE, CheckedRepository, at_file};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "config",
    level: Level::Error,
    what: "`config.yaml` cannot be read, or sets the level of a rule that does not exist",
    source: "format: The folder",
};

/// Applies it.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    let Some(text) = &repository.config else { return Vec::new() };
    let parsed = text.as_ref().map_err(Clone::clone).and_then(|text| Config::parse(text).map(|config| (text, config)));
    match parsed {
        Err(broken) => {
            let help = format!("${{EDITOR:-vi}} +{} {CONFIG_FILE}", broken.line);
            vec![at_file(&RULE, CONFIG_FILE, broken.line, broken.column, broken.message).with_help(help)]
        }
        Ok((text, config)) => {
            let unknown =
                |of: &'static str, known: &[&'static str], named: &str| (!known.contains(&named)).then(|| unknown(of, known, text, named));
            let of_check = config.checked_rules().filter_map(|rule| unknown("check", &repository.rules, rule));
            of_check.chain(config.lint().rules().filter_map(|rule| unknown("lint", &repository.lint_rules, rule))).collect()
        }
    }
}

fn unknown(of: &str, known: &[&'static str], text: &str, rule: &str) -> Finding {
    let nearest = nearest(rule, known.iter().copied()).unwrap_or_default();
    let line = text.lines().position(|line| line.trim_start().starts_with(&format!("{rule}:"))).map_or(1, |at| at + 1);
    let message = format!("`{of}.{rule}` names no rule; the nearest is `{nearest}`");
    let page = if of == "lint" { "lint" } else { "checks" };
    at_file(&RULE, CONFIG_FILE, line, 1, message)
        .with_help(format!("call it `{nearest}`, or take the line away; docs/{page}.md of qpp-incident lists every rule"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::lines;

    fn found(config: &str) -> Vec<String> {
        let repository = CheckedRepository {
            config: Some(Ok(config.to_owned())),
            rules: vec!["rca-late", "entry-order"],
            lint_rules: vec!["voice/passive", "person/first"],
            ..CheckedRepository::default()
        };
        lines(RULE.id, &check_all(&repository))
    }

    #[test]
    fn settings_that_cannot_be_read_are_named_with_their_place() {
        assert_eq!(found("chat: [\n").len(), 1);
        assert!(found("# nothing\n").is_empty() && found("check:\n  rca-late: off\n").is_empty());
        assert!(check_all(&CheckedRepository::default()).is_empty());
    }

    #[test]
    fn a_rule_that_does_not_exist_is_named_with_the_nearest() {
        assert_eq!(
            found("check:\n  entry-odrer: off\n"),
            ["config.yaml:2 error `check.entry-odrer` names no rule; the nearest is `entry-order`"]
        );
        assert!(found("lint:\n  voice/passive: off\n").is_empty());
        assert_eq!(
            found("lint:\n  disable: [person/frist]\n"),
            ["config.yaml:1 error `lint.person/frist` names no rule; the nearest is `person/first`"]
        );
    }
}
