//! `instants-order`: the instants of the front matter stand in an order that is possible.
//! PURE.

use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::timestamp::Timestamp;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "instants-order",
    level: Level::Warning,
    what: "two instants stand in an order that is not possible, or one is in the future; both are named",
    source: "\"Add start and end times to the outage and incident (an outage typically starts before the incident starts … and ends before the incident ends)\"",
};

/// Each line of instants ascends; what is not set is left out.
const LINES: [&[Key]; 4] = [
    &[Key::OutageStartedAt, Key::DetectedAt, Key::ReportedAt, Key::AcknowledgedAt, Key::MitigatedAt, Key::ResolvedAt, Key::ClosedAt],
    &[Key::OutageStartedAt, Key::OutageEndedAt, Key::ClosedAt],
    &[Key::ReportedAt, Key::OpenedAt],
    &[Key::OpenedAt, Key::ClosedAt],
];

/// How far a clock may be ahead, in seconds.
const SKEW: i64 = 5 * 60;

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let zone = folder.zone();
    let mut found = Vec::new();
    for line in LINES {
        let set: Vec<_> = line.iter().filter_map(|key| Some((*key, folder.instant(*key)?))).collect();
        for ((earlier, first), (later, second)) in
            set.iter().zip(set.iter().skip(1)).filter(|((_, first), (_, second))| is_before(*second, *first))
        {
            let message = format!("`{later}` ({}) is before `{earlier}` ({})", zone.date_minute(*second), zone.date_minute(*first));
            found.push(folder.at_key(&RULE, *later, message).with_help(help(folder, &[*later, *earlier])));
        }
    }
    let instants = Key::ALL.iter().filter_map(|key| Some((*key, folder.instant(*key)?)));
    for (key, at) in instants.filter(|(_, at)| at.seconds_since(folder.around.now) > SKEW) {
        let message = format!("`{key}` ({}) is in the future", zone.date_minute(at));
        found.push(folder.at_key(&RULE, key, message).with_help(help(folder, &[key])));
    }
    found
}

/// By the minute, as they are typed and shown: `--at 16:18` is no earlier than 16:18:30.
fn is_before(one: Timestamp, other: Timestamp) -> bool {
    one.floor_to_minute() < other.floor_to_minute()
}

/// `set` moves what a person says; what an event set is changed in the document, where everybody sees it.
fn help(folder: &CheckedFolder, keys: &[Key]) -> String {
    let may_be_set = [Key::OutageStartedAt, Key::DetectedAt, Key::ReportedAt, Key::OutageEndedAt];
    match keys.iter().find(|key| may_be_set.contains(key)) {
        Some(key) => format!("qpp-incident set {} {key}=TIME --reason TEXT", folder.id()),
        None => format!("qpp-incident edit {}", folder.id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn an_impossible_order_is_named_with_both() {
        let sample = sound().with("detected_at: 2026-11-22T23:52", "detected_at: 2026-11-22T23:40");
        let wanted = "incident.md:21 warning `detected_at` (2026-11-22 23:40 EST) is before `outage_started_at` (2026-11-22 23:50 EST)";
        assert_eq!(lines(RULE.id, &check(&sample.read())), [wanted]);
        let sample = sound().with("outage_ended_at: 2026-11-23T00:40", "outage_ended_at: 2026-11-22T23:40");
        assert_eq!(check(&sample.read()).len(), 1);
    }

    #[test]
    fn acknowledging_before_opening_and_missing_instants_pass() {
        assert!(check(&sound().with("opened_at: 2026-11-22T23:58", "opened_at: 2026-11-23T00:30").read()).is_empty());
        assert!(check(&sound().without_key("detected_at").without_key("mitigated_at").read()).is_empty());
    }

    #[test]
    fn two_instants_of_one_minute_pass() {
        let sample = sound().with("outage_started_at: 2026-11-22T23:50:00", "outage_started_at: 2026-11-22T23:52:59");
        assert!(sample.clone().read().instant(Key::OutageStartedAt) > sample.clone().read().instant(Key::DetectedAt));
        assert!(check(&sample.read()).is_empty());
    }

    #[test]
    fn an_instant_in_the_future_is_named() {
        let found = lines(RULE.id, &check(&sound().at("2026-11-23T00:54:00-05:00").read()));
        assert_eq!(found, ["incident.md:28 warning `closed_at` (2026-11-23 01:00 EST) is in the future"]);
    }
}
