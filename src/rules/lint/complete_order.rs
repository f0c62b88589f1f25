//! `complete/order`: entries ascend, what ends has begun, the outage starts and ends before the incident does, and a zone is given.
//! PURE. Only what the text contradicts for certain is an error.

use chrono::{NaiveDateTime, TimeDelta};

use crate::document::marks::MARKS;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::Level;
use crate::rules::lint::lint_finding::LintFinding;
use crate::rules::lint::linted_text::LintedText;
use crate::rules::lint::prose::Prose;
use crate::rules::lint::report_shape::{follows_the_process, tells_of_an_incident};
use crate::rules::lint::report_timeline::{ReportTimeline, TimedEntry};
use crate::rules::lint::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "complete/order",
    level: Level::Error,
    what: "entries out of the order of their times, an end before its start; as warnings: a mark at two times, an outage that starts or ends after the incident, times without a zone (in a report of another form: advice)",
    source: "an outage typically starts before the incident starts … and ends before the incident ends",
    page: include_str!("data/pages/complete-order.txt"),
};

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if !tells_of_an_incident(prose, linted) {
        return;
    }
    let timeline = ReportTimeline::read(prose);
    for run in timeline.runs() {
        let (events, log): (Vec<&TimedEntry>, Vec<&TimedEntry>) = run.iter().partition(|entry| entry.is_key_event);
        ascending(prose, &log, TimeDelta::zero(), found);
        // Key events stand in the order of a form; only a wrong month or year is a contradiction.
        ascending(prose, &events, TimeDelta::days(28), found);
    }
    twice(prose, &timeline, found);
    marked(prose, &timeline, found);
    zone(prose, linted, &timeline, found);
}

/// The entries that must move by more than `leeway` for the rest to ascend, each beside the one it stands below.
fn ascending(prose: &Prose, run: &[&TimedEntry], leeway: TimeDelta, found: &mut Vec<LintFinding>) {
    // In the hour that the clocks show twice a later time may look earlier.
    let is_one_zone = run.iter().all(|entry| entry.zone == run.first().and_then(|first| first.zone.clone()));
    let stay = in_order(&run.iter().map(|entry| entry.at).collect::<Vec<_>>());
    let moved = run.iter().zip(&stay).filter(|(_, stays)| !**stays).count();
    if !is_one_zone || moved == 0 {
        return;
    }
    if moved * 2 > run.len() && leeway.is_zero() {
        if let Some(first) = run.first() {
            let message = "the entries of this list do not ascend in time";
            found.push(
                LintFinding::new(&RULE, prose, first.span.clone(), message)
                    .with_help("begin with the first event")
                    .at_level(Level::Warning),
            );
        }
        return;
    }
    for (at, entry) in run.iter().enumerate().filter(|(at, _)| stay.get(*at) == Some(&false)) {
        let before = run.get(..at).unwrap_or_default().iter().zip(&stay).rfind(|(_, stays)| **stays).map(|(entry, _)| *entry);
        let after = run.iter().zip(&stay).skip(at + 1).find(|(_, stays)| **stays).map(|(entry, _)| *entry);
        let Some((neighbour, word)) = before
            .filter(|before| before.at - entry.at > leeway)
            .map(|before| (before, "below"))
            .or_else(|| after.filter(|after| entry.at - after.at > leeway).map(|after| (after, "above")))
        else {
            continue;
        };
        let message = format!("the entry of {} stands {word} that of {}", shown(entry), shown(neighbour));
        let finding = LintFinding::new(&RULE, prose, entry.span.clone(), message).with_help("correct the time, or move the entry");
        found.push(if entry.is_dated { finding } else { finding.at_level(Level::Warning) });
    }
}

