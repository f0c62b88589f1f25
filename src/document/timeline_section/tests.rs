//! Where entries are seen and where new ones go, on documents as people leave them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;

fn timeline(text: &str) -> Timeline {
    Timeline::read(text, &Outline::read(text, 0), Zone::default(), &|_| true)
}

fn entry(at: &str, text: &str) -> Entry {
    Entry::new(at.parse().unwrap(), text)
}

fn inserted(text: &str, at: &str, said: &str) -> String {
    insert(text, &timeline(text), &entry(at, said), Zone::default())
}

const BASE: &str = "# T\n\n## Timeline (all times America/New_York)\n\n### 2026-11-22\n\n- 23:58 EST: one\n\n### 2026-11-23\n\n- 00:04 EST: two\n- 00:10 EST: three\n  more\n\n## Trigger\n";

#[test]
fn an_entry_goes_behind_those_that_are_not_later() {
    let found = inserted(BASE, "2026-11-23T00:04:30-05:00", "new");
    assert_eq!(found, BASE.replace("two\n", "two\n- 00:04 EST: new\n"));
    let found = inserted(BASE, "2026-11-23T00:11:00-05:00", "new");
    assert_eq!(found, BASE.replace("  more\n", "  more\n- 00:11 EST: new\n"));
    let found = inserted(BASE, "2026-11-23T00:01:00-05:00", "new");
    assert_eq!(found, BASE.replace("- 00:04", "- 00:01 EST: new\n- 00:04"));
}

#[test]
fn a_day_gets_its_heading_where_it_belongs() {
    let found = inserted(BASE, "2026-11-24T09:00:00-05:00", "new");
    assert_eq!(found, BASE.replace("  more\n", "  more\n\n### 2026-11-24\n\n- 09:00 EST: new\n"));
    let found = inserted(BASE, "2026-11-20T09:00:00-05:00", "new");
    assert_eq!(found, BASE.replace("### 2026-11-22\n", "### 2026-11-20\n\n- 09:00 EST: new\n\n### 2026-11-22\n"));
    let empty = "## Timeline\n\n<!-- log -->\n\n## Trigger\n";
    let found = inserted(empty, "2026-11-24T09:00:00-05:00", "new");
    assert_eq!(found, "## Timeline\n\n<!-- log -->\n\n### 2026-11-24\n\n- 09:00 EST: new\n\n## Trigger\n");
}

#[test]
fn no_section_and_no_final_newline_are_no_trouble() {
    let found = inserted("# T", "2026-11-24T09:00:00-05:00", "new");
    assert_eq!(found, "# T\n\n## Timeline (all times America/New_York)\n\n### 2026-11-24\n\n- 09:00 EST: new\n");
    let found = inserted("## Timeline\n\n### 2026-11-24\n\n- 08:00 EST: old", "2026-11-24T09:00:00-05:00", "new");
    assert_eq!(found, "## Timeline\n\n### 2026-11-24\n\n- 08:00 EST: old\n- 09:00 EST: new\n");
    let found = inserted("## Timeline\n\n### 2026-11-24", "2026-11-24T09:00:00-05:00", "new");
    assert_eq!(found, "## Timeline\n\n### 2026-11-24\n\n- 09:00 EST: new\n");
}

#[test]
fn carriage_returns_are_kept() {
    let text = BASE.replace('\n', "\r\n");
    let found = inserted(&text, "2026-11-24T09:00:00-05:00", "new\nline");
    assert_eq!(found, text.replace("  more\r\n", "  more\r\n\r\n### 2026-11-24\r\n\r\n- 09:00 EST: new\r\n  line\r\n"));
}

#[test]
fn what_belongs_to_an_entry_stays_with_it() {
    let text = "## Timeline\n\n### 2026-11-22\n\n- 10:00 EST: one\n\nA paragraph by hand.\n\n- not an entry\n- 10:20 EST: two\n";
    let found = inserted(text, "2026-11-22T10:10:00-05:00", "new");
    assert_eq!(found, text.replace("- not an entry\n", "- not an entry\n- 10:10 EST: new\n"));
    assert_eq!(timeline(text).unread.first().unwrap().line, 9);
}

#[test]
fn lines_that_look_like_entries_in_code_and_nested_lists_are_none() {
    let text = "## Timeline\n\n### 2026-11-22\n\n- 10:00 EST: one\n  - 10:01 EST: nested\n\n```\n- 10:02 EST: code\n```\n\n> - 10:03 EST: quoted\n\n<!--\n- 10:04 EST: hidden\n-->\n";
    let timeline = timeline(text);
    assert_eq!(timeline.entries.len(), 1);
    assert_eq!(timeline.entries.first().unwrap().entry.text, "one\n- 10:01 EST: nested");
}

proptest! {
    #[test]
    fn an_insert_adds_one_entry_and_changes_no_other_byte(minutes in 0i64..4000, text in "[ -~\n]{1,40}", crlf: bool) {
        let base = if crlf { BASE.replace('\n', "\r\n") } else { BASE.to_owned() };
        prop_assume!(!crate::domain::text::tidy(&text).is_empty());
        let at = "2026-11-22T00:00:00-05:00".parse::<Timestamp>().unwrap().plus_seconds(minutes * 60);
        let new = Entry::new(at, &text);
        let found = insert(&base, &timeline(&base), &new, Zone::default());
        let after = timeline(&found);
        prop_assert_eq!(after.entries.len(), 4);
        prop_assert!(after.entries.windows(2).all(|pair| pair[0].entry.at <= pair[1].entry.at));
        prop_assert!(after.unread.is_empty());
        // Taking the new lines out again gives the old bytes: they are a subsequence with one gap or two.
        let common = found.bytes().zip(base.bytes()).take_while(|(a, b)| a == b).count();
        let rest = found.len() - base.len() + common;
        prop_assert_eq!(&found.as_bytes()[rest..], &base.as_bytes()[common..]);
    }
}
