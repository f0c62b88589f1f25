//! Taking turns: who holds the lock is told, waiting has an end, a hook that would wait for itself is refused at once;
//! and `--detached`, which commits where no branch is checked out.

use std::fs::File;
use std::io::{Read, Write};

use snapbox::str;

use crate::audit_trail::everything;
use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";

fn acknowledged() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.at("2026-11-23T10:00:00-05:00");
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
    sandbox.run(&["ack"]).success();
    sandbox
}

/// Holds the lock as a process of ours would; it says so in the same words.
fn holding(sandbox: &Sandbox) -> File {
    let mut file = File::options().read(true).write(true).open(sandbox.path(".git/qpp-incident/lock")).unwrap();
    file.lock().unwrap();
    file.set_len(0).unwrap();
    file.write_all(b"4711 sync\n").unwrap();
    file
}

#[test]
fn who_holds_the_lock_is_told_and_waiting_has_an_end() {
    let sandbox = acknowledged();
    let held = holding(&sandbox);
    let before = everything(&sandbox);
    sandbox.run(&["mitigate", "x", "--wait", "1"]).shows(str![[r#"
--- stderr
waiting for another qpp-incident (process 4711: sync) to finish, 1 s at most
error: INC-K7QFM: another qpp-incident is writing (process 4711: sync); it was waited for 1 s
hint: --wait 60 waits longer for it
--- exit status 1

"#]]);
    sandbox.run(&["mitigate", "x", "--wait", "0"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: another qpp-incident is writing (process 4711: sync); it was waited for 0 s
hint: --wait 60 waits longer for it
--- exit status 1

"#]]);
    assert!(everything(&sandbox) == before);
    sandbox.run(&["log", "Kept.", "--wait", "0", "--quiet"]).shows(str![[r#"
INC-K7QFM
--- stderr
warning: kept, not yet in the document: another qpp-incident is writing (process 4711: sync); it was waited for 0 s
--- exit status 75

"#]]);
    drop(held);
    // Another test's child holds what this process had open until it becomes another program.
    sandbox.run(&["mitigate", "x", "--wait", "10"]).success();
    assert_eq!(sandbox.read(&sandbox.document_of(ID)).matches("Kept.").count(), 1);
}

#[test]
fn a_writer_goes_on_as_soon_as_the_other_has_ended() {
    let sandbox = acknowledged();
    let held = holding(&sandbox);
    let mut child = sandbox.command(&["log", "After it."]).spawn().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    // The first line on standard error comes while it waits.
    let mut told = vec![0; 64];
    let length = stderr.read(&mut told).unwrap();
    assert!(String::from_utf8_lossy(&told[..length]).starts_with("waiting for another qpp-incident (process 4711: sync)"));
    drop(held);
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).unwrap();
    assert!(sandbox.finish(child, b"", "").success().stdout.contains("After it."), "{rest}");
}

#[test]
fn the_process_that_holds_the_lock_says_which_command_it_is() {
    let sandbox = acknowledged();
    let mut child = sandbox.command(&["log", "One."]).spawn().unwrap();
    let process = child.id();
    child.wait().unwrap();
    assert_eq!(sandbox.read(".git/qpp-incident/lock"), format!("{process} log\n"));
}

#[test]
fn the_wait_of_close_is_the_closing_questions() {
    let sandbox = acknowledged();
    let held = holding(&sandbox);
    sandbox.run(&["resolve", "Back to normal.", "--wait", "0"]).status_is(1);
    sandbox.run(&["--wait", "0", "close", "--force", "It is over."]).shows(str![[r#"
--- stderr
error: INC-K7QFM: another qpp-incident is writing (process 4711: sync); it was waited for 0 s
hint: before the word `close`, --wait 60 waits longer for it
--- exit status 1

"#]]);
    drop(held);
    sandbox.run(&["resolve", "Back to normal."]).success();
    let asked = sandbox.run(&["--wait", "60", "close", "--ask", "--wait", "7m"]).success();
    assert!(asked.stdout.contains("7 min"), "{asked}");
}

#[test]
fn a_hook_that_we_run_cannot_record_and_can_read() {
    let sandbox = acknowledged();
    sandbox.env("QPP_INCIDENT_LOCKED", "1");
    let before = everything(&sandbox);
    sandbox.run(&["mitigate", "x"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: nothing can be recorded from a hook that qpp-incident itself runs: its own command writes until the hook ends
hint: record it before or after the commit; what only reads works in a hook too
--- exit status 1

"#]]);
    sandbox.run(&["log", "Words."]).shows(str![[r#"
--- stderr
error: INC-K7QFM: nothing can be recorded from a hook that qpp-incident itself runs: its own command writes until the hook ends
not recorded, copy it from here:
Words.
hint: record it before or after the commit; what only reads works in a hook too
--- exit status 1

"#]]);
    let said = sandbox.run(&["open", "Another", "--json"]).status_is(1);
    assert_eq!(said.json_error()["error"]["code"], "inside-hook");
    sandbox.run(&["list"]).success();
    assert!(everything(&sandbox) == before);
}

#[test]
fn a_detached_head_takes_commits_when_told_to() {
    let sandbox = acknowledged();
    let tip = |name: &str| sandbox.git(&["rev-parse", name]).success().stdout;
    let main = tip("main");
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run(&["mitigate", "Switched over.", "--detached"]).success().shows(str![[r#"
INC-K7QFM Many errors (mitigated)
  - 10:02 EST: **Mitigated.** Switched over. — Grace Hopper
--- stderr
next: qpp-incident resolve INC-K7QFM "how", when the system is back to normal

"#]]);
    sandbox.run(&["--detached", "log", "And an entry."]).success();
    assert_eq!((tip("main"), tip("HEAD~2")), (main.clone(), main));
    assert_eq!(sandbox.read(".git/HEAD"), tip("HEAD"), "no branch is checked out still");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
    let reflog = sandbox.git(&["reflog", "-2", "--format=%gs"]).stdout;
    assert!(reflog.lines().all(|line| line.starts_with("commit: INC-K7QFM ")), "{reflog}");
    // A rebase under way stays an obstacle: its own commands move HEAD.
    sandbox.write(".git/rebase-merge/interactive", "");
    let refused = sandbox.run(&["resolve", "x", "--detached"]).status_is(1);
    assert!(refused.stderr.contains("a rebase is in progress"), "{refused}");
}
