//! What a merge of `incident.md` promises, for sides made by commands and sides made by hand. `PROPTEST_CASES=40000` runs as many, best
//! with `CARGO_PROFILE_DEV_OPT_LEVEL=2`, which makes them three times as fast.

mod by_command;
mod by_hand;
mod hands;
mod only_logged;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use qpp_incident::document::incident_document::IncidentDocument;
use qpp_incident::document::merge::merge_file;
use qpp_incident::domain::entry_kind::EntryKind;
use qpp_incident::domain::key::{Key, KeyShape};
use qpp_incident::domain::status::Status;

const BASE: &str = include_str!("merge_properties/base.md");
const PATH: &str = "incidents/2026-11/22-k7qfm-errors/incident.md";

fn merged(base: &str, ours: &str, theirs: &str) -> String {
    merge_file(PATH, Some(base), ours, theirs).unwrap_or_else(|obstacle| panic!("{obstacle}"))
}

/// The entries' bytes and how often each stands.
fn entries(text: &str) -> BTreeMap<String, usize> {
    let text = text.replace("\r\n", "\n");
    let document = IncidentDocument::parse(&text).unwrap();
    let mut counts = BTreeMap::new();
    for found in &document.timeline().entries {
        let bytes: Vec<&str> = text[found.range.clone()].lines().map(str::trim_end).collect();
        *counts.entry(bytes.join("\n")).or_default() += 1;
    }
    counts
}

/// What keys hold, lists as sets.
fn facts(text: &str) -> BTreeMap<String, Vec<String>> {
    let document = IncidentDocument::parse(text).unwrap();
    let header = document.header();
    let known = Key::ALL.iter().map(|key| {
        let mut values: Vec<String> = header.text(*key).map(str::to_owned).into_iter().chain(header.list(*key).iter().cloned()).collect();
        values.sort();
        (key.name().to_owned(), values)
    });
    known.chain(header.extra().iter().map(|(name, value)| (name.clone(), vec![value.to_string()]))).collect()
}

fn changes_both_promise(base: &str, ours: &str, theirs: &str) -> Result<String, TestCaseError> {
    let result = merged(base, ours, theirs);
    prop_assert_eq!(&result, &merged(base, theirs, ours), "commutative");
    prop_assert_eq!(&merged(base, &result, &result), &result, "idempotent");
    prop_assert_eq!(&merged(ours, &result, ours), &result, "nothing new from a side that is in it");
    let standing = entries(&result);
    // Who alone changed the file is right, whatever was changed: then nothing was merged.
    let sides = if ours == base || theirs == base { Vec::new() } else { vec![ours, theirs] };
    for side in sides {
        for (entry, count) in entries(side) {
            let redacted = result.contains("[redacted ");
            prop_assert!(redacted || standing.get(&entry).is_some_and(|times| *times >= count), "{entry} is lost from\n{result}");
        }
    }
    prop_assert!(!result.contains("<<<<<<<") && !result.contains(">>>>>>>"));
    Ok(result)
}

/// What a close sets.
const OF_A_CLOSE: [Key; 3] = [Key::Status, Key::CloseReason, Key::DuplicateOf];

fn status(text: &str) -> Status {
    IncidentDocument::parse(text).unwrap().status()
}

/// As many cases as fit into a few seconds, the same at every run; or as many as `PROPTEST_CASES` says, others at every run.
fn cases() -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let rng_seed = if wanted.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_261_125) };
    ProptestConfig { cases: wanted.unwrap_or(96), failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sides_made_by_commands(ours in by_command::steps(), theirs in by_command::steps()) {
        let (ours, theirs) = (by_command::side(BASE, &ours), by_command::side(BASE, &theirs));
        let result = changes_both_promise(BASE, &ours, &theirs)?;
        prop_assert_eq!(&merged(BASE, &result, &ours), &result, "absorbing");
        prop_assert_eq!(&merged(BASE, &result, &theirs), &result, "absorbing");
    }

    #[test]
    fn three_sides_in_any_order(one in by_command::steps(), two in by_command::steps(), three in by_command::steps()) {
        let [one, two, three] = [one, two, three].map(|steps| by_command::side(BASE, &steps));
        let left = merged(BASE, &merged(BASE, &one, &two), &three);
        let right = merged(BASE, &one, &merged(BASE, &two, &three));
        let plain = |text: &str| -> BTreeMap<String, usize> {
            entries(text).into_iter().filter(|(entry, _)| !entry.contains(EntryKind::Merge.word())).collect()
        };
        prop_assert_eq!(plain(&left), plain(&right));
        // A merge on the way that took a close back is an event (M6): a withdrawal that it did not know of closes nothing.
        let took_back = |text: &str| text.contains(" stands (objection ");
        let is_event = took_back(&left) != took_back(&right) && status(&left) != status(&right);
        let took = if took_back(&left) { &left } else { &right };
        prop_assert!(!is_event || status(took) != Status::Closed, "{left}\n{right}");
        let is_told = |key: &Key| (key.shape() == KeyShape::List || key.shape() == KeyShape::Text) && !(is_event && OF_A_CLOSE.contains(key));
        for key in Key::ALL.iter().filter(|key| is_told(key)) {
            prop_assert_eq!(&facts(&left)[key.name()], &facts(&right)[key.name()], "{}\n{}\n{}", key, left, right);
        }
    }
}