/// For each instant whether it is in the longest part that ascends; of two such parts, the one that keeps what comes first.
fn in_order(at: &[NaiveDateTime]) -> Vec<bool> {
    // Patience sorting from the end: the top of each pile, and for each instant the one that it lies on.
    let mut piles: Vec<usize> = Vec::new();
    let mut lies_on: Vec<Option<usize>> = vec![None; at.len()];
    for (index, instant) in at.iter().enumerate().rev() {
        let pile = piles.partition_point(|last| at.get(*last).is_some_and(|last| last >= instant));
        if let Some(below) = lies_on.get_mut(index) {
            *below = pile.checked_sub(1).and_then(|before| piles.get(before).copied());
        }
        match piles.get_mut(pile) {
            Some(last) => *last = index,
            None => piles.push(index),
        }
    }
    let mut stay = vec![false; at.len()];
    let mut next = piles.last().copied();
    while let Some(index) = next {
        if let Some(stays) = stay.get_mut(index) {
            *stays = true;
        }
        next = lies_on.get(index).copied().flatten();
    }
    stay
}

/// A mark that stands at two times: in the key events and in the timeline, say.
fn twice(prose: &Prose, timeline: &ReportTimeline, found: &mut Vec<LintFinding>) {
    for (kind, _) in MARKS {
        let mut marks = timeline.marked(kind).filter(|entry| entry.is_dated);
        let Some(first) = marks.next() else { continue };
        for other in marks.filter(|other| other.at != first.at && other.zone == first.zone) {
            let message = format!("the {} is at {} here and at {} above", kind.word().to_lowercase(), shown(other), shown(first));
            let finding = LintFinding::new(&RULE, prose, other.span.clone(), message).with_help("keep the one that is right");
            found.push(finding.at_level(Level::Warning));
        }
    }
}

/// The marks among one another, by the first time of each.
fn marked(prose: &Prose, timeline: &ReportTimeline, found: &mut Vec<LintFinding>) {
    use EntryKind::{IncidentEnd, IncidentStart, OutageEnd, OutageStart};
    for (earlier, later, level) in [
        (OutageStart, OutageEnd, Level::Error),
        (IncidentStart, IncidentEnd, Level::Error),
        (OutageStart, IncidentStart, Level::Warning),
        (OutageEnd, IncidentEnd, Level::Warning),
    ] {
        let first = |kind| timeline.marked(kind).next();
        let (Some(one), Some(other)) = (first(earlier), first(later)) else { continue };
        // Without a day, or by two clocks, nothing is certain.
        let is_certain = one.is_dated && other.is_dated && one.zone == other.zone;
        if other.at < one.at && is_certain {
            let word = |kind: EntryKind| kind.word().to_lowercase();
            let message = format!("the {} at {} is before the {} at {}", word(later), shown(other), word(earlier), shown(one));
            let help = match level {
                Level::Error => "correct the one that is wrong",
                _ => "an outage typically starts and ends before the incident does: correct the times, or say why it was otherwise",
            };
            found.push(LintFinding::new(&RULE, prose, other.span.clone(), message).with_help(help).at_level(level));
        }
    }
}

/// Somebody in another place must be able to read the times.
fn zone(prose: &Prose, linted: &LintedText, timeline: &ReportTimeline, found: &mut Vec<LintFinding>) {
    if timeline.has_zone || timeline.entries.len() < 2 {
        return;
    }
    if let Some(first) = timeline.entries.first() {
        let message = "no zone is given for the times of the timeline";
        let help = "say it in the heading, such as: Timeline (all times EDT)";
        let level = if follows_the_process(prose, linted) { Level::Warning } else { Level::Advice };
        found.push(LintFinding::new(&RULE, prose, first.span.clone(), message).with_help(help).at_level(level));
    }
}

