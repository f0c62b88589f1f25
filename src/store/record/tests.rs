//! Tests of `record` over real repositories, looked at by git itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use crate::document::commit_message::entry_digest;
use crate::document::decision::Decision;
use crate::document::incident_document::IncidentDocument;
use crate::domain::refusal::Refusal;
use crate::store::branch::BranchObstacle;
use crate::store::file_error::FileError;
use crate::store::record_error::RecordError;
use crate::store::recorded::{RecordOrder, Recorded};
use crate::store::repository::{RepositoryChoice, Store};
use crate::store::test_repository::{FOLDER, TestRepository, at, log_text, order};

fn log(repository: &TestRepository, text: &str) -> Result<Recorded, RecordError> {
    repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, text))
}

fn document_path() -> String {
    format!("{FOLDER}/incident.md")
}

#[test]
fn an_entry_is_one_commit_with_its_trailers_and_times() {
    let repository = TestRepository::with_incident();
    let recorded = log(&repository, "Restarted the auth database.").unwrap();
    assert_eq!(recorded.commits, [repository.git(&["rev-parse", "HEAD"]).trim()]);
    assert_eq!(repository.log("%s")[0], "INC-K7QFM log: Restarted the auth database.");
    assert_eq!(
        repository.log("%an <%ae> %aI %cI")[0],
        "Grace Hopper <grace@example.org> 2026-11-23T00:10:30-05:00 2026-11-23T00:10:31-05:00"
    );
    let message = repository.git(&["log", "-1", "--format=%(trailers:only)"]);
    assert!(message.starts_with("Incident: INC-K7QFM\nEvent: log\nOccurred-At: 2026-11-23T00:10:00-05:00\nEntry: "), "{message}");
    let digest = entry_digest("- 00:10 EST: Restarted the auth database. — Grace Hopper");
    assert!(message.contains(&format!("Entry: {digest}\n")), "{message}");
    assert_eq!(repository.git(&["show", "--format=", "--name-only", "HEAD"]).trim(), document_path());
    assert!(repository.document().contains("- 00:10 EST: Restarted the auth database. — Grace Hopper\n"));
    assert_eq!((recorded.hand_edit, recorded.folded, recorded.warnings.len()), (false, 0, 0));
    assert!(recorded.folder.incident.text().contains("Restarted"));
    repository.assert_clean();
}

#[test]
fn a_branch_without_a_commit_takes_the_first_one() {
    let repository = TestRepository::unborn();
    repository.write("incidents/config.yaml", "# by hand\n");
    let recorded = repository.open_incident();
    assert_eq!(repository.log("%H"), recorded.commits);
    assert_eq!(repository.git(&["status", "--porcelain"]), "?? incidents/config.yaml\n");
}

#[test]
fn two_writers_of_twenty_entries_each_make_forty_commits_and_entries() {
    let repository = Arc::new(TestRepository::with_incident());
    let writers: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            let repository = Arc::clone(&repository);
            std::thread::spawn(move || (0..20).for_each(|number| drop(log(&repository, &format!("entry {name}{number}.")).unwrap())))
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let document = repository.document();
    for name in ["a", "b"] {
        for number in 0..20 {
            assert_eq!(document.matches(&format!("entry {name}{number}. ")).count(), 1, "{name}{number}");
        }
    }
    assert_eq!(repository.log("%s").iter().filter(|subject| subject.contains(" log: ")).count(), 40);
    repository.assert_clean();
}

#[test]
fn what_is_staged_and_changed_elsewhere_stays_as_it_was() {
    let repository = TestRepository::with_incident();
    repository.write("app.txt", "one\n");
    repository.write("gone.txt", "one\n");
    repository.git(&["add", "app.txt", "gone.txt"]);
    repository.git(&["commit", "-qm", "app"]);
    repository.write("app.txt", "staged\n");
    repository.write("new.txt", "staged\n");
    repository.git(&["add", "app.txt", "new.txt"]);
    repository.git(&["rm", "-q", "--cached", "gone.txt"]);
    repository.write("app.txt", "unstaged\n");
    repository.write("planned.txt", "x\n");
    repository.git(&["add", "-N", "planned.txt"]);
    let look = || (repository.git(&["status", "--porcelain"]), repository.git(&["diff", "--cached"]), repository.git(&["diff"]));
    let before = look();
    log(&repository, "Restarted.").unwrap();
    assert_eq!(look(), before);
    assert_eq!(repository.git(&["show", "--format=", "--name-only", "HEAD"]).trim(), document_path());
}

