//! What people have under their hands while `sync` runs: edits that are not committed, kept entries, files in the way.

use snapbox::str;

use crate::harness::clones::{Clones, DOCUMENT};

#[test]
fn hand_edits_and_kept_entries_are_committed_by_themselves_first() {
    let clones = Clones::new(2);
    clones.run(0, &["open", "Another", "--pagerduty", "Q2", "--push"]).success();
    let document = clones.document(1);
    clones.git(1, &["checkout", "--quiet", "--detach"]).success();
    clones.run(1, &["log", "Kept."]).status_is(75);
    clones.git(1, &["checkout", "--quiet", "main"]).success();
    clones.write(1, DOCUMENT, &document.replace("## Summary\n", "## Summary\n\nBy hand.\n"));
    let answer = clones.run(1, &["--json", "sync"]).success().json();
    assert_eq!(answer["commits"].as_array().unwrap().len(), 2);
    clones.run(0, &["sync"]).success();
    clones.are_one();
    let document = clones.document(0);
    assert!(document.contains("By hand.") && document.contains("Kept."), "{document}");
    let subjects = clones.git(0, &["log", "--format=%s", "-6"]).stdout;
    assert!(subjects.contains("edit: by hand\n") && subjects.contains("log: Kept.\n"), "{subjects}");
}

#[test]
fn a_document_that_somebody_broke_is_named_and_nothing_is_changed() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    let document = clones.document(1);
    clones.write(1, DOCUMENT, &document.replace("title: Many errors\n", "title: [\n"));
    let tip = clones.tip(1);
    clones.run(1, &["sync"]).status_is(1).shows(str![[r#"
--- stderr
this clone now knows how to merge incident documents (merge.qpp-incident in its git config)
error: incidents/2026-11/23-k7qfm-many-errors/incident.md:5:9: while parsing a flow mapping, did not find expected ',' or '}'
hint: ${EDITOR:-vi} +5 incidents/2026-11/23-k7qfm-many-errors/incident.md
--- exit status 1

"#]]);
    assert_eq!(clones.tip(1), tip);
}

#[test]
fn what_the_others_broke_comes_in_named_and_stops_nobody() {
    let clones = Clones::new(2);
    let document = clones.document(0);
    clones.write(0, DOCUMENT, &document.replace("title: Many errors\n", "title: [\n"));
    clones.git(0, &["commit", "--quiet", "-am", "oops"]).success();
    clones.git(0, &["push", "--quiet"]).success();
    let answer = clones.run(1, &["--json", "sync"]).success().json();
    assert_eq!(answer["warnings"][0]["code"], "broken-document", "{answer}");
    // Changed on both sides, only a person can go on.
    let clones = Clones::new(2);
    clones.write(0, DOCUMENT, &document.replace("title: Many errors\n", "title: [\n"));
    clones.git(0, &["commit", "--quiet", "-am", "oops"]).success();
    clones.git(0, &["push", "--quiet"]).success();
    clones.run(1, &["log", "Two."]).success();
    let tip = clones.tip(1);
    let refused = clones.run(1, &["--json", "sync"]).status_is(4).json_error();
    assert_eq!(refused["error"]["code"], "merge-obstacle", "{refused}");
    assert!(refused["error"]["message"].as_str().unwrap().contains("incident.md:5:"), "{refused}");
    assert_eq!(clones.tip(1), tip);
    clones.is_clean(1);
}

#[test]
fn a_file_in_the_way_stops_it_with_nothing_changed() {
    let clones = Clones::new(2);
    clones.write(0, "README.md", "one\n");
    clones.git(0, &["add", "."]).success();
    clones.git(0, &["commit", "--quiet", "-m", "readme"]).success();
    clones.sync_all();
    clones.write(0, "README.md", "two\n");
    clones.write(0, "new.txt", "theirs\n");
    clones.git(0, &["add", "."]).success();
    clones.git(0, &["commit", "--quiet", "-m", "more"]).success();
    clones.run(0, &["sync"]).success();
    clones.run(1, &["log", "Mine."]).success();
    let tip = clones.tip(1);
    let cases: [(&str, &str, &[&str]); 3] = [
        ("README.md", "mine\n", &["checkout", "--", "README.md"]),
        ("new.txt", "mine\n", &["clean", "-fq", "new.txt"]),
        ("new.txt/inside", "mine\n", &["clean", "-fdq", "new.txt"]),
    ];
    for (file, text, undo) in cases {
        clones.write(1, file, text);
        let refused = clones.run(1, &["--json", "sync"]).status_is(1).json_error();
        assert_eq!(refused["error"]["code"], "in-the-way", "{refused}");
        assert_eq!(clones.read(1, file), text);
        assert_eq!((clones.tip(1), clones.hub(&["rev-parse", "main"]).stdout), (tip.clone(), clones.tip(0)));
        clones.git(1, undo).success();
    }
    clones.write(1, "README.md", "staged\n");
    clones.git(1, &["add", "README.md"]).success();
    clones.run(1, &["sync"]).status_is(1).shows(str![[r#"
--- stderr
error: README.md is in the way: it is staged and not committed, and origin/main changes it
hint: commit it, or move it away: git status README.md
--- exit status 1

"#]]);
    clones.git(1, &["reset", "--quiet", "--hard"]).success();
    // What is not touched by the merge is nobody's business.
    clones.write(1, "other.txt", "mine\n");
    clones.write(1, "incidents/teams.yaml", "{}\n");
    clones.run(1, &["sync"]).success();
    assert_eq!(clones.read(1, "other.txt"), "mine\n");
    assert_eq!(clones.git(1, &["status", "--porcelain"]).stdout, " M incidents/teams.yaml\n?? other.txt\n");
}

#[test]
fn what_lies_there_already_as_it_comes_is_not_in_the_way() {
    let clones = Clones::new(2);
    clones.write(0, "new.txt", "the same\n");
    clones.git(0, &["add", "."]).success();
    clones.git(0, &["commit", "--quiet", "-m", "new"]).success();
    clones.run(0, &["sync"]).success();
    clones.write(1, "new.txt", "the same\n");
    clones.run(1, &["sync"]).success();
    clones.are_one();
}

#[test]
fn a_staged_document_is_committed_first() {
    let clones = Clones::new(2);
    clones.run(0, &["open", "Another", "--pagerduty", "Q2", "--push"]).success();
    let document = clones.document(1);
    clones.write(1, DOCUMENT, &document.replace("## Summary\n", "## Summary\n\nBy hand.\n"));
    clones.git(1, &["add", DOCUMENT]).success();
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
    assert!(clones.document(0).contains("By hand."));
}
