//! Tests of `init` over real folders and repositories.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::fs;

use crate::store::adopt::{AdoptOrder, adopt};
use crate::store::repository::{RepositoryChoice, Store};
use crate::store::store_error::StoreError;
use crate::store::test_repository::{FOLDER, TestRepository, log_text, order};

const FILES: [&str; 3] = ["incidents/config.yaml", "incidents/teams.yaml", "incidents/.gitattributes"];

#[test]
fn a_repository_is_adopted_by_one_commit_that_holds_what_was_written() {
    let repository = TestRepository::unborn();
    let adopted = adopt(&repository.adopt_order()).unwrap();
    assert_eq!(adopted.files, FILES);
    assert!(adopted.installed_driver && !adopted.made_repository && !adopted.other_content);
    assert_eq!(repository.log("%s%n%(trailers:only)")[..2], ["incidents: adopt the repository", "Event: init"]);
    let mut committed: Vec<_> = repository.git(&["ls-tree", "-r", "--name-only", "HEAD"]).lines().map(str::to_owned).collect();
    committed.sort();
    assert_eq!(committed, ["incidents/.gitattributes", "incidents/config.yaml", "incidents/teams.yaml"]);
    assert_eq!(
        repository.git(&["config", "merge.qpp-incident.driver"]).trim(),
        "qpp-incident merge-driver %O %A %B %P || git merge-file %A %O %B"
    );
    repository.assert_clean();
}

#[test]
fn adopting_again_changes_nothing() {
    let repository = TestRepository::adopted();
    let before = repository.log("%H");
    let again = adopt(&repository.adopt_order()).unwrap();
    assert_eq!((again.files, again.commit, again.installed_driver), (Vec::new(), None, false));
    assert_eq!(repository.log("%H"), before);
}

#[test]
fn a_file_that_stands_is_never_overwritten_and_staged_work_stays() {
    let repository = TestRepository::unborn();
    repository.write("incidents/config.yaml", "mine\n");
    repository.write("app.txt", "one\n");
    repository.git(&["add", "app.txt"]);
    let adopted = adopt(&repository.adopt_order()).unwrap();
    assert_eq!(adopted.files, FILES[1..]);
    assert_eq!(repository.read("incidents/config.yaml"), "mine\n");
    assert_eq!(repository.git(&["status", "--porcelain"]), "A  app.txt\n?? incidents/config.yaml\n");
}

#[test]
fn a_repository_is_made_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("on call");
    let order = AdoptOrder { directory: directory.clone(), ..TestRepository::unborn().adopt_order() };
    let adopted = adopt(&order).unwrap();
    assert!(adopted.made_repository);
    assert_eq!(adopted.root, fs::canonicalize(&directory).unwrap());
    assert!(Store::open(&RepositoryChoice { current_folder: directory.join("incidents"), ..RepositoryChoice::default() }).is_ok());
}

#[test]
fn other_content_is_told() {
    let repository = TestRepository::unborn();
    repository.write("README.md", "x\n");
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "readme"]);
    assert!(!adopt(&repository.adopt_order()).unwrap().other_content);
    repository.write("src/main.c", "x\n");
    repository.git(&["add", "src"]);
    repository.git(&["commit", "-qm", "code"]);
    assert!(adopt(&repository.adopt_order()).unwrap().other_content);
}

#[test]
fn a_repository_that_cannot_be_used_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let open = |directory: &str| {
        let choice = RepositoryChoice { directory: Some(folder.path().join(directory)), ..RepositoryChoice::default() };
        Store::open(&choice).err().map(|error| error.code())
    };
    let git =
        |words: &[&str]| assert!(std::process::Command::new("git").args(words).current_dir(folder.path()).status().unwrap().success());
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(open("empty"), Some("no-repository"));
    git(&["init", "-q", "plain"]);
    assert_eq!(open("plain"), Some("not-adopted"));
    git(&["init", "-q", "--bare", "bare"]);
    assert_eq!(open("bare"), Some("bare-repository"));
    git(&["init", "-q", "--object-format=sha256", "long"]);
    assert_eq!(open("long"), Some("not-adopted"));
    git(&["init", "-q", "--ref-format=reftable", "table"]);
    assert_eq!(open("table"), Some("not-adopted"));
}

#[test]
fn the_place_that_was_named_is_looked_at_and_no_other() {
    let repository = TestRepository::adopted();
    let nowhere = tempfile::tempdir().unwrap();
    let choice = RepositoryChoice { environment: Some(nowhere.path().to_owned()), current_folder: repository.root(), ..Default::default() };
    let Err(StoreError::NoRepository { named_by, .. }) = Store::open(&choice) else { panic!("opened") };
    assert_eq!(named_by, Some("$QPP_INCIDENT_REPO"));
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_refused_with_gits_own_command() {
    use std::os::unix::fs::MetadataExt;
    let repository = TestRepository::adopted();
    let root = repository.root();
    let given_away =
        std::os::unix::fs::chown(&root, Some(65534), None).and_then(|()| std::os::unix::fs::chown(root.join(".git"), Some(65534), None));
    if given_away.is_err() || fs::metadata(&root).unwrap().uid() != 65534 {
        println!("skipped: only root can give a folder away");
        return;
    }
    let error = Store::open(&repository.choice()).err().unwrap();
    assert_eq!(error.hint().unwrap(), format!("git config --global --add safe.directory {}", root.display()));
}

#[test]
fn an_index_that_cannot_be_read_is_refused_before_anything_is_written() {
    let repository = TestRepository::with_incident();
    let before = repository.log("%H");
    repository.write(".git/index", "no index at all, but long enough to be one");
    let store = repository.store();
    let refused = store.record(FOLDER, &order(), &mut |folder| log_text(folder, "Next."));
    let error = refused.unwrap_err();
    assert_eq!(error.code(), "git");
    assert_eq!(repository.log("%H"), before);
    assert!(!repository.document().contains("Next."));
}
