//! The real incident reports beside the checkout: what `lint` finds in them, and how often.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use qpp_incident::domain::finding::Level;
use qpp_incident::rules::lint::all::{Linted, lint};
use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::linted_text::LintedText;

use crate::results::Results;

/// A report of somebody else.
pub struct Report {
    /// Its file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is told about a report that is none: an index, a template, a page about the process.
const NO_REPORT: [&str; 4] = ["index.md", "index.html", "template-", "incident-process"];

/// The reports below a folder, in the order of their names.
pub fn read(folder: &Path) -> Vec<Report> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    paths.sort();
    let named = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let is_report = |name: &str| name.contains(".md") && !NO_REPORT.iter().any(|other| name.starts_with(other));
    let reports = paths.iter().filter(|path| is_report(&named(path)));
    reports.map(|path| Report { name: named(path), text: fs::read_to_string(path).unwrap() }).collect()
}

/// What the engine says of a report of which nothing else is known.
pub fn linted(report: &Report) -> Linted {
    lint(&LintedText::other(&report.text, &Known::default()))
}

/// Findings per 1,000 words, all and without the two rules that speak most.
pub fn noise(reports: &[Report], results: &mut Results) {
    let words: usize = reports.iter().map(|report| report.text.split_whitespace().count()).sum();
    let mut of_rule: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for linted in reports.iter().map(linted) {
        for found in &linted.findings {
            of_rule.entry(found.finding.rule).or_default()[found.finding.level as usize] += 1;
        }
    }
    let is_loud = |rule: &str| rule == "person/first" || rule.starts_with("precise/");
    let per_thousand = |count: usize| whole(count) * 1000.0 / whole(words);
    let warned = |counts: &[usize; 3]| counts[Level::Error as usize] + counts[Level::Warning as usize];
    let all: usize = of_rule.values().map(warned).sum();
    let quiet: usize = of_rule.iter().filter(|(rule, _)| !is_loud(rule)).map(|(_, counts)| warned(counts)).sum();
    let advice: usize = of_rule.values().map(|counts| counts[Level::Advice as usize]).sum();
    let how = format!("{all} errors and warnings in {} reports of {words} words", reports.len());
    results.bound("`lint`: errors and warnings per 1,000 words of the real reports", per_thousand(all), &how, 35.0);
    let what = "`lint`: the same without `person/first` and `precise/*`";
    results.bound(what, per_thousand(quiet), &format!("{quiet} of them"), 10.0);
    results.told("`lint`: advice per 1,000 words", per_thousand(advice), "");
    let shown = |(rule, counts): (&&str, &[usize; 3])| format!("`{rule}` {}", counts.iter().sum::<usize>());
    println!("lint: findings by rule: {}", of_rule.iter().map(shown).collect::<Vec<_>>().join(", "));
}

/// `--found RULE`: what a rule, or a family such as `complete/`, finds in the reports.
pub fn told(reports: &[Report], wanted: &str) {
    for report in reports {
        for found in linted(report).findings.iter().filter(|found| found.finding.rule.starts_with(wanted)) {
            let said = report.text.get(found.span.clone()).unwrap_or_default().replace('\n', " ");
            let finding = &found.finding;
            println!("{}:{}: {} [{}] {} | {said}", report.name, finding.line.unwrap_or(0), finding.level, finding.rule, finding.message);
        }
    }
}

/// A count as a number to divide.
#[allow(clippy::cast_precision_loss, reason = "counts of a text are far below 2^52")]
pub fn whole(count: usize) -> f64 {
    count as f64
}
