//! The short way for sides that only logged something gives what the merge in full gives, or nothing; and nearly always something.

use proptest::prelude::*;
use qpp_incident::document::edit::insert_entry;
use qpp_incident::document::merge::insertions;
use qpp_incident::document::merge::merge_in_full;
use qpp_incident::document::merge::three::Three;
use qpp_incident::domain::entry::Entry;
use qpp_incident::domain::entry_kind::EntryKind;
use qpp_incident::domain::timestamp::Timestamp;

use super::{BASE, PATH, by_command, by_hand, cases};

/// An entry: after how many minutes, by whom, what.
type Logged = (i64, usize, usize);

const WHO: [&str; 4] = ["Grace Hopper", "Sam Reyes", "Pat Lee", "Ada Byron"];
const WHAT: [&str; 8] = ["one", "two", "three", "<!-- four", "- five", "a — b", "`six", "| a | b |"];
const KINDS: [Option<EntryKind>; 4] = [None, Some(EntryKind::Update), Some(EntryKind::Objection), Some(EntryKind::Acknowledged)];

/// Entries after those of the base, within minutes of each other.
fn lately() -> impl Strategy<Value = Vec<Logged>> {
    proptest::collection::vec((0..12i64, 0..4usize, 0..3usize), 1..5)
}

/// Entries between those of the base, and on later days.
fn at_any_time() -> impl Strategy<Value = Vec<Logged>> {
    proptest::collection::vec((prop_oneof![-20..30i64, 0..4000i64], 0..4usize, 0..64usize), 1..5)
}

fn side(text: &str, logged: &[Logged], own: &str) -> String {
    let start: Timestamp = "2026-11-23T00:12:00-05:00".parse().unwrap();
    logged.iter().fold(text.to_owned(), |text, (minutes, who, what)| {
        let own = if what % 2 == 0 { own } else { "" };
        let mut entry = Entry::new(start.plus_seconds(minutes * 60), &format!("{} {own}", WHAT[what % WHAT.len()]));
        entry.by = (what % 5 < 4).then(|| WHO[*who].to_owned());
        entry.kind = if *what < 32 { None } else { KINDS[what % KINDS.len()] };
        insert_entry(&text, &entry).unwrap_or(text)
    })
}

/// Whether the short way was one.
fn short_way_is_right(base: &str, ours: &str, theirs: &str) -> Result<bool, TestCaseError> {
    if ours == theirs || ours == base || theirs == base {
        return Ok(false);
    }
    let found = insertions::merge(&Three { base: Some(base), ours, theirs });
    if let Some(found) = &found {
        let in_full = merge_in_full(PATH, Some(base), ours, theirs).unwrap_or_else(|obstacle| format!("{obstacle}"));
        prop_assert_eq!(found, &in_full);
    }
    Ok(found.is_some())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_short_way_of_what_was_logged_lately(ours in lately(), theirs in lately()) {
        let (ours, theirs) = (side(BASE, &ours, "ours"), side(BASE, &theirs, "theirs"));
        let common = ours.lines().any(|line| line.starts_with("- ") && theirs.contains(line) && !BASE.contains(line));
        prop_assert!(short_way_is_right(BASE, &ours, &theirs)? || common || ours == theirs, "not found:\n{}\n{}", ours, theirs);
    }

    #[test]
    fn the_short_way_of_what_was_logged_at_any_time(
        ours in at_any_time(), theirs in at_any_time(), hands in by_hand::changes(), is_by_hand in any::<bool>(),
    ) {
        let base = if is_by_hand { by_hand::side(BASE, &hands) } else { BASE.to_owned() };
        let base = side(&base, &[(1, 0, 1)], "");
        short_way_is_right(&base, &side(&base, &ours, "ours"), &side(&base, &theirs, "theirs"))?;
    }

    #[test]
    fn the_short_way_of_sides_by_commands_and_by_hand(
        ours in by_command::steps(), theirs in by_command::steps(), first in by_command::steps(),
        our_hands in by_hand::changes(), their_hands in by_hand::changes(), hands in any::<bool>(),
    ) {
        let base = by_command::side(BASE, &first);
        let (ours, theirs) = (by_command::side(&base, &ours), by_command::side(&base, &theirs));
        let by_hands = |side: &str, changes: &[by_hand::Change]| if hands { by_hand::side(side, changes) } else { side.to_owned() };
        short_way_is_right(&base, &by_hands(&ours, &our_hands), &by_hands(&theirs, &their_hands))?;
    }
}
