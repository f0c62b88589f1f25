//! Many commands at once in one clone: each lands once, in order, and nothing is left lying about.
//! No sleeps: processes are started together and waited for.

use std::collections::BTreeSet;
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";

fn with_incidents(ids: &[&str]) -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00").step(7);
    for id in ids {
        sandbox.run(&["open", "Many errors", "--id", id, "--pagerduty", "Q1"]).success();
    }
    sandbox
}

/// Starts all, then waits for all.
fn at_once(sandbox: &Sandbox, commands: &[Vec<String>]) -> Vec<Output> {
    let start = |words: &Vec<String>| sandbox.command(&words.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap();
    let children: Vec<Child> = commands.iter().map(start).collect();
    children.into_iter().map(|child| sandbox.finish(child, b"", "")).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn timeline(sandbox: &Sandbox, id: &str) -> Vec<Value> {
    sandbox.run(&["show", id, "--json"]).success().json()["timeline"].as_array().unwrap().clone()
}

fn count(sandbox: &Sandbox) -> usize {
    sandbox.git(&["rev-list", "--count", "HEAD"]).stdout.trim().parse().unwrap()
}

/// The work tree is as committed, no lock is held, git finds nothing wrong.
#[track_caller]
fn nothing_lies_about(sandbox: &Sandbox) {
    assert_eq!(sandbox.git(&["status", "--porcelain", "--untracked-files=all"]).stdout, "");
    let files: Vec<String> =
        std::fs::read_dir(sandbox.path(".git")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!files.iter().any(|name| name.to_lowercase().contains("lock")), "{files:?}");
    let ours: Vec<String> = std::fs::read_dir(sandbox.path(".git/qpp-incident"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        ours.iter().all(|name| ["lock", "commits", "flush.config"].iter().any(|stays| name == stays)),
        "something of a commit stays: {ours:?}"
    );
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn forty_entries_at_once_are_forty_commits_in_order() {
    let sandbox = with_incidents(&[ID]);
    let before = count(&sandbox);
    let commands: Vec<Vec<String>> = (0..40).map(|number| words(&["log", &format!("Entry number {number}.")])).collect();
    for said in at_once(&sandbox, &commands) {
        said.success();
    }
    assert_eq!(count(&sandbox), before + 40);
    let timeline = timeline(&sandbox, ID);
    let at: Vec<&str> = timeline.iter().map(|entry| entry["at"].as_str().unwrap()).collect();
    assert!(at.is_sorted(), "{at:?}");
    let texts: BTreeSet<&str> = timeline.iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    assert_eq!((timeline.len(), texts.len()), (41, 41));
    let trailers = sandbox.git(&["log", "-40", "--format=%(trailers:key=Entry,valueonly,separator=)"]).stdout;
    assert_eq!(trailers.lines().collect::<BTreeSet<_>>().len(), 40);
    let parents = sandbox.git(&["log", "-40", "--format=%P"]).stdout;
    assert!(parents.lines().all(|line| line.len() == 40), "one line of history");
    nothing_lies_about(&sandbox);
}

#[test]
fn every_decision_is_made_on_the_text_as_it_then_stands() {
    let sandbox = with_incidents(&[ID]);
    let commands: Vec<Vec<String>> = (0..12).map(|number| words(&["set", &format!("services+=s{number}")])).collect();
    for said in at_once(&sandbox, &commands) {
        said.success();
    }
    let shown = sandbox.run(&["show", "--json"]).success().json();
    assert_eq!(shown["services"].as_array().unwrap().len(), 12);
    nothing_lies_about(&sandbox);
}

#[test]
fn of_two_acknowledgements_one_wins_and_the_other_says_who() {
    let sandbox = with_incidents(&[]);
    for round in 0..4 {
        let id = format!("INC-7ZZZ{round}");
        sandbox.run(&["open", "Many errors", "--id", &id]).success();
        let people = ["Ada Byron <ada@example.org>", "Sam Reyes <sam@example.org>", "Pat Lee <pat@example.org>"];
        let said = at_once(&sandbox, &people.map(|who| words(&["ack", &id, "--by", who])));
        let won: Vec<usize> = (0..people.len()).filter(|at| said[*at].status == Some(0)).collect();
        assert_eq!(won.len(), 1, "{said:?}");
        let refusal = format!("error: {id} was acknowledged by {} at ", people[won[0]]);
        for (at, said) in said.iter().enumerate().filter(|(at, _)| *at != won[0]) {
            assert_eq!(said.status, Some(1), "{said}");
            assert!(said.stderr.starts_with(&refusal), "{} {said}", people[at]);
        }
        assert_eq!(timeline(&sandbox, &id).len(), 2);
    }
    nothing_lies_about(&sandbox);
}

#[test]
fn commands_on_different_incidents_do_not_touch_each_other() {
    let ids = [ID, "INC-2M4XY", "INC-7ZZZZ"];
    let sandbox = with_incidents(&ids);
    let before = count(&sandbox);
    let commands: Vec<Vec<String>> =
        ids.iter().flat_map(|id| [words(&["ack", id]), words(&["log", id, "One."]), words(&["set", id, "severity=SEV-2"])]).collect();
    for said in at_once(&sandbox, &commands) {
        said.success();
    }
    assert_eq!(count(&sandbox), before + 9);
    for id in ids {
        let shown = sandbox.run(&["show", id, "--json"]).success().json();
        assert_eq!((shown["status"].as_str(), shown["severity"].as_str()), (Some("acknowledged"), Some("SEV-2")));
        assert_eq!(shown["timeline"].as_array().unwrap().len(), 4);
    }
    let touched = sandbox.git(&["log", "-9", "--name-only", "--format=%x00"]).stdout;
    assert!(touched.split('\0').skip(1).all(|names| names.trim().lines().count() == 1), "{touched}");
    nothing_lies_about(&sandbox);
}

#[test]
fn incidents_opened_at_once_have_ids_of_their_own() {
    let sandbox = with_incidents(&[]);
    let commands: Vec<Vec<String>> = (0..8).map(|_| words(&["open", "Many errors", "--quiet"])).collect();
    let ids: BTreeSet<String> = at_once(&sandbox, &commands).into_iter().map(|said| said.success().stdout).collect();
    assert_eq!(ids.len(), 8);
    assert_eq!(sandbox.run(&["list", "--json"]).success().json().as_array().unwrap().len(), 8);
    nothing_lies_about(&sandbox);
}

#[test]
fn commits_of_the_users_own_beside_ours_lose_nothing_and_ours_never_fail() {
    let sandbox = with_incidents(&[ID]);
    let done = AtomicBool::new(false);
    let committed = std::thread::scope(|scope| {
        let user = scope.spawn(|| {
            let mut committed = 0;
            while !done.load(Ordering::Relaxed) {
                sandbox.write(&format!("work/{committed}.txt"), "x");
                let added = sandbox.git(&["add", "work"]).status == Some(0);
                // git itself refuses when the index or the branch is taken: then the user tries again.
                committed += usize::from(added && sandbox.git(&["commit", "--quiet", "-m", "work"]).status == Some(0));
            }
            committed
        });
        let said: Vec<Output> = (0..25).map(|number| sandbox.run(&["log", &format!("Entry {number}.")])).collect();
        done.store(true, Ordering::Relaxed);
        for said in said {
            said.success();
        }
        user.join().unwrap()
    });
    assert_eq!(timeline(&sandbox, ID).len(), 26);
    let path = sandbox.document_of(ID);
    assert!(sandbox.git(&["show", &format!("HEAD:{path}")]).stdout == sandbox.read(&path));
    let ours = sandbox.git(&["log", "--format=%s", "--grep", "^INC-K7QFM log: "]).stdout.lines().count();
    let theirs = sandbox.git(&["log", "--format=%s", "--grep", "^work$"]).stdout.lines().count();
    assert_eq!((ours, theirs), (25, committed));
    assert!(committed > 0, "the user got on with it");
    // A plain commit whose index lacks an entry takes it out again: none of the user's touches the document, none of ours a file.
    let touched = |subject: &str| sandbox.git(&["log", "--format=", "--name-only", "--grep", subject]).stdout;
    assert!(touched("^work$").lines().all(|name| name.starts_with("work/")));
    assert!(touched("^INC-K7QFM log: ").lines().all(|name| name == path));
    assert_eq!(sandbox.git(&["status", "--porcelain", "--", "incidents"]).stdout, "");
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn two_work_trees_of_one_repository_write_at_once() {
    let sandbox = with_incidents(&[ID]);
    sandbox.git(&["worktree", "add", "--quiet", "../other", "-b", "other"]).success();
    let (here, there) = (sandbox.path("").to_str().unwrap().to_owned(), sandbox.path("../other").to_str().unwrap().to_owned());
    let commands: Vec<Vec<String>> =
        (0..10).map(|number| words(&["-C", if number % 2 == 0 { &here } else { &there }, "log", &format!("Entry {number}.")])).collect();
    for said in at_once(&sandbox, &commands) {
        said.success();
    }
    for branch in ["main", "other"] {
        let range = format!("{branch}~5..{branch}");
        assert!(sandbox.git(&["log", "--format=%s", &range]).success().stdout.lines().all(|line| line.starts_with("INC-K7QFM log: ")));
    }
    assert_eq!(sandbox.git(&["-C", &there, "status", "--porcelain"]).stdout, "");
    nothing_lies_about(&sandbox);
}
