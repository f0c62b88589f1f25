//! What replacing an entry in place leaves, compared with what git itself makes of the same change.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;

use super::*;
use crate::store::test_repository::{FOLDER, TestRepository, log_text, order};

const LATER: i32 = i32::MAX;

fn document() -> String {
    format!("{FOLDER}/incident.md")
}

fn index(repository: &TestRepository) -> Vec<u8> {
    fs::read(repository.root().join(".git/index")).unwrap()
}

fn read(bytes: Vec<u8>) -> Option<IndexBytes> {
    IndexBytes::read(bytes, LATER, &[document()])
}

/// A repository of several folders, whose index holds a whole tree cache.
fn with_others() -> TestRepository {
    let repository = TestRepository::with_incident();
    for path in ["a/b/c.txt", "incidents/2026-11/other.md", "z.txt", "sub/.gitattributes"] {
        repository.write(path, "x\n");
    }
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "others"]);
    repository.git(&["read-tree", "HEAD"]);
    repository.git(&["update-index", "--refresh", "-q"]);
    repository
}

#[test]
fn the_index_is_what_git_makes_of_the_same_change() {
    let repository = with_others();
    repository.write(&document(), "changed\n");
    let mut bytes = read(index(&repository)).unwrap();
    repository.git(&["add", &document()]);
    let by_git = index(&repository);
    let content = &by_git[..by_git.len() - CHECKSUM];
    let mut at = 12;
    let git_entry = loop {
        let place = place(content, at).unwrap();
        if content[place.path.clone()] == *document().as_bytes() {
            break entry(content, &place).unwrap();
        }
        at = place.end;
    };
    bytes.replace(&document(), &git_entry).unwrap();
    assert_eq!(bytes.finish().unwrap(), by_git);
}

#[test]
fn new_files_get_the_entries_that_git_gives_them() {
    let repository = with_others();
    let new = ["a/b/a.txt", "a/b/d.txt", "a/z.txt", "zz/new.md", "incidents/2026-11/30-aaaaa-new/incident.md"].map(str::to_owned);
    for path in &new {
        repository.write(path, "x\n");
    }
    let mut bytes = IndexBytes::read(index(&repository), LATER, &new).unwrap();
    for path in &new {
        repository.git(&["add", path]);
    }
    let by_git = index(&repository);
    let content = &by_git[..by_git.len() - CHECKSUM];
    let mut at = 12;
    for _ in 0..number(content, 8).unwrap() {
        let place = place(content, at).unwrap();
        let path = String::from_utf8(content[place.path.clone()].to_vec()).unwrap();
        if new.contains(&path) {
            bytes.replace(&path, &entry(content, &place).unwrap()).unwrap();
        }
        at = place.end;
    }
    assert_eq!(bytes.finish().unwrap(), by_git);
}

#[test]
fn an_index_that_is_not_known_whole_is_declined() {
    let repository = with_others();
    let whole = index(&repository);
    assert!(read(whole.clone()).is_some());
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole[..whole.len() - CHECKSUM].to_vec();
        change(&mut bytes);
        let checksum = Sha1::digest(&bytes);
        bytes.extend_from_slice(checksum.as_slice());
        read(bytes).is_some()
    };
    assert!(with(&|_| {}), "the checksum is made right");
    assert!(with(&|bytes| bytes.extend_from_slice(b"ABCD\0\0\0\x01x")), "an extension that may be left out");
    assert!(!with(&|bytes| bytes.extend_from_slice(b"link\0\0\0\x01x")), "an extension that must be understood");
    assert!(!with(&|bytes| bytes.extend_from_slice(b"ABCD\0\0\0\x09x")), "an extension that is cut off");
    assert!(!with(&|bytes| bytes[7] = 4), "another version");
    assert!(!with(&|bytes| bytes[11] += 1), "fewer entries than it says");
    assert!(!with(&|bytes| bytes[12 + 60] |= 0x10), "an unmerged entry");
    let mut damaged = whole.clone();
    damaged[40] ^= 1;
    assert!(read(damaged).is_none(), "a wrong checksum");
    for path in ["a", "a/b/c.txt/d", "sub"] {
        assert!(IndexBytes::read(whole.clone(), LATER, &[path.to_owned()]).is_none(), "{path}: a file and a folder");
    }
    for length in 0..whole.len() {
        assert!(read(whole[..length].to_vec()).is_none(), "cut off at {length}");
    }
}

#[test]
fn a_file_that_changed_with_the_index_is_marked_unless_its_content_is_the_same() {
    let repository = with_others();
    let wanted = [document()];
    for (now, is_same, size) in [(LATER, true, 2), (LATER, false, 0), (0, false, 2)] {
        let mut bytes = IndexBytes::read(index(&repository), 0, &wanted).unwrap();
        bytes.mark_racy(now, |_, _, _| is_same);
        let first = place(&bytes.bytes, 12).unwrap();
        assert_eq!(entry(&bytes.bytes, &first).unwrap().file_size, size);
        assert_eq!(bytes.unsettled(), Some(now).filter(|now| *now == 0), "what changed in this second is left to git");
        let finished = bytes.finish().unwrap().to_vec();
        assert!(read(finished).is_some(), "the checksum is that of the marked entries");
    }
}

#[test]
fn what_somebody_changed_in_the_second_of_the_index_is_seen_after_a_record() {
    let repository = with_others();
    for round in 0..12 {
        // The same length, and the second in which the index is written: the stamp does not tell.
        repository.write("z.txt", &format!("{}\n", char::from(b'a' + round)));
        repository.git(&["add", "z.txt"]);
        repository.write("z.txt", &format!("{}\n", char::from(b'A' + round)));
        let record = || repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, "one")).unwrap();
        record();
        std::thread::sleep(std::time::Duration::from_millis(170));
        record();
        assert_eq!(repository.git(&["diff-files", "--name-only"]), "z.txt\n", "round {round}");
    }
}

#[test]
fn the_filters_are_told_of_every_attributes_file() {
    let repository = with_others();
    let bytes = read(index(&repository)).unwrap();
    let paths: Vec<_> = bytes.for_filters().iter().map(|entry| String::from_utf8(entry.path.clone()).unwrap()).collect();
    assert!(paths.contains(&document()) && paths.contains(&"sub/.gitattributes".to_owned()), "{paths:?}");
    assert!(!paths.contains(&"z.txt".to_owned()), "{paths:?}");
}

#[test]
fn what_is_staged_and_what_is_intended_stays_through_a_record() {
    let repository = with_others();
    repository.write("z.txt", "staged\n");
    repository.write("new.txt", "intended\n");
    repository.git(&["add", "z.txt"]);
    repository.git(&["add", "-N", "new.txt"]);
    repository.git(&["update-index", "--assume-unchanged", "a/b/c.txt"]);
    let before = repository.git(&["ls-files", "-v", "-s", "a", "z.txt", "new.txt", "sub"]);
    repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, "one")).unwrap();
    assert_eq!(repository.git(&["ls-files", "-v", "-s", "a", "z.txt", "new.txt", "sub"]), before);
    assert_eq!(repository.git(&["status", "--porcelain"]), " A new.txt\nM  z.txt\n");
    repository.git(&["fsck", "--strict", "--no-dangling"]);
}
