//! `log --from`: many entries at once, all good or none written; `--risk` and `--undo`; and what is said of an entry.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn notes_of_the_night_are_one_commit() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.write(
        "notes.txt",
        "23:50 First errors in Splunk.\n- 23:55 EST: Restarted the pool.\n  It did not help.\n\n2026-11-21\n22:00 Release 4.2.0.\n",
    );
    sandbox.run(&["log", &id, "--from", "notes.txt"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 23:50 EST: First errors in Splunk. (logged 2026-11-23 00:01) — Grace Hopper
  - 23:55 EST: Restarted the pool. (logged 2026-11-23 00:01) — Grace Hopper
  
    It did not help.
  - 22:00 EST: Release 4.2.0. (logged 2026-11-23 00:01) — Grace Hopper

"#]]);
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA log: First errors in Splunk.

    First errors in Splunk.
    Restarted the pool.

    It did not help.
    Release 4.2.0.

Incident: INC-AAAAA
Event: log
Occurred-At: 2026-11-22T23:50:00-05:00
Entry: [hash]
Event: log
Occurred-At: 2026-11-22T23:55:00-05:00
Entry: [hash]
Event: log
Occurred-At: 2026-11-21T22:00:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.run_stdin(&["log", &id, "--from", "-", "--kind", "external"], "00:01 The news has it.\n").success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: **External.** The news has it. — Grace Hopper

"#]]);
}

#[test]
fn a_defect_is_named_by_its_line_and_nothing_is_written() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.read(&sandbox.document_of(&id));
    let notes = "00:01 Fine.\nno time here\n25:00 x\n2026-11-24 09:00 To come.\n00:02\n";
    sandbox.run_stdin(&["log", &id, "--from", "-"], notes).status_is(1).shows(str![[r#"
--- stderr
error: nothing was written: standard input has lines that are no entries:
  line 2: `no` is no time: a line is `TIME TEXT`, such as `00:10 Restarted it.`
  line 3: `25:00` is not a time
  line 4: 2026-11-24 09:00 EST is in the future: it is 2026-11-23 00:01 EST now
  line 5: 2026-11-24 00:02 EST is in the future: it is 2026-11-23 00:01 EST now
hint: mend them and run it again: `00:10 Restarted the auth database.`, and a line `2026-11-23` sets the day
--- exit status 1

"#]]);
    assert_eq!(sandbox.read(&sandbox.document_of(&id)), before);
    sandbox.run_stdin(&["log", &id, "--from", "-"], "\n").status_is(2).shows(str![[r#"
--- stderr
error: standard input has no entry
hint: one `TIME TEXT` a line
--- exit status 2

"#]]);
    sandbox.run(&["log", &id, "x", "--from", "-"]).status_is(2).shows(str![[r#"
--- stderr
error: the entries come from --from, and a text is given too
--- exit status 2

"#]]);
    sandbox.run(&["log", &id, "--from", "-", "--at", "00:01"]).status_is(2).shows(str![[r#"
--- stderr
error: each line of --from has its own time, and --at is given too
--- exit status 2

"#]]);
    sandbox.run(&["log", &id, "--from", "missing.txt"]).status_is(1);
}

#[test]
fn they_are_kept_where_they_cannot_be_committed() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run_stdin(&["log", &id, "--from", "-"], "00:00 One.\n00:01 Two.\n").status_is(75).shows(str![[r#"
INC-AAAAA
--- stderr
2 entries are kept
warning: kept, not yet in the document: cannot commit: no branch is checked out (detached HEAD at [commit 1])
the next command on this incident that can commits it
--- exit status 75

"#]]);
    sandbox.git(&["checkout", "--quiet", "main"]).success();
    sandbox.run(&["log", &id, "Three."]).success();
    let timeline = sandbox.run(&["timeline", &id]).stdout;
    assert!(["One.", "Two.", "Three."].iter().all(|text| timeline.contains(text)), "{timeline}");
}

#[test]
fn an_action_may_say_its_risk_and_how_it_is_undone() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "Deployed 4.2.1", "--risk", "drops sessions", "--undo", "deploy 4.2.0"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: Deployed 4.2.1. Risk: drops sessions. Undo: deploy 4.2.0. — Grace Hopper

"#]]);
    sandbox.run_stdin(&["log", &id, "--undo", "none"], "Ran\n\n```\nx\n```\n").success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: Ran. Undo: none. — Grace Hopper
  
    ```
    x
    ```

"#]]);
}

#[test]
fn what_rests_on_an_open_assumption_or_comes_too_early_is_said() {
    let (sandbox, id) = Sandbox::acknowledged();
    let said = sandbox.run(&["--json", "assume", &id, "It is the pool."]).success().json();
    let reference = said["ref"].as_str().unwrap();
    let text = format!("Restarted the pool because of {reference}.");
    sandbox.run(&["log", &id, &text]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: Restarted the pool because of S01. — Grace Hopper
--- stderr
warning: it rests on assumption S01, which nothing proves yet (It is the pool.): qpp-incident confirm INC-AAAAA S01 "…", or refute

"#]]);
    sandbox.run(&["confirm", &id, "last", "Seen in Splunk."]).success();
    assert_eq!(sandbox.run(&["log", &id, &text]).success().stderr, "");
    let codes = |arguments: &[&str]| {
        let warnings = sandbox.run(&[&["--json", "log", &id], arguments].concat()).success().json()["warnings"].clone();
        warnings.as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["--kind", "cause", "The release halved the pool."]), ["cause-before-mitigation"]);
    assert_eq!(codes(&["Asked GDIT for an account reset."]), ["account-reset-ticket"]);
    assert_eq!(codes(&["Asked GDIT for an account reset, OPS-12."]), [""; 0]);
    sandbox.run(&["mitigate", &id, "Standby."]).success();
    assert_eq!(codes(&["--kind", "cause", "The release halved the pool."]), [""; 0]);
}
