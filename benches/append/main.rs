//! `cargo bench --bench append -- [--incidents 1000] [--pairs 100] [--program PATH]`: what one `log` costs as a whole process, against
//! `echo >> F && git add F && git commit -qm x`, in two equal repositories, one run of each in turn.
//! Writes a table to standard output and to `benches/RESULTS.md`. No model, no baseline of its own making: git is the yardstick.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a measurement looks at the real world, and ends when it cannot"
)]

mod bench_repository;
mod measure;
mod report;

use std::path::Path;

use bench_repository::BenchRepository;
use measure::{Pairs, cpu_of_version};

fn main() {
    let incidents = number("--incidents").unwrap_or(1000);
    let pairs = number("--pairs").unwrap_or(100);
    let program = argument("--program").unwrap_or(env!("CARGO_BIN_EXE_qpp-incident").to_owned());
    let program = &Path::new(&program).canonicalize().unwrap();
    let folder = tempfile::Builder::new().prefix("qpp-incident-bench-").tempdir_in(scratch()).unwrap();
    let repository = BenchRepository::make(folder.path(), program, incidents);
    let copy = repository.copy(&folder.path().join("copy"));
    let mut measured = Pairs::default();
    for turn in 0..pairs + 5 {
        let pair = measure::pair(&repository, &copy, program, turn);
        // The first five warm the caches.
        if turn >= 5 {
            measured.push(pair);
        }
    }
    let report = report::Report {
        incidents,
        document_bytes: repository.document_bytes(),
        on_tmpfs: scratch() == Path::new(TMPFS),
        pairs: measured,
        version_cpu_ms: cpu_of_version(program, 300),
        program_bytes: std::fs::metadata(program).ok().map(|metadata| metadata.len()),
        git: repository.output("git", &["--version"]),
    };
    let table = report.to_string();
    println!("{table}");
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md"), table).unwrap();
}

const TMPFS: &str = "/dev/shm";

fn scratch() -> &'static Path {
    let tmpfs = Path::new(TMPFS);
    if tmpfs.is_dir() { tmpfs } else { Path::new(env!("CARGO_TARGET_TMPDIR")) }
}

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn number(name: &str) -> Option<usize> {
    argument(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} wants a number")))
}
