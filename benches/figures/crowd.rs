//! Forty writers on one incident in one clone, against forty times one `log`.

use std::process::Stdio;
use std::time::Instant;

use crate::Bench;
use crate::append::log;
use crate::generator::Wanted;
use crate::measure::{median, median_ms, milliseconds};
use crate::results::Results;

const WRITERS: usize = 40;

pub fn run(bench: &Bench, results: &mut Results) {
    let wanted = Wanted { incidents: 1_000, durability: Some("none"), ..Wanted::default() };
    let repository = bench.repository(wanted, bench.memory.path(), "crowd");
    let program = bench.program.to_str().unwrap();
    let (id, path) = repository.incidents[5].clone();
    let entries = || std::fs::read_to_string(repository.root.join(&path)).unwrap().matches("Crowd.").count();
    let mut ratios = Vec::new();
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for round in 0..5 {
        let one = median_ms(15, &|| log(bench, &repository, round));
        let from = Instant::now();
        let write = || repository.command(program, &["log", "-i", &id, "Crowd."]).stdout(Stdio::null()).spawn().unwrap();
        let children: Vec<_> = (0..WRITERS).map(|_| write()).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success(), "one of the crowd");
        }
        let all = milliseconds(&from.elapsed());
        ratios.push(all / (40.0 * one));
        together.push(all);
        alone.push(one);
    }
    assert_eq!(entries(), 5 * WRITERS, "every writer's entry");
    let how = format!("{:.0} ms against 40 × {:.1} ms", median(together), median(alone));
    results.bound("40 writers in one clone, against 40 × one `log`", median(ratios), &how, 1.3);
    std::fs::remove_dir_all(&repository.root).unwrap();
}
