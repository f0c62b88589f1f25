//! No permission and no space: nothing is half done, and the words are shown so that they can be copied.
//! Root may write anywhere, so the program runs as nobody; a full disk is a small one in a name space of its own.

use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::str;

use super::{ID, acknowledged};
use crate::harness::clones::Clones;
use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

const NOBODY: &str = "65534";

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout == b"0\n")
}

fn works(program: &str, arguments: &[&str]) -> bool {
    let quiet = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// Says why a test is skipped; in CI everything must be there.
fn skip(why: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
    eprintln!("skipped: {why}");
}

/// A shell script in the sandbox's working folder, as somebody whom permissions bind.
fn as_nobody(sandbox: &Sandbox, script: &str) -> Option<Output> {
    let sh = |program: &str, before: &[&str]| {
        let mut command = sandbox.program(Path::new(program), &sandbox.now());
        command.args(before).args(["sh", "-c", script]);
        sandbox.finish(command.spawn().unwrap(), b"", "")
    };
    if !is_root() {
        return Some(sh("env", &[]));
    }
    if !works("setpriv", &["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "true"]) {
        skip("setpriv cannot make a process nobody's");
        return None;
    }
    let root = sandbox.path("..");
    assert!(works("chown", &["-R", &format!("{NOBODY}:{NOBODY}"), root.to_str().unwrap()]));
    // The built program may lie where nobody may look.
    let ours = root.join("qpp-incident");
    std::fs::copy(assert_cmd::cargo::cargo_bin!("qpp-incident"), &ours).unwrap();
    Some(sh("setpriv", &["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "env", &format!("PATH={}:/usr/bin:/bin", root.display())]))
}

#[test]
fn a_folder_that_cannot_be_written() {
    let sandbox = acknowledged();
    let folder = sandbox.folder_of(ID);
    let script = format!(
        "chmod a-w {folder}; qpp-incident mitigate x; qpp-incident log 'Two lines,\nin words.'; git status --porcelain; git log --oneline | wc -l; chmod u+w {folder}; qpp-incident -q log ok"
    );
    if let Some(said) = as_nobody(&sandbox, &script) {
        said.shows(str![[r#"
3
INC-K7QFM
--- stderr
error: INC-K7QFM: no permission to write [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors
hint: ls -ld [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors
error: INC-K7QFM: no permission to write [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors
not recorded, copy it from here:
Two lines, in words.
hint: ls -ld [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors

"#]]);
    }
}

#[test]
fn a_git_folder_that_cannot_be_written() {
    let sandbox = acknowledged();
    let script = "chmod -R a-w .git; qpp-incident mitigate x; qpp-incident log x; qpp-incident -q list; chmod -R u+w .git; git status --porcelain; git log --oneline | wc -l";
    if let Some(said) = as_nobody(&sandbox, script) {
        said.shows(str![[r#"
INC-K7QFM
3
--- stderr
error: INC-K7QFM: no permission to write [SANDBOX]/repo/.git/qpp-incident/lock
hint: ls -ld [SANDBOX]/repo/.git/qpp-incident/lock
error: INC-K7QFM: no permission to write [SANDBOX]/repo/.git/qpp-incident/lock
not recorded, copy it from here:
x
hint: ls -ld [SANDBOX]/repo/.git/qpp-incident/lock

"#]]);
    }
}

#[test]
fn a_document_that_cannot_be_read() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    let script = format!(
        "chmod 000 {path}; qpp-incident mitigate x; qpp-incident log x; qpp-incident list; chmod 644 {path}; git status --porcelain"
    );
    if let Some(said) = as_nobody(&sandbox, &script) {
        said.shows(str![[r#"
Id         Status          Sev  Title        IC  Opened      Due
INC-K7QFM  cannot be read  -    many-errors  -   2026-11-23  -
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:1:1: no permission to read it
hint: ${EDITOR:-vi} +1 incidents/2026-11/23-k7qfm-many-errors/incident.md
error: INC-K7QFM: no permission to read [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors/incident.md
not recorded, copy it from here:
x
hint: ls -ld [SANDBOX]/repo/incidents/2026-11/23-k7qfm-many-errors/incident.md
warning: INC-K7QFM: cannot read incidents/2026-11/23-k7qfm-many-errors/incident.md:1:1: no permission to read it

"#]]);
    }
}

#[test]
fn a_document_that_is_marked_read_only_stays_so() {
    let sandbox = acknowledged();
    let path = sandbox.document_of(ID);
    let script = format!("chmod 444 {path}; qpp-incident -q log x; stat -c %a {path}; git status --porcelain");
    if let Some(said) = as_nobody(&sandbox, &script) {
        said.shows(str![[r#"
INC-K7QFM
444

"#]]);
    }
}

/// A copy of the repository on a disk with so many free pages; then one command, and what it left.
const ON_A_FULL_DISK: &str = r#"
mount -t tmpfs -o size=2m tmpfs "$DISK" || exit 99
for free in 0 1 2 3 4 5 6 8 10 12 14 16 20 24 32; do
    rm -rf "$DISK"/repo "$DISK"/fill "$DISK"/room
    cp -a . "$DISK"/repo
    dd if=/dev/zero of="$DISK"/room bs=4k count=$free 2>/dev/null
    dd if=/dev/zero of="$DISK"/fill bs=4k 2>/dev/null
    rm "$DISK"/room
    tip=$(git -C "$DISK"/repo rev-parse HEAD)
    sum=$(cat "$DISK"/repo/incidents/*/*/incident.md | cksum)
    qpp-incident -C "$DISK"/repo "$@" >"$OUT" 2>"$ERR"
    status=$?
    rm "$DISK"/fill
    [ "$tip" = "$(git -C "$DISK"/repo rev-parse HEAD)" ] && moved=no || moved=yes
    [ "$sum" = "$(cat "$DISK"/repo/incidents/*/*/incident.md | cksum)" ] && changed=no || changed=yes
    clean=$(git -C "$DISK"/repo status --porcelain | wc -l)
    git -C "$DISK"/repo fsck --strict >/dev/null 2>&1 && sound=yes || sound=no
    left=$(find "$DISK"/repo/.git -name '*.lock' ! -name sync.lock -o -path '*qpp-incident/document*' | wc -l)
    kept=$(ls "$DISK"/repo/.git/qpp-incident/pending 2>/dev/null | wc -l)
    echo "status $status moved $moved changed $changed unclean $clean sound $sound left $left kept $kept: $(grep -v '^warning' "$ERR" | head -1)"
done
"#;

/// Runs a command on disks that are more and more free: all is done, or nothing, refused in these words, and both are seen.
/// What each disk showed, a line for each; `None` where no such disk can be made.
#[track_caller]
fn all_or_nothing(sandbox: &Sandbox, command: &[&str], error: &str) -> Option<Output> {
    if !works("unshare", &["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) {
        skip("no small disk can be mounted in a name space of its own");
        return None;
    }
    sandbox.write("../disk/.keep", "").write("../out", "").write("../err", "");
    let mut unshare = sandbox.program(Path::new("unshare"), &sandbox.now());
    unshare.args(["-rm", "sh", "-c", ON_A_FULL_DISK, "sh"]).args(command);
    unshare.env("DISK", sandbox.path("../disk")).env("OUT", sandbox.path("../out")).env("ERR", sandbox.path("../err"));
    let said = sandbox.finish(unshare.spawn().unwrap(), b"", "").success();
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 15, "{said}");
    let refusal = format!("status 1 moved no changed no unclean 0 sound yes left 0 kept 0: error: {error}no space left to ");
    for line in &lines {
        let done = line.starts_with("status 0 moved yes changed yes unclean 0 sound yes left 0 kept 0: ");
        assert!(done || line.starts_with(&refusal), "{command:?}\n{said}");
    }
    assert!(lines[0].starts_with("status 1 ") && lines[14].starts_with("status 0 "), "the disk was full and was not\n{said}");
    Some(said)
}

#[test]
fn a_full_disk_does_all_or_nothing() {
    let sandbox = acknowledged();
    for command in [&["mitigate", "Switched over."] as &[&str], &["log", "Words worth keeping."]] {
        all_or_nothing(&sandbox, command, "INC-K7QFM: ");
    }
}

#[test]
fn a_merge_on_a_full_disk_does_all_or_nothing() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "From the first."]).success();
    clones.run(1, &["log", "From the second."]).success();
    clones.run(1, &["sync"]).success();
    clones.git(0, &["fetch", "--quiet"]).success();
    let Some(said) = all_or_nothing(&clones.sandbox, &["sync", "--offline"], "") else { return };
    assert!(said.stdout.contains("no space left to store incidents/2026-11/23-k7qfm-many-errors/incident.md\n"), "{said}");
}

#[test]
fn an_output_that_takes_no_more() {
    if !Path::new("/dev/full").exists() {
        return skip("there is no /dev/full");
    }
    let sandbox = acknowledged();
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = |words: &[&str]| {
        let mut command = sandbox.command(words);
        sandbox.finish(command.stdout(full()).spawn().unwrap(), b"", "")
    };
    run(&["show"]).shows(str![[r#"
--- stderr
error: standard output could not be written: No space left on device (os error 28)
--- exit status 1

"#]]);
    run(&["log", "It is recorded all the same."]).shows(str![[r#"
--- stderr
error: INC-K7QFM: recorded as commit [commit 1], but the answer is lost: standard output could not be written: No space left on device (os error 28)
hint: qpp-incident timeline INC-K7QFM
--- exit status 75

"#]]);
    assert!(sandbox.read(&sandbox.document_of(ID)).contains("It is recorded all the same."));
}
