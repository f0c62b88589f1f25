//! Whom an incident is escalated to when nobody has acknowledged it in time.
//! Reads the on-call directory; records nothing: `page --escalate` does.
//!
//! # Source
//! The process, "First response": "PagerDuty schedules should allow for automatic escalation to another responder after the initial
//! 15 minute period."

use serde_json::{Value, json};

use crate::commands::session::Session;
use crate::document::duties::Duty;
use crate::document::header::Header;
use crate::document::teams::Team;
use crate::domain::clock::{ClockName, ClockState};
use crate::domain::key::Key;

/// The team that can be reached at any time, for an incident that names none.
const ALWAYS_THERE: &str = "GDIT";

/// The teams to escalate to: the affected ones that can be reached, else the one that is always there. None while the
/// acknowledgement is not overdue.
pub fn teams(session: &Session<'_>, header: &Header, duties: &[Duty]) -> Vec<Team> {
    let is_overdue = |duty: &Duty| duty.name == ClockName::Acknowledge && duty.state == ClockState::Overdue;
    if !duties.iter().any(is_overdue) {
        return Vec::new();
    }
    let directory = session.teams().unwrap_or_default();
    let reachable = |name: &str| directory.find(name).ok().filter(|team| !team.ways().is_empty()).cloned();
    let affected: Vec<Team> = header.list(Key::Teams).iter().filter_map(|name| reachable(name)).collect();
    if affected.is_empty() { reachable(ALWAYS_THERE).into_iter().collect() } else { affected }
}

/// The teams for programs: the name that `page --escalate` takes, and how each is alerted.
pub fn json(teams: &[Team]) -> Value {
    teams.iter().map(|team| json!({ "team": team.name, "ways": team.ways() })).collect()
}

/// `escalate to QPP-FE (Ad Hoc), https://…: qpp-incident page --escalate INC-K7QFM`, a line for each team.
pub fn lines(header: &Header, teams: &[Team]) -> Vec<String> {
    let is_named = |team: &Team| header.list(Key::Teams).iter().any(|name| name.eq_ignore_ascii_case(&team.name));
    let line = |team: &Team| {
        let whom = if is_named(team) { String::new() } else { format!(" {}", team.name) };
        format!("  escalate to {}, {}: qpp-incident page --escalate {}{whom}", team.full_name(), team.ways().join(", "), header.id())
    };
    teams.iter().map(line).collect()
}
