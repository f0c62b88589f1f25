//! Which incident a name means, a row for each form: the rule for INCIDENT that all commands share, read through the program.

use std::path::Path;
use std::process::Stdio;

use snapbox::str;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

/// Five incidents; `[closed]` ones say so.
///
/// | id | folder | |
/// |---|---|---|
/// | INC-K7QFM | 2026-11/22-k7qfm-many-errors-on-auth-service | open |
/// | INC-K7Q2X | 2026-11/22-k7q2x-auth-batch-is-late | closed |
/// | INC-M0RE1 | 2026-11/22-m0re1-bad-gateway-on-login | open |
/// | INC-BAD07 | 2026-11/22-bad07-disk-is-full | closed |
/// | INC-M0RZ9 | 2026-11/22-m0rz9-reports-on-login-are-slow | open |
fn world() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-22T20:00:00-05:00");
    for (id, title, is_closed) in [
        ("INC-K7QFM", "Many errors on Auth service", false),
        ("INC-K7Q2X", "Auth batch is late", true),
        ("INC-M0RE1", "Bad gateway on login", false),
        ("INC-BAD07", "Disk is full", true),
        ("INC-M0RZ9", "Reports on login are slow", false),
    ] {
        sandbox.run(&["open", title, "--id", id, "--pagerduty", "Q1"]).success();
        if is_closed {
            sandbox.run(&["close", id, "--reason", "false-alarm", "It was nothing."]).success();
        }
    }
    sandbox
}

/// The commit that is checked out, and that nothing lies about: what a refusal must not change.
fn state(sandbox: &Sandbox) -> String {
    sandbox.git(&["rev-parse", "HEAD"]).stdout + &sandbox.git(&["status", "--porcelain"]).stdout
}

#[track_caller]
fn meant(sandbox: &Sandbox, words: &[&str], wanted: &str) {
    let said = sandbox.run(&[words, &["--json"]].concat()).success();
    assert_eq!(said.json()["id"], wanted, "{words:?}");
}

/// Refused with that status and code, in JSON on standard error alone, and nothing is changed.
#[track_caller]
fn refused(sandbox: &Sandbox, words: &[&str], status: i32, code: &str, message: &str) {
    let before = state(sandbox);
    let said = sandbox.run(&[words, &["--json"]].concat()).status_is(status);
    let error = said.json_error();
    assert_eq!((said.stdout.as_str(), &error["error"]["code"]), ("", &code.into()), "{words:?}: {said}");
    assert!(error["error"]["message"].as_str().unwrap().contains(message), "{words:?}: {said}");
    assert!(error["error"]["hint"].is_string(), "{words:?}: every refusal says what to type");
    assert_eq!(state(sandbox), before, "{words:?}");
}

#[test]
fn every_form_of_a_name_is_one_incident() {
    let sandbox = world();
    let absolute = sandbox.path("incidents/2026-11/22-k7q2x-auth-batch-is-late").to_str().unwrap().to_owned();
    for (name, wanted) in [
        // The whole id, in any case; I and L read as 1, O as 0.
        ("INC-K7QFM", "INC-K7QFM"),
        ("inc-k7qfm", "INC-K7QFM"),
        ("INC-MOREL", "INC-M0RE1"),
        ("inc-morei", "INC-M0RE1"),
        // Its five characters.
        ("K7QFM", "INC-K7QFM"),
        ("k7q2x", "INC-K7Q2X"),
        ("morel", "INC-M0RE1"),
        // A unique start of three or more.
        ("K7QF", "INC-K7QFM"),
        ("inc-k7q2", "INC-K7Q2X"),
        ("MORE", "INC-M0RE1"),
        // A start that several have: the one that is not closed comes first.
        ("K7Q", "INC-K7QFM"),
        // A unique part of the folder's name, in any case.
        ("gateway", "INC-M0RE1"),
        ("Many-Errors", "INC-K7QFM"),
        ("batch", "INC-K7Q2X"),
        ("k7qfm-many", "INC-K7QFM"),
        // A part that several have: again the one that is not closed.
        ("auth", "INC-K7QFM"),
        // A word that is both, the start of a closed one's id and a part of an open one's name.
        ("bad", "INC-M0RE1"),
        // A path to the folder or a file in it.
        ("incidents/2026-11/22-k7q2x-auth-batch-is-late", "INC-K7Q2X"),
        ("incidents/2026-11/22-k7q2x-auth-batch-is-late/", "INC-K7Q2X"),
        ("./incidents/2026-11/22-bad07-disk-is-full/incident.md", "INC-BAD07"),
        (absolute.as_str(), "INC-K7Q2X"),
    ] {
        meant(&sandbox, &["show", "-i", name], wanted);
        meant(&sandbox, &["show", name], wanted);
        // `log` takes words of its own: there only -i knows every form.
        meant(&sandbox, &["log", "Seen.", "--incident", name, "--dry-run"], wanted);
    }
}

