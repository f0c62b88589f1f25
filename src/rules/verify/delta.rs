//! What one version of a document has lost and gained against another, entry by entry: an entry is its time and its bytes.
//! PURE. Counts are compared, so a line that stood twice and stands once is lost once.

use std::collections::HashMap;

use crate::document::evidence::Evidence;
use crate::document::proven_entries::{Identity, ProvenEntry};
use crate::document::redaction::is_without_words;
use crate::domain::entry_kind::EntryKind;

/// Lost and gained entries, in the order of their documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    /// Those of the old version that the new one lacks.
    pub lost: Vec<ProvenEntry>,
    /// Those of the new version that the old one lacks.
    pub gained: Vec<ProvenEntry>,
}

impl Delta {
    /// Compares two versions; one that is not there has no entries.
    pub fn between(old: Option<&Evidence>, new: Option<&Evidence>) -> Self {
        let of = |evidence: Option<&Evidence>| evidence.map(|evidence| evidence.entries().to_vec()).unwrap_or_default();
        match (old, new) {
            (Some(old), Some(new)) => between(old.entries(), new.entries()),
            _ => Self { lost: of(old), gained: of(new) },
        }
    }

    /// Takes out the entries whose words were redacted: each has a new form without its words, and a Redacted entry that came with it
    /// and names its minute. The new forms are gained no more either.
    ///
    /// # Source
    /// Spec §2: "`redact ENTRY REASON` is the one lawful change".
    #[must_use]
    pub fn without_redactions(mut self, old: Option<&Evidence>, new: Option<&Evidence>) -> Self {
        let (Some(old), Some(new)) = (old, new) else { return self };
        if self.lost.is_empty() {
            return self;
        }
        let gained = self.gained.iter().filter_map(|entry| new.entry(entry));
        let mut notes: Vec<String> = gained.filter(|entry| entry.kind == Some(EntryKind::Redacted)).map(|entry| entry.text).collect();
        let Self { lost, gained } = &mut self;
        lost.retain(|entry| {
            let minute = format!("{}: ", new.zone.date_minute(entry.at));
            let Some(note) = notes.iter().position(|note| note.starts_with(&minute)) else { return true };
            let Some(form) = redacted_form(old, entry, new, gained) else { return true };
            notes.swap_remove(note);
            gained.remove(form);
            false
        });
        self
    }
}

fn redacted_form(old: &Evidence, entry: &ProvenEntry, new: &Evidence, gained: &[ProvenEntry]) -> Option<usize> {
    let entry = old.entry(entry)?;
    gained.iter().position(|form| new.entry(form).is_some_and(|form| is_without_words(&entry, &form)))
}

fn between(old: &[ProvenEntry], new: &[ProvenEntry]) -> Delta {
    let same = |(one, two): &(&ProvenEntry, &ProvenEntry)| one.identity() == two.identity();
    let head = old.iter().zip(new).take_while(same).count();
    let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let old = old.get(..old.len() - tail).unwrap_or_default();
    let new = new.get(..new.len() - tail).unwrap_or_default();
    Delta { lost: beyond(old, new), gained: beyond(new, old) }
}

