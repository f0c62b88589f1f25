//! The forms of findings that other programs read, each held to the schema that its own people publish, or to such a program.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::harness::json_schema::assert_fits_published;
use crate::harness::sandbox::Sandbox;

/// A record with findings of every level, with a place and without.
fn with_findings() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.put_incident("00002", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\nclose_reason: resolved\n");
    sandbox.open("Disk <full> & \"slow\", 100 %: ü", &["--pagerduty", "PD-2"]);
    sandbox
}

#[test]
fn sarif_fits_the_schema_of_oasis() {
    let sandbox = with_findings();
    let log = sandbox.run(&["check", "--format", "sarif"]).status_is(3).json();
    assert_ne!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_fits_published("sarif-2.1.0", &log);
    assert_fits_published("sarif-2.1.0", &Sandbox::adopted().run(&["verify", "--format", "sarif"]).json());
}

#[test]
fn each_line_of_rdjsonl_fits_the_schema_of_reviewdog() {
    let output = with_findings().run(&["check", "--format", "rdjsonl"]).status_is(3);
    assert!(output.stdout.lines().count() > 3);
    for line in output.stdout.lines() {
        assert_fits_published("reviewdog-diagnostic", &serde_json::from_str(line).unwrap());
    }
    assert_eq!(Sandbox::adopted().run(&["verify", "--format", "rdjsonl"]).stdout, "");
}

#[test]
fn line_is_one_line_a_finding_and_nothing_else() {
    let sandbox = with_findings();
    let output = sandbox.run(&["check", "--format", "line"]).status_is(3);
    let findings = sandbox.run(&["check", "--json"]).json();
    assert_eq!(output.stdout.lines().count(), findings.as_array().unwrap().len());
    assert!(output.stdout.contains("incident.md:4:1: error [postmortem-missing] "), "{}", output.stdout);
}

/// The line of docs/lint.md that tells vim how to read `--format line`.
const ERRORFORMAT: &str = r"%f:%l:%v:\ %t%*[^\ ]\ %m";

/// What vim makes of a file of lines: its list of errors, and the text under the cursor at each. None where there is no vim.
fn vim(sandbox: &Sandbox, lines: &str) -> Option<Value> {
    let found = Command::new("vim").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(found || std::env::var("CI").as_deref() != Ok("true"), "vim is missing; .ci/setup installs it");
    if !found {
        eprintln!("skipped: there is no vim");
        return None;
    }
    let script = format!(
        "set encoding=utf-8 hidden errorformat={ERRORFORMAT}\ncgetfile ../lines\nlet seen = []\nfor entry in getqflist()\n\
         execute 'cc' (len(seen) + 1)\nlet at = strpart(getline('.'), col('.') - 1)\n\
         call add(seen, [expand('%'), line('.'), entry.type, entry.valid, entry.text, at])\nendfor\n\
         call writefile([json_encode(seen)], '../seen')\nqall!\n"
    );
    sandbox.write("../lines", lines).write("../script.vim", script);
    let mut command = sandbox.program(Path::new("vim"), &sandbox.now());
    let done = command.args(["-es", "-u", "NONE", "-i", "NONE", "-n", "-S", "../script.vim"]).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    Some(serde_json::from_str(&sandbox.read("../seen")).unwrap())
}

#[test]
fn vim_reads_the_lines_and_goes_to_each_place() {
    let sandbox = with_findings();
    let output = sandbox.run(&["check", "--format", "line"]);
    let Some(seen) = vim(&sandbox, &output.stdout) else { return };
    let findings = sandbox.run(&["check", "--json"]).json();
    let findings = findings.as_array().unwrap();
    assert_eq!(seen.as_array().unwrap().len(), findings.len());
    for (entry, line) in seen.as_array().unwrap().iter().zip(output.stdout.lines()) {
        let place = format!("{}:{}:", entry[0].as_str().unwrap(), entry[1]);
        assert!(line.starts_with(&place) && entry[3] == 1, "{line} is {entry}");
        assert!(line.ends_with(entry[4].as_str().unwrap()), "{line} is {entry}");
        assert!(["e", "w", "a"].iter().any(|letter| entry[2] == *letter), "{line} is {entry}");
    }
}

/// The properties of a workflow command, by GitHub's page; a line that is none fails.
fn properties(line: &str) -> Vec<(&str, &str)> {
    let (command, rest) = line.strip_prefix("::").and_then(|rest| rest.split_once(' ')).unwrap();
    assert!(["error", "warning", "notice"].contains(&command), "{line}");
    let (properties, message) = rest.split_once("::").unwrap();
    assert!(!message.is_empty() && !message.contains(['\r', '\u{1b}']), "{line}");
    properties.split(',').map(|property| property.split_once('=').unwrap()).collect()
}

#[test]
fn each_line_for_github_is_a_command_of_its_workflows() {
    let sandbox = with_findings();
    let output = sandbox.run(&["check", "--format", "github"]);
    for line in output.stdout.lines() {
        for (key, value) in properties(line) {
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{line}");
            let is_text = key == "file" || key == "title";
            assert!(!value.is_empty() && (is_text || value.parse::<usize>().is_ok()), "{line}");
        }
    }
}
