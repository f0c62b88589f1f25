//! `incidents/teams.yaml`: the on-call directory, which the process calls the master list.
//! PURE: text in, values out.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::document::broken::BrokenDocument;
use crate::document::front_matter::without_bom;
use crate::document::header::{read_fields, read_person};
use crate::document::setting::{or_default, parsed, read_settings};
use crate::domain::nearest::nearest;
use crate::domain::person::Person;

/// The text of a new directory: the rows of the process.
///
/// # Source
/// The process, "How to report an incident", the table under "Master List".
pub const TEAMS_TEMPLATE: &str = include_str!("../../templates/teams.yaml");

/// The directory.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Teams {
    /// The page that holds the list of record.
    pub master_list: Option<String>,
    /// The rows, in the order of the file.
    #[serde(deserialize_with = "or_default")]
    pub teams: Vec<Team>,
}

/// One row: whom an incident of this team is reported to. A blank cell is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Team {
    /// `QPP-FE`; never blank.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Who runs it.
    pub contractor: Option<String>,
    /// Link of the escalation policy.
    pub policy: Option<String>,
    /// Where incidents are sent: a PagerDuty address, or the page that says it.
    pub email: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// When somebody is there.
    pub hours: Option<String>,
    /// The day on which somebody last checked the row.
    #[serde(deserialize_with = "parsed")]
    pub verified_on: Option<NaiveDate>,
    /// What else is good to know.
    #[serde(deserialize_with = "or_default")]
    pub notes: Vec<String>,
    /// The team's people, as `Name <email>`.
    #[serde(deserialize_with = "or_default")]
    pub people: Vec<String>,
}

/// A name that no team has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no team is called `{name}`{}", nearest.as_ref().map(|nearest| format!("; the nearest is `{nearest}`")).unwrap_or_default())]
pub struct UnknownTeam {
    /// What was given.
    pub name: String,
    /// The team whose name is most alike; `None` when there are no teams.
    pub nearest: Option<String>,
}

impl Team {
    /// `QPP-FE (Ad Hoc)`, as the process prints it.
    pub fn full_name(&self) -> String {
        self.contractor.as_ref().map_or_else(|| self.name.clone(), |contractor| format!("{} ({contractor})", self.name))
    }

    /// How the team is alerted, the policy first; blank cells left out.
    pub fn ways(&self) -> Vec<String> {
        let cells = [&self.policy, &self.email, &self.phone];
        let mut ways: Vec<String> =
            cells.into_iter().flatten().map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
        ways.dedup();
        ways
    }

    /// The team's people.
    pub fn known_people(&self) -> Vec<Person> {
        self.people.iter().filter_map(|text| read_person(text).ok()).collect()
    }

    /// The names of the cells that are blank.
    pub fn blank_cells(&self) -> Vec<&'static str> {
        let is_blank = |cell: &Option<String>| cell.as_ref().is_none_or(|text| text.trim().is_empty());
        let cells = [
            ("policy", is_blank(&self.policy)),
            ("email", is_blank(&self.email)),
            ("phone", is_blank(&self.phone)),
            ("hours", is_blank(&self.hours)),
            ("verified_on", self.verified_on.is_none()),
        ];
        cells.into_iter().filter(|(_, blank)| *blank).map(|(name, _)| name).collect()
    }
}

impl Teams {
    /// Reads the file's text; an empty one has no teams.
    ///
    /// # Errors
    /// It is no strict YAML, has an unknown key (the nearest is named), or a row has no name or the name of another.
    pub fn parse(text: &str) -> Result<Self, BrokenDocument> {
        let teams: Self = read_settings(text)?;
        let fields = read_fields(without_bom(text), 1)?;
        if let Some(field) = fields.iter().find(|field| field.name == "teams") {
            teams.check().map_err(|why| field.broken(&why))?;
        }
        Ok(teams)
    }

    fn check(&self) -> Result<(), String> {
        for (index, team) in self.teams.iter().enumerate() {
            if team.name.trim().is_empty() {
                return Err(format!("team {} has no name", index + 1));
            }
            if self.teams.iter().take(index).any(|other| is_same(&other.name, &team.name)) {
                return Err(format!("two teams are called `{}`", team.name));
            }
            team.people.iter().try_for_each(|text| read_person(text).map(drop))?;
        }
        Ok(())
    }

