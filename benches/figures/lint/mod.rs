//! `lint`: is it right, on labelled sentences and beside its peers; is it quiet on real reports; what does it cost.
//!
//! `cargo bench -- --only lint [--labelled FILE,FOLDER] [--shared FOLDER]`: further files of `{"text","rule","expect"}` lines, and
//! where the folder of shared data is, if not beside the checkout. `--misses RULE` prints the sentences that a rule gets wrong,
//! `--found RULE` what it finds in the real reports.

mod cost;
mod grades;
mod labelled;
mod peers;
mod reports;
mod scores;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::lint::labelled::{Labelled, Sentence};
use crate::lint::peers::{Peers, Said};
use crate::lint::scores::Score;
use crate::results::Results;
use crate::{Bench, argument};

/// The least that a rule must reach on this project's labelled sentences, real and own together: precision and recall.
const WANTED: &[(&str, f64, f64)] = &[
    ("voice/passive", 0.95, 0.90),
    ("person/first", 0.98, 0.96),
    ("blame/*", 0.80, 0.80),
    ("casual/*", 0.90, 0.85),
    ("precise/*", 0.75, 0.85),
];

/// By how much the passive's F1 must exceed write-good's.
const ABOVE: f64 = 0.06;

/// The name of both files of this project together.
const OURS: &str = "labelled set";

pub fn run(bench: &Bench, results: &mut Results) {
    let peers = Peers::install(&bench.cache);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = ["real", "own"].map(|name| (name, Labelled::read(&root.join(format!("tests/data/lint/{name}.jsonl")))));
    for (name, labelled) in &ours {
        scored(&format!("{OURS}, {name}"), labelled, &peers, results);
    }
    let all = Labelled { sentences: ours.into_iter().flat_map(|(_, labelled)| labelled.sentences).collect(), ..Labelled::default() };
    wanted(&all, &peers, results);
    let held_out = Labelled::read(&root.join("tests/data/lint/held_out.jsonl"));
    scored("held out, never tuned on", &held_out, &peers, results);
    let shared = argument("--shared").map_or_else(|| root.join("../shared"), PathBuf::from).join("data");
    let named = argument("--labelled").map(|paths| paths.split(',').map(PathBuf::from).collect::<Vec<_>>()).unwrap_or_default();
    for path in named.into_iter().chain([shared.join("prose")]).flat_map(|path| files(&path)) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let labelled = Labelled::read(&path);
        scored(&name, &labelled, &peers, results);
        grades::labelled(&name, &labelled.figures, results);
        let unlike = labelled.unknown.iter().map(|(rule, rows)| format!("{rule} ({rows})")).collect::<Vec<_>>();
        println!("lint: {name}: rules that have no like here: {}", if unlike.is_empty() { "none".to_owned() } else { unlike.join(", ") });
    }
    let folder = shared.join("postmortems");
    if !folder.is_dir() {
        results.not_taken("`lint` over the real reports", "the folder of shared data is not beside the checkout");
        return;
    }
    let reports = reports::read(&folder);
    if let Some(wanted) = argument("--found") {
        reports::told(&reports, &wanted);
    }
    reports::noise(&reports, results);
    grades::run(&reports, &peers, results);
    cost::run(bench, &reports, &peers, results);
}

/// A file, or the JSON lines of a folder in the order of their names.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return path.is_file().then(|| path.to_owned()).into_iter().collect();
    }
    let mut found: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    found.sort();
    found
}

/// What flags each sentence: ours, then the peers.
fn said(labelled: &Labelled, peers: &Peers) -> Vec<Said> {
    let ours = Said { name: "lint".to_owned(), found: labelled.sentences.iter().map(Sentence::found).collect(), cpu_ms: 0.0 };
    let texts = labelled.texts();
    let theirs = [peers.write_good(&texts), peers.proselint(&texts)];
    [Ok(ours)].into_iter().chain(theirs).filter_map(Result::ok).collect()
}

/// F1 of each rule of a file, with precision and recall, and the peers that say anything about it.
fn scored(name: &str, labelled: &Labelled, peers: &Peers, results: &mut Results) {
    if labelled.sentences.is_empty() {
        return;
    }
    let said = said(labelled, peers);
    for rule in labelled.rules() {
        let mut scores = said.iter().map(|said| (said.name.as_str(), Score::of(rule, labelled, &said.found)));
        let Some((_, ours)) = scores.next() else { continue };
        let theirs = scores.filter(|(peer, _)| speaks(&said, peer, rule)).map(|(peer, score)| format!("; {peer}: {}", score.shown()));
        let how = format!("{}, {} of {} sentences{}", ours.shown(), ours.flags(), labelled.sentences.len(), theirs.collect::<String>());
        results.told(format!("`lint`, {name}: `{rule}`, F1"), ours.f1(), &how);
        if argument("--misses").is_some_and(|wanted| wanted == rule) {
            told_apart(rule, labelled, &said[0].found);
        }
    }
}

/// Whether a peer flags anything by that rule at all.
fn speaks(said: &[Said], peer: &str, rule: &str) -> bool {
    said.iter().any(|said| said.name == peer && said.found.iter().any(|found| found.contains(rule)))
}

/// `--misses RULE`: the sentences that the rule got wrong.
fn told_apart(rule: &str, labelled: &Labelled, found: &[BTreeSet<String>]) {
    for (sentence, found) in labelled.sentences.iter().zip(found) {
        match (sentence.expected.get(rule), found.contains(rule)) {
            (Some(true), false) => println!("missed: {}", sentence.text),
            (Some(false), true) => println!("false alarm: {}", sentence.text),
            _ => {}
        }
    }
}

/// The targets, on this project's sentences.
fn wanted(all: &Labelled, peers: &Peers, results: &mut Results) {
    let said = said(all, peers);
    let scores: BTreeMap<&str, Score> = all.rules().into_iter().map(|rule| (rule, Score::of(rule, all, &said[0].found))).collect();
    for (rule, precision, recall) in WANTED {
        let score = scores[rule];
        let how = format!("{} of {} sentences, {}", score.flags(), all.sentences.len(), score.shown());
        results.at_least(format!("`lint`, {OURS}: `{rule}`, precision"), score.precision(), &how, *precision);
        results.at_least(format!("`lint`, {OURS}: `{rule}`, recall"), score.recall(), "", *recall);
    }
    let what = format!("`lint`, {OURS}: F1 of the passive above write-good's");
    let theirs = said.iter().find(|said| said.name.starts_with("write-good"));
    match theirs.map(|said| Score::of("voice/passive", all, &said.found)) {
        Some(theirs) => {
            let ours = scores["voice/passive"].f1();
            results.at_least(what, ours - theirs.f1(), &format!("{ours:.3} against {:.3}", theirs.f1()), ABOVE);
        }
        None => results.not_taken(what, "write-good is not installed"),
    }
}
