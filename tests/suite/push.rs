//! `--push` and `share.push`: git push shares what is committed, and what is committed stands whatever comes of it.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// An acknowledged incident in a repository with a bare hub beside it.
fn with_hub() -> (Sandbox, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub"]).success();
    (sandbox, id)
}

#[test]
fn what_is_committed_is_pushed_when_asked() {
    let (sandbox, id) = with_hub();
    sandbox.run(&["log", &id, "x", "--push"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: x — Grace Hopper
--- stderr
pushed to origin

"#]]);
    let hub = sandbox.git_in("../hub", &["log", "-1", "--format=%s", "main"]).success().stdout;
    assert_eq!(hub, format!("{id} log: x\n"));
    sandbox.run(&["log", &id, "y"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: y — Grace Hopper
--- stderr
1 commit is not pushed yet: qpp-incident sync

"#]]);
    sandbox.run(&["log", &id, "z", "--push", "--offline"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: z — Grace Hopper
--- stderr
warning: committed, and not pushed: no network may be used (--offline)
2 commits are not pushed yet: qpp-incident sync
--- exit status 75

"#]]);
}

#[test]
fn what_others_pushed_meanwhile_is_merged_first() {
    let (sandbox, id) = with_hub();
    sandbox.run(&["log", &id, "x", "--push"]).success();
    sandbox.git(&["clone", "--quiet", "../hub", "../other"]).success();
    sandbox.git_in("../other", &["commit", "--quiet", "--allow-empty", "-m", "elsewhere"]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
    sandbox.run(&["log", &id, "y", "--push"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: y — Grace Hopper
--- stderr
pushed to origin, with 1 commit that came from there

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "main"]).stdout, sandbox.git_in("../hub", &["rev-parse", "main"]).stdout);
}

#[test]
fn a_push_that_is_refused_leaves_the_commit_and_says_so() {
    let (sandbox, id) = with_hub();
    sandbox.run(&["log", &id, "x", "--push"]).success();
    sandbox.write("../hub/hooks/pre-receive", "#!/bin/sh\necho 'closed on Sundays' >&2\nexit 1\n");
    let hook = sandbox.path("../hub/hooks/pre-receive");
    std::fs::set_permissions(hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let answer = sandbox.run(&["--json", "log", &id, "y", "--push"]).status_is(75).json();
    assert_eq!(answer["warnings"][0]["code"], "not-pushed");
    assert_eq!(answer["commits"].as_array().unwrap().len(), 1);
    sandbox.run(&["log", &id, "z", "--push"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: z — Grace Hopper
--- stderr
warning: committed, and not pushed: origin/main does not take the push: closed on Sundays [remote rejected] (pre-receive hook declined); qpp-incident sync --no-push takes what the others wrote and pushes nothing
2 commits are not pushed yet: qpp-incident sync
--- exit status 75

"#]]);
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "x", "--push"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: x — Grace Hopper
--- stderr
warning: committed, and not pushed: the branch `main` has no remote to share it with; git remote add origin URL && git push -u origin main
--- exit status 75

"#]]);
}

#[test]
fn auto_starts_a_push_and_does_not_wait() {
    let (sandbox, id) = with_hub();
    sandbox.write("incidents/config.yaml", "share:\n  push: auto\n");
    sandbox.run(&["log", &id, "x"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: x — Grace Hopper
--- stderr
pushing to origin

"#]]);
    // Nobody waits for the push, so the test looks until it is there.
    let tip = sandbox.git(&["rev-parse", "main"]).stdout;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while sandbox.git_in("../hub", &["rev-parse", "--quiet", "--verify", "main"]).stdout != tip {
        assert!(std::time::Instant::now() < deadline, "never pushed");
    }
    let quiet = sandbox.run(&["log", &id, "y", "--no-push"]).success();
    assert!(!quiet.stderr.contains("pushing to"), "{quiet}");
}

#[test]
fn many_commits_at_once_are_shared_by_few_pushes() {
    let (sandbox, id) = with_hub();
    sandbox.write("incidents/config.yaml", "share:\n  push: auto\n");
    sandbox.write("../hub/hooks/post-receive", "#!/bin/sh\necho push >> pushes\n");
    let hook = sandbox.path("../hub/hooks/post-receive");
    std::fs::set_permissions(hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    for number in 0..20 {
        sandbox.run(&["log", &id, &format!("Entry {number}.")]).success();
    }
    let tip = sandbox.git(&["rev-parse", "main"]).stdout;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while sandbox.git_in("../hub", &["rev-parse", "--quiet", "--verify", "main"]).stdout != tip {
        assert!(std::time::Instant::now() < deadline, "never pushed");
    }
    assert!(sandbox.read("../hub/pushes").lines().count() <= 20);
}

#[test]
fn the_next_command_says_why_a_push_in_the_background_failed() {
    let (sandbox, id) = with_hub();
    sandbox.run(&["sync"]).success();
    sandbox.write("incidents/config.yaml", "share:\n  push: auto\n");
    std::fs::rename(sandbox.path("../hub"), sandbox.path("../gone")).unwrap();
    sandbox.run(&["log", &id, "x"]).success();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let noted = || std::fs::read_to_string(sandbox.path(".git/qpp-incident/push.failed")).unwrap_or_default();
    while noted().is_empty() {
        assert!(std::time::Instant::now() < deadline, "never noted");
    }
    let said = sandbox.run(&["log", &id, "y", "--no-push"]).success();
    assert!(said.stderr.contains("2 commits are not pushed yet (the last try failed: there is no repository at"), "{said}");
    assert!(sandbox.run(&["status", &id]).stdout.contains("so not live: qpp-incident sync"));
    std::fs::rename(sandbox.path("../gone"), sandbox.path("../hub")).unwrap();
    sandbox.run(&["sync"]).success();
    assert!(!sandbox.path(".git/qpp-incident/push.failed").exists());
}
