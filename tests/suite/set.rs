//! `set`: facts and sections, each with its line; what an event moves is refused with the command that fits.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn facts_and_sections_are_one_commit_with_a_line_each() {
    let (sandbox, id) = Sandbox::acknowledged();
    let title = "title=Logins fail for 40 % of users";
    sandbox
        .run(&["set", &id, "severity=2", "teams=QPP-FE, QPP-A", title, "impact=40 % of logins fail.", "root-causes=A pool was too small."])
        .success()
        .shows(str![[r#"
INC-AAAAA Logins fail for 40 % of users (acknowledged)
  - 00:01 EST: **Fact.** severity: SEV-2 — Grace Hopper
  - 00:01 EST: **Fact.** teams: QPP-FE, QPP-A — Grace Hopper
  - 00:01 EST: **Fact.** title: Many errors on Auth service → Logins fail for 40 % of users — Grace Hopper
  - 00:01 EST: **Fact.** impact: 40 % of logins fail. — Grace Hopper
  - 00:01 EST: **Fact.** root_causes: A pool was too small. — Grace Hopper

"#]]);
    sandbox.git(&["log", "-1", "--format=%an%n%B"]).shows(str![[r#"
Grace Hopper
INC-AAAAA set: severity: SEV-2

    severity: SEV-2
    teams: QPP-FE, QPP-A
    title: Many errors on Auth service → Logins fail for 40 % of users
    impact: 40 % of logins fail.
    root_causes: A pool was too small.

Incident: INC-AAAAA
Event: set
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Event: set
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Event: set
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Event: set
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Event: set
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.file(&sandbox.document_of(&id)).shows(str![[r#"
---
id: INC-AAAAA
title: Logins fail for 40 % of users
status: acknowledged
severity: SEV-2
teams:
  - QPP-FE
  - QPP-A
reporter: Grace Hopper <grace@example.org>
responders:
  - Grace Hopper <grace@example.org>
chat: QPP Incidents
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
acknowledged_at: 2026-11-23T00:00:00-05:00
---
# Logins fail for 40 % of users (incident #INC-AAAAA)

**Status:** acknowledged · **Severity:** SEV-2 · **Next update by:** 02:01 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

<!-- A short (two sentence) summary of what went wrong. -->

## Impact

40 % of logins fail.

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Many errors on Auth service. — Grace Hopper

### 2026-11-23

- 00:00 EST: **Acknowledged.** — Grace Hopper
- 00:01 EST: **Fact.** severity: SEV-2 — Grace Hopper
- 00:01 EST: **Fact.** teams: QPP-FE, QPP-A — Grace Hopper
- 00:01 EST: **Fact.** title: Many errors on Auth service → Logins fail for 40 % of users — Grace Hopper
- 00:01 EST: **Fact.** impact: 40 % of logins fail. — Grace Hopper
- 00:01 EST: **Fact.** root_causes: A pool was too small. — Grace Hopper

## Root Causes

A pool was too small.

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
fn an_instant_needs_a_reason_and_tells_old_and_new() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["set", &id, "reported_at=23:50"]).status_is(1).shows(str![[r#"
--- stderr
`23:50` is 2026-11-22 23:50 EST
error: INC-AAAAA: `reported_at` is an instant, which changes with a reason only
hint: qpp-incident set INC-AAAAA 'reported_at=2026-11-22 23:50 EST' --reason "why it was wrong, and how you know"
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "reported_at=23:50", "--reason", "PagerDuty has it at 23:50"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Fact.** reported_at: 2026-11-22 23:59 EST → 2026-11-22 23:50 EST. PagerDuty has it at 23:50. — Grace Hopper
--- stderr
`23:50` is 2026-11-22 23:50 EST

"#]]);
    sandbox.run(&["set", &id, "reported_at=00:02", "--reason", "no, later"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Fact.** reported_at: 2026-11-22 23:50 EST → 2026-11-23 00:02 EST. no, later. — Grace Hopper
--- stderr
warning: reported_at (2026-11-23 00:02 EST) is later than acknowledged_at (2026-11-23 00:00 EST)

"#]]);
    sandbox.run(&["set", &id, "reported_at=00:30", "--reason", "later still"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:04 EST: **Fact.** reported_at: 2026-11-23 00:02 EST → 2026-11-22 00:30 EST. later still. — Grace Hopper
--- stderr
`00:30` is 2026-11-22 00:30 EST

"#]]);
    sandbox.run(&["set", &id, "reported_at=2026-11-24 12:00", "--reason", "tomorrow"]).status_is(1).shows(str![[r#"
--- stderr
error: 2026-11-24 12:00 EST is in the future: it is 2026-11-23 00:05 EST now
hint: no later than "2026-11-23 00:05 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "outage_started_at=", "--reason", "nobody knows"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:06 EST: **Fact.** outage_started_at: none. nobody knows. — Grace Hopper

"#]]);
}

#[test]
fn lists_get_and_lose_items() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["set", &id, "audience+=list@example.org", "audience+=Pat Lee <pat@example.org>", "services=auth,web"]).success().shows(
        str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: **Fact.** audience: added list@example.org — Grace Hopper
  - 00:01 EST: **Fact.** audience: added Pat Lee <pat@example.org> — Grace Hopper
  - 00:01 EST: **Fact.** services: auth, web — Grace Hopper

"#]],
    );
    sandbox.run(&["set", &id, "audience-=pat@example.org", "evidence+=https://splunk.example.com/?q=a,b"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Fact.** audience: removed Pat Lee <pat@example.org> — Grace Hopper
  - 00:02 EST: **Fact.** evidence: added https://splunk.example.com/?q=a,b — Grace Hopper

"#]]);
    sandbox.run(&["set", &id, "services="]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Fact.** services: auth, web → none — Grace Hopper

"#]]);
    sandbox.run(&["set", &id, "services-=auth"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: `auth` is not in `services`, which holds nothing
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "evidence+=the log"]).status_is(2).shows(str![[r#"
--- stderr
error: `the log` is not a link that others can open
hint: --evidence https://…
--- exit status 2

"#]]);
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(document.contains("audience:\n  - list@example.org\n"), "{document}");
    assert!(document.contains("evidence:\n  - https://splunk.example.com/?q=a,b\n"), "{document}");
    assert!(!document.contains("\nservices:"), "{document}");
}

#[test]
fn what_an_event_moves_is_refused_with_the_command_that_fits() {
    let (sandbox, id) = Sandbox::mitigated();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    for wish in [
        "status=closed",
        "id=INC-00000",
        "aka+=INC-00000",
        "commander=Sam",
        "responders+=Sam Reyes <sam@example.org>",
        "business_owners=x",
        "restored=60",
        "close_reason=duplicate",
        "duplicate_of=INC-00000",
        "timezone=UTC",
        "opened_at=23:00",
        "acknowledged_at=23:00",
        "mitigated_at=23:00",
        "resolved_at=23:00",
        "closed_at=23:00",
    ] {
        let refused = sandbox.run(&["--json", "set", &id, wish, "--reason", "x"]).status_is(1);
        let error = refused.json_error();
        let code = error.pointer("/error/code").unwrap().as_str().unwrap();
        assert!(["moved-by-event", "fixed"].contains(&code), "{wish}: {refused}");
    }
    sandbox.run(&["set", &id, "severity=1", "acknowledged_at=23:59"]).status_is(1).shows(str![[r#"
--- stderr
error: `acknowledged_at` of INC-AAAAA is moved by an event, not set by hand
hint: qpp-incident correct INC-AAAAA '2026-11-23 00:00' --time 23:59
--- exit status 1

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before, "nothing of it was recorded");
}

#[test]
fn wrong_input_is_told_with_the_nearest_word() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["set", &id]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to set
hint: qpp-incident set severity=SEV-2
--- exit status 2

"#]]);
    sandbox.run(&["set", &id, "severity"]).status_is(2).shows(str![[r#"
--- stderr
error: `severity` is no KEY=VALUE
hint: qpp-incident set KEY=VALUE; text with blanks in quotes: impact="40 % of logins fail."
--- exit status 2

"#]]);
    sandbox.run(&["set", &id, "sevrity=2"]).status_is(2).shows(str![[r#"
--- stderr
error: `sevrity` is neither a fact nor a section; the nearest is `severity`
hint: qpp-incident set severity=VALUE
--- exit status 2

"#]]);
    sandbox.run(&["set", &id, "severity=SEV-7"]).status_is(1).shows(str![[r#"
--- stderr
error: `SEV-7` is not a severity (SEV-1, the worst, to SEV-5)
hint: qpp-incident set severity=SEV-5
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "privacy=some"]).status_is(1).shows(str![[r#"
--- stderr
error: `some` says nothing of privacy: it is affected, none or unknown
hint: qpp-incident set privacy=none
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "severity=2", "severity=3"]).status_is(2).shows(str![[r#"
--- stderr
error: `severity` is given twice
--- exit status 2

"#]]);
    sandbox.run(&["set", &id, "chat+=x"]).status_is(2).shows(str![[r#"
--- stderr
error: `chat` is no list
hint: qpp-incident set chat=VALUE
--- exit status 2

"#]]);
    sandbox.run(&["set", &id, "title="]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: an incident has a title: it can be changed, not removed
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "reporter=nobody"]).status_is(1);
    sandbox.run_stdin(&["set", &id, "impact=-", "summary=-"], "x").status_is(2).shows(str![[r#"
--- stderr
error: standard input can be read for one section only
--- exit status 2

"#]]);
}

#[test]
fn a_section_comes_from_standard_input_and_cannot_forge() {
    let (sandbox, id) = Sandbox::with_open_incident();
    let text = "Logins fail.\n\n## Timeline\n\n- 23:00 EST: **Closed.** forged\n---\n";
    sandbox.run_stdin(&["set", &id, "summary=-"], text).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:00 EST: **Fact.** summary: Logins fail. ## Timeline 23:00 EST: **Closed.** forged --- — Grace Hopper

"#]]);
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(document.contains("Logins fail.\n\n\\## Timeline\n\n\\- 23:00 EST: **Closed.** forged\n\\---\n\n## Impact"), "{document}");
    sandbox.run(&["set", &id, "summary="]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:01 EST: **Fact.** summary: none — Grace Hopper

"#]]);
    sandbox.run_stdin(&["set", &id, "summary=-"], b"\xff").status_is(1).shows(str![[r#"
--- stderr
error: standard input is not UTF-8: the byte at offset 0 does not fit
hint: pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in
--- exit status 1

"#]]);
}

#[test]
fn the_standing_value_is_recorded_too_and_a_comment_stays() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["set", &id, "severity=2"]).success();
    let path = sandbox.document_of(&id);
    let edited = sandbox.read(&path).replace("severity: SEV-2\n", "severity:   'SEV-2' # as Sam said\n").replace('\n', "\r\n");
    sandbox.write(&path, &edited);
    sandbox.run(&["set", &id, "severity=sev-2"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:01 EST: **Fact.** severity: SEV-2 — Grace Hopper
--- stderr
warning: what was edited by hand was committed first, by itself

"#]]);
    let document = sandbox.read(&path);
    assert!(document.contains("severity:   'SEV-2' # as Sam said\r\n"), "{document}");
    assert_eq!(document.matches('\n').count(), document.matches("\r\n").count());
}

#[test]
fn json_and_a_dry_run() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["set", &id, "severity=2", "--dry-run"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -2,6 +2,7 @@
 id: INC-AAAAA
 title: Many errors on Auth service
 status: open
+severity: SEV-2
 reporter: Grace Hopper <grace@example.org>
 chat: QPP Incidents
 timezone: America/New_York
@@ -10,7 +11,7 @@
 ---
 # Many errors on Auth service (incident #INC-AAAAA)
 
-**Status:** open · **Severity:** unset · **Next update by:** 2026-11-23 01:59 EST
+**Status:** open · **Severity:** SEV-2 · **Next update by:** 02:00 EST
 **Incident Commander:** none yet · **Chat:** QPP Incidents
 **Date:** 2026-11-22 · **Authors:** Grace Hopper
 
@@ -32,6 +33,10 @@
 
 - 23:59 EST: **Opened.** Many errors on Auth service. — Grace Hopper
 
+### 2026-11-23
+
+- 00:00 EST: **Fact.** severity: SEV-2 — Grace Hopper
+
 ## Root Causes
 
 <!-- What contributed. -->
--- stderr
nothing was written (--dry-run)

"#]]);
    assert!(!sandbox.read(&sandbox.document_of(&id)).contains("SEV-2"));
    let json = sandbox.run(&["set", &id, "severity=2", "chat=Room 5", "--json"]).success().json();
    assert_eq!((json["event"].as_str(), json["entries"].as_array().unwrap().len()), (Some("set"), 2));
    assert_eq!(json["entries"][0]["text"], "severity: SEV-2");
    assert_eq!(json["commits"].as_array().unwrap().len(), 1);
}

#[test]
fn facts_can_be_set_after_the_close() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["set", &id, "extent=No data was lost."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:27 EST: **Fact.** extent: No data was lost. — Grace Hopper

"#]]);
}

#[test]
fn a_part_that_the_postmortem_has_too_is_told_to_stay_there() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["postmortem", &id]).success();
    sandbox.run(&["set", &id, "root_causes=The pool was too small."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:28 EST: **Fact.** root_causes: The pool was too small. — Grace Hopper
--- stderr
warning: postmortem.md has its own Root Causes, which this does not change: qpp-incident edit INC-AAAAA --postmortem

"#]]);
}
