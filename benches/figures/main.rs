//! `cargo bench`: what the program costs, beside git, in whole processes. Writes `benches/RESULTS.md`.
//!
//! `cargo bench -- [--program PATH] [--only append,durable,crowd,merge,verify,reading,lint]`. With `--only` nothing is written but the screen.
//! No model and no baseline of its own making: git is the yardstick, run in turn with the program, for `lint` other linters of prose
//! over the same sentences and files; a figure that misses its bound is called a miss.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a measurement looks at the real world, and ends when it cannot"
)]

mod append;
mod crowd;
mod durable;
mod generator;
mod lint;
mod measure;
mod merge;
mod model;
mod reading;
mod repository;
mod results;
mod verify;

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::model::Model;
use crate::results::Results;

/// What every measurement is given.
pub struct Bench {
    /// The program that is measured.
    pub program: PathBuf,
    /// A folder on a file system in memory, where there is one.
    pub memory: tempfile::TempDir,
    /// A folder on a disk.
    pub disk: tempfile::TempDir,
    /// Where generated repositories stay between runs.
    pub cache: PathBuf,
    /// The incident that all others are copies of.
    pub model: Model,
}

type Part = fn(&Bench, &mut Results);

const PARTS: &[(&str, Part)] = &[
    ("append", append::run),
    ("durable", durable::run),
    ("crowd", crowd::run),
    ("merge", merge::run),
    ("verify", verify::run),
    ("reading", reading::run),
    ("lint", lint::run),
];

fn main() {
    let program = argument("--program").unwrap_or(env!("CARGO_BIN_EXE_qpp-incident").to_owned());
    let program = Path::new(&program).canonicalize().unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = |place: &Path| tempfile::Builder::new().prefix("qpp-incident-bench-").tempdir_in(place).unwrap();
    let memory = folder(if Path::new(TMPFS).is_dir() { Path::new(TMPFS) } else { target });
    let model = Model::make(&memory.path().join("model"), &program);
    let bench = Bench { program, memory, disk: folder(target), cache: target.join("bench-cache"), model };
    let only = argument("--only");
    let mut results = Results::about(&bench);
    for (name, part) in PARTS {
        if only.as_ref().is_none_or(|only| only.split(',').any(|wanted| wanted == *name)) {
            let from = Instant::now();
            part(&bench, &mut results);
            eprintln!("{name}: {:.0} s", from.elapsed().as_secs_f64());
        }
        // After each part, so that a run that is broken off leaves what it has measured.
        if only.is_none() {
            std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md"), results.to_string()).unwrap();
        }
    }
    println!("{results}");
}

const TMPFS: &str = "/dev/shm";

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}
