//! `log`: one more line, whatever stands in the way.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn a_line_is_added_committed_and_echoed() {
    let (sandbox, id) = Sandbox::acknowledged();
    let logged = sandbox.run(&["log", &id, "Restarted the auth database.", "--evidence", "https://x.example.org/graph?a=1"]);
    logged.success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: Restarted the auth database. [x.example.org](https://x.example.org/graph?a=1) — Grace Hopper

"#]]);
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA log: Restarted the auth database.

Incident: INC-AAAAA
Event: log
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.git(&["show", "--format=", "--unified=0", "HEAD"]).shows(str![[r#"
diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
index [..]
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -16 +16 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
-**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:00 EST
+**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:01 EST
@@ -40,0 +41 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
+- 00:01 EST: Restarted the auth database. [x.example.org](https://x.example.org/graph?a=1) — Grace Hopper

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn a_line_of_the_past_says_when_it_was_logged() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "--at", "23:30", "Paged the database team."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 23:30 EST: Paged the database team. (logged 2026-11-23 00:01) — Grace Hopper
--- stderr
`23:30` is 2026-11-22 23:30 EST

"#]]);
    sandbox.run(&["log", &id, "--at", "3 hours ago", "First error."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 21:02 EST: First error. (logged 2026-11-23 00:02) — Grace Hopper
--- stderr
`3 hours ago` is 2026-11-22 21:02 EST

"#]]);
}

#[test]
fn the_text_may_be_piped_or_written_in_the_editor() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run_stdin(&["log", &id], "one line\n- 12:00 EST: not an entry\n").success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: one line — Grace Hopper
    \- 12:00 EST: not an entry

"#]]);
    sandbox.env("EDITOR", "sh -c 'echo Written in the editor. > \"$0\"'");
    sandbox.run(&["log", &id, "-e"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: Written in the editor. — Grace Hopper

"#]]);
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["timeline"].as_array().unwrap().len(), 4);
}

#[test]
fn what_cannot_be_recorded_is_named() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What happened?
--- exit status 2

"#]]);
    sandbox.run_stdin(&["log", &id], b"\xff\xfe").status_is(1).shows(str![[r#"
--- stderr
error: standard input is not UTF-8: the byte at offset 0 does not fit
hint: pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in
--- exit status 1

"#]]);
    sandbox.run(&["log", &id, "--at", "23:99", "x"]).status_is(2).shows(str![[r#"
--- stderr
error: `23:99` is not a time
hint: say `14:05`, `14:05 EST`, `2:05pm`, `2026-11-22 14:05`, `2026-11-22T14:05:00-05:00`, `10 minutes ago`, `1h30m ago`, `today 14:05`, `yesterday 14:05` or `now`
--- exit status 2

"#]]);
    sandbox.run(&["log", &id, "--at", "2026-12-24 10:00", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: 2026-12-24 10:00 EST is in the future: it is 2026-11-23 00:04 EST now
hint: no later than "2026-11-23 00:04 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    sandbox.run(&["log", &id, "--evidence", "javascript:alert(1)", "x"]).status_is(2).shows(str![[r#"
--- stderr
error: `javascript:alert(1)` is not a link that others can open
hint: --evidence https://…
--- exit status 2

"#]]);
    sandbox.run(&["log", "INC-ZZZZZ", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named `INC-ZZZZZ`; the nearest:
  INC-AAAAA Many errors on Auth service (acknowledged)
hint: qpp-incident list --all
--- exit status 1

"#]]);
    sandbox.run(&["log", &id, "-e", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: no editor is set
hint: export EDITOR=nano
--- exit status 1

"#]]);
    sandbox.env("EDITOR", "no-such-editor");
    sandbox.run(&["log", &id, "-e", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: the editor `no-such-editor` could not be started: there is no such program
hint: export EDITOR=nano
--- exit status 1

"#]]);
}

#[test]
fn a_broken_document_keeps_the_entry_until_it_is_mended() {
    let (sandbox, id) = Sandbox::acknowledged();
    let path = sandbox.document_of(&id);
    let sound = sandbox.read(&path);
    sandbox.write(&path, sound.replace("status: acknowledged", "status: : acknowledged"));
    sandbox.run(&["log", &id, "Restarted the auth database."]).status_is(75).shows(str![[r#"
INC-AAAAA
--- stderr
warning: kept, not yet in the document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:4:9: mapping values are not allowed in this context
the next command on this incident that can commits it
--- exit status 75

"#]]);
    sandbox.run(&["mitigate", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: cannot read incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:4:9: mapping values are not allowed in this context
hint: ${EDITOR:-vi} +4 incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- exit status 1

"#]]);
    sandbox.write(&path, &sound);
    sandbox.run(&["log", &id, "And the cache."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: And the cache. — Grace Hopper
--- stderr
warning: 1 kept entry is in the document now

"#]]);
    sandbox.git(&["log", "-2", "--format=%s"]).shows(str![[r#"
INC-AAAAA log: And the cache.
INC-AAAAA log: Restarted the auth database.

"#]]);
    assert_eq!(sandbox.read(&path).matches("Restarted the auth database.").count(), 1);
}

#[test]
fn nothing_is_written_with_dry_run() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["log", &id, "--dry-run", "Restarted the auth database."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -13,7 +13,7 @@
 ---
 # Many errors on Auth service (incident #INC-AAAAA)
 
-**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:00 EST
+**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:01 EST
 **Incident Commander:** none yet · **Chat:** QPP Incidents
 **Date:** 2026-11-22 · **Authors:** Grace Hopper
 
@@ -38,6 +38,7 @@
 ### 2026-11-23
 
 - 00:00 EST: **Acknowledged.** — Grace Hopper
+- 00:01 EST: Restarted the auth database. — Grace Hopper
 
 ## Root Causes
 
--- stderr
nothing was written (--dry-run)

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn words_behind_dashes_are_never_an_incident() {
    let (sandbox, _) = Sandbox::acknowledged();
    let answer = sandbox.run(&["--json", "log", "--", "INC-7Z7Z7", "was closed by mistake"]).success().json();
    assert_eq!(answer["entries"][0]["text"], "INC-7Z7Z7 was closed by mistake");
}

#[test]
fn quiet_prints_the_id_alone() {
    let (sandbox, id) = Sandbox::acknowledged();
    assert_eq!(sandbox.run(&["-q", "log", "x"]).success().stdout, format!("{id}\n"));
}

#[test]
fn what_is_pasted_stays_whole_and_no_name_stands_in_it() {
    let (sandbox, id) = Sandbox::acknowledged();
    let pasted = [
        "New nodes are up (old ones are still draining),\nand `kubectl logs` still fails with:\n\n```\nNo SSH tunnels\n```",
        "- deleted all pods of the node\n  - (it does not help)\n- reset the node by hand",
        "```\n$ kubectl get pods\nNAME  READY\n```",
        "The hub pod is deleted.\nIt comes back\non a new node.",
    ];
    for text in pasted {
        sandbox.run_stdin(&["log", &id], text).success();
    }
    let document = sandbox.read(&sandbox.document_of(&id));
    let start = document.find("- 00:01").unwrap();
    let timeline = document[start..].split("\n## ").next().unwrap();
    snapbox::assert_data_eq!(
        timeline,
        str![[r#"
- 00:01 EST: New nodes are up (old ones are still draining), and `kubectl logs` still fails with: — Grace Hopper

  ```
  No SSH tunnels
  ```
- 00:02 EST: — Grace Hopper
  - deleted all pods of the node
    - (it does not help)
  - reset the node by hand
- 00:03 EST: — Grace Hopper

  ```
  $ kubectl get pods
  NAME  READY
  ```
- 00:04 EST: The hub pod is deleted. — Grace Hopper

  It comes back
  on a new node.

"#]]
    );
    sandbox.git(&["log", "-4", "--format=%s"]).shows(str![[r#"
INC-AAAAA log: The hub pod is deleted.
INC-AAAAA log: $ kubectl get pods
INC-AAAAA log: deleted all pods of the node
INC-AAAAA log: New nodes are up (old ones are still draining), and…

"#]]);
}

#[test]
fn a_date_long_before_the_incident_is_told() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "--at", "2025-11-22 23:40", "Deployed 4.2.1."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 23:40 EST: Deployed 4.2.1. (logged 2026-11-23 00:01) — Grace Hopper
--- stderr
`2025-11-22 23:40` is 2025-11-22 23:40 EST
warning: 2025-11-22 23:40 EST is 365 d before the incident; if the date is wrong: qpp-incident correct INC-AAAAA "2025-11-22 23:40 EST" --time TIME

"#]]);
    let kept = sandbox.run(&["--json", "log", &id, "--at", "2026-11-16 23:40", "The certificate was renewed."]).success().json();
    assert_eq!(kept["warnings"], serde_json::json!([]));
}

#[test]
fn the_answer_knows_the_address_of_somebody_whom_the_document_does_not_list() {
    let (sandbox, id) = Sandbox::acknowledged();
    let answer = sandbox.run(&["--json", "log", &id, "x", "--by", "Kim Ortiz <kim@example.org>"]).success().json();
    assert_eq!(answer["entries"][0]["by"]["email"], "kim@example.org");
    assert_eq!(answer["entries"][0]["recorded_by"]["email"], "grace@example.org");
}
