//! `redact`: the words go; what cannot be reached is said, and nothing repeats them.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const SECRET: &str = "hunter2";

/// An acknowledged incident with a secret at 00:10, and the document's path.
fn with_secret() -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    let text = "The password is hunter2 for the database.\nIt is hunter2.";
    sandbox.at("2026-11-23T00:10:00-05:00").run(&["log", &id, text, "--evidence", "https://splunk.example.com/?p=hunter2"]).success();
    let path = sandbox.document_of(&id);
    (sandbox, id, path)
}

#[test]
fn the_words_go_and_nothing_repeats_them() {
    let (sandbox, id, path) = with_secret();
    sandbox.run(&["correct", &id, "00:10", "--void", "Not for here"]).success();
    let redacted = sandbox.run(&["redact", &id, "00:10", "A password was pasted"]).success();
    redacted.shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:12 EST: **Redacted.** 2026-11-23 00:10 EST: A password was pasted. — Grace Hopper
  - 00:12 EST: **Redacted.** 2026-11-23 00:11 EST: A password was pasted. — Grace Hopper
--- stderr
warning: the words are gone from the documents, not from the history: earlier commits, every clone and the git host still hold them. Change a secret now where it is used, and ask the host's administrators to remove cached copies. `git filter-repo` would take them out of the history, but it rewrites every later commit: `verify` then reports each of them, and all clones must be made anew

"#]]);
    let message = sandbox.git(&["log", "-1", "--format=%B"]);
    message.shows(str![[r#"
INC-AAAAA redact: 2026-11-23 00:10 EST: A password was pasted.

    2026-11-23 00:10 EST: A password was pasted.
    2026-11-23 00:11 EST: A password was pasted.

Incident: INC-AAAAA
Event: redact
Occurred-At: 2026-11-23T00:12:00-05:00
Entry: [hash]
Event: redact
Occurred-At: 2026-11-23T00:12:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    let document = sandbox.read(&path);
    for text in [&redacted.stdout, &redacted.stderr, &message.stdout, &document] {
        assert!(!text.contains(SECRET), "{text}");
    }
    let timeline = document.split_once("### 2026-11-23\n").unwrap().1.split_once("\n## Root").unwrap().0;
    snapbox::assert_data_eq!(
        timeline,
        str![[r#"

- 00:00 EST: **Acknowledged.** — Grace Hopper
- 00:10 EST: [redacted 2026-11-23: A password was pasted] — Grace Hopper
- 00:11 EST: **Void.** 2026-11-23 00:10 EST "[redacted 2026-11-23: A password was pa…": Not for here. — Grace Hopper
- 00:12 EST: **Redacted.** 2026-11-23 00:10 EST: A password was pasted. — Grace Hopper
- 00:12 EST: **Redacted.** 2026-11-23 00:11 EST: A password was pasted. — Grace Hopper

"#]]
    );
    sandbox.run(&["redact", &id, "00:10", "again"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: the words of this entry are gone already
--- exit status 1

"#]]);
}

#[test]
fn json_says_what_history_holds() {
    let (sandbox, id, _) = with_secret();
    let answer = sandbox.run(&["--json", "redact", &id, "last", "A password was pasted"]).success();
    assert!(!answer.stdout.contains(SECRET), "{answer}");
    let json = answer.json();
    assert_eq!((json["event"].as_str(), json["entries"][0]["kind"].as_str()), (Some("redact"), Some("Redacted")));
    assert_eq!(json["entries"][0]["text"], "2026-11-23 00:10 EST: A password was pasted.");
    assert_eq!(json["warnings"][0]["code"], "history-holds-it");
}

#[test]
fn the_reason_may_not_repeat_the_words() {
    let (sandbox, id, path) = with_secret();
    sandbox.run(&["log", &id, "hunter2"]).success();
    let before = sandbox.read(&path);
    sandbox.run(&["redact", &id, "last", "because of hunter2"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: the reason repeats the words that are to go
hint: say why, not what
--- exit status 1

"#]]);
    sandbox.run(&["redact", &id, "last"]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: Why? (not the words themselves)
--- exit status 2

"#]]);
    sandbox.run(&["redact", &id, "00:59", "x"]).status_is(1);
    assert_eq!(sandbox.read(&path), before);
}

#[test]
fn other_places_of_the_same_words_are_named_without_them() {
    let (sandbox, id, path) = with_secret();
    sandbox.run(&["set", &id, "impact=Somebody saw: The password is hunter2 for the database"]).success();
    let redacted = sandbox.run(&["redact", &id, "00:10", "A password was pasted"]).success();
    assert!(redacted.stderr.contains("the same words still stand in: "), "{redacted}");
    assert!(redacted.stderr.contains(&format!("{path}:")), "{redacted}");
    assert!(!redacted.stderr.contains(SECRET), "{redacted}");
}

#[test]
fn the_postmortem_and_crlf_documents_are_reached() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["log", &id, "The password is hunter2 here."]).success();
    sandbox.run(&["postmortem", &id]).success();
    let folder = sandbox.folder_of(&id);
    let (incident, postmortem) = (format!("{folder}/incident.md"), format!("{folder}/postmortem.md"));
    assert!(sandbox.read(&postmortem).contains(SECRET), "the copied timeline has the line");
    for path in [&incident, &postmortem] {
        let crlf = sandbox.read(path).replace('\n', "\r\n");
        sandbox.write(path, crlf);
    }
    let at = sandbox.read(&incident).lines().find(|line| line.contains(SECRET)).unwrap().get(2..7).unwrap().to_owned();
    sandbox.run(&["redact", &id, &at, "A password was pasted"]).success();
    for path in [&incident, &postmortem] {
        let text = sandbox.read(path);
        assert!(!text.contains(SECRET) && text.contains("[redacted 2026-11-23: A password was pasted]"), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}
