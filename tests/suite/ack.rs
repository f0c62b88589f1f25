//! `ack`: once, by whoever has it.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn acknowledging_shows_what_is_known_and_names_the_next_step() {
    let sandbox = Sandbox::adopted();
    let id = sandbox.open("Many errors on Auth service", &["--evidence", "https://splunk.example.com/x", "--summary", "Logins fail."]);
    sandbox.run(&["ack", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:00 EST: **Acknowledged.** — Grace Hopper
document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
reporter: Grace Hopper <grace@example.org>
reported: 2026-11-22 23:59 EST
summary: Logins fail.
evidence: https://splunk.example.com/x
--- stderr
next: qpp-incident assign-ic INC-AAAAA WHO

"#]]);
    sandbox.git(&["log", "-1", "--format=%an <%ae>%n%B"]).shows(str![[r#"
Grace Hopper <grace@example.org>
INC-AAAAA ack: Acknowledged by Grace Hopper

Incident: INC-AAAAA
Event: ack
Occurred-At: 2026-11-23T00:00:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.file(&sandbox.document_of(&id)).shows(str![[r#"
---
id: INC-AAAAA
title: Many errors on Auth service
status: acknowledged
reporter: Grace Hopper <grace@example.org>
responders:
  - Grace Hopper <grace@example.org>
chat: QPP Incidents
evidence:
  - https://splunk.example.com/x
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
acknowledged_at: 2026-11-23T00:00:00-05:00
---
# Many errors on Auth service (incident #INC-AAAAA)

**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:00 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

Logins fail.

## Impact

<!-- Quantified statement about the impact of the incident. -->

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Many errors on Auth service. — Grace Hopper

### 2026-11-23

- 00:00 EST: **Acknowledged.** — Grace Hopper

## Root Causes

<!-- What contributed. -->

## Trigger

<!-- What caused the incident. -->

## Resolution

<!-- Steps taken to resolve the incident (add internal ticket tracking). -->

## Detection

<!-- How did we learn about the incident (alerts, user reports, etc). -->

## Action Items

| Action item | Type | Owner | Issue |
|---|---|---|---|

## Lessons Learned

### What went well

-

### What went wrong

-

### Where we got lucky

-

"#]]);
}

#[test]
fn acknowledging_twice_is_refused() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["ack", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA was acknowledged by Grace Hopper <grace@example.org> at 2026-11-23 00:00 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    let error = sandbox.run(&["--json", "ack", &id]).status_is(1).json_error();
    assert_eq!(error["error"]["code"], "already-acknowledged");
    assert_eq!(error["error"]["incident"], id);
}

#[test]
fn acknowledging_before_the_report_is_refused() {
    let sandbox = Sandbox::adopted();
    let id = sandbox.open("Many errors", &["--reported-at", "23:50"]);
    sandbox.run(&["ack", &id, "--at", "23:40"]).status_is(1).shows(str![[r#"
--- stderr
`23:40` is 2026-11-22 23:40 EST
error: INC-AAAAA was reported at 2026-11-22 23:50 EST, and cannot have been acknowledged before, at 2026-11-22 23:40 EST
hint: correct the report first: qpp-incident set reported_at=TIME --reason TEXT
--- exit status 1

"#]]);
}

#[test]
fn somebody_else_can_have_acknowledged() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["ack", &id, "--by", "Ada Byron <ada@example.org>"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:00 EST: **Acknowledged.** — Ada Byron (recorded by Grace Hopper)
document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
reporter: Grace Hopper <grace@example.org>
reported: 2026-11-22 23:59 EST
--- stderr
next: qpp-incident assign-ic INC-AAAAA WHO

"#]]);
    sandbox.git(&["log", "-1", "--format=%an %cn"]).shows(str![[r#"
Ada Byron Grace Hopper

"#]]);
}

#[test]
fn the_only_open_incident_is_meant_when_none_is_named() {
    let (sandbox, _) = Sandbox::acknowledged();
    let second = sandbox.open("Reports are late", &[]);
    let answer = sandbox.run(&["--json", "ack"]).success().json();
    assert_eq!(answer["id"], second);
    assert_eq!(answer["event"], "ack");
    assert_eq!(answer["status"], "acknowledged");
    assert_eq!(answer["commits"].as_array().unwrap().len(), 1);
    assert_eq!(answer["entries"][0]["kind"], "Acknowledged");
    assert_eq!(answer["entries"][0]["by"]["email"], "grace@example.org");
    sandbox.run(&["ack"]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named, and none of them fits:
  INC-BBBBB Reports are late (acknowledged)
  INC-AAAAA Many errors on Auth service (acknowledged)
hint: name one with -i, or see qpp-incident list --all
--- exit status 1

"#]]);
}
