//! `action-item`: follow-up work has a type, an owner and an issue.
//! PURE.

use crate::document::report_header::ReportHeader;
use crate::domain::action_item::ActionItem;
use crate::domain::finding::{Finding, Level};
use crate::domain::text::cut;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "action-item",
    level: Level::Error,
    what: "an action item has no text, type, owner or issue: a warning until the postmortem is done",
    source: "\"then spend time filing bugs to track all necessary follow up work\"; Sample Incident Response Document: \"Action item, Type, Owner, Issue\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let header = folder.postmortem.as_ref().and_then(|report| report.header.as_ref().ok());
    let level = if header.is_some_and(ReportHeader::is_done) { Level::Error } else { Level::Warning };
    let missing = folder.actions.iter().filter_map(|item| Some((item, missing(item)?)));
    missing
        .map(|(item, missing)| {
            let name = item.reference.map_or_else(|| format!("\"{}\"", cut(&item.text, 40)), |reference| reference.to_string());
            let finding = folder.finding(&RULE, item.in_file, item.line, format!("action item {name} has {missing}"));
            finding.at_level(level).with_help(help(folder, item))
        })
        .collect()
}

/// `no type, no owner and no issue`: the empty cells.
fn missing(item: &ActionItem) -> Option<String> {
    let cells = [
        ("text", item.text.is_empty()),
        ("type", item.item_type.is_none()),
        ("owner", item.owner.is_none()),
        ("issue", item.issue.is_none()),
    ];
    let names: Vec<String> = cells.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| format!("no {name}")).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
}

fn help(folder: &CheckedFolder, item: &ActionItem) -> String {
    match item.reference {
        Some(reference) if item.issue.is_none() && item.owner.is_some() && item.item_type.is_some() => {
            format!("qpp-incident action link {reference} ISSUE -i {}", folder.id())
        }
        _ => {
            let types = if item.item_type.is_none() { ": the type is mitigate, prevent, detect, process or other" } else { "" };
            format!("${{EDITOR:-vi}} +{} {}/{}{types}", item.line, folder.path, item.in_file)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn what_an_item_lacks_is_an_error_once_the_postmortem_is_done() {
        let sample =
            sound().with_in("postmortem.md", "| detect | Ada Byron | OPS-1 |", "| soon |  |  |\n| B9D is no reference | detect | Ada |  |");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(
            found,
            [
                "postmortem.md:12 error action item A9D has no type, no owner and no issue",
                "postmortem.md:13 error action item \"B9D is no reference\" has no issue"
            ]
        );
        let draft = sample.with_in("postmortem.md", "status: done", "status: draft");
        assert!(lines(RULE.id, &check(&draft.read())).iter().all(|line| line.contains(" warning ")));
    }

    #[test]
    fn a_whole_item_and_an_empty_row_pass() {
        assert!(check(&sound().with("|---|---|---|---|\n", "|---|---|---|---|\n|  |  |  |  |\n").read()).is_empty());
    }

    #[test]
    fn a_missing_issue_alone_is_linked_by_the_command() {
        let found = check(&sound().with_in("postmortem.md", "OPS-1", "").read());
        assert_eq!(found.first().and_then(|finding| finding.help.as_deref()), Some("qpp-incident action link A9D ISSUE -i INC-K7QFM"));
    }
}
