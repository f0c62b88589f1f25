//! `changeover-broadcast`: who takes over is briefed, and everybody outside is told.
//! PURE. The commands write both in one commit; a line by hand may lack them.

use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "changeover-broadcast",
    level: Level::Warning,
    what: "a handoff or a rotation has no briefing, or no status update tells the outside of it before the next one",
    source: "\"the Incident Commander is responsible for briefing the new team on status, and for broadcasting the changeover to external entities\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let entries: Vec<_> = document.timeline().standing().collect();
    let changeovers = entries.iter().filter(|found| is_changeover(&found.entry));
    let found = changeovers.filter_map(|found| {
        let entry = &found.entry;
        let next_at =
            entries.iter().filter(|other| is_changeover(&other.entry) && other.entry.at > entry.at).map(|other| other.entry.at).min();
        let is_broadcast = entries.iter().any(|other| {
            let at = other.entry.at;
            other.entry.kind == Some(EntryKind::Update) && at >= entry.at && next_at.is_none_or(|next_at| at < next_at)
        });
        let missing = match (has_brief(entry), is_broadcast) {
            (true, true) => return None,
            (false, true) => "no briefing",
            (true, false) => "no broadcast: no status update follows it",
            (false, false) => "no briefing and no broadcast",
        };
        let what = entry.kind.map_or("changeover", EntryKind::word).to_lowercase();
        let message = format!("the {what} at {} has {missing}", folder.zone().date_minute(entry.at));
        let help = format!(
            "qpp-incident update {id} TEXT tells the outside; qpp-incident log {id} TEXT says what the briefing was",
            id = folder.id()
        );
        Some(folder.at_line(&RULE, found.line, message).with_help(help))
    });
    found.collect()
}

fn is_changeover(entry: &Entry) -> bool {
    matches!(entry.kind, Some(EntryKind::Handoff | EntryKind::Rotation))
}

fn has_brief(entry: &Entry) -> bool {
    entry.text.split_once("Brief: ").is_some_and(|(_, brief)| !brief.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running};

    fn found(entries: &[&str]) -> Vec<String> {
        let sample = entries.iter().fold(running("01:00:00"), |sample: Sample, entry| sample.with_last_entry(entry));
        lines(RULE.id, &check(&sample.read()))
    }

    const ROTATION: &str =
        "- 00:10 EST: **Rotation.** In: Kim Doe <k@x.example>. Out: Ada Byron <a@x.example>. Brief: Node 3 is next. — Sam Reyes";
    const HANDOFF: &str = "- 00:12 EST: **Handoff.** Sam Reyes <sam@example.org> to Pat Lee <pat@example.org>. — Sam Reyes";

    #[test]
    fn a_changeover_without_briefing_or_broadcast_is_named() {
        let none = found(&[ROTATION]);
        assert!(
            none.iter().all(|line| line.ends_with("the rotation at 2026-11-23 00:10 EST has no broadcast: no status update follows it")),
            "{none:?}"
        );
        assert_eq!(none.len(), 1);
        let both = found(&[ROTATION, HANDOFF, "- 00:12 EST: **Update.** Pat Lee takes over. — Sam Reyes"]);
        assert_eq!(both.len(), 2, "an update after the next changeover tells of that one: {both:?}");
        assert!(both.iter().any(|line| line.ends_with("the handoff at 2026-11-23 00:12 EST has no briefing")), "{both:?}");
    }

    #[test]
    fn one_with_both_passes() {
        assert!(found(&[ROTATION, "- 00:10 EST: **Update.** The response team rotates. — Sam Reyes"]).is_empty());
        assert!(found(&[]).is_empty());
    }
}
