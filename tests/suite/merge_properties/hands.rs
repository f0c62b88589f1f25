//! What holds for sides that people edited. A merge is refused only where a change tears the structure, and then either way round.

use proptest::prelude::*;
use qpp_incident::document::merge::merge_file;

use super::by_command;
use super::by_hand::{self, Change};
use super::{BASE, PATH, cases, changes_both_promise, entries, facts, merged};

/// The merge, or none where it is refused because it would hide an entry or lose a line.
fn merged_or_refused(base: &str, ours: &str, theirs: &str) -> Option<String> {
    match merge_file(PATH, Some(base), ours, theirs) {
        Ok(text) => Some(text),
        Err(obstacle) => {
            let said = obstacle.to_string();
            assert!(said.contains("a merge would hide an entry") || said.contains("a merge would lose a line"), "{said}");
            None
        }
    }
}

fn tears(changes: &[&Vec<Change>]) -> bool {
    changes.iter().flat_map(|changes| changes.iter()).any(Change::tears_structure)
}

/// Whether somebody took the heading off a section and left its text, which then stands in the section above. A line that the other
/// side typed there stands on both sides now, once by its typing and once by its section: whether that is one line only a person can say.
fn takes_a_heading_off(before: &str, after: &str) -> bool {
    let stays = |line: &str| after.lines().any(|other| other.trim_end() == line.trim_end());
    before.split("\n## ").skip(1).any(|section| {
        let (title, body) = section.split_once('\n').unwrap_or((section, ""));
        !stays(&format!("## {title}")) && body.lines().any(|line| line.contains(char::is_alphanumeric) && stays(line))
    })
}

/// Words of the body that a side has and the base lacks, by line; what a merge writes by itself aside.
fn new_lines<'text>(base: &str, side: &'text str) -> Vec<&'text str> {
    let body = |text: &'text str| text.splitn(3, "---").last().unwrap_or_default().lines().map(str::trim);
    let generated = ["**Status:**", "**Incident Commander:**", "**Date:**", "# ", "### 20", "## Timeline", "<!-- end of"];
    let is_new = |line: &&str| line.contains(char::is_alphanumeric) && !base.contains(*line);
    body(side).filter(is_new).filter(|line| !generated.iter().any(|opening| line.starts_with(opening))).collect()
}

fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// The keys of the front matter in another order, each with its lines.
fn reordered(text: &str, by: usize) -> String {
    let mut parts = text.splitn(3, "---\n");
    let (_, yaml, body) = (parts.next(), parts.next().unwrap(), parts.next().unwrap());
    let mut keys: Vec<String> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match keys.last_mut().filter(|_| line.starts_with([' ', '-'])) {
            Some(key) => key.push_str(line),
            None => keys.push(line.to_owned()),
        }
    }
    let count = keys.len();
    keys.rotate_left(by % count);
    format!("---\n{}---\n{body}", keys.concat())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sides_made_by_hand(ours_changes in by_hand::changes(), theirs_changes in by_hand::changes()) {
        let (ours, theirs) = (by_hand::side(BASE, &ours_changes), by_hand::side(BASE, &theirs_changes));
        let torn = tears(&[&ours_changes, &theirs_changes]);
        if merged_or_refused(BASE, &ours, &theirs).is_none() {
            prop_assert!(torn, "refused, and nothing is torn");
            prop_assert_eq!(merged_or_refused(BASE, &theirs, &ours), None, "refused either way round");
            return Ok(());
        }
        let result = changes_both_promise(BASE, &ours, &theirs)?;
        for line in [&ours, &theirs].into_iter().filter(|_| ours != BASE && theirs != BASE).flat_map(|side| new_lines(BASE, side)) {
            let is_row = line.starts_with('|');
            prop_assert!(is_row || result.contains(line), "{line} is lost from\n{result}");
        }
    }

    #[test]
    fn line_ends_change_nothing_else(ours_changes in by_hand::changes(), theirs_changes in by_hand::changes()) {
        let (ours, theirs) = (by_hand::side(BASE, &ours_changes), by_hand::side(BASE, &theirs_changes));
        let plain = |text: &str| text.replace("\r\n", "\n");
        let (ours, theirs) = (plain(&ours), plain(&theirs));
        if ours == BASE || theirs == BASE || ours == theirs {
            return Ok(());
        }
        let wanted = merged_or_refused(BASE, &ours, &theirs);
        for (one, other) in [(with_crlf(&ours), theirs.clone()), (ours.clone(), with_crlf(&theirs)), (with_crlf(&ours), with_crlf(&theirs))] {
            let found = merged_or_refused(BASE, &one, &other);
            prop_assert_eq!(found.as_deref().map(plain), wanted.clone());
            prop_assert!(found.is_none_or(|text| text.matches('\n').count() == text.matches("\r\n").count()), "mixed line ends");
        }
    }

    #[test]
    fn the_order_of_keys_changes_no_fact(ours in by_command::steps(), theirs in by_command::steps(), by in 1..15usize) {
        let (ours, theirs) = (by_command::side(BASE, &ours), by_command::side(BASE, &theirs));
        let result = merged(BASE, &reordered(&ours, by), &theirs);
        prop_assert_eq!(facts(&result), facts(&merged(BASE, &ours, &theirs)));
        prop_assert_eq!(entries(&result), entries(&merged(BASE, &ours, &theirs)));
    }
}

