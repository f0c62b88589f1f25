//! `request-approval`, `approve`, `decline`: emergency actions need the business owner, and the wait is shown.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const PAT: &str = "Pat Lee <pat@example.org>";

#[test]
fn an_owner_is_asked_and_decides_and_the_wait_is_told() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["request-approval", &id, "Deploy 4.2.1."]).status_is(2).shows(str![[r#"
--- stderr
error: nobody is asked to approve: it has no business owner
hint: --owner WHO
--- exit status 2

"#]]);
    sandbox.run(&["owner", "add", &id, PAT]).success();
    sandbox.run(&["request-approval", &id, "Deploy 4.2.1."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:04 EST: **Approval asked P01.** Deploy 4.2.1. (to Pat Lee <pat@example.org>) — Grace Hopper
--- stderr
next: ask Pat Lee <pat@example.org>, then qpp-incident approve INC-AAAAA P01 --by "Pat Lee" --via "how they said it" (or decline)

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(
        (shown["approvals"][0]["state"].as_str(), shown["approvals"][0]["owner"]["name"].as_str()),
        (Some("waiting"), Some("Pat Lee"))
    );
    sandbox.pass(10);
    sandbox.run(&["approve", &id, "last", "go ahead", "--by", "Pat", "--via", "https://chat.example.org/42"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:16 EST: **Approved P01.** "Deploy 4.2.1": go ahead. [chat.example.org](https://chat.example.org/42) — Pat Lee (recorded by Grace Hopper)
P01 waited 12 min

"#]]);
    sandbox.run(&["approve", &id, "last", "--by", "Pat", "--via", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: request for approval P01 of INC-AAAAA was approved by Pat Lee at 2026-11-23 00:16 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
}

#[test]
fn nobody_else_decides() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["request-approval", &id, "Deploy 4.2.1.", "--owner", PAT]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Approval asked P01.** Deploy 4.2.1. (to Pat Lee <pat@example.org>) — Grace Hopper
--- stderr
warning: Pat Lee is not recorded as an affected business owner: qpp-incident owner add INC-AAAAA "Pat Lee <pat@example.org>"
next: ask Pat Lee <pat@example.org>, then qpp-incident approve INC-AAAAA P01 --by "Pat Lee" --via "how they said it" (or decline)

"#]]);
    sandbox.run(&["approve", &id, "last"]).status_is(1).shows(str![[r#"
--- stderr
error: Grace Hopper is no business owner of INC-AAAAA and cannot decide on P01: that is for Pat Lee <pat@example.org>
hint: qpp-incident approve INC-AAAAA P01 --by "Pat Lee" --via "how they said it"
--- exit status 1

"#]]);
    sandbox.run(&["decline", &id, "last", "--by", "Pat"]).status_is(2).shows(str![[r#"
--- stderr
error: you answer for Pat Lee, and it must be on record how they said it
hint: qpp-incident decline … --via "by phone"
--- exit status 2

"#]]);
    sandbox.identity("Pat Lee", "pat@example.org");
    sandbox.run(&["decline", &id, "last"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:05 EST: **Declined P01.** "Deploy 4.2.1": declined. — Pat Lee
P01 waited 3 min

"#]]);
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["approvals"][0]["state"], "declined");
    sandbox.run(&["approve", &id, "last", "After the backup: yes."]).success();
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["approvals"][0]["state"], "approved");
}

#[test]
fn a_request_that_waits_is_late_after_fifteen_minutes_and_stands_against_the_close() {
    let (sandbox, id) = Sandbox::agreed();
    sandbox.run(&["request-approval", &id, "Deploy 4.2.1.", "--owner", PAT]).success();
    sandbox.pass(20);
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: approval P01 is still waiting, asked for at 2026-11-23 00:26 EST: Deploy 4.2.1. (to Pat Lee <pat@example.org>)
hint: qpp-incident approve INC-AAAAA P01 --by OWNER --via "how they said it", or decline
--- exit status 1

"#]]);
    let approved = sandbox.run(&["--json", "approve", &id, "last", "--by", "Pat", "--via", "by phone"]).success().json();
    assert_eq!((approved["waited_seconds"].as_i64(), approved["warnings"][0]["code"].as_str()), (Some(22 * 60), Some("late-answer")));
    sandbox.run(&["close", &id]).success();
    sandbox.run(&["request-approval", &id, "x", "--owner", PAT]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is closed: `request-approval` does not fit
hint: qpp-incident reopen INC-AAAAA "why it is back"
--- exit status 1

"#]]);
}
