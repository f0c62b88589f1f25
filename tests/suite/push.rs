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
1 commit is not pushed yet: git push

"#]]);
    sandbox.run(&["log", &id, "z", "--push", "--offline"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: z — Grace Hopper
--- stderr
warning: committed, and not pushed: no network may be used (--offline)
2 commits are not pushed yet: git push
--- exit status 75

"#]]);
}

#[test]
fn a_push_that_is_refused_leaves_the_commit_and_says_so() {
    let (sandbox, id) = with_hub();
    sandbox.run(&["log", &id, "x", "--push"]).success();
    sandbox.git(&["clone", "--quiet", "../hub", "../other"]).success();
    sandbox.git_in("../other", &["commit", "--quiet", "--allow-empty", "-m", "elsewhere"]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
    let answer = sandbox.run(&["--json", "log", &id, "y", "--push"]).status_is(75).json();
    assert_eq!(answer["warnings"][0]["code"], "not-pushed");
    assert_eq!(answer["commits"].as_array().unwrap().len(), 1);
    sandbox.run(&["log", &id, "z", "--push"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: z — Grace Hopper
--- stderr
warning: committed, and not pushed: ! refs/heads/main:refs/heads/main [rejected] (fetch first); error: failed to push some refs to '../hub'; git pull --no-rebase && git push
2 commits are not pushed yet: git push
--- exit status 75

"#]]);
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "x", "--push"]).status_is(75).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: x — Grace Hopper
--- stderr
warning: committed, and not pushed: the branch `main` has no remote to push to; git remote add origin URL && git push -u origin main
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
    // Whether the push is through by now is the network's business, so what the next command says of it is not compared.
    let quiet = sandbox.run(&["log", &id, "y", "--no-push"]).success();
    assert!(!quiet.stderr.contains("pushing to"), "{quiet}");
}
