//! `rca-personal-data`: a root cause analysis may be shared, so it holds no addresses and no phone numbers of people.
//! PURE. Names cannot be told from other words; the template asks to leave them out.

use crate::document::addresses::has_address;
use crate::document::folder::RCA_FILE;
use crate::document::report_header::ReportHeader;
use crate::domain::finding::{Finding, Level};
use crate::domain::report_review::phone_number;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "rca-personal-data",
    level: Level::Error,
    what: "a root cause analysis holds an e-mail address or a phone number: a warning while it is a draft",
    source: "\"a root cause analysis (RCA) that may be shared with other teams within CMS\"",
};

/// Applies it. The front matter is the record's own and is not shared with the text.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(text) = folder.texts.get(RCA_FILE) else { return Vec::new() };
    let header = folder.rca.as_ref().and_then(|report| report.header.as_ref().ok());
    let level = if header.is_some_and(ReportHeader::is_done) { Level::Error } else { Level::Warning };
    let body_line = text.lines().skip(1).position(|line| line == "---").map_or(0, |fence| fence + 2);
    let found = text.lines().enumerate().skip(body_line).filter_map(|(index, line)| {
        let what = if has_address(line) {
            "an e-mail address"
        } else if phone_number(line).is_some() {
            "a phone number"
        } else {
            return None;
        };
        let message = format!("the RCA may be shared and holds {what}");
        let help = format!("${{EDITOR:-vi}} +{} {}/{RCA_FILE}", index + 1, folder.path);
        Some(folder.finding(&RULE, RCA_FILE, index + 1, message).at_level(level).with_help(help))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn addresses_and_phone_numbers_are_named_with_their_lines() {
        let sample = sound().with_in("rca.md", "Logins failed.", "Ask jane@example.org.\nOr call 419-555-1234.");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(
            found,
            [
                "rca.md:10 error the RCA may be shared and holds an e-mail address",
                "rca.md:11 error the RCA may be shared and holds a phone number"
            ]
        );
        let draft = lines(RULE.id, &check(&sample.with_in("rca.md", "status: done", "status: draft").read()));
        assert!(draft.iter().all(|line| line.contains(" warning ")), "{draft:?}");
    }

    #[test]
    fn versions_times_references_and_links_pass() {
        for said in
            ["Deployment 4.2.1 at 2026-11-23 00:40 EST.", "See OPS-1234 and https://x.example/@team/555-1234567.", "1200 of 30000 logins."]
        {
            assert!(check(&sound().with_in("rca.md", "Logins failed.", said).read()).is_empty(), "{said}");
        }
        assert!(check(&sound().without("rca.md").read()).is_empty());
    }
}
