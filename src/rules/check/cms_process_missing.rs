//! `cms-process-missing`: the formal CMS process ran beside the response.
//! PURE.

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "cms-process-missing",
    level: Level::Warning,
    what: "an incident closed as resolved has no reference of the formal CMS incident response process; while it runs, advice where privacy is affected or that is not known yet",
    source: "\"We need to initiate the formal CMS incident response process in parallel with our remediation efforts\"",
};

/// Applies it. Where an entry says that the process was started, only its number is missing: advice.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(header) = folder.header().filter(|header| header.text(Key::CmsProcess).is_none()) else { return Vec::new() };
    let is_started = folder.count(EntryKind::CmsProcess) > 0;
    if !folder.is(Status::Closed) {
        let said = match header.text(Key::Privacy) {
            Some("affected") => "privacy is affected",
            Some("unknown") => "privacy may be affected",
            _ => return Vec::new(),
        };
        let message = format!("{said}, and nothing says that the formal CMS process was started");
        let help = format!("qpp-incident cms-process {}", folder.id());
        let finding = folder.at_key(&RULE, Key::Privacy, message).at_level(Level::Advice).with_help(help);
        return if is_started { Vec::new() } else { vec![finding] };
    }
    if !folder.is_closed_as_resolved() {
        return Vec::new();
    }
    let help = format!("qpp-incident set {} cms_process=REFERENCE", folder.id());
    let finding = if is_started {
        folder.at_key(&RULE, Key::CmsProcess, "the formal CMS process was started, and its reference is missing").at_level(Level::Advice)
    } else {
        folder.at_key(&RULE, Key::CmsProcess, "closed, and nothing says that the formal CMS process was started")
    };
    vec![finding.with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_close_without_the_formal_process_is_a_warning() {
        let sample = sound().without_key("cms_process");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(found, ["incident.md:1 warning closed, and nothing says that the formal CMS process was started"]);
        let started = sample.with_entry("- 00:09 EST: **CMS process.** Called. — Ada Byron");
        let found = lines(RULE.id, &check(&started.read()));
        assert_eq!(found, ["incident.md:1 advice the formal CMS process was started, and its reference is missing"]);
    }

    #[test]
    fn while_it_runs_it_is_advised_where_privacy_is_or_may_be_affected() {
        let sample = running("00:15:00").without_key("cms_process");
        let with = |privacy: &str| sample.clone().with("privacy: none", &format!("privacy: {privacy}"));
        let found = |privacy: &str| lines(RULE.id, &check(&with(privacy).read()));
        let advice = "and nothing says that the formal CMS process was started";
        assert_eq!(found("affected"), [format!("incident.md:17 advice privacy is affected, {advice}")]);
        assert_eq!(found("unknown"), [format!("incident.md:17 advice privacy may be affected, {advice}")]);
        assert!(found("none").is_empty() && check(&sample.clone().read()).is_empty());
        let started = with("affected").with_entry("- 00:09 EST: **CMS process.** Called. — Ada Byron");
        assert!(check(&started.read()).is_empty());
    }

    #[test]
    fn a_reference_or_a_running_incident_passes() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&running("00:15:00").without_key("cms_process").read()).is_empty());
    }
}
