//! What `lint` finds in a text, with the levels that the settings of the repository give its rules; and who is known in an incident.
//! PURE: texts and values in. `lint` and the end of a report (`postmortem --done`, `rca --done`) judge by this alone.

use crate::document::config::lint_settings::LintSettings;
use crate::document::incident_document::IncidentDocument;
use crate::document::teams::Teams;
use crate::domain::finding::Level;
use crate::domain::key::Key;
use crate::domain::nearest::nearest;
use crate::error::CommandError;
use crate::rules::lint::all::{Linted, lint_without, rules};
use crate::rules::lint::known::Known;
use crate::rules::lint::linted_text::LintedText;

/// What the rules find that are not off, each finding at the level of the settings.
pub fn lint_by_settings(text: &LintedText<'_>, settings: &LintSettings) -> Linted {
    let linted = lint_without(text, &|rule| settings.level(rule, Level::Advice).is_none());
    let findings = linted.findings.into_iter().filter_map(|mut found| {
        found.finding.level = settings.level(found.finding.rule, found.finding.level)?;
        Some(found)
    });
    Linted { findings: findings.collect(), ..linted }
}

/// Refuses settings that name a rule which does not exist.
///
/// # Errors
/// There is such a rule; the nearest is named.
pub fn known_rules_alone(settings: &LintSettings) -> Result<(), CommandError> {
    let names: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let Some(unknown) = settings.rules().find(|rule| !names.contains(rule)) else { return Ok(()) };
    let nearest = nearest(unknown, names).unwrap_or_default();
    let message = format!("incidents/config.yaml: `lint` names no rule `{unknown}`; the nearest is `{nearest}`");
    Err(CommandError::refused("bad-config", message).with_hint("${EDITOR:-vi} incidents/config.yaml"))
}

/// Who is a person and what is a system: of the incident, of the on-call directory, of the settings, and who else is known.
pub fn known_of(document: Option<&IncidentDocument>, teams: Option<&Teams>, settings: &LintSettings, others: &[String]) -> Known {
    let mut people: Vec<String> = others.to_vec();
    let mut systems: Vec<String> = Vec::new();
    if let Some(document) = document {
        people.extend(document.names());
        systems.extend([Key::Services, Key::Teams].into_iter().flat_map(|key| document.header().list(key).to_vec()));
    }
    if let Some(teams) = teams {
        people.extend(teams.people().into_iter().map(|person| person.name));
        systems.extend(teams.teams.iter().map(|team| team.name.clone()));
    }
    people.sort();
    people.dedup();
    Known::new(&people, &systems, settings.terms())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::config::Config;

    #[test]
    fn hard_sentences_are_warned_of_where_the_grade_is_off() {
        let text = "The infrastructure configuration management synchronization process experienced unanticipated authentication \
            failures, which consequently prevented administrators from establishing communication. "
            .repeat(6);
        let levels = |config: &str| -> Vec<Level> {
            let config = Config::parse(config).unwrap();
            let linted = lint_by_settings(&LintedText::other(&text, &Known::default()), config.lint());
            let hard = linted.findings.iter().filter(|found| found.finding.rule == "simple/hard-sentence");
            hard.map(|found| found.finding.level).collect()
        };
        assert_eq!(levels("lint: {}\n"), [Level::Advice; 6]);
        assert_eq!(levels("lint: {simple/reading-level: off}\n"), [Level::Warning; 6]);
        assert_eq!(levels("lint: {simple/hard-sentence: error}\n"), [Level::Error; 6]);
    }
}
