//! `complete/gap`: no two hours without an entry while the incident is open.
//! PURE. One finding a text, at the longest gap: a timeline that was not kept has many.

use chrono::TimeDelta;

use crate::domain::duration::in_words;
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
    id: "complete/gap",
    level: Level::Warning,
    what: "more than two hours without an entry while the incident was open; in a report of another form: advice",
    source: "update the document on a regular interval, at least once every 2 hours, even if only to note that no new information is available",
    page: include_str!("data/pages/complete-gap.txt"),
};

const LONGEST: TimeDelta = TimeDelta::hours(2);

/// Applies it.
pub fn lint(prose: &Prose, linted: &LintedText, found: &mut Vec<LintFinding>) {
    if !tells_of_an_incident(prose, linted) {
        return;
    }
    let timeline = ReportTimeline::read(prose);
    // Key events name the corners and nothing between: the longest list is the log.
    let is_log = |run: &&[TimedEntry]| run.len() > 2 && run.iter().all(|entry| !entry.is_key_event);
    // What does not ascend tells no length.
    let Some(log) = timeline.runs().filter(is_log).max_by_key(|run| run.len()).filter(|run| run.is_sorted_by_key(|entry| entry.at)) else {
        return;
    };
    let gaps: Vec<(&TimedEntry, &TimedEntry)> =
        open(log).windows(2).filter_map(|pair| if let [one, next] = pair { Some((one, next)) } else { None }).filter(is_gap).collect();
    let Some((before, after)) = gaps.iter().max_by_key(|(before, after)| after.at - before.at) else { return };
    let length = in_words((after.at - before.at).num_seconds());
    let form = if before.at.date() == after.at.date() { "%H:%M" } else { "%m-%d %H:%M" };
    let form = if before.is_dated { form } else { "%H:%M" };
    let shown = |entry: &TimedEntry| entry.at.format(form).to_string();
    let others = match gaps.len() {
        1 => String::new(),
        2 => "; one more such gap".to_owned(),
        count => format!("; {} more such gaps", count - 1),
    };
    let message = format!("nothing is told between {} and {}, {length}{others}", shown(before), shown(after));
    let help = "say what the team did, or that there was no news";
    let finding = LintFinding::new(&RULE, prose, after.span.clone(), message).with_help(help);
    found.push(if follows_the_process(prose, linted) { finding } else { finding.at_level(Level::Advice) });
}

/// The entries from the start of the incident to its end, where they are marked.
fn open(log: &[TimedEntry]) -> &[TimedEntry] {
    let at = |kind| log.iter().position(|entry| entry.mark == Some(kind));
    let from = at(EntryKind::IncidentStart).unwrap_or(0);
    let to = at(EntryKind::IncidentEnd).filter(|to| *to >= from).unwrap_or(log.len().saturating_sub(1));
    log.get(from..=to).unwrap_or_default()
}

/// Without a day a gap over noon or midnight is a guess; one by two clocks too.
fn is_gap((before, after): &(&TimedEntry, &TimedEntry)) -> bool {
    let is_certain = before.is_dated == after.is_dated && before.zone == after.zone;
    is_certain && after.at - before.at > LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::lint::known::Known;

    fn found(timeline: &str) -> Vec<String> {
        let text = format!("# T\n\n## Summary\n\nx\n\n## Timeline\n\n{timeline}\n\n## Resolution\n\ny\n");
        let mut found = Vec::new();
        lint(&Prose::read(&text), &LintedText::other(&text, &Known::default()), &mut found);
        found.into_iter().map(|found| format!("{} {}", found.finding.line.unwrap_or(0), found.finding.message)).collect()
    }

    #[test]
    fn the_longest_gap_is_named_and_the_others_are_counted() {
        let timeline = "- 2026-11-19 10:00 a\n- 2026-11-19 12:01 b\n- 2026-11-19 12:30 c\n- 2026-11-19 17:35 d\n- 2026-11-19 17:36 e";
        assert_eq!(found(timeline), ["12 nothing is told between 12:30 and 17:35, 5 h 05 min; one more such gap"]);
    }

    #[test]
    fn a_gap_over_midnight_is_told_with_the_days() {
        let timeline = "- 2026-11-19 10:00 a\n- 2026-11-19 10:30 b\n- 2026-11-20 10:00 c";
        assert_eq!(found(timeline), ["11 nothing is told between 11-19 10:30 and 11-20 10:00, 23 h 30 min"]);
    }

    #[test]
    fn what_lies_outside_the_incident_and_lists_of_key_events_pass() {
        for timeline in [
            "- 10:00 Outage start\n- 13:00 Incident declared\n- 13:30 a\n- 14:00 Incident resolved\n- 19:00 b",
            "- 10:00 a\n- 13:00 b",
            "- 10:00 a\n- 12:00 b\n- 14:00 c",
            "- 10:00 EST a\n- 13:00 CET b\n- 13:10 CET c",
            "- Detected: 2026-11-19 10:00\n- Declared: 2026-11-19 13:00\n- Resolved: 2026-11-19 17:00",
            "- 2026-11-19 10:00 a\n- 2025-11-19 10:05 b\n- 2026-11-19 10:10 c",
        ] {
            assert_eq!(found(timeline), [""; 0], "{timeline}");
        }
    }
}
