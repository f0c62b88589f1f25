//! Whom a WHO means, a row for each form: the rule that all commands share, read through the program.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";

/// One incident, and somebody from each source that a WHO is looked up in.
///
/// | who | known from |
/// |---|---|
/// | Grace Hopper <grace@example.org> | the git identity, and the document: she opened it |
/// | Sam Reyes <sam@example.org> | the document: incident commander |
/// | Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org> | the document: responders |
/// | Jeff Jones (no address) | the document: reporter |
/// | Tess Tully <tess@team.example> | `incidents/teams.yaml` |
/// | Cora Cole <cora@config.example> | `incidents/config.yaml` |
/// | Zoë Ångström <zoe@author.example> | a recent commit |
fn world() -> Sandbox {
    let sandbox = Sandbox::adopted();
    let teams = sandbox.read("incidents/teams.yaml");
    sandbox.write(
        "incidents/teams.yaml",
        teams.replacen("  - name: GDIT\n", "  - name: GDIT\n    people: [Tess Tully <tess@team.example>]\n", 1),
    );
    let config = sandbox.read("incidents/config.yaml");
    sandbox.write("incidents/config.yaml", format!("{config}\npeople:\n  - Cora Cole <cora@config.example>\n"));
    sandbox.git(&["commit", "--quiet", "--all", "-m", "settings", "--author", "Zoë Ångström <zoe@author.example>"]).success();
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1", "--ack"]).success();
    let path = sandbox.document_of(ID);
    let text = sandbox.read(&path).replace("reporter: Grace Hopper <grace@example.org>", "reporter: Jeff Jones");
    sandbox.write(&path, text);
    sandbox.run(&["assign-ic", "Sam Reyes <sam@example.org>"]).success();
    sandbox.run(&["responder", "add", "Pat Lee <pat.lee@example.org>", "Pat Leeson <leeson@example.org>"]).success();
    sandbox
}

fn state(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).stdout + &sandbox.git(&["status", "--porcelain"]).stdout
}

/// Who would be added as a business owner.
#[track_caller]
fn meant(sandbox: &Sandbox, who: &str, wanted: &str) {
    let said = sandbox.run(&["owner", "add", who, "--dry-run", "--json"]).success().json();
    assert_eq!(said["entries"][0]["text"], format!("Added {wanted} as business owner."), "`{who}`");
}

#[track_caller]
fn refused(sandbox: &Sandbox, words: &[&str], status: i32, code: &str, message: &str) {
    let before = state(sandbox);
    let said = sandbox.run(&[words, &["--json"]].concat()).status_is(status);
    let error = said.json_error();
    assert_eq!((said.stdout.as_str(), &error["error"]["code"]), ("", &code.into()), "{words:?}: {said}");
    assert_eq!(error["error"]["message"], message, "{words:?}");
    assert!(error["error"]["hint"].is_string(), "{words:?}: every refusal says what to type");
    assert_eq!(state(sandbox), before, "{words:?}");
}

#[test]
fn every_form_is_one_person() {
    let sandbox = world();
    for (who, wanted) in [
        // `me`, the git identity.
        ("me", "Grace Hopper <grace@example.org>"),
        ("ME", "Grace Hopper <grace@example.org>"),
        // An address, in any case: who is known by it, else somebody new.
        ("sam@example.org", "Sam Reyes <sam@example.org>"),
        ("SAM@Example.ORG", "Sam Reyes <sam@example.org>"),
        ("new@example.org", "new@example.org <new@example.org>"),
        // `Name <email>`: as it is typed, known or not.
        ("New Person <new@example.org>", "New Person <new@example.org>"),
        ("Samuel Reyes <sam@example.org>", "Samuel Reyes <sam@example.org>"),
        ("  New   Person  <new@example.org> ", "New Person <new@example.org>"),
        // A unique part of a name or address, in any case.
        ("reyes", "Sam Reyes <sam@example.org>"),
        ("SAM R", "Sam Reyes <sam@example.org>"),
        ("leeson@", "Pat Leeson <leeson@example.org>"),
        // A whole name goes before a part of another's: Pat Lee, not Pat Leeson.
        ("Pat Lee", "Pat Lee <pat.lee@example.org>"),
        ("pat lee", "Pat Lee <pat.lee@example.org>"),
        // Somebody known without an address.
        ("jeff", "Jeff Jones"),
        // From teams.yaml, config.yaml and the history.
        ("tess", "Tess Tully <tess@team.example>"),
        ("config.example", "Cora Cole <cora@config.example>"),
        ("zoë", "Zoë Ångström <zoe@author.example>"),
        ("ÅNGSTRÖM", "Zoë Ångström <zoe@author.example>"),
    ] {
        meant(&sandbox, who, wanted);
    }
}

