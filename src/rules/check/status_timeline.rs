//! `status-timeline`: the status, its instants and the entries that move it tell one story.
//! PURE.

use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::key::Key;
use crate::domain::status::{Status, StatusMove};
use crate::domain::timestamp::Timestamp;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::moved::{Moved, instant_key, is_explained, moved};
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "status-timeline",
    level: Level::Error,
    what: "the status, its instants and the timeline's Acknowledged, Mitigated, Resolved, Closed and Reopened entries disagree, to the minute",
    source: "\"By maintaining a live document with a running log of actions the team has taken, external parties can quickly learn the current status\"",
};

/// Each move with its entry's kind, the first status that it leads to, and whether every later status needs it.
const STEPS: [(StatusMove, EntryKind, Status, bool); 4] = [
    (StatusMove::Acknowledge, EntryKind::Acknowledged, Status::Acknowledged, true),
    (StatusMove::Mitigate, EntryKind::Mitigated, Status::Mitigated, false),
    (StatusMove::Resolve, EntryKind::Resolved, Status::Resolved, false),
    (StatusMove::Close, EntryKind::Closed, Status::Closed, false),
];

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let moves = moved(document);
    let mut found: Vec<Finding> = STEPS
        .into_iter()
        .filter_map(|(status_move, kind, leads_to, always)| {
            let key = instant_key(status_move)?;
            let message = instant_and_status(document, key, leads_to, always && !folder.is_set_aside())
                .or_else(|| instant_and_entry(document, key, kind, status_move, &moves))?;
            Some(folder.at_key(&RULE, key_or_status(document, key), message))
        })
        .collect();
    if folder.is(Status::Closed) && document.header().text(Key::CloseReason).is_none() {
        found.push(folder.at_key(&RULE, Key::Status, "`status` is `closed`, and `close_reason` is missing"));
    }
    let help = format!("git log -p -- {}/incident.md shows which of the two was changed; qpp-incident edit {}", folder.path, folder.id());
    found.into_iter().map(|finding| finding.with_help(&help)).collect()
}

fn key_or_status(document: &IncidentDocument, key: Key) -> Key {
    if document.header().line(key).is_some() { key } else { Key::Status }
}

fn instant_and_status(document: &IncidentDocument, key: Key, leads_to: Status, always: bool) -> Option<String> {
    let status = document.status();
    match document.header().instant(key) {
        Some(_) if status < leads_to => Some(format!("`{key}` is set, and `status` is `{status}`")),
        None if status == leads_to || (always && status > leads_to) => Some(format!("`status` is `{status}`, and `{key}` is missing")),
        _ => None,
    }
}

fn instant_and_entry(
    document: &IncidentDocument,
    key: Key,
    kind: EntryKind,
    status_move: StatusMove,
    moves: &[Moved<'_>],
) -> Option<String> {
    let instant = document.header().instant(key)?;
    let minute = instant.floor_to_minute();
    let of_kind = || moves.iter().filter(|moved| moved.status_move == status_move);
    if of_kind().any(|moved| moved.found.entry.at == minute) || (is_explained(document, key) && of_kind().next().is_some()) {
        return None;
    }
    let zone = document.zone();
    let distance = |at: Timestamp| at.seconds_since(minute).abs();
    let nearest = of_kind().map(|moved| moved.found.entry.at).min_by_key(|at| distance(*at));
    Some(match nearest {
        Some(at) => {
            format!("`{key}` is {}, and the {kind} entry stands at {}", zone.date_minute(instant), zone.date_minute(at))
        }
        None => format!("`{key}` is {}, and no {kind} entry stands in the timeline", zone.date_minute(instant)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running, sound};

    fn found(sample: Sample) -> Vec<String> {
        lines(RULE.id, &check(&sample.read()))
    }

    #[test]
    fn a_status_that_its_entries_lead_to_passes() {
        assert!(found(sound()).is_empty());
        assert!(found(running("00:15:00")).is_empty());
    }

    #[test]
    fn a_status_without_its_instant_is_an_error() {
        assert_eq!(found(sound().without_key("closed_at")), ["incident.md:4 error `status` is `closed`, and `closed_at` is missing"]);
        assert_eq!(
            found(sound().without_key("acknowledged_at")),
            ["incident.md:4 error `status` is `closed`, and `acknowledged_at` is missing"]
        );
        assert_eq!(found(sound().without_key("close_reason")), ["incident.md:4 error `status` is `closed`, and `close_reason` is missing"]);
        assert!(found(sound().without_key("mitigated_at")).is_empty(), "resolving without mitigating is allowed");
    }

    #[test]
    fn an_instant_that_the_status_does_not_allow_is_an_error() {
        assert_eq!(
            found(sound().with("status: closed", "status: mitigated")),
            [
                "incident.md:26 error `resolved_at` is set, and `status` is `mitigated`",
                "incident.md:28 error `closed_at` is set, and `status` is `mitigated`"
            ]
        );
    }

    #[test]
    fn an_instant_and_its_entry_agree_to_the_minute() {
        assert_eq!(
            found(sound().with("acknowledged_at: 2026-11-23T00:04:30", "acknowledged_at: 2026-11-23T00:05:00")),
            ["incident.md:24 error `acknowledged_at` is 2026-11-23 00:05 EST, and the Acknowledged entry stands at 2026-11-23 00:04 EST"]
        );
        assert_eq!(
            found(sound().with("- 00:40 EST: **Resolved.** ", "- 00:40 EST: ")),
            ["incident.md:26 error `resolved_at` is 2026-11-23 00:40 EST, and no Resolved entry stands in the timeline"]
        );
    }

    #[test]
    fn a_void_entry_counts_for_nothing() {
        let void = "- 01:05 EST: **Void.** 2026-11-23 00:40 EST \"The pool has its old size again.\": a slip. — Sam Reyes";
        assert_eq!(found(sound().with_last_entry(void)).len(), 1);
    }

    #[test]
    fn a_fact_that_sets_the_instant_explains_it() {
        let sample = sound().with("resolved_at: 2026-11-23T00:40", "resolved_at: 2026-11-23T00:38");
        let fact = "- 01:05 EST: **Fact.** resolved_at: 2026-11-23 00:40 EST → 2026-11-23 00:38 EST. The clock was wrong. — Sam Reyes";
        assert!(found(sample.with_last_entry(fact)).is_empty());
    }

    #[test]
    fn what_a_reopening_undid_leaves_no_instant_behind() {
        let reopened = "- 02:00 EST: **Reopened.** It is back. — Ada Byron";
        let sample = sound().with("status: closed", "status: acknowledged").with_last_entry(reopened);
        let sample = ["mitigated_at", "resolved_at", "closed_at", "close_reason"].into_iter().fold(sample, Sample::without_key);
        assert!(found(sample).is_empty());
    }

    #[test]
    fn a_duplicate_may_be_closed_from_anywhere() {
        let sample =
            sound().with("close_reason: resolved", "close_reason: duplicate").with(" **Resolved.**", "").with(" **Mitigated.**", "");
        let sample = ["mitigated_at", "resolved_at", "acknowledged_at"].into_iter().fold(sample, Sample::without_key);
        assert!(found(sample).is_empty());
    }
}
