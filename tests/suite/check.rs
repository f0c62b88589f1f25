//! `check`: every format, the exit status, the names it takes; a record that CI holds to the process.

use serde_json::Value;
use snapbox::str;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

/// Two incidents: one closed by force without a postmortem, one open since a few minutes.
fn two_incidents() -> (Sandbox, String, String) {
    let sandbox = Sandbox::adopted();
    let closed = sandbox.open("Auth is down", &["--team", "QPP-FE", "--pagerduty", "PD-1", "--summary", "Logins failed."]);
    sandbox.run(&["ack", &closed]).success();
    sandbox.run(&["resolve", &closed, "The pool has its old size again."]).success();
    sandbox.run(&["close", &closed, "--force", "Nobody else is awake."]).success();
    sandbox.at("2026-11-24T15:00:00Z");
    let open = sandbox.open("Disk <full> & slow", &["--pagerduty", "PD-2", "--impact", "3 of 4 disks."]);
    (sandbox, closed, open)
}

fn rules_of(output: &Output) -> Vec<String> {
    let findings = output.json();
    let of_rule = |finding: &Value| finding.get("rule").and_then(Value::as_str).unwrap().to_owned();
    findings.as_array().unwrap().iter().map(of_rule).collect()
}

#[test]
fn findings_stand_under_their_incident_with_what_mends_them() {
    let (sandbox, ..) = two_incidents();
    sandbox.run(&["check"]).status_is(3).shows(str![[r#"
The repository
incidents/config.yaml:1:1: advice [live-link] status updates can only name the file: nothing says where the live document is read
  help: share: url: in incidents/config.yaml, with {branch} and {path}, or a remote at GitHub, GitLab or Bitbucket

INC-AAAAA Auth is down (closed)
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [cms-process-missing] closed, and nothing says that the formal CMS process was started
  help: qpp-incident set INC-AAAAA cms_process=REFERENCE
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [outage-times] nothing says the end of the outage
  help: qpp-incident set INC-AAAAA outage_ended_at=TIME --reason TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [outage-times] nothing says the start of the outage
  help: qpp-incident set INC-AAAAA outage_started_at=TIME --reason TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:4:1: error [commander-missing] closed, and nobody was ever incident commander
  help: qpp-incident reopen INC-AAAAA REASON, then qpp-incident assign-ic INC-AAAAA WHO
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:4:1: error [postmortem-missing] closed since 2026-11-23 00:02 EST, and there is no postmortem
  help: qpp-incident postmortem INC-AAAAA
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:18:1: advice [rca-missing] there is no RCA: it is due by 2026-11-24 23:59 EST
  help: qpp-incident rca INC-AAAAA
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:30:1: advice [impact-number] the impact is empty: how many users, requests or records, from when to when
  help: qpp-incident set INC-AAAAA impact=TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:34:1: warning [extent-empty] closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound
  help: qpp-incident set INC-AAAAA extent=TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:62:1: advice [detection-empty] nothing says how the team learned about the incident
  help: qpp-incident set INC-AAAAA detection=TEXT

INC-BBBBB Disk <full> & slow (open)
incidents/2026-11/24-bbbbb-disk-full-slow/incident.md:18:1: advice [summary-empty] the summary is empty: two sentences on what went wrong
  help: qpp-incident set INC-BBBBB summary=TEXT
--- stderr
2 errors, 4 warnings, 5 pieces of advice in 2 incidents
--- exit status 3

"#]]);
}

#[test]
fn a_sound_record_passes_without_a_word_on_standard_output() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["check"]).success().shows(str![[r#"
--- stderr
nothing found in 0 incidents

"#]]);
    let sound = include_str!("../../src/rules/check/sample/incident.md");
    let folder = "incidents/2026-11/22-k7qfm-many-errors";
    sandbox.write(&format!("{folder}/incident.md"), sound);
    let done = "---\nincident: INC-K7QFM\nstatus: done\ndone_at: 2026-11-23T09:00:00-05:00\n---\n# Report\n\n";
    let items = "## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| Check it | prevent | Ada | OPS-1 |\n";
    let parts = "## The problem\n\nLogins failed.\n\n## The response\n\nIt was undone.\n\n## The prevention\n\nA check.\n";
    for (report, body) in [("postmortem", items), ("rca", parts)] {
        sandbox.write(&format!("{folder}/{report}.md"), format!("{done}{body}"));
    }
    sandbox.write("incidents/config.yaml", "share:\n  url: https://incidents.example.org/{branch}/{path}\n");
    sandbox.at("2026-11-24T15:00:00Z").run(&["check", "--deny", "advice"]).success().shows(str![[r#"
--- stderr
nothing found in 1 incident

"#]]);
}

#[test]
fn json_is_an_array_with_every_key() {
    let (sandbox, closed, open) = two_incidents();
    let output = sandbox.run(&["check", "--json", &closed]).status_is(3);
    assert!(rules_of(&output).contains(&"postmortem-missing".to_owned()));
    assert_eq!(sandbox.run(&["check", "--format", "json", &closed]).stdout, output.stdout);
    sandbox.run(&["check", "--json", &open]).success().shows(str![[r#"
[
  {
    "schema": 1,
    "rule": "summary-empty",
    "level": "advice",
    "path": "incidents/2026-11/24-bbbbb-disk-full-slow/incident.md",
    "line": 18,
    "column": 1,
    "message": "the summary is empty: two sentences on what went wrong",
    "help": "qpp-incident set INC-BBBBB summary=TEXT",
    "incident": "INC-BBBBB",
    "commit": null
  }
]
--- stderr
1 piece of advice in 1 incident

"#]]);
}

#[test]
fn github_gets_a_command_for_each_finding() {
    let (sandbox, ..) = two_incidents();
    sandbox.run(&["check", "--format", "github"]).status_is(3).shows(str![[r#"
::notice file=incidents/config.yaml,line=1,col=1,title=live-link::status updates can only name the file: nothing says where the live document is read%0Ahelp: share: url: in incidents/config.yaml, with {branch} and {path}, or a remote at GitHub, GitLab or Bitbucket
::warning file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=1,col=1,title=cms-process-missing::closed, and nothing says that the formal CMS process was started%0Ahelp: qpp-incident set INC-AAAAA cms_process=REFERENCE
::warning file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=1,col=1,title=outage-times::nothing says the end of the outage%0Ahelp: qpp-incident set INC-AAAAA outage_ended_at=TIME --reason TEXT
::warning file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=1,col=1,title=outage-times::nothing says the start of the outage%0Ahelp: qpp-incident set INC-AAAAA outage_started_at=TIME --reason TEXT
::error file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=4,col=1,title=commander-missing::closed, and nobody was ever incident commander%0Ahelp: qpp-incident reopen INC-AAAAA REASON, then qpp-incident assign-ic INC-AAAAA WHO
::error file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=4,col=1,title=postmortem-missing::closed since 2026-11-23 00:02 EST, and there is no postmortem%0Ahelp: qpp-incident postmortem INC-AAAAA
::notice file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=18,col=1,title=rca-missing::there is no RCA: it is due by 2026-11-24 23:59 EST%0Ahelp: qpp-incident rca INC-AAAAA
::notice file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=30,col=1,title=impact-number::the impact is empty: how many users, requests or records, from when to when%0Ahelp: qpp-incident set INC-AAAAA impact=TEXT
::warning file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=34,col=1,title=extent-empty::closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound%0Ahelp: qpp-incident set INC-AAAAA extent=TEXT
::notice file=incidents/2026-11/22-aaaaa-auth-is-down/incident.md,line=62,col=1,title=detection-empty::nothing says how the team learned about the incident%0Ahelp: qpp-incident set INC-AAAAA detection=TEXT
::notice file=incidents/2026-11/24-bbbbb-disk-full-slow/incident.md,line=18,col=1,title=summary-empty::the summary is empty: two sentences on what went wrong%0Ahelp: qpp-incident set INC-BBBBB summary=TEXT
--- stderr
2 errors, 4 warnings, 5 pieces of advice in 2 incidents
--- exit status 3

"#]]);
}

#[test]
fn junit_gets_a_suite_for_each_incident() {
    let (sandbox, ..) = two_incidents();
    sandbox.run(&["check", "--format", "junit"]).status_is(3).shows(str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="qpp-incident check" tests="11" failures="2" errors="0" time="0">
  <testsuite name="The repository" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="check" name="live-link incidents/config.yaml:1:1" time="0"><system-out>advice: status updates can only name the file: nothing says where the live document is read&#10;help: share: url: in incidents/config.yaml, with {branch} and {path}, or a remote at GitHub, GitLab or Bitbucket</system-out></testcase>
  </testsuite>
  <testsuite name="INC-AAAAA Auth is down (closed)" tests="9" failures="2" errors="0" skipped="0" time="0">
    <testcase classname="check" name="cms-process-missing incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1" time="0"><system-out>warning: closed, and nothing says that the formal CMS process was started&#10;help: qpp-incident set INC-AAAAA cms_process=REFERENCE</system-out></testcase>
    <testcase classname="check" name="outage-times incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1" time="0"><system-out>warning: nothing says the end of the outage&#10;help: qpp-incident set INC-AAAAA outage_ended_at=TIME --reason TEXT</system-out></testcase>
    <testcase classname="check" name="outage-times incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1" time="0"><system-out>warning: nothing says the start of the outage&#10;help: qpp-incident set INC-AAAAA outage_started_at=TIME --reason TEXT</system-out></testcase>
    <testcase classname="check" name="commander-missing incidents/2026-11/22-aaaaa-auth-is-down/incident.md:4:1" time="0"><failure type="error" message="closed, and nobody was ever incident commander">closed, and nobody was ever incident commander&#10;help: qpp-incident reopen INC-AAAAA REASON, then qpp-incident assign-ic INC-AAAAA WHO</failure></testcase>
    <testcase classname="check" name="postmortem-missing incidents/2026-11/22-aaaaa-auth-is-down/incident.md:4:1" time="0"><failure type="error" message="closed since 2026-11-23 00:02 EST, and there is no postmortem">closed since 2026-11-23 00:02 EST, and there is no postmortem&#10;help: qpp-incident postmortem INC-AAAAA</failure></testcase>
    <testcase classname="check" name="rca-missing incidents/2026-11/22-aaaaa-auth-is-down/incident.md:18:1" time="0"><system-out>advice: there is no RCA: it is due by 2026-11-24 23:59 EST&#10;help: qpp-incident rca INC-AAAAA</system-out></testcase>
    <testcase classname="check" name="impact-number incidents/2026-11/22-aaaaa-auth-is-down/incident.md:30:1" time="0"><system-out>advice: the impact is empty: how many users, requests or records, from when to when&#10;help: qpp-incident set INC-AAAAA impact=TEXT</system-out></testcase>
    <testcase classname="check" name="extent-empty incidents/2026-11/22-aaaaa-auth-is-down/incident.md:34:1" time="0"><system-out>warning: closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound&#10;help: qpp-incident set INC-AAAAA extent=TEXT</system-out></testcase>
    <testcase classname="check" name="detection-empty incidents/2026-11/22-aaaaa-auth-is-down/incident.md:62:1" time="0"><system-out>advice: nothing says how the team learned about the incident&#10;help: qpp-incident set INC-AAAAA detection=TEXT</system-out></testcase>
  </testsuite>
  <testsuite name="INC-BBBBB Disk &lt;full&gt; &amp; slow (open)" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="check" name="summary-empty incidents/2026-11/24-bbbbb-disk-full-slow/incident.md:18:1" time="0"><system-out>advice: the summary is empty: two sentences on what went wrong&#10;help: qpp-incident set INC-BBBBB summary=TEXT</system-out></testcase>
  </testsuite>
</testsuites>
--- stderr
2 errors, 4 warnings, 5 pieces of advice in 2 incidents
--- exit status 3

"#]]);
}

#[test]
fn sarif_lists_the_rules_and_the_results() {
    let (sandbox, _, open) = two_incidents();
    let output = sandbox.run(&["check", "--format", "sarif", &open]).success();
    let log = output.json();
    let rules = log.pointer("/runs/0/tool/driver/rules").and_then(Value::as_array).unwrap();
    assert!(rules.iter().any(|rule| rule.get("id").and_then(Value::as_str) == Some("postmortem-missing")));
    let results = serde_json::to_string_pretty(log.pointer("/runs/0/results").unwrap()).unwrap();
    crate::harness::snapshot::assert_snapshot(
        sandbox.redacted(&results),
        str![[r#"
[
  {
    "ruleId": "summary-empty",
    "ruleIndex": 23,
    "level": "note",
    "message": {
      "text": "the summary is empty: two sentences on what went wrong\nhelp: qpp-incident set INC-BBBBB summary=TEXT"
    },
    "locations": [
      {
        "physicalLocation": {
          "artifactLocation": {
            "uri": "incidents/2026-11/24-bbbbb-disk-full-slow/incident.md",
            "uriBaseId": "%SRCROOT%"
          },
          "region": {
            "startLine": 18,
            "startColumn": 1
          }
        }
      }
    ]
  }
]
"#]],
    );
}

#[test]
fn quiet_prints_the_ids_that_fail() {
    let (sandbox, closed, open) = two_incidents();
    let output = sandbox.run(&["check", "-q"]).status_is(3);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (format!("{closed}\n").as_str(), ""));
    let all = sandbox.run(&["check", "-q", "--deny", "advice"]).status_is(3);
    assert_eq!(all.stdout, format!("{closed}\n{open}\n"));
}

#[test]
fn weaker_findings_fail_when_they_are_denied() {
    let (sandbox, _, open) = two_incidents();
    sandbox.run(&["check", &open]).success();
    sandbox.run(&["check", &open, "--deny", "warning"]).success();
    sandbox.run(&["check", &open, "--deny", "advice"]).status_is(3);
}

#[test]
fn settings_change_levels_and_a_rule_that_does_not_exist_is_named() {
    let (sandbox, closed, _) = two_incidents();
    let config = "check:\n  postmortem-missing: off\n  commander-missing: warning\n";
    sandbox.write("incidents/config.yaml", config);
    let found = sandbox.run(&["check", &closed, "--json"]).success();
    assert!(!rules_of(&found).contains(&"postmortem-missing".to_owned()));
    sandbox.write("incidents/config.yaml", format!("{config}  postmortem-mising: off\n"));
    sandbox.run(&["check", "incidents", "-q"]).status_is(3);
    let found = sandbox.run(&["check"]).status_is(3);
    let repository: Vec<&str> =
        found.stdout.lines().filter(|line| !line.contains("share: url:") && !line.contains("[live-link]")).take(3).collect();
    assert_eq!(
        repository,
        [
            "The repository",
            "incidents/config.yaml:4:1: error [config] `check.postmortem-mising` names no rule; the nearest is `postmortem-missing`",
            "  help: call it `postmortem-missing`, or take the line away; docs/checks.md of qpp-incident lists every rule"
        ]
    );
}

#[test]
fn files_that_cannot_be_read_are_findings_and_stop_nothing() {
    let (sandbox, closed, open) = two_incidents();
    sandbox.write("incidents/config.yaml", "chat: [\n").write("incidents/teams.yaml", b"\xff");
    let text = sandbox.read(&sandbox.document_of(&open));
    sandbox.write(&sandbox.document_of(&open), text.replace("status: open", "status: ajar"));
    sandbox.write(&format!("{}/postmortem.md", sandbox.folder_of(&closed)), b"---\n\xff");
    sandbox.run(&["check"]).status_is(3).shows(str![[r#"
The repository
incidents/config.yaml:1:1: advice [live-link] status updates can only name the file: nothing says where the live document is read
  help: share: url: in incidents/config.yaml, with {branch} and {path}, or a remote at GitHub, GitLab or Bitbucket
incidents/config.yaml:1:7: error [config] unclosed bracket '['
  help: ${EDITOR:-vi} +1 incidents/config.yaml
incidents/teams.yaml:1:1: error [teams] not UTF-8 text
  help: ${EDITOR:-vi} +1 incidents/teams.yaml

INC-AAAAA Auth is down (closed)
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [cms-process-missing] closed, and nothing says that the formal CMS process was started
  help: qpp-incident set INC-AAAAA cms_process=REFERENCE
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [outage-times] nothing says the end of the outage
  help: qpp-incident set INC-AAAAA outage_ended_at=TIME --reason TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:1:1: warning [outage-times] nothing says the start of the outage
  help: qpp-incident set INC-AAAAA outage_started_at=TIME --reason TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:4:1: error [commander-missing] closed, and nobody was ever incident commander
  help: qpp-incident reopen INC-AAAAA REASON, then qpp-incident assign-ic INC-AAAAA WHO
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:18:1: advice [rca-missing] there is no RCA: it is due by 2026-11-24 23:59 EST
  help: qpp-incident rca INC-AAAAA
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:30:1: advice [impact-number] the impact is empty: how many users, requests or records, from when to when
  help: qpp-incident set INC-AAAAA impact=TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:34:1: warning [extent-empty] closed, and nothing says the extent of the damage: what was affected, and what was checked and found sound
  help: qpp-incident set INC-AAAAA extent=TEXT
incidents/2026-11/22-aaaaa-auth-is-down/incident.md:62:1: advice [detection-empty] nothing says how the team learned about the incident
  help: qpp-incident set INC-AAAAA detection=TEXT
incidents/2026-11/22-aaaaa-auth-is-down/postmortem.md:2:1: error [front-matter] not UTF-8 text
  help: ${EDITOR:-vi} +2 incidents/2026-11/22-aaaaa-auth-is-down/postmortem.md

INC-BBBBB (cannot be read)
incidents/2026-11/24-bbbbb-disk-full-slow/incident.md:4:1: error [front-matter] `status`: `ajar` is not a status (open, acknowledged, mitigated, resolved, closed)
  help: ${EDITOR:-vi} +4 incidents/2026-11/24-bbbbb-disk-full-slow/incident.md
--- stderr
5 errors, 4 warnings, 4 pieces of advice in 2 incidents
--- exit status 3

"#]]);
}

#[test]
fn what_the_commands_write_does_not_contradict_itself() {
    let sandbox = Sandbox::adopted();
    let id = sandbox.open("Auth is down", &["--reported-at", "2026-11-23T04:50:00Z", "--pagerduty", "PD-1"]);
    let steps: [&[&str]; 14] = [
        &["ack", &id],
        &["log", &id, "--at", "2026-11-23T04:55:00Z", "Saw it on the graph."],
        &["set", &id, "outage_started_at=2026-11-23T04:40:00Z", "--reason", "First error."],
        &["mitigate", &id, "Half of it is back.", "--restored", "50"],
        &["mitigate", &id, "More of it.", "--restored", "80"],
        &["resolve", &id, "All of it."],
        &["close", &id, "--force", "Nobody else is awake."],
        &["reopen", &id, "It is back."],
        &["mitigate", &id, "Again half."],
        &["log", &id, "A slip."],
        &["correct", &id, "last", "--void", "A slip."],
        &["resolve", &id, "Really all of it."],
        &["close", &id, "--force", "Still nobody."],
        &["reopen", &id, "And again."],
    ];
    for step in steps {
        sandbox.run(step).success();
        let found = sandbox.run(&["check", "--json", &id]);
        for rule in [
            "status-timeline",
            "by-hand-event",
            "instants-order",
            "entry-order",
            "entry-unread",
            "day-heading",
            "unique-id",
            "front-matter",
        ] {
            assert!(!rules_of(&found).contains(&rule.to_owned()), "{rule} after {step:?}\n{found}");
        }
    }
}

#[test]
fn conflict_markers_are_named() {
    let (sandbox, _, open) = two_incidents();
    let text = sandbox.read(&sandbox.document_of(&open));
    sandbox.write(&sandbox.document_of(&open), text.replace("## Summary", "<<<<<<< HEAD\n## Summary\n=======\n>>>>>>> theirs"));
    sandbox.run(&["check", &open]).status_is(3).shows(str![[r#"
INC-BBBBB (cannot be read)
incidents/2026-11/24-bbbbb-disk-full-slow/incident.md:18:1: error [conflict-markers] a conflict marker stands here: a merge was not finished
  help: qpp-incident repair INC-BBBBB
--- stderr
1 error in 1 incident
--- exit status 3

"#]]);
}

#[test]
fn two_incidents_with_one_id_are_told_apart_by_their_paths() {
    let (sandbox, closed, _) = two_incidents();
    let text = sandbox.read(&sandbox.document_of(&closed));
    let copy = sandbox.folder_of(&closed).replace("2026-11", "2026-12");
    sandbox.write(&format!("{copy}/incident.md"), text);
    let found = sandbox.run(&["check"]).status_is(3);
    let lines: Vec<&str> = found.stdout.lines().filter(|line| line.contains("[unique-id]")).collect();
    assert_eq!(lines.len(), 1, "{found}");
    assert!(lines[0].starts_with(&format!(
        "{copy}/incident.md:2:1: error [unique-id] {closed} is the id of this incident, and is the id of incidents/2026-11/"
    )));
}

#[test]
fn an_incident_is_named_in_every_form_and_several_at_once() {
    let (sandbox, closed, open) = two_incidents();
    let incidents = |names: &[&str]| {
        let found = sandbox.run(&[&["check", "--deny", "advice", "-q"], names].concat()).status_is(3);
        found.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let folder = sandbox.folder_of(&closed);
    let short = closed.trim_start_matches("INC-").to_lowercase();
    for name in [closed.as_str(), &short, "auth-is-down", &folder, &format!("{folder}/incident.md"), &format!("./{folder}")] {
        assert_eq!(incidents(&[name]), std::slice::from_ref(&closed), "{name}");
    }
    assert_eq!(incidents(&["-i", &closed]), std::slice::from_ref(&closed));
    assert_eq!(incidents(&[&open, &closed, "auth-is-down"]), [closed.clone(), open.clone()]);
    for folder in ["incidents/2026-11", "incidents", ".", "2026-11/"] {
        assert_eq!(incidents(&[folder]), [closed.clone(), open.clone()], "{folder}");
    }
    sandbox.env("QPP_INCIDENT", &open);
    assert_eq!(incidents(&[]).len(), 2, "the variable narrows nothing");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let (sandbox, ..) = two_incidents();
    sandbox.run(&["check", "nothing-like-it"]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named `nothing-like-it`
hint: qpp-incident list --all
--- exit status 1

"#]]);
    sandbox.run(&["check", "--json", "--format", "sarif"]).status_is(2);
    sandbox.run(&["check", "--format", "yaml"]).status_is(2);
    Sandbox::new().run(&["check"]).status_is(1);
}

#[test]
fn nothing_is_changed_and_a_shallow_detached_clone_is_enough() {
    let (sandbox, ..) = two_incidents();
    let source = format!("file://{}", sandbox.path("").display());
    sandbox.git(&["clone", "--quiet", "--depth", "1", &source, "../ci"]).success();
    sandbox.git_in("../ci", &["checkout", "--quiet", "--detach"]).success();
    let here = sandbox.run(&["check", "--format", "github"]).status_is(3);
    let there = sandbox.run_in("../ci", &["check", "--format", "github"]).status_is(3);
    assert_eq!(there.stdout, here.stdout);
    assert_eq!(sandbox.git_in("../ci", &["status", "--porcelain"]).stdout, "");
}

#[test]
fn what_is_not_pushed_is_said_once_for_the_repository() {
    let (sandbox, _, open) = two_incidents();
    sandbox.git(&["init", "--quiet", "--bare", "../shared.git"]).success();
    sandbox.git(&["remote", "add", "origin", "../shared.git"]).success();
    sandbox.git(&["push", "--quiet", "-u", "origin", "main"]).success();
    sandbox.run(&["log", &open, "Ordered a disk."]).success();
    let found = sandbox.run(&["check"]);
    assert!(
        found.stdout.starts_with(
            "The repository\nadvice [not-pushed] 1 commit is not pushed: others do not see it yet\n  help: qpp-incident sync\n"
        )
    );
    assert!(!sandbox.run(&["check", &open]).stdout.contains("not-pushed"));
}

#[test]
fn entries_that_are_kept_are_counted() {
    let (sandbox, _, open) = two_incidents();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run(&["log", &open, "Ordered a disk."]).status_is(75);
    let found = sandbox.run(&["check", &open]).success();
    let kept: Vec<&str> = found.stdout.lines().filter(|line| line.contains("[kept-entries]")).collect();
    assert_eq!(kept.len(), 1, "{found}");
    assert!(
        kept[0].contains("warning [kept-entries] 1 entry is kept, not yet in the document: cannot commit: no branch is checked out"),
        "{found}"
    );
}

#[test]
fn a_plain_folder_is_checked_without_git_and_says_what_it_skips() {
    let (sandbox, closed, open) = two_incidents();
    let whole = sandbox.run(&["check", "--json"]).status_is(3).stdout;
    let folder = sandbox.run(&["check", "2026-11", "--json"]).stdout;
    std::fs::remove_dir_all(sandbox.path(".git")).unwrap();
    let plain = sandbox.run(&["check", "--json"]).status_is(3);
    let without_link = |text: &str| {
        let found: Vec<Value> = serde_json::from_str(text).unwrap();
        found.into_iter().filter(|finding| finding["rule"] != "live-link").collect::<Vec<_>>()
    };
    assert_eq!(without_link(&plain.stdout), without_link(&whole));
    assert!(plain.stderr.contains("no git to ask at "), "{}", plain.stderr);
    assert!(plain.stderr.contains("the files alone are checked; skipped: kept-entries, live-link, not-pushed"), "{}", plain.stderr);
    assert_eq!(sandbox.run(&["check", "2026-11", "--json"]).stdout, folder);
    for name in [closed.as_str(), "auth-is-down", &sandbox.document_of(&closed)] {
        let found = sandbox.run(&["check", name, "--json"]).status_is(3);
        assert!(rules_of(&found).contains(&"postmortem-missing".to_owned()), "{name}");
    }
    sandbox.run(&["check", &open, "--deny", "warning"]).success();
    let unknown = sandbox.run(&["check", "INC-ZZZZZ"]).status_is(1);
    assert!(unknown.stderr.contains("error: no incident is named `INC-ZZZZZ` in "), "{}", unknown.stderr);
    std::fs::remove_dir_all(sandbox.path("incidents")).unwrap();
    assert!(sandbox.run(&["check"]).status_is(1).stderr.contains("error: no git repository at "));
}
