//! `postmortem`: written from what the document knows, continued after a reopening, done when nothing is left to write.

use snapbox::str;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

/// An incident from its first report to its close, with evidence, a correction, a void and a redacted entry, and a cause.
fn told() -> (Sandbox, String) {
    let sandbox = Sandbox::adopted();
    let facts = ["--reporter", "Jeff Lee <jeff@example.org>", "--severity", "2", "--service", "Auth", "--started-at", "23:50"];
    let id = sandbox.open("Many errors on Auth service", &[&facts[..], &["--summary", "Logins failed for 70 minutes."]].concat());
    let run = |arguments: &[&str]| drop(sandbox.run(arguments).success());
    sandbox.at("2026-11-23T05:04:10Z");
    run(&["ack"]);
    run(&["assign-ic", "Ada Byron <ada@example.org>"]);
    run(&["log", "Restarted the auth database.", "--evidence", "https://splunk.example.com/search?q=1"]);
    run(&["log", "Restarted the wrong pool."]);
    run(&["correct", "00:06", "Restarted the auth *replica*."]);
    run(&["correct", "00:07", "--void", "It belongs to another incident."]);
    run(&["log", "The token is 12345."]);
    run(&["redact", "00:10", "a secret"]);
    run(&["log", "--kind", "cause", "The pool was cut to 5 connections."]);
    run(&["action", "add", "Add an alert on the pool | size.", "--type", "detect", "--owner", "ada", "--issue", "OPS-12"]);
    run(&["mitigate", "Switched logins to the standby.", "--restored", "60", "--type", "operational"]);
    run(&["resolve", "The pool has its old size again.", "--ended-at", "00:14", "--at", "00:14"]);
    run(&["close", "--force", "everybody is asleep"]);
    (sandbox, id)
}

fn postmortem_of(sandbox: &Sandbox, id: &str) -> String {
    format!("{}/postmortem.md", sandbox.folder_of(id))
}

/// Cuts every prompt out and says something in each empty part.
fn complete(sandbox: &Sandbox, id: &str) {
    let path = postmortem_of(sandbox, id);
    let mut text = sandbox.read(&path);
    let (guide, rest) = text.split_once("-->").unwrap();
    let mut rest = rest.to_owned();
    while let Some((before, after)) = rest.clone().split_once("<!--") {
        let said = if before.trim_end().ends_with(['.', '|']) || before.ends_with(")\n\n") { "" } else { "Said." };
        rest = format!("{before}{said}{}", after.split_once("-->").unwrap().1);
    }
    text = format!("{guide}-->{rest}");
    sandbox.write(&path, text);
}

fn head_of(sandbox: &Sandbox, path: &str) -> Output {
    sandbox.git(&["show", "--format=%an <%ae>%n%B", "-U2", "--", path]).success().without_blobs()
}

#[test]
fn a_closed_incident_gets_a_postmortem_with_all_that_is_known() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:17 EST: Wrote the postmortem draft: [postmortem.md](postmortem.md) — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
to write: Impact, Extent of the damage, Root Causes, Trigger, Resolution, Detection, Action Items, What went well, What went wrong, Where we got lucky
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
next: complete it in your editor, then qpp-incident postmortem INC-AAAAA --done