/// The entries of one list that the other does not have, or not as often.
fn beyond(these: &[ProvenEntry], others: &[ProvenEntry]) -> Vec<ProvenEntry> {
    if others.is_empty() {
        return these.to_vec();
    }
    let mut counts = counts(others);
    let is_beyond = |entry: &&ProvenEntry| match counts.get_mut(&entry.identity()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(is_beyond).cloned().collect()
}

/// How often each entry stands in a list.
pub fn counts(entries: &[ProvenEntry]) -> HashMap<Identity, usize> {
    entries.iter().fold(HashMap::new(), |mut counts, entry| {
        *counts.entry(entry.identity()).or_default() += 1;
        counts
    })
}

/// Those of the gained entries that are gained against every parent: what the commit itself adds.
pub fn common(deltas: &[&Delta]) -> Vec<ProvenEntry> {
    let Some((first, others)) = deltas.split_first() else { return Vec::new() };
    others.iter().fold(first.gained.clone(), |common, other| {
        let mut left = counts(&other.gained);
        let mut is_common = |entry: &ProvenEntry| match left.get_mut(&entry.identity()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        common.into_iter().filter(|entry| is_common(entry)).collect()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::domain::history::Blob;

    fn read(lines: &[&str]) -> Evidence {
        let front = "---\nid: INC-K7QFM\ntitle: x\nstatus: open\n---\n\n## Timeline\n\n";
        let text = format!("{front}{}\n", lines.join("\n"));
        Evidence::read(&Arc::new(Blob { id: String::new(), text }), None)
    }

    fn sources(evidence: &Evidence, entries: &[ProvenEntry]) -> Vec<String> {
        entries.iter().map(|entry| evidence.source(entry).trim().to_owned()).collect()
    }

    fn lost_and_gained(old: &[&str], new: &[&str]) -> (Vec<String>, Vec<String>) {
        let (old, new) = (read(old), read(new));
        let delta = Delta::between(Some(&old), Some(&new)).without_redactions(Some(&old), Some(&new));
        (sources(&old, &delta.lost), sources(&new, &delta.gained))
    }

    const DAY: &str = "### 2026-11-23\n";

    #[test]
    fn order_layout_and_other_lines_lose_nothing() {
        let old = [DAY, "- 00:10 EST: a", "- 00:11 EST: b\n  more"];
        assert_eq!(lost_and_gained(&old, &old), (vec![], vec![]));
        assert_eq!(lost_and_gained(&old, &[DAY, "\n- 00:11 EST: b  \n  more\n\nprose\n", "- 00:10 EST: a\r"]), (vec![], vec![]));
    }

    #[test]
    fn a_line_that_stood_twice_is_lost_once() {
        let (lost, gained) = lost_and_gained(&[DAY, "- 00:10 EST: a", "- 00:10 EST: a"], &[DAY, "- 00:10 EST: a", "- 00:11 EST: b"]);
        assert_eq!((lost, gained), (vec!["- 00:10 EST: a".to_owned()], vec!["- 00:11 EST: b".to_owned()]));
    }

    #[test]
    fn another_day_above_a_line_is_another_entry() {
        let (lost, gained) = lost_and_gained(&[DAY, "- 00:10 EST: a"], &["### 2026-11-24\n", "- 00:10 EST: a"]);
        assert_eq!((lost.len(), gained.len()), (1, 1));
    }

    #[test]
    fn a_redaction_with_its_entry_is_lawful_and_one_without_is_not() {
        let old = [DAY, "- 00:10 EST: **Update.** The word is x. — Ada", "- 00:11 EST: b — Ada"];
        let form = "- 00:10 EST: **Update.** [redacted 2026-11-24: secret] — Ada";
        let note = "- 00:20 EST: **Redacted.** 2026-11-23 00:10 EST: secret. — Ada";
        let (lost, gained) = lost_and_gained(&old, &[DAY, form, "- 00:11 EST: b — Ada", note]);
        assert_eq!((lost, gained), (vec![], vec![note.to_owned()]));
        assert_eq!(lost_and_gained(&old, &[DAY, form, "- 00:11 EST: b — Ada"]).0.len(), 1);
        let other = "- 00:10 EST: **Update.** [redacted 2026-11-24: secret] — Eve";
        assert_eq!(lost_and_gained(&old, &[DAY, other, "- 00:11 EST: b — Ada", note]).0.len(), 1);
        assert_eq!(lost_and_gained(&old, &[DAY, form, note]).0, ["- 00:11 EST: b — Ada"]);
    }

    #[test]
    fn what_only_one_side_of_a_merge_lacks_came_from_the_other() {
        let merged = read(&[DAY, "- 00:10 EST: a", "- 00:11 EST: b", "- 00:12 EST: c"]);
        let of = |lines: &[&str]| Delta::between(Some(&read(lines)), Some(&merged));
        let (one, two) = (of(&[DAY, "- 00:10 EST: a"]), of(&[DAY, "- 00:11 EST: b"]));
        assert_eq!(sources(&merged, &common(&[&one, &two])), ["- 00:12 EST: c"]);
    }
}
