//! `detection-empty`: a resolved incident says how it was noticed.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "detection-empty",
    level: Level::Advice,
    what: "an incident closed as resolved does not say how the team learned about it",
    source: "Sample Incident Response Document: \"How did we learn about the incident (alerts, user reports, etc)\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    if !folder.is_closed_as_resolved() || !folder.section(Section::Detection).is_empty() {
        return Vec::new();
    }
    let help = format!("qpp-incident set {} detection=TEXT", folder.id());
    vec![folder.at_section(&RULE, Section::Detection, "nothing says how the team learned about the incident").with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn an_empty_detection_is_advice_once_closed() {
        let found = lines(RULE.id, &check(&sound().with("An alert on the error rate.", "").read()));
        assert_eq!(found, ["incident.md:77 advice nothing says how the team learned about the incident"]);
        assert!(check(&running("00:15:00").with("An alert on the error rate.", "").read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }
}
