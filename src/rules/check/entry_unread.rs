//! `entry-unread`: every bullet of the timeline is an entry, or is named with why it is none.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "entry-unread",
    level: Level::Warning,
    what: "a bullet of the timeline does not fit the form of an entry, and why",
    source: "Sample Incident Response Document: \"\\$TIME: \\$ACTION\"; format: Lines typed by hand",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let help = format!("write it as `- 23:58 EST: TEXT` under its day: qpp-incident edit {}", folder.id());
    let unread = document.timeline().unread.iter();
    unread
        .map(|bullet| folder.at_line(&RULE, bullet.line, format!("this bullet is no timeline entry: {}", bullet.why)).with_help(&help))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_bullet_that_does_not_fit_is_named_with_why() {
        let sample = sound().with_last_entry("- at noon it worked").with("### 2026-11-22\n\n", "- 23:00 EST: no day\n\n### 2026-11-22\n\n");
        let found = lines(RULE.id, &check(&sample.read()));
        assert_eq!(
            found,
            [
                "incident.md:50 warning this bullet is no timeline entry: no day heading such as `### 2026-11-22` stands above it",
                "incident.md:66 warning this bullet is no timeline entry: it does not begin with a time such as `23:58 EST: `"
            ]
        );
    }

    #[test]
    fn entries_pass() {
        assert!(check(&sound().with_entry("- 00:10: typed by hand").read()).is_empty());
    }
}
