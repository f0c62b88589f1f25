//! `summary-empty`: the document says what went wrong.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "summary-empty",
    level: Level::Advice,
    what: "the summary is empty",
    source: "Sample Incident Response Document: \"A short (two sentence) summary of what went wrong\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if folder.document().is_none() || folder.is_set_aside() || !folder.section(Section::Summary).is_empty() {
        return Vec::new();
    }
    let help = format!("qpp-incident set {} summary=TEXT", folder.id());
    vec![folder.at_section(&RULE, Section::Summary, "the summary is empty: two sentences on what went wrong").with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    const SUMMARY: &str = "The Auth service refused logins. A smaller connection pool was deployed.";

    #[test]
    fn an_empty_summary_is_advice() {
        let found = lines(RULE.id, &check(&sound().with(SUMMARY, "<!-- two sentences -->").read()));
        assert_eq!(found, ["incident.md:36 advice the summary is empty: two sentences on what went wrong"]);
    }

    #[test]
    fn one_in_the_postmortem_alone_passes() {
        let sample = sound().with(SUMMARY, "").with_in("postmortem.md", "## Action", "## Summary\n\nIt broke.\n\n## Action");
        assert!(check(&sample.read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }
}
