//! The history as evidence: one command, one commit, one incident; who, when and which entry; and nothing of anybody else's.
//! Entries are digested here anew, from what the command showed.

pub mod clutter;

use sha2::{Digest, Sha256};

use self::clutter::Clutter;
pub use self::clutter::everything;
use crate::harness::sandbox::Sandbox;
use crate::write_paths::entry_lines;
use crate::write_paths::steps::{RESPONSE, Step};

const ID: &str = "INC-K7QFM";

fn two_incidents() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T09:58:00-05:00");
    sandbox.run(&["open", "Slow search", "--id", "INC-2M4XY", "--pagerduty", "Q2"]).success();
    sandbox.run(&["ack", "INC-2M4XY"]).success();
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1", "--team", "QPP-FE", "--started-at", "09:50"]).success();
    sandbox.env("QPP_INCIDENT", ID);
    sandbox
}

fn run(sandbox: &Sandbox, step: &Step) -> String {
    sandbox.pass(step.wait);
    let said = step.stdin.map_or_else(|| sandbox.run(step.words), |text| sandbox.run_stdin(step.words, text)).success();
    format!("{}{}", said.stdout, said.stderr)
}

fn lines(sandbox: &Sandbox, git: &[&str]) -> Vec<String> {
    sandbox.git(git).success().stdout.lines().map(str::to_owned).collect()
}

#[test]
fn every_command_is_one_commit_on_one_incident_and_the_users_work_stays() {
    let sandbox = two_incidents();
    let folder = sandbox.folder_of(ID);
    let clutter = Clutter::make(&sandbox, &folder);
    let before = clutter.seen(&sandbox);
    for step in RESPONSE {
        let tip = sandbox.git(&["rev-parse", "HEAD"]).stdout;
        run(&sandbox, step);
        assert_eq!(sandbox.git(&["rev-parse", "HEAD~1"]).stdout, tip, "{:?} is one commit", step.words);
        let touched = lines(&sandbox, &["diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD"]);
        let ours = [format!("{folder}/incident.md"), format!("{folder}/postmortem.md")];
        assert!(!touched.is_empty() && touched.iter().all(|path| ours.contains(path)), "{:?} touches {touched:?}", step.words);
        assert_eq!(clutter.seen(&sandbox), before, "{:?}", step.words);
    }
}

#[test]
fn each_commit_says_who_when_what_and_which_entry() {
    let sandbox = two_incidents();
    for step in RESPONSE {
        sandbox.pass(step.wait);
        let now = sandbox.now();
        let said = run(&sandbox, &Step { wait: 0, ..*step });
        let shown = entry_lines(&said);
        let entries: Vec<String> = shown.chunk_by(|_, next| !next.starts_with("- ")).map(|entry| digest(&entry.join("\n"))).collect();
        let commit = lines(&sandbox, &["log", "-1", "--format=%an <%ae>%n%aI%n%cn <%ce>%n%cI%n%s"]);
        let by = step
            .words
            .iter()
            .position(|word| *word == "--by")
            .map_or("Grace Hopper <grace@example.org>", |_| "Ada Byron <ada@example.org>");
        assert_eq!(commit[..4], [by, &now, "Grace Hopper <grace@example.org>", &now], "{:?}", step.words);
        assert!(commit[4].starts_with(&format!("{ID} ")) && commit[4].chars().count() <= 72, "{}", commit[4]);
        let trailers = trailers(&sandbox);
        let of = |key: &str| trailers.iter().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect::<Vec<_>>();
        assert_eq!((of("Incident"), of("Clock")), (vec![ID.to_owned()], vec!["supplied".to_owned()]), "{:?}", step.words);
        assert_eq!(of("Entry"), entries, "{:?}\n{said}", step.words);
        assert_eq!((of("Event").len(), of("Occurred-At").len()), (entries.len(), entries.len()), "{:?}", step.words);
        assert!(commit[4].contains(&format!(" {}: ", of("Event")[0])), "{} of {:?}", commit[4], of("Event"));
        let known = ["Incident", "Event", "Occurred-At", "Entry", "Clock"];
        assert!(trailers.iter().all(|(key, _)| known.contains(&key.as_str())), "{trailers:?}");
    }
}

