//! `assume`, `confirm`, `refute`: be skeptical of assumptions.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn an_assumption_is_open_until_something_proves_or_disproves_it() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["assume", &id, "It is the pool."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Assumption S01.** It is the pool. — Grace Hopper
--- stderr
next: qpp-incident confirm INC-AAAAA S01 "what proves it", or qpp-incident refute INC-AAAAA S01 "…"

"#]]);
    let status = sandbox.run(&["--json", "status", &id]).json();
    assert_eq!(status["open"]["assumptions"][0]["text"], "It is the pool.");
    let second = sandbox.run(&["--json", "assume", &id, "No data is lost."]).success().json();
    sandbox.run(&["confirm", &id, second["ref"].as_str().unwrap(), "The audit log is whole"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:05 EST: **Confirmed S02.** "No data is lost": The audit log is whole. — Grace Hopper
--- stderr
next: qpp-incident confirm INC-AAAAA S01 "…", or refute: It is the pool.

"#]]);
    sandbox.run(&["refute", &id, "last", "60 connections are free", "--via", "https://splunk.example.com/1"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:06 EST: **Refuted S01.** "It is the pool": 60 connections are free. [splunk.example.com](https://splunk.example.com/1) — Grace Hopper

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    let found: Vec<&str> = shown["assumptions"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(found, ["refuted", "confirmed"]);
}

#[test]
fn the_same_verdict_twice_is_refused_and_another_one_counts() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["assume", &id, "It is the pool."]).success();
    sandbox.run(&["confirm", &id, "last", "Seen."]).success();
    sandbox.run(&["confirm", &id, "last", "Seen."]).status_is(1).shows(str![[r#"
--- stderr
error: assumption S01 of INC-AAAAA was confirmed by Grace Hopper at 2026-11-23 00:03 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
    sandbox.run(&["refute", &id, "last", "It was the proxy."]).success();
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["assumptions"][0]["state"], "refuted");
    sandbox.run(&["confirm", &id, "last"]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What proves it?
--- exit status 2

"#]]);
    sandbox.run(&["confirm", &id, "last", "x", "--at", "00:00"]).status_is(1).shows(str![[r#"
--- stderr
error: S01 of INC-AAAAA cannot be confirmed at 2026-11-23 00:00 EST: it stands at 2026-11-23 00:02 EST
hint: give the time with --at, or mend the earlier one: qpp-incident correct ENTRY --time TIME
--- exit status 1

"#]]);
}

#[test]
fn what_is_still_open_is_told_at_the_close_and_can_be_settled_after_it() {
    let (sandbox, id) = Sandbox::agreed();
    sandbox.run(&["assume", &id, "It is the pool."]).success();
    let closed = sandbox.run(&["close", &id]).success();
    assert!(closed.stderr.contains("was never confirmed: It is the pool."), "{}", closed.stderr);
    let found = |sandbox: &Sandbox| sandbox.run(&["check", "--format", "text"]).stdout.contains("[open-assumption]");
    assert!(found(&sandbox));
    sandbox.run(&["assume", &id, "One more."]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is closed: `assume` does not fit
hint: qpp-incident reopen INC-AAAAA "why it is back"
--- exit status 1

"#]]);
    sandbox.run(&["confirm", &id, "last", "Seen in Splunk."]).success();
    assert!(!found(&sandbox));
}
