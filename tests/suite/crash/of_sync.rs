//! `sync`, killed at its calls while it merges and pushes: the next one leaves what both sides have, once, here and at the hub.
//! The git that it has started goes on, as after a real kill.

use std::path::Path;

use super::at_each;
use super::scene::{BESIDE, ID, Scene, copied, remove};
use crate::harness::strace::{Call, Injected, Traced, changing_calls, injected, may_trace};

/// What stands in the document once both sides are one, each once.
const ENTRIES: [&str; 5] = ["Acknowledged entry.", "Ours one.", "Ours two.", "Theirs one.", "Typed by hand."];

/// What is executable once both sides are one: a file that the other side made so, one that it changed as well, a new one.
const EXECUTABLE: [&str; 3] = ["mode.sh", "both.sh", "new.sh"];

/// A clone that has diverged from its hub, with an edit by hand in the document and a person's work beside it.
struct Diverged {
    scene: Scene,
}

impl Diverged {
    fn new() -> Self {
        let scene = Scene::new();
        let sandbox = &scene.sandbox;
        let git = |folder: &str, words: &[&str]| drop(sandbox.git_in(folder, words).success());
        for name in ["mode.sh", "both.sh"] {
            sandbox.write(name, "true\n");
            git("", &["add", name]);
        }
        git("", &["commit", "--quiet", "-m", "scripts", "--", "mode.sh", "both.sh"]);
        git("", &["init", "--quiet", "--bare", "../hub"]);
        git("", &["remote", "add", "origin", "../hub"]);
        git("", &["push", "--quiet", "--set-upstream", "origin", "main"]);
        git("", &["clone", "--quiet", "../hub", "../b"]);
        sandbox.run_in("../b", &["-i", ID, "log", "Theirs one."]).success();
        sandbox.run_in("../b", &["open", "Theirs", "--id", "INC-7ZZZZ"]).success();
        sandbox.write("../b/both.sh", "false\n").write("../b/new.sh", "new\n");
        git("../b", &["add", "new.sh", "both.sh"]);
        git("../b", &[&["update-index", "--chmod=+x"], EXECUTABLE.as_slice()].concat());
        git("../b", &["commit", "--quiet", "-m", "scripts that run"]);
        git("../b", &["push", "--quiet"]);
        sandbox.run(&["-i", ID, "log", "Ours one."]).success();
        sandbox.run(&["-i", ID, "log", "Ours two."]).success();
        Self { scene: scene.edited_by_hand() }
    }

    /// A copy of the clone and of its hub, side by side; the clone's path.
    fn copy(&self, name: &str) -> String {
        self.copy_of(&self.scene.sandbox.path("..").display().to_string(), name)
    }

    fn copy_of(&self, folder: &str, name: &str) -> String {
        let beside = self.scene.sandbox.path(&format!("../copy-{name}")).display().to_string();
        std::fs::create_dir(&beside).unwrap();
        copied(&format!("{folder}/hub"), &format!("{beside}/hub"));
        copied(&format!("{folder}/repo"), &format!("{beside}/repo"))
    }

    /// After the kill: perhaps a person commits; then `sync`, and everything holds that must.
    fn goes_on(&self, copy: &str, a_person_commits: bool) -> Result<(), String> {
        let committed = a_person_commits && self.scene.run(copy, "git", &["commit", "--quiet", "-m", "by a person"])?.0 == Some(0);
        let (status, said) = self.scene.run(copy, "qpp-incident", &["sync"])?;
        if status != Some(0) {
            return Err(format!("the next sync ends with {status:?}: {said}"));
        }
        let beside = if committed { " M edited.txt\n?? untracked.txt\n" } else { BESIDE };
        let mut wrong = self.scene.lies_about(copy, beside)?;
        let document = self.scene.committed(copy, &self.scene.document)?;
        let counts = ENTRIES.iter().map(|entry| (entry, document.matches(entry).count()));
        wrong.extend(counts.filter(|(_, count)| *count != 1).map(|(entry, count)| format!("`{entry}` is there {count} times")));
        let git = |folder: &str, words: &[&str]| self.scene.run(folder, "git", words).map(|(_, said)| said);
        let files = git(copy, &["ls-files", "--stage"])?;
        let is_executable = |name: &&str| files.lines().any(|line| line.starts_with("100755 ") && line.ends_with(&format!("\t{name}")));
        wrong.extend(EXECUTABLE.iter().filter(|name| !is_executable(name)).map(|name| format!("{name} is not executable")));
        if !files.contains("-7zzzz-") {
            wrong.push("the other side's incident is missing".to_owned());
        }
        let hub = format!("{copy}/../hub");
        let tips = [git(copy, &["rev-parse", "HEAD"])?, git(copy, &["rev-parse", "origin/main"])?, git(&hub, &["rev-parse", "main"])?];
        if tips.iter().any(|tip| *tip != tips[0]) {
            wrong.push(format!("they are not one: {tips:?}"));
        }
        let fsck = self.scene.run(&hub, "git", &["fsck", "--strict", "--no-dangling"])?;
        wrong.extend((fsck.0 != Some(0)).then_some(format!("the hub: {}", fsck.1)));
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }
}

fn is_killed_at(call: &Call) -> bool {
    ["rename", "link", "unlink", "open", "fsync", "fdatasync", "chmod", "fchmod"].iter().any(|name| call.name.starts_with(name))
}

/// Kills `sync` at each of its calls and lets it go on in the ways that are given by the number of the call.
fn killed_everywhere(ways: impl Fn(usize) -> &'static [bool] + Sync) {
    if !may_trace() {
        return;
    }
    let diverged = Diverged::new();
    let sandbox = &diverged.scene.sandbox;
    let counted = diverged.copy("counted");
    let mut calls = changing_calls(sandbox, &["qpp-incident", "-C", &counted, "sync"], Traced::ItselfAlone, &sandbox.path("../trace"));
    calls.retain(is_killed_at);
    let killed = at_each(&calls, |call| {
        let copy = diverged.copy(&format!("{}-{}", call.name, call.number));
        let beside = Path::new(&copy).parent().unwrap().display().to_string();
        let (status, said) = injected(sandbox, &["qpp-incident", "-C", &copy, "sync"], Traced::ItselfAlone, call, Injected::Kill);
        if status.is_some_and(|status| status != 0) {
            return Err(format!("was not killed and failed: {said:?}"));
        }
        for a_person_commits in ways(call.number) {
            let left = diverged.copy_of(&beside, &format!("{}-{}-{a_person_commits}", call.name, call.number));
            diverged.goes_on(&left, *a_person_commits).map_err(|why| format!("a person commits: {a_person_commits}; {why}"))?;
            remove(Path::new(&left).parent().unwrap().to_str().unwrap());
        }
        remove(&beside);
        Ok(status.is_none())
    });
    assert!(killed >= 100 && killed + 3 >= calls.len(), "{killed} of {} runs were killed", calls.len());
}

#[test]
fn sync_is_killed_at_every_call_and_is_run_again_or_a_person_commits() {
    killed_everywhere(|number| if number % 2 == 0 { &[false] } else { &[true] });
}

#[test]
#[ignore = "slow: .ci/slow"]
fn sync_is_killed_at_every_call_and_is_run_again_and_a_person_commits() {
    killed_everywhere(|_| &[false, true]);
}