#[test]
fn a_hand_edit_is_a_commit_of_its_own_under_the_event() {
    let repository = TestRepository::with_incident();
    let edited = repository.document().replace("# Many errors", "By hand.\r\n\n# Many errors");
    repository.write(&document_path(), &edited);
    let mallory = RecordOrder { author: "Ada Byron <ada@example.org>".parse().unwrap(), ..order() };
    let recorded = repository.store().record(FOLDER, &mallory, &mut |folder| log_text(folder, "Next.")).unwrap();
    assert!(recorded.hand_edit);
    assert_eq!(recorded.commits.len(), 2);
    assert_eq!(repository.log("%an: %s")[..2], ["Ada Byron: INC-K7QFM log: Next.", "Grace Hopper: INC-K7QFM edit: by hand"]);
    assert_eq!(repository.git(&["show", &format!("HEAD~1:{}", document_path())]), edited);
    assert!(repository.document().contains("By hand.\r\n"));
    repository.assert_clean();
}

#[test]
fn a_refusal_leaves_nothing_behind() {
    let repository = TestRepository::with_incident();
    repository.write(&document_path(), &format!("{}\nBy hand.\n", repository.document()));
    let before = (repository.log("%H"), repository.document(), repository.git(&["status", "--porcelain"]));
    let refused = repository.store().record(FOLDER, &order(), &mut |_| Err(Refusal::rule("no", "no", None)));
    let Err(error @ RecordError::Refused(_)) = refused else { panic!("not refused") };
    assert!(!error.keeps_entry());
    assert_eq!((repository.log("%H"), repository.document(), repository.git(&["status", "--porcelain"])), before);
}

#[test]
fn a_decision_is_made_anew_when_somebody_else_commits_in_between() {
    let repository = TestRepository::with_incident();
    let mut asked = 0;
    let recorded = repository.store().record(FOLDER, &order(), &mut |folder| {
        asked += 1;
        if asked == 1 {
            repository.git(&["commit", "-q", "--allow-empty", "-m", "theirs"]);
        }
        log_text(folder, "Once.")
    });
    recorded.unwrap();
    assert_eq!(asked, 2);
    assert_eq!(repository.document().matches("Once.").count(), 1);
    assert_eq!(repository.log("%s")[..2], ["INC-K7QFM log: Once.", "theirs"]);
    repository.assert_clean();
}

#[test]
fn a_branch_that_is_switched_in_between_is_the_one_that_is_written_to() {
    let repository = TestRepository::with_incident();
    let mut asked = 0;
    let recorded = repository.store().record(FOLDER, &order(), &mut |folder| {
        asked += 1;
        if asked == 1 {
            repository.git(&["checkout", "-qb", "other"]);
        }
        log_text(folder, "Once.")
    });
    assert_eq!(recorded.unwrap().commits, [repository.git(&["rev-parse", "other"]).trim()]);
    assert_eq!(repository.git(&["rev-parse", "main"]), repository.git(&["rev-parse", "other~1"]));
    repository.assert_clean();
}

#[test]
fn a_file_that_changes_while_it_is_decided_is_read_again() {
    let repository = TestRepository::with_incident();
    let mut asked = 0;
    let recorded = repository.store().record(FOLDER, &order(), &mut |folder| {
        asked += 1;
        if asked == 1 {
            repository.write(&document_path(), &format!("{}\nSaved in an editor.\n", repository.document()));
        }
        log_text(folder, "Once.")
    });
    assert!(recorded.unwrap().hand_edit);
    assert!(repository.document().contains("Saved in an editor."));
    repository.assert_clean();
}

#[test]
fn an_index_held_by_another_git_is_refused_with_its_age_and_left_alone() {
    let repository = TestRepository::with_incident();
    repository.write(".git/index.lock", "");
    let before = (repository.log("%H"), repository.document());
    let quick = RecordOrder { wait: Some(Duration::from_millis(20)), ..order() };
    let refused = repository.store().record(FOLDER, &quick, &mut |folder| log_text(folder, "Next."));
    let Err(error @ RecordError::IndexLocked { .. }) = refused else { panic!("{refused:?}") };
    assert!(error.keeps_entry());
    assert_eq!((repository.log("%H"), repository.document()), before);
    assert!(repository.root().join(".git/index.lock").exists(), "a foreign lock is never removed");
    fs::remove_file(repository.root().join(".git/index.lock")).unwrap();
    repository.assert_clean();
}

