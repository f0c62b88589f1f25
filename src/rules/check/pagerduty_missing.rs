//! `pagerduty-missing`: the incident was opened through PagerDuty.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "pagerduty-missing",
    level: Level::Error,
    what: "there is no PagerDuty reference (error), or it was reported by another way (warning)",
    source: "\"PagerDuty is the sole mechanism for opening an incident\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header() else { return Vec::new() };
    let id = folder.id();
    let mut found = Vec::new();
    if header.text(Key::Pagerduty).is_none() {
        let help = format!("qpp-incident set {id} pagerduty=REFERENCE");
        found.push(folder.at_key(&RULE, Key::Pagerduty, "there is no PagerDuty reference").with_help(help));
    }
    if let Some(via) = header.text(Key::ReportedVia).filter(|via| !via.trim().eq_ignore_ascii_case("pagerduty")) {
        let message = format!("it was reported via {via}, which may delay the response");
        let help = format!(
            "tell the reporter: the team's PagerDuty address is in incidents/teams.yaml; qpp-incident set {id} reported_via=pagerduty if this is wrong"
        );
        found.push(folder.at_key(&RULE, Key::ReportedVia, message).at_level(Level::Warning).with_help(help));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn no_reference_is_an_error_and_another_way_a_warning() {
        let sample = sound().without_key("pagerduty").with("reported_via: pagerduty", "reported_via: phone");
        assert_eq!(
            lines(RULE.id, &check(&sample.read())),
            [
                "incident.md:1 error there is no PagerDuty reference",
                "incident.md:9 warning it was reported via phone, which may delay the response"
            ]
        );
    }

    #[test]
    fn pagerduty_passes() {
        assert!(check(&sound().with("reported_via: pagerduty", "reported_via: PagerDuty").read()).is_empty());
    }
}
