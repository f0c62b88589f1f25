//! `rotate`: a team rotation has a briefing and a broadcast.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const KIM: &str = "Kim Doe <kim@example.org>";

#[test]
fn a_rotation_is_a_brief_and_a_status_update_in_one_commit() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["owner", "add", &id, "Pat Lee <pat@example.org>"]).success();
    let rotate = ["rotate", &id, "--in", KIM, "--in", "lee@example.org", "--out", "grace", "--brief", "Pool is at 40; node 3 is next"];
    sandbox.run(&rotate).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Rotation.** In: Kim Doe <kim@example.org>, lee@example.org <lee@example.org>. Out: Grace Hopper <grace@example.org>. Brief: Pool is at 40; node 3 is next. — Grace Hopper
  - 00:03 EST: **Update.** The response team rotates: Kim Doe, lee@example.org take over from Grace Hopper. — Grace Hopper

Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

The response team rotates: Kim Doe, lee@example.org take over from Grace Hopper.
Next update by 02:03 EST.
--- stderr
to: Pat Lee <pat@example.org>

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!((shown["responders"][0]["name"].as_str(), shown["responders"].as_array().unwrap().len()), (Some("Kim Doe"), 2));
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA rotate: In: Kim Doe <kim@example.org>, lee@example.org…

    In: Kim Doe <kim@example.org>, lee@example.org <lee@example.org>. Out: Grace Hopper <grace@example.org>. Brief: Pool is at 40; node 3 is next.
    The response team rotates: Kim Doe, lee@example.org take over from Grace Hopper.

Incident: INC-AAAAA
Event: rotate
Occurred-At: 2026-11-23T00:03:00-05:00
Entry: [hash]
Event: update
Occurred-At: 2026-11-23T00:03:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn nobody_leaves_who_is_not_there_and_nobody_comes_without_a_brief() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["rotate", &id, "--in", KIM]).status_is(2).shows(str![[r#"
--- stderr
error: a rotation takes a brief for the new team
hint: --brief "where it stands, what is being tried, what comes next"
--- exit status 2

"#]]);
    sandbox.run(&["rotate", &id, "--brief", "x"]).status_is(2).shows(str![[r#"
--- stderr
error: nobody is named: who comes, who leaves?
hint: --in WHO … --out WHO …
--- exit status 2

"#]]);
    sandbox.run(&["rotate", &id, "--out", "ada", "--brief", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: Ada Byron <ada@example.org> is no responder of INC-AAAAA: it has Grace Hopper <grace@example.org>
hint: qpp-incident assign-ic INC-AAAAA WHO --brief "…"
--- exit status 1

"#]]);
    sandbox.run(&["rotate", &id, "--in", KIM, "--out", KIM, "--brief", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: Kim Doe cannot come to INC-AAAAA and leave it at once
--- exit status 1

"#]]);
    sandbox.run(&["rotate", &id, "--in", "nobody", "--brief", "x"]).status_is(1);
}

#[test]
fn whoever_comes_begins_a_new_shift() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.at("2026-11-23T04:00:00-05:00");
    sandbox.run(&["rotate", &id, "--in", KIM, "--out", "grace", "--brief", "Pool is at 40."]).success();
    sandbox.at("2026-11-23T06:59:00-05:00");
    let relieve = |sandbox: &Sandbox| {
        let status = sandbox.run(&["--json", "status", &id]).json();
        let due = status["due"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|duty| duty["clock"] == "rotation")
            .map(|duty| format!("{} {}", duty["what"].as_str().unwrap(), duty["state"].as_str().unwrap()));
        due.collect::<Vec<_>>()
    };
    assert_eq!(relieve(&sandbox), ["relieve Ada Byron overdue", "relieve Kim Doe running"]);
    sandbox.at("2026-11-23T07:00:01-05:00");
    assert_eq!(relieve(&sandbox), ["relieve Ada Byron overdue", "relieve Kim Doe overdue"]);
}
