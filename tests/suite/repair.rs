//! `repair` after what git and people leave: looked at first, a stash that does not fit, a file that one side took away.

use crate::harness::sandbox::Sandbox;

/// The machine on which the program is missing from `PATH`, so that git itself merges documents as text.
fn without_driver(sandbox: &Sandbox) {
    sandbox.env("PATH", &std::env::var("PATH").unwrap());
}

/// An acknowledged incident in two clones over a hub, and its document.
fn two_clones() -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub"]).success();
    sandbox.git(&["push", "--quiet", "-u", "origin", "main"]).success();
    sandbox.git(&["clone", "--quiet", "../hub", "../other"]).success();
    let document = sandbox.document_of(&id);
    without_driver(&sandbox);
    (sandbox, id, document)
}

fn head(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).success().stdout
}

fn status(sandbox: &Sandbox) -> String {
    sandbox.git(&["status", "--porcelain"]).success().stdout
}

#[test]
fn a_dry_run_says_what_it_would_mend_and_changes_nothing() {
    let (sandbox, id, document) = two_clones();
    sandbox.run(&["log", &id, "Here."]).success();
    sandbox.run_in("../other", &["log", &id, "There."]).success();
    sandbox.git_in("../other", &["push", "--quiet"]).success();
    sandbox.git(&["pull", "--quiet", "--no-rebase", "--no-edit"]).status_is(1);
    for in_the_middle in [true, false] {
        if !in_the_middle {
            sandbox.git(&["commit", "--quiet", "-am", "merged, I think"]).success();
        }
        let (before, text, changed) = (head(&sandbox), sandbox.read(&document), status(&sandbox));
        let said = sandbox.run(&["repair", "--dry-run"]).success();
        assert!(said.stdout.contains(&format!("would mend {document}\n")), "{said}");
        assert_eq!((head(&sandbox), sandbox.read(&document), status(&sandbox)), (before, text, changed), "{said}");
    }
    sandbox.run(&["repair"]).success();
    assert!(!sandbox.read(&document).contains("<<<<<<<") && status(&sandbox).is_empty());
}

#[test]
fn a_dry_run_does_not_put_back_what_the_history_lost() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "To be lost."]).success();
    let document = sandbox.document_of(&id);
    let text = sandbox.read(&document);
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("To be lost.")).collect();
    let without = without.join("\n") + "\n";
    sandbox.write(&document, &without);
    sandbox.git(&["commit", "--quiet", "-am", "tidy"]).success();
    let before = head(&sandbox);
    let said = sandbox.run(&["repair", "--dry-run"]).success();
    assert!(said.stdout.contains(&format!("would mend {document}\n")), "{said}");
    assert_eq!((head(&sandbox), sandbox.read(&document), status(&sandbox)), (before, without, String::new()));
    sandbox.run(&["repair"]).success();
    assert!(sandbox.read(&document).contains("To be lost."));
}

/// An edit by hand is stashed, an entry is recorded over it, and the stash comes back.
fn stashed(form: &[&str], has_driver: bool) -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    if let [key, value] = form {
        sandbox.git(&["config", key, value]).success();
    }
    let document = sandbox.document_of(&id);
    let text = sandbox.read(&document);
    let end = text.lines().rfind(|line| line.starts_with("- ")).unwrap();
    sandbox.write(&document, text.replace(end, &format!("{end}\n- 00:09 EST: By hand. — Grace Hopper")));
    sandbox.git(&["stash", "--quiet"]).success();
    sandbox.run(&["log", &id, "Recorded."]).success();
    if !has_driver {
        without_driver(&sandbox);
    }
    sandbox.git(&["stash", "pop", "--quiet"]).status_is(i32::from(!has_driver));
    (sandbox, id, document)
}

#[track_caller]
fn both_stand(sandbox: &Sandbox, document: &str) {
    let text = sandbox.git(&["show", &format!("HEAD:{document}")]).success().stdout;
    assert_eq!(["Recorded.", "By hand."].map(|entry| text.matches(entry).count()), [1, 1], "{text}");
    assert!(!text.contains("<<<<<<<"), "{text}");
    assert_eq!(text, sandbox.read(document));
    assert_eq!(status(sandbox), "");
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn a_stash_that_comes_back_is_an_edit_by_hand() {
    let (sandbox, id, document) = stashed(&[], true);
    sandbox.run(&["log", &id, "Next."]).success();
    both_stand(&sandbox, &document);
}

#[test]
fn a_stash_that_did_not_fit_is_mended() {
    for form in [&[][..], &["core.splitIndex", "true"]] {
        let (sandbox, id, document) = stashed(form, false);
        assert!(sandbox.read(&document).contains("<<<<<<<"));
        sandbox.run(&["log", &id, "Kept for now."]).status_is(75);
        sandbox.run(&["repair"]).success();
        both_stand(&sandbox, &document);
        assert!(sandbox.read(&document).contains("Kept for now."), "what was kept is folded in");
    }
}

#[test]
fn what_one_side_took_away_and_the_other_changed_stays() {
    for taken_away_here in [true, false] {
        let (sandbox, id, document) = two_clones();
        sandbox.git_in("../other", &["fetch", "--quiet"]).success();
        let (takes, changes) = if taken_away_here { ("", "../other") } else { ("../other", "") };
        sandbox.run_in(changes, &["log", &id, "Not to be lost."]).success();
        sandbox.git_in(takes, &["rm", "--quiet", &document]).success();
        sandbox.git_in(takes, &["commit", "--quiet", "-m", "tidy"]).success();
        sandbox.git_in("../other", &["push", "--quiet"]).success();
        sandbox.git(&["pull", "--quiet", "--no-rebase", "--no-edit"]).status_is(1);
        assert!(sandbox.read(&document).contains("Not to be lost."), "git leaves the changed one in the work tree");
        sandbox.run(&["show", &id]).success();
        let said = sandbox.run(&["repair"]).success();
        assert!(said.stdout.contains(&format!("mended {document}\n")), "{said}");
        sandbox.git(&["commit", "--quiet", "--no-edit"]).success();
        assert!(sandbox.git(&["show", &format!("HEAD:{document}")]).success().stdout.contains("Not to be lost."));
        sandbox.run(&["log", &id, "Next."]).success();
        assert_eq!(status(&sandbox), "");
    }
}