fn shown(entry: &TimedEntry) -> String {
    let form = if entry.is_dated { "%Y-%m-%d %H:%M" } else { "%H:%M" };
    entry.at.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    fn found(timeline: &str) -> Vec<String> {
        let text = format!("# T\n\n## Summary\n\nx\n\n## Timeline (UTC)\n\n{timeline}\n\n## Resolution\n\ny\n");
        let mut found = Vec::new();
        lint(&Prose::read(&text), &LintedText::other(&text, &Known::default()), &mut found);
        let shown = |found: LintFinding| format!("{} {} {}", found.finding.line.unwrap_or(0), found.finding.level, found.finding.message);
        found.into_iter().map(shown).collect()
    }

    #[test]
    fn an_entry_out_of_order_is_named_beside_its_neighbour() {
        assert_eq!(
            found("- 2023-01-11 14:34 a\n- 2022-01-11 14:40 b\n- 2023-01-11 14:51 c"),
            ["10 error the entry of 2022-01-11 14:40 stands below that of 2023-01-11 14:34"]
        );
        assert_eq!(
            found("- 2023-01-11 14:34 a\n- 2024-01-11 14:40 b\n- 2023-01-11 14:51 c\n- 2023-01-11 14:52 d"),
            ["10 error the entry of 2024-01-11 14:40 stands above that of 2023-01-11 14:51"]
        );
        assert_eq!(found("- 14:50 a\n- 14:35 b\n- 14:55 c"), ["10 warning the entry of 14:35 stands below that of 14:50"]);
    }

    #[test]
    fn a_list_that_passes_midnight_or_has_two_zones_passes() {
        assert_eq!(found("- 2023-01-11 23:50 a\n- 00:10 b\n- 00:11 c"), [""; 0]);
        assert_eq!(found("- 01:30 EDT a\n- 01:10 EST b"), [""; 0]);
    }

    #[test]
    fn key_events_stand_in_the_order_of_their_form_but_in_one_year() {
        let events = |resolved: &str| {
            found(&format!("- Detected: 2023-01-11 14:00\n- Repaired: 2023-01-11 15:00\n- Declared: 2023-01-11 14:10\n- Over: {resolved}"))
        };
        assert_eq!(events("2023-01-11 15:10"), [""; 0]);
        assert_eq!(events("2022-01-11 15:10"), ["12 error the entry of 2022-01-11 15:10 stands below that of 2023-01-11 15:00"]);
    }

    #[test]
    fn a_list_that_runs_backwards_is_one_finding() {
        assert_eq!(found("- 11:50 a\n- 11:40 b\n- 11:30 c\n- 11:20 d"), ["9 warning the entries of this list do not ascend in time"]);
    }

    #[test]
    fn a_mark_at_two_times_and_a_missing_zone_are_warnings() {
        assert_eq!(
            found("- 2023-01-11 14:00 a\n- 2023-01-11 14:10 Incident resolved\n\nText.\n\n- 2023-01-11 14:20 Incident resolved"),
            ["14 warning the incident end is at 2023-01-11 14:20 here and at 2023-01-11 14:10 above"]
        );
        let text = "# T\n\n## Summary\n\nx\n\n## Timeline\n\n- 10:00 a\n- 10:01 b\n\n## Impact\n\ny\n";
        let mut found = Vec::new();
        lint(&Prose::read(text), &LintedText::other(text, &Known::default()), &mut found);
        assert_eq!(
            found.iter().map(|found| found.finding.message.as_str()).collect::<Vec<_>>(),
            ["no zone is given for the times of the timeline"]
        );
    }

    #[test]
    fn marks_that_contradict_one_another_are_named() {
        assert_eq!(
            found(
                "- 2023-01-11 14:00 Incident start\n- 2023-01-11 14:10 Outage start\n- 2023-01-11 15:00 Outage end\n- 2023-01-11 14:50 Incident end"
            ),
            [
                "12 error the entry of 2023-01-11 14:50 stands below that of 2023-01-11 15:00",
                "9 warning the incident start at 2023-01-11 14:00 is before the outage start at 2023-01-11 14:10",
                "12 warning the incident end at 2023-01-11 14:50 is before the outage end at 2023-01-11 15:00",
            ]
        );
    }
}
