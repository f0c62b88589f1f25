//! `rca-missing`: the root cause analysis is done one business day after the close.
//! PURE.

use crate::document::folder::RCA_FILE;
use crate::domain::clock::ClockState;
use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "rca-missing",
    level: Level::Warning,
    what: "the root cause analysis of an incident closed as resolved is not done: overdue, or still in time (advice)",
    source: "\"The RCA should be completed within one business day of the incident\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(clock) = folder.clocks.as_ref().map(|clocks| &clocks.rca) else { return Vec::new() };
    let Some(due) = clock.due.filter(|_| clock.is_pending()) else { return Vec::new() };
    let what = if folder.has(RCA_FILE) { "the RCA is still a draft" } else { "there is no RCA" };
    let due = folder.zone().date_minute(due);
    let id = folder.id();
    let help = if folder.has(RCA_FILE) { format!("qpp-incident rca {id} --done") } else { format!("qpp-incident rca {id}") };
    let finding = match clock.state {
        ClockState::Overdue => {
            let late = in_words(clock.seconds.unwrap_or_default());
            folder.at_key(&RULE, Key::ClosedAt, format!("{what}: it was due by {due}, {late} ago"))
        }
        _ => folder.at_key(&RULE, Key::ClosedAt, format!("{what}: it is due by {due}")).at_level(Level::Advice),
    };
    vec![finding.with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn an_overdue_rca_is_a_warning_for_as_long_as_it_is_not_done() {
        let sample = sound().without("rca.md").at("2026-11-25T12:00:00-05:00");
        let found = lines(RULE.id, &check(&sample.read()));
        assert_eq!(found, ["incident.md:28 warning there is no RCA: it was due by 2026-11-24 23:59 EST, 12 h ago"]);
    }

    #[test]
    fn in_time_it_is_advice_and_a_finished_one_passes() {
        let sample = sound().with_in("rca.md", "status: done\n", "status: draft\n").at("2026-11-24T12:00:00-05:00");
        let found = lines(RULE.id, &check(&sample.read()));
        assert_eq!(found, ["incident.md:28 advice the RCA is still a draft: it is due by 2026-11-24 23:59 EST"]);
        assert!(check(&sound().at("2027-01-01T00:00:00Z").read()).is_empty());
    }
}
