//! What the disk and other programs do to a command: every write and flush fails once, git holds the index, somebody commits all the time.
//! Before the commit point it is refused and nothing has changed; after it, it is told as committed. A full disk is in `bad_input::disk`.

mod beside;

use std::path::Path;
use std::process::Output;

use crate::crash::scene::{BESIDE, Scene, remove};
use crate::harness::strace::{Call, Injected, Traced, changing_calls, injected, may_trace};

/// The calls by which bytes come to the disk, but not those to the standard streams.
fn writes(scene: &Scene, command: &[&str]) -> Vec<Call> {
    let copy = scene.copy("counted");
    let calls =
        changing_calls(&scene.sandbox, &[&["qpp-incident", "-C", &copy], command].concat(), Traced::All, &scene.sandbox.path("../trace"));
    remove(&copy);
    let to_streams = |call: &Call| ["(1,", "(2,"].iter().any(|start| call.shown.contains(&format!("{}{start}", call.name)));
    let writes = ["write", "writev", "pwrite64", "ftruncate", "fsync", "fdatasync", "sync_file_range"];
    calls.into_iter().filter(|call| writes.contains(&call.name.as_str()) && !to_streams(call)).collect()
}

/// What a command came to under one fault: `None` when all is as it must be.
struct Fault<'a> {
    scene: &'a Scene,
    copy: String,
    tip: String,
    document: String,
}

impl<'a> Fault<'a> {
    fn new(scene: &'a Scene, name: &str) -> Result<Self, String> {
        let copy = scene.copy(name);
        let tip = scene.run(&copy, "git", &["rev-parse", "HEAD"])?.1;
        Ok(Self { tip, document: on_disk(&copy, &scene.document), scene, copy })
    }

    fn moved(&self) -> Result<bool, String> {
        Ok(self.scene.run(&self.copy, "git", &["rev-parse", "HEAD"])?.1 != self.tip)
    }

    /// Before the commit point: refused in words, and nothing has changed. After it: told as committed, and the next command leaves it whole.
    fn is_told(&self, status: Option<i32>, said: &Output, keeps: bool) -> Result<&'static str, String> {
        let stderr = String::from_utf8_lossy(&said.stderr).into_owned();
        if stderr.contains("no error") {
            return Err(format!("the cause is not told: {stderr}"));
        }
        let moved = self.moved()?;
        let ended = match (moved, status) {
            (false, Some(1)) if stderr.starts_with("error: INC-K7QFM: ") => "refused",
            (false, Some(75)) if keeps && stderr.contains("kept, not yet in the document: ") => "kept",
            (true, Some(0)) if self.wrong()?.is_empty() => "done",
            (true, Some(0 | 75)) if stderr.contains("committed") => "committed",
            _ => return Err(format!("status {status:?}, branch moved: {moved}\n{stderr}")),
        };
        if !moved && on_disk(&self.copy, &self.scene.document) != self.document {
            return Err(format!("nothing was committed, and the document has changed\n{stderr}"));
        }
        if ended == "refused" {
            let wrong = self.wrong()?;
            if !wrong.is_empty() {
                return Err(format!("{}\n{stderr}", wrong.join("\n")));
            }
        }
        let (next, why) = self.scene.run(&self.copy, "qpp-incident", &["log", "Next entry."])?;
        if next != Some(0) {
            return Err(format!("the next command ends with {next:?}: {why}"));
        }
        let document = on_disk(&self.copy, &self.scene.document);
        let times = document.matches("Faulty entry.").count();
        let mut wrong = self.wrong()?;
        wrong.extend((times != usize::from(ended != "refused")).then(|| format!("{ended}, and it is there {times} times")));
        if wrong.is_empty() { Ok(ended) } else { Err(format!("{}\n{stderr}", wrong.join("\n"))) }
    }

    /// What does not hold now.
    fn wrong(&self) -> Result<Vec<String>, String> {
        let mut wrong = self.scene.lies_about(&self.copy, BESIDE)?;
        let committed = self.scene.committed(&self.copy, &self.scene.document)?;
        wrong.extend((committed != on_disk(&self.copy, &self.scene.document)).then(|| "the file is not what is committed".to_owned()));
        Ok(wrong)
    }
}

