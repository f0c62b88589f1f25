//! The two sides, run in turn, and the processor time of a start.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench_repository::{BenchRepository, succeeded};

/// The times of both sides, pair by pair.
#[derive(Default)]
pub struct Pairs {
    ours: Vec<Duration>,
    gits: Vec<Duration>,
}

impl Pairs {
    /// Adds a pair: ours, git's.
    pub fn push(&mut self, (ours, git): (Duration, Duration)) {
        self.ours.push(ours);
        self.gits.push(git);
    }

    /// How many pairs.
    pub fn len(&self) -> usize {
        self.ours.len()
    }

    /// The median of ours, in milliseconds.
    pub fn ours_ms(&self) -> f64 {
        median(self.ours.iter().map(milliseconds).collect())
    }

    /// The median of git's, in milliseconds.
    pub fn git_ms(&self) -> f64 {
        median(self.gits.iter().map(milliseconds).collect())
    }

    /// The median of ours / git's over the pairs.
    pub fn ratio(&self) -> f64 {
        median(self.ours.iter().zip(&self.gits).map(|(ours, git)| ours.as_secs_f64() / git.as_secs_f64()).collect())
    }
}

/// One run of each side on the same incident of two equal repositories; who goes first alternates.
pub fn pair(ours: &BenchRepository, git: &BenchRepository, program: &Path, turn: usize) -> (Duration, Duration) {
    let (id, path) = &ours.incidents[turn * 37 % ours.incidents.len()];
    let log = || timed(ours, program.to_str().unwrap(), &["log", "-i", id, "Restarted the auth database."]);
    let script = format!("echo '- Restarted the auth database.' >> {path} && git add {path} && git commit -qm x");
    let plain = || timed(git, "sh", &["-c", &script]);
    if turn.is_multiple_of(2) {
        let ours = log();
        (ours, plain())
    } else {
        let git = plain();
        (log(), git)
    }
}

fn timed(repository: &BenchRepository, program: &str, arguments: &[&str]) -> Duration {
    let mut command = repository.command(program, arguments);
    let from = Instant::now();
    let output = command.output().unwrap();
    let took = from.elapsed();
    succeeded(program, arguments, &output);
    took
}

/// Processor milliseconds (user and system) of one `--version`, the mean over many; `None` where /proc does not tell.
pub fn cpu_of_version(program: &Path, runs: u32) -> Option<f64> {
    let before = children_ticks()?;
    for _ in 0..runs {
        let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().unwrap();
        succeeded("qpp-incident", &["--version"], &output);
    }
    // A tick is 1/100 s on every Linux that /proc speaks for.
    Some(f64::from(children_ticks()?.checked_sub(before)?) * 10.0 / f64::from(runs))
}

/// The processor time of all children that have ended, in ticks: fields 16 and 17 of proc(5)'s stat.
fn children_ticks() -> Option<u32> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let (user, system): (u32, u32) = (fields.get(13)?.parse().ok()?, fields.get(14)?.parse().ok()?);
    Some(user + system)
}

fn milliseconds(duration: &Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[half - 1], values[half]) } else { values[half] }
}