#[test]
fn who_is_nobody_or_several_is_refused_with_a_list() {
    let sandbox = world();
    for (who, code, message) in [
        ("pat", "ambiguous-person", "`pat` is not one person: it may be Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>"),
        (
            "example.org",
            "ambiguous-person",
            "`example.org` is not one person: it may be Pat Lee <pat.lee@example.org>, Sam Reyes <sam@example.org>, \
             Pat Leeson <leeson@example.org>, Grace Hopper <grace@example.org>",
        ),
        (
            "Sma Reyse",
            "unknown-person",
            "nobody known is called `Sma Reyse`; known, the nearest first: Sam Reyes <sam@example.org>, \
             Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>, Tess Tully <tess@team.example>, \
             Cora Cole <cora@config.example> and 3 more",
        ),
        ("Sam <sam", "not-a-person", "`Sam <sam` is not a person in the form `Name <email>`"),
        ("<sam@example.org>", "not-a-person", "`<sam@example.org>` is not a person in the form `Name <email>`"),
        ("Sam <no address>", "not-a-person", "`Sam <no address>` is not a person in the form `Name <email>`"),
    ] {
        refused(&sandbox, &["owner", "add", who], 1, code, message);
    }
}

#[test]
fn wherever_a_who_is_taken_the_same_rule_holds() {
    let sandbox = world();
    let pat = "`pat` is not one person: it may be Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>";
    for words in [
        &["assign-ic", "pat", "--brief", "x"][..],
        &["responder", "add", "pat"],
        &["responder", "add", "me", "pat"],
        &["responder", "remove", "pat"],
        &["owner", "add", "pat"],
        &["owner", "remove", "pat"],
        &["log", "x", "--by", "pat"],
        &["update", "x", "--by", "pat"],
        &["action", "add", "Do it.", "--owner", "pat"],
        &["request-approval", "Deploy.", "--owner", "pat"],
        &["inquiry", "What is it?", "--from", "pat"],
    ] {
        refused(&sandbox, words, 1, "ambiguous-person", pat);
    }
    sandbox.env("QPP_INCIDENT_BY", "pat");
    refused(&sandbox, &["log", "x"], 1, "ambiguous-person", pat);
}

#[test]
fn who_acted_is_the_option_else_the_environment_else_git() {
    let sandbox = world();
    let said = |sandbox: &Sandbox, words: &[&str]| {
        let json = sandbox.run(&[&["log", "x", "--json"], words].concat()).success().json();
        let entry = &json["entries"][0];
        let commit = sandbox.git(&["log", "-1", "--format=%an / %cn"]).stdout;
        (entry["by"]["name"].clone(), entry["recorded_by"]["name"].clone(), commit)
    };
    let row = |by: &str, recorded_by: Option<&str>, commit: &str| (by.into(), recorded_by.into(), format!("{commit}\n"));
    assert_eq!(said(&sandbox, &[]), row("Grace Hopper", None, "Grace Hopper / Grace Hopper"));
    assert_eq!(said(&sandbox, &["--by", "me"]), row("Grace Hopper", None, "Grace Hopper / Grace Hopper"));
    assert_eq!(said(&sandbox, &["--by", "grace@example.org"]), row("Grace Hopper", None, "Grace Hopper / Grace Hopper"));
    assert_eq!(said(&sandbox, &["--by", "sam"]), row("Sam Reyes", Some("Grace Hopper"), "Sam Reyes / Grace Hopper"));
    sandbox.env("QPP_INCIDENT_BY", "tess");
    assert_eq!(said(&sandbox, &[]), row("Tess Tully", Some("Grace Hopper"), "Tess Tully / Grace Hopper"));
    assert_eq!(said(&sandbox, &["--by", "sam"]), row("Sam Reyes", Some("Grace Hopper"), "Sam Reyes / Grace Hopper"));
}