fn on_disk(copy: &str, document: &str) -> String {
    std::fs::read_to_string(Path::new(copy).join(document)).unwrap()
}

/// Lets every write and flush of the command fail in turn. How often it ended how.
fn every_write_fails(scene: &Scene, command: &[&str], fault: Injected, keeps: bool) -> Vec<&'static str> {
    let calls = writes(scene, command);
    assert!(calls.len() > 8, "{calls:?}");
    let (mut ended, mut wrong) = (Vec::new(), Vec::new());
    for call in &calls {
        let told = Fault::new(scene, "fault").and_then(|fault_scene| {
            let words = [&["qpp-incident", "-C", &fault_scene.copy], command].concat();
            let (status, said) = injected(&scene.sandbox, &words, Traced::All, call, fault);
            fault_scene.is_told(status, &said, keeps)
        });
        match told {
            Ok(how) => ended.push(how),
            Err(why) => wrong.push(format!("{fault:?} at {}\n  {}", call.shown, why.replace('\n', "\n  "))),
        }
    }
    assert!(wrong.is_empty(), "{} of {} faults are not as they must be\n{}", wrong.len(), calls.len(), wrong.join("\n"));
    ended
}

/// How often a `log` flushes something.
fn flushes(scene: &Scene, durability: &str) -> usize {
    let copy = scene.copy(durability);
    let settings = Path::new(&copy).join("incidents/config.yaml");
    let text = std::fs::read_to_string(&settings).unwrap_or_default();
    std::fs::write(&settings, format!("{text}durability: {durability}\n")).unwrap();
    scene.run(&copy, "git", &["add", "incidents/config.yaml"]).unwrap();
    scene.run(&copy, "git", &["commit", "--quiet", "--message=settings"]).unwrap();
    let command = ["qpp-incident", "-C", &copy, "log", "Looked."];
    let calls = changing_calls(&scene.sandbox, &command, Traced::All, &scene.sandbox.path("../trace"));
    remove(&copy);
    calls.iter().filter(|call| ["fsync", "fdatasync"].contains(&call.name.as_str())).count()
}

#[test]
fn durability_says_what_is_flushed() {
    if !may_trace() {
        return;
    }
    let scene = Scene::new();
    let [none, normal, full] = ["none", "normal", "full"].map(|durability| flushes(&scene, durability));
    // One flush for all six objects on ext4, elsewhere one for each.
    let disk = std::process::Command::new("stat").args(["-f", "-c", "%T"]).arg(scene.sandbox.path(".")).output().unwrap();
    let most = if disk.stdout.starts_with(b"ext2/ext3") { 8 } else { 13 };
    assert_eq!(none, 0);
    assert!((1..=most).contains(&normal), "{normal} flushes, {most} at most");
    assert!(full > normal, "{full} flushes, and {normal} by default");
}

#[test]
fn no_space_for_one_write_is_refused_before_the_commit_and_told_after_it() {
    if !may_trace() {
        return;
    }
    let scene = Scene::new();
    let ended = every_write_fails(&scene, &["mitigate", "Faulty entry."], Injected::Error("ENOSPC"), false);
    assert!(["refused", "committed"].iter().all(|how| ended.contains(how)), "{ended:?}");
    assert!(ended.iter().filter(|how| **how == "refused").count() >= 5, "{ended:?}");
}

#[test]
fn an_error_of_the_disk_is_refused_before_the_commit_and_told_after_it() {
    if !may_trace() {
        return;
    }
    let scene = Scene::new();
    let ended = every_write_fails(&scene, &["mitigate", "Faulty entry."], Injected::Error("EIO"), false);
    assert!(["refused", "committed"].iter().all(|how| ended.contains(how)), "{ended:?}");
    assert!(ended.iter().filter(|how| **how == "refused").count() >= 5, "{ended:?}");
}

#[test]
fn an_entry_of_the_log_is_kept_when_the_disk_fails_once() {
    if !may_trace() {
        return;
    }
    let scene = Scene::new();
    let ended = every_write_fails(&scene, &["log", "Faulty entry."], Injected::Error("EIO"), true);
    assert!(ended.contains(&"kept"), "{ended:?}");
}
