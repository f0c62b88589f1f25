//! git's hooks around a commit: they see what `git commit --only` shows them, and what they refuse is not recorded. And its housekeeping.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// Writes a hook, which may be run.
fn hook(sandbox: &Sandbox, name: &str, script: &str) {
    let path = format!(".git/hooks/{name}");
    sandbox.write(&path, format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(sandbox.path(&path), fs::Permissions::from_mode(0o755)).unwrap();
}

fn head(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).success().stdout
}

fn document(sandbox: &Sandbox) -> String {
    let listed = sandbox.git(&["ls-files", "incidents/*/incident.md"]).success().stdout;
    listed.trim().to_owned()
}

/// Nothing is left of a run: no file of a hook, and git has nothing to say.
#[track_caller]
fn is_clean(sandbox: &Sandbox) {
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
    let left = fs::read_dir(sandbox.path(".git/qpp-incident")).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with("hook.")).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn what_pre_commit_refuses_is_not_recorded() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = head(&sandbox);
    hook(&sandbox, "pre-commit", "echo 'no secrets, please'; exit 1");
    sandbox.run(&["log", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
no secrets, please
error: INC-AAAAA: the hook pre-commit ended with exit status: 1
not recorded, copy it from here:
x
hint: mend what it found, or commit without it: --no-verify
--- exit status 1

"#]]);
    assert_eq!(head(&sandbox), before);
    is_clean(&sandbox);
    assert!(!sandbox.run(&["show", &id]).success().stdout.contains(": x"), "refused, and neither recorded nor kept");
    sandbox.run(&["log", &id, "x", "--no-verify"]).success();
    assert_ne!(head(&sandbox), before);
    is_clean(&sandbox);
}

#[test]
fn pre_commit_sees_head_and_the_document_alone() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.write("half-done.txt", "half\n");
    sandbox.git(&["add", "half-done.txt"]).success();
    hook(
        &sandbox,
        "pre-commit",
        "git diff --cached --name-only > ../seen; git show :$(cat ../seen) | tail -3 >> ../seen; git ls-files | wc -l >> ../seen",
    );
    sandbox.run(&["log", &id, "seen by the hook"]).success();
    let seen = sandbox.read("../seen");
    let document = document(&sandbox);
    assert!(seen.starts_with(&format!("{document}\n")), "{seen}");
    assert!(seen.trim_end().ends_with('4'), "the three files of init and the document: {seen}");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "A  half-done.txt\n", "what is staged stays staged");
    assert!(sandbox.git(&["show", &format!("HEAD:{document}")]).success().stdout.contains("seen by the hook"));
}

#[test]
fn what_pre_commit_mends_is_committed_and_what_else_it_stages_is_not() {
    let (sandbox, id) = Sandbox::acknowledged();
    let script = "path=$(git diff --cached --name-only)\nblob=$( (git show :$path; echo '<!-- seen by the hook -->') | git hash-object -w --stdin)\n\
                  git update-index --cacheinfo 100644,$blob,$path\necho more > more.txt; git add more.txt";
    hook(&sandbox, "pre-commit", script);
    let answer = sandbox.run(&["--json", "log", &id, "x"]).success().json();
    assert_eq!(answer["warnings"][0]["code"], "hook-staged");
    assert!(answer["warnings"][0]["message"].as_str().unwrap().contains("more.txt"), "{answer}");
    let committed = sandbox.git(&["show", &format!("HEAD:{}", document(&sandbox))]).success().stdout;
    assert!(committed.ends_with("<!-- seen by the hook -->\n") && committed.contains(": x"), "{committed}");
    assert_eq!(committed, sandbox.read(&document(&sandbox)));
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "?? more.txt\n");
}

#[test]
fn a_hook_that_adds_the_file_on_disk_takes_nothing_out() {
    let (sandbox, id) = Sandbox::acknowledged();
    let path = document(&sandbox);
    sandbox.write(&path, sandbox.read(&path).replace("## Trigger", "By hand.\n\n## Trigger"));
    hook(&sandbox, "pre-commit", "git add -A");
    let answer = sandbox.run(&["--json", "log", &id, "x"]).success().json();
    assert_eq!(answer["warnings"][0]["code"], "hook-staged", "{answer}");
    let committed = sandbox.git(&["show", &format!("HEAD:{path}")]).success().stdout;
    assert!(committed.contains(": x") && committed.contains("By hand."), "{committed}");
    assert_eq!(committed, sandbox.read(&path));
    is_clean(&sandbox);
}

