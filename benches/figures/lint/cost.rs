//! What `lint` costs: the engine alone and the whole process against write-good's, a cold start, and what it adds to the binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Bench;
use crate::lint::peers::Peers;
use crate::lint::reports::{Report, linted, whole};
use crate::measure::{Pairs, median_ms, own_ticks};
use crate::repository::Repository;
use crate::results::Results;

/// How long the engine is run for its time, and how often a whole process.
const ENGINE: Duration = Duration::from_secs(3);
const PAIRS: usize = 15;

/// All figures of cost.
pub fn run(bench: &Bench, reports: &[Report], peers: &Peers, results: &mut Results) {
    let words = reports.iter().map(|report| report.text.split_whitespace().count()).sum::<usize>();
    engine(reports, words, peers, results);
    added(bench, results);
    let repository = Repository::empty(&bench.memory.path().join("lint"));
    for report in reports {
        fs::write(repository.root.join(&report.name).with_extension("").with_extension("md"), &report.text).unwrap();
    }
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", "reports"]] {
        repository.output("git", arguments);
    }
    if repository.command(bench.program.to_str().unwrap(), &["lint", "--help"]).output().unwrap().status.success() {
        processes(bench, &repository, words, peers, results);
        cold_start(bench, &repository, results);
    } else {
        results.not_taken("`lint`: whole processes and cold start", "this version has no command `lint`");
    }
    fs::remove_dir_all(&repository.root).unwrap();
}

/// Processor time of the engine alone, against that of write-good's checks alone in a warm engine of JavaScript.
fn engine(reports: &[Report], words: usize, peers: &Peers, results: &mut Results) {
    let (from, before) = (Instant::now(), own_ticks().unwrap_or_default());
    let mut rounds = 0u32;
    while from.elapsed() < ENGINE {
        for report in reports {
            std::hint::black_box(linted(report));
        }
        rounds += 1;
    }
    // A tick is 10 ms.
    let ours = f64::from(own_ticks().unwrap_or_default() - before) * 10.0 / f64::from(rounds) * 1000.0 / whole(words);
    let how = format!("{} reports of {words} words, {rounds} rounds", reports.len());
    results.bound("`lint`: processor time of the engine per 1,000 words, ms", ours, &how, 1.5);
    let what = "`lint`: the engine's processor time against that of write-good's checks alone, same files";
    let texts: Vec<&str> = reports.iter().map(|report| report.text.as_str()).collect();
    match peers.write_good(&texts) {
        Ok(said) => {
            let theirs = said.cpu_ms * 1000.0 / whole(words);
            results.bound(what, ours / theirs, &format!("{ours:.2} ms against {theirs:.2} ms per 1,000 words; {}", said.name), 0.1);
        }
        Err(why) => results.not_taken(what, &why),
    }
}

/// Both programs over all files.
fn processes(bench: &Bench, repository: &Repository, words: usize, peers: &Peers, results: &mut Results) {
    let what = "`lint`: whole process over the real reports against write-good's, processor time";
    let files: Vec<PathBuf> =
        fs::read_dir(&repository.root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    let run = |mut command: Command| {
        let from = Instant::now();
        // Both end with another status when they have found something.
        let output = command.output().unwrap();
        assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        from.elapsed()
    };
    let ours = |_| {
        let mut command = repository.command(bench.program.to_str().unwrap(), &["lint"]);
        command.args(&files);
        run(command)
    };
    let theirs = |_| {
        let mut command = peers.write_good_command().unwrap();
        command.args(&files);
        run(command)
    };
    if let Err(why) = peers.write_good_command() {
        return results.not_taken(what, &why);
    }
    let pairs = Pairs::take(PAIRS, &ours, &theirs);
    let ratio = pairs.cpu_ratio().unwrap_or_else(|| pairs.ratio());
    let how = format!("{words} words: {:.1} ms against {:.1} ms of wall time, {} pairs", pairs.ours_ms(), pairs.theirs_ms(), pairs.len());
    results.bound(what, ratio, &how, 0.1);
}

/// `lint FILE` on the report that is nearest to 900 words, with git's discovery.
fn cold_start(bench: &Bench, repository: &Repository, results: &mut Results) {
    let files = fs::read_dir(&repository.root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let words = |path: &PathBuf| fs::read_to_string(path).unwrap().split_whitespace().count();
    let (words, file) = files.map(|path| (words(&path), path)).min_by_key(|(words, _)| words.abs_diff(900)).unwrap();
    let took = median_ms(50, &|| {
        let mut command = repository.command(bench.program.to_str().unwrap(), &["lint"]);
        command.arg(&file);
        let from = Instant::now();
        let output = command.output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{}", String::from_utf8_lossy(&output.stderr));
        from.elapsed()
    });
    results.bound("`lint FILE`, a cold start in a repository, ms", took, &format!("{words} words, wall time, median of 50"), 10.0);
}

/// The program and its crates at the last commit without `lint`, built the same way, against those of now.
fn added(bench: &Bench, results: &mut Results) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let what = "`lint`: what it adds to the binary, MB";
    let first = git(&["log", "--reverse", "--diff-filter=A", "--format=%H", "--", "src/rules/lint"]);
    let Some(first) = first.and_then(|commits| commits.lines().next().map(str::to_owned)) else {
        return results.not_taken(what, "the history does not hold the commit before it");
    };
    let before = format!("{first}^");
    let crates = |lock: &str| lock.matches("[[package]]").count();
    if let Some(lock) = git(&["show", &format!("{before}:Cargo.lock")]) {
        let now = crates(&fs::read_to_string(root.join("Cargo.lock")).unwrap());
        results.bound("`lint`: crates added to the tree", whole(now) - whole(crates(&lock)), "", 10.0);
    }
    match built(bench, root, &before) {
        Ok(program) => {
            let size = |path: &Path| fs::metadata(path).map_or(0.0, |metadata| whole(usize::try_from(metadata.len()).unwrap())) / 1e6;
            let (now, then) = (size(&bench.program), size(&program));
            results.bound(what, now - then, &format!("{now:.2} against {then:.2}"), 1.0);
        }
        Err(why) => results.not_taken(what, &why),
    }
}

/// The release build of an earlier commit, kept in the cache.
fn built(bench: &Bench, root: &Path, commit: &str) -> Result<PathBuf, String> {
    let folder = bench.cache.join("before-lint");
    let program = folder.join("target/release/qpp-incident");
    if !program.is_file() {
        println!("lint: builds the program without it, once, for the size: a few minutes");
        fs::create_dir_all(&folder).unwrap();
        let line = format!("git -C '{}' archive '{commit}' | tar -x -C '{}'", root.display(), folder.display());
        let cargo = "cargo build --release --locked --bin qpp-incident --target-dir target";
        let status = Command::new("sh").arg("-c").arg(format!("{line} && cd '{}' && {cargo}", folder.display())).status();
        status.map_err(|error| error.to_string())?.success().then_some(()).ok_or("the earlier commit did not build")?;
    }
    Ok(program)
}
