//! `single-responder`: who acknowledges alerts at least one more.
//! PURE.

use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "single-responder",
    level: Level::Warning,
    what: "nobody else was alerted within 15 minutes of the acknowledgement",
    source: "\"They should alert at least one additional team member to the incident\"",
};

/// Applies it. A second responder who came late is no finding: the process gives no deadline.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(clock) = folder.clocks.as_ref().map(|clocks| &clocks.second_responder) else { return Vec::new() };
    if folder.is_set_aside() || !clock.misses.iter().any(|miss| miss.met_at.is_none()) {
        return Vec::new();
    }
    let alone = clock.misses.first().map_or(0, |miss| miss.seconds_late) + folder.around.config.commander_seconds();
    let message = format!("no second responder was alerted in the {} after the acknowledgement", in_words(alone));
    let help = match folder.instant(Key::ClosedAt) {
        None => format!("qpp-incident responder add WHO -i {} records whom else you alerted", folder.id()),
        Some(_) => "nothing mends it; say in \"What went wrong\" why nobody else was called".to_owned(),
    };
    vec![folder.at_key(&RULE, Key::AcknowledgedAt, message).with_help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running, sound};

    fn alone(sample: Sample) -> Vec<String> {
        lines(RULE.id, &check(&sample.with("**Responder.** Added", "Called").read()))
    }

    #[test]
    fn one_responder_alone_for_longer_than_fifteen_minutes_is_named() {
        assert!(alone(running("00:19:30")).is_empty());
        assert_eq!(
            alone(running("00:24:30")),
            ["incident.md:23 warning no second responder was alerted in the 20 min after the acknowledgement"]
        );
        assert_eq!(alone(sound()).len(), 1);
    }

    #[test]
    fn two_pass() {
        assert!(check(&sound().read()).is_empty());
    }
}
