//! The merge driver under git itself: pull, merge, rebase, cherry-pick, and a machine on which the program is missing.

use crate::harness::sandbox::Sandbox;

/// An acknowledged incident, resolved if asked, in two clones over a bare hub: the sandbox's own, and `../other`.
fn two_clones(resolved: bool) -> (Sandbox, String) {
    let (sandbox, id) = if resolved { Sandbox::resolved() } else { Sandbox::acknowledged() };
    sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub"]).success();
    sandbox.git(&["push", "--quiet", "-u", "origin", "main"]).success();
    sandbox.git(&["clone", "--quiet", "../hub", "../other"]).success();
    (sandbox, id)
}

/// Each clone changes the same lines: an entry at the end, and the severity.
fn diverge(sandbox: &Sandbox, id: &str) {
    sandbox.run(&["log", id, "Here."]).success();
    sandbox.run(&["set", id, "severity=SEV-3"]).success();
    sandbox.run_in("../other", &["log", id, "There."]).success();
    sandbox.run_in("../other", &["set", id, "severity=SEV-1"]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
}

/// Both entries once, the worse severity, no marker, nothing that `check` holds against the merge but what a person must settle.
#[track_caller]
fn is_merged(sandbox: &Sandbox, id: &str) {
    let text = sandbox.read(&sandbox.document_of(id));
    assert_eq!((text.matches(": Here. — ").count(), text.matches(": There. — ").count()), (1, 1), "{text}");
    assert!(text.contains("severity: SEV-1\n") && !text.contains("<<<<<<<"), "{text}");
    assert!(text.contains("**Merge.** severity: SEV-1 stands (Grace Hopper), not SEV-3 (Grace Hopper). — qpp-incident\n"), "{text}");
    let found = sandbox.run(&["check", id, "--json"]).json();
    let about_merges =
        ["front-matter", "conflict-markers", "status-timeline", "by-hand-event", "entry-order", "entry-unread", "day-heading"];
    let rules: Vec<&str> = found.as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    assert!(!rules.iter().any(|rule| about_merges.contains(rule)), "{rules:?}");
    assert!(rules.contains(&"merge-unsettled"), "{rules:?}");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn a_pull_merges_by_structure_and_setting_the_value_settles_it() {
    let (sandbox, id) = two_clones(false);
    diverge(&sandbox, &id);
    sandbox.git(&["pull", "--quiet", "--no-rebase", "--no-edit"]).success();
    is_merged(&sandbox, &id);
    sandbox.git(&["push", "--quiet"]).success();
    sandbox.git_in("../other", &["pull", "--quiet", "--no-rebase"]).success();
    assert_eq!(sandbox.read(&sandbox.document_of(&id)), sandbox.read(&format!("../other/{}", sandbox.document_of(&id))));
    sandbox.run(&["set", &id, "severity=SEV-1"]).success();
    let found = sandbox.run(&["check", &id, "--json"]).json().to_string();
    assert!(!found.contains("merge-unsettled"), "{found}");
}

#[test]
fn a_rebase_and_a_cherry_pick_go_through_the_driver() {
    let (sandbox, id) = two_clones(false);
    diverge(&sandbox, &id);
    sandbox.git(&["branch", "before"]).success();
    sandbox.git(&["pull", "--quiet", "--rebase"]).success();
    is_merged(&sandbox, &id);
    sandbox.git(&["switch", "--quiet", "before"]).success();
    sandbox.git(&["cherry-pick", "origin/main~1", "origin/main"]).success();
    is_merged(&sandbox, &id);
}

#[test]
fn an_objection_in_one_clone_keeps_open_what_the_other_closed() {
    let (sandbox, id) = two_clones(true);
    sandbox.run_in("../other", &["object", &id, "Logins still fail."]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
    sandbox.run(&["close", &id, "--force", "It is late."]).success();
    sandbox.git(&["pull", "--quiet", "--no-rebase", "--no-edit"]).success();
    assert_eq!(sandbox.run(&["show", &id, "--json"]).success().json()["status"], "closed", "by force it stays closed");

    let (sandbox, id) = two_clones(true);
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["agree", &id]).success();
    sandbox.git(&["push", "--quiet"]).success();
    sandbox.git_in("../other", &["pull", "--quiet"]).success();
    sandbox.pass(20);
    sandbox.run_in("../other", &["object", &id, "Logins still fail."]).success();
    sandbox.run_in("../other", &["log", &id, "Looked again."]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
    sandbox.run(&["close", &id]).success();
    sandbox.git(&["pull", "--quiet", "--no-rebase", "--no-edit"]).success();
    let shown = sandbox.run(&["show", &id, "--json"]).success().json();
    assert_eq!((shown["status"].as_str(), shown["closed_at"].as_str()), (Some("resolved"), None));
    assert_eq!(shown["objections"].as_array().unwrap().len(), 1);
    let last = shown["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["kind"].as_str(), last["by"]["name"].as_str()), (Some("Merge"), Some("qpp-incident")), "{last}");
    let found = sandbox.run(&["check", &id, "--json"]).json().to_string();
    assert!(!found.contains("by-hand-event") && !found.contains("status-timeline"), "{found}");
    sandbox.run(&["set", &id, "status=resolved"]).success();
    assert!(!sandbox.run(&["check", &id, "--json"]).json().to_string().contains("merge-unsettled"));
    sandbox.run(&["set", &id, "status=closed"]).status_is(1);
}

#[test]
fn without_the_program_git_leaves_ordinary_markers_and_repair_puts_both_sides_together() {
    let (sandbox, id) = two_clones(false);
    diverge(&sandbox, &id);
    let whole = std::env::var("PATH").unwrap();
    sandbox.env("PATH", &whole);
    let pulled = sandbox.git(&["pull", "--no-rebase", "--no-edit"]).status_is(1);
    assert!(pulled.stdout.contains("CONFLICT"), "{}", pulled.stdout);
    let document = sandbox.document_of(&id);
    let text = sandbox.read(&document);
    assert!(text.contains("<<<<<<<") && text.contains(": Here. — ") && text.contains(": There. — "), "{text}");

    let shown = sandbox.run(&["show", &id, "--json"]).success().json();
    let said: Vec<&str> = shown["timeline"].as_array().unwrap().iter().filter_map(|entry| entry["text"].as_str()).collect();
    assert!(said.contains(&"Here.") && said.contains(&"There."), "{said:?}");
    assert_eq!(sandbox.run(&["status", &id, "--json"]).success().json()["severity"], "SEV-1");
    assert!(sandbox.run(&["check", &id, "--json"]).status_is(3).json().to_string().contains("conflict-markers"));
    sandbox.run(&["log", &id, "In the middle of it."]).status_is(75);

    let repaired = sandbox.run(&["repair", &id]).success();
    assert!(repaired.stdout.contains("mended incidents/"), "{}", repaired.stdout);
    assert!(repaired.stderr.contains("the commit is yours"), "{}", repaired.stderr);
    sandbox.git(&["commit", "--quiet", "--no-edit"]).success();
    is_merged(&sandbox, &id);
    sandbox.run(&["update", &id, "--no-news"]).success();
    assert!(sandbox.read(&document).contains(": In the middle of it. — "), "what was kept is folded in");
}

#[test]
fn markers_that_were_committed_are_mended_by_a_commit() {
    let (sandbox, id) = two_clones(false);
    diverge(&sandbox, &id);
    sandbox.env("PATH", &std::env::var("PATH").unwrap());
    sandbox.git(&["-c", "merge.conflictStyle=diff3", "pull", "--no-rebase", "--no-edit"]).status_is(1);
    sandbox.git(&["commit", "--quiet", "-am", "merged, I think"]).success();
    sandbox.run(&["ack", &id]).status_is(1);
    sandbox.run(&["repair"]).success();
    is_merged(&sandbox, &id);
    let nothing = sandbox.run(&["repair"]).success();
    assert!(nothing.stdout.starts_with("nothing to mend"), "{}", nothing.stdout);
}

#[test]
fn two_incidents_with_one_id_are_not_mixed() {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00");
    sandbox.git(&["branch", "other"]).success();
    let id = "INC-K7QFM";
    sandbox.run(&["open", "Many errors", "--id", id]).success();
    sandbox.git(&["switch", "--quiet", "other"]).success();
    sandbox.run(&["open", "Many errors", "--id", id, "--summary", "Another one."]).success();
    let merged = sandbox.git(&["merge", "--no-edit", "main"]).status_is(1);
    let said = format!("{}{}", merged.stdout, merged.stderr);
    assert!(said.contains("is two different incidents, which two clones gave the same id INC-K7QFM"), "{said}");
    assert!(said.contains("hint: git merge --abort && qpp-incident sync"), "{said}");
}

#[test]
fn the_first_command_in_a_clone_installs_the_driver_and_says_so_once() {
    let (sandbox, id) = two_clones(false);
    assert_eq!(sandbox.git_in("../other", &["config", "merge.qpp-incident.driver"]).stdout, "");
    let first = sandbox.run_in("../other", &["show", &id, "--json"]).success();
    assert!(first.stderr.contains("now knows how to merge incident documents"), "{}", first.stderr);
    let driver = sandbox.git_in("../other", &["config", "--local", "merge.qpp-incident.driver"]).success().stdout;
    assert_eq!(driver, "qpp-incident merge-driver %O %A %B %P || git merge-file %A %O %B\n");
    assert_eq!(sandbox.run_in("../other", &["show", &id, "--json"]).success().stderr, "");
}
