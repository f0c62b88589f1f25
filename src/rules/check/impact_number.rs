//! `impact-number`: the impact is a quantified statement.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "impact-number",
    level: Level::Advice,
    what: "the impact is empty or names no figure",
    source: "Sample Incident Response Document: \"Quantified statement about the impact of the incident\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if folder.document().is_none() || folder.is_set_aside() {
        return Vec::new();
    }
    let impact = folder.section(Section::Impact);
    let message = match impact.as_str() {
        "" => "the impact is empty: how many users, requests or records, from when to when",
        said if !said.chars().any(char::is_numeric) => "the impact names no figure: how many users, requests or records, from when to when",
        _ => return Vec::new(),
    };
    vec![folder.at_section(&RULE, Section::Impact, message).with_help(format!("qpp-incident set {} impact=TEXT", folder.id()))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn an_impact_without_a_figure_is_advice() {
        for (impact, what) in [("", "is empty"), ("Many logins failed.", "names no figure")] {
            let found = lines(RULE.id, &check(&sound().with("40 % of logins failed for 50 minutes.", impact).read()));
            assert_eq!(found, [format!("incident.md:40 advice the impact {what}: how many users, requests or records, from when to when")]);
        }
    }

    #[test]
    fn a_figure_passes() {
        assert!(check(&sound().read()).is_empty());
    }
}