#[test]
fn a_path_is_read_from_the_folder_one_stands_in() {
    let sandbox = world();
    let folder = "incidents/2026-11/22-bad07-disk-is-full";
    for (standing_in, name) in [
        ("incidents/2026-11", "22-bad07-disk-is-full"),
        ("incidents/2026-11", "./22-bad07-disk-is-full/incident.md"),
        (folder, "."),
        (folder, "incident.md"),
        ("incidents/2026-11/22-k7qfm-many-errors-on-auth-service", "../22-bad07-disk-is-full"),
        ("incidents", "incidents/2026-11/22-bad07-disk-is-full"),
    ] {
        let said = sandbox.run_in(standing_in, &["show", "-i", name, "--json"]).success();
        assert_eq!(said.json()["id"], "INC-BAD07", "{name} in {standing_in}");
    }
}

#[test]
fn in_front_of_words_only_a_whole_id_is_a_name() {
    let sandbox = world();
    sandbox.env("QPP_INCIDENT", "INC-M0RZ9");
    for (words, wanted, text) in [
        (&["INC-K7QFM", "Slow again."][..], "INC-K7QFM", "Slow again."),
        (&["inc-k7qfm", "Slow", "again."], "INC-K7QFM", "Slow again."),
        // Its five characters and a part of its name are words like any other here.
        (&["K7QFM", "is slow."], "INC-M0RZ9", "K7QFM is slow."),
        (&["gateway", "is slow."], "INC-M0RZ9", "gateway is slow."),
        // So is an id that is not the first word, or stands in a longer one.
        (&["As", "INC-K7QFM", "said."], "INC-M0RZ9", "As INC-K7QFM said."),
        (&["INC-K7QFM is slow."], "INC-M0RZ9", "INC-K7QFM is slow."),
        // `--` ends it.
        (&["--", "INC-K7QFM", "is slow."], "INC-M0RZ9", "INC-K7QFM is slow."),
        (&["INC-K7QFM", "--", "--slow", "again."], "INC-K7QFM", "--slow again."),
        // Beside -i, the same id is the name once more, and one that is nobody's is text.
        (&["-i", "gateway", "INC-M0RE1", "Slow."], "INC-M0RE1", "Slow."),
        (&["-i", "gateway", "INC-77777", "of the vendor."], "INC-M0RE1", "INC-77777 of the vendor."),
        (&["-i", "gateway", "--", "INC-K7QFM", "is slow."], "INC-M0RE1", "INC-K7QFM is slow."),
    ] {
        let said = sandbox.run(&[&["log", "--json", "--dry-run"], words].concat()).success().json();
        assert_eq!((&said["id"], &said["entries"][0]["text"]), (&wanted.into(), &text.into()), "{words:?}");
    }
}

#[test]
fn commands_that_take_nothing_else_take_every_form() {
    let sandbox = world();
    for command in ["show", "status", "timeline"] {
        for name in ["INC-BAD07", "BAD07", "BAD0", "disk", "incidents/2026-11/22-bad07-disk-is-full"] {
            let said = sandbox.run(&[command, name]).success();
            assert!(said.stdout.contains("Disk is full") && !said.stdout.contains("INC-K7QFM"), "{command} {name}: {said}");
        }
    }
    meant(&sandbox, &["ack", "gateway"], "INC-M0RE1");
}

