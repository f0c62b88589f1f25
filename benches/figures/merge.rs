//! Fifty and fifty commits of two clones over twenty incidents, brought together by `sync`, against `git merge -X ours` of the same.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Bench;
use crate::generator::Wanted;
use crate::measure::{Pairs, timed};
use crate::repository::Repository;
use crate::results::Results;

const COMMITS: usize = 50;
const INCIDENTS: usize = 20;
const PAIRS: usize = 7;

pub fn run(bench: &Bench, results: &mut Results) {
    let what = "merge of 50 + 50 commits over 20 incidents, 1000 incidents in all, against `git merge -X ours`";
    let program = bench.program.to_str().unwrap();
    if !Command::new(&bench.program).args(["sync", "--help"]).output().unwrap().status.success() {
        results.not_taken(what, "this version has no `sync`");
        return;
    }
    let ours = diverged(bench, program);
    // One copy a run, made before the clock starts: a merge can be made once.
    let copies = |side: &str| -> Vec<Repository> {
        (0..PAIRS * 2).map(|turn| ours.copy(&bench.memory.path().join(format!("merge-{side}-{turn}")))).collect()
    };
    let (by_sync, by_git) = (copies("sync"), copies("git"));
    for repository in &by_git {
        // git's own merge of text: the driver of the clone is this program.
        std::fs::write(repository.root.join(".git/info/attributes"), "incidents/** merge\n").unwrap();
    }
    let sync = |turn: usize| timed(&by_sync[turn], program, &["sync", "--offline"]);
    let git = |turn: usize| -> Duration { timed(&by_git[turn], "git", &["merge", "--quiet", "--no-edit", "-X", "ours", "origin/main"]) };
    let pairs = Pairs::take(PAIRS, &sync, &git);
    for repository in by_sync.iter().take(PAIRS) {
        assert_eq!(merged_lines(repository), 2 * COMMITS, "every entry of both sides");
    }
    results.pairs(what, &pairs, 0.5);
    for repository in by_sync.iter().chain(&by_git).chain([&ours]) {
        std::fs::remove_dir_all(&repository.root).unwrap();
    }
}

/// A clone with fifty commits of its own, which has fetched fifty others of another.
fn diverged(bench: &Bench, program: &str) -> Repository {
    let (origin, incidents) = bench.generated(Wanted { incidents: 1_000, ..Wanted::default() });
    let hub = bench.memory.path().join("hub.git");
    let clone = |from: &Path, name: &str| Repository::cloned(from, &bench.memory.path().join(name), incidents.clone());
    let copied = Command::new("cp").arg("-a").arg(&origin).arg(&hub).status().unwrap();
    assert!(copied.success());
    let (ours, theirs) = (clone(&hub, "merge-ours"), clone(&hub, "merge-theirs"));
    for (repository, who) in [(&theirs, "theirs"), (&ours, "ours")] {
        for turn in 0..COMMITS {
            let (id, _) = &repository.incidents[turn % INCIDENTS];
            repository.output(program, &["log", "-i", id, &format!("Merged {who} {turn}.")]);
        }
    }
    theirs.output("git", &["push", "--quiet", "origin", "HEAD:main"]);
    ours.output("git", &["fetch", "--quiet"]);
    ours
}

fn merged_lines(repository: &Repository) -> usize {
    let documents = repository.incidents.iter().take(INCIDENTS);
    documents.map(|(_, path)| std::fs::read_to_string(repository.root.join(path)).unwrap().matches(": Merged ").count()).sum()
}
