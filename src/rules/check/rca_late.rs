//! `rca-late`: a root cause analysis that was done too late stays on record as late.
//! PURE.

use crate::domain::duration::in_words;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "rca-late",
    level: Level::Warning,
    what: "a root cause analysis was done after the business day that follows the close",
    source: "\"The RCA should be completed within one business day of the incident\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let misses = folder.clocks.as_ref().map(|clocks| clocks.rca.misses.as_slice()).unwrap_or_default();
    let zone = folder.zone();
    let late = misses.iter().filter_map(|miss| Some((miss, miss.met_at?)));
    late.map(|(miss, met_at)| {
        let late = in_words(miss.seconds_late);
        let message =
            format!("the RCA was done at {}, {late} after it was due at {}", zone.date_minute(met_at), zone.date_minute(miss.due));
        folder.at_key(&RULE, Key::ClosedAt, message).with_help("nothing mends it; the RCA may say why, and what is changed")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn a_late_rca_stays_late() {
        let late = sound().with_in("rca.md", "2026-11-23T10:00", "2026-11-25T01:00").at("2027-01-01T00:00:00Z");
        let found = lines(RULE.id, &check(&late.read()));
        assert_eq!(
            found,
            ["incident.md:28 warning the RCA was done at 2026-11-25 01:00 EST, 1 h after it was due at 2026-11-24 23:59 EST"]
        );
        assert!(check(&sound().read()).is_empty());
    }
}