#[test]
fn a_name_that_is_nobodys_or_not_of_one_is_refused_and_nothing_changes() {
    let sandbox = world();
    for (words, status, code, message) in [
        // Nobody's: the nearest are named.
        (&["ack", "INC-K7QFN"][..], 1, "unknown-incident", "no incident is named `INC-K7QFN`; the nearest:\n  INC-K7QFM Many errors"),
        (&["ack", "-i", "gatway"], 1, "unknown-incident", "no incident is named `gatway`"),
        (&["log", "INC-K7QFN", "x"], 1, "unknown-incident", "INC-K7QFM"),
        (&["show", "-i", ""], 1, "unknown-incident", "no incident is named ``"),
        (&["show", "-i", "incidents/2026-11"], 1, "unknown-incident", "no incident is named `incidents/2026-11`"),
        (&["show", "-i", "incidents/2026-11/22-none"], 1, "unknown-incident", "no incident is named"),
        // Two characters are no start of an id.
        (&["show", "-i", "M0"], 1, "ambiguous-incident", "`M0` fits 2 incidents:"),
        // Of several, when more than one is not closed.
        (
            &["ack", "M0R"],
            1,
            "ambiguous-incident",
            "`M0R` fits 2 incidents:\n  INC-M0RZ9 Reports on login are slow (open)\n  INC-M0RE1 Bad",
        ),
        (&["log", "x", "-i", "login"], 1, "ambiguous-incident", "`login` fits 2 incidents:"),
        (&["show", "-i", "22-"], 1, "ambiguous-incident", "`22-` fits 5 incidents:"),
        // None named, and several fit.
        (&["log", "x"], 1, "which-incident", "3 incidents are possible:"),
        (&["ack"], 1, "which-incident", "3 incidents are possible:"),
        // Two named.
        (&["ack", "-i", "INC-K7QFM", "gateway"], 2, "two-incidents", "two incidents are named: INC-K7QFM by -i, and INC-M0RE1"),
        (&["log", "-i", "K7QFM", "INC-M0RE1", "x"], 2, "two-incidents", "two incidents are named: INC-K7QFM by -i, and INC-M0RE1"),
        // Too grave to guess.
        (&["reopen", "It is back."], 1, "no-incident", "reopen takes an incident by name"),
    ] {
        refused(&sandbox, words, status, code, message);
    }
}

#[test]
fn left_out_the_environment_names_it_and_a_word_goes_before_it() {
    let sandbox = world();
    for (variable, words, wanted) in [
        ("INC-M0RE1", &["log", "x"][..], "INC-M0RE1"),
        ("gateway", &["log", "x"], "INC-M0RE1"),
        ("MORE", &["show"], "INC-M0RE1"),
        ("INC-M0RE1", &["log", "INC-K7QFM", "x"], "INC-K7QFM"),
        ("INC-M0RE1", &["log", "x", "-i", "K7QFM"], "INC-K7QFM"),
        ("INC-M0RE1", &["show", "reports"], "INC-M0RZ9"),
        // One that nobody has is no matter where another is named.
        ("INC-00000", &["show", "reports"], "INC-M0RZ9"),
        // A closed one is not written to by accident, but may be meant by name.
        ("INC-BAD07", &["log", "-i", "BAD07", "x"], "INC-BAD07"),
    ] {
        sandbox.env("QPP_INCIDENT", variable);
        meant(&sandbox, words, wanted);
    }
    for (variable, code, message) in [
        ("INC-00000", "unknown-incident", "no incident is named `INC-00000`"),
        ("login", "ambiguous-incident", "`login` fits 2 incidents:"),
        ("INC-BAD07", "closed-incident-in-environment", "$QPP_INCIDENT names INC-BAD07, which is closed, while another is not:"),
    ] {
        sandbox.env("QPP_INCIDENT", variable);
        refused(&sandbox, &["log", "x"], 1, code, message);
    }
    sandbox.env("QPP_INCIDENT", "");
    refused(&sandbox, &["log", "x"], 1, "which-incident", "3 incidents are possible:");
}