#[test]
fn an_index_lock_that_a_killed_process_of_ours_left_is_known_as_ours() {
    let repository = TestRepository::with_incident();
    repository.write(".git/qpp-incident/index.lock", "");
    fs::hard_link(repository.root().join(".git/qpp-incident/index.lock"), repository.root().join(".git/index.lock")).unwrap();
    log(&repository, "Next.").unwrap();
    repository.assert_clean();
}

#[test]
fn a_branch_that_cannot_take_a_commit_is_named() {
    let repository = TestRepository::with_incident();
    repository.git(&["checkout", "-q", "--detach"]);
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert!(matches!(error, RecordError::Branch(BranchObstacle::Detached { .. })) && error.keeps_entry());
    repository.git(&["checkout", "-q", "main"]);
    fs::write(repository.root().join(".git/MERGE_HEAD"), repository.git(&["rev-parse", "HEAD"])).unwrap();
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert!(matches!(error, RecordError::Branch(BranchObstacle::InProgress { operation: "merge" })), "{error}");
}

#[test]
fn an_unmerged_index_is_refused() {
    let repository = TestRepository::with_incident();
    repository.write("app.txt", "one\n");
    repository.git(&["add", "app.txt"]);
    repository.git(&["commit", "-qm", "one"]);
    repository.git(&["checkout", "-qb", "other"]);
    repository.write("app.txt", "two\n");
    repository.git(&["commit", "-qam", "two"]);
    repository.git(&["checkout", "-q", "main"]);
    repository.write("app.txt", "three\n");
    repository.git(&["commit", "-qam", "three"]);
    assert!(!repository.try_git(&["merge", "-q", "other"]).0);
    fs::remove_file(repository.root().join(".git/MERGE_HEAD")).unwrap();
    let before = repository.git(&["ls-files", "-u"]);
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert!(matches!(&error, RecordError::Branch(BranchObstacle::Unmerged { path }) if path == "app.txt"), "{error}");
    assert_eq!(repository.git(&["ls-files", "-u"]), before);
}

#[test]
fn a_broken_document_is_refused_with_its_place() {
    let repository = TestRepository::with_incident();
    let broken = repository.document().replace("status: open", "status: [");
    repository.write(&document_path(), &broken);
    let before = repository.log("%H");
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert!(error.to_string().starts_with(&format!("{}:", document_path())), "{error}");
    assert!(matches!(error, RecordError::Broken { .. }) && error.keeps_entry());
    assert_eq!((repository.log("%H"), repository.document()), (before, broken));
}

