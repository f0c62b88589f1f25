//! Labelled sentences: JSON lines of `{"text","rule","expect"}`, and what the engine and its peers say of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use qpp_incident::rules::lint::all::lint;
use qpp_incident::rules::lint::known::Known;
use qpp_incident::rules::lint::linted_text::LintedText;
use serde_json::Value;

/// A sentence and what each rule should say of it.
pub struct Sentence {
    /// The sentence, or any text.
    pub text: String,
    /// The section that it stands in, if the label tells one.
    section: String,
    /// Who is known to be a person.
    people: Vec<String>,
    /// For each rule that was labelled: whether it should flag.
    pub expected: BTreeMap<String, bool>,
}

/// A label that is a number: a grade, a count of syllables.
pub struct Figure {
    /// What was counted.
    pub text: String,
    /// Which figure.
    pub rule: String,
    /// What the source says.
    pub expected: f64,
}

/// A file of labels.
#[derive(Default)]
pub struct Labelled {
    /// Sentences, in the order of the file.
    pub sentences: Vec<Sentence>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Rules that this project has no like of, and how many rows they have.
    pub unknown: BTreeMap<String, usize>,
}

/// Rules of other linters, and ours that asks the same.
const OTHERS: &[(&str, &str)] = &[
    ("passive", "voice/passive"),
    ("first-person", "person/first"),
    ("wordy", "simple/word"),
    ("weasel", "precise/*"),
    ("adverb", "precise/*"),
];

/// Families that the targets name as one.
const FAMILIES: &[&str] = &["blame", "casual", "precise"];

impl Labelled {
    /// Reads a file. Rows about one sentence are one sentence with several labels.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut found = Self::default();
        let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), number + 1));
            found.add(&row, &mut places);
        }
        found
    }

    fn add(&mut self, row: &Value, places: &mut BTreeMap<(String, String), usize>) {
        let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let (text, rule, section) = (word("text"), word("rule"), word("section"));
        if let Some(expected) = row["expect"].as_f64() {
            self.figures.push(Figure { text, rule, expected });
            return;
        }
        let ours = OTHERS.iter().find(|(theirs, _)| *theirs == rule).map(|(_, ours)| (*ours).to_owned());
        let Some(rule) = ours.or_else(|| rule.contains('/').then(|| rule.clone())) else {
            *self.unknown.entry(rule).or_default() += 1;
            return;
        };
        let place = *places.entry((text.clone(), section.clone())).or_insert_with(|| {
            let people = row["people"].as_array().map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect());
            self.sentences.push(Sentence { text, section, people: people.unwrap_or_default(), expected: BTreeMap::new() });
            self.sentences.len() - 1
        });
        let flag = row["expect"] == "flag";
        let expected = &mut self.sentences[place].expected;
        if let Some(family) = family(&rule) {
            *expected.entry(family).or_default() |= flag;
        }
        *expected.entry(rule).or_default() |= flag;
    }

    /// The texts, in order.
    pub fn texts(&self) -> Vec<&str> {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).collect()
    }

    /// The rules that have a label, in order.
    pub fn rules(&self) -> BTreeSet<&str> {
        self.sentences.iter().flat_map(|sentence| sentence.expected.keys().map(String::as_str)).collect()
    }
}

/// `blame/*` for `blame/person`: a sentence is flagged by a family if any of its rules flags it.
fn family(rule: &str) -> Option<String> {
    let name = rule.split('/').next().filter(|name| FAMILIES.contains(name))?;
    Some(format!("{name}/*"))
}

impl Sentence {
    /// The rules that flag it where it stands in a report, their families among them.
    pub fn found(&self) -> BTreeSet<String> {
        let known = Known::new(&self.people, &[], &[]);
        let report = self.report();
        let linted = lint(&LintedText::other(&report, &known));
        let rules = linted.findings.iter().map(|found| found.finding.rule);
        rules.flat_map(|rule| [Some(rule.to_owned()), family(rule)]).flatten().collect()
    }

    /// The sentence as a list item or a paragraph under its section's heading.
    fn report(&self) -> String {
        // A sentence is no heading, quotation, list or table, whatever it begins with.
        let text = self.text.trim();
        let escape =
            if text.starts_with(['#', '>', '|', '+', '-', '*', '=', '~', '`', '<', '&']) && !self.is_marked_up() { "\\" } else { "" };
        match self.section.as_str() {
            "" => format!("{escape}{text}\n"),
            section => format!("# A report\n\n## {section}\n\n- {escape}{text}\n"),
        }
    }

    /// Whether the sentence comes from a markdown file, so that its signs are markup.
    fn is_marked_up(&self) -> bool {
        self.text.starts_with("**") || self.text.starts_with('`') || self.text.starts_with("<http")
    }
}
