//! `rca`: the root cause analysis that others read, and its deadline.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

fn closed() -> (Sandbox, String) {
    let sandbox = Sandbox::adopted();
    let facts = [
        "--reporter",
        "Jeff Lee <jeff@example.org>",
        "--started-at",
        "23:50",
        "--impact",
        "12,000 logins failed, says Pat <pat@example.org>.",
    ];
    let id = sandbox.open("Many errors on Auth service", &facts);
    let run = |arguments: &[&str]| drop(sandbox.run(arguments).success());
    run(&["ack"]);
    run(&["log", "--kind", "cause", "The pool was cut to 5 connections."]);
    run(&["action", "add", "Ask ops@example.org to watch the pool.", "--type", "prevent", "--issue", "https://issues.example.org/@ops/12"]);
    run(&["mitigate", "Switched logins to the standby.", "--restored", "60"]);
    run(&["resolve", "The pool has its old size again."]);
    run(&["close", "--force", "nobody is awake"]);
    (sandbox, id)
}

fn rca_of(sandbox: &Sandbox, id: &str) -> String {
    format!("{}/rca.md", sandbox.folder_of(id))
}

/// Takes the prompts away, as whoever completes it does.
fn completed(sandbox: &Sandbox, id: &str) -> String {
    let path = rca_of(sandbox, id);
    let text = sandbox.read(&path);
    let (head, body) = text.split_once("## The problem").unwrap();
    let body: Vec<&str> = body.lines().filter(|line| !line.starts_with("<!--")).collect();
    sandbox.write(&path, format!("{head}## The problem{}\n", body.join("\n")));
    path
}

