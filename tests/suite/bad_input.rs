//! What goes wrong at 3 a.m.: each message is lower case, names what, where and why, and its hint can be pasted.
//! What refuses changes nothing; what must not be in the way keeps the entry.

mod disk;

use snapbox::str;

use crate::audit_trail::everything;
use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;
use crate::harness::snapshot::assert_snapshot;

const ID: &str = "INC-K7QFM";

fn acknowledged() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00");
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
    sandbox.run(&["ack"]).success();
    sandbox
}

/// A refusal: nothing on standard output, nothing changed.
#[track_caller]
fn refused(sandbox: &Sandbox, words: &[&str]) -> Output {
    let before = everything(sandbox);
    let said = sandbox.run(words);
    assert!(matches!(said.status, Some(1 | 2)), "{said}");
    assert_eq!(said.stdout, "");
    assert!(everything(sandbox) == before, "something changed\n{said}");
    said
}

#[test]
fn outside_of_any_repository() {
    let sandbox = Sandbox::new();
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: no git repository at [SANDBOX]/repo
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
    refused(&sandbox, &["-C", "nowhere", "list"]).shows(str![[r#"
--- stderr
error: no git repository at [SANDBOX]/repo/nowhere (named by -C)
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
    sandbox.env("QPP_INCIDENT_REPO", "/nowhere");
    refused(&sandbox, &["list"]).shows(str![[r#"
--- stderr
error: no git repository at /nowhere (named by $QPP_INCIDENT_REPO)
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
}

#[test]
fn a_repository_that_was_not_adopted() {
    let sandbox = Sandbox::with_git();
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo keeps no incidents: it has no incidents/config.yaml
hint: qpp-incident init [SANDBOX]/repo
--- exit status 1

"#]]);
    refused(&sandbox, &["open", "x"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo keeps no incidents: it has no incidents/config.yaml
hint: qpp-incident init [SANDBOX]/repo
--- exit status 1

"#]]);
}

#[test]
fn a_bare_repository() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet", "--bare", "."]).success();
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo is a bare repository: documents need a work tree
hint: clone it, and run the command in the clone
--- exit status 1

"#]]);
    refused(&sandbox, &["init"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo is a bare repository: documents need a work tree
hint: clone it, and run the command in the clone
--- exit status 1

"#]]);
}

#[test]
fn a_branch_without_a_commit_is_no_trouble() {
    let sandbox = Sandbox::adopted();
    sandbox.git(&["checkout", "--quiet", "--orphan", "fresh"]).success();
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
    sandbox.run(&["ack"]).success();
    assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]).stdout, "2\n");
}

#[test]
fn no_identity_at_all() {
    let sandbox = Sandbox::without_identity();
    sandbox.run(&["init"]).shows(str![[r#"
--- stderr
error: nobody is known to git on this machine, and the record must say who acted
hint: --by "Your Name <you@example.org>", or once: git config --global user.name "Your Name" && git config --global user.email you@example.org
--- exit status 1

"#]]);
    sandbox.run(&["open", "Many errors"]).shows(str![[r#"
--- stderr
error: no git repository at [SANDBOX]/repo
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
}

#[test]
fn a_commit_is_checked_out_instead_of_a_branch() {
    let sandbox = acknowledged();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot commit: no branch is checked out (detached HEAD at [commit 1])
hint: git switch BRANCH; --detached commits to what is checked out all the same
--- exit status 1

"#]]);
    kept_and_folded_in(&sandbox, &["checkout", "--quiet", "main"]).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: cannot commit: no branch is checked out (detached HEAD at [commit 1])
the next command on this incident that can commits it
--- exit status 75

"#]]);
}

#[test]
fn in_the_middle_of_a_merge() {
    let sandbox = acknowledged();
    conflicting_branch(&sandbox);
    sandbox.git(&["merge", "other"]).status_is(1);
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot commit: a merge is in progress
hint: git merge --continue, or git merge --abort
--- exit status 1

"#]]);
    kept_and_folded_in(&sandbox, &["merge", "--abort"]).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: cannot commit: a merge is in progress
the next command on this incident that can commits it
--- exit status 75

"#]]);
}

#[test]
fn in_the_middle_of_a_rebase() {
    let sandbox = acknowledged();
    conflicting_branch(&sandbox);
    sandbox.git(&["rebase", "other"]).status_is(1);
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot commit: a rebase is in progress
hint: git rebase --continue, or git rebase --abort
--- exit status 1

"#]]);
    kept_and_folded_in(&sandbox, &["rebase", "--abort"]).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: cannot commit: a rebase is in progress
the next command on this incident that can commits it
--- exit status 75

"#]]);
}

#[test]
fn another_git_command_holds_the_index() {
    let sandbox = acknowledged();
    sandbox.write(".git/index.lock", "");
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: another git command holds [SANDBOX]/repo/.git/index.lock ([..]s old)
hint: --wait 60 waits longer for it; if no git command is running: rm [SANDBOX]/repo/.git/index.lock
--- exit status 1

"#]]);
    let kept = sandbox.run(&["log", "Kept."]).status_is(75);
    std::fs::remove_file(sandbox.path(".git/index.lock")).unwrap();
    kept.shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: another git command holds [SANDBOX]/repo/.git/index.lock ([..]s old)
the next command on this incident that can commits it
--- exit status 75

"#]]);
    sandbox.run(&["log", "After it."]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 10:04 EST: After it. — Grace Hopper
--- stderr
warning: 1 kept entry is in the document now

"#]]);
}

/// A branch whose other.txt cannot be merged with that of `main`.
fn conflicting_branch(sandbox: &Sandbox) {
    sandbox.git(&["checkout", "--quiet", "-b", "other", "HEAD~1"]).success();
    for (branch, text) in [("other", "theirs\n"), ("main", "ours\n")] {
        sandbox.git(&["checkout", "--quiet", branch]).success();
        sandbox.write("other.txt", text);
        sandbox.git(&["add", "other.txt"]).success();
        sandbox.git(&["commit", "--quiet", "-m", "other"]).success();
    }
}

/// `log` keeps its entry; after `mend` the next command commits it, once.
#[track_caller]
fn kept_and_folded_in(sandbox: &Sandbox, mend: &[&str]) -> Output {
    let path = sandbox.document_of(ID);
    let before = sandbox.read(&path);
    let kept = sandbox.run(&["log", "Kept in the meantime."]).status_is(75);
    assert_eq!(sandbox.read(&path), before, "the document stays");
    sandbox.git(mend).success();
    sandbox.run(&["log", "After it."]).success();
    sandbox.run(&["log", "And once more."]).success();
    assert_eq!(sandbox.read(&path).matches("Kept in the meantime.").count(), 1);
    let subjects = sandbox.git(&["log", "-3", "--format=%s"]).stdout;
    assert_eq!(subjects, format!("{ID} log: And once more.\n{ID} log: After it.\n{ID} log: Kept in the meantime.\n"));
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
    kept
}

#[test]
fn conflict_markers_in_the_document() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    let sound = sandbox.read(&path);
    sandbox.write(&path, sound.replace("## Summary\n", "<<<<<<< HEAD\n## Summary\n=======\n## Sum\n>>>>>>> other\n"));
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:21:1: a conflict marker stands here: a merge was not finished
hint: qpp-incident repair INC-K7QFM
--- exit status 1

"#]]);
    sandbox.run(&["log", "Kept."]).status_is(75).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: incidents/2026-11/23-k7qfm-many-errors/incident.md:21:1: a conflict marker stands here: a merge was not finished
the next command on this incident that can commits it
--- exit status 75

"#]]);
    sandbox.write(&path, &sound);
    sandbox.run(&["log", "After it."]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 10:04 EST: After it. — Grace Hopper
--- stderr
warning: 1 kept entry is in the document now

"#]]);
}

#[test]
fn front_matter_that_does_not_parse() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    let sound = sandbox.read(&path);
    let mut told = String::new();
    for (old, new) in [
        ("title: Many errors\n", "title: [Many errors\n"),
        ("status: acknowledged\n", "status: acknowleged\n"),
        ("status: acknowledged\n", ""),
        ("pagerduty: Q1\n", "pagerduty: Q1\npagerduty: Q2\n"),
        ("acknowledged_at: 2026-11-23T10:01:00-05:00\n", "acknowledged_at: yesterday\n"),
        ("timezone: America/New_York\n", "timezone: America/New_Yrok\n"),
        ("id: INC-K7QFM\n", "id: K7QFM\n"),
        ("  - Grace Hopper <grace@example.org>\n", "  - Grace Hopper <grace@example.org\n"),
        ("pagerduty: Q1\n", "pagerduty: \"Q1\n"),
        ("---\nid", "id"),
    ] {
        assert!(sound.contains(old), "{old}");
        sandbox.write(&path, sound.replacen(old, new, 1));
        let said = refused(&sandbox, &["mitigate", "x"]);
        let line = said.stderr.lines().next().unwrap();
        assert!(line.starts_with("error: INC-K7QFM: cannot read ") || line.starts_with("error: cannot read "), "{said}");
        let (_, place) = line.split_once(path.as_str()).unwrap_or_else(|| panic!("{said}"));
        told.push_str(place.strip_prefix(':').unwrap());
        told.push('\n');
    }
    assert_snapshot(
        &told,
        str![[r#"
4:7: illegal placement of ':' indicator
4:1: `status`: `acknowleged` is not a status (open, acknowledged, mitigated, resolved, closed)
1:1: `status` is missing from the front matter
7:1: duplicate mapping key `pagerduty` is not allowed here
13:1: `acknowledged_at`: `yesterday` is not an RFC 3339 time such as 2026-11-22T23:58:00-05:00
10:1: `timezone`: `America/New_Yrok` is not an IANA time zone; the nearest is `America/New_York`
2:1: `id`: `K7QFM` is not an incident id such as INC-K7QFM
7:1: `responders`: `Grace Hopper <grace@example.org` is not a person in the form `Name <email>`
6:12: unclosed quote
1:1: there is no front matter: the first line must be `---`

"#]],
    );
    sandbox.write(&path, sound.replacen("title: Many", "title: [Many", 1));
    sandbox.run(&["log", "Kept while it is broken."]).status_is(75).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: incidents/2026-11/23-k7qfm-many-errors/incident.md:4:7: illegal placement of ':' indicator
the next command on this incident that can commits it
--- exit status 75

"#]]);
    sandbox.run(&["update", "Kept too."]).status_is(75).shows(str![[r#"
Many errors
Current Incident Commander: none yet
Status: acknowledged
Live Document: incidents/2026-11/23-k7qfm-many-errors/incident.md

Kept too.
Next update by 12:13 EST.
--- stderr
warning: kept, not yet in the document: incidents/2026-11/23-k7qfm-many-errors/incident.md:4:7: illegal placement of ':' indicator
the next command on this incident that can commits it
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS
--- exit status 75

"#]]);
    sandbox.write(&path, &sound);
    sandbox.run(&["mitigate", "Mended."]).success().shows(str![[r#"
INC-K7QFM Many errors (mitigated)
  - 10:14 EST: **Mitigated.** Mended. — Grace Hopper
--- stderr
warning: 2 kept entries are in the document now
next: qpp-incident resolve INC-K7QFM "how", when the system is back to normal

"#]]);
    sandbox.run(&["log", "Once."]).success();
    let text = sandbox.read(&path);
    assert_eq!((text.matches("Kept while").count(), text.matches("Kept too.").count()), (1, 1), "{text}");
}

#[test]
fn settings_that_do_not_parse() {
    let sandbox = acknowledged();
    let sound = sandbox.read("incidents/config.yaml");
    sandbox.write("incidents/config.yaml", format!("{sound}timezon: UTC\n"));
    refused(&sandbox, &["close", "--ask"]).shows(str![[r#"
--- stderr
error: incidents/config.yaml:63:1: unknown key `timezon`; the nearest is `timezone`
hint: ${EDITOR:-vi} +63 incidents/config.yaml
--- exit status 1

"#]]);
    sandbox.run(&["mitigate", "Not in the way."]).success().shows(str![[r#"
INC-K7QFM Many errors (mitigated)
  - 10:03 EST: **Mitigated.** Not in the way. — Grace Hopper
--- stderr
warning: no settings are used: incidents/config.yaml:63:1: unknown key `timezon`; the nearest is `timezone`
next: qpp-incident resolve INC-K7QFM "how", when the system is back to normal

"#]]);
    sandbox.write("incidents/config.yaml", "timezone: Mars/Base\n");
    refused(&sandbox, &["open", "x"]).shows(str![[r#"
--- stderr
error: incidents/config.yaml:1:11: `Mars/Base` is not an IANA time zone; the nearest is `America/Boise`
hint: ${EDITOR:-vi} +1 incidents/config.yaml
--- exit status 1

"#]]);
    sandbox.run(&["list"]).success().shows(str![[r#"
Id         Status     Sev  Title        IC  Opened                Due
INC-K7QFM  mitigated  -    Many errors  -   2026-11-23 10:00 EST  in 1 h 58 min
--- stderr
warning: no settings are used: incidents/config.yaml:1:11: `Mars/Base` is not an IANA time zone; the nearest is `America/Boise`

"#]]);
}

#[test]
fn a_document_that_is_gone_or_no_text() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    let sound = sandbox.read(&path);
    sandbox.write(&path, b"---\nid: INC-K7QFM\ntitle: \xff\n---\n".as_slice());
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:3:8: not UTF-8 text
hint: ${EDITOR:-vi} +3 incidents/2026-11/23-k7qfm-many-errors/incident.md
--- exit status 1

"#]]);
    sandbox.run(&["log", "Kept."]).status_is(75).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: incidents/2026-11/23-k7qfm-many-errors/incident.md:3:8: not UTF-8 text
the next command on this incident that can commits it
--- exit status 75

"#]]);
    std::fs::remove_file(sandbox.path(&path)).unwrap();
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: incidents/2026-11/23-k7qfm-many-errors/incident.md is missing from the work tree
hint: git restore -- incidents/2026-11/23-k7qfm-many-errors/incident.md
--- exit status 1

"#]]);
    sandbox.write(&path, "");
    refused(&sandbox, &["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:1:1: there is no front matter: the first line must be `---`
hint: ${EDITOR:-vi} +1 incidents/2026-11/23-k7qfm-many-errors/incident.md
--- exit status 1

"#]]);
    sandbox.write(&path, &sound);
    sandbox.run(&["mitigate", "x"]).success();
    assert_eq!(sandbox.read(&path).matches("Kept.").count(), 1);
}

#[test]
fn the_wrong_name_of_an_incident() {
    let sandbox = acknowledged();
    sandbox.run(&["open", "Many timeouts", "--id", "INC-K7QXX", "--pagerduty", "Q1"]).success();
    refused(&sandbox, &["show", "INC-K7QFN"]).shows(str![[r#"
--- stderr
error: no incident is named `INC-K7QFN`; the nearest:
  INC-K7QFM Many errors (acknowledged)
  INC-K7QXX Many timeouts (open)
hint: qpp-incident list --all
--- exit status 1

"#]]);
    refused(&sandbox, &["show", "INC-00000"]).shows(str![[r#"
--- stderr
error: no incident is named `INC-00000`; the nearest:
  INC-K7QXX Many timeouts (open)
  INC-K7QFM Many errors (acknowledged)
hint: qpp-incident list --all
--- exit status 1

"#]]);
    refused(&sandbox, &["show", "K7Q"]).shows(str![[r#"
--- stderr
error: `K7Q` fits 2 incidents:
  INC-K7QXX Many timeouts (open)
  INC-K7QFM Many errors (acknowledged)
hint: name one with -i INC-K7QXX
--- exit status 1

"#]]);
    refused(&sandbox, &["show", "many"]).shows(str![[r#"
--- stderr
error: `many` fits 2 incidents:
  INC-K7QXX Many timeouts (open)
  INC-K7QFM Many errors (acknowledged)
hint: name one with -i INC-K7QXX
--- exit status 1

"#]]);
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: 2 incidents are possible:
  INC-K7QXX Many timeouts (open)
  INC-K7QFM Many errors (acknowledged)
hint: name one with -i INC-K7QXX
--- exit status 1

"#]]);
    refused(&sandbox, &["log", "INC-ZZZZZ", "x"]).shows(str![[r#"
--- stderr
error: no incident is named `INC-ZZZZZ`; the nearest:
  INC-K7QXX Many timeouts (open)
  INC-K7QFM Many errors (acknowledged)
hint: qpp-incident list --all
--- exit status 1

"#]]);
}

#[test]
fn a_time_in_the_future_or_none() {
    let sandbox = acknowledged();
    refused(&sandbox, &["log", "x", "--at", "2026-11-23 10:10"]).shows(str![[r#"
--- stderr
error: 2026-11-23 10:10 EST is in the future: it is 2026-11-23 10:02 EST now
hint: no later than "2026-11-23 10:02 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    refused(&sandbox, &["log", "x", "--at", "noon"]).shows(str![[r#"
--- stderr
error: `noon` is not a time
hint: say `14:05`, `14:05 EST`, `2:05pm`, `2026-11-22 14:05`, `2026-11-22T14:05:00-05:00`, `10 minutes ago`, `1h30m ago`, `today 14:05`, `yesterday 14:05` or `now`
--- exit status 2

"#]]);
    sandbox.run(&["log", "within the skew", "--at", "2026-11-23 10:05"]).success();
}

#[test]
fn no_editor() {
    let sandbox = acknowledged();
    refused(&sandbox, &["log", "-e"]).shows(str![[r#"
--- stderr
error: no editor is set
hint: export EDITOR=nano
--- exit status 1

"#]]);
    sandbox.env("EDITOR", "no-such-editor --wait");
    refused(&sandbox, &["edit"]).shows(str![[r#"
--- stderr
error: the editor `no-such-editor` could not be started: there is no such program
hint: export EDITOR=nano
--- exit status 1

"#]]);
    sandbox.env("EDITOR", "false");
    refused(&sandbox, &["log", "-e"]).shows(str![[r#"
--- stderr
error: the editor `false` ended with exit status: 1: nothing was changed
--- exit status 1

"#]]);
    sandbox.env("EDITOR", "true");
    refused(&sandbox, &["log", "-e"]).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What happened?
--- exit status 2

"#]]);
}

#[test]
fn standard_input_that_is_no_text() {
    let sandbox = acknowledged();
    let before = everything(&sandbox);
    sandbox.run_stdin(&["log"], b"caf\xe9\n").status_is(1).shows(str![[r#"
--- stderr
error: standard input is not UTF-8: the byte at offset 3 does not fit
hint: pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in
--- exit status 1

"#]]);
    sandbox.run_stdin(&["log"], b"").status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What happened?
--- exit status 2

"#]]);
    sandbox.run_stdin(&["set", "impact=-"], b"\xff\xfe").status_is(1).shows(str![[r#"
--- stderr
error: standard input is not UTF-8: the byte at offset 0 does not fit
hint: pipe it through iconv -f WINDOWS-1252 -t UTF-8, if that is what it is in
--- exit status 1

"#]]);
    assert!(everything(&sandbox) == before);
}

#[test]
fn an_argument_that_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = acknowledged();
    let before = everything(&sandbox);
    let mut command = sandbox.command(&["log"]);
    command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    let said = sandbox.finish(command.spawn().unwrap(), b"", "");
    assert!(said.status == Some(2) && said.stderr.to_lowercase().contains("utf-8"), "{said}");
    assert!(everything(&sandbox) == before);
}

#[test]
fn a_folder_whose_name_is_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = acknowledged();
    let mut command = sandbox.command(&["list", "-C"]);
    command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    sandbox.finish(command.spawn().unwrap(), b"", "").status_is(1).shows(str![[r#"
--- stderr
error: no git repository at [SANDBOX]/repo/caf� (named by -C)
hint: qpp-incident init makes one here; -C DIR or `git config --global qpp-incident.repo DIR` names another
--- exit status 1

"#]]);
}

#[test]
fn a_hint_can_be_pasted_anywhere() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    sandbox.write(&path, sandbox.read(&path).replace("status: acknowledged", "status: gone"));
    sandbox.run_in("incidents", &["mitigate", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:4:1: `status`: `gone` is not a status (open, acknowledged, mitigated, resolved, closed)
hint: cd [SANDBOX]/repo && ${EDITOR:-vi} +4 incidents/2026-11/23-k7qfm-many-errors/incident.md
--- exit status 1

"#]]);
    std::fs::remove_file(sandbox.path(&path)).unwrap();
    let said = sandbox.run_in("../home", &["mitigate", "x", "-C", "../repo"]).status_is(1);
    let hint = said.stderr.lines().find_map(|line| line.strip_prefix("hint: ")).unwrap();
    let mut pasted = sandbox.program(std::path::Path::new("sh"), &sandbox.now());
    pasted.args(["-c", hint]).current_dir(sandbox.path("../home"));
    sandbox.finish(pasted.spawn().unwrap(), b"", "").success();
    sandbox.run(&["mitigate", "x"]).success();
}

#[test]
fn a_clock_that_is_none() {
    let sandbox = acknowledged();
    sandbox.env("QPP_INCIDENT_NOW", "yesterday");
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: QPP_INCIDENT_NOW: `yesterday` is not an RFC 3339 time such as 2026-11-22T23:58:00-05:00
--- exit status 2

"#]]);
}

#[test]
fn a_closed_incident_in_the_environment_while_another_is_open() {
    let sandbox = acknowledged();
    sandbox.run(&["close", "--reason", "false-alarm", "A test."]).success();
    sandbox.env("QPP_INCIDENT", ID);
    sandbox.run(&["log", "Nothing else is open."]).success();
    sandbox.run(&["open", "Another one", "--id", "INC-2M4XY", "--pagerduty", "Q1"]).success();
    refused(&sandbox, &["log", "x"]).shows(str![[r#"
--- stderr
error: $QPP_INCIDENT names INC-K7QFM, which is closed, while another is not:
  INC-2M4XY Another one (open)
hint: export QPP_INCIDENT=INC-2M4XY, or name the closed one with -i INC-K7QFM
--- exit status 1

"#]]);
    sandbox.run(&["log", "-i", ID, "Meant for the closed one."]).success();
    sandbox.run(&["log", "INC-2M4XY", "Meant for the open one."]).success();
}