#[test]
fn an_earlier_id_still_names_it() {
    let sandbox = world();
    let path = sandbox.document_of("INC-K7QFM");
    let text = sandbox.read(&path).replacen("title:", "aka:\n  - INC-0LD77\ntitle:", 1);
    sandbox.write(&path, text);
    for name in ["INC-0LD77", "INC-OLD77", "OLD77"] {
        meant(&sandbox, &["show", "-i", name], "INC-K7QFM");
    }
}

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
fn left_out_the_only_one_is_meant_for_which_the_command_is_possible() {
    let (sandbox, closed) = Sandbox::closed();
    let open = sandbox.open("Reports are late", &[]);
    // Each command means another one.
    meant(&sandbox, &["log", "x"], &open);
    meant(&sandbox, &["ack"], &open);
    meant(&sandbox, &["postmortem"], &closed);
    meant(&sandbox, &["rca"], &closed);
}

#[test]
fn what_goes_on_after_the_close_means_the_only_incident_there_is() {
    let (sandbox, id) = Sandbox::closed();
    for arguments in [&["log", "Told the users."][..], &["set", "impact=40 % of logins"], &["correct", "last", "Told all users."]] {
        meant(&sandbox, arguments, &id);
    }
    sandbox.run(&["mitigate", "Again."]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named, and every one is closed:
  INC-AAAAA Many errors on Auth service (closed)
hint: name one with -i, or see qpp-incident list --all
--- exit status 1

"#]]);
    let second = sandbox.open("Reports are late", &[]);
    meant(&sandbox, &["log", "Which one?"], &second);
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

#[test]
fn the_candidates_are_listed_for_people() {
    let sandbox = world();
    sandbox.run(&["log", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: 3 incidents are possible:
  INC-M0RZ9 Reports on login are slow (open)
  INC-M0RE1 Bad gateway on login (open)
  INC-K7QFM Many errors on Auth service (open)
hint: name one with -i INC-M0RZ9
--- exit status 1

"#]]);
    sandbox.run(&["show", "login"]).status_is(1).shows(str![[r#"
--- stderr
error: `login` fits 2 incidents:
  INC-M0RZ9 Reports on login are slow (open)
  INC-M0RE1 Bad gateway on login (open)
hint: name one with -i INC-M0RZ9
--- exit status 1

"#]]);
    sandbox.run(&["show", "INC-K7QFN"]).status_is(1).shows(str![[r#"
--- stderr
error: no incident is named `INC-K7QFN`; the nearest:
  INC-K7QFM Many errors on Auth service (open)
  INC-K7Q2X Auth batch is late (closed)
  INC-BAD07 Disk is full (closed)
hint: qpp-incident list --all
--- exit status 1

"#]]);
    sandbox.run(&["log", "-i", "K7QFM", "INC-M0RE1", "is", "worse"]).status_is(2).shows(str![[r#"
--- stderr
error: two incidents are named: INC-K7QFM by -i, and INC-M0RE1
hint: name one; a text that begins with an id goes behind --
--- exit status 2

"#]]);
    let empty = Sandbox::adopted();
    empty.run(&["log", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: there is no incident yet
hint: qpp-incident open "What is wrong"
--- exit status 1

"#]]);
}

/// Runs a command line on a terminal of its own, where these keys are typed.
fn on_a_terminal(sandbox: &Sandbox, line: &str, keys: &str) -> Output {
    let mut script = sandbox.program(Path::new("script"), &sandbox.now());
    let child = script
        .args(["-qec", &format!("timeout --foreground 60 {line}"), "/dev/null"])
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    sandbox.finish(child, keys.as_bytes(), "")
}

#[test]
fn on_a_terminal_it_is_picked_from_a_list() {
    let sandbox = world();
    let subject = || sandbox.git(&["log", "-1", "--format=%s"]).stdout;
    // Down and Enter: the second of the list.
    let said = on_a_terminal(&sandbox, "qpp-incident log 'Picked.'", "\u{1b}[B\r").success();
    assert!(said.stdout.contains("Which incident?"), "{said}");
    assert_eq!(subject(), "INC-M0RE1 log: Picked.\n");
    let before = state(&sandbox);
    // Nothing is asked where that was said, or where a program reads the answer.
    for line in ["qpp-incident log --no-input 'Picked.'", "qpp-incident log --json 'Picked.'"] {
        let said = on_a_terminal(&sandbox, line, "\r").status_is(1);
        assert!(said.stdout.contains("3 incidents are possible:"), "{said}");
    }
    assert_eq!(state(&sandbox), before);
}
