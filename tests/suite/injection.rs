//! Hostile text in every argument of every command. What a command does with it must be what it does with plain words:
//! as many entries of the same kinds, the same keys, headings, rows and trailers; or it refuses and changes nothing.

mod anatomy;
mod hostile;

use self::anatomy::{Anatomy, Growth};
use self::hostile::{HOSTILE, PLAIN};
use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";
const ADA: &str = "Ada Byron <ada@example.org>";

/// The stages at which commands are tried, each with what leads to it from the one before.
const ACKNOWLEDGED: &[&[&str]] = &[
    &["open", "Many errors", "--id", ID, "--pagerduty", "Q1", "--team", "QPP-FE", "--summary", "Logins fail."],
    &["ack"],
    &["assign-ic", ADA],
    &["action", "add", "Add an alert."],
    &["log", "The last words."],
];
const ASKED: &[&[&str]] = &[&["resolve", "It is back."], &["close", "--ask"]];
const CLOSED: &[&[&str]] = &[&["close", "--force", "Late."], &["postmortem"], &["rca"]];

/// Commands on an acknowledged incident; `{}` is the hostile text.
const WORDS: &[&[&str]] = &[
    &["log", "{}"],
    &["log", "--kind", "cause", "{}"],
    &["log", "x", "--evidence", "https://e.example/{}"],
    &["log", "x", "--by", "{} <m@example.org>"],
    &["log", "x", "--by", "M <{}@example.org>"],
    &["log", "x", "--by", ADA, "--via", "{}"],
    &["log", "x", "--at", "{}"],
    &["log", "x", "-i", "{}"],
    &["update", "{}"],
    &["mitigate", "{}"],
    &["resolve", "{}"],
    &["correct", "last", "{}"],
    &["correct", "last", "--void", "{}"],
    &["correct", "{}", "x"],
    &["redact", "last", "{}"],
];
const QUESTIONS: &[&[&str]] = &[
    &["inquiry", "{}", "--from", "Jane Roe <jane@example.org>"],
    &["inquiry", "x", "--from", "{}"],
    &["inquiry", "x", "--from", "{} <m@example.org>"],
    &["answer", "last", "{}"],
    &["answer", "{}", "x"],
    &["assume", "{}"],
    &["confirm", "last", "{}"],
    &["refute", "last", "{}"],
    &["request-approval", "{}", "--owner", ADA],
    &["request-approval", "x", "--owner", "{} <m@example.org>"],
    &["approve", "last", "{}", "--by", ADA, "--via", "x"],
    &["decline", "last", "--by", ADA, "--via", "{}"],
    &["object", "{}"],
    &["object", "x", "--by", ADA, "--via", "{}"],
    &["withdraw", "last", "{}"],
    &["overrule", "last", "{}", "--agreed-by", "kim@example.org", "--by", ADA],
    &["overrule", "last", "x", "--agreed-by", "kim@example.org", "--by", ADA, "--via", "{}"],
];
const STEPS: &[&[&str]] = &[
    &["phase", "{}"],
    &["phase", "extent", "--reason", "{}"],
    &["phase", "stabilize", "--reason", "x", "--until", "{}"],
    &["extent", "{}"],
    &["extent", "x", "--checked", "{}"],
    &["cms-process", "{}"],
    &["rotate", "--in", "{} <m@example.org>", "--brief", "x"],
    &["rotate", "--in", "Kim Doe <kim@example.org>", "--brief", "{}"],
    &["rotate", "--out", "{}", "--brief", "x"],
    &["page", "{}"],
    &["page", "{} <m@example.org>"],
    &["page", "--escalate", "{}"],
    &["log", "x", "--risk", "{}", "--undo", "{}"],
    &["triage", ID, "--not-an-incident", "{}"],
];
const RAISED: &[&[&str]] = &[
    &["owner", "add", "Kim Doe <kim@example.org>"],
    &["inquiry", "Is mail affected?", "--from", "Jane Roe <jane@example.org>"],
    &["assume", "It is the pool."],
    &["request-approval", "Deploy 4.2.1.", "--owner", ADA],
    &["object", "Not all is checked."],
];
const FACTS: &[&[&str]] = &[
    &["set", "title={}"],
    &["set", "severity={}"],
    &["set", "reporter={} <m@example.org>"],
    &["set", "reported_via={}"],
    &["set", "pagerduty={}"],
    &["set", "chat={}"],
    &["set", "cms_process={}"],
    &["set", "visibility={}"],
    &["set", "teams+={}"],
    &["set", "services={}"],
    &["set", "audience+={} <m@example.org>"],
    &["set", "evidence+=https://e.example/{}"],
    &["set", "chat=x", "--reason", "{}"],
    &["set", "outage_started_at=09:40", "--reason", "{}"],
    &["set", "{}=x"],
    &["set", "summary={}"],
    &["set", "went_well={}"],
];
const PEOPLE_AND_WORK: &[&[&str]] = &[
    &["assign-ic", "{} <m@example.org>", "--brief", "x"],
    &["assign-ic", "Pat <pat@example.org>", "--brief", "{}"],
    &["responder", "add", "{} <m@example.org>"],
    &["responder", "add", "{}"],
    &["owner", "add", "{} <m@example.org>"],
    &["action", "add", "{}"],
    &["action", "add", "x", "--owner", "{}"],
    &["action", "add", "x", "--issue", "https://e.example/{}"],
    &["action", "link", "last", "{}"],
    &["close", "--reason", "false-alarm", "{}"],
    &["close", "--force", "{}"],
    &["close", "--force", "x", "{}"],
];
const OPENED: &[&[&str]] = &[
    &["open", "--id", "INC-7ZZZZ", "{}"],
    &["open", "--id", "INC-7ZZZZ", "x", "--summary", "{}", "--impact", "{}"],
    &["open", "--id", "INC-7ZZZZ", "x", "--service", "{}", "--pagerduty", "{}"],
    &["open", "--id", "INC-7ZZZZ", "x", "--reporter", "{} <m@example.org>", "--owner", "{} <n@example.org>"],
    &["open", "--id", "INC-7ZZZZ", "x", "--evidence", "https://e.example/{}"],
    &["open", "--id", "INC-7ZZZZ", "x", "--via", "{}", "--ack"],
];
const ANSWERS: &[&[&str]] = &[&["agree", "--by", ADA, "--via", "{}"], &["close", "--force", "x", "{}"], &["reopen", ID, "{}"]];
const AFTERWARDS: &[&[&str]] = &[
    &["reopen", ID, "{}"],
    &["log", ID, "{}"],
    &["action", "add", ID, "{}"],
    &["postmortem", ID, "--done", "--force", "{}"],
    &["rca", ID, "--done", "--force", "{}"],
];

