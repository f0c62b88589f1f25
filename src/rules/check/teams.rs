//! `teams` and `teams-stale`: the on-call directory can be read, and somebody looked at its rows lately.
//! PURE.

use chrono::NaiveDate;

use crate::document::teams::Teams;
use crate::domain::finding::{Finding, Level};
use crate::domain::zone::Zone;
use crate::rules::check::checked_repository::{CheckedRepository, TEAMS_FILE, at_file};
use crate::rules::check::rule::Rule;

/// The rule on its form.
pub static RULE: Rule =
    Rule { id: "teams", level: Level::Error, what: "`teams.yaml` cannot be read", source: "\"Master List\"; format: The folder" };

/// The rule on its age.
pub static STALE: Rule = Rule {
    id: "teams-stale",
    level: Level::Warning,
    what: "nobody has verified a team's row in `teams.yaml` for 90 days (`teams.verified_for_days`)",
    source: "\"Each QPP team is responsible for maintaining an up-to-date on-call schedule in PagerDuty\"",
};

/// Applies the rule on its form.
pub fn check_all(repository: &CheckedRepository) -> Vec<Finding> {
    let broken = repository.teams.as_ref().and_then(|text| text.as_ref().map_err(Clone::clone).and_then(|text| Teams::parse(text)).err());
    let finding = |broken: crate::document::broken::BrokenDocument| {
        let help = format!("${{EDITOR:-vi}} +{} {TEAMS_FILE}", broken.line);
        at_file(&RULE, TEAMS_FILE, broken.line, broken.column, broken.message).with_help(help)
    };
    broken.map(finding).into_iter().collect()
}

/// Applies the rule on its age, to the rows that were verified once; one finding names all.
pub fn check_age(repository: &CheckedRepository) -> Vec<Finding> {
    let Some((Ok(text), now)) = repository.teams.as_ref().zip(repository.now) else { return Vec::new() };
    let today = Zone::default().date(now);
    let days = repository.verified_for_days;
    let is_stale = |day: NaiveDate| today.signed_duration_since(day).num_days() > i64::from(days);
    let teams = Teams::parse(text).unwrap_or_default().teams;
    let stale: Vec<String> = teams.iter().filter(|team| team.verified_on.is_some_and(is_stale)).map(|team| team.name.clone()).collect();
    if stale.is_empty() {
        return Vec::new();
    }
    let message = format!("not verified for {days} days: {}", stale.join(", "));
    vec![at_file(&STALE, TEAMS_FILE, 1, 1, message).with_help("ask the team, then qpp-incident teams TEAM --verify")]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::rules::check::sample::lines;

    fn repository(teams: &str) -> CheckedRepository {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        CheckedRepository { teams: Some(Ok(teams.to_owned())), now: Some(now), verified_for_days: 90, ..CheckedRepository::default() }
    }

    #[test]
    fn a_directory_that_cannot_be_read_is_named_with_its_place() {
        let found = lines(RULE.id, &check_all(&repository("teams:\n- name: a\n  e-mail: x\n")));
        assert_eq!(found, ["teams.yaml:3 error unknown key `e-mail`; the nearest is `email`"]);
        assert!(check_all(&repository("teams:\n- name: a\n")).is_empty() && check_all(&CheckedRepository::default()).is_empty());
    }

    #[test]
    fn rows_are_stale_after_ninety_days() {
        let teams = "teams:\n- name: old\n  verified_on: 2026-08-25\n- name: new\n  verified_on: 2026-08-26\n- name: never\n";
        assert_eq!(lines(STALE.id, &check_age(&repository(teams))), ["teams.yaml:1 warning not verified for 90 days: old"]);
        let shorter = CheckedRepository { verified_for_days: 30, ..repository(teams) };
        assert_eq!(lines(STALE.id, &check_age(&shorter)), ["teams.yaml:1 warning not verified for 30 days: old, new"]);
        let longer = CheckedRepository { verified_for_days: 91, ..repository(teams) };
        assert!(check_age(&longer).is_empty());
    }
}
