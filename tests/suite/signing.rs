//! Signatures: commits are signed as git is set to sign them, and git's own `verify-commit` accepts them.

use std::path::Path;

use crate::harness::sandbox::Sandbox;

/// Whether a program is there. In CI it must be; elsewhere the test is passed over, and says so.
fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is missing: .ci/setup installs it");
    if !found {
        eprintln!("passed over: {program} is missing");
    }
    found
}

/// Runs a program in the sandbox.
#[track_caller]
fn run(sandbox: &Sandbox, program: &str, arguments: &[&str]) {
    let out = sandbox.program(Path::new(program), &sandbox.now()).args(arguments).output().unwrap();
    assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
}

/// git is set to sign with an ssh key.
fn with_ssh_key(sandbox: &Sandbox) {
    let key = sandbox.path("../home/key").display().to_string();
    run(sandbox, "ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", &key]);
    let signers = sandbox.path("../home/signers").display().to_string();
    sandbox.write("../home/signers", format!("grace@example.org {}", sandbox.read("../home/key.pub")));
    for (name, value) in [("gpg.format", "ssh"), ("user.signingKey", &key), ("gpg.ssh.allowedSignersFile", &signers)] {
        sandbox.git(&["config", name, value]).success();
    }
    sandbox.git(&["config", "commit.gpgSign", "true"]).success();
}

#[test]
fn git_accepts_what_is_signed_with_an_ssh_key() {
    if !has("ssh-keygen") {
        return;
    }
    let (sandbox, id) = Sandbox::acknowledged();
    with_ssh_key(&sandbox);
    let document = sandbox.git(&["ls-files", "incidents/*/incident.md"]).success().stdout;
    let document = document.trim();
    sandbox.write(document, sandbox.read(document).replace("## Trigger", "By hand.\n\n## Trigger"));
    sandbox.run(&["log", &id, "Füße und Köpfe", "--by", "Ada Byron <ada@example.org>"]).success();
    for commit in ["HEAD", "HEAD~1"] {
        sandbox.git(&["verify-commit", commit]).success();
    }
    let unsigned = sandbox.git(&["verify-commit", "HEAD~2"]);
    assert_ne!(unsigned.status, Some(0), "the commits before were not signed");
    let log = sandbox.git(&["log", "-1", "--format=%G?|%an|%ae|%cn|%aI|%s"]).success().stdout;
    assert_eq!(log, format!("G|Ada Byron|ada@example.org|Grace Hopper|2026-11-23T00:01:00-05:00|{id} log: Füße und Köpfe\n"));
    sandbox.git(&["fsck", "--strict"]).success();
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
}

#[test]
fn git_accepts_what_is_signed_with_gpg() {
    if !has("gpg") {
        return;
    }
    let (sandbox, id) = Sandbox::acknowledged();
    let home = sandbox.path("../gpg");
    std::fs::create_dir(&home).unwrap();
    std::fs::set_permissions(&home, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    sandbox.env("GNUPGHOME", home.to_str().unwrap());
    let generate =
        ["--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "Grace Hopper <grace@example.org>", "ed25519", "sign", "never"];
    run(&sandbox, "gpg", &generate);
    sandbox.git(&["config", "commit.gpgSign", "true"]).success();
    let recorded = sandbox.run(&["log", &id, "x"]);
    let verified = sandbox.git(&["verify-commit", "--raw", "HEAD"]);
    run(&sandbox, "gpgconf", &["--kill", "all"]);
    recorded.success();
    assert!(verified.success().stderr.contains("GOODSIG"));
    sandbox.git(&["fsck", "--strict"]).success();
}

#[test]
fn a_signing_program_that_hangs_is_ended() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).success().stdout;
    let program = sandbox.path("../home/hanging");
    sandbox.write("../home/hanging", "#!/bin/sh\nsleep 600 & echo $! >\"$HOME/sleeper\"; wait\n");
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    sandbox.git(&["config", "gpg.program", program.to_str().unwrap()]).success();
    sandbox.git(&["config", "commit.gpgSign", "true"]).success();
    let error = sandbox.run(&["--json", "mitigate", &id, "x"]).status_is(1).json_error();
    assert_eq!(error["error"]["code"], "not-signed", "{error}");
    assert!(error["error"]["message"].as_str().unwrap().ends_with("it took longer than 10 s and was ended"), "{error}");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--no-sign"), "{error}");
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).success().stdout, before);
    let sleeper = format!("/proc/{}/cmdline", sandbox.read("../home/sleeper").trim());
    assert!(!std::fs::read(sleeper).is_ok_and(|line| line.starts_with(b"sleep")), "what it has started lives on");
}

#[test]
fn what_cannot_be_signed_is_not_recorded_unless_that_is_asked_for_and_said() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).success().stdout;
    sandbox.write("../home/failing", "#!/bin/sh\necho 'no pinentry' >&2\nexit 2\n");
    let program = sandbox.path("../home/failing");
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    sandbox.git(&["config", "gpg.program", program.to_str().unwrap()]).success();
    sandbox.git(&["config", "commit.gpgSign", "true"]).success();
    let refused = sandbox.run(&["--json", "log", &id, "x"]).status_is(1);
    let error = refused.json_error();
    assert_eq!(error["error"]["code"], "not-signed");
    assert!(error["error"]["message"].as_str().unwrap().contains("no pinentry"), "{error}");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--no-sign"), "{error}");
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).success().stdout, before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
    assert!(!sandbox.run(&["show", &id]).success().stdout.contains(": x"), "refused, and neither recorded nor kept");
    sandbox.run(&["log", &id, "x", "--no-sign"]).success();
    let trailer = "--format=%(trailers:key=Unsigned,valueonly,separator=)|%(trailers:key=Event,valueonly,separator=)";
    assert_eq!(sandbox.git(&["log", "-1", trailer]).success().stdout, "asked|log\n");
    sandbox.git(&["config", "commit.gpgSign", "false"]).success();
    sandbox.run(&["log", &id, "y", "--no-sign"]).success();
    assert_eq!(sandbox.git(&["log", "-1", trailer]).success().stdout, "|log\n", "where git does not sign there is nothing to say");
}