/// These merge many times in one case.
fn fewer_cases() -> ProptestConfig {
    let config = cases();
    ProptestConfig { cases: config.cases.div_ceil(6), ..config }
}

proptest! {
    #![proptest_config(fewer_cases())]

    /// Who merges a result with its sides again and again gets the same from the first time on, or from the second where a change tears
    /// the structure (a heading pushed out of its section, a comment out of the front matter); and never a longer text.
    #[test]
    fn hands_settle(ours_changes in by_hand::changes(), theirs_changes in by_hand::changes()) {
        let (ours, theirs) = (by_hand::side(BASE, &ours_changes), by_hand::side(BASE, &theirs_changes));
        let torn = tears(&[&ours_changes, &theirs_changes]);
        let Some(result) = merged_or_refused(BASE, &ours, &theirs) else { return Ok(()) };
        for side in [&ours, &theirs] {
            let mut last = result.clone();
            let mut lengths = Vec::new();
            for _ in 0..4 {
                let Some(again) = merged_or_refused(BASE, &last, side) else {
                    prop_assert!(torn, "refused, and nothing is torn");
                    return Ok(());
                };
                lengths.push(again.len());
                last = again;
            }
            let settled = &lengths[usize::from(torn)..];
            prop_assert!(settled.iter().all(|length| *length == settled[0]), "it does not settle: {lengths:?}\n{last}");
            prop_assert!(lengths.is_sorted_by(|one, next| one >= next), "it grows: {lengths:?}\n{last}");
        }
    }

    /// Both clones merge the same two sides, edit on, and meet again: the folded base is what they merged, the other bases are its sides.
    #[test]
    fn hands_that_cross(
        first in by_hand::changes(), second in by_hand::changes(), third in by_hand::changes(), fourth in by_hand::changes(),
    ) {
        let (one, two) = (by_hand::side(BASE, &first), by_hand::side(BASE, &second));
        let torn = tears(&[&first, &second, &third, &fourth]);
        let Some(both) = merged_or_refused(BASE, &one, &two) else { return Ok(()) };
        let (ours, theirs) = (by_hand::side(&both, &third), by_hand::side(&both, &fourth));
        let torn = torn || [&ours, &theirs].into_iter().any(|side| takes_a_heading_off(&both, side));
        for base in [&both, &one, &two] {
            match merged_or_refused(base, &ours, &theirs) {
                Some(result) if ours != *base && theirs != *base => {
                    prop_assert_eq!(Some(result.clone()), merged_or_refused(base, &theirs, &ours), "commutative");
                    let standing = entries(&result);
                    for (entry, count) in entries(&ours).into_iter().chain(entries(&theirs)) {
                        prop_assert!(standing.get(&entry).is_some_and(|times| *times >= count), "{entry} is lost from\n{result}");
                    }
                    prop_assert!(torn || result.len() <= ours.len() + theirs.len() + 200, "it grows:\n{result}");
                }
                Some(_) => {}
                None => prop_assert!(torn || base != &both, "refused, and nothing is torn"),
            }
        }
    }
}
