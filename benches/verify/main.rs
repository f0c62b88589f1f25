//! `cargo bench --bench verify -- [--commits 50000] [--entries 10000] [--rounds 5] [--program PATH]`: what `verify` costs as a whole
//! process over a long history of many incidents, against `git log --raw` of the same, one run of each in turn; and over one incident
//! of many entries, stated apart. Writes its section to standard output and to the end of `benches/RESULTS.md`.

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

mod history;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use history::History;

const TITLE: &str = "# What verifying a history costs";

fn main() {
    let commits = number("--commits").unwrap_or(50_000);
    let entries = number("--entries").unwrap_or(10_000);
    let rounds = number("--rounds").unwrap_or(5);
    let program = argument("--program").unwrap_or(env!("CARGO_BIN_EXE_qpp-incident").to_owned());
    let folder = tempfile::Builder::new().prefix("qpp-incident-bench-").tempdir_in(scratch()).unwrap();
    let many = measured(&History { commits, entries_each: 50, active: 3 }, &folder.path().join("many"), &program, rounds);
    let one =
        measured(&History { commits: entries, entries_each: entries, active: 1 }, &folder.path().join("one"), &program, rounds.min(3));
    let git = output(Command::new("git").arg("--version"));
    let section = format!(
        "{TITLE}\n\nWritten by `cargo bench --bench verify`: whole processes, medians of runs in turn, a warm cache; {}.\n`git log --raw` is `git log --full-history -m --raw --topo-order`.\n\n| what | `verify` | `git log --raw` | ratio | wanted |\n|---|---|---|---|---|\n| {commits} commits on incidents of 50 entries | {} | ≤ 3 |\n| one incident of {entries} entries, {entries} commits | {} | stated apart |\n",
        git.trim(),
        many,
        one
    );
    println!("{section}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let before = before.split(&format!("\n{TITLE}")).next().unwrap_or_default().trim_end();
    std::fs::write(path, format!("{before}\n\n{section}")).unwrap();
}

/// A history is made, verified, and shown by git, in turn.
fn measured(history: &History, root: &Path, program: &str, rounds: usize) -> String {
    history.make(root);
    let (mut ours, mut gits) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let verify = timed(Command::new(program).args(["verify", "--quiet"]).current_dir(root));
        let log = timed(Command::new("git").args(["log", "--full-history", "-m", "--raw", "--topo-order"]).current_dir(root));
        // The first round warms the caches.
        if round > 0 {
            ours.push(verify.as_secs_f64());
            gits.push(log.as_secs_f64());
        }
    }
    let ratio = median(ours.iter().zip(&gits).map(|(ours, git)| ours / git).collect());
    std::fs::remove_dir_all(root).unwrap();
    format!("{:.2} s | {:.2} s | {ratio:.2}", median(ours), median(gits))
}

fn timed(command: &mut Command) -> Duration {
    history::quiet(command);
    let from = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::piped()).output().unwrap();
    let took = from.elapsed();
    assert!(status.status.success(), "{command:?}: {}", String::from_utf8_lossy(&status.stderr));
    took
}

fn output(command: &mut Command) -> String {
    String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn scratch() -> &'static Path {
    let tmpfs = Path::new("/dev/shm");
    if tmpfs.is_dir() { tmpfs } else { Path::new(env!("CARGO_TARGET_TMPDIR")) }
}

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn number(name: &str) -> Option<usize> {
    argument(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} wants a number")))
}
