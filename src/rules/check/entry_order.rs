//! `entry-order`: the running log reads downwards in time.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::document::outline::line_of;
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "entry-order",
    level: Level::Error,
    what: "entries stand out of the order of their times, or day headings do not ascend or stand twice",
    source: "\"a live document with a running log of actions the team has taken\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let found = days(document).into_iter().chain(entries(document));
    let help = format!("move the lines where they belong: qpp-incident edit {}", folder.id());
    found.map(|(line, message)| folder.at_line(&RULE, line, message).with_help(&help)).collect()
}

fn entries(document: &IncidentDocument) -> Vec<(usize, String)> {
    let zone = document.zone();
    let mut latest = None;
    let mut found = Vec::new();
    for entry in &document.timeline().entries {
        let at = entry.entry.at;
        match latest {
            Some(before) if before > at => {
                found
                    .push((entry.line, format!("the entry of {} stands below that of {}", zone.date_minute(at), zone.date_minute(before))));
            }
            _ => latest = Some(at),
        }
    }
    found
}

fn days(document: &IncidentDocument) -> Vec<(usize, String)> {
    let days = &document.timeline().days;
    let pairs = days.iter().zip(days.iter().skip(1));
    let unordered = pairs.filter_map(|(before, day)| {
        let line = || line_of(document.text(), day.range.start);
        let is_repeated = days.iter().take_while(|other| other.range.start < day.range.start).any(|other| other.date == day.date);
        if is_repeated {
            Some((line(), format!("the day heading {} stands twice", day.date)))
        } else {
            (before.date > day.date).then(|| (line(), format!("the day heading {} stands below {}", day.date, before.date)))
        }
    });
    unordered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn entries_and_days_in_order_pass() {
        assert!(check(&sound().with_entry("- 00:04 EST: The same minute.").read()).is_empty());
    }

    #[test]
    fn an_entry_below_a_later_one_is_named_with_both_times() {
        let found = lines(RULE.id, &check(&sound().with_last_entry("- 00:10 EST: Late to the page. — Ada Byron").read()));
        assert_eq!(found, ["incident.md:64 error the entry of 2026-11-23 00:10 EST stands below that of 2026-11-23 01:00 EST"]);
    }

    #[test]
    fn a_day_that_stands_twice_or_too_low_is_named() {
        let twice = sound().with("\n## Root Causes", "\n### 2026-11-23\n\n- 02:00 EST: x\n\n## Root Causes");
        assert_eq!(lines(RULE.id, &check(&twice.read())), ["incident.md:65 error the day heading 2026-11-23 stands twice"]);
        let low = sound().with("\n## Root Causes", "\n### 2026-11-21\n\n## Root Causes");
        assert_eq!(lines(RULE.id, &check(&low.read())), ["incident.md:65 error the day heading 2026-11-21 stands below 2026-11-23"]);
    }
}
