//! A crowd: eight clones record twenty-five entries each in one incident, at once, and share them through one hub: a folder,
//! a real ssh server, a real http server. Two hundred entries, no conflict, no lost commit, one history.

use std::collections::BTreeSet;

use crate::harness::clones::Clones;
use crate::harness::sandbox::Sandbox;
use crate::harness::servers::Server;

const CLONES: usize = 8;
const ENTRIES: usize = 25;

/// After how many entries each clone shares what it has.
const SHARED_EVERY: usize = 9;

/// Every clone at once: records, and shares now and then. Who is outrun ten times over tries again, as the hint says.
fn all_at_once(clones: &Clones) {
    std::thread::scope(|scope| {
        for clone in 0..clones.len() {
            scope.spawn(move || {
                for entry in 1..=ENTRIES {
                    clones.run(clone, &["log", &format!("Clone {clone}, entry {entry}.")]).success();
                    if entry % SHARED_EVERY == 0 || entry == ENTRIES {
                        while !is_shared(clones, clone) {}
                    }
                }
            });
        }
    });
}

fn is_shared(clones: &Clones, clone: usize) -> bool {
    let said = clones.run(clone, &["--json", "sync"]);
    let outrun = said.status == Some(1) && said.json_error()["error"]["code"] == "outrun";
    if !outrun {
        said.success();
    }
    !outrun
}

#[track_caller]
fn crowd(clones: &Clones) {
    all_at_once(clones);
    clones.sync_all();
    clones.are_one();
    let timeline = clones.run(0, &["show", "--json"]).success().json()["timeline"].clone();
    let texts: Vec<&str> = timeline.as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    let wanted: BTreeSet<String> =
        (0..CLONES).flat_map(|clone| (1..=ENTRIES).map(move |entry| format!("Clone {clone}, entry {entry}."))).collect();
    let found: BTreeSet<String> = texts.iter().filter(|text| text.starts_with("Clone ")).map(|text| (*text).to_owned()).collect();
    assert_eq!(found, wanted);
    assert_eq!(texts.len(), CLONES * ENTRIES + 1, "an entry stands there twice");
    let subjects = clones.hub(&["log", "--no-merges", "--format=%s", "main"]).stdout;
    assert_eq!(subjects.lines().filter(|subject| subject.contains(" log: ")).count(), CLONES * ENTRIES, "a commit is lost");
    for clone in 0..CLONES {
        let made = clones.git(clone, &["log", "--walk-reflogs", "--format=%H", "main"]).stdout;
        let all: BTreeSet<String> = clones.hub(&["rev-list", "main"]).stdout.lines().map(str::to_owned).collect();
        assert!(made.lines().all(|commit| all.contains(commit)), "clone {clone} made a commit that is nowhere");
    }
}

#[test]
fn eight_clones_of_a_folder_make_one_history() {
    crowd(&Clones::new(CLONES));
}

#[test]
fn eight_clones_over_ssh_make_one_history() {
    let sandbox = Sandbox::new();
    if let Some(server) = Server::ssh(&sandbox) {
        crowd(&Clones::within(sandbox, CLONES, &server.url));
    }
}

#[test]
fn eight_clones_over_http_make_one_history() {
    let sandbox = Sandbox::new();
    if let Some(server) = Server::http(&sandbox) {
        crowd(&Clones::within(sandbox, CLONES, &server.url));
    }
}
