//! `rca-parts`: a root cause analysis says the problem, the response and the prevention.
//! PURE. Only one that is done: a draft is still being written.

use crate::document::folder::RCA_FILE;
use crate::document::outline::line_of;
use crate::document::report_header::ReportHeader;
use crate::document::section_edit::without_comments;
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "rca-parts",
    level: Level::Warning,
    what: "a root cause analysis that is done lacks one of its three parts: the problem, the response, the prevention",
    source: "\"The RCA should clearly state what the problem was, how the team responded, and what steps they are taking to prevent the issue from recurring\"",
};

/// The headings of the three parts, as the template has them.
const PARTS: [&str; 3] = ["The problem", "The response", "The prevention"];

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let done = folder.rca.as_ref().filter(|report| report.header.as_ref().is_ok_and(ReportHeader::is_done));
    let (Some(text), Some(report)) = (folder.texts.get(RCA_FILE), done) else { return Vec::new() };
    let missing = PARTS.into_iter().filter_map(|part| match report.outline.section(2, part) {
        None => Some((1, format!("the RCA has no part \"{part}\""))),
        Some(found) => {
            let said = without_comments(text.get(found.content.clone()).unwrap_or_default());
            said.trim()
                .is_empty()
                .then(|| (line_of(text, found.content.start).saturating_sub(1).max(1), format!("\"{part}\" of the RCA says nothing")))
        }
    });
    let help = || format!("${{EDITOR:-vi}} {}/{RCA_FILE}, then qpp-incident rca {} --done", folder.path, folder.id());
    missing.map(|(line, message)| folder.finding(&RULE, RCA_FILE, line, message).with_help(help())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_part_that_is_missing_or_says_nothing_is_named() {
        let sample =
            sound().with_in("rca.md", "## The problem", "## Problem").with_in("rca.md", "A check of the pool's size.", "<!-- steps -->");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(
            found,
            ["rca.md:1 warning the RCA has no part \"The problem\"", "rca.md:16 warning \"The prevention\" of the RCA says nothing"]
        );
        assert!(check(&sample.with_in("rca.md", "status: done", "status: draft").read()).is_empty());
    }

    #[test]
    fn the_three_parts_pass() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&sound().without("rca.md").read()).is_empty());
    }
}
