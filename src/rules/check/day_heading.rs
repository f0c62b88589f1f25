//! `day-heading`: the headings of the timeline are days.
//! PURE.

use chrono::NaiveDate;

use crate::document::outline::{BlockKind, line_of};
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "day-heading",
    level: Level::Warning,
    what: "there is no timeline, or a heading in it is no day such as `### 2026-11-22`: entries under it would be read as of the day before",
    source: "Sample Incident Response Document: \"Timeline\", \"\\$DATE\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let help = format!("qpp-incident edit {}", folder.id());
    let Some(section) = &document.timeline().section else {
        return vec![folder.at_line(&RULE, 1, "there is no `## Timeline` section").with_help(help)];
    };
    let headings = document.outline().blocks_in(&section.content).filter_map(|block| match &block.kind {
        BlockKind::Heading(_, title) => Some((title, block)),
        _ => None,
    });
    headings
        .filter(|(title, block)| block.kind != BlockKind::Heading(3, (*title).clone()) || title.trim().parse::<NaiveDate>().is_err())
        .map(|(title, block)| {
            let message = format!("the heading `{title}` in the timeline is no day such as `### 2026-11-22`");
            folder.at_line(&RULE, line_of(document.text(), block.range.start), message).with_help(&help)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_heading_that_is_no_day_is_named() {
        let sample = sound().with("### 2026-11-23\n", "### Monday\n");
        let found = lines(RULE.id, &check(&sample.read()));
        assert_eq!(found, ["incident.md:54 warning the heading `Monday` in the timeline is no day such as `### 2026-11-22`"]);
        assert_eq!(check(&sound().with("### 2026-11-23\n", "#### 2026-11-23\n").read()).len(), 1);
    }

    #[test]
    fn a_document_without_a_timeline_is_named_and_days_pass() {
        assert_eq!(check(&sound().with("## Timeline", "## Log").read()).len(), 1);
        assert!(check(&sound().read()).is_empty());
    }
}
