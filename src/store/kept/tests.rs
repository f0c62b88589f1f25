//! Tests of kept entries: kept, listed, folded in once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use crate::document::decision::Decision;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::store::kept_entry::KeptEntry;
use crate::store::test_repository::{FOLDER, TestRepository, at, grace, log_text, order};

fn kept(text: &str) -> KeptEntry {
    let mut entry = Entry::new(at("2026-11-23T05:05:00Z"), text);
    entry.by = Some("Ada Byron".to_owned());
    entry.recorded_by = Some("Grace Hopper".to_owned());
    KeptEntry {
        folder_path: FOLDER.to_owned(),
        id: "INC-K7QFM".parse().unwrap(),
        event: "log".to_owned(),
        occurred_at: at("2026-11-23T05:05:10Z"),
        recorded_at: at("2026-11-23T05:05:20Z"),
        clock_supplied: false,
        author: "Ada Byron <ada@example.org>".parse().unwrap(),
        committer: grace(),
        entry,
        why: "incident.md:4:9: broken".to_owned(),
    }
}

#[test]
fn what_is_kept_is_read_back_whole() {
    let repository = TestRepository::with_incident();
    let mut entry = kept("Two lines\nof text.");
    entry.entry.kind = Some(EntryKind::Inquiry);
    entry.entry.reference = Some("Q7F".parse().unwrap());
    entry.entry.logged_at = Some(at("2026-11-23T06:00:00Z"));
    entry.entry.evidence = vec!["https://example.org/graph".to_owned()];
    let file = repository.store().keep(&entry).unwrap();
    let listed = repository.store().kept();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].file.clone(), listed[0].entry.clone()), (file, Some(entry)));
}

#[test]
fn the_next_command_folds_kept_entries_in_as_their_authors() {
    let repository = TestRepository::with_incident();
    let store = repository.store();
    store.keep(&kept("First.")).unwrap();
    store.keep(&KeptEntry { recorded_at: at("2026-11-23T05:06:00Z"), ..kept("Second.") }).unwrap();
    let recorded = store.record(FOLDER, &order(), &mut |folder| log_text(folder, "Third.")).unwrap();
    assert_eq!((recorded.folded, recorded.commits.len()), (2, 3));
    let log = repository.log("%an, %cn, %aI: %s");
    assert_eq!(
        log[..3],
        [
            "Grace Hopper, Grace Hopper, 2026-11-23T00:10:30-05:00: INC-K7QFM log: Third.",
            "Ada Byron, Grace Hopper, 2026-11-23T00:06:00-05:00: INC-K7QFM log: Second.",
            "Ada Byron, Grace Hopper, 2026-11-23T00:05:20-05:00: INC-K7QFM log: First.",
        ]
    );
    assert_eq!(store.kept(), []);
    repository.assert_clean();
}

#[test]
fn an_entry_that_the_document_has_already_is_not_written_twice() {
    let repository = TestRepository::with_incident();
    let store = repository.store();
    let nothing = |_: &crate::document::folder::Folder| Ok(Decision::default());
    store.keep(&kept("First.")).unwrap();
    store.record(FOLDER, &order(), &mut { nothing }).unwrap();
    let before = repository.log("%H");
    store.keep(&kept("First.")).unwrap();
    let recorded = store.record(FOLDER, &order(), &mut { nothing }).unwrap();
    assert_eq!((recorded.folded, repository.log("%H"), store.kept()), (0, before, Vec::new()));
}

#[test]
fn a_refusal_keeps_what_is_kept() {
    let repository = TestRepository::with_incident();
    let store = repository.store();
    store.keep(&kept("First.")).unwrap();
    let refused = store.record(FOLDER, &order(), &mut |_| Err(crate::domain::refusal::Refusal::rule("no", "no", None)));
    assert!(refused.is_err());
    assert_eq!(store.kept().len(), 1);
}

#[test]
fn a_file_that_is_no_kept_entry_is_listed_and_left_alone() {
    let repository = TestRepository::with_incident();
    let store = repository.store();
    let file = store.keep(&kept("First.")).unwrap();
    fs::write(&file, "{}").unwrap();
    store.record(FOLDER, &order(), &mut |folder| log_text(folder, "Next.")).unwrap();
    assert_eq!(store.kept()[0].entry, None);
    assert!(file.exists());
}
