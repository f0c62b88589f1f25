//! `verify`: each way in which a history can lie or lose is found, at its level; what the rules allow is not.
//! Every break is made with real git, as somebody would make it.

pub mod breaks;
pub mod clean;
pub mod mending;
pub mod proof;
pub mod random;

use serde_json::Value;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

/// `(rule, level)` of every finding, sorted.
pub fn found(sandbox: &Sandbox) -> Vec<(String, String)> {
    found_with(sandbox, &[])
}

/// The same with more words on the command line.
pub fn found_with(sandbox: &Sandbox, words: &[&str]) -> Vec<(String, String)> {
    levels(&sandbox.run(&[&["verify", "--json"], words].concat()))
}

fn levels(output: &Output) -> Vec<(String, String)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = output.json();
    let mut found: Vec<(String, String)> =
        findings.as_array().unwrap().iter().map(|finding| (text(finding, "rule"), text(finding, "level"))).collect();
    found.sort();
    found
}

/// What is expected, as [`found`] gives it.
pub fn are(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut expected: Vec<_> = expected.iter().map(|(rule, level)| ((*rule).to_owned(), (*level).to_owned())).collect();
    expected.sort();
    expected
}

/// Edits the incident document with a function, and commits that with plain git.
#[track_caller]
pub fn commit_by_hand(sandbox: &Sandbox, id: &str, edit: impl FnOnce(&str) -> String) -> String {
    let path = sandbox.document_of(id);
    let text = sandbox.read(&path);
    let edited = edit(&text);
    assert_ne!(text, edited, "the edit changed nothing");
    sandbox.write(&path, edited);
    sandbox.git(&["commit", "--quiet", "-am", "Tidy up."]).success();
    tip(sandbox)
}

/// The commit that is checked out.
pub fn tip(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).success().stdout.trim().to_owned()
}

/// An acknowledged incident with two logged lines.
pub fn logged() -> (Sandbox, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "Restarted the auth database."]).success();
    sandbox.run(&["log", &id, "The pool is full again."]).success();
    (sandbox, id)
}
