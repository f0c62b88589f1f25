//! Both sides said something about the same thing: the merge decides by its rules, says so, and nobody is asked.

use crate::harness::clones::{Clones, DOCUMENT};

const ID: &str = "INC-K7QFM";

#[test]
fn two_commanders_at_once_are_one_and_both_are_on_record() {
    let clones = Clones::new(2);
    clones.run(0, &["ack", ID]).success();
    clones.sync_all();
    clones.run(0, &["assign-ic", ID, "Sam Reyes <sam@example.org>"]).success();
    clones.run(1, &["assign-ic", ID, "Pat Lee <pat@example.org>"]).success();
    clones.run(0, &["sync"]).success();
    let answer = clones.run(1, &["--json", "sync"]).success().json();
    assert_eq!(answer["decisions"].as_array().unwrap().len(), 1, "{answer}");
    let said = answer["decisions"][0]["entry"].as_str().unwrap();
    assert!(said.contains("**Merge.**") && said.contains("Sam Reyes") && said.contains("Pat Lee"), "{said}");
    clones.run(0, &["sync"]).success();
    clones.are_one();
    for clone in 0..2 {
        let shown = clones.run(clone, &["show", ID, "--json"]).success().json();
        assert_eq!(shown["commander"]["name"], "Pat Lee", "the later one");
        let kinds: Vec<&str> = shown["timeline"].as_array().unwrap().iter().filter_map(|entry| entry["kind"].as_str()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "Commander").count(), 2, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == "Merge").count(), 1, "{kinds:?}");
    }
    clones.run(0, &["verify"]).success();
    let commits = clones.git(0, &["rev-list", "--count", "HEAD"]).stdout;
    clones.sync_all();
    assert_eq!(clones.git(0, &["rev-list", "--count", "HEAD"]).stdout, commits, "there is a second round");
}

#[test]
fn a_paragraph_that_both_changed_stands_in_both_versions() {
    let clones = Clones::new(2);
    let write = |clone: usize, words: &str| {
        let document = clones.document(clone);
        let (before, rest) = document.split_once("## Summary\n\n").unwrap();
        let (_, after) = rest.split_once("\n\n## Impact").unwrap();
        clones.write(clone, DOCUMENT, &format!("{before}## Summary\n\n{words}\n\n## Impact{after}"));
    };
    write(0, "What both begin with.");
    clones.sync_all();
    write(0, "What Grace says.");
    write(1, "What Ada says.");
    clones.run(0, &["sync"]).success();
    let answer = clones.run(1, &["--json", "sync"]).success().json();
    assert_eq!(answer["versions"][0], DOCUMENT, "{answer}");
    assert_eq!(answer["warnings"][0]["code"], "versions");
    clones.run(0, &["sync"]).success();
    clones.are_one();
    let document = clones.document(0);
    for said in ["What Grace says.", "What Ada says.", "<!-- versions: keep one -->", "<!-- end of versions -->"] {
        assert_eq!(document.matches(said).count(), 1, "{said}\n{document}");
    }
    assert!(!document.contains("<<<<"));
}

#[test]
fn an_objection_wins_over_a_close_whichever_came_first() {
    for first in 0..2 {
        let clones = Clones::new(2);
        for command in [&["ack", ID][..], &["assign-ic", ID, "me"], &["resolve", ID, "Restarted."], &["close", ID, "--ask", "--wait", "5m"]]
        {
            clones.run(0, command).success();
        }
        clones.sync_all();
        clones.sandbox.pass(20);
        clones.run(0, &["close", ID]).success();
        clones.run(1, &["object", ID, "Users still see errors."]).success();
        clones.run(first, &["sync"]).success();
        clones.run(1 - first, &["sync"]).success();
        clones.run(first, &["sync"]).success();
        clones.are_one();
        for clone in 0..2 {
            let shown = clones.run(clone, &["show", ID, "--json"]).success().json();
            assert_eq!((&shown["status"], &shown["closed_at"]), (&"resolved".into(), &serde_json::Value::Null), "{shown}");
            assert_eq!(shown["objections"].as_array().unwrap().len(), 1, "{shown}");
            let kinds: Vec<&str> = shown["timeline"].as_array().unwrap().iter().filter_map(|entry| entry["kind"].as_str()).collect();
            assert!(kinds.contains(&"Closed") && kinds.contains(&"Objection") && kinds.contains(&"Merge"), "{kinds:?}");
        }
        let refused = clones.run(0, &["close", ID]).status_is(1);
        assert!(refused.stderr.contains("objection"), "{refused}");
    }
}
