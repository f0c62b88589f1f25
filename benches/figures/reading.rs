//! What only reads: `list`, `status` and `check` against ripgrep reading the same files; and one incident with ten thousand entries.
//! The incidents are copies of the worked examples in `incidents/`: of a hundred, ninety-nine are closed, with postmortem and root
//! cause analysis, and one is open.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Bench;
use crate::generator::Wanted;
use crate::measure::Pairs;
use crate::repository::Repository;
use crate::results::Results;

/// How many incidents, how many pairs.
const SIZES: [(usize, usize); 2] = [(10_000, 7), (100_000, 3)];

/// What is run, and what it may cost of ripgrep's.
const COMMANDS: [(&[&str], f64); 3] = [(&["check"], 3.0), (&["list", "--all", "--json"], 1.5), (&["status"], 1.5)];

/// What `status` of one incident with ten thousand entries may take, in milliseconds.
const LONG: f64 = 30.0;

pub fn run(bench: &Bench, results: &mut Results) {
    for (incidents, pairs) in SIZES {
        let repository = examples(&bench.memory.path().join("reading"), incidents);
        for (arguments, bound) in COMMANDS {
            let what = format!("`{}`, {incidents} incidents, against `rg -c '^' incidents`", arguments.join(" "));
            if repository.command("rg", &["--version"]).output().is_err() {
                results.not_taken(what, "ripgrep is not installed");
                continue;
            }
            let ours = |_| reads(&repository, bench.program.to_str().unwrap(), arguments);
            let theirs = |_| reads(&repository, "rg", &["-c", "^", "incidents"]);
            results.pairs(what, &Pairs::take(pairs, &ours, &theirs), bound);
        }
        fs::remove_dir_all(&repository.root).unwrap();
    }
    long(bench, results);
}

/// `status` of one incident with ten thousand entries.
fn long(bench: &Bench, results: &mut Results) {
    let wanted = Wanted { incidents: 1, entries: 10_000, ..Wanted::default() };
    let repository = bench.repository(wanted, bench.memory.path(), "long");
    let id = repository.incidents[0].0.clone();
    let took = crate::measure::median_ms(15, &|| reads(&repository, bench.program.to_str().unwrap(), &["status", &id]));
    results.bound("`status` of one incident with 10000 entries, ms", took, "", LONG);
    fs::remove_dir_all(&repository.root).unwrap();
}

/// One whole process. `check` ends with 3 when it has found something.
fn reads(repository: &Repository, program: &str, arguments: &[&str]) -> Duration {
    let mut command = repository.command(program, arguments);
    let from = Instant::now();
    let output = command.output().unwrap();
    let took = from.elapsed();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    took
}

/// A worked example: its id as in the folder's name, and its files.
struct Example {
    id: String,
    files: Vec<(String, String)>,
}

impl Example {
    fn read(folder: &Path) -> Self {
        let id = folder.file_name().unwrap().to_str().unwrap().split('-').nth(1).unwrap().to_owned();
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let named = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        Self { id, files: files.map(named).collect() }
    }

    /// Writes it anew as another incident.
    fn copy(&self, folder: &Path, id: &str) {
        fs::create_dir_all(folder).unwrap();
        for (name, text) in &self.files {
            let text = text.replace(&self.id.to_uppercase(), &id.to_uppercase()).replace(&self.id, id);
            fs::write(folder.join(name), text).unwrap();
        }
    }
}

/// A repository with that many copies of the worked examples.
fn examples(root: &Path, count: usize) -> Repository {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents");
    let repository = Repository::empty(root);
    let incidents = root.join("incidents");
    fs::create_dir_all(&incidents).unwrap();
    for name in ["config.yaml", "teams.yaml", ".gitattributes"] {
        let _an_example_may_lack_it = fs::copy(source.join(name), incidents.join(name));
    }
    let months = fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let folders: Vec<PathBuf> = months.flat_map(|month| fs::read_dir(month).unwrap().map(|entry| entry.unwrap().path())).collect();
    let (closed, open): (Vec<PathBuf>, Vec<PathBuf>) = folders.into_iter().partition(|folder| folder.join("rca.md").is_file());
    let (closed, open) = (Example::read(&closed[0]), Example::read(&open[0]));
    for (number, (id, path)) in crate::generator::incidents("example", count).into_iter().enumerate() {
        let example = if number.is_multiple_of(100) { &open } else { &closed };
        example.copy(root.join(path).parent().unwrap(), &id.trim_start_matches("INC-").to_lowercase());
    }
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", "examples"]] {
        repository.output("git", arguments);
    }
    repository
}