    /// The team of that name, with or without its contractor; case does not matter.
    ///
    /// # Errors
    /// No team has it; the nearest is named.
    pub fn find(&self, name: &str) -> Result<&Team, UnknownTeam> {
        let found = self.teams.iter().find(|team| is_same(&team.name, name) || is_same(&team.full_name(), name));
        found.ok_or_else(|| {
            let nearest = nearest(name.trim(), self.teams.iter().map(|team| team.name.as_str()));
            UnknownTeam { name: name.to_owned(), nearest: nearest.map(str::to_owned) }
        })
    }

    /// The people of all teams.
    pub fn people(&self) -> Vec<Person> {
        self.teams.iter().flat_map(Team::known_people).collect()
    }
}

fn is_same(one: &str, two: &str) -> bool {
    one.trim().to_lowercase() == two.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

    use super::*;

    #[test]
    fn the_template_holds_the_rows_of_the_process() {
        let teams = Teams::parse(TEAMS_TEMPLATE).unwrap();
        assert_eq!(teams.master_list.as_deref(), Some("https://confluence.cms.gov/display/~CPR9/QPP+Monitoring"));
        let names: Vec<String> = teams.teams.iter().map(Team::full_name).collect();
        assert_eq!(
            names,
            [
                "QPP-FE (Ad Hoc)",
                "QPP-A (Nava)",
                "QPP-MA (SemanticBits)",
                "QPP-QS (SemanticBits)",
                "QPP-BSR (SemanticBits)",
                "QPP-CT (Flexion)",
                "GDIT",
                "Akamai"
            ]
        );
        let front_end = teams.find("qpp-fe").unwrap();
        assert_eq!(front_end.email.as_deref(), Some("prod-service-email@cms-qpp.pagerduty.com"));
        assert_eq!(front_end.blank_cells(), ["phone", "hours", "verified_on"]);
        assert_eq!(teams.find("QPP-A (Nava)").unwrap().blank_cells(), ["policy", "email", "phone", "hours", "verified_on"]);
        let gdit = teams.find("GDIT").unwrap();
        assert_eq!((gdit.phone.as_deref(), gdit.notes.len()), (Some("540-316-6700"), 6));
        assert_eq!(gdit.notes[3], "Account Resets (Require Documented CMS approval in JIRA Ticket to proceed)");
    }

    #[test]
    fn an_unknown_team_is_named_with_the_nearest() {
        let teams = Teams::parse(TEAMS_TEMPLATE).unwrap();
        assert_eq!(teams.find("Akamia").unwrap_err().to_string(), "no team is called `Akamia`; the nearest is `Akamai`");
        assert_eq!(Teams::parse("").unwrap().find("GDIT").unwrap_err().to_string(), "no team is called `GDIT`");
    }

    #[test]
    fn people_of_teams_are_known() {
        let teams = Teams::parse("teams:\n- name: 1\n  phone: 0123\n  verified_on: 2026-11-22\n  people: [Ada <a@x.org>, Bob]\n").unwrap();
        assert_eq!(teams.people(), [Person::new("Ada", Some("a@x.org")), Person::new("Bob", None)]);
        assert_eq!((teams.teams[0].name.as_str(), teams.teams[0].phone.as_deref()), ("1", Some("0123")));
        assert_eq!(teams.teams[0].blank_cells(), ["policy", "email", "hours"]);
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        for (text, expected) in [
            ("teams:\n- name: a\n  e-mail: x\n", "3:3: unknown key `e-mail`; the nearest is `email`"),
            ("teams:\n- email: x\n", "1:1: `teams`: team 1 has no name"),
            ("teams: [{name: a}, {name: A}]\n", "1:1: `teams`: two teams are called `A`"),
            ("teams: [{name: a, people: ['x <y']}]\n", "1:1: `teams`: `x <y` is not a person"),
            ("teams:\n- name: a\n  verified_on: soon\n", "3:16: "),
        ] {
            let broken = Teams::parse(text).unwrap_err().to_string();
            assert!(broken.starts_with(expected), "{text}: {broken}");
        }
    }
}
