//! `repair` puts back what the history lost: afterwards `verify` warns, and the document holds every line again.

use super::{are, commit_by_hand, found, logged};

const RESTARTED: &str = "Restarted the auth database.";

#[test]
fn a_removed_line_stands_again_as_it_was_in_a_commit_of_its_own() {
    let (sandbox, id) = logged();
    let path = sandbox.document_of(&id);
    let line = sandbox.read(&path).lines().find(|line| line.contains(RESTARTED)).unwrap().to_owned();
    commit_by_hand(&sandbox, &id, |text| text.replace(&format!("{line}\n"), ""));
    sandbox.run(&["log", &id, "Meanwhile."]).success();
    sandbox.run(&["repair", &id]).success();
    let text = sandbox.read(&path);
    assert!(text.contains(&format!("{line}\n")), "{text}");
    assert!(text.contains("Repaired the record: put back what was taken out or changed by commit"), "{text}");
    assert_eq!(found(&sandbox), are(&[("entry-lost", "warning")]));
    let before = super::tip(&sandbox);
    sandbox.run(&["repair", &id]).success();
    assert_eq!(super::tip(&sandbox), before, "nothing is put back twice");
}

#[test]
fn a_changed_line_becomes_a_correction() {
    let (sandbox, id) = logged();
    commit_by_hand(&sandbox, &id, |text| text.replace(RESTARTED, "Restarted the mail server."));
    sandbox.run(&["repair"]).success();
    let text = sandbox.read(&sandbox.document_of(&id));
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("the mail server") || line.contains(RESTARTED)).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].ends_with(&format!("EST: {RESTARTED} — Grace Hopper")), "{text}");
    assert!(lines[1].contains("**Correction.**") && lines[1].contains("Restarted the mail server."), "{text}");
    assert_eq!(found(&sandbox), are(&[("entry-changed", "warning")]));
}

#[test]
fn a_changed_instant_stands_again_and_what_was_judged_stays() {
    let (sandbox, id) = logged();
    let moved = |text: &str| text.replace("acknowledged_at: 2026-11-23T00:00", "acknowledged_at: 2026-11-22T23:59");
    commit_by_hand(&sandbox, &id, moved);
    sandbox.run(&["repair", &id]).success();
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("acknowledged_at: 2026-11-23T00:00"));
    assert_eq!(found(&sandbox), are(&[("instant-changed", "warning"), ("by-hand", "advice")]));
    let judged = commit_by_hand(&sandbox, &id, |text| text.replace(RESTARTED, "Restarted the mail server."));
    sandbox.run(&["verify", "--accept", &judged, "--reason", "Both are right."]).success();
    sandbox.run(&["repair", &id]).success();
    assert!(!sandbox.read(&sandbox.document_of(&id)).contains(RESTARTED));
}
