//! `log` as it is by default, flushed to a disk, against git told to flush the same; and how many flushes that takes.

use std::time::{Duration, Instant};

use crate::Bench;
use crate::append::{log, plain};
use crate::generator::Wanted;
use crate::measure::{Pairs, median_ms};
use crate::results::Results;

/// What git is told so that it flushes what our default flushes.
const GIT: [&str; 2] = ["core.fsync=committed,index,reference", "core.fsyncMethod=batch"];

/// How many flushes one `log` may take.
const FLUSHES: f64 = 8.0;

pub fn run(bench: &Bench, results: &mut Results) {
    let what = "`log`, flushed, on the disk, 1000 incidents, against git with `core.fsync=committed,index,reference` and `batch`";
    if !bench.model.knows_durability() {
        results.not_taken(what, "this version has no `durability`");
        return;
    }
    let wanted = Wanted { incidents: 1_000, durability: Some("normal"), ..Wanted::default() };
    let repository = |name: &str| bench.repository(wanted, bench.disk.path(), name);
    let (ours, git) = (repository("durable-ours"), repository("durable-git"));
    let pairs = Pairs::take(40, &|turn| log(bench, &ours, turn), &|turn| plain(&git, &GIT, turn));
    results.pairs(what, &pairs, 0.50);
    let (id, _) = &ours.incidents[0];
    let trace = bench.disk.path().join("trace");
    let calls = "trace=fsync,fdatasync,sync_file_range,syncfs,sync";
    let arguments = ["-f", "-e", calls, "-o", trace.to_str().unwrap(), bench.program.to_str().unwrap(), "log", "-i", id, "Traced."];
    if ours.command("strace", &arguments).output().is_ok_and(|output| output.status.success()) {
        let trace = std::fs::read_to_string(&trace).unwrap();
        let count = |calls: &[&str]| trace.lines().filter(|line| calls.iter().any(|call| line.contains(call))).count();
        let (flushes, ranges) = (count(&["fsync(", "fdatasync(", "syncfs(", "sync("]), count(&["sync_file_range("]));
        let how = format!("and {ranges} `sync_file_range`, which flush no disk");
        results.bound("flushes of one `log`, by strace", f64::from(u32::try_from(flushes).unwrap()), &how, FLUSHES);
    } else {
        results.not_taken("flushes of one `log`", "strace may not trace here");
    }
    let file = bench.disk.path().join("flushed");
    results.told("the floor: one flush of 200 bytes, ms", median_ms(30, &|| flush(&file)), "");
}

fn flush(file: &std::path::Path) -> Duration {
    use std::io::Write as _;
    let mut file = std::fs::File::create(file).unwrap();
    file.write_all(&[0; 200]).unwrap();
    let from = Instant::now();
    file.sync_all().unwrap();
    from.elapsed()
}
