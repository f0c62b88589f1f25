//! `document-gap`: the live document is written at least every two hours while the incident is open.
//! PURE. A miss stays for ever: a back-dated entry fills no gap.

use crate::domain::clock::Miss;
use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "document-gap",
    level: Level::Warning,
    what: "the live document was not written for longer than two hours while the incident was open; names the commander; stays for ever",
    source: "\"The Incident Commander should update the document on a regular interval, at least once every 2 hours, even if only to note that no new information is available\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let misses = folder.clocks.as_ref().map(|clocks| clocks.document.misses.as_slice()).unwrap_or_default();
    misses.iter().map(|miss| finding(folder, miss)).collect()
}

fn finding(folder: &CheckedFolder, miss: &Miss) -> Finding {
    let zone = folder.zone();
    let late = in_words(miss.seconds_late);
    let commander = miss.commander.as_ref().map_or_else(|| "nobody".to_owned(), |person| person.name.clone());
    let commander = format!("incident commander then: {commander}");
    let due = zone.date_minute(miss.due);
    let is_overdue = miss.met_at.is_none() && folder.instant(Key::ClosedAt).is_none();
    let message = match miss.met_at {
        Some(at) => format!("an update was due at {due} and was written at {}, {late} late; {commander}", zone.date_minute(at)),
        None if is_overdue => format!("an update was due at {due}, {late} ago; {commander}"),
        None => format!("an update was due at {due}, and none was written before the close, {late} later; {commander}"),
    };
    let entry = miss.met_at.and_then(|at| {
        let entries = folder.document()?.timeline().entries.iter();
        entries.filter(|found| found.entry.logged_at.unwrap_or(found.entry.at) == at).map(|found| found.line).next()
    });
    let help = if is_overdue {
        format!("qpp-incident update {} TEXT, or --no-news", folder.id())
    } else {
        "nothing mends it; in time, qpp-incident update --no-news is enough".to_owned()
    };
    match entry {
        Some(line) => folder.at_line(&RULE, line, message).with_help(help),
        None => folder.at_key(&RULE, Key::Status, message).with_help(help),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, running, sound};

    #[test]
    fn a_gap_is_named_with_the_commander_and_a_back_dated_entry_fills_none() {
        let sample = sound()
            .with("- 01:00 EST: **Closed.**", "- 01:30 EST: Slept. (logged 03:00) — Ada Byron\n- 03:00 EST: **Closed.**")
            .with("closed_at: 2026-11-23T01:00", "closed_at: 2026-11-23T03:00");
        assert_eq!(
            lines(RULE.id, &check(&sample.read())),
            [
                "incident.md:63 warning an update was due at 2026-11-23 02:50 EST and was written at 2026-11-23 03:00 EST, 10 min late; incident commander then: Sam Reyes"
            ]
        );
    }

    #[test]
    fn an_update_that_is_overdue_now_is_named_and_two_hours_pass() {
        assert!(check(&running("02:07:00").read()).is_empty());
        assert_eq!(
            lines(RULE.id, &check(&running("02:08:00").read())),
            ["incident.md:4 warning an update was due at 2026-11-23 02:07 EST, 1 min ago; incident commander then: Sam Reyes"]
        );
        assert!(check(&sound().read()).is_empty());
    }
}
