//! What `sync` refuses, each by its name, with what to do, the exit status of the specification, and nothing changed here.

use std::os::unix::fs::PermissionsExt;

use snapbox::str;

use crate::harness::clones::Clones;
use crate::harness::sandbox::Sandbox;

fn executable(sandbox: &Sandbox, path: &str, text: &str) {
    sandbox.write(path, text);
    std::fs::set_permissions(sandbox.path(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Both clones have something of their own; the second one syncs. Gives its tip.
fn diverged() -> (Clones, String) {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    let tip = clones.tip(1);
    (clones, tip)
}

#[test]
fn a_conflict_outside_incidents_needs_a_person() {
    let clones = Clones::new(2);
    for (clone, text) in [(0, "mine\n"), (1, "yours\n")] {
        clones.write(clone, "README.md", text);
        clones.git(clone, &["add", "."]).success();
        clones.git(clone, &["commit", "--quiet", "-m", "readme"]).success();
    }
    clones.run(0, &["sync"]).success();
    let tip = clones.tip(1);
    clones.run(1, &["sync"]).status_is(4).shows(str![[r#"
--- stderr
this clone now knows how to merge incident documents (merge.qpp-incident in its git config)
error: one file was changed here and on origin/main in the same place: README.md
hint: git merge origin/main, put it together by hand, git commit, then qpp-incident sync
--- exit status 4

"#]]);
    assert_eq!(clones.tip(1), tip);
    clones.is_clean(1);
    assert_eq!(clones.git(1, &["merge", "origin/main"]).status, Some(1));
    clones.write(1, "README.md", "ours\n");
    clones.git(1, &["commit", "--quiet", "-am", "together"]).success();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
}

#[test]
fn a_hook_of_the_server_is_heard_and_nothing_is_changed_here() {
    let (clones, tip) = diverged();
    executable(&clones.sandbox, "../hub/hooks/pre-receive", "#!/bin/sh\necho 'no entries on Sundays' >&2\nexit 1\n");
    clones.run(1, &["sync"]).status_is(65).shows(str![[r#"
--- stderr
error: origin/main does not take the push: no entries on Sundays [remote rejected] (pre-receive hook declined)
hint: qpp-incident sync --no-push takes what the others wrote and pushes nothing
--- exit status 65

"#]]);
    assert_eq!(clones.tip(1), tip);
    assert!(!clones.document(1).contains("One."));
    clones.is_clean(1);
    clones.run(1, &["log", "Three.", "--push"]).status_is(75);
}

#[test]
fn a_remote_that_was_rewritten_is_refused() {
    let (clones, tip) = diverged();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.git(0, &["reset", "--quiet", "--hard", "HEAD~1"]).success();
    clones.run(0, &["log", "Instead."]).success();
    clones.git(0, &["push", "--quiet", "--force"]).success();
    let before = clones.tip(1);
    assert_ne!(before, tip);
    let said = clones.run(1, &["sync"]).status_is(1);
    assert!(said.stderr.starts_with("error: origin/main moved backwards: its history no longer holds "), "{said}");
    // A fetch by hand takes over what was rewritten; it is no less so.
    clones.git(1, &["fetch", "--quiet"]).success();
    let refused = clones.run(1, &["--json", "sync"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "remote-rewritten");
    assert_eq!(clones.tip(1), before);
    clones.is_clean(1);
    // What the hint says puts everything back.
    clones.git(1, &["pull", "--quiet", "--no-rebase"]).success();
    clones.git(1, &["push", "--quiet"]).success();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
    assert!(clones.document(0).contains("Two.") && clones.document(0).contains("Instead."));
}

#[test]
fn a_remote_that_went_back_in_time_is_refused() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["sync"]).success();
    clones.hub(&["update-ref", "refs/heads/main", "main~1"]).success();
    let refused = clones.run(1, &["--json", "sync"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "remote-rewritten", "{refused}");
    assert_ne!(clones.hub(&["rev-parse", "main"]).stdout, clones.tip(1), "it was pushed all the same");
}

#[test]
fn histories_with_nothing_in_common_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-10-01T00:00:00-04:00").run(&["init"]).success();
    let other = Clones::new(1);
    sandbox.git(&["remote", "add", "origin", &other.sandbox.path("../hub").display().to_string()]).success();
    sandbox.run(&["sync"]).status_is(1).shows(str![[r#"
--- stderr
error: origin/main and main have no history in common: they were never one repository
hint: git remote -v: is it the right one? git log origin/main shows what is there
--- exit status 1

"#]]);
}

#[test]
fn a_branch_that_is_shared_nowhere_is_told_how() {
    let (sandbox, _) = Sandbox::acknowledged();
    sandbox.run(&["sync"]).status_is(1).shows(str![[r#"
--- stderr
error: the branch `main` has no remote to share it with
hint: git remote add origin URL && git push -u origin main
--- exit status 1

"#]]);
    sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub"]).success();
    sandbox.write("incidents/config.yaml", "share:\n  branch: main\n");
    sandbox.git(&["switch", "--quiet", "-c", "feature"]).success();
    sandbox.run(&["sync"]).status_is(1).shows(str![[r#"
--- stderr
warning: incidents are kept on branch `main`, and `feature` is checked out
error: incidents are shared on branch `main`, and `feature` is checked out and follows no branch of a remote
hint: git switch main
--- exit status 1

"#]]);
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    assert_eq!(sandbox.run(&["--json", "sync"]).status_is(1).json_error()["error"]["code"], "detached-head");
}

#[test]
fn a_remote_that_cannot_be_reached_or_wants_credentials_is_named() {
    let (clones, tip) = diverged();
    let code = |url: &str, status: i32| {
        clones.git(1, &["remote", "set-url", "origin", url]).success();
        let refused = clones.run(1, &["--json", "sync"]).status_is(status).json_error();
        refused["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code("../nowhere", 1), "no-remote-repository");
    assert_eq!(code("http://127.0.0.1:1/hub", 1), "unreachable");
    executable(&clones.sandbox, "../refusing", "#!/bin/sh\necho 'git@host: Permission denied (publickey).' >&2\nexit 255\n");
    clones.sandbox.env("GIT_SSH_COMMAND", &clones.sandbox.path("../refusing").display().to_string());
    assert_eq!(code("ssh://git@host.invalid/hub", 77), "credentials");
    executable(&clones.sandbox, "../sleeping", "#!/bin/sh\nexec sleep 60\n");
    clones.sandbox.env("GIT_SSH_COMMAND", &clones.sandbox.path("../sleeping").display().to_string());
    clones.run(1, &["sync", "--timeout", "1s"]).status_is(1).shows(str![[r#"
--- stderr
error: git took longer than 1s and was stopped
hint: qpp-incident sync --timeout 5m
--- exit status 1

"#]]);
    assert_eq!(clones.tip(1), tip);
    clones.is_clean(1);
}

#[test]
fn ssh_is_told_to_ask_nothing() {
    let (clones, _) = diverged();
    executable(&clones.sandbox, "../bin/ssh", "#!/bin/sh\necho \"$@\" > \"$HOME/asked\"\nexit 255\n");
    clones.git(1, &["remote", "set-url", "origin", "ssh://git@host.invalid/hub"]).success();
    clones.git(1, &["config", "core.sshCommand", &format!("{} -p 99", clones.sandbox.path("../bin/ssh").display())]).success();
    clones.run(1, &["sync"]).status_is(1);
    let asked = clones.sandbox.read("../home/asked");
    assert!(asked.starts_with("-p 99 -o BatchMode=yes "), "{asked}");
}

#[test]
fn a_git_that_is_too_old_is_refused() {
    let (clones, tip) = diverged();
    executable(&clones.sandbox, "../old/git", "#!/bin/sh\necho 'git version 2.39.5'\n");
    let path = std::env::join_paths([clones.sandbox.path("../old"), "/usr/bin".into(), "/bin".into()]).unwrap();
    clones.sandbox.env("PATH", path.to_str().unwrap());
    clones.run(1, &["sync"]).status_is(1).shows(str![[r#"
--- stderr
error: sync needs git 2.41 or newer, and this is `git version 2.39.5`
hint: install a newer git; until then: git pull --no-rebase && git push
--- exit status 1

"#]]);
    std::fs::remove_file(clones.sandbox.path("../old/git")).unwrap();
    assert_eq!(clones.tip(1), tip);
}

#[test]
fn a_link_that_comes_is_left_to_git() {
    let clones = Clones::new(2);
    clones.run(1, &["log", "Two."]).success();
    let tip = clones.tip(1);
    std::os::unix::fs::symlink("incidents", clones.sandbox.path("link")).unwrap();
    clones.git(0, &["add", "link"]).success();
    clones.git(0, &["commit", "--quiet", "-m", "link"]).success();
    clones.git(0, &["push", "--quiet"]).success();
    let refused = clones.run(1, &["--json", "sync"]).status_is(4).json_error();
    assert_eq!(refused["error"]["code"], "left-to-git", "{refused}");
    assert_eq!(clones.tip(1), tip);
    clones.git(1, &["pull", "--quiet", "--no-rebase"]).success();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
}
