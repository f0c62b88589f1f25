//! Every answer that a schema of `docs/schema/` describes, as the commands really give it along one incident.

use serde_json::Value;

use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;

#[test]
fn changing_commands_answer_as_their_schema_says() {
    let sandbox = Sandbox::adopted();
    let id = sandbox.open("Many errors on Auth service", &["--team", "QPP Auth"]);
    let commands: &[&[&str]] = &[
        &["ack"],
        &["assign-ic", "me"],
        &["log", "The pool is empty."],
        &["update", "We look at the pool."],
        &["mitigate", "Restarted.", "--restored", "60"],
        &["log", "One more.", "--dry-run"],
        &["inquiry", "Is mail affected?", "--from", "Jane Roe"],
        &["answer", "last", "Mail is sound."],
        &["assume", "It is the pool."],
        &["refute", "last", "It is not."],
        &["request-approval", "Deploy 4.2.1.", "--owner", "me"],
        &["decline", "last"],
        &["object", "Not all is checked."],
        &["page", "--escalate", "QPP-FE"],
        &["phase", "mitigate"],
        &["phase", "mitigate", "--done"],
        &["extent", "1200 sessions."],
        &["phase", "stabilize", "--until", "in 8h"],
        &["cms-process"],
        &["rotate", "--in", "Kim Doe <kim@example.org>", "--brief", "The pool is at 40."],
        &["resolve", "Restarted for good."],
        &["close", "--ask"],
        &["set", "severity=SEV-3"],
        &["action", "add", "Add an alert"],
    ];
    for command in commands {
        let answer = sandbox.run(&[command, &["-i", id.as_str(), "--json"][..]].concat()).success().json();
        assert_fits("change", &answer);
        assert_eq!(answer.get("diff").is_some(), command.contains(&"--dry-run"), "{command:?}");
    }
    assert_fits("show", &sandbox.run(&["show", "--json"]).json());
    assert_fits("list", &sandbox.run(&["list", "--json"]).json());
    assert_fits("status", &sandbox.run(&["status", &id, "--json"]).json());
    assert_fits("timeline", &sandbox.run(&["timeline", "--json"]).json());
}

#[test]
fn a_kept_entry_a_refusal_and_findings_fit_their_schemas() {
    let (sandbox, id) = Sandbox::acknowledged();
    assert_fits("error", &sandbox.run(&["ack", &id, "--json"]).status_is(1).json_error());
    assert_fits("error", &sandbox.run(&["show", "INC-00000", "--json"]).json_error());
    assert_fits("error", &sandbox.run(&["lgo", "--json"]).status_is(2).json_error());
    sandbox.pass(600);
    let findings = sandbox.run(&["check", "--json"]).json();
    assert_ne!(findings, Value::Array(Vec::new()));
    assert_fits("findings", &findings);
    let path = sandbox.document_of(&id);
    sandbox.write(&path, sandbox.read(&path).replace("**Acknowledged.**", "**Acknowledged.** Me."));
    sandbox.git(&["commit", "--quiet", "-am", "By hand."]).success();
    let findings = sandbox.run(&["verify", "--json"]).status_is(3).json();
    assert_ne!(findings, Value::Array(Vec::new()));
    assert_fits("findings", &findings);
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    assert_fits("change", &sandbox.run(&["log", &id, "Kept.", "--json"]).status_is(75).json());
}
