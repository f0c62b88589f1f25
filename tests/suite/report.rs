//! `report`: the positive example passes, the negative one fails by name, and a good report is written.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// The process's own, as it is printed there.
const POSITIVE: &str = "To: example@cms-qpp.pagerduty.com\nFrom: reporter@cms.hhs.gov\nSubject: many errors on Auth service\n\n\
    Starting at 23:50pm, we've seen a massive increase in errors\nlogged in the Auth service logs in Splunk.\n\n\
    Here's a link to a search that shows the errors:\nhttps://splunk.example.com/...\n\n\
    New Relic is also showing errors in the same timeframe:\nhttps://rpm.newrelic.com/example-url/...\n\n\
    Please acknowledge and advise on next steps\n";

/// The process's own too.
const NEGATIVE: &str = "To: developer@qppcontractor.com,\nother-developer@qppcontractor.com,\nunrelated-developer@qppcontractor.com\n\
    From: reporter@cms.hhs.gov\nSubject: Auth is not forwarding Splunk logs\n\n\
    John Sysadmin just called me and said that Auth Production systems are not forwarding Splunk logs. Please contact him as soon as \
    possible to resolved (sic) this issue. His phone number is 419-555-1234.\n\nThanks,\n\nJeff Sysadmin\n";

#[test]
fn the_positive_example_passes_and_the_negative_one_fails_by_name() {
    let sandbox = Sandbox::adopted();
    let passed = sandbox.run_stdin(&["report", "--from", "-"], POSITIVE).success();
    assert_eq!(passed.stderr, "next: send it, then qpp-incident open --from FILE --pagerduty REF\n");
    sandbox.run_stdin(&["report", "--from", "-"], NEGATIVE).status_is(1).shows(str![[r#"
--- stderr
error: this report must not go out like this:
  several-people: it goes to 3 people (developer@qppcontractor.com, other-developer@qppcontractor.com, unrelated-developer@qppcontractor.com): each may assume that another responds, and ignore it
  not-to-pagerduty: it goes to no PagerDuty address: PagerDuty alerts the on-call engineer at once, and escalates
  phone-number: it gives a phone number, 419-555-1234, in place of details: write down what was said on the phone
  no-evidence: it links no evidence: a search, a graph or an alert lets the responder judge scope and severity
  no-start-time: it does not say when it started
using these channels will delay the initial response, and in the worst case, may cause the initial incident report to be ignored
hint: qpp-incident report SUBJECT --team TEAM --started-at TIME --details TEXT --evidence URL writes a good one
--- exit status 1

"#]]);
    let error = sandbox.run_stdin(&["--json", "report", "--from", "-"], NEGATIVE).status_is(1).json_error();
    assert_eq!(error["error"]["code"], "report-unfit");
}

#[test]
fn a_report_is_written_in_the_form_of_the_positive_example() {
    let sandbox = Sandbox::adopted();
    let written = sandbox.run(&[
        "report",
        "many errors on Auth service",
        "--team",
        "QPP-FE",
        "--started-at",
        "23:50",
        "--details",
        "A massive increase in errors in the Auth logs in Splunk.",
        "--evidence",
        "https://splunk.example.com/1",
    ]);
    written.success().shows(str![[r#"
To: prod-service-email@cms-qpp.pagerduty.com
From: grace@example.org
Subject: many errors on Auth service

Starting at 2026-11-22 23:50 EST: A massive increase in errors in the Auth logs in Splunk.

Here's a link that shows it:
https://splunk.example.com/1

Please acknowledge and advise on next steps
--- stderr
next: send it, then qpp-incident open --from FILE --pagerduty REF

"#]]);
    sandbox.run(&["report", "many errors", "--team", "QPP-FE", "--details", "Errors."]).success().shows(str![[r#"
To: prod-service-email@cms-qpp.pagerduty.com
From: grace@example.org
Subject: many errors

Errors.

Please acknowledge and advise on next steps
--- stderr
warning: no-evidence: it links no evidence: a search, a graph or an alert lets the responder judge scope and severity
warning: no-start-time: it does not say when it started
warning: no-details: it says too little to judge scope and severity
next: send it, then qpp-incident open --from FILE --pagerduty REF

"#]]);
    let json = sandbox.run(&["--json", "report", "many errors", "--team", "QPP-FE", "--details", "Errors."]).success().json();
    assert_eq!(
        (json["to"][0].as_str(), json["from"].as_str()),
        (Some("prod-service-email@cms-qpp.pagerduty.com"), Some("grace@example.org"))
    );
    assert_eq!(json["warnings"][0]["code"], "no-evidence");
    assert_eq!(sandbox.git(&["log", "--format=%s"]).stdout.lines().count(), 1, "a report changes nothing");
}

#[test]
fn a_report_for_nobody_or_somebody_alone_is_refused() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["report", "x", "--details", "y"]).status_is(2).shows(str![[r#"
--- stderr
error: nobody is named: which team is affected?
hint: --team TEAM; qpp-incident teams lists them
--- exit status 2

"#]]);
    sandbox.run(&["report", "x", "--team", "QPP-A", "--details", "y"]).status_is(1).shows(str![[r#"
--- stderr
error: QPP-A (Nava) has no incident address: fill in its row in incidents/teams.yaml
hint: GDIT's NOC/SOC is there 24x7x365; give another address with --to
--- exit status 1

"#]]);
    sandbox.run(&["report", "x", "--team", "QPP-XX", "--details", "y"]).status_is(1).shows(str![[r#"
--- stderr
error: no team is called `QPP-XX`; the nearest is `QPP-A`
hint: qpp-incident teams
--- exit status 1

"#]]);
    sandbox.run(&["report", "--team", "QPP-FE"]).status_is(2).shows(str![[r#"
--- stderr
error: the report has no subject: what is wrong?
hint: qpp-incident report "many errors on Auth service" --team TEAM
--- exit status 2

"#]]);
    let details = ["--details", "Please join the bridge at 23:50, see https://x.example/1 now."];
    sandbox.run(&[&["report", "x", "--team", "QPP-FE", "--to", "all@example.org"], &details[..]].concat()).status_is(1).shows(str![[r#"
--- stderr
error: this report must not go out like this:
  distribution-list: it goes to a distribution list, all@example.org
  join-a-call: it demands to join a call: chat is faster, and its history can be read
using these channels will delay the initial response, and in the worst case, may cause the initial incident report to be ignored
hint: qpp-incident report SUBJECT --team TEAM --started-at TIME --details TEXT --evidence URL writes a good one
--- exit status 1

"#]]);
}
