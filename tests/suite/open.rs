//! `open`: the document, with all available information in it.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// As the process prints it.
const REPORT: &str = "To: example@cms-qpp.pagerduty.com
From: reporter@cms.hhs.gov
Subject: many errors on Auth service

Starting at 23:50pm, we've seen a massive increase in errors
logged in the Auth service logs in Splunk.

Here's a link to a search that shows the errors:
https://splunk.example.com/search?q=auth

New Relic is also showing errors in the same timeframe:
https://rpm.newrelic.com/example-url/1

Please acknowledge and advise on next steps
";

#[test]
fn an_incident_is_a_document_an_entry_and_a_commit() {
    let sandbox = Sandbox::adopted();
    let said = sandbox.run(&["open", "Many errors on the Auth service", "--pagerduty", "Q1ABC", "--id", "INC-K7QFM"]);
    said.success().shows(str![[r#"
INC-K7QFM Many errors on the Auth service (open)
  - 23:59 EST: **Opened.** Many errors on the Auth service. — Grace Hopper
document: incidents/2026-11/22-k7qfm-many-errors-on-the-auth-service/incident.md
--- stderr
next: qpp-incident ack INC-K7QFM

"#]]);
    sandbox.file(&sandbox.document_of("INC-K7QFM")).shows(str![[r#"
---
id: INC-K7QFM
title: Many errors on the Auth service
status: open
reporter: Grace Hopper <grace@example.org>
pagerduty: Q1ABC
chat: QPP Incidents
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
---
# Many errors on the Auth service (incident #INC-K7QFM)

**Status:** open · **Severity:** unset · **Next update by:** 2026-11-23 01:59 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

<!-- A short (two sentence) summary of what went wrong. -->

## Impact

<!-- Quantified statement about the impact of the incident. -->

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Many errors on the Auth service. — Grace Hopper

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
    sandbox.git(&["log", "-1", "--format=%an <%ae> %aI%n%cn %cI%n%B", "--name-only"]).shows(str![[r#"
Grace Hopper <grace@example.org> 2026-11-22T23:59:00-05:00
Grace Hopper 2026-11-22T23:59:00-05:00
INC-K7QFM open: Many errors on the Auth service.

Incident: INC-K7QFM
Event: open
Occurred-At: 2026-11-22T23:59:00-05:00
Entry: [hash]
Clock: supplied


incidents/2026-11/22-k7qfm-many-errors-on-the-auth-service/incident.md

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
}

#[test]
fn everything_known_stands_in_the_document() {
    let sandbox = Sandbox::adopted();
    let flags = [
        "open",
        "Many",
        "errors",
        "on",
        "Auth",
        "--team",
        "qpp-fe",
        "--team",
        "GDIT",
        "--service",
        "auth",
        "--severity",
        "sev2",
        "--summary",
        "Logins fail since 23:50.",
        "--impact",
        "40 % of logins.",
        "--evidence",
        "https://splunk.example.com/1",
        "--evidence",
        "https://rpm.newrelic.com/2",
        "--reporter",
        "Jeff Lee <jeff@example.org>",
        "--reported-at",
        "23:56",
        "--started-at",
        "23:50",
        "--detected-at",
        "23:52",
        "--ack",
        "--via",
        "PagerDuty",
        "--pagerduty",
        "Q1ABC",
        "--owner",
        "Pat Lee <pat@example.org>",
        "--owner",
        "Kim Doe <kim@example.org>",
        "--privacy",
        "unknown",
        "--id",
        "INC-K7QFM",
    ];
    sandbox.run(&flags).success().shows(str![[r#"
INC-K7QFM Many errors on Auth (acknowledged)
  - 23:59 EST: **Opened.** Many errors on Auth. — Grace Hopper
  - 23:59 EST: **Acknowledged.** — Grace Hopper
document: incidents/2026-11/22-k7qfm-many-errors-on-auth/incident.md
--- stderr
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    sandbox.file(&sandbox.document_of("INC-K7QFM")).shows(str![[r#"
---
id: INC-K7QFM
title: Many errors on Auth
status: acknowledged
severity: SEV-2
teams:
  - QPP-FE
  - GDIT
services:
  - auth
reporter: Jeff Lee <jeff@example.org>
reported_via: PagerDuty
pagerduty: Q1ABC
responders:
  - Grace Hopper <grace@example.org>
business_owners:
  - Pat Lee <pat@example.org>
  - Kim Doe <kim@example.org>
chat: QPP Incidents
privacy: unknown
evidence:
  - https://splunk.example.com/1
  - https://rpm.newrelic.com/2
timezone: America/New_York
outage_started_at: 2026-11-22T23:50:00-05:00
detected_at: 2026-11-22T23:52:00-05:00
reported_at: 2026-11-22T23:56:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
acknowledged_at: 2026-11-22T23:59:00-05:00
---
# Many errors on Auth (incident #INC-K7QFM)

**Status:** acknowledged · **Severity:** SEV-2 · **Next update by:** 2026-11-23 01:59 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

Logins fail since 23:50.

## Impact

40 % of logins.

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Many errors on Auth. — Grace Hopper
- 23:59 EST: **Acknowledged.** — Grace Hopper

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
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-K7QFM open: Many errors on Auth.

Incident: INC-K7QFM
Event: open
Occurred-At: 2026-11-22T23:59:00-05:00
Entry: [hash]
Event: ack
Occurred-At: 2026-11-22T23:59:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn a_mailed_report_fills_what_no_flag_says() {
    let sandbox = Sandbox::adopted();
    sandbox.run_stdin(&["open", "--from", "-", "--id", "INC-K7QFM"], REPORT).success().shows(str![[r#"
INC-K7QFM many errors on Auth service (open)
  - 23:59 EST: **Opened.** many errors on Auth service. — Grace Hopper
document: incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md
--- stderr
next: qpp-incident ack INC-K7QFM

"#]]);
    sandbox.file(&sandbox.document_of("INC-K7QFM")).shows(str![[r#"
---
id: INC-K7QFM
title: many errors on Auth service
status: open
reporter: reporter@cms.hhs.gov <reporter@cms.hhs.gov>
reported_via: pagerduty
pagerduty: example@cms-qpp.pagerduty.com
chat: QPP Incidents
evidence:
  - https://splunk.example.com/search?q=auth
  - https://rpm.newrelic.com/example-url/1
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
---
# many errors on Auth service (incident #INC-K7QFM)

**Status:** open · **Severity:** unset · **Next update by:** 2026-11-23 01:59 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

Starting at 23:50pm, we've seen a massive increase in errors
logged in the Auth service logs in Splunk.

Here's a link to a search that shows the errors:
https://splunk.example.com/search?q=auth

New Relic is also showing errors in the same timeframe:
https://rpm.newrelic.com/example-url/1

Please acknowledge and advise on next steps

## Impact

<!-- Quantified statement about the impact of the incident. -->

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** many errors on Auth service. — Grace Hopper

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
fn flags_go_before_the_report() {
    let sandbox = Sandbox::adopted();
    sandbox.write("report.eml", format!("Date: Sun, 22 Nov 2026 23:53:00 -0500\n{REPORT}"));
    let flags =
        ["open", "Auth is down", "--from", "report.eml", "--reporter", "me", "--pagerduty", "Q1", "--summary", "First.", "--via", "phone"];
    let id = sandbox.run(&[&flags[..], &["--quiet"]].concat()).success().stdout;
    let document = sandbox.read(&sandbox.document_of(id.trim()));
    for line in [
        "title: Auth is down",
        "reporter: Grace Hopper <grace@example.org>",
        "pagerduty: Q1",
        "reported_via: phone",
        "reported_at: 2026-11-22T23:53:00-05:00",
    ] {
        assert!(document.contains(&format!("\n{line}\n")), "{line}\n{document}");
    }
    assert!(document.contains("## Summary\n\nFirst.\n\nStarting at 23:50pm"), "{document}");
}

#[test]
fn quietly_the_id_alone_is_printed() {
    let sandbox = Sandbox::adopted();
    let said = sandbox.run(&["open", "-q", "Many errors", "--pagerduty", "Q1"]).success();
    assert_eq!((said.stdout.len(), said.stderr.as_str()), ("INC-K7QFM\n".len(), ""));
}

#[test]
fn programs_get_the_object_of_a_changing_command() {
    let sandbox = Sandbox::adopted();
    let said = sandbox.run(&["open", "Many errors", "--ack", "--json", "--id", "INC-K7QFM"]).success().json();
    let keys: Vec<&String> = said.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["schema", "id", "path", "event", "status", "commits", "entries", "warnings"]);
    assert_eq!((&said["id"], &said["event"], &said["status"]), (&"INC-K7QFM".into(), &"open".into(), &"acknowledged".into()));
    assert_eq!(said["path"], "incidents/2026-11/22-k7qfm-many-errors/incident.md");
    assert_eq!(said["entries"].as_array().unwrap().len(), 2);
    assert_eq!(said["entries"][0]["kind"], "Opened");
    assert_eq!(said["warnings"][0]["code"], "pagerduty-missing");
}

#[test]
fn a_dry_run_shows_the_document_and_writes_nothing() {
    let sandbox = Sandbox::adopted();
    let said = sandbox.run(&["open", "Many errors", "--dry-run", "--id", "INC-K7QFM"]).success();
    assert!(said.stdout.contains("+# Many errors (incident #INC-K7QFM)\n"), "{said}");
    assert!(said.stderr.contains("nothing was written (--dry-run)"), "{said}");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]).stdout, "1\n");
    assert!(!sandbox.path("incidents/2026-11").exists());
}

#[test]
fn without_pagerduty_it_is_said_whom_to_alert() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "Many errors", "--team", "QPP-FE", "--id", "INC-K7QFM"]).success().shows(str![[r#"
INC-K7QFM Many errors (open)
  - 23:59 EST: **Opened.** Many errors. — Grace Hopper
document: incidents/2026-11/22-k7qfm-many-errors/incident.md
--- stderr
warning: no PagerDuty reference: PagerDuty is the sole mechanism for opening an incident. Alert prod-service-email@cms-qpp.pagerduty.com, then: qpp-incident set INC-K7QFM pagerduty=REF
next: qpp-incident ack INC-K7QFM

"#]]);
}

#[test]
fn others_of_the_last_hour_are_named_and_block_nothing() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "Old", "--team", "QPP-FE", "--pagerduty", "Q0", "--id", "INC-00001"]).success();
    sandbox.pass(50);
    sandbox.run(&["open", "Same", "--team", "QPP-FE", "--pagerduty", "Q1", "--id", "INC-00002"]).success().shows(str![[r#"
INC-00002 Same (open)
  - 00:50 EST: **Opened.** Same. — Grace Hopper
document: incidents/2026-11/23-00002-same/incident.md
--- stderr
warning: INC-00001 Old (open) was opened 51 min before; if it is the same: qpp-incident close INC-00002 --reason duplicate --of INC-00001
next: qpp-incident ack INC-00002

"#]]);
    sandbox.run(&["open", "Other", "--team", "GDIT", "--pagerduty", "Q2", "--id", "INC-00003"]).success().shows(str![[r#"
INC-00003 Other (open)
  - 00:51 EST: **Opened.** Other. — Grace Hopper
document: incidents/2026-11/23-00003-other/incident.md
--- stderr
next: qpp-incident ack INC-00003

"#]]);
    sandbox.pass(20);
    sandbox.run(&["open", "Third", "--team", "QPP-FE", "--pagerduty", "Q3", "--id", "INC-00004"]).success().shows(str![[r#"
INC-00004 Third (open)
  - 01:12 EST: **Opened.** Third. — Grace Hopper
document: incidents/2026-11/23-00004-third/incident.md
--- stderr
warning: INC-00002 Same (open) was opened 22 min before; if it is the same: qpp-incident close INC-00004 --reason duplicate --of INC-00002
next: qpp-incident ack INC-00004

"#]]);
}

#[test]
fn in_a_bad_hour_three_others_are_named_and_where_the_rest_are() {
    let sandbox = Sandbox::adopted();
    for number in 1..=5 {
        sandbox.run(&["open", "Old", "--pagerduty", "Q0", "--id", &format!("INC-0000{number}")]).success();
    }
    let last = sandbox.run(&["open", "Same", "--pagerduty", "Q1", "--id", "INC-00006"]).success();
    let warnings: Vec<&str> = last.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(warnings.len(), 4, "{warnings:?}");
    assert_eq!(
        warnings.last(),
        Some(&"warning: more incidents were opened in the hour before; all that are not closed: qpp-incident list")
    );
}

#[test]
fn a_team_that_the_directory_does_not_know_is_kept_and_said() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "x", "--team", "QPP-EF", "--pagerduty", "Q1", "--id", "INC-K7QFM"]).success().shows(str![[r#"
INC-K7QFM x (open)
  - 23:59 EST: **Opened.** x. — Grace Hopper
document: incidents/2026-11/22-k7qfm-x/incident.md
--- stderr
warning: no team is called `QPP-EF`; the nearest is `QPP-FE` (incidents/teams.yaml)
next: qpp-incident ack INC-K7QFM

"#]]);
    assert!(sandbox.read(&sandbox.document_of("INC-K7QFM")).contains("teams:\n  - QPP-EF\n"));
}

#[test]
fn an_acknowledgement_may_precede_the_opening_and_never_the_report() {
    let sandbox = Sandbox::adopted();
    let refused = sandbox.run(&["open", "x", "--pagerduty", "Q1", "--reported-at", "23:57", "--ack", "23:55"]);
    refused.shows(str![[r#"
--- stderr
error: it was reported at 2026-11-22 23:57 EST, and cannot have been acknowledged before, at 2026-11-22 23:55 EST
hint: give both: --reported-at TIME --ack TIME
--- exit status 1

"#]]);
    sandbox.run(&["open", "x", "--pagerduty", "Q1", "--reported-at", "23:50", "--ack", "23:55", "--id", "INC-K7QFM"]).success().shows(
        str![[r#"
INC-K7QFM x (acknowledged)
  - 00:00 EST: **Opened.** x. — Grace Hopper
  - 23:55 EST: **Acknowledged.** (logged 2026-11-23 00:00) — Grace Hopper
document: incidents/2026-11/23-k7qfm-x/incident.md
--- stderr
`23:55` is 2026-11-22 23:55 EST
`23:50` is 2026-11-22 23:50 EST
next: qpp-incident assign-ic INC-K7QFM WHO

"#]],
    );
    sandbox.run(&["open", "y", "--pagerduty", "Q1", "--team", "GDIT", "--ack=23:55", "--id", "INC-K7QFN"]).success().shows(str![[r#"
INC-K7QFN y (acknowledged)
  - 00:01 EST: **Opened.** y. — Grace Hopper
  - 23:55 EST: **Acknowledged.** (logged 2026-11-23 00:01) — Grace Hopper
document: incidents/2026-11/23-k7qfn-y/incident.md
--- stderr
`23:55` is 2026-11-22 23:55 EST
warning: it is not said when it was reported: 23:55 EST, the acknowledgement, is taken; mend it with qpp-incident set reported_at=TIME --reason TEXT
warning: INC-K7QFM x (acknowledged) was opened 1 min before; if it is the same: qpp-incident close INC-K7QFN --reason duplicate --of INC-K7QFM
next: qpp-incident assign-ic INC-K7QFN WHO

"#]]);
}

#[test]
fn ack_before_the_title_does_not_swallow_it() {
    let sandbox = Sandbox::adopted();
    let said = sandbox.run(&["open", "--pagerduty", "Q1", "--ack", "Many errors", "--json"]).success().json();
    assert_eq!((&said["status"], said["entries"].as_array().unwrap().len()), (&"acknowledged".into(), 2));
    sandbox.run(&["open", "errors", "--ack", "Many"]).shows(str![[r#"
--- stderr
error: `Many`, after --ack, is not a time
hint: put --ack last, or give it a time: --ack 23:58
--- exit status 2

"#]]);
}

#[test]
fn what_was_opened_earlier_says_so() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "x", "--pagerduty", "Q1", "--at", "21:10", "--id", "INC-K7QFM"]).success().shows(str![[r#"
INC-K7QFM x (open)
  - 21:10 EST: **Opened.** x. (logged 23:59) — Grace Hopper
document: incidents/2026-11/22-k7qfm-x/incident.md
--- stderr
next: qpp-incident ack INC-K7QFM

"#]]);
    sandbox.run(&["open", "x", "--at", "2026-11-23 10:00"]).shows(str![[r#"
--- stderr
error: 2026-11-23 10:00 EST is in the future: it is 2026-11-23 00:00 EST now
hint: no later than "2026-11-23 00:00 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
}

#[test]
fn somebody_else_may_have_opened_it() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "x", "--pagerduty", "Q1", "--by", "Ada Byron <ada@example.org>", "--id", "INC-K7QFM"]).success().shows(str![[
        r#"
INC-K7QFM x (open)
  - 23:59 EST: **Opened.** x. — Ada Byron (recorded by Grace Hopper)
document: incidents/2026-11/22-k7qfm-x/incident.md
--- stderr
next: qpp-incident ack INC-K7QFM

"#
    ]]);
    let document = sandbox.read(&sandbox.document_of("INC-K7QFM"));
    assert!(document.contains("reporter: Ada Byron <ada@example.org>\n"), "{document}");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%an|%cn"]).stdout, "Ada Byron|Grace Hopper\n");
}

#[test]
fn without_a_title_nothing_is_opened() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open"]).shows(str![[r#"
--- stderr
error: an incident needs a title: what is wrong, in one line
hint: qpp-incident open "Many errors on the Auth service"
--- exit status 2

"#]]);
    sandbox.run(&["open", " \u{1b}\n ", "--json"]).success();
    sandbox.run(&["open", " \n "]).status_is(2);
    sandbox.run_stdin(&["open", "--from", "-"], "").shows(str![[r#"
--- stderr
error: the report given with --from is empty
--- exit status 2

"#]]);
    sandbox.run_stdin(&["open", "--from", "-"], b"Subject: \xff\n").shows(str![[r#"
--- stderr
error: standard input is not UTF-8: the byte at offset 9 does not fit
hint: pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in
--- exit status 1

"#]]);
    sandbox.run(&["open", "--from", "missing.eml"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo/missing.eml does not exist
--- exit status 1

"#]]);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "x", "--severity", "SEV-9"]).shows(str![[r#"
--- stderr
error: invalid value 'SEV-9' for '--severity <SEV>': `SEV-9` is not a severity (SEV-1, the worst, to SEV-5)

For more information, try '--help'.
--- exit status 2

"#]]);
    sandbox.run(&["open", "x", "--evidence", "splunk"]).shows(str![[r#"
--- stderr
error: `splunk` is not a link that others can open
hint: --evidence https://…
--- exit status 2

"#]]);
    sandbox.run(&["open", "x", "--owner", "Nobody"]).shows(str![[r#"
--- stderr
error: nobody known is called `Nobody`; known, the nearest first: Grace Hopper <grace@example.org>
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
    sandbox.run(&["open", "x", "--reported-at", "soon"]).shows(str![[r#"
--- stderr
error: `soon` is not a time
hint: say `14:05`, `14:05 EST`, `2:05pm`, `2026-11-22 14:05`, `2026-11-22T14:05:00-05:00`, `10 minutes ago`, `1h30m ago`, `today 14:05`, `yesterday 14:05` or `now`
--- exit status 2

"#]]);
    sandbox.run(&["open", "x", "--id", "INC-K7QFM"]).success();
    sandbox.run(&["open", "y", "--id", "INC-K7QFM"]).shows(str![[r#"
--- stderr
error: INC-K7QFM is another incident's id
--- exit status 1

"#]]);
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]).stdout, "2\n");
}

#[test]
fn the_repositorys_own_template_is_used_and_a_broken_one_named() {
    let sandbox = Sandbox::adopted();
    sandbox.write("templates/incident.md", "# {{ title }}\n\n## Timeline\n\n## Runbook\n\nhttps://wiki.example.com\n");
    let id = sandbox.open("Many errors", &["--pagerduty", "Q1"]);
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(
        document.contains("\n## Timeline\n\n### 2026-11-22\n\n- 23:59 EST: **Opened.** Many errors. — Grace Hopper\n\n## Runbook\n"),
        "{document}"
    );
    sandbox.write("templates/incident.md", "{{ titel }}\n");
    sandbox.run(&["open", "x"]).shows(str![[r#"
--- stderr
error: the incident document was not made: templates/incident.md:1: undefined value
hint: mend templates/incident.md, or move it away: the built-in one then serves
--- exit status 1

"#]]);
}

#[test]
fn a_hostile_title_and_summary_stay_text() {
    let sandbox = Sandbox::adopted();
    let title = "Login: 500s #1 \"x\"\nstatus: closed\n---\n- 12:00 EST: **Closed.** Resolved. | `x` <script>\u{1b}[2J\u{202e}";
    let summary = "---\n## Timeline\n\n### 2026-11-22\n\n- 12:00 EST: **Closed.** Resolved. — Grace Hopper\n<!-- hidden";
    sandbox.run(&["open", title, "--summary", summary, "--team", "a\nstatus: closed", "--pagerduty", "Q1", "--id", "INC-K7QFM"]).success();
    sandbox.file(&sandbox.document_of("INC-K7QFM")).shows(str![[r#"
---
id: INC-K7QFM
title: "Login: 500s #1 \"x\" status: closed --- - 12:00 EST: **Closed.** Resolved. | `x` <script>\\u{1b}[2J\\u{202e}"
status: open
teams:
  - "a status: closed"
reporter: Grace Hopper <grace@example.org>
pagerduty: Q1
chat: QPP Incidents
timezone: America/New_York
reported_at: 2026-11-22T23:59:00-05:00
opened_at: 2026-11-22T23:59:00-05:00
---
# Login: 500s #1 "x" status: closed --- - 12:00 EST: **Closed.** Resolved. | `x` \<script>\u{1b}[2J\u{202e} (incident #INC-K7QFM)

**Status:** open · **Severity:** unset · **Next update by:** 2026-11-23 01:59 EST
**Incident Commander:** none yet · **Chat:** QPP Incidents
**Date:** 2026-11-22 · **Authors:** Grace Hopper

## Summary

\---
\## Timeline

\### 2026-11-22

\- 12:00 EST: **Closed.** Resolved. — Grace Hopper
\<!-- hidden

## Impact

<!-- Quantified statement about the impact of the incident. -->

### Extent of the damage

<!-- What was affected and what was checked and found sound: for the root cause analysis, for later audits, for notifying affected parties. -->

## Timeline (all times America/New_York)

### 2026-11-22

- 23:59 EST: **Opened.** Login: 500s #1 "x" status: closed --- - 12:00 EST: **Closed.** Resolved. | `x` \<script>\u{1b}[2J\u{202e}. — Grace Hopper

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
    let said = sandbox.run(&["log", "--json", "still here"]).success().json();
    assert_eq!(said["status"], "open");
}

#[test]
fn where_nothing_was_adopted_the_way_is_said() {
    Sandbox::new().run(&["open", "x"]).shows(str![[r#"
--- stderr
error: no git repository at [SANDBOX]/repo
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
    Sandbox::with_git().run(&["open", "x"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo keeps no incidents: it has no incidents/config.yaml
hint: qpp-incident init [SANDBOX]/repo
--- exit status 1

"#]]);
}
