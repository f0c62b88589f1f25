//! `team-unreachable`: the teams that an incident names can be alerted.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::checked_repository::TEAMS_FILE;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "team-unreachable",
    level: Level::Error,
    what: "a team that the incident names has neither an escalation policy nor an incident address in `teams.yaml`, or is not in it (warning)",
    source: "\"Each QPP team is responsible for maintaining an up-to-date on-call schedule in PagerDuty\"; \"Master List\"",
};

/// Applies it. A directory that cannot be read is `teams`' to say.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some((header, teams)) = folder.header().zip(folder.around.teams.as_ref()) else { return Vec::new() };
    let unreachable = header.list(Key::Teams).iter().filter_map(|name| match teams.find(name) {
        Err(unknown) => {
            Some((Level::Warning, unknown.to_string(), format!("add it to {TEAMS_FILE}, or qpp-incident set {} teams=NAME", folder.id())))
        }
        Ok(team) => {
            let blank = team.blank_cells();
            (blank.contains(&"policy") && blank.contains(&"email")).then(|| {
                let message = format!("team {} has neither an escalation policy nor an incident address", team.full_name());
                (Level::Error, message, format!("fill its row in {TEAMS_FILE}"))
            })
        }
    });
    let finding =
        |(level, message, help): (Level, String, String)| folder.at_key(&RULE, Key::Teams, message).at_level(level).with_help(help);
    unreachable.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn unknown_teams_and_teams_without_an_address_are_named() {
        let found = lines(RULE.id, &check(&sound().with("  - QPP-FE\n", "  - QPP-FX\n").read()));
        assert_eq!(found, ["incident.md:6 warning no team is called `QPP-FX`; the nearest is `QPP-FE`"]);
        let blank = sound().with_teams(Some("teams:\n- name: QPP-FE\n  contractor: Ad Hoc\n"));
        let found = lines(RULE.id, &check(&blank.read()));
        assert_eq!(found, ["incident.md:6 error team QPP-FE (Ad Hoc) has neither an escalation policy nor an incident address"]);
    }

    #[test]
    fn a_team_with_an_address_or_without_a_directory_passes() {
        assert!(check(&sound().read()).is_empty());
        assert!(check(&sound().with_teams(None).read()).is_empty());
    }
}
