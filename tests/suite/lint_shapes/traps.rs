//! A violation of every rule where it is none: in code, code spans, URLs, headings, quotations, comments, front matter and tables of
//! commands. `tests/data/lint/traps.md` holds the places, the table here the words; in a plain paragraph each is found, so that the
//! trap can fail.

use qpp_incident::rules::lint::all::rules;

use super::{linted, rules_of};

const TRAPS: &str = include_str!("../../data/lint/traps.md");

/// A rule, and words that break it in a paragraph of their own.
const VIOLATIONS: &[(&str, &str)] = &[
    ("precise/quantity", "Several hosts failed for some time."),
    ("precise/intensifier", "The load was extremely high."),
    ("precise/hedge", "Obviously the pool was full."),
    ("simple/word", "The team did utilize the pool prior to the release."),
    (
        "simple/hard-sentence",
        "Notwithstanding considerable infrastructural instrumentation, comprehensive observability recommendations demonstrably characterise \
         organisational interdependencies throughout geographically distributed environments regularly.",
    ),
    ("blame/person", "The outage was due to human error, and the operator forgot the flag."),
    ("blame/hindsight", "The operator should have checked the flag."),
    ("blame/judgment", "The response was unacceptable."),
    ("person/first", "We saw it on our graph."),
    ("voice/passive", "The logs were copied to a remote machine."),
    ("casual/word", "The guys moved a bunch of stuff."),
    ("casual/exclamation", "It works again!"),
    ("casual/emoji", "It works again 🎉 today."),
    ("suppress/unknown", "<!-- qpp-lint disable-next no/rule: a reason -->"),
    ("suppress/unused", "<!-- qpp-lint disable-next person/first: a reason -->"),
    ("suppress/no-reason", "<!-- qpp-lint disable-next person/first -->"),
];

/// Rules over a whole report, which no words in one place break: they have tests of their own.
fn is_over_a_whole_report(rule: &str) -> bool {
    ["complete/", "connect/", "record/", "simple/reading-level"].iter().any(|family| rule.starts_with(family))
}

#[test]
fn every_rule_has_its_violation_and_finds_it_in_a_paragraph() {
    for rule in rules().into_iter().filter(|rule| !is_over_a_whole_report(rule.id)) {
        let (_, violation) = VIOLATIONS.iter().find(|(id, _)| *id == rule.id).unwrap_or_else(|| panic!("no violation of {}", rule.id));
        let text = format!("# Report\n\n{violation}\n\nThe response team restarted the service.\n");
        assert!(rules_of(&text).contains(&rule.id), "{} is not found in: {violation}", rule.id);
    }
}

#[test]
fn no_violation_is_found_where_it_is_none() {
    let is_there = |rule: &str| rules().iter().any(|known| known.id == rule);
    for (rule, violation) in VIOLATIONS.iter().filter(|(rule, _)| is_there(rule)) {
        // A comment within a comment, or in a paragraph as these places make one, is a directive: those have code alone.
        let text = if rule.starts_with("suppress/") { in_code(violation) } else { trapped(violation) };
        let found = linted(&text).findings;
        let shown: Vec<String> = found
            .iter()
            .map(|found| format!("line {}: [{}] {}", found.finding.line.unwrap_or(0), found.finding.rule, found.finding.message))
            .collect();
        assert!(found.is_empty(), "{rule}:\n{}\nin\n{text}", shown.join("\n"));
    }
}

/// The violation in every place; in addresses with a dash for each blank.
fn trapped(violation: &str) -> String {
    let linked = violation.replace(|c: char| !c.is_alphanumeric() && !"!.".contains(c), "-");
    TRAPS.replace("VIOLATION", violation).replace("LINKED", &linked)
}

fn in_code(violation: &str) -> String {
    format!("# Report\n\n```html\n{violation}\n```\n\n    {violation}\n\nThe team wrote `{violation}` above it.\n")
}
