//! What stands beside the history: the tip last seen, signatures, a clone that has only the end.

use super::{are, commit_by_hand, found, found_with, logged, tip};
use crate::harness::sandbox::Sandbox;

#[test]
fn a_commit_amended_after_it_was_verified_is_found_by_the_tip_last_seen() {
    let (sandbox, id) = logged();
    assert_eq!(found(&sandbox), []);
    let seen = tip(&sandbox);
    assert_eq!(sandbox.git(&["rev-parse", "refs/qpp-incident/seen"]).stdout.trim(), seen);
    // The whole entry anew, message and all: the history agrees with itself.
    sandbox.git(&["reset", "--quiet", "--hard", "HEAD~1"]).success();
    sandbox.run(&["log", &id, "All is well."]).success();
    let output = sandbox.run(&["verify", "--json"]).status_is(3);
    let finding = output.json()[0].clone();
    assert_eq!((finding["rule"].as_str(), finding["level"].as_str()), (Some("history-rewritten"), Some("error")));
    assert_eq!(finding["commit"].as_str(), Some(seen.as_str()));
    sandbox.run(&["verify", "--accept", &seen, "--reason", "A test entry, taken back."]).success();
    let output = sandbox.run(&["verify"]).success();
    assert!(output.stdout.contains("A test entry, taken back."), "{}", output.stdout);
}

#[test]
fn a_broken_history_is_not_remembered_as_verified() {
    let (sandbox, id) = logged();
    found(&sandbox);
    let seen = tip(&sandbox);
    commit_by_hand(&sandbox, &id, |text| text.replace("Restarted", "Did not restart"));
    sandbox.run(&["verify"]).status_is(3);
    assert_eq!(sandbox.git(&["rev-parse", "refs/qpp-incident/seen"]).stdout.trim(), seen);
}

#[test]
fn a_commit_amended_after_it_was_pushed_is_found_and_a_later_push_does_not_hide_it() {
    let (sandbox, id) = logged();
    for hub in ["../hub.git", "../other.git"] {
        sandbox.git(&["init", "--quiet", "--bare", hub]).success();
    }
    sandbox.git(&["remote", "add", "origin", "../hub.git"]).success();
    sandbox.run(&["log", &id, "Pushed.", "--push"]).success();
    let seen = || sandbox.git(&["rev-parse", "refs/qpp-incident/seen"]).stdout.trim().to_owned();
    let pushed = tip(&sandbox);
    assert_eq!(seen(), pushed);
    sandbox.git(&["reset", "--quiet", "--hard", "HEAD~1"]).success();
    sandbox.run(&["log", &id, "Something else."]).success();
    assert_eq!(found(&sandbox), are(&[("history-rewritten", "error")]));
    sandbox.git(&["remote", "set-url", "origin", "../other.git"]).success();
    sandbox.git(&["update-ref", "-d", "refs/remotes/origin/main"]).success();
    sandbox.run(&["log", &id, "Elsewhere.", "--push"]);
    assert_eq!(seen(), pushed);
    assert_eq!(found(&sandbox), are(&[("history-rewritten", "error")]));
}

#[test]
fn an_entry_that_was_kept_for_hours_is_not_late() {
    let (sandbox, id) = logged();
    sandbox.env("QPP_INCIDENT_NOW", "");
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run(&["log", &id, "Kept."]).status_is(75);
    let kept = std::fs::read_dir(sandbox.path(".git/qpp-incident/pending")).unwrap().next().unwrap().unwrap().path();
    let mut form: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&kept).unwrap()).unwrap();
    form["recorded_at"] = "2026-11-22T20:00:00Z".into();
    std::fs::write(&kept, form.to_string()).unwrap();
    sandbox.git(&["switch", "--quiet", "main"]).success();
    sandbox.run(&["log", &id, "Next."]).success();
    let late = sandbox.git(&["log", "--format=%at %ct %s"]).stdout;
    assert!(late.lines().any(|line| line.split(' ').next() < line.split(' ').nth(1) && line.contains("Kept.")), "{late}");
    assert_eq!(found(&sandbox), []);
}

#[test]
fn another_branch_has_lost_nothing() {
    let (sandbox, id) = logged();
    sandbox.git(&["branch", "early", "HEAD~1"]).success();
    found(&sandbox);
    sandbox.git(&["switch", "--quiet", "early"]).success();
    sandbox.run(&["log", &id, "Elsewhere."]).success();
    assert_eq!(found(&sandbox), []);
}

#[test]
fn a_shallow_clone_is_an_error_unless_it_is_allowed() {
    let (sandbox, _) = logged();
    let url = format!("file://{}", sandbox.path("").display());
    sandbox.git(&["clone", "--quiet", "--depth", "1", &url, "../shallow"]).success();
    let verify = |words: &[&str]| sandbox.run(&[&["-C", "../shallow", "verify"], words].concat());
    let output = verify(&[]).status_is(3);
    assert!(output.stdout.contains("error [shallow]") && output.stdout.contains("fetch-depth: 0"), "{}", output.stdout);
    let output = verify(&["--allow-shallow"]).success();
    assert!(output.stdout.contains("warning [shallow]"), "{}", output.stdout);
    assert_eq!(found_with(&sandbox, &["-C", "../shallow", "--allow-shallow"]), are(&[("shallow", "warning")]));
}

