//! `cms-process-missing`: the formal CMS process ran beside the response.
//! PURE.

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "cms-process-missing",
    level: Level::Warning,
    what: "an incident closed as resolved has no reference of the formal CMS incident response process",
    source: "\"We need to initiate the formal CMS incident response process in parallel with our remediation efforts\"",
};

/// Applies it. Where an entry says that the process was started, only its number is missing: advice.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let is_missing = folder.header().is_some_and(|header| header.text(Key::CmsProcess).is_none());
    if !folder.is_closed_as_resolved() || !is_missing {
        return Vec::new();
    }
    let help = format!("qpp-incident set {} cms_process=REFERENCE", folder.id());
    let finding = if folder.count(EntryKind::CmsProcess) > 0 {
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
    fn a_reference_or_a_running_incident_passes() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&running("00:15:00").without_key("cms_process").read()).is_empty());
    }
}
