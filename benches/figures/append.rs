//! `log` against `echo >> F && git add F && git commit -qm x`, nothing flushed, in memory, at three sizes; what of it is the index;
//! and `open`, which must find a free id.

use std::path::Path;
use std::time::{Duration, Instant};

use sha1::{Digest, Sha1};

use crate::Bench;
use crate::generator::Wanted;
use crate::measure::{Pairs, median_ms, timed};
use crate::repository::Repository;
use crate::results::Results;

/// How many incidents, how many pairs, what `log` may cost of git's.
const SIZES: [(usize, usize, f64); 3] = [(1_000, 80, 0.40), (10_000, 40, 0.40), (100_000, 11, 0.50)];

/// What `open` may cost of `log`'s.
const OPEN: f64 = 1.5;

/// What `log` may cost at ten times as many incidents.
const GROWTH: f64 = 3.0;

pub fn run(bench: &Bench, results: &mut Results) {
    let mut costs = Vec::new();
    for (incidents, pairs, bound) in SIZES {
        let wanted = Wanted { incidents, durability: Some("none"), ..Wanted::default() };
        let repository = |name: &str| bench.repository(wanted, bench.memory.path(), &format!("{name}-{incidents}"));
        let (ours, git) = (repository("ours"), repository("git"));
        let measured = Pairs::take(pairs, &|turn| log(bench, &ours, turn), &|turn| plain(&git, &[], turn));
        results.pairs(
            format!("`log`, nothing flushed, in memory, {incidents} incidents, against `git add && git commit`"),
            &measured,
            bound,
        );
        let index = index_floor(&ours.root.join(".git/index"));
        results.told(format!("of it the index: reading, checking and writing it, {incidents} incidents, ms"), index, "");
        costs.push(measured.ours_ms());
        if incidents == SIZES[2].0 {
            open(bench, &ours, &git, results);
        }
        for repository in [ours, git] {
            std::fs::remove_dir_all(&repository.root).unwrap();
        }
    }
    let how = format!("{:.1} ms to {:.1} ms", costs[0], costs[1]);
    results.bound("growth of `log` from 1000 to 10000 incidents", costs[1] / costs[0], &how, GROWTH);
    let empty = Repository::empty(&bench.memory.path().join("floor"));
    results.told("the floor: `true`, a process that does nothing, ms", median_ms(100, &|| timed(&empty, "true", &[])), "");
}

/// One `log` on the incident of this turn.
pub fn log(bench: &Bench, repository: &Repository, turn: usize) -> Duration {
    let (id, _) = &repository.incidents[turn * 37 % repository.incidents.len()];
    timed(repository, bench.program.to_str().unwrap(), &["log", "-i", id, "Restarted the auth database."])
}

/// The same by git, with these settings.
pub fn plain(repository: &Repository, settings: &[&str], turn: usize) -> Duration {
    let (_, path) = &repository.incidents[turn * 37 % repository.incidents.len()];
    let settings = settings.iter().fold(String::new(), |all, setting| all + "-c " + setting + " ");
    let text = "- 23:58 EST: Restarted the auth database. — Grace Hopper";
    let script = format!("echo '{text}' >> {path} && git {settings}add {path} && git {settings}commit -qm x");
    timed(repository, "sh", &["-c", &script])
}

/// `open` beside `log`: both in turn.
fn open(bench: &Bench, ours: &Repository, other: &Repository, results: &mut Results) {
    let program = bench.program.to_str().unwrap();
    let opened = |turn| timed(ours, program, &["open", &format!("Outage number {turn}"), "--severity", "3"]);
    let pairs = Pairs::take(9, &opened, &|turn| log(bench, other, turn));
    results.pairs(format!("`open`, {} incidents, against `log`", ours.incidents.len()), &pairs, OPEN);
}

/// What nobody who keeps the index can spare: it is read, its checksum is taken twice, and it is written.
fn index_floor(index: &Path) -> f64 {
    let beside = index.with_extension("floor");
    median_ms(9, &|| {
        let from = Instant::now();
        let bytes = std::fs::read(index).unwrap();
        let (read, written) = (Sha1::digest(&bytes), Sha1::digest(&bytes));
        assert_eq!(read, written);
        std::fs::write(&beside, &bytes).unwrap();
        let took = from.elapsed();
        std::fs::remove_file(&beside).unwrap();
        took
    })
}
