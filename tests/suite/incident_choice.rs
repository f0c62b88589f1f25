//! Which incident is meant when none is named, and what is said when none can be.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn the_only_one_that_is_not_closed_is_meant_and_the_command_says_why_it_does_not_fit() {
    let (sandbox, _) = Sandbox::mitigated();
    sandbox.run(&["agree"]).status_is(1).shows(str![[r#"
--- stderr
error: nobody has asked yet whether INC-AAAAA may be closed
hint: qpp-incident close INC-AAAAA --ask
--- exit status 1

"#]]);
    sandbox.run(&["ack"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA was acknowledged by Grace Hopper <grace@example.org> at 2026-11-23 00:00 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
}

#[test]
fn what_goes_on_after_the_close_means_the_only_incident_there_is() {
    let (sandbox, id) = Sandbox::closed();
    for arguments in [&["log", "Told the users."][..], &["set", "impact=40 % of logins"], &["correct", "last", "Told all users."]] {
        assert_eq!(sandbox.run(&[&["--json"], arguments].concat()).success().json()["id"], id);
    }
    sandbox.run(&["mitigate", "Again."]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named, and every one is closed:
  INC-AAAAA Many errors on Auth service (closed)
hint: name one with -i, or see qpp-incident list --all
--- exit status 1

"#]]);
    let second = sandbox.open("Reports are late", &[]);
    assert_eq!(sandbox.run(&["--json", "log", "Which one?"]).success().json()["id"], second);
}

#[test]
fn a_reopening_is_never_guessed() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["reopen", "Errors are back."]).status_is(1).shows(str![[r#"
--- stderr
error: reopen takes an incident by name, so that none is meant by accident:
  INC-AAAAA Many errors on Auth service (closed)
hint: qpp-incident reopen INC-AAAAA "…"
--- exit status 1

"#]]);
    sandbox.run(&["reopen", &id, "Errors are back."]).success();
}