#[test]
fn a_commit_made_long_after_it_was_recorded_is_a_warning() {
    let (sandbox, id) = logged();
    sandbox.env("QPP_INCIDENT_NOW", "");
    let log = |text: &str, committed: &str| {
        sandbox.env("GIT_COMMITTER_DATE", committed);
        sandbox.git(&["commit", "--quiet", "--allow-empty", "-m", text]).success();
    };
    log("unrelated", "2027-01-01T00:00:00Z");
    assert_eq!(found(&sandbox), []);
    let message = sandbox.git(&["log", "-1", "HEAD~1", "--format=%B"]).success().stdout.replace("Clock: supplied\n", "");
    sandbox.git(&["reset", "--quiet", "--hard", "HEAD~1"]).success();
    sandbox.git(&["update-ref", "-d", "refs/qpp-incident/seen"]).success();
    let amend = format!("GIT_COMMITTER_DATE=2027-01-01T00:00:00Z git commit --quiet --amend -m '{message}'");
    let mut shell = sandbox.program(std::path::Path::new("sh"), &sandbox.now());
    assert!(shell.args(["-c", &amend]).status().unwrap().success());
    assert_eq!(found(&sandbox), are(&[("committed-late", "warning")]));
    drop(id);
}

/// A sandbox in which git signs with an ssh key of its own.
fn signing() -> (Sandbox, String) {
    let (sandbox, id) = logged();
    let key = sandbox.path("../home/key");
    let mut keygen = sandbox.program(std::path::Path::new("ssh-keygen"), &sandbox.now());
    assert!(keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status().unwrap().success());
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    sandbox.write("../home/allowed", format!("grace@example.org {public}"));
    for (name, value) in [
        ("gpg.format", "ssh"),
        ("user.signingkey", key.to_str().unwrap()),
        ("gpg.ssh.allowedSignersFile", sandbox.path("../home/allowed").to_str().unwrap()),
        ("commit.gpgsign", "true"),
    ] {
        sandbox.git(&["config", name, value]).success();
    }
    sandbox.git(&["commit", "--quiet", "--amend", "--no-edit", "-S"]).success();
    (sandbox, id)
}

/// Puts the commit that is checked out together anew from its own bytes, changed.
fn forge(sandbox: &Sandbox, change: impl FnOnce(&str) -> String) {
    let commit = sandbox.git(&["cat-file", "commit", "HEAD"]).success().stdout;
    let forged = change(&commit);
    assert_ne!(commit, forged);
    sandbox.write("../home/forged", forged);
    let name = sandbox.git(&["hash-object", "-t", "commit", "-w", "../home/forged"]).success().stdout;
    sandbox.git(&["reset", "--quiet", "--soft", name.trim()]).success();
}

#[test]
fn a_bad_signature_is_an_error_where_git_signs() {
    let (sandbox, id) = signing();
    assert_eq!(found(&sandbox), [], "signing begins with the first signature");
    sandbox.git(&["update-ref", "-d", "refs/qpp-incident/seen"]).success();
    forge(&sandbox, |commit| commit.replace("author Grace Hopper", "author Ada Byron"));
    assert_eq!(found(&sandbox), are(&[("signature", "error")]));
    assert_eq!(found_with(&sandbox, &[&id]), are(&[("signature", "error")]));
    sandbox.git(&["config", "commit.gpgsign", "false"]).success();
    assert_eq!(found(&sandbox), [], "nobody asks for signatures");
    sandbox.git(&["update-ref", "-d", "refs/qpp-incident/seen"]).success();
    sandbox.write("incidents/config.yaml", "verify:\n  signatures: required\n");
    assert_eq!(found(&sandbox), are(&[("signature", "error")]));
}

#[test]
fn a_missing_signature_is_an_error_once_somebody_has_signed() {
    let (sandbox, id) = signing();
    sandbox.git(&["config", "commit.gpgsign", "false"]).success();
    sandbox.run(&["log", &id, "Not signed."]).success();
    sandbox.git(&["config", "commit.gpgsign", "true"]).success();
    let unsigned = tip(&sandbox);
    let output = sandbox.run(&["verify", "--json"]).status_is(3);
    assert_eq!(output.json()[0]["commit"].as_str(), Some(unsigned.as_str()));
    assert_eq!(found(&sandbox), are(&[("signature", "error")]));
}

#[test]
fn a_key_that_nobody_vouches_for_is_a_warning() {
    let (sandbox, _) = signing();
    sandbox.write("../home/allowed", "");
    assert_eq!(found(&sandbox), are(&[("signature", "warning")]));
}
