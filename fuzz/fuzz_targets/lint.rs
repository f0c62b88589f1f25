//! The whole path of `lint` over any bytes: read, judged by every rule as a postmortem, an RCA or another text, shown in every form,
//! mended and read again. Nothing may panic, every stretch lies in the text, and what was mended is not mended twice.

#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use qpp_incident::commands::findings::found::{Found, Replacement};
use qpp_incident::commands::findings::report::{Looked, Report, Unit};
use qpp_incident::commands::findings::{by_rule, github, junit, rdjsonl, sarif, text};
use qpp_incident::commands::lint::by_settings::{known_of, lint_by_settings};
use qpp_incident::commands::lint::fix::fixed;
use qpp_incident::commands::lint::source::Source;
use qpp_incident::document::config::Config;
use qpp_incident::document::incident_document::IncidentDocument;
use qpp_incident::document::place::Lines;
use qpp_incident::domain::finding::Level;
use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::lint_finding::LintFinding;
use qpp_incident::rules::lint::linted_text::{LintedText, TextKind};

static RECORD: LazyLock<IncidentDocument> =
    LazyLock::new(|| IncidentDocument::parse(include_str!("../../src/rules/check/sample/incident.md")).expect("the sample is sound"));
static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::parse("lint: {terms: [Splunk]}").expect("the settings are sound"));
static KNOWN: LazyLock<Known> = LazyLock::new(|| known_of(Some(&RECORD), None, CONFIG.lint(), &["Will Mark".to_owned()]));

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let kind = [TextKind::Postmortem, TextKind::Rca, TextKind::Other][usize::from(first % 3)];
    let record = (first & 4 == 0).then(|| RECORD.clone());
    let source = Source { path: "a b.md".to_owned(), file: None, text: String::from_utf8_lossy(rest).into_owned(), kind, record };
    let findings = lint(&source, first & 8 == 0);
    show(&source, &findings);
    let mended = fixed(&source, &findings);
    let mended = Source { text: mended.text, ..source };
    lint(&mended, first & 8 == 0);
});

fn lint(source: &Source, is_closed: bool) -> Vec<LintFinding> {
    let Source { text, path, kind, record, .. } = source;
    let text = LintedText { path: Some(path), kind: *kind, is_closed, record: record.as_ref(), ..LintedText::other(text, &KNOWN) };
    lint_by_settings(&text, CONFIG.lint()).findings
}

/// Every form in which findings are printed.
fn show(source: &Source, findings: &[LintFinding]) {
    let lines = Lines::of(&source.text);
    let found = |found: &LintFinding| {
        assert!(source.text.get(found.span.clone()).is_some(), "{found:?}");
        let fix = found.fix.as_ref().map(|fix| {
            assert!(source.text.get(fix.span.clone()).is_some(), "{found:?}");
            Replacement { stretch: lines.stretch(fix.span.clone()), text: fix.text.clone() }
        });
        Found { finding: found.finding.clone(), stretch: Some(lines.stretch(found.span.clone())), fix }
    };
    let report = Report {
        command: "lint",
        rules: Vec::new(),
        unit: Unit::Documents,
        looked: vec![Looked { path: source.path.clone(), id: None, headline: source.path.clone() }],
        texts: BTreeMap::from([(source.path.clone(), source.text.clone())]),
        findings: findings.iter().map(found).collect(),
        failing: Level::Advice,
    };
    let shown = [by_rule::by_rule(&report, Some(80)), text::lines(&report), github::github(&report), junit::junit(&report)];
    assert_eq!(text::lines(&report).lines().count(), findings.len(), "{shown:?}");
    for line in rdjsonl::rdjsonl(&report).expect("it is JSON").lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON");
    }
    sarif::sarif(&report).expect("it is JSON");
}
