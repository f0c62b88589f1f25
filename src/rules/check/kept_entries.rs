//! `kept-entries`: nothing that was said waits outside the document.
//! PURE: the command passes in what the store keeps.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::checked_repository::CheckedRepository;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "kept-entries",
    level: Level::Warning,
    what: "entries are kept in this clone and not yet in the document",
    source: "\"the Incident Commander must keep the Incident Response Document up to date with all activities\"",
};

/// Those of one incident.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(why) = folder.kept.first() else { return Vec::new() };
    let message = format!("{}, not yet in the document: {why}", counted(folder.kept.len()));
    let help = format!("qpp-incident status {}: once what stands in the way is gone, the next command on it writes them", folder.id());
    vec![folder.at_line(&RULE, 1, message).with_help(help)]
}

/// Those whose incident is not there.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    if repository.kept_elsewhere == 0 {
        return Vec::new();
    }
    let message = format!("{} for incidents that are not there, or cannot be read", counted(repository.kept_elsewhere));
    vec![RULE.finding(message).with_help("they lie in qpp-incident/pending below the git folder: git rev-parse --git-common-dir")]
}

fn counted(count: usize) -> String {
    if count == 1 { "1 entry is kept".to_owned() } else { format!("{count} entries are kept") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn kept_entries_are_counted_with_why() {
        let mut folder = sound().read();
        assert!(check(&folder).is_empty());
        folder.kept = vec!["a rebase is in progress".to_owned(), "the same".to_owned()];
        let found = lines(RULE.id, &check(&folder));
        assert_eq!(found, ["incident.md:1 warning 2 entries are kept, not yet in the document: a rebase is in progress"]);
    }

    #[test]
    fn kept_entries_of_no_incident_are_counted_too() {
        assert!(check_all(&CheckedRepository::default()).is_empty());
        let found = check_all(&CheckedRepository { kept_elsewhere: 1, ..CheckedRepository::default() });
        assert_eq!(
            found.first().map(|finding| finding.message.as_str()),
            Some("1 entry is kept for incidents that are not there, or cannot be read")
        );
    }
}