/// The first 16 hex digits of the SHA-256 of an entry, as `docs/format.md` describes it.
fn digest(entry: &str) -> String {
    let lines: Vec<&str> = entry.lines().map(str::trim_end).collect();
    let digest = Sha256::digest(lines.join("\n").trim_end().as_bytes());
    digest.iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The trailers of the last commit as git reads them.
fn trailers(sandbox: &Sandbox) -> Vec<(String, String)> {
    let read = lines(sandbox, &["log", "-1", "--format=%(trailers:only,unfold)"]);
    read.iter().filter_map(|line| line.split_once(": ")).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

#[test]
fn a_time_of_its_own_is_the_events_and_the_clock_is_the_commits() {
    let sandbox = two_incidents();
    sandbox.at("2026-11-23T10:30:20-05:00");
    sandbox.run(&["ack", "--at", "10:15"]).success();
    assert_eq!(trailers(&sandbox)[2], ("Occurred-At".to_owned(), "2026-11-23T10:15:00-05:00".to_owned()));
    assert_eq!(lines(&sandbox, &["log", "-1", "--format=%aI"]), ["2026-11-23T10:30:20-05:00"]);
    let text = sandbox.read(&sandbox.document_of(ID));
    assert!(text.contains("\nacknowledged_at: 2026-11-23T10:15:00-05:00\n"), "{text}");
    assert!(text.contains("\n- 10:15 EST: **Acknowledged.** (logged 10:30) — Grace Hopper\n"), "{text}");
}

#[test]
fn without_a_supplied_clock_the_commit_says_nothing_of_one() {
    let sandbox = two_incidents();
    let supplied = lines(&sandbox, &["log", "-1", "--format=%B"]);
    assert!(supplied.contains(&"Clock: supplied".to_owned()), "{supplied:?}");
    let mut command = sandbox.command(&["log", "By the real clock."]);
    command.env_remove("QPP_INCIDENT_NOW").env_remove("GIT_COMMITTER_DATE");
    sandbox.finish(command.spawn().unwrap(), b"", "").success();
    let keys: Vec<String> = trailers(&sandbox).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["Incident", "Event", "Occurred-At", "Entry"]);
    assert_eq!(sandbox.git(&["log", "-1", "--format=%at"]).stdout, sandbox.git(&["log", "-1", "--format=%ct"]).stdout);
}

#[test]
fn who_acted_is_the_author_and_who_typed_is_the_committer() {
    let sandbox = two_incidents();
    sandbox.env("GIT_AUTHOR_NAME", "Ada Byron").env("GIT_AUTHOR_EMAIL", "ada@example.org");
    sandbox.run(&["log", "By the environment."]).success();
    assert_eq!(lines(&sandbox, &["log", "-1", "--format=%an %ae|%cn %ce"]), ["Ada Byron ada@example.org|Grace Hopper grace@example.org"]);
    sandbox.without_env("GIT_AUTHOR_NAME").without_env("GIT_AUTHOR_EMAIL").env("QPP_INCIDENT_BY", "Pat Lee <pat@example.org>");
    sandbox.run(&["log", "By a variable."]).success();
    assert_eq!(lines(&sandbox, &["log", "-1", "--format=%an %ae|%cn %ce"]), ["Pat Lee pat@example.org|Grace Hopper grace@example.org"]);
    sandbox.run(&["log", "By a flag.", "--by", "sam@example.org"]).success();
    assert_eq!(
        lines(&sandbox, &["log", "-1", "--format=%an %ae|%cn %ce"]),
        ["sam@example.org sam@example.org|Grace Hopper grace@example.org"]
    );
    let text = sandbox.read(&sandbox.document_of(ID));
    assert!(text.contains("By a variable. — Pat Lee (recorded by Grace Hopper)\n"), "{text}");
}

#[test]
fn edits_by_hand_are_committed_first_by_themselves() {
    let sandbox = two_incidents();
    let (path, other) = (sandbox.document_of(ID), sandbox.document_of("INC-2M4XY"));
    let staged = sandbox.read(&path).replace("## Summary\n", "## Summary\n\nStaged.\n");
    sandbox.write(&path, &staged);
    sandbox.git(&["add", "."]).success();
    let edited = staged.replace("Staged.", "Edited.");
    sandbox.write(&path, &edited).write(&other, sandbox.read(&other) + "more\n");
    let said = sandbox.run(&["log", "After it.", "--by", "Ada Byron <ada@example.org>"]).success();
    assert!(said.stderr.contains("edited by hand was committed first"), "{said}");
    let commits = lines(&sandbox, &["log", "-2", "--format=%s|%an|%cn"]);
    assert_eq!(commits, [format!("{ID} log: After it.|Ada Byron|Grace Hopper"), format!("{ID} edit: by hand|Grace Hopper|Grace Hopper")]);
    assert!(sandbox.git(&["show", &format!("HEAD~1:{path}")]).stdout == edited);
    let touched = lines(&sandbox, &["diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD~1"]);
    assert_eq!(touched, [path]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, format!(" M {other}\n"));
}

#[test]
fn a_document_that_was_never_added_is_committed_whole() {
    let sandbox = two_incidents();
    let (path, folder) = (sandbox.document_of(ID), "incidents/2026-11/23-7zzzz-by-hand");
    sandbox.write(&format!("{folder}/incident.md"), sandbox.read(&path).replace(ID, "INC-7ZZZZ"));
    sandbox.run(&["log", "INC-7ZZZZ", "One entry."]).success();
    assert_eq!(lines(&sandbox, &["log", "-2", "--format=%s"]), ["INC-7ZZZZ log: One entry.", "INC-7ZZZZ edit: by hand"]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

/// Commands that are refused on an incident that is acknowledged and has a hand edit that is not committed.
const REFUSED: &[&[&str]] = &[
    &["ack"],
    &["log", " "],
    &["log", "x", "--at", "2026-11-23 23:00"],
    &["log", "x", "--at", "tomorrow"],
    &["log", "x", "--evidence", "graph.png"],
    &["log", "x", "--by", "nobody"],
    &["mitigate", "x", "--at", "09:00"],
    &["mitigate", "x", "--restored", "101"],
    &["resolve", "x", "--ended-at", "09:00"],
    &["agree"],
    &["close"],
    &["close", "--reason", "duplicate", "x"],
    &["close", "--reason", "duplicate", "--of", "INC-ZZZZZ", "x"],
    &["reopen", ID, "x"],
    &["set", "status=closed"],
    &["set", "acknowledged_at=10:00"],
    &["set", "severity=SEV-9"],
    &["set", "severity=SEV-2", "nosuchkey=1"],
    &["set", "detected_at=10:00"],
    &["set", "timezone=Europe/Berlin"],
    &["correct", "23:59", "x"],
    &["correct", "last", "--void", ""],
    &["redact", "23:59", "x"],
    &["assign-ic", "nobody"],
    &["responder", "remove", "nobody"],
    &["owner", "add", "x <y"],
    &["update", ""],
    &["action", "add", ""],
    &["action", "done", "A00"],
    &["action", "link", "A00", "https://x.example"],
    &["postmortem", ID],
    &["rca", ID],
    &["open", "x", "--severity", "9"],
    &["open", "x", "--id", ID],
    &["open", ""],
    &["edit"],
    &["log", "-i", "INC-ZZZZZ", "x"],
    &["nosuchcommand"],
];

#[test]
fn a_refused_command_leaves_nothing_behind() {
    let sandbox = two_incidents();
    sandbox.run(&["ack"]).success();
    let (folder, path) = (sandbox.folder_of(ID), sandbox.document_of(ID));
    Clutter::make(&sandbox, &folder);
    sandbox.write(&path, sandbox.read(&path).replace("## Summary\n", "## Summary\n\nBy hand.\n"));
    let before = everything(&sandbox);
    for words in REFUSED {
        let said = sandbox.run(words);
        assert!(matches!(said.status, Some(1 | 2)), "{words:?} is refused\n{said}");
        assert!(said.stdout.is_empty(), "{words:?}\n{said}");
        let after = everything(&sandbox);
        assert!(after == before, "{words:?} left something behind\n{said}\n{}", difference(&before, &after));
    }
}

#[test]
fn a_dry_run_leaves_nothing_behind() {
    let sandbox = two_incidents();
    let folder = sandbox.folder_of(ID);
    Clutter::make(&sandbox, &folder);
    for step in RESPONSE {
        let before = everything(&sandbox);
        let words = [step.words, &["--dry-run"]].concat();
        sandbox.pass(step.wait);
        let said = step.stdin.map_or_else(|| sandbox.run(&words), |text| sandbox.run_stdin(&words, text)).success();
        assert!(said.stdout.contains("\n+"), "a diff is shown\n{said}");
        let after = everything(&sandbox);
        assert!(after == before, "{words:?}\n{}", difference(&before, &after));
        run(&sandbox, &Step { wait: 0, ..*step });
    }
}

fn difference(before: &[String], after: &[String]) -> String {
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let new = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(new).map(|line| line.chars().take(300).collect::<String>()).collect::<Vec<_>>().join("\n")
}
