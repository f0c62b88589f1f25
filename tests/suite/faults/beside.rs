//! Other programs on the same repository: git holds the index while its editor is open, and somebody commits all the time.
//! Real git programs; nothing of theirs is touched, and nothing of ours is reverted.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use snapbox::str;

use crate::audit_trail::everything;
use crate::crash::scene::{BESIDE, ID, Scene, until};

/// `git commit -a` with its editor open: it holds the index until [`end_editor`].
fn commit_with_open_editor(scene: &Scene) -> Child {
    let sandbox = &scene.sandbox;
    sandbox.write("../editor", "#!/bin/sh\ntouch ../opened\ncat ../gate >/dev/null\necho 'by a person' >\"$1\"\n");
    let made = sandbox.program(Path::new("sh"), &sandbox.now()).args(["-c", "chmod +x ../editor && mkfifo ../gate"]).status().unwrap();
    assert!(made.success());
    let mut commit = sandbox.program(Path::new("git"), &sandbox.now());
    commit.args(["commit", "--quiet", "-a"]).env("GIT_EDITOR", sandbox.path("../editor")).stdout(Stdio::null()).stderr(Stdio::null());
    let child = commit.spawn().unwrap();
    until(|| sandbox.path("../opened").exists());
    child
}

fn end_editor(scene: &Scene, mut commit: Child) {
    drop(File::options().write(true).open(scene.sandbox.path("../gate")).unwrap());
    assert!(commit.wait().unwrap().success());
}

#[test]
fn git_with_an_open_editor_holds_the_index_and_is_left_alone() {
    let scene = Scene::new();
    let sandbox = &scene.sandbox;
    let commit = commit_with_open_editor(&scene);
    let before = everything(sandbox);
    let started = std::time::Instant::now();
    let refused = sandbox.run(&["mitigate", "Switched over."]).status_is(1);
    assert!(started.elapsed() >= Duration::from_secs(2), "git is waited for");
    assert!(refused.stderr.starts_with("error: INC-K7QFM: another git command holds "), "{refused}");
    assert!(refused.stderr.contains("s old)\nhint: --wait 60"), "{refused}");
    assert!(everything(sandbox) == before, "nothing has changed");
    let kept = sandbox.run(&["log", "Kept entry.", "--wait", "0"]).status_is(75);
    assert!(kept.stderr.contains("kept, not yet in the document: another git command holds "), "{kept}");
    // One that waits long enough goes on when the editor is closed.
    let waiting = sandbox.command(&["mitigate", "Switched over.", "--wait", "60"]).spawn().unwrap();
    let lock = File::options().write(true).open(sandbox.path(".git/qpp-incident/lock")).unwrap();
    until(|| {
        let taken = lock.try_lock().is_err();
        if !taken {
            lock.unlock().unwrap();
        }
        taken
    });
    end_editor(&scene, commit);
    sandbox.finish(waiting, b"", "").success();
    let document = sandbox.git(&["show", &format!("HEAD:{}", scene.document)]).success().stdout;
    assert_eq!(["Kept entry.", "Switched over.", "Acknowledged entry."].map(|text| document.matches(text).count()), [1, 1, 1]);
    let touched = sandbox.git(&["log", "-1", "--grep", "by a person", "--name-only", "--format="]).stdout;
    assert_eq!(touched, "edited.txt\nstaged.txt\n");
    assert_eq!(scene.lies_about(sandbox.path("").to_str().unwrap(), "?? untracked.txt\n"), Ok(Vec::new()));
}

#[test]
fn a_lock_that_somebody_left_is_told_with_its_age_and_stays() {
    let scene = Scene::new();
    let sandbox = &scene.sandbox;
    sandbox.write(".git/index.lock", "theirs");
    let lock = File::options().write(true).open(sandbox.path(".git/index.lock")).unwrap();
    lock.set_modified(SystemTime::now() - Duration::from_secs(3 * 3600 + 150)).unwrap();
    sandbox.run(&["mitigate", "x", "--wait", "0"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: another git command holds [SANDBOX]/repo/.git/index.lock (3h 2m[..] old)
hint: --wait 60 waits longer for it; if no git command is running: rm [SANDBOX]/repo/.git/index.lock
--- exit status 1

"#]]);
    assert_eq!(sandbox.read(".git/index.lock"), "theirs");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, BESIDE);
}

#[test]
fn a_lock_on_the_branch_that_somebody_left_is_told_with_its_age_and_stays() {
    let scene = Scene::new();
    let sandbox = &scene.sandbox;
    sandbox.write(".git/refs/heads/main.lock", "");
    let lock = File::options().write(true).open(sandbox.path(".git/refs/heads/main.lock")).unwrap();
    lock.set_modified(SystemTime::now() - Duration::from_secs(3600 + 120)).unwrap();
    let before = everything(sandbox);
    let refused = sandbox.run(&["mitigate", "x", "--wait", "0"]).status_is(1);
    assert!(refused.stderr.contains("/repo/.git/refs/heads/main.lock (1h ") && refused.stderr.contains("hint: "), "{refused}");
    assert!(everything(sandbox) == before);
    sandbox.run(&["log", "Kept entry.", "--wait", "0"]).status_is(75);
    std::fs::remove_file(sandbox.path(".git/refs/heads/main.lock")).unwrap();
    sandbox.run(&["mitigate", "x"]).success();
    assert_eq!(sandbox.read(&scene.document).matches("Kept entry.").count(), 1);
}

#[test]
fn somebody_who_commits_everything_all_the_time_reverts_nothing() {
    let scene = Scene::new();
    let sandbox = &scene.sandbox;
    let done = AtomicBool::new(false);
    let (said, committed) = std::thread::scope(|scope| {
        let person = scope.spawn(|| {
            let (mut committed, mut tried) = (0, 0);
            while !done.load(Ordering::Relaxed) || committed == 0 {
                tried += 1;
                assert!(tried < 5_000);
                sandbox.write("edited.txt", format!("{tried}\n"));
                // git refuses when the index or the branch is taken: then the person tries again.
                let words = ["commit", "--quiet", "-am", &format!("work {tried}")];
                committed += usize::from(sandbox.git(&words).status == Some(0));
            }
            committed
        });
        let said: Vec<_> = (0..20).map(|number| sandbox.run(&["-i", ID, "log", &format!("Entry {number}."), "--wait", "60"])).collect();
        done.store(true, Ordering::Relaxed);
        (said, person.join().unwrap())
    });
    for said in said {
        said.success();
    }
    let document = sandbox.git(&["show", &format!("HEAD:{}", scene.document)]).success().stdout;
    assert!((0..20).all(|number| document.matches(&format!("Entry {number}. ")).count() == 1), "{document}");
    let theirs = sandbox.git(&["log", "--grep", "^work ", "--format=%x00%s", "--name-only"]).stdout;
    let theirs: Vec<&str> = theirs.split('\0').skip(1).collect();
    assert_eq!(theirs.len(), committed);
    let only_theirs = |commit: &str| commit.lines().skip(2).all(|file| ["edited.txt", "staged.txt"].contains(&file));
    assert!(theirs.iter().all(|commit| only_theirs(commit)), "{theirs:?}");
    let left = sandbox.git(&["status", "--porcelain"]).stdout;
    assert!(["?? untracked.txt\n", " M edited.txt\n?? untracked.txt\n"].contains(&left.as_str()), "{left}");
    assert_eq!(scene.lies_about(sandbox.path("").to_str().unwrap(), &left), Ok(Vec::new()));
}