#[test]
fn a_document_that_is_gone_is_refused_with_the_command_that_brings_it_back() {
    let repository = TestRepository::with_incident();
    fs::remove_file(repository.root().join(document_path())).unwrap();
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert_eq!(error.hint().unwrap(), format!("git restore -- {}", document_path()));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_never_written_through() {
    let repository = TestRepository::with_incident();
    let file = repository.root().join(document_path());
    let elsewhere = repository.root().join("elsewhere.md");
    fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let Err(error) = log(&repository, "Next.") else { panic!("not refused") };
    assert!(matches!(error, RecordError::File(FileError::Symlink(_))), "{error}");
}

#[test]
fn a_new_incident_never_takes_the_place_of_another() {
    let repository = TestRepository::with_incident();
    let decision = Decision { files: vec![("incident.md".to_owned(), repository.document())], events: Vec::new(), ..Decision::default() };
    let refused = repository.store().record_new(FOLDER, &order(), &decision);
    assert!(matches!(refused, Err(RecordError::File(FileError::Exists(_)))));
}

#[test]
fn nothing_decided_is_nothing_committed() {
    let repository = TestRepository::with_incident();
    let before = repository.log("%H");
    let recorded = repository.store().record(FOLDER, &order(), &mut |_| Ok(Decision::default()));
    assert_eq!(recorded.unwrap().commits, Vec::<String>::new());
    assert_eq!(repository.log("%H"), before);
    repository.assert_clean();
}

#[test]
fn line_ends_that_git_converts_are_no_hand_edit_and_stay_as_they_are_on_disk() {
    let repository = TestRepository::with_incident();
    repository.git(&["config", "core.autocrlf", "true"]);
    fs::remove_file(repository.root().join(document_path())).unwrap();
    repository.git(&["checkout", "--", &document_path()]);
    assert!(repository.document().contains("\r\n"));
    let recorded = log(&repository, "Next.").unwrap();
    assert!(!recorded.hand_edit);
    assert!(!repository.document().replace("\r\n", "").contains('\n'));
    assert!(!repository.git(&["cat-file", "blob", &format!("HEAD:{}", document_path())]).contains('\r'));
    repository.assert_clean();
}

#[test]
fn what_the_command_has_read_counts_only_while_the_document_is_the_same() {
    let repository = TestRepository::with_incident();
    let read = IncidentDocument::parse(&repository.document()).unwrap();
    repository.write(&document_path(), &format!("{}\nTyped meanwhile.\n", repository.document()));
    let stale = RecordOrder { read: Some(read), ..order() };
    let recorded = repository.store().record(FOLDER, &stale, &mut |folder| {
        assert!(folder.incident.text().contains("Typed meanwhile."));
        log_text(folder, "Next.")
    });
    assert!(recorded.unwrap().folder.incident.text().contains("Typed meanwhile."));
    repository.assert_clean();
}

/// The blob that a log of an expanded keyword makes, where it is known which attribute files count.
fn logged_keyword(repository: &TestRepository) -> String {
    let users = tempfile::tempdir().unwrap();
    let choice = RepositoryChoice { users_settings: Some(users.path().to_owned()), ..repository.choice() };
    let store = Store::open(&choice).unwrap();
    store.record(FOLDER, &order(), &mut |folder| log_text(folder, "Rolled back to $Id: 4711$.")).unwrap();
    repository.git(&["cat-file", "blob", &format!("HEAD:{}", document_path())])
}

#[test]
fn what_attributes_convert_is_committed_as_git_would_wherever_they_stand() {
    for place in ["incidents/.gitattributes", "incidents/2026-11/.gitattributes", ".git/info/attributes"] {
        let repository = TestRepository::with_incident();
        repository.write(place, "*.md ident\n");
        assert!(logged_keyword(&repository).contains("Rolled back to $Id$."), "{place}");
    }
    let repository = TestRepository::with_incident();
    repository.write(".gitattributes", "*.md ident\n");
    repository.git(&["add", ".gitattributes"]);
    fs::remove_file(repository.root().join(".gitattributes")).unwrap();
    assert!(logged_keyword(&repository).contains("Rolled back to $Id$."), "staged alone");
    assert!(logged_keyword(&TestRepository::with_incident()).contains("Rolled back to $Id: 4711$."));
}

#[test]
fn a_sparse_checkout_is_recorded_without_writing_the_file() {
    let repository = TestRepository::with_incident();
    repository.write("app/app.txt", "one\n");
    repository.git(&["add", "app"]);
    repository.git(&["commit", "-qm", "app"]);
    repository.git(&["sparse-checkout", "set", "--no-cone", "/app/", "/incidents/config.yaml"]);
    assert!(!repository.root().join(document_path()).exists());
    log(&repository, "Next.").unwrap();
    assert!(!repository.root().join(document_path()).exists());
    assert!(repository.git(&["cat-file", "blob", &format!("HEAD:{}", document_path())]).contains("Next."));
    repository.assert_clean();
}

#[test]
fn another_work_tree_has_its_own_index_and_the_same_lock() {
    let repository = TestRepository::with_incident();
    let other = tempfile::tempdir().unwrap();
    let place = other.path().join("tree");
    repository.git(&["worktree", "add", "-q", "-b", "other", &place.display().to_string()]);
    let choice = RepositoryChoice { directory: Some(place), ..Default::default() };
    let store = Store::open(&choice).unwrap();
    store.record(FOLDER, &order(), &mut |folder| log_text(folder, "There.")).unwrap();
    assert_eq!(repository.git(&["log", "-1", "--format=%s", "other"]).trim(), "INC-K7QFM log: There.");
    assert!(!repository.document().contains("There."));
    assert_eq!(repository.git(&["-C", &store.root().display().to_string(), "status", "--porcelain"]), "");
    repository.assert_clean();
}

#[test]
fn a_supplied_clock_is_said_in_the_commit() {
    let repository = TestRepository::with_incident();
    let supplied = RecordOrder { clock_supplied: true, committed_at: at("2027-01-01T00:00:00Z"), ..order() };
    repository.store().record(FOLDER, &supplied, &mut |folder| log_text(folder, "Next.")).unwrap();
    assert!(repository.git(&["log", "-1", "--format=%(trailers:only)"]).contains("Clock: supplied\n"));
    assert_eq!(repository.log("%aI %cI")[0], "2026-11-23T00:10:30-05:00 2026-12-31T19:00:00-05:00");
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_document_stays() {
    use std::os::unix::fs::PermissionsExt;
    let repository = TestRepository::with_incident();
    let file = repository.root().join(document_path());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    log(&repository, "Next.").unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}
