//! Both sides changed something: documents by structure, other files as git merges text, histories of every shape.

use crate::harness::clones::{Clones, DOCUMENT};

#[test]
fn entries_of_two_clones_are_all_there_and_a_second_round_changes_nothing() {
    let clones = Clones::new(2);
    for number in 0..5 {
        clones.run(0, &["log", &format!("First, number {number}.")]).success();
        clones.run(1, &["log", &format!("Second, number {number}.")]).success();
    }
    clones.sync_all();
    clones.are_one();
    let document = clones.document(0);
    for number in 0..5 {
        assert!(
            document.contains(&format!("First, number {number}. — Grace")) && document.contains(&format!("Second, number {number}. — Ada"))
        );
    }
    let commits = clones.git(0, &["rev-list", "--count", "HEAD"]).stdout;
    clones.sync_all();
    assert_eq!(clones.git(0, &["rev-list", "--count", "HEAD"]).stdout, commits);
}

#[test]
fn other_files_are_merged_as_git_merges_text() {
    let clones = Clones::new(2);
    clones.write(0, "README.md", "one\ntwo\nthree\nfour\nfive\n");
    clones.git(0, &["add", "README.md"]).success();
    clones.git(0, &["commit", "--quiet", "-m", "readme"]).success();
    clones.sync_all();
    clones.write(0, "README.md", "ONE\ntwo\nthree\nfour\nfive\n");
    clones.write(0, "tools/new.sh", "#!/bin/sh\n");
    clones.git(0, &["add", "."]).success();
    clones.git(0, &["update-index", "--chmod=+x", "tools/new.sh"]).success();
    clones.git(0, &["commit", "--quiet", "-m", "first"]).success();
    clones.write(1, "README.md", "one\ntwo\nthree\nfour\nFIVE\n");
    clones.git(1, &["commit", "--quiet", "-am", "last"]).success();
    std::fs::set_permissions(clones.sandbox.path("tools/new.sh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    clones.sync_all();
    clones.are_one();
    assert_eq!(clones.read(1, "README.md"), "ONE\ntwo\nthree\nfour\nFIVE\n");
}

#[test]
fn a_file_that_one_side_removed_goes_and_its_empty_folder_with_it() {
    let clones = Clones::new(2);
    clones.write(0, "notes/old/a.txt", "a\n");
    clones.git(0, &["add", "."]).success();
    clones.git(0, &["commit", "--quiet", "-m", "notes"]).success();
    clones.sync_all();
    clones.git(0, &["rm", "--quiet", "notes/old/a.txt"]).success();
    clones.git(0, &["commit", "--quiet", "-m", "gone"]).success();
    clones.run(1, &["log", "Meanwhile."]).success();
    clones.sync_all();
    clones.are_one();
    assert!(!clones.sandbox.path("../b/notes").exists());
}

#[test]
fn a_criss_cross_is_merged_and_loses_nothing() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One."]).success();
    clones.run(1, &["log", "Two."]).success();
    // Each takes the other's commit by hand and merges it by itself: two merges of the same two commits.
    clones.git(0, &["fetch", "--quiet", "../b", "main:refs/remotes/b/main"]).success();
    clones.git(1, &["fetch", "--quiet", "../repo", "main:refs/remotes/a/main"]).success();
    for (clone, theirs) in [(0, "refs/remotes/b/main"), (1, "refs/remotes/a/main")] {
        clones.git(clone, &["update-ref", "refs/remotes/origin/main", theirs]).success();
        clones.run(clone, &["sync", "--offline"]).success();
        clones.git(clone, &["update-ref", "refs/remotes/origin/main", "HEAD~1"]).success();
        clones.run(clone, &["log", &format!("After the merge in {clone}.")]).success();
    }
    assert_eq!(clones.git(0, &["rev-parse", "HEAD~1^{tree}"]).stdout, clones.git(1, &["rev-parse", "HEAD~1^{tree}"]).stdout);
    clones.git(0, &["push", "--quiet"]).success();
    clones.git(0, &["fetch", "--quiet", "../b", "main"]).success();
    assert_eq!(clones.git(0, &["merge-base", "--all", "HEAD", "FETCH_HEAD"]).stdout.lines().count(), 2, "no criss-cross");
    clones.git(1, &["update-ref", "-d", "refs/remotes/origin/main"]).success();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
    let document = clones.document(0);
    for said in ["One.", "Two.", "After the merge in 0.", "After the merge in 1."] {
        assert_eq!(document.matches(&format!(": {said} —")).count(), 1, "{said}\n{document}");
    }
}

#[test]
fn a_shallow_clone_without_a_common_commit_is_deepened() {
    let clones = Clones::new(2);
    for number in 0..3 {
        clones.run(0, &["log", &format!("Before, number {number}.")]).success();
    }
    clones.run(0, &["sync"]).success();
    let hub = format!("file://{}", clones.sandbox.path("../hub").display());
    clones.sandbox.git(&["clone", "--quiet", "--depth", "1", &hub, "../shallow"]).success();
    clones.sandbox.run_in("../shallow", &["log", "From the shallow one."]).success();
    for number in 0..3 {
        clones.run(0, &["log", &format!("After, number {number}.")]).success();
    }
    clones.run(0, &["sync"]).success();
    // What was fetched stops short of what both have in common.
    clones.sandbox.git_in("../shallow", &["fetch", "--quiet", "--depth", "1"]).success();
    let base = clones.sandbox.git_in("../shallow", &["merge-base", "HEAD", "origin/main"]);
    assert_eq!(base.status, Some(1), "there is a common commit: {base}");
    clones.sandbox.run_in("../shallow", &["sync"]).success();
    let document = clones.sandbox.read(&format!("../shallow/{DOCUMENT}"));
    assert!(document.contains("From the shallow one.") && document.contains("After, number 2."), "{document}");
    assert_eq!(clones.sandbox.git_in("../shallow", &["status", "--porcelain"]).stdout, "");
    clones.sync_all();
    clones.are_one();
}

#[test]
fn a_shallow_clone_that_has_what_it_needs_stays_shallow() {
    let clones = Clones::new(1);
    let hub = format!("file://{}", clones.sandbox.path("../hub").display());
    clones.sandbox.git(&["clone", "--quiet", "--depth", "1", &hub, "../shallow"]).success();
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.sandbox.run_in("../shallow", &["log", "Two."]).success();
    clones.sandbox.run_in("../shallow", &["sync"]).success();
    assert_eq!(clones.sandbox.git_in("../shallow", &["rev-parse", "--is-shallow-repository"]).stdout, "true\n");
    clones.sync_all();
    clones.are_one();
}

#[test]
fn line_ends_of_the_work_tree_are_gits() {
    let clones = Clones::new(2);
    clones.git(1, &["config", "core.autocrlf", "true"]).success();
    std::fs::remove_file(clones.sandbox.path(&format!("../b/{DOCUMENT}"))).unwrap();
    clones.git(1, &["checkout", "--", "."]).success();
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    clones.run(1, &["sync"]).success();
    let document = clones.document(1);
    assert!(document.contains("One. — Grace Hopper\r\n") && document.contains("Two. — Ada Byron\r\n"), "{document:?}");
    clones.run(0, &["sync"]).success();
    clones.are_one();
    assert!(!clones.document(0).contains('\r'));
}

#[test]
fn what_is_recorded_here_while_it_pushes_is_not_lost() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    // The hub's hook records in the pushing clone: the branch there has moved when the push is through.
    let program = assert_cmd::cargo::cargo_bin!("qpp-incident").display().to_string();
    let clone = clones.sandbox.path("../b").canonicalize().unwrap().display().to_string();
    let hook = format!(
        "#!/bin/sh\nunset $(git rev-parse --local-env-vars)\n[ -e {clone}/../once ] && exit 0\ntouch {clone}/../once\n{program} -C {clone} log 'During the push.' >/dev/null 2>&1\n"
    );
    clones.sandbox.write("../hub/hooks/pre-receive", &hook);
    std::fs::set_permissions(clones.sandbox.path("../hub/hooks/pre-receive"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
    let document = clones.document(0);
    for said in ["One.", "Two.", "During the push."] {
        assert_eq!(document.matches(&format!(": {said} —")).count(), 1, "{said}\n{document}");
    }
}
