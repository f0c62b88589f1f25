//! `verify` over fifty thousand commits, against `git log --raw` of the same; and one incident with ten thousand entries.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::Bench;
use crate::generator::Wanted;
use crate::measure::{Pairs, timed};
use crate::repository::Repository;
use crate::results::Results;

/// What the walk reads, as git alone prints it.
const RAW: [&str; 6] = ["log", "--full-history", "-m", "--raw", "--topo-order", "--format=%H %P%n%B"];

pub fn run(bench: &Bench, results: &mut Results) {
    let many = Wanted { incidents: 5_000, commits: 50_000, ..Wanted::default() };
    let long = Wanted { incidents: 1, entries: 9_500, commits: 500, ..Wanted::default() };
    let what = "`verify` over 50000 commits on 5000 incidents, against `git log --raw` of the same";
    let long_what = "`verify` over one incident of 10000 entries, its last 500 commits, against `git log --raw`";
    if !Command::new(&bench.program).args(["verify", "--help"]).output().unwrap().status.success() {
        results.not_taken(what, "this version has no `verify`");
        return;
    }
    for (wanted, what, bound) in [(many, what, Some(3.0)), (long, long_what, None)] {
        let repository = bench.repository(wanted, bench.memory.path(), "verify");
        let pairs = Pairs::take(3, &|_| verified(bench, &repository), &|_| timed(&repository, "git", &RAW));
        if let Some(bound) = bound {
            results.pairs(what, &pairs, bound);
        } else {
            let how = format!("{:.0} ms against {:.0} ms", pairs.ours_ms(), pairs.theirs_ms());
            results.told(what, pairs.ratio(), &how);
        }
        std::fs::remove_dir_all(&repository.root).unwrap();
    }
}

/// One `verify`. The generated incidents were never opened by a command, which is found and told (3).
fn verified(bench: &Bench, repository: &Repository) -> Duration {
    let mut command = repository.command(bench.program.to_str().unwrap(), &["verify"]);
    let from = Instant::now();
    let output = command.output().unwrap();
    let took = from.elapsed();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}", String::from_utf8_lossy(&output.stderr));
    took
}