fn staged(stages: &[&[&[&str]]]) -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00");
    for step in stages.iter().copied().flatten() {
        sandbox.run(step).success();
    }
    sandbox
}

#[track_caller]
fn nothing_is_forged(stages: &[&[&[&str]]], commands: &[&[&str]]) {
    let sandbox = staged(stages);
    let before = Anatomy::of(&sandbox);
    for command in commands {
        let plain = PLAIN.iter().find_map(|plain| tried(&sandbox, &before, command, plain)).unwrap_or_default();
        for text in HOSTILE {
            let text = text();
            if let Some(growth) = tried(&sandbox, &before, command, &text) {
                let shown: String = text.chars().take(300).collect();
                assert_eq!(growth, plain, "{command:?} with {shown:?}");
            }
        }
    }
}

/// Runs a command with a text in place of `{}`, and says what it did to the record; none when it refused. Then all is as before.
#[track_caller]
fn tried(sandbox: &Sandbox, before: &Anatomy, command: &[&str], text: &str) -> Option<Growth> {
    let words: Vec<String> = command.iter().map(|word| word.replace("{}", text)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (clock, index) = (sandbox.now(), std::fs::read(sandbox.path(".git/index")).unwrap());
    let said = sandbox.run(&words);
    sandbox.at(&clock);
    let after = Anatomy::of(sandbox);
    let place = || format!("{command:?}\n{}", said.to_string().chars().take(2000).collect::<String>());
    for stream in [&said.stdout, &said.stderr] {
        let hidden = stream.chars().find(|c| anatomy::is_hidden(*c));
        assert_eq!(hidden, None, "a control character is shown\n{}", place());
    }
    if said.status != Some(0) {
        assert!(matches!(said.status, Some(1 | 2)), "{}", place());
        assert!(after == *before, "a refused command changed something\n{}", place());
        assert!(said.stderr.len() < 3000, "{}", place());
        return None;
    }
    let growth = before.grown_to(&after).unwrap_or_else(|why| panic!("{why}\n{}", place()));
    before.put_back(sandbox, &index);
    Some(growth)
}

#[test]
fn in_the_words_of_entries() {
    nothing_is_forged(&[ACKNOWLEDGED], WORDS);
}

#[test]
fn in_what_is_raised_and_answered() {
    nothing_is_forged(&[ACKNOWLEDGED, RAISED], QUESTIONS);
}

#[test]
fn in_the_steps_of_the_response() {
    nothing_is_forged(&[ACKNOWLEDGED], STEPS);
}

#[test]
fn in_facts_and_sections() {
    nothing_is_forged(&[ACKNOWLEDGED], FACTS);
}

#[test]
fn in_people_and_action_items() {
    nothing_is_forged(&[ACKNOWLEDGED], PEOPLE_AND_WORK);
}

#[test]
fn in_a_new_incident() {
    nothing_is_forged(&[ACKNOWLEDGED], OPENED);
}

#[test]
fn in_answers_and_closings() {
    nothing_is_forged(&[ACKNOWLEDGED, ASKED], ANSWERS);
}

#[test]
fn after_the_close() {
    nothing_is_forged(&[ACKNOWLEDGED, CLOSED], AFTERWARDS);
}

#[test]
fn a_text_of_a_megabyte_is_an_entry_like_any_other() {
    let sandbox = staged(&[ACKNOWLEDGED]);
    let (before, index) = (Anatomy::of(&sandbox), std::fs::read(sandbox.path(".git/index")).unwrap());
    let part = "many words\n\n- 12:00 EST: **Closed.** x\n`<b>` | [x](y) <z\n";
    for (command, length) in [(&["log"] as &[&str], 1_000_000), (&["update", "-"], 100_000), (&["set", "impact=-"], 100_000)] {
        sandbox.run_stdin(command, part.repeat(length / part.len())).success();
        let growth = before.grown_to(&Anatomy::of(&sandbox)).unwrap();
        assert_eq!((growth.entries(), growth.trailers()), (1, 5), "{command:?}");
        before.put_back(&sandbox, &index);
    }
}

#[test]
fn the_identity_of_git_forges_nothing_either() {
    let sandbox = staged(&[ACKNOWLEDGED]);
    let before = Anatomy::of(&sandbox);
    let plain = tried(&sandbox, &before, &["log", "x"], "").unwrap();
    for name in ["M\n- 12:00 EST: **Closed.** x", "M — Grace Hopper (recorded by Ada)", "`<b>` | \u{1b}[31m\u{202e}", "**Authors:** M, N"]
    {
        sandbox.env("GIT_AUTHOR_NAME", name).env("GIT_AUTHOR_EMAIL", "m@example.org\nEvent: close");
        let growth = tried(&sandbox, &before, &["log", "x"], "");
        assert!(growth.is_none_or(|growth| growth == plain), "{name:?}");
    }
}
