//! Tests of recovery: the states that a kill leaves, made by hand, and what the next command makes of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::time::{Duration, Instant};

use super::*;
use crate::store::test_repository::{FOLDER, TestRepository, log_text, order};

/// A repository whose last command was killed: "Killed." is committed or not, and neither the file nor the index know of it.
struct Killed {
    repository: TestRepository,
    before: String,
    after: String,
}

fn log(repository: &TestRepository, text: &str) -> Vec<(&'static str, String)> {
    repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, text)).unwrap().warnings
}

fn document_path() -> String {
    format!("{FOLDER}/incident.md")
}

fn killed(is_committed: bool) -> Killed {
    let repository = TestRepository::with_incident();
    let before = repository.document();
    let old_blob = repository.git(&["rev-parse", &format!("HEAD:{}", document_path())]).trim().to_owned();
    log(&repository, "Killed.");
    let after = repository.document();
    let commit = repository.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let blob = repository.git(&["rev-parse", &format!("HEAD:{}", document_path())]).trim().to_owned();
    repository.write(&document_path(), &before);
    repository.git(&["update-index", "--cacheinfo", &format!("100644,{old_blob},{}", document_path())]);
    if !is_committed {
        repository.git(&["update-ref", "refs/heads/main", "HEAD~1"]);
    }
    repository.try_git(&["update-index", "-q", "--refresh"]);
    let private = repository.root().join(".git/qpp-incident");
    fs::write(private.join("document.0"), &after).unwrap();
    fs::write(private.join("index.lock"), "").unwrap();
    fs::write(private.join("index.new"), "half").unwrap();
    fs::hard_link(private.join("index.lock"), repository.root().join(".git/index.lock")).unwrap();
    let file = PendingFile {
        path: document_path(),
        seen: repository.store().content_name(before.as_bytes()),
        write: repository.store().content_name(after.as_bytes()),
        temporary: Some(private.join("document.0")),
        old_blob: Some(old_blob),
        blob: Some(blob),
        executable: false,
        mode_changes: false,
        left_out: false,
    };
    let pending = PendingCommit { branch: "refs/heads/main".to_owned(), commit, files: vec![file] };
    pending.write(&repository.root().join(".git"), crate::document::config::Durability::None).unwrap();
    Killed { repository, before, after }
}

fn entries(repository: &TestRepository, text: &str) -> usize {
    repository.document().matches(text).count()
}

#[test]
fn a_commit_that_the_branch_holds_is_finished() {
    for is_copy_gone in [false, true] {
        let Killed { repository, .. } = killed(true);
        if is_copy_gone {
            fs::remove_file(repository.root().join(".git/qpp-incident/document.0")).unwrap();
        }
        assert_eq!(log(&repository, "Next."), []);
        assert_eq!((entries(&repository, "Killed."), entries(&repository, "Next.")), (1, 1));
        assert_eq!(repository.log("%s").iter().filter(|subject| subject.contains("edit: by hand")).count(), 0);
        repository.assert_clean();
    }
}

#[test]
fn a_commit_that_the_branch_does_not_hold_is_undone() {
    let Killed { repository, before, .. } = killed(false);
    repository.store().recover(None).unwrap();
    assert_eq!(repository.document(), before);
    repository.assert_clean();
    log(&repository, "Next.");
    assert_eq!((entries(&repository, "Killed."), entries(&repository, "Next.")), (0, 1));
}

#[test]
fn what_was_written_after_the_kill_is_kept() {
    let Killed { repository, before, .. } = killed(true);
    repository.write(&document_path(), &before.replace("# Many errors", "By hand.\n\n# Many errors"));
    log(&repository, "Next.");
    for text in ["Killed.", "Next.", "By hand."] {
        assert_eq!(entries(&repository, text), 1, "{text}\n{}", repository.document());
    }
    assert_eq!(repository.log("%s")[1], "INC-K7QFM edit: by hand");
    repository.assert_clean();
}

#[test]
fn a_person_who_committed_on_top_finds_the_file_brought_forward() {
    let Killed { repository, after, .. } = killed(true);
    fs::remove_file(repository.root().join(".git/index.lock")).unwrap();
    repository.write("app.txt", "one\n");
    repository.git(&["add", "app.txt"]);
    repository.git(&["commit", "-q", "-m", "app", "--", "app.txt"]);
    repository.store().recover(None).unwrap();
    assert_eq!(repository.document(), after);
    repository.assert_clean();
}

#[test]
fn what_was_committed_to_a_detached_head_is_finished_too() {
    let Killed { repository, after, .. } = killed(true);
    let tip = repository.git(&["rev-parse", "HEAD"]);
    repository.write(".git/HEAD", &tip);
    let pending = repository.read(".git/qpp-incident/commit.json").replace("refs/heads/main", "HEAD");
    repository.write(".git/qpp-incident/commit.json", &pending);
    repository.write(".git/HEAD.lock", &tip);
    repository.store().recover(None).unwrap();
    assert_eq!(repository.document(), after);
    repository.assert_clean();
}

#[test]
fn another_branch_is_left_alone() {
    let Killed { repository, .. } = killed(true);
    fs::remove_file(repository.root().join(".git/index.lock")).unwrap();
    repository.git(&["switch", "-q", "--discard-changes", "--orphan", "other"]);
    repository.git(&["commit", "-q", "--allow-empty", "-m", "other"]);
    Store::open_any(&repository.choice()).unwrap().recover(None).unwrap();
    assert!(!repository.root().join(document_path()).exists());
    repository.assert_clean();
}

#[test]
fn half_a_pending_file_was_never_acted_on() {
    let Killed { repository, before, .. } = killed(false);
    fs::write(repository.root().join(".git/qpp-incident/commit.json"), "{\"branch\":").unwrap();
    repository.store().recover(None).unwrap();
    assert_eq!(repository.document(), before);
    repository.assert_clean();
}

#[test]
fn a_branch_lock_of_the_killed_process_goes_after_a_second_and_anybody_elses_stays() {
    let lock = |repository: &TestRepository| repository.root().join(".git/refs/heads/main.lock");
    let Killed { repository, .. } = killed(false);
    fs::write(lock(&repository), "").unwrap();
    let started = Instant::now();
    log(&repository, "Next.");
    assert!(started.elapsed() >= Duration::from_millis(900));
    repository.assert_clean();

    let Killed { repository, .. } = killed(false);
    fs::write(lock(&repository), "0123456789012345678901234567890123456789\n").unwrap();
    let refused = repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, "Next.")).unwrap_err();
    assert_eq!(refused.code(), "branch-locked");
    assert!(lock(&repository).exists());
}
