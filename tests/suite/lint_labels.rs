//! `lint` on the labelled sentences: a change of a word list that makes a rule worse goes red here.
//! The sentences and how they were labelled: `tests/data/lint/README.md`. The same figures beside other linters: `cargo bench -- --only lint`.

#[allow(dead_code, reason = "the bench uses all of it")]
#[path = "../../benches/figures/lint/labelled.rs"]
mod labelled;
#[allow(dead_code, reason = "the bench uses all of it")]
#[path = "../../benches/figures/lint/scores.rs"]
mod scores;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use qpp_incident::domain::finding::Level;
use qpp_incident::rules::lint::all::lint;
use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::linted_text::LintedText;

use labelled::{Labelled, Sentence};
use scores::Score;

/// The least precision and recall of each rule, over the real and the project's own sentences together.
const LEAST: &[(&str, f64, f64)] = &[
    ("voice/passive", 0.95, 0.90),
    ("person/first", 0.98, 0.96),
    ("blame/*", 0.80, 0.80),
    ("casual/*", 0.90, 0.85),
    ("precise/*", 0.75, 0.85),
];

/// Errors and warnings per 1,000 words of real reports at most: all, and without `person/first` and `precise/*`.
const NOISE: (f64, f64) = (35.0, 10.0);

#[test]
fn each_rule_is_as_right_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lint");
    let sentences = ["real", "own"].iter().flat_map(|name| Labelled::read(&folder.join(format!("{name}.jsonl"))).sentences);
    let all = Labelled { sentences: sentences.collect(), ..Labelled::default() };
    let found: Vec<BTreeSet<String>> = all.sentences.iter().map(Sentence::found).collect();
    for (rule, precision, recall) in LEAST {
        let score = Score::of(rule, &all, &found);
        assert!(score.flags() > 30, "{rule}: {} sentences are too few", score.flags());
        assert!(score.precision() >= *precision && score.recall() >= *recall, "{rule}: {}", score.shown());
    }
}

#[test]
fn real_reports_are_linted_quietly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/postmortems");
    if !folder.is_dir() {
        eprintln!("skipped: the real reports are not at ../shared/data/postmortems");
        return;
    }
    let (mut words, mut all, mut quiet) = (0.0, 0.0, 0.0);
    for path in reports(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        words += text.split_whitespace().map(|_| 1.0).sum::<f64>();
        for found in lint(&LintedText::other(&text, &Known::default())).findings {
            let counts = if found.finding.level == Level::Advice { 0.0 } else { 1.0 };
            let is_loud = found.finding.rule == "person/first" || found.finding.rule.starts_with("precise/");
            all += counts;
            quiet += if is_loud { 0.0 } else { counts };
        }
    }
    let noise = (all * 1000.0 / words, quiet * 1000.0 / words);
    assert!(noise.0 <= NOISE.0 && noise.1 <= NOISE.1, "{noise:?} errors and warnings per 1,000 words");
}

fn reports(folder: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let no_report = ["index", "template", "incident-process", "LICENSE"];
    files.filter(|path| !no_report.iter().any(|name| path.file_name().unwrap().to_string_lossy().starts_with(name))).collect()
}
