//! `mitigate`, `resolve`, `close`, `agree`, `reopen`: the way to the end and back.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn a_partial_fix_counts_and_there_may_be_several() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["mitigate", &id, "Switched to the standby.", "--restored", "60", "--type", "operational"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (mitigated)
  - 00:02 EST: **Mitigated.** Switched to the standby. (60 % restored, operational) — Grace Hopper
--- stderr
next: qpp-incident resolve INC-AAAAA "how", when the system is back to normal

"#]]);
    sandbox.run(&["mitigate", &id, "Reverted to 4.2.0.", "--restored", "90", "--type", "revert"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (mitigated)
  - 00:03 EST: **Mitigated.** Reverted to 4.2.0. (90 % restored, revert) — Grace Hopper
--- stderr
next: qpp-incident resolve INC-AAAAA "how", when the system is back to normal

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(shown["restored"], 90);
    assert_eq!(shown["status"], "mitigated");
    sandbox.run(&["mitigate", &id, "x", "--restored", "101"]).status_is(2);
}

#[test]
fn an_event_that_does_not_fit_is_refused_with_what_would() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["mitigate", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is open: `mitigate` does not fit
hint: qpp-incident ack INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["resolve", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is open: `resolve` does not fit
hint: qpp-incident ack INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["close", &id, "--ask"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is open: `close --ask` does not fit
hint: qpp-incident ack INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["reopen", &id, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is open: `reopen` does not fit
hint: qpp-incident ack INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["agree", &id]).status_is(1).shows(str![[r#"
--- stderr
error: nobody has asked yet whether INC-AAAAA may be closed
hint: qpp-incident close INC-AAAAA --ask
--- exit status 1

"#]]);
}

#[test]
fn resolving_without_mitigating_is_allowed_and_asks_for_the_end_of_the_outage() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["resolve", &id, "It was a false reading.", "--at", "20:00"]).status_is(1).shows(str![[r#"
--- stderr
`20:00` is 2026-11-22 20:00 EST
error: INC-AAAAA cannot be resolved at 2026-11-22 20:00 EST: it was acknowledged at 2026-11-23 00:00 EST
hint: give the time with --at, or mend the earlier one: qpp-incident correct ENTRY --time TIME
--- exit status 1

"#]]);
    sandbox.run(&["resolve", &id, "Release 4.2.2 is out."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:02 EST: **Resolved.** Release 4.2.2 is out. — Grace Hopper
--- stderr
warning: it is not recorded when the outage ended for users: qpp-incident set INC-AAAAA outage_ended_at=TIME --reason TEXT
next: qpp-incident close INC-AAAAA --ask

"#]]);
    let (sandbox, id) = Sandbox::acknowledged();
    let answer = sandbox.run(&["--json", "resolve", &id, "Release 4.2.2 is out.", "--ended-at", "23:58"]).success().json();
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 0);
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("outage_ended_at: 2026-11-22T23:58:00-05:00"));
}

#[test]
fn closing_names_every_unmet_point() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: it is acknowledged, not resolved; no incident commander was ever assigned; not asked yet
hint: qpp-incident resolve INC-AAAAA "how"
--- exit status 1

"#]]);
    let error = sandbox.run(&["--json", "close", &id]).status_is(1).json_error();
    assert_eq!(error["error"]["code"], "close-unmet");
}

#[test]
fn the_question_is_asked_answered_and_the_incident_closed() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["owner", "add", &id, "Pat Lee <pat@example.org>"]).success();
    sandbox.run(&["close", &id, "--ask"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:05 EST: **Asked to close.** "Is anyone opposed to me closing this incident?" Asked: Pat Lee <pat@example.org>, Ada Byron <ada@example.org>. Wait: 15 min. — Grace Hopper

To: Pat Lee <pat@example.org>, Ada Byron <ada@example.org>
INC-AAAAA Many errors on Auth service is resolved.
Is anyone opposed to me closing this incident?
After 2026-11-23 00:20 EST silence is no opposition.
--- stderr
next: qpp-incident agree INC-AAAAA --by WHO --via "how", then qpp-incident close INC-AAAAA

"#]]);
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: the wait is not over until 00:20 EST and Pat Lee and Ada Byron have not answered
hint: qpp-incident agree INC-AAAAA --by WHO --via "how they said it"
--- exit status 1

"#]]);
    sandbox.run(&["agree", &id, "--by", "Pat"]).status_is(2).shows(str![[r#"
--- stderr
error: you answer for Pat Lee, and it must be on record how they said it
hint: qpp-incident agree … --via "by phone"
--- exit status 2

"#]]);
    sandbox.run(&["agree", &id, "--by", "Pat", "--via", "by phone"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:08 EST: **Agreed.** By phone. — Pat Lee (recorded by Grace Hopper)
--- stderr
next: qpp-incident close INC-AAAAA

"#]]);
    sandbox.run(&["agree", &id, "--by", "Pat", "--via", "by phone"]).status_is(1).shows(str![[r#"
--- stderr
error: Pat Lee has agreed already to closing INC-AAAAA
hint: qpp-incident close INC-AAAAA
--- exit status 1

"#]]);
    sandbox.pass(15);
    sandbox.run(&["close", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:25 EST: **Closed.** Resolved. Silent: Ada Byron <ada@example.org>. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
--- stderr
warning: the extent of the damage is empty: qpp-incident extent INC-AAAAA "…"
warning: the formal CMS process is not on record: qpp-incident cms-process INC-AAAAA REF
next: qpp-incident postmortem INC-AAAAA

"#]]);
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA close: Resolved. Silent: Ada Byron <ada@example.org>. Closed…

    Resolved. Silent: Ada Byron <ada@example.org>. Closed by another than the incident commander, Ada Byron <ada@example.org>.

Incident: INC-AAAAA
Event: close
Occurred-At: 2026-11-23T00:25:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!((&shown["status"], &shown["close_reason"]), (&"closed".into(), &"resolved".into()));
    assert_eq!(shown["closings"].as_array().unwrap().len(), 1);
}

#[test]
fn an_ask_lapses_with_its_answers_when_the_incident_moves_on() {
    let (sandbox, id) = Sandbox::agreed();
    sandbox.run(&["reopen", &id, "Errors are back."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:26 EST: **Reopened.** Errors are back. — Grace Hopper
--- stderr
next: qpp-incident update INC-AAAAA "…" tells the people outside

"#]]);
    sandbox.run(&["resolve", &id, "Fixed again."]).success();
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: not asked yet
hint: qpp-incident close INC-AAAAA --ask
--- exit status 1

"#]]);
}

#[test]
fn a_forced_close_is_on_record_with_what_was_not_met() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["close", &id, "--force", "The system was switched off for good"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:01 EST: **Closed.** By force: The system was switched off for good. Not met: it is acknowledged, not resolved; no incident commander was ever assigned; not asked yet. — Grace Hopper
--- stderr
warning: the extent of the damage is empty: qpp-incident extent INC-AAAAA "…"
warning: the formal CMS process is not on record: qpp-incident cms-process INC-AAAAA REF
next: qpp-incident postmortem INC-AAAAA

"#]]);
}

#[test]
fn a_duplicate_needs_a_text_and_the_other_incident_and_nothing_else() {
    let (sandbox, first) = Sandbox::acknowledged();
    let second = sandbox.open("Many errors on Auth service, again", &[]);
    sandbox.run(&["close", &second, "--reason", "duplicate", "--of", &first]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: Why is it over?
--- exit status 2

"#]]);
    sandbox.run(&["close", &second, "--reason", "duplicate", "Reported twice."]).status_is(2).shows(str![[r#"
--- stderr
error: a duplicate repeats another incident, which must be named
hint: --of INC-…
--- exit status 2

"#]]);
    sandbox.run(&["close", &second, "--reason", "duplicate", "--of", &first, "Reported twice."]).success().shows(str![[r#"
INC-BBBBB Many errors on Auth service, again (closed)
  - 00:04 EST: **Closed.** Duplicate of INC-AAAAA. Reported twice. — Grace Hopper

"#]]);
    assert!(sandbox.read(&sandbox.document_of(&second)).contains(&format!("duplicate_of: {first}\n")));
}

#[test]
fn reopening_clears_the_later_instants_and_keeps_every_closing() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["log", &id, "A late note."]).success();
    sandbox.run(&["reopen", &id, "Errors are back since 02:00."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:28 EST: **Reopened.** Errors are back since 02:00. — Grace Hopper
--- stderr
next: qpp-incident update INC-AAAAA "…" tells the people outside

"#]]);
    sandbox.file(&sandbox.document_of(&id)).shows(str![[r#"
---
id: INC-AAAAA
title: Many errors on Auth service
status: acknowledged
reporter: Grace Hopper <grace@example.org>
commander: Ada Byron <ada@example.org>
responders:
  - Grace Hopper <grace@example.org>
chat: QPP Incidents
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
acknowledged_at: 2026-11-23T00:00:00-05:00
---
# Many errors on Auth service (incident #INC-AAAAA)

**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:28 EST
**Incident Commander:** Ada Byron <ada@example.org> · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

<!-- A short (two sentence) summary of what went wrong. -->

## Impact

<!-- Quantified statement about the impact of the incident. -->

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Many errors on Auth service. — Grace Hopper

### 2026-11-23

- 00:00 EST: **Acknowledged.** — Grace Hopper
- 00:01 EST: **Commander.** Ada Byron <ada@example.org> — Grace Hopper
- 00:02 EST: **Mitigated.** Restarted the auth database. — Grace Hopper
- 00:03 EST: **Resolved.** The pool has its old size again. — Grace Hopper
- 00:04 EST: **Asked to close.** "Is anyone opposed to me closing this incident?" Asked: Ada Byron <ada@example.org>. Wait: 15 min. — Grace Hopper
- 00:05 EST: **Agreed.** — Grace Hopper
- 00:26 EST: **Closed.** Resolved. Silent: Ada Byron <ada@example.org>. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
- 00:27 EST: A late note. — Grace Hopper
- 00:28 EST: **Reopened.** Errors are back since 02:00. — Grace Hopper

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
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(shown["closed_at"], serde_json::Value::Null);
    assert_eq!(shown["closings"].as_array().unwrap().len(), 1);
    sandbox.run(&["reopen", "Errors are back."]).status_is(1).shows(str![[r#"
--- stderr
error: reopen takes an incident by name, so that none is meant by accident:
  INC-AAAAA Many errors on Auth service (acknowledged)
hint: qpp-incident reopen INC-AAAAA "…"
--- exit status 1

"#]]);
}