#[test]
fn a_hook_that_takes_the_entry_out_is_refused() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = head(&sandbox);
    hook(&sandbox, "pre-commit", "sed -i 's/^## Trigger/## Triggers/' $(git diff --cached --name-only); git add -A");
    sandbox.run(&["log", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: the hook pre-commit left incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md without what is recorded, which stands in git's index alone until the commit is made: it must read `git show :PATH` and write with `git update-index --cacheinfo`, not work on the file on disk
not recorded, copy it from here:
x
hint: mend what it found, or commit without it: --no-verify
--- exit status 1

"#]]);
    assert_eq!(head(&sandbox), before);
}

#[test]
fn the_message_is_as_the_hooks_leave_it() {
    let (sandbox, id) = Sandbox::acknowledged();
    hook(&sandbox, "prepare-commit-msg", "[ $2 = message ] && sed -i '1s/^/[OPS] /' \"$1\"");
    hook(&sandbox, "commit-msg", "echo \"Change-Id: by $GIT_AUTHOR_NAME\" >> \"$1\"");
    sandbox.write(&document(&sandbox), sandbox.read(&document(&sandbox)).replace("## Trigger", "By hand.\n\n## Trigger"));
    sandbox.run(&["log", &id, "x"]).success();
    let log = sandbox.git(&[
        "log",
        "-2",
        "--format=%s|%(trailers:key=Change-Id,valueonly,separator=)|%(trailers:key=Event,valueonly,separator=)",
    ]);
    let expected = format!("[OPS] {id} log: x|by Grace Hopper|log\n[OPS] {id} edit: by hand|by Grace Hopper|edit\n");
    assert_eq!(log.success().stdout, expected, "every commit passes the hooks of the message");
    is_clean(&sandbox);
}

#[test]
fn a_message_without_the_trailers_is_refused() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = head(&sandbox);
    hook(&sandbox, "commit-msg", "echo 'all is well' > \"$1\"");
    sandbox.run(&["log", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: the hook commit-msg left a message without the trailer `Incident: INC-AAAAA`, which attests what is recorded
not recorded, copy it from here:
x
hint: mend what it found, or commit without it: --no-verify
--- exit status 1

"#]]);
    assert_eq!(head(&sandbox), before);
    hook(&sandbox, "commit-msg", "exit 0");
    hook(&sandbox, "prepare-commit-msg", "exit 3");
    let refused = sandbox.run(&["log", &id, "x", "--no-verify"]).status_is(1);
    assert!(refused.stderr.contains("hint: mend it, or take it out of the way: chmod -x "), "{refused}");
    assert_eq!(head(&sandbox), before);
    is_clean(&sandbox);
}

#[test]
fn post_commit_comes_last_and_takes_nothing_back() {
    let (sandbox, id) = Sandbox::acknowledged();
    hook(&sandbox, "post-commit", "git log -1 --format=%s > ../last; git status --porcelain >> ../last; exit 7");
    sandbox.run(&["log", &id, "x"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: x — Grace Hopper
--- stderr
warning: committed, but the hook post-commit ended with exit status: 7

"#]]);
    assert_eq!(sandbox.read("../last"), format!("{id} log: x\n"));
}

#[test]
fn hooks_are_where_git_is_told_to_look() {
    let (sandbox, id) = Sandbox::acknowledged();
    hook(&sandbox, "pre-commit", "exit 1");
    sandbox.git(&["config", "core.hooksPath", "shared/hooks"]).success();
    sandbox.run(&["log", &id, "x"]).success();
    fs::create_dir_all(sandbox.path("shared")).unwrap();
    fs::rename(sandbox.path(".git/hooks"), sandbox.path("shared/hooks")).unwrap();
    sandbox.run(&["log", &id, "y"]).status_is(1);
    fs::set_permissions(sandbox.path("shared/hooks/pre-commit"), fs::Permissions::from_mode(0o644)).unwrap();
    sandbox.run(&["log", &id, "y"]).success();
}

#[test]
fn a_hook_that_hangs_is_ended_with_all_that_it_started() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = head(&sandbox);
    hook(&sandbox, "pre-commit", "sleep 600 & echo $! > ../sleeper; wait");
    let refused = sandbox.run(&["log", &id, "x"]).status_is(1);
    assert!(refused.stderr.contains("the hook pre-commit took too long and was ended"), "{refused}");
    assert_eq!(head(&sandbox), before);
    let sleeper = format!("/proc/{}/cmdline", sandbox.read("../sleeper").trim());
    let still_sleeps = fs::read(Path::new(&sleeper)).is_ok_and(|line| line.starts_with(b"sleep"));
    assert!(!still_sleeps, "the hook's own child lives on");
    is_clean(&sandbox);
}

#[test]
fn without_hooks_and_signature_no_program_is_started() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.env("PATH", "/nowhere");
    sandbox.run(&["log", &id, "x"]).success();
}

#[test]
fn the_commit_of_init_passes_the_hooks_too() {
    let sandbox = Sandbox::with_git();
    hook(&sandbox, "commit-msg", "exit 1");
    sandbox.run(&["init"]).status_is(1);
    assert!(!sandbox.path("incidents/config.yaml").exists());
    sandbox.run(&["init", "--no-verify"]).success();
}

#[test]
fn every_five_hundred_commits_git_may_pack_and_nobody_waits() {
    let (sandbox, id) = Sandbox::acknowledged();
    let names: Vec<String> = (0..1500).map(|number| format!("../loose/{number}")).collect();
    for name in &names {
        sandbox.write(name, name);
    }
    let mut write = sandbox.program(Path::new("git"), &sandbox.now());
    let write = write.args(["hash-object", "-w", "--stdin-paths"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
    sandbox.finish(write, names.join("\n").as_bytes(), "").success();
    sandbox.git(&["config", "gc.auto", "1"]).success();
    sandbox.git(&["config", "gc.autoDetach", "false"]).success();
    sandbox.write(".git/qpp-incident/commits", ".".repeat(499));
    sandbox.run(&["log", &id, "x"]).success();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let is_packed = || {
        let packs = fs::read_dir(sandbox.path(".git/objects/pack")).unwrap();
        packs.filter_map(Result::ok).any(|file| file.path().extension().is_some_and(|ending| ending == "pack"))
    };
    while !is_packed() {
        assert!(std::time::Instant::now() < deadline, "nothing was packed");
        std::thread::yield_now();
    }
    sandbox.run(&["log", &id, "y"]).success();
    assert_eq!(sandbox.read(".git/qpp-incident/commits"), ".");
    sandbox.git(&["fsck", "--no-dangling"]).success();
}
