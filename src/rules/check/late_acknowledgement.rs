//! `late-acknowledgement`: somebody takes the incident within fifteen minutes of the report.
//! PURE. A miss stays for ever.

use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "late-acknowledgement",
    level: Level::Warning,
    what: "the incident was not acknowledged within 15 minutes of the report; stays for ever",
    source: "\"The response time goal for initial notification is 15 minutes\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let misses = folder.clocks.as_ref().map(|clocks| clocks.acknowledge.misses.as_slice()).unwrap_or_default();
    let zone = folder.zone();
    let found = misses.iter().map(|miss| {
        let late = in_words(miss.seconds_late);
        let due = zone.date_minute(miss.due);
        if let Some(at) = miss.met_at {
            let message = format!("acknowledged at {}, {late} after it was due at {due}", zone.date_minute(at));
            let finding = folder.at_key(&RULE, Key::AcknowledgedAt, message);
            return finding.with_help("nothing mends it; say in \"What went wrong\" why it took so long");
        }
        let finding = folder.at_key(&RULE, Key::ReportedAt, format!("not acknowledged: it was due at {due}, {late} ago"));
        finding.with_help(format!("qpp-incident ack {}; escalate to the next responder", folder.id()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn fifteen_minutes_are_in_time_and_a_second_more_is_late() {
        assert!(check(&sound().with("reported_at: 2026-11-22T23:55:00", "reported_at: 2026-11-22T23:49:30").read()).is_empty());
        let late = sound().with("reported_at: 2026-11-22T23:55:00", "reported_at: 2026-11-22T23:44:30").read();
        assert_eq!(
            lines(RULE.id, &check(&late)),
            ["incident.md:24 warning acknowledged at 2026-11-23 00:04 EST, 5 min after it was due at 2026-11-22 23:59 EST"]
        );
    }

    #[test]
    fn one_that_nobody_has_yet_is_named() {
        let open =
            running("00:12:00").with("status: acknowledged", "status: open").without_key("acknowledged_at").with("**Acknowledged.**", "");
        assert_eq!(
            lines(RULE.id, &check(&open.read())),
            ["incident.md:21 warning not acknowledged: it was due at 2026-11-23 00:10 EST, 2 min ago"]
        );
    }
}
