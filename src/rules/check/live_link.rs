//! `live-link`: whoever is affected can be given a link to the live document.
//! PURE: the command passes in what the settings and the remote give.

use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_repository::{CONFIG_FILE, CheckedRepository, at_file};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "live-link",
    level: Level::Advice,
    what: "no link to the live document can be given: `share.url` is not set, and no remote says where the files are read",
    source: "\"The Incident Response Document must be accessible to all parties that are affected by the incident\"",
};

/// Applies it. Where there is no git, a remote cannot be asked for.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    if repository.has_live_link != Some(false) {
        return Vec::new();
    }
    let message = "status updates can only name the file: nothing says where the live document is read";
    let help = format!("share: url: in {CONFIG_FILE}, with {{branch}} and {{path}}, or a remote at GitHub, GitLab or Bitbucket");
    vec![at_file(&RULE, CONFIG_FILE, 1, 1, message).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::lines;

    #[test]
    fn a_repository_without_a_link_is_advice() {
        let of = |has_live_link| lines(RULE.id, &check_all(&CheckedRepository { has_live_link, ..CheckedRepository::default() }));
        let message = "status updates can only name the file: nothing says where the live document is read";
        assert_eq!(of(Some(false)), [format!("config.yaml:1 advice {message}")]);
        assert!(of(Some(true)).is_empty() && of(None).is_empty());
    }
}
