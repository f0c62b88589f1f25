//! `postmortem-draft`: the postmortem of a closed incident is finished.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "postmortem-draft",
    level: Level::Warning,
    what: "the postmortem of an incident closed as resolved is still a draft",
    source: "\"the response team must write a post mortem document\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(report) = folder.postmortem.as_ref().filter(|_| folder.is_closed_as_resolved()) else { return Vec::new() };
    let Ok(header) = &report.header else { return Vec::new() };
    if header.is_done() {
        return Vec::new();
    }
    let help = format!("qpp-incident postmortem {} --done, once it is written", folder.id());
    vec![folder.finding(&RULE, report.file, 1, "the postmortem is still a draft").with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_draft_is_a_warning_and_a_finished_one_passes() {
        let draft = sound().with_in("postmortem.md", "status: done", "status: draft");
        assert_eq!(lines(RULE.id, &check(&draft.read())), ["postmortem.md:1 warning the postmortem is still a draft"]);
        assert!(check(&sound().read()).is_empty());
    }
}
