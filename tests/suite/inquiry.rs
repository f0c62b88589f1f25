//! `inquiry`, `answer`: inbound questions go to the incident commander, who answers within 15 minutes.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const JANE: &str = "Jane Roe <jane@example.org>";

fn asked(sandbox: &Sandbox, id: &str) -> String {
    let said = sandbox.run(&["--json", "inquiry", id, "Is mail affected?", "--from", JANE]).success().json();
    said["ref"].as_str().unwrap().to_owned()
}

#[test]
fn a_question_has_a_reference_and_its_answer_repeats_it() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["inquiry", &id, "Is mail affected?", "--from", JANE]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Inquiry Q01.** Is mail affected? (from Jane Roe <jane@example.org>) — Grace Hopper
--- stderr
next: qpp-incident answer INC-AAAAA Q01 "…": Ada Byron <ada@example.org> by 00:17 EST

"#]]);
    sandbox.run(&["answer", &id, "last", "No, mail is sound", "--by", "Ada"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Answer Q01.** "Is mail affected?": No, mail is sound. — Ada Byron (recorded by Grace Hopper)

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    let inquiry = &shown["inquiries"][0];
    assert_eq!((inquiry["text"].as_str(), inquiry["from"]["email"].as_str()), (Some("Is mail affected?"), Some("jane@example.org")));
    assert_eq!(inquiry["state"], "answered");
    assert_eq!(shown["clocks"]["inquiries"][0]["state"], "met");
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA answer: "Is mail affected?": No, mail is sound.

Incident: INC-AAAAA
Event: answer
Occurred-At: 2026-11-23T00:03:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn the_clock_runs_from_the_question_for_fifteen_minutes() {
    for (minutes, state) in [(13, "met"), (14, "met"), (15, "late")] {
        let (sandbox, id) = Sandbox::commanded();
        let reference = asked(&sandbox, &id);
        sandbox.pass(minutes);
        let answered = sandbox.run(&["--json", "answer", &id, &reference, "No.", "--by", "Ada"]).success().json();
        assert_eq!(answered["warnings"].as_array().unwrap().len(), usize::from(state == "late"), "{minutes}");
        let clocks = sandbox.run(&["--json", "show", &id]).json()["clocks"]["inquiries"].clone();
        assert_eq!((clocks[0]["ref"].as_str(), clocks[0]["state"].as_str()), (Some(reference.as_str()), Some(state)), "{minutes}");
        assert_eq!(clocks[0]["misses"].as_array().unwrap().len(), usize::from(state == "late"));
    }
}

#[test]
fn an_answer_by_another_than_the_commander_is_said() {
    let (sandbox, id) = Sandbox::commanded();
    asked(&sandbox, &id);
    sandbox.run(&["answer", &id, "last", "No."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Answer Q01.** "Is mail affected?": No. — Grace Hopper
--- stderr
warning: answered by Grace Hopper: inquiries go to the incident commander, Ada Byron <ada@example.org>

"#]]);
    sandbox.run(&["answer", &id, "last", "Still no.", "--by", "Ada"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:04 EST: **Answer Q01.** "Is mail affected?": Still no. — Ada Byron (recorded by Grace Hopper)

"#]]);
    sandbox.run(&["answer", &id, "Q00", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA has no inquiry Q00; it has, the latest first:
  Q01 "Is mail affected?" (answered)
hint: qpp-incident status INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["answer", &id, "last"]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What is the answer?
--- exit status 2

"#]]);
    sandbox.run(&["answer", &id]).status_is(2).shows(str![[r#"
--- stderr
error: no inquiry is named: which one?
hint: qpp-incident answer REF …, such as Q7F, or `last`
--- exit status 2

"#]]);
}

#[test]
fn anybody_may_ask_and_several_who_fit_are_listed() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["responder", "add", &id, "Ada Lovelace <lovelace@example.org>"]).success();
    sandbox.run(&["inquiry", &id, "Is it over?", "--from", "somebody of the help desk"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Inquiry Q01.** Is it over? (from somebody of the help desk) — Grace Hopper
--- stderr
next: qpp-incident answer INC-AAAAA Q01 "…": Ada Byron <ada@example.org> by 00:18 EST

"#]]);
    sandbox.run(&["inquiry", &id, "Is it over?", "--from", "Ada"]).status_is(1).shows(str![[r#"
--- stderr
error: `Ada` is not one person: it may be Ada Byron <ada@example.org>, Ada Lovelace <lovelace@example.org>
hint: give more of the name, or the address
--- exit status 1

"#]]);
    sandbox.run(&["inquiry", &id, "Is it over?"]).status_is(2);
}

#[test]
fn questions_go_on_after_the_close() {
    let (sandbox, id) = Sandbox::closed();
    let reference = asked(&sandbox, &id);
    sandbox.run(&["answer", &id, &reference, "It is in the postmortem."]).success();
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["status"], "closed");
}

#[test]
fn a_broken_document_or_a_detached_head_stops_no_question() {
    let (sandbox, id) = Sandbox::commanded();
    let path = sandbox.document_of(&id);
    let sound = sandbox.read(&path);
    sandbox.write(&path, sound.replace("status: acknowledged", "status: [acknowledged"));
    let kept = sandbox.run(&["--json", "inquiry", &id, "Is mail affected?", "--from", JANE]).status_is(75).json();
    sandbox.write(&path, &sound);
    sandbox.run(&["answer", &id, kept["ref"].as_str().unwrap(), "No."]).success();
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(shown["inquiries"][0]["from"]["name"], "Jane Roe");
    sandbox.git(&["log", "-2", "--format=%s"]).shows(str![[r#"
INC-AAAAA answer: "Is mail affected?": No.
INC-AAAAA inquiry: Is mail affected? (from Jane Roe <jane@example.org>)

"#]]);
}
