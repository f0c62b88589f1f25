//! `rca-personal-data`: a root cause analysis may be shared, so it holds no names, addresses and phone numbers of people.
//! PURE. What counts as such is told by `document::personal_data`.

use crate::document::folder::RCA_FILE;
use crate::document::personal_data::personal_data;
use crate::document::report_header::ReportHeader;
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "rca-personal-data",
    level: Level::Error,
    what: "a root cause analysis holds an e-mail address, a phone number or the name of somebody who took part: a warning while it is a draft",
    source: "\"a root cause analysis (RCA) that may be shared with other teams within CMS\"",
};

/// Applies it. The front matter is the record's own and is not shared with the text.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(text) = folder.texts.get(RCA_FILE) else { return Vec::new() };
    let header = folder.rca.as_ref().and_then(|report| report.header.as_ref().ok());
    let level = if header.is_some_and(ReportHeader::is_done) { Level::Error } else { Level::Warning };
    let found = personal_data(text, folder.document()).into_iter().map(|(number, what)| {
        let message = format!("the RCA may be shared and {what}");
        let help = format!("${{EDITOR:-vi}} +{number} {}/{RCA_FILE}", folder.path);
        folder.finding(&RULE, RCA_FILE, number, message).at_level(level).with_help(help)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
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
    fn whoever_took_part_is_named_by_the_whole_name() {
        let named = |said: &str| lines(RULE.id, &check(&sound().with_in("rca.md", "Logins failed.", said).read()));
        let found = named("Sam Reyes set the pool back.");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("rca.md:10 error the RCA may be shared and names Sam Reyes: "), "{found:?}");
        assert!(named("A Sam Reyesian, Sam, and Margaret Hamilton.").is_empty());
    }

    #[test]
    fn a_text_without_front_matter_is_read_from_its_first_line() {
        let whole = crate::rules::check::sample::RCA;
        let found = check(&sound().with_in("rca.md", whole, "Ask jane@example.org.\n\n---\n").read());
        assert_eq!(lines(RULE.id, &found), ["rca.md:1 warning the RCA may be shared and holds an e-mail address"]);
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
