//! `prevention-missing`: the follow-up work keeps it from happening again.
//! PURE. Asked once the postmortem is done: until then the items are still being collected.

use crate::document::folder::POSTMORTEM_FILE;
use crate::document::report_header::ReportHeader;
use crate::domain::action_item::{ActionItem, ActionType};
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "prevention-missing",
    level: Level::Warning,
    what: "the postmortem of an incident closed as resolved is done, and no action item is of type prevent",
    source: "\"teams must complete a root cause analysis and take steps to prevent a recurrence\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let header = folder.postmortem.as_ref().and_then(|report| report.header.as_ref().ok());
    let is_due = folder.is_closed_as_resolved() && header.is_some_and(ReportHeader::is_done);
    let prevents = |item: &ActionItem| item.item_type == Some(ActionType::Prevent);
    if !is_due || folder.actions.iter().any(prevents) {
        return Vec::new();
    }
    let message = match folder.actions.len() {
        0 => "there is no action item: what keeps it from happening again?".to_owned(),
        _ => "no action item is of type prevent: what keeps it from happening again?".to_owned(),
    };
    let help = format!("qpp-incident action add {} TEXT --type prevent --owner WHO --issue ISSUE", folder.id());
    vec![folder.finding(&RULE, POSTMORTEM_FILE, 1, message).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_done_postmortem_without_prevention_is_a_warning() {
        let sample = sound().with_in("postmortem.md", "| prevent |", "| process |");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(found, ["postmortem.md:1 warning no action item is of type prevent: what keeps it from happening again?"]);
        assert!(check(&sample.with_in("postmortem.md", "status: done", "status: draft").read()).is_empty());
    }

    #[test]
    fn one_that_prevents_passes() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&sound().without("postmortem.md").read()).is_empty());
    }
}
