//! What the rules allow is not found: every command, merges, corrections, redactions, layout; prose by hand is advice.

use super::{are, commit_by_hand, found, found_with, logged};
use crate::audit_trail::everything;
use crate::harness::sandbox::Sandbox;

#[test]
fn every_command_leaves_a_history_without_a_finding() {
    let (sandbox, id) = Sandbox::closed();
    for words in [
        &["postmortem", &id][..],
        &["action", "add", &id, "Add an alert.", "--type", "detect", "--owner", "Ada Byron"],
        &["set", &id, "severity=SEV-2"],
        &["set", &id, "summary=Logins failed."],
        &["set", &id, "detected_at=23:50", "--reason", "By the alert."],
        &["correct", &id, "last", "Something else."],
        &["reopen", &id, "It is back."],
        &["update", &id, "We look again."],
        &["resolve", &id, "Fixed for good."],
    ] {
        sandbox.run(words).success();
    }
    assert_eq!(found(&sandbox), []);
    assert_eq!(found_with(&sandbox, &[&id]), []);
    sandbox.run(&["verify"]).success();
}

#[test]
fn corrections_of_text_and_time_redactions_and_voids_are_lawful() {
    let (sandbox, id) = logged();
    sandbox.run(&["log", &id, "The password is hunter2 — do not use it."]).success();
    sandbox.run(&["correct", &id, "00:01", "Restarted the mail server."]).success();
    sandbox.run(&["correct", &id, "00:02", "--void", "Wrong system."]).success();
    sandbox.run(&["correct", &id, "00:00", "--time", "23:59"]).success();
    sandbox.run(&["redact", &id, "00:03", "A secret."]).success();
    sandbox.run(&["redact", &id, "00:02", "A name."]).success();
    assert_eq!(found(&sandbox), []);
}

#[test]
fn layout_line_ends_and_other_peoples_files_are_nobodys_business() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replace("\n\n## Root", "\n\n\n\n## Root").replace('\n', "\r\n"));
    sandbox.write("README.md", "mine");
    sandbox.git(&["add", "README.md"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "Mine."]).success();
    assert_eq!(found(&sandbox), []);
}

#[test]
fn prose_by_hand_is_advice_once_an_incident() {
    let (sandbox, id) = logged();
    let path = sandbox.document_of(&id);
    for words in ["Many logins failed.", "Most logins failed."] {
        let text = sandbox.read(&path);
        let at = text.find("## Timeline").unwrap();
        sandbox.write(&path, format!("{}{words}\n\n{}", &text[..at], &text[at..]));
        sandbox.run(&["log", &id, "Wrote more."]).success();
    }
    assert_eq!(found(&sandbox), are(&[("by-hand", "advice")]));
    let output = sandbox.run(&["verify"]).success();
    assert!(output.stdout.contains("1 more commit is like it"), "{}", output.stdout);
    sandbox.run(&["verify", "--deny", "advice"]).status_is(3);
}

#[test]
fn a_line_typed_by_hand_is_a_warning_and_so_is_a_squash() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replace("- 00:02 EST:", "- 00:02 EST: Typed by hand.\n- 00:02 EST:"));
    assert_eq!(found(&sandbox), are(&[("entry-unattested", "warning")]));
    sandbox.run(&["verify", "--deny", "warning"]).status_is(3);
    let (sandbox, id) = logged();
    sandbox.git(&["switch", "--quiet", "-c", "side"]).success();
    sandbox.run(&["log", &id, "One."]).success();
    sandbox.run(&["log", &id, "Two."]).success();
    sandbox.git(&["switch", "--quiet", "main"]).success();
    sandbox.git(&["merge", "--quiet", "--squash", "side"]).success();
    sandbox.git(&["commit", "--quiet", "--no-edit"]).success();
    assert_eq!(found(&sandbox), are(&[("entry-unattested", "warning")]));
    let output = sandbox.run(&["verify"]).success();
    assert!(output.stdout.contains("squashed together"), "{}", output.stdout);
}

#[test]
fn a_merge_of_two_sides_that_keeps_both_is_silent() {
    let (sandbox, id) = logged();
    sandbox.git(&["switch", "--quiet", "-c", "side"]).success();
    let other = sandbox.open("Slow search", &[]);
    sandbox.run(&["redact", &id, "00:02", "A secret."]).success();
    sandbox.git(&["switch", "--quiet", "main"]).success();
    sandbox.open("Disk full", &[]);
    sandbox.git(&["merge", "--quiet", "--no-ff", "side", "-m", "Merge"]).success();
    assert_eq!(found(&sandbox), []);
    assert_eq!(found_with(&sandbox, &[&other]), []);
}

#[test]
fn two_clones_that_sync_have_nothing_to_explain() {
    let (sandbox, id) = logged();
    sandbox.git(&["init", "--quiet", "--bare", "../hub.git"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub.git"]).success();
    sandbox.run(&["sync"]).success();
    sandbox.git(&["clone", "--quiet", "../hub.git", "../clone"]).success();
    for turn in ["One", "Two"] {
        sandbox.run(&["log", &id, &format!("{turn}, here.")]).success();
        sandbox.run(&["-C", "../clone", "log", &id, &format!("{turn}, there.")]).success();
        sandbox.run(&["assign-ic", &id, &format!("{turn} Here <{turn}@here.org>"), "--brief", "Go on."]).success();
        sandbox.run(&["-C", "../clone", "assign-ic", &id, &format!("{turn} There <{turn}@there.org>"), "--brief", "Go on."]).success();
        sandbox.run(&["-C", "../clone", "redact", &id, "last", "A secret."]).success();
        sandbox.run(&["-C", "../clone", "sync"]).success();
        sandbox.run(&["sync"]).success();
    }
    let merges = sandbox.git(&["rev-list", "--merges", "--count", "HEAD"]).stdout;
    assert!(merges.trim().parse::<usize>().unwrap() > 1, "{merges}");
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("**Merge.** commander:"));
    assert_eq!(found(&sandbox), []);
    assert_eq!(found_with(&sandbox, &["-C", "../clone", &id]), []);
}

#[test]
fn a_folder_that_moved_keeps_its_history() {
    let (sandbox, id) = logged();
    let folder = sandbox.folder_of(&id);
    std::fs::create_dir_all(sandbox.path("incidents/2026-12")).unwrap();
    sandbox.git(&["mv", &folder, &folder.replace("2026-11", "2026-12")]).success();
    sandbox.git(&["commit", "--quiet", "-m", "Another month."]).success();
    assert_eq!(found(&sandbox), []);
    assert_eq!(found_with(&sandbox, &[&id]), []);
    commit_by_hand(&sandbox, &id, |text| text.replace("Restarted the auth", "Restarted the mail"));
    assert_eq!(found(&sandbox), are(&[("entry-changed", "error")]));
}

#[test]
fn verifying_changes_no_file_and_no_branch() {
    let (sandbox, _) = logged();
    // All but the one reference that remembers what was verified.
    let all = || everything(&sandbox).into_iter().filter(|line| !line.contains("qpp-incident/seen")).collect::<Vec<_>>();
    let before = all();
    sandbox.run(&["verify"]).success();
    assert_eq!(all(), before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn nothing_recorded_yet_proves_nothing_wrong() {
    let sandbox = Sandbox::adopted();
    assert_eq!(found(&sandbox), []);
    let sandbox = Sandbox::with_git();
    sandbox.write("incidents/config.yaml", "");
    assert_eq!(found(&sandbox), []);
}
