//! git's hooks around the merge commit of `sync`: they see it as they see one of `git merge`, and what they refuse is neither made nor pushed.

use std::os::unix::fs::PermissionsExt;

use crate::harness::clones::Clones;

fn hook(clones: &Clones, name: &str, script: &str) {
    let path = format!("../b/.git/hooks/{name}");
    clones.sandbox.write(&path, format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(clones.sandbox.path(&path), PermissionsExt::from_mode(0o755)).unwrap();
}

fn diverged() -> Clones {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One."]).success();
    clones.run(0, &["sync"]).success();
    clones.run(1, &["log", "Two."]).success();
    clones
}

#[test]
fn pre_merge_commit_and_the_message_hooks_see_the_merge() {
    let clones = diverged();
    hook(&clones, "pre-merge-commit", "git show :$(git diff --cached --name-only) >../seen");
    hook(&clones, "prepare-commit-msg", "echo \"$2\" >../source");
    hook(&clones, "commit-msg", "sed -i '1s/$/ [OPS]/' \"$1\"");
    clones.run(1, &["sync", "--dry-run"]).success();
    assert!(!clones.sandbox.path("../seen").exists(), "nothing is merged yet");
    clones.run(1, &["sync"]).success();
    let seen = clones.sandbox.read("../seen");
    assert!(seen.contains("One.") && seen.contains("Two."), "{seen}");
    assert_eq!(clones.sandbox.read("../source"), "merge\n");
    assert_eq!(clones.git(1, &["log", "-1", "--format=%s"]).stdout, "sync: merge origin/main into main [OPS]\n");
    clones.sync_all();
    clones.are_one();
}

#[test]
fn what_pre_merge_commit_refuses_is_neither_made_nor_pushed() {
    let clones = diverged();
    let (tip, hub) = (clones.tip(1), clones.hub(&["rev-parse", "main"]).stdout);
    hook(&clones, "pre-merge-commit", "exit 1");
    let refused = clones.run(1, &["--json", "sync"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "hook", "{refused}");
    assert!(refused["error"]["hint"].as_str().unwrap().contains("--no-verify"), "{refused}");
    assert_eq!((clones.tip(1), clones.hub(&["rev-parse", "main"]).stdout), (tip, hub));
    clones.is_clean(1);
    clones.run(1, &["sync", "--no-verify"]).success();
    clones.sync_all();
    clones.are_one();
}
