//! `open-versions`: of prose that two clones changed, one version was chosen.
//! PURE.

use crate::document::merge::versions::OPEN;
use crate::domain::finding::{Finding, Level};
use crate::domain::text::holds;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "open-versions",
    level: Level::Warning,
    what: "a passage that two clones changed stands in both versions, and nobody has chosen one",
    source: "\"The Incident Response Document is the primary channel for communicating incident status\"; format: Merging",
};

/// Applies it: one finding a passage.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let lines = |text: &str| -> Vec<usize> {
        if !holds(text, OPEN) {
            return Vec::new();
        }
        text.lines().enumerate().filter(|(_, line)| line.contains(OPEN)).map(|(index, _)| index + 1).collect()
    };
    let passages = folder.texts.iter().flat_map(|(file, text)| lines(text).into_iter().map(move |line| (file, line)));
    let found = passages.map(|(file, line)| {
        let message = "a passage stands in the versions of two clones: keep one, and take the comments around it away";
        let report = if file == "postmortem.md" {
            " --postmortem"
        } else if file == "rca.md" {
            " --rca"
        } else {
            ""
        };
        folder.finding(&RULE, file, line, message).with_help(format!("qpp-incident edit {}{report}", folder.id()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn each_passage_in_two_versions_is_named() {
        assert!(check(&sound().read()).is_empty());
        let versions = "## Summary\n\n<!-- versions: keep one -->\na\n\n<!-- or -->\nb\n\n<!-- end of versions -->\n";
        let found = lines(RULE.id, &check(&sound().with("## Summary\n", versions).read()));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
