//! `summary-length`: the summary is short.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::section::Section;
use crate::domain::text::sentence_count;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "summary-length",
    level: Level::Advice,
    what: "the summary has more than two sentences",
    source: "Sample Incident Response Document: \"A short (two sentence) summary of what went wrong\"",
};

/// How many sentences a summary has at most.
const MOST: usize = 2;

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let count = sentence_count(&folder.section(Section::Summary));
    if folder.is_set_aside() || count <= MOST {
        return Vec::new();
    }
    let message = format!("the summary has {count} sentences: two are enough, and the timeline holds the rest");
    vec![folder.at_section(&RULE, Section::Summary, message).with_help(format!("qpp-incident set {} summary=TEXT", folder.id()))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_third_sentence_is_advice() {
        let found = lines(RULE.id, &check(&sound().with("pool was deployed.", "pool was deployed. It held!").read()));
        assert_eq!(found, ["incident.md:36 advice the summary has 3 sentences: two are enough, and the timeline holds the rest"]);
    }

    #[test]
    fn two_sentences_and_none_pass() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&sound().with("The Auth service refused logins. A smaller connection pool was deployed.", "").read()).is_empty());
    }
}