#[test]
fn me_is_who_types_whoever_acted() {
    let sandbox = world();
    sandbox.env("QPP_INCIDENT_BY", "Sam Reyes");
    meant(&sandbox, "me", "Grace Hopper <grace@example.org>");
}

#[test]
fn without_an_identity_me_is_who_acts_and_else_nobody() {
    let sandbox = Sandbox::without_identity();
    let grace = ["--by", "Grace Hopper <grace@example.org>"];
    sandbox.run(&[&["init"], &grace[..]].concat()).success();
    sandbox.run(&[&["open", "Many errors", "--id", ID, "--pagerduty", "Q1", "--ack"], &grace[..]].concat()).success();
    let said = sandbox.run(&[&["owner", "add", "me"], &grace[..]].concat()).success();
    assert!(said.stdout.contains("Added Grace Hopper <grace@example.org> as business owner."), "{said}");
    sandbox.run(&["log", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: nobody is known to git on this machine, and the record must say who acted
hint: --by "Your Name <you@example.org>", or once: git config --global user.name "Your Name" && git config --global user.email you@example.org
--- exit status 1

"#]]);
    sandbox.run(&["log", "x", "--by", "me"]).status_is(1).shows(str![[r#"
--- stderr
error: `me` is nobody: no git identity is set and `--by` is not given
hint: git config --global user.name "Your Name" && git config --global user.email you@example.org, or --by "Your Name <you@example.org>"
--- exit status 1

"#]]);
    sandbox.env("QPP_INCIDENT_BY", "Grace Hopper");
    let said = sandbox.run(&["responder", "add", "me"]).success();
    assert!(said.stderr.contains("Grace Hopper <grace@example.org> is a responder already"), "{said}");
}

#[test]
fn an_answer_for_another_person_says_how_it_was_given() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["agree", "--by", "Ada Byron"]).status_is(2).shows(str![[r#"
--- stderr
error: you answer for Ada Byron, and it must be on record how they said it
hint: qpp-incident agree … --via "by phone"
--- exit status 2

"#]]);
    sandbox.run(&["object", "Errors go on.", "--by", "Ada Byron"]).status_is(2).shows(str![[r#"
--- stderr
error: you answer for Ada Byron, and it must be on record how they said it
hint: qpp-incident object … --via "by phone"
--- exit status 2

"#]]);
    sandbox.run(&["agree", "--by", "Ada Byron", "--via", "by phone"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:07 EST: **Agreed.** By phone. — Ada Byron (recorded by Grace Hopper)
--- stderr
next: qpp-incident close INC-AAAAA

"#]]);
}

#[test]
fn the_refusals_are_written_for_people() {
    let sandbox = world();
    sandbox.run(&["assign-ic", "pat", "--brief", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: `pat` is not one person: it may be Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>
hint: give more of the name, or the address
--- exit status 1

"#]]);
    sandbox.run(&["responder", "add", "Sma Reyse"]).status_is(1).shows(str![[r#"
--- stderr
error: nobody known is called `Sma Reyse`; known, the nearest first: Sam Reyes <sam@example.org>, Pat Lee <pat.lee@example.org>, Pat Leeson <leeson@example.org>, Tess Tully <tess@team.example>, Cora Cole <cora@config.example> and 3 more
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
    sandbox.run(&["owner", "add", "Sam <sam"]).status_is(1).shows(str![[r#"
--- stderr
error: `Sam <sam` is not a person in the form `Name <email>`
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
}