"#]]);
    sandbox.file(&postmortem_of(&sandbox, &id)).shows(str![[r#"
---
incident: INC-AAAAA
title: Many errors on Auth service
date: 2026-11-22
authors:
  - Grace Hopper <grace@example.org>
status: draft
---
# Many errors on Auth service (incident #INC-AAAAA)

<!--
How to write a good postmortem:
Be precise. Refer to specific items and actions taken, not vague categories. No superfluous adjectives.
Use simple language: a 6th-grade reading level or lower.
Don't assign blame or use judgmental language, on yourself or others.
Write in the 3rd person, as the team: no "I", "my", "me", "we".
Don't use the passive voice, except to avoid assigning blame: "Sally copied the logs", not "the logs were copied".
Be comprehensive. Rather more about the incident than less. The timeline marks Outage start, Outage end, Incident start and Incident end.
Don't use casual language: no informal words, no joking.
Connect the dots: how and why the team came to its conclusions.
-->

**Date:** 2026-11-22
**Authors:** Grace Hopper
**Status:** closed · **Severity:** SEV-2 · **Incident Commander:** Ada Byron

## Summary

Logins failed for 70 minutes.

## Impact

- Services: Auth
- Outage: 2026-11-22 23:50 EST to 2026-11-23 00:14 EST (24 min)

<!-- Taken from the record: check it and complete it. -->

### Extent of the damage

<!-- What was affected, and which other parts were checked and found sound. Who had to be notified. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:50 EST: **Outage start.**
- 23:59 EST: **Opened.** Many errors on Auth service. — Grace Hopper

### 2026-11-23

- 00:04 EST: **Acknowledged.** — Grace Hopper
- 00:04 EST: **Incident start.**
- 00:05 EST: **Commander.** Ada Byron <ada@example.org> — Grace Hopper
- 00:06 EST: Restarted the auth database. [splunk.example.com](https://splunk.example.com/search?q=1) — Grace Hopper
- 00:07 EST: Restarted the wrong pool. — Grace Hopper
- 00:08 EST: **Correction.** 2026-11-23 00:06 EST "Restarted the auth database.": Restarted the auth *replica*. — Grace Hopper
- 00:09 EST: **Void.** 2026-11-23 00:07 EST "Restarted the wrong pool.": It belongs to another incident. — Grace Hopper
- 00:10 EST: [redacted 2026-11-23: a secret] — Grace Hopper
- 00:11 EST: **Redacted.** 2026-11-23 00:10 EST: a secret. — Grace Hopper
- 00:12 EST: **Cause.** The pool was cut to 5 connections. — Grace Hopper
- 00:13 EST: Action item A01: Add an alert on the pool | size. — Grace Hopper
- 00:14 EST: **Mitigated.** Switched logins to the standby. (60 % restored, operational) — Grace Hopper
- 00:14 EST: **Resolved.** The pool has its old size again. — Grace Hopper
- 00:14 EST: **Outage end.**
- 00:16 EST: **Closed.** By force: everybody is asleep. Not met: not asked yet. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
- 00:16 EST: **Incident end.**

## Root Causes

- 2026-11-23 00:12 EST: The pool was cut to 5 connections. — Grace Hopper

<!-- Taken from the record: check it and complete it. -->

## Trigger

<!-- What caused the incident: the change or event after which it began. -->

## Resolution

- 2026-11-23 00:14 EST: Switched logins to the standby. (60 % restored, operational) — Grace Hopper
- 2026-11-23 00:14 EST: The pool has its old size again. — Grace Hopper

<!-- Taken from the record: check it and complete it. -->

## Detection

- Reported: 2026-11-22 23:59 EST, 9 min after the outage began, by Jeff Lee

<!-- Taken from the record: check it and complete it. -->

## Action Items

| Action item | Type | Owner | Issue |
|---|---|---|---|
| A01 Add an alert on the pool \| size. | detect | Ada Byron | OPS-12 |

<!-- File a bug for each follow-up. Consider additional alerting, tests, or larger changes, and say which cause each one answers. -->

## Lessons Learned

### What went well

<!-- What limited the damage or sped up the response. -->

-

### What went wrong

<!-- What slowed the response or made the damage worse. Here the passive voice may avoid assigning blame. -->

-

### Where we got lucky

<!-- What could have made it worse, and did not by chance. -->

-

"#]]);
    head_of(&sandbox, &sandbox.document_of(&id)).shows(str![[r#"
Grace Hopper <grace@example.org>
INC-AAAAA postmortem: Wrote the postmortem draft: postmortem.md

    Wrote the postmortem draft: [postmortem.md](postmortem.md)

Incident: INC-AAAAA
Event: postmortem
Occurred-At: 2026-11-23T00:17:10-05:00
Entry: [hash]
Clock: supplied


diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -62,4 +62,5 @@ Logins failed for 70 minutes.
 - 00:14 EST: **Resolved.** The pool has its old size again. — Grace Hopper
 - 00:16 EST: **Closed.** By force: everybody is asleep. Not met: not asked yet. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
+- 00:17 EST: Wrote the postmortem draft: [postmortem.md](postmortem.md) — Grace Hopper
 
 ## Root Causes
@@ -85,4 +86,6 @@ Logins failed for 70 minutes.
 | A01 Add an alert on the pool \| size. | detect | Ada Byron | OPS-12 |
 
+Continued in [postmortem.md](postmortem.md)
+
 ## Lessons Learned
 

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
}

#[test]
fn running_it_again_changes_nothing_and_says_so() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem", &id]).success();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["postmortem"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
to write: Impact, Extent of the damage, Root Causes, Trigger, Resolution, Detection, Action Items, What went well, What went wrong, Where we got lucky
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
the postmortem is there already, a draft: nothing was changed
next: complete it in your editor, then qpp-incident postmortem INC-AAAAA --done

"#]]);
    let json = sandbox.run(&["postmortem", "--json"]).success().json();
    assert_eq!(
        (&json["event"], &json["commits"], &json["entries"]),
        (&serde_json::Value::Null, &serde_json::json!([]), &serde_json::json!([]))
    );
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}

#[test]
fn the_answer_in_json_says_what_is_to_be_written() {
    let (sandbox, id) = told();
    let json = sandbox.run(&["postmortem", "--json"]).success().json();
    assert_eq!(json["event"], "postmortem");
    assert_eq!(json["report"], postmortem_of(&sandbox, &id));
    assert_eq!(json["report_status"], "draft");
    assert_eq!(json["rca_due"], "2026-11-24T23:59:59-05:00");
    let parts: Vec<&str> = json["to_write"].as_array().unwrap().iter().map(|gap| gap["part"].as_str().unwrap()).collect();
    assert_eq!(parts[..3], ["Impact", "Extent of the damage", "Root Causes"]);
    assert_eq!(json["entries"][0]["text"], "Wrote the postmortem draft: [postmortem.md](postmortem.md)");
}

#[test]
fn a_dry_run_shows_both_files_and_writes_nothing() {
    let (sandbox, id) = told();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    let shown = sandbox.run(&["postmortem", "--dry-run"]).success().stdout;
    assert!(shown.contains("incident.md\n@@") && shown.contains("+status: draft\n") && shown.contains("+Continued in [postmortem.md]"));
    assert!(!sandbox.path(&postmortem_of(&sandbox, &id)).exists());
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}

#[test]
fn done_is_refused_while_something_is_to_be_written_and_each_is_named() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA has no postmortem yet
hint: qpp-incident postmortem INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["postmortem", &id]).success();
    sandbox.run(&["postmortem", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: the postmortem of INC-AAAAA is not finished: write each part and delete its prompt, in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md:
  line 36: `Impact` still holds a prompt
  line 40: `Extent of the damage` still holds a prompt
  line 72: `Root Causes` still holds a prompt
  line 76: `Trigger` still holds a prompt
  line 83: `Resolution` still holds a prompt
  line 89: `Detection` still holds a prompt
  line 97: `Action Items` still holds a prompt
  line 103: `What went well` still holds a prompt
  line 109: `What went wrong` still holds a prompt
  line 115: `Where we got lucky` still holds a prompt
hint: ${EDITOR:-vi} incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
--- exit status 1

"#]]);
    let path = postmortem_of(&sandbox, &id);
    complete(&sandbox, &id);
    let text = sandbox
        .read(&path)
        .replace("## Trigger\n", "## What set it off\n")
        .replace("## Detection\n\n", "## Detection\n\n<!-- my own note -->\n\n");
    let text = text.replace("- Reported: ", "").replace("2026-11-22 23:58 EST, 8 min after the outage began, by Jeff Lee", "");
    sandbox.write(&path, text);
    sandbox.run(&["postmortem", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: the postmortem of INC-AAAAA is not finished: write each part and delete its prompt, in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md:
  `Trigger` is missing
hint: ${EDITOR:-vi} incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
--- exit status 1

"#]]);
}

#[test]
fn a_postmortem_that_was_completed_by_hand_is_done_and_keeps_its_bytes() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem"]).success();
    complete(&sandbox, &id);
    let path = postmortem_of(&sandbox, &id);
    let edited = sandbox.read(&path).replace("status: draft", "status: 'draft' # until Friday\nreviewed_by: Pat");
    sandbox.write(&path, &edited);
    sandbox.run(&["postmortem", "--done"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:18 EST: The postmortem is done: [postmortem.md](postmortem.md) — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
grade [..] (ARI), [..]
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
warning: what was edited by hand was committed first, by itself
next: qpp-incident rca INC-AAAAA

"#]]);
    let done = edited.replace("status: 'draft' # until Friday\n", "status: done # until Friday\ndone_at: 2026-11-23T00:18:10-05:00\n");
    assert_eq!(sandbox.read(&path), done);
    sandbox.git(&["log", "-2", "--format=%s", "--name-only"]).shows(str![[r#"
INC-AAAAA postmortem-done: The postmortem is done: postmortem.md

incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
INC-AAAAA edit: by hand

incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md

"#]]);
    sandbox.run(&["postmortem", &id, "--done"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
grade [..] (ARI), [..]
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
the postmortem is there already, done: nothing was changed
next: qpp-incident rca INC-AAAAA

"#]]);
}

#[test]
fn done_by_force_is_on_record_with_what_is_not_met() {
    let (sandbox, _) = told();
    sandbox.run(&["postmortem"]).success();
    sandbox.run(&["postmortem", "--done", "--force", ""]).status_is(2);
    sandbox.run(&["postmortem", "--done", "--force", "the team was dissolved"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:19 EST: The postmortem is done: [postmortem.md](postmortem.md). By force: the team was dissolved. Not met: prompts or gaps in Impact, Extent of the damage, Root Causes, Trigger, Resolution, Detection, Action Items, What went well, What went wrong, Where we got lucky[..]. — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
grade [..] (ARI), [..]
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
next: qpp-incident rca INC-AAAAA

"#]]);
}

#[test]
fn done_is_refused_while_it_breaks_a_writing_rule_and_force_is_on_record() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem"]).success();
    complete(&sandbox, &id);
    let path = &postmortem_of(&sandbox, &id);
    let completed = sandbox.read(path).replace("## Impact\n", "## Impact\n\nWe saw it on our graph.\n");
    sandbox.write(path, &completed);
    let refused = sandbox.run(&["postmortem", "--done", "--json"]).status_is(1).json_error();
    assert_eq!(refused["error"]["code"], "lint");
    assert_eq!(refused["error"]["hint"], format!("qpp-incident lint {path}"));
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(message.contains("“We” is the first person [person/first] (×2)"), "{message}");
    assert_eq!(sandbox.read(path), completed);
    let forced = sandbox.run(&["postmortem", "--done", "--force", "It is quoted.", "--json"]).success().json();
    assert!(forced["entries"][0]["text"].as_str().unwrap().contains("Not met: writing rules: person/first ×2"), "{forced:#}");
    assert!(forced["reading"]["words"].as_u64() > Some(100) && forced["reading"]["ari"].is_f64(), "{forced:#}");
    let off = completed.replace("status: done", "status: draft");
    sandbox.write(path, off).write("incidents/config.yaml", "lint:\n  person/first: warning\n");
    sandbox.run(&["postmortem", "--done"]).success();
    sandbox.write("incidents/config.yaml", "lint:\n  person/frist: warning\n");
    sandbox.run(&["rca", "--done"]).status_is(1);
}

#[test]
fn after_a_reopening_and_another_close_it_is_continued_and_a_draft_again() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem"]).success();
    sandbox.run(&["action", "add", "Test the pool.", "--type", "prevent"]).success();
    sandbox.run(&["postmortem", "--done", "--force", "later"]).success();
    sandbox.run(&["reopen", &id, "Errors are back."]).success();
    sandbox.run(&["postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is acknowledged: its postmortem follows the close
hint: qpp-incident resolve INC-AAAAA "how"
--- exit status 1

"#]]);
    sandbox.run(&["log", "Found a second pool."]).success();
    sandbox.run(&["resolve", "Both pools have their old size.", "--ended-at", "00:23"]).success();
    sandbox.run(&["close", "--force", "it is late"]).success();
    sandbox.run(&["postmortem", &id, "--done"]).status_is(1);
    sandbox.run(&["postmortem", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:26 EST: Continued the postmortem draft: [postmortem.md](postmortem.md) — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
to write: Impact, Extent of the damage, Root Causes, Trigger, Resolution, Detection, Action Items, What went well, What went wrong, Where we got lucky
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
next: complete it in your editor, then qpp-incident postmortem INC-AAAAA --done

"#]]);
    sandbox.git(&["show", "--format=%s", "-U1", "--", &postmortem_of(&sandbox, &id)]).success().without_blobs().shows(str![[r#"
INC-AAAAA postmortem: Continued the postmortem draft: postmortem.md

diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
@@ -6,4 +6,3 @@ authors:
   - Grace Hopper <grace@example.org>
-status: done
-done_at: 2026-11-23T00:19:10-05:00
+status: draft
 ---
@@ -27,2 +26,4 @@ Connect the dots: how and why the team came to its conclusions.
 
+<!-- Reopened 2026-11-23 00:20 EST, closed again 2026-11-23 00:24 EST. Bring every part up to date, and say when the outage started again. -->
+
 ## Summary
@@ -67,2 +68,10 @@ Logins failed for 70 minutes.
 - 00:16 EST: **Incident end.**
+- 00:18 EST: Action item A02: Test the pool. — Grace Hopper
+- 00:20 EST: **Reopened.** Errors are back. — Grace Hopper
+- 00:20 EST: **Incident start.** Reopened.
+- 00:22 EST: Found a second pool. — Grace Hopper
+- 00:23 EST: **Resolved.** Both pools have their old size. — Grace Hopper
+- 00:23 EST: **Outage end.**
+- 00:24 EST: **Closed.** By force: it is late. Not met: not asked yet. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
+- 00:24 EST: **Incident end.**
 
@@ -82,2 +91,3 @@ Logins failed for 70 minutes.
 - 2026-11-23 00:14 EST: The pool has its old size again. — Grace Hopper
+- 2026-11-23 00:23 EST: Both pools have their old size. — Grace Hopper
 

"#]]);
    sandbox.run(&["postmortem", &id]).success();
    assert_eq!(sandbox.git(&["log", "--format=%s", "-1"]).stdout.matches("Continued").count(), 1);
}

#[test]
fn it_is_refused_while_the_incident_is_not_closed() {
    let (sandbox, id) = Sandbox::with_open_incident();
    let refused = |why: &str, next: &str| {
        let output = sandbox.run(&["postmortem", &id]).status_is(1);
        assert_eq!(output.stderr, format!("error: {id} is {why}: its postmortem follows the close\nhint: {next}\n"));
        assert_eq!(sandbox.run(&["rca", &id, "--force", "why not"]).status_is(1).stdout, "");
    };
    refused("open", &format!("qpp-incident ack {id}"));
    sandbox.run(&["ack"]).success();
    refused("acknowledged", &format!("qpp-incident resolve {id} \"how\""));
    sandbox.run(&["mitigate", "x"]).success();
    refused("mitigated", &format!("qpp-incident resolve {id} \"how\""));
    sandbox.run(&["resolve", "x"]).success();
    refused("resolved", &format!("qpp-incident close {id} --ask"));
}

#[test]
fn what_was_no_incident_needs_none_and_gets_one_by_force_on_record() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["close", "--reason", "false-alarm", "A test of the alert."]).success();
    sandbox.run(&["postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA was closed as a false alarm, and needs no postmortem
hint: qpp-incident postmortem INC-AAAAA --force "why there is one"
--- exit status 1

"#]]);
    let forced = sandbox.run(&["postmortem", &id, "--force", "we learned something"]).success().stdout;
    assert!(forced.contains("[postmortem.md](postmortem.md). By force: we learned something. — Grace Hopper"), "{forced}");
}

#[test]
fn without_a_name_it_is_the_closed_one_that_has_none() {
    let sandbox = Sandbox::adopted();
    let closed = |title: &str, id: &str| {
        let id = sandbox.open(title, &["--id", id]);
        sandbox.run(&["ack", &id]).success();
        sandbox.run(&["resolve", &id, "x"]).success();
        sandbox.run(&["close", &id, "--force", "x"]).success();
        id
    };
    let (first, second) = (closed("First thing", "INC-11111"), closed("Second thing", "INC-22222"));
    sandbox.open("Third thing", &["--id", "INC-33333"]);
    sandbox.run(&["postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: 2 incidents are possible:
  INC-22222 Second thing (closed)
  INC-11111 First thing (closed)
hint: name one with -i INC-22222
--- exit status 1

"#]]);
    sandbox.run(&["postmortem", &second]).success();
    assert_eq!(sandbox.run(&["postmortem", "--quiet"]).success().stdout, format!("{first}\n"));
    sandbox.run(&["postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named, and none of them fits:
  INC-33333 Third thing (open)
  INC-22222 Second thing (closed)
  INC-11111 First thing (closed)
hint: name one with -i, or see qpp-incident list --all
--- exit status 1

"#]]);
    sandbox.run(&["postmortem", "--done", "--force", "x", &second]).success();
    assert_eq!(sandbox.run(&["postmortem", "--done", "--quiet", "--force", "x"]).success().stdout, format!("{first}\n"));
}

#[test]
fn the_line_ends_of_the_incident_are_those_of_its_postmortem() {
    let (sandbox, id) = told();
    let document = sandbox.document_of(&id);
    let text = sandbox.read(&document).replace('\n', "\r\n");
    sandbox.write(&document, &text);
    sandbox.run(&["postmortem"]).success();
    sandbox.run(&["action", "add", "Test the pool."]).success();
    for path in [document, postmortem_of(&sandbox, &id)] {
        let text = sandbox.read(&path);
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{path}");
        assert!(text.contains("\r\n- 23:50 EST: **Outage start.**\r\n") || text.contains("postmortem draft"), "{path}");
    }
    sandbox.run(&["reopen", &id, "Back."]).success();
    sandbox.run(&["resolve", "Gone."]).success();
    sandbox.run(&["close", "--force", "x"]).success();
    sandbox.run(&["postmortem", &id]).success();
    let text = sandbox.read(&postmortem_of(&sandbox, &id));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("**Reopened.** Back."));
}

#[test]
fn what_people_wrote_by_hand_is_copied_as_it_stands() {
    let (sandbox, id) = told();
    let document = sandbox.document_of(&id);
    let by_hand = "## Summary\n\n<!-- a note -->\nLogins **failed**.\n\n#### Numbers\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```html\n<!-- shown as code\n```\n\n<details>more</details>\n";
    let table = "| Action item | Owner | Prio | Type |\n|:--|---|---|---|\n|Ask the vendor|Pat|high|urgent|\n";
    let text = sandbox.read(&document);
    let (before, rest) = text.split_once("## Summary\n").unwrap();
    let (_, rest) = rest.split_once("## Impact").unwrap();
    let (rest, lessons) = rest.split_once("## Action Items\n\n").unwrap();
    let (_, lessons) = lessons.split_once("## Lessons").unwrap();
    sandbox.write(&document, format!("{before}{by_hand}\n## Impact{rest}## Action Items\n\n{table}\n## Lessons{lessons}"));
    sandbox.run(&["postmortem"]).success();
    let postmortem = sandbox.read(&postmortem_of(&sandbox, &id));
    assert!(postmortem.contains(&by_hand.replace("<!-- a note -->\n", "")), "{postmortem}");
    assert!(postmortem.contains("|---|---|---|---|\n| Ask the vendor | urgent | Pat |  |\n"), "{postmortem}");
    assert!(sandbox.read(&document).contains(&format!("{table}\nContinued in [postmortem.md](postmortem.md)\n")));
}

#[test]
fn a_repository_may_have_its_own_template() {
    let (sandbox, id) = told();
    sandbox.write("templates/postmortem.md", "# {{ titel }}\n");
    sandbox.run(&["postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: cannot fill templates/postmortem.md:1: undefined value
hint: mend it, or move it away for the built-in one
--- exit status 1

"#]]);
    sandbox.write(
        "templates/postmortem.md",
        "# {{ title }}\n\n## Five whys\n\n<!-- Ask why five times. -->\n\n## Timeline\n\n{{ timeline }}\n",
    );
    sandbox.run(&["postmortem"]).success();
    sandbox.run(&["postmortem", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: the postmortem of INC-AAAAA is not finished: write each part and delete its prompt, in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md:
  line 13: `Five whys` still holds a prompt
hint: ${EDITOR:-vi} incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
--- exit status 1

"#]]);
    let path = postmortem_of(&sandbox, &id);
    sandbox.write(&path, sandbox.read(&path).replace("<!-- Ask why five times. -->", "Because."));
    sandbox.run(&["postmortem", "--done"]).success();
}

#[test]
fn a_postmortem_that_cannot_be_read_is_named_with_its_place() {
    let (sandbox, id) = told();
    sandbox.run(&["postmortem"]).success();
    let path = postmortem_of(&sandbox, &id);
    sandbox.write(&path, sandbox.read(&path).replace("status: draft", "status: ready"));
    sandbox.run(&["postmortem", &id, "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: cannot read incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md:7:1: `status`: `ready` is not the status of a report (draft, done)
hint: ${EDITOR:-vi} +7 incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md
--- exit status 1

"#]]);
}

#[test]
fn who_only_answered_is_no_author() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["owner", "add", &id, "Pat Lee <pat@example.org>"]).success();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["agree", &id, "--by", "Pat Lee", "--via", "by phone"]).success();
    sandbox.pass(20);
    sandbox.run(&["close", &id]).success();
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("**Authors:** Grace Hopper, Pat Lee\n"));
    sandbox.run(&["postmortem", &id]).success();
    let postmortem = sandbox.read(&format!("{}/postmortem.md", sandbox.folder_of(&id)));
    assert!(postmortem.contains("\nauthors:\n  - Grace Hopper <grace@example.org>\nstatus:"), "{postmortem}");
}

#[test]
fn the_commander_is_an_author_even_with_nothing_but_an_answer() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["agree", &id, "--by", "Ada Byron", "--via", "by phone"]).success();
    sandbox.run(&["close", &id]).success();
    sandbox.run(&["postmortem", &id]).success();
    let postmortem = sandbox.read(&format!("{}/postmortem.md", sandbox.folder_of(&id)));
    assert!(postmortem.contains("  - Ada Byron <ada@example.org>\nstatus:"), "{postmortem}");
}
