//! Two sides, run in turn: wall time pair by pair, processor time over all.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::repository::{Repository, succeeded};

/// The times of both sides, pair by pair.
#[derive(Default)]
pub struct Pairs {
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
    ours_ticks: u32,
    their_ticks: u32,
}

/// How often both sides are run before their times count.
const WARM: usize = 3;

impl Pairs {
    /// Runs both sides in turn; who goes first alternates. Each side is told the turn.
    pub fn take(pairs: usize, ours: &dyn Fn(usize) -> Duration, theirs: &dyn Fn(usize) -> Duration) -> Self {
        let mut found = Self::default();
        for turn in 0..pairs + WARM.min(pairs) {
            let (our, their) = if turn.is_multiple_of(2) {
                let our = with_ticks(ours, turn);
                (our, with_ticks(theirs, turn))
            } else {
                let their = with_ticks(theirs, turn);
                (with_ticks(ours, turn), their)
            };
            if turn >= WARM.min(pairs) {
                found.ours.push(our.0);
                found.theirs.push(their.0);
                found.ours_ticks += our.1;
                found.their_ticks += their.1;
            }
        }
        found
    }

    /// How many pairs.
    pub fn len(&self) -> usize {
        self.ours.len()
    }

    /// The median of ours, in milliseconds.
    pub fn ours_ms(&self) -> f64 {
        median(self.ours.iter().map(milliseconds).collect())
    }

    /// The median of theirs, in milliseconds.
    pub fn theirs_ms(&self) -> f64 {
        median(self.theirs.iter().map(milliseconds).collect())
    }

    /// The median of ours / theirs over the pairs.
    pub fn ratio(&self) -> f64 {
        median(self.ours.iter().zip(&self.theirs).map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64()).collect())
    }

    /// Ours / theirs in processor time, user and system, over all pairs; `None` where /proc does not tell or it was too short.
    pub fn cpu_ratio(&self) -> Option<f64> {
        (self.ours_ticks > 9 && self.their_ticks > 9).then(|| f64::from(self.ours_ticks) / f64::from(self.their_ticks))
    }
}

fn with_ticks(side: &dyn Fn(usize) -> Duration, turn: usize) -> (Duration, u32) {
    let before = children_ticks().unwrap_or_default();
    let took = side(turn);
    (took, children_ticks().unwrap_or_default().saturating_sub(before))
}

/// One whole process that must succeed.
pub fn timed(repository: &Repository, program: &str, arguments: &[&str]) -> Duration {
    let mut command = repository.command(program, arguments);
    let from = Instant::now();
    let output = command.output().unwrap();
    let took = from.elapsed();
    succeeded(program, arguments, &output);
    took
}

/// The median of several runs, in milliseconds.
pub fn median_ms(runs: usize, run: &dyn Fn() -> Duration) -> f64 {
    median((0..runs).map(|_| milliseconds(&run())).collect())
}

/// Processor milliseconds (user and system) of one `--version`, the mean over many; `None` where /proc does not tell.
pub fn cpu_of_version(program: &std::path::Path, runs: u32) -> Option<f64> {
    let before = children_ticks()?;
    for _ in 0..runs {
        let output = Command::new(program).arg("--version").output().unwrap();
        succeeded("qpp-incident", &["--version"], &output);
    }
    // A tick is 1/100 s on every Linux that /proc speaks for.
    Some(f64::from(children_ticks()?.checked_sub(before)?) * 10.0 / f64::from(runs))
}

/// The processor time of all children that have ended, in ticks: fields 16 and 17 of proc(5)'s stat.
fn children_ticks() -> Option<u32> {
    ticks(13)
}

/// The processor time of this process, in ticks: fields 14 and 15.
pub fn own_ticks() -> Option<u32> {
    ticks(11)
}

/// Two fields that follow one another, user and system, counted from the one behind the program's name.
fn ticks(field: usize) -> Option<u32> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let (user, system): (u32, u32) = (fields.get(field)?.parse().ok()?, fields.get(field + 1)?.parse().ok()?);
    Some(user + system)
}

pub fn milliseconds(duration: &Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[half - 1], values[half]) } else { values[half] }
}
