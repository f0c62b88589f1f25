//! Every close of an incident: what its entry says, who had agreed, and the reopening that undid it.
//! PURE: read from the standing entries; the front matter decides whether the last close stands.

use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::domain::clock_facts::Closing;
use crate::domain::closed_words::ClosedWords;
use crate::domain::consensus::consensus;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::CloseReason;
use crate::domain::key::Key;
use crate::domain::status::Status;
use crate::domain::timestamp::Timestamp;

/// A close on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedClosing {
    /// When: to the second for the close that stands, else the entry's minute.
    pub at: Timestamp,
    /// The name of who closed.
    pub by: Option<String>,
    /// The entry's line in the document.
    pub line: usize,
    /// What the entry says.
    pub words: ClosedWords,
    /// The names of all who had agreed.
    pub agreed: Vec<String>,
    /// When it was opened again; `None` while it is closed.
    pub reopened_at: Option<Timestamp>,
}

/// Every close, in the order of the document. One that the front matter does not bear out (typed by hand) is none.
pub fn recorded_closings(document: &IncidentDocument) -> Vec<RecordedClosing> {
    let mut closings: Vec<RecordedClosing> = Vec::new();
    let mut before: Vec<Entry> = Vec::new();
    for found in document.timeline().standing() {
        let entry = &found.entry;
        match entry.kind {
            Some(EntryKind::Closed) => closings.push(RecordedClosing {
                at: entry.at,
                by: entry.by.clone(),
                line: found.line,
                words: ClosedWords::parse(&entry.text),
                agreed: agreed(&before),
                reopened_at: None,
            }),
            Some(EntryKind::Reopened) => {
                for closing in closings.iter_mut().filter(|closing| closing.reopened_at.is_none()) {
                    closing.reopened_at = Some(entry.at);
                }
            }
            _ => {}
        }
        before.push(entry.clone());
    }
    let closed_at = document.header().instant(Key::ClosedAt).filter(|_| document.status() == Status::Closed);
    closings.retain(|closing| closing.reopened_at.is_some() || document.status() == Status::Closed);
    for closing in closings.iter_mut().filter(|closing| closing.reopened_at.is_none()) {
        closing.at = closed_at.filter(|at| at.floor_to_minute() == closing.at).unwrap_or(closing.at);
    }
    closings
}

fn agreed(entries: &[Entry]) -> Vec<String> {
    let mut names = Vec::new();
    for name in consensus(entries).agreed {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The closes as the clocks count them: one for each time that the incident was closed.
pub fn clock_closings(document: &IncidentDocument) -> Vec<Closing> {
    let header = document.header();
    let mut closings: Vec<Closing> = Vec::new();
    for recorded in recorded_closings(document) {
        let is_resolved = matches!(recorded.words.reason, None | Some(CloseReason::Resolved));
        let closing = Closing { closed_at: recorded.at, reopened_at: recorded.reopened_at, is_resolved };
        // Two clones may have closed it at once: one close, the first.
        if closings.last().is_none_or(|last| last.reopened_at.is_some_and(|reopened_at| reopened_at <= closing.closed_at)) {
            closings.push(closing);
        }
    }
    if let Some(closed_at) = header.instant(Key::ClosedAt).filter(|_| document.status() == Status::Closed) {
        let standing = Closing { closed_at, reopened_at: None, is_resolved: is_closed_as_resolved(header) };
        match closings.last_mut().filter(|last| last.reopened_at.is_none()) {
            Some(last) => *last = standing,
            None => closings.push(standing),
        }
    }
    closings
}

/// Whether the front matter says that it is over because it was resolved: then an RCA is due.
pub fn is_closed_as_resolved(header: &Header) -> bool {
    header.text(Key::CloseReason).is_none_or(|reason| reason == CloseReason::Resolved.word())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn document(status: &str, entries: &str) -> IncidentDocument {
        let text = format!(
            "---\nid: INC-K7QFM\ntitle: x\n{status}\n---\n# x\n\n**Status:** x\n**Authors:** Ada Byron, Pat Lee\n\n## Timeline\n\n### 2026-11-23\n\n{entries}"
        );
        IncidentDocument::parse(&text).unwrap()
    }

    const TWICE: &str = "- 01:00 EST: **Asked to close.** \"Is anyone opposed to me closing this incident?\" Asked: Pat Lee <p@example.org>. Wait: 15 min. — Ada Byron\n- 01:05 EST: **Agreed.** — Pat Lee\n- 01:10 EST: **Closed.** Resolved. — Ada Byron\n- 02:00 EST: **Reopened.** It is back. — Ada Byron\n- 03:00 EST: **Closed.** Resolved. By force: Late. Not met: not asked yet. — Ada Byron\n";

    #[test]
    fn reopened_closes_are_kept_with_who_agreed() {
        let closings = recorded_closings(&document("status: closed\nclosed_at: 2026-11-23T03:00:41-05:00", TWICE));
        assert_eq!(closings.len(), 2);
        assert_eq!(closings[0].agreed, ["Pat Lee"]);
        assert_eq!(closings[0].reopened_at, "2026-11-23T02:00:00-05:00".parse().ok());
        assert_eq!((closings[1].at, closings[1].reopened_at), ("2026-11-23T03:00:41-05:00".parse().unwrap(), None));
        assert!(closings[1].agreed.is_empty() && closings[1].words.forced.is_some());
    }

    #[test]
    fn a_close_typed_by_hand_is_none() {
        let document = document("status: resolved", "- 01:10 EST: **Closed.** Resolved. — Ada Byron\n");
        assert!(recorded_closings(&document).is_empty() && clock_closings(&document).is_empty());
    }

    #[test]
    fn a_void_close_is_none_and_the_front_matter_alone_closes() {
        let entries = "- 01:10 EST: **Closed.** Resolved.\n- 01:12 EST: **Void.** 2026-11-23 01:10 EST \"Resolved.\": wrong incident.\n";
        let document = document("status: closed\nclosed_at: 2026-11-23T04:00:00-05:00\nclose_reason: duplicate", entries);
        assert!(recorded_closings(&document).is_empty());
        let closings = clock_closings(&document);
        assert_eq!((closings.len(), closings[0].is_resolved), (1, false));
    }

    #[test]
    fn two_closes_at_once_are_one_for_the_clocks() {
        let entries =
            "- 01:10 EST: **Closed.** Resolved. — Ada Byron\n- 01:11 EST: **Closed.** Resolved. — Pat Lee\n- 02:00 EST: **Reopened.** x\n";
        let document = document("status: acknowledged", entries);
        assert_eq!(recorded_closings(&document).len(), 2);
        assert_eq!(clock_closings(&document).len(), 1);
    }
}
