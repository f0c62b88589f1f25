//! The sandbox keeps the outside out: these tests fail when a variable, a configuration or the real clock gets in.

use std::path::Path;

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn nothing_of_the_outside_reaches_a_program() {
    let sandbox = Sandbox::new();
    let child = sandbox.program(Path::new("env"), &sandbox.now()).spawn().unwrap();
    let names = sandbox.finish(child, b"", "").success().stdout;
    let mut names: Vec<&str> =
        names.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).filter(|name| *name != "PATH").collect();
    names.sort_unstable();
    assert_eq!(
        names.join(" "),
        "GIT_CEILING_DIRECTORIES GIT_COMMITTER_DATE GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_TERMINAL_PROMPT HOME LC_ALL QPP_INCIDENT_NOW TERM TMPDIR TZ XDG_CONFIG_HOME"
    );
}

#[test]
fn a_commit_is_golden() {
    let sandbox = Sandbox::with_git();
    sandbox.write("note", "x\n").git(&["add", "note"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "first"]).success();
    sandbox.git(&["log", "--format=%H %an <%ae> %aI %cI %s"]).shows(str![[r#"
[commit 1] Grace Hopper <grace@example.org> 2026-11-23T04:58:00Z 2026-11-23T04:58:00Z first

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout.trim(), "1e5fb461a7738d49138fb6cd5caa30c53d1ac0ba");
}

#[test]
fn without_an_identity_git_refuses() {
    let sandbox = Sandbox::without_identity();
    sandbox.git(&["init", "--quiet"]).success();
    sandbox.git(&["commit", "--allow-empty", "-m", "x"]).status_is(128);
}

#[test]
fn a_run_moves_the_clock_and_a_look_with_git_does_not() {
    let sandbox = Sandbox::with_git();
    assert_eq!(sandbox.now(), "2026-11-23T04:58:00Z");
    sandbox.run(&["--version"]);
    sandbox.git(&["status"]);
    assert_eq!(sandbox.now(), "2026-11-23T04:59:00Z");
}

#[test]
fn the_path_of_the_sandbox_is_not_printed() {
    let sandbox = Sandbox::with_git();
    sandbox.git(&["rev-parse", "--show-toplevel"]).shows(str![[r#"
[SANDBOX]/repo

"#]]);
}
