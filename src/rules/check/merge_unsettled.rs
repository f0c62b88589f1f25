//! `merge-unsettled`: what a merge decided was looked at by a person.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::document::unsettled::{decided_key, unsettled_merges};
use crate::domain::finding::{Finding, Level};
use crate::domain::instant_words::instant_words;
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "merge-unsettled",
    level: Level::Warning,
    what: "a merge of two clones decided a key, and no later entry sets that key: `set` to the value that stands settles it",
    source: "\"the Incident Commander must keep the Incident Response Document up to date with all activities\"; format: Merging",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    unsettled_merges(document)
        .into_iter()
        .map(|found| {
            let message = format!("a merge decided it, and nobody has settled it since: {}", found.entry.first_line());
            folder.at_line(&RULE, found.line, message).with_help(help(folder, document, decided_key(found).unwrap_or_default()))
        })
        .collect()
}

/// The command that settles it with the value that stands.
fn help(folder: &CheckedFolder, document: &IncidentDocument, name: &str) -> String {
    let id = folder.id();
    let Ok(key) = name.parse::<Key>() else { return format!("qpp-incident edit {id}") };
    let reason = if document.header().instant(key).is_some() { " --reason \"looked at after the merge\"" } else { "" };
    let instant = document.header().instant(key).map(|at| instant_words(at, document.zone()));
    let value = instant.or_else(|| document.header().text(key).map(str::to_owned)).unwrap_or_default();
    format!("qpp-incident set {id} {}{reason}", shell_words::quote(&format!("{name}={value}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_decision_of_a_merge_is_named_until_the_key_is_set() {
        let merge = "- 00:30 EST: **Merge.** severity: SEV-2 stands (Ada Byron), not SEV-3 (Sam Reyes). — qpp-incident";
        let sample = sound().with_entry(merge);
        let found = check(&sample.clone().read());
        let message =
            "warning a merge decided it, and nobody has settled it since: severity: SEV-2 stands (Ada Byron), not SEV-3 (Sam Reyes).";
        let found_lines = lines(RULE.id, &found);
        assert!(found_lines.len() == 1 && found_lines.iter().all(|line| line.ends_with(message)), "{found_lines:?}");
        let helps = found.iter().all(|finding| finding.help.as_deref().is_some_and(|help| help.contains("set INC-K7QFM 'severity=SEV-")));
        assert!(helps, "{found:?}");
        assert!(check(&sample.with_last_entry("- 01:30 EST: **Fact.** severity: SEV-2 — Ada Byron").read()).is_empty());
    }
}