#[test]
fn it_stands_alone_and_holds_no_address() {
    let (sandbox, id) = closed();
    sandbox.run(&["rca"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:06 EST: Wrote the RCA draft: [rca.md](rca.md) — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
to write: The problem, The response
RCA due by 2026-11-24 23:59 EST, in 1 d 23 h
--- stderr
next: complete it in your editor, then qpp-incident rca INC-AAAAA --done

"#]]);
    sandbox.file(&rca_of(&sandbox, &id)).shows(str![[r#"
---
incident: INC-AAAAA
title: Many errors on Auth service
date: 2026-11-22
authors:
  - Grace Hopper
status: draft
---
# Root cause analysis: Many errors on Auth service (incident #INC-AAAAA)

<!--
This document may be shared with other teams within CMS. It stands by itself: a reader has no other document of this incident.
It says what the problem was, how the team responded, and what steps it is taking to prevent the issue from recurring.
Leave out personal data: names, e-mail addresses and phone numbers of people, and everything that belongs to end users.
-->

**Date:** 2026-11-22
**Status of the incident:** closed

## The problem

<!-- What went wrong, in two sentences: the service, and what its users could not do. -->

12,000 logins failed, says Pat.

<!-- What caused it: the change or event after which it began. -->

- 2026-11-23 00:01 EST: The pool was cut to 5 connections.

<!-- Taken from the record: check it and complete it. -->

## The response

- Outage start: 2026-11-22 23:50 EST
- Incident start: 2026-11-23 00:00 EST
- Mitigated: 2026-11-23 00:03 EST
- Incident end: 2026-11-23 00:05 EST

- Reported: 2026-11-22 23:59 EST, 9 min after the outage began

<!-- Taken from the record: check it and complete it. -->

- 2026-11-23 00:03 EST: Switched logins to the standby. (60 % restored)
- 2026-11-23 00:04 EST: The pool has its old size again.

<!-- Taken from the record: check it and complete it. -->

## The prevention

- A01 Ask [address left out] to watch the pool. (https://issues.example.org/@ops/12)

"#]]);
    let text = sandbox.read(&rca_of(&sandbox, &id));
    assert!(!text.contains("@example.org") && !text.contains("postmortem.md"));
    assert!(!sandbox.read(&sandbox.document_of(&id)).contains("Continued in"));
    sandbox.git(&["show", "--format=%s%n%b", "--name-only"]).shows(str![[r#"
INC-AAAAA rca: Wrote the RCA draft: rca.md
    Wrote the RCA draft: [rca.md](rca.md)

Incident: INC-AAAAA
Event: rca
Occurred-At: 2026-11-23T00:06:00-05:00
Entry: [hash]
Clock: supplied


incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md

"#]]);
}

#[test]
fn its_action_items_are_those_of_the_postmortem_once_there_is_one() {
    let (sandbox, id) = closed();
    sandbox.run(&["postmortem"]).success();
    sandbox.run(&["action", "done", "watch"]).success();
    sandbox.run(&["action", "add", "Test the pool."]).success();
    sandbox.run(&["rca"]).success();
    let text = sandbox.read(&rca_of(&sandbox, &id));
    let prevention = text.split_once("## The prevention\n\n").unwrap().1;
    assert_eq!(prevention.lines().count(), 2, "{prevention}");
    assert!(prevention.contains(" Ask [address left out] to watch the pool.~~ done 2026-11-23 (https://issues.example.org/@ops/12)"));
}

#[test]
fn done_stops_the_clock_and_says_whether_it_was_in_time() {
    for (at, shown) in [
        ("2026-11-25T04:59:59Z", "RCA due by 2026-11-24 23:59 EST: in time"),
        ("2026-11-25T08:00:00Z", "RCA due by 2026-11-24 23:59 EST: 3 h late"),
    ] {
        let (sandbox, id) = closed();
        sandbox.run(&["rca"]).success();
        sandbox.run(&["rca", "--done"]).status_is(1);
        let path = completed(&sandbox, &id);
        sandbox.at(at);
        let done = sandbox.run(&["rca", "--done"]).success();
        assert!(done.stdout.contains(shown), "{done}");
        assert!(sandbox.read(&path).contains("\nstatus: done\ndone_at: 2026-11-2"));
    }
}

#[test]
fn one_that_names_people_is_not_done_without_a_reason() {
    let (sandbox, id) = closed();
    sandbox.run(&["rca"]).success();
    let path = completed(&sandbox, &id);
    let text =
        sandbox.read(&path).replace("The pool has its old size again.", "Grace Hopper gave the pool its old size.\nAsk 419-555-1234.");
    sandbox.write(&path, &text);
    sandbox.run(&["rca", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: the RCA of INC-AAAAA may be shared and holds personal data, in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md:
  line 40 names Grace Hopper: say what the role did (the incident commander, the on-call engineer)
  line 41 holds a phone number
hint: ${EDITOR:-vi} +40 incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
--- exit status 1

"#]]);
    assert!(sandbox.read(&path).contains("\nstatus: draft\n"));
    sandbox.run(&["rca", "--done", "--force", "she asked for it"]).success();
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(document.contains("personal data") && document.contains("she asked for it"), "{document}");
}

#[test]
fn what_is_to_be_written_is_named_prompt_by_prompt() {
    let (sandbox, _) = closed();
    sandbox.run(&["rca"]).success();
    sandbox.run(&["rca", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: the RCA of INC-AAAAA is not finished: write each part and delete its prompt, in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md:
  line 22: `The problem` still holds a prompt
  line 26: `The problem` still holds a prompt
  line 30: `The problem` still holds a prompt
  line 41: `The response` still holds a prompt
  line 46: `The response` still holds a prompt
hint: ${EDITOR:-vi} incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
--- exit status 1

"#]]);
}

#[test]
fn an_overdue_one_says_so() {
    let (sandbox, _) = closed();
    sandbox.at("2026-11-26T04:59:59Z");
    let output = sandbox.run(&["rca"]).success();
    assert!(output.stdout.contains("RCA due by 2026-11-24 23:59 EST, overdue by 1 d\n"), "{output}");
}

#[test]
fn after_a_reopening_it_is_continued_and_a_draft_again() {
    let (sandbox, id) = closed();
    sandbox.run(&["rca"]).success();
    sandbox.run(&["rca", "--done", "--force", "in a hurry"]).success();
    sandbox.run(&["reopen", &id, "Errors are back."]).success();
    sandbox.run(&["resolve", "Gone."]).success();
    sandbox.run(&["close", "--force", "x"]).success();
    sandbox.run(&["rca", &id]).success();
    sandbox.git(&["show", "--format=%s", "-U1", "--", &rca_of(&sandbox, &id)]).success().without_blobs().shows(str![[r#"
INC-AAAAA rca: Continued the RCA draft: rca.md

diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/rca.md
@@ -6,4 +6,3 @@ authors:
   - Grace Hopper
-status: done
-done_at: 2026-11-23T00:07:00-05:00
+status: draft
 ---
@@ -20,2 +19,4 @@ Leave out personal data: names, e-mail addresses and phone numbers of people, an
 
+<!-- Reopened 2026-11-23 00:08 EST, closed again 2026-11-23 00:10 EST. Bring every part up to date, and say when the outage started again. -->
+
 ## The problem
@@ -48,2 +49,5 @@ Leave out personal data: names, e-mail addresses and phone numbers of people, an
 
+- Reopened: 2026-11-23 00:08 EST
+- Incident end: 2026-11-23 00:10 EST
+
 ## The prevention

"#]]);
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["rca", &id]).success();
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}
