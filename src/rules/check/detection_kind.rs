//! `detection-kind`: how the team learned about it is an alert, a user report or something else that is said.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "detection-kind",
    level: Level::Advice,
    what: "the detection names neither an alert nor a user report, and does not say that it was another way",
    source: "Sample Incident Response Document: \"How did we learn about the incident (alerts, user reports, etc)\"",
};

/// What an alert is called, what a user report, and what says that it was neither: beginnings of words.
const WORDS: [&str; 11] = ["alert", "alarm", "monitor", "page", "pagerduty", "user", "customer", "report", "caller", "ticket", "other"];

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let said = folder.section(Section::Detection).to_lowercase();
    let mut words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() || folder.is_set_aside() || words.any(|word| WORDS.iter().any(|known| word.starts_with(known))) {
        return Vec::new();
    }
    let message = "the detection is no alert and no user report: begin it with \"Alert:\", \"User report:\" or \"Other:\"";
    vec![folder.at_section(&RULE, Section::Detection, message).with_help(format!("qpp-incident set {} detection=TEXT", folder.id()))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    fn found(detection: &str) -> Vec<String> {
        lines(RULE.id, &check(&sound().with("An alert on the error rate.", detection).read()))
    }

    #[test]
    fn a_detection_that_names_no_kind_is_advice() {
        let message = "the detection is no alert and no user report: begin it with \"Alert:\", \"User report:\" or \"Other:\"";
        assert_eq!(found("Jane saw it."), [format!("incident.md:77 advice {message}")]);
    }

    #[test]
    fn each_kind_passes_and_an_empty_one_is_left_to_its_own_rule() {
        for detection in ["An alert on the error rate.", "Users reported it.", "Other: seen during a deployment.", ""] {
            assert!(found(detection).is_empty(), "{detection}");
        }
    }
}
