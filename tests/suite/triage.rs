//! `triage`: four signs, and when in doubt it is an incident.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const NO: [&str; 8] = ["--immediate-response", "no", "--cross-team", "no", "--disrupts-users", "no", "--business-impact", "no"];

#[test]
fn when_in_doubt_it_is_an_active_incident() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["triage", "--disrupts-users", "yes", "--business-impact", "no"]).success().shows(str![[r#"
it requires an immediate response: unsure
it may require cross-team collaboration: unsure
it disrupts the activities or privacy of end users: yes
it has a significant impact on normal business operations: no
active incident: when in doubt, it is one until proven otherwise
--- stderr
next: qpp-incident open "What is wrong"

"#]]);
    assert_eq!(sandbox.run(&["--json", "triage"]).success().json()["verdict"], "active");
    assert_eq!(sandbox.run(&[&["--json", "triage"], &NO[..]].concat()).success().json()["verdict"], "may-be-none");
}

#[test]
fn that_it_is_none_takes_a_reason_and_who_says_so() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["triage", "--example", "ui-bug", "--not-an-incident", "One label is cut off"]).success().shows(str![[r#"
it requires an immediate response: unsure
it may require cross-team collaboration: unsure
it disrupts the activities or privacy of end users: unsure
it has a significant impact on normal business operations: unsure
not an incident
the process counts a UI bug that does not affect a large number of users among non-incidents
escalate to the Product Owner for prioritization
Grace Hopper says: One label is cut off.

"#]]);
    sandbox.run(&["triage", "--not-an-incident", ""]).status_is(2).shows(str![[r#"
--- stderr
error: that it is no incident takes a reason
--- exit status 2

"#]]);
    sandbox.run(&["triage", "--cross-team", "yes", "--not-an-incident", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: it is an incident: it may require cross-team collaboration
hint: qpp-incident open "What is wrong"; take the answer back if it is wrong
--- exit status 1

"#]]);
    let said = sandbox.run(&[&["--json", "triage", "--not-an-incident", "A test environment."], &NO[..]].concat()).json();
    assert_eq!((said["verdict"].as_str(), said["by"]["email"].as_str()), (Some("not-an-incident"), Some("grace@example.org")));
}

#[test]
fn the_answers_are_kept_in_the_incident_that_is_named() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["triage", &id, "--disrupts-users", "yes"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:00 EST: Triage: requires an immediate response: unsure; may require cross-team collaboration: unsure; disrupts the activities or privacy of end users: yes; has a significant impact on normal business operations: unsure. Active incident. — Grace Hopper
active incident: when in doubt, it is one until proven otherwise

"#]]);
    sandbox.run(&[&["triage", &id, "--not-an-incident", "It was the test system"], &NO[..]].concat()).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:01 EST: Triage: requires an immediate response: no; may require cross-team collaboration: no; disrupts the activities or privacy of end users: no; has a significant impact on normal business operations: no. Not an incident: It was the test system. — Grace Hopper
not an incident
Grace Hopper says: It was the test system.
--- stderr
next: qpp-incident close INC-AAAAA --reason false-alarm "why"

"#]]);
    sandbox.git(&["log", "-1", "--format=%(trailers:key=Event,valueonly)"]).shows(str![[r#"
triage


"#]]);
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["status"], "open", "triage closes nothing");
}
