//! `entry-changed`: an entry that a parent has stands there with other words or at another time. Corrections are entries of their own.
//! PURE.

use crate::document::evidence::Evidence;
use crate::document::proven_entries::ProvenEntry;
use crate::domain::finding::Level;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::{Step, and_more, entry_named};

/// The rule.
pub static RULE: Rule = Rule {
    id: "entry-changed",
    level: Level::Error,
    what: "an entry of a parent stands with other words, or at another time or day",
    source: "\"By maintaining a live document with a running log of actions the team has taken\"; a wrong entry is corrected, never edited",
};

/// How alike two entries of different times are that are one, changed.
const ALIKE: f64 = 0.7;

/// How much of an entry is compared.
const COMPARED: usize = 300;

/// Puts each lost entry together with the gained one that stands in its place, if there is one.
pub fn pairs(old: &Evidence, new: &Evidence, lost: Vec<ProvenEntry>, gained: &[ProvenEntry]) -> Vec<(ProvenEntry, Option<ProvenEntry>)> {
    let mut gained: Vec<&ProvenEntry> = gained.iter().collect();
    let mut pair = |entry: ProvenEntry| {
        let likeness = |other: &ProvenEntry| {
            let alike = likeness(old.source(&entry), new.source(other));
            if other.at == entry.at { alike + 1.0 } else { alike }
        };
        let best = gained.iter().enumerate().map(|(index, other)| (index, likeness(other))).max_by(|one, two| one.1.total_cmp(&two.1));
        let other = best.filter(|(_, likeness)| *likeness >= ALIKE).map(|(index, _)| gained.swap_remove(index).clone());
        (entry, other)
    };
    lost.into_iter().map(&mut pair).collect()
}

/// From 0 to 1, the times aside.
fn likeness(one: &str, two: &str) -> f64 {
    let words = |source: &str| {
        let said = source.split_once(": ").map_or(source, |(_, said)| said);
        said.chars().take(COMPARED).collect::<String>()
    };
    strsim::normalized_levenshtein(&words(one), &words(two))
}

/// What is to be said of entries that a commit changed.
pub fn message(step: &Step<'_>, old: &Evidence, new: &Evidence, changed: &[(ProvenEntry, ProvenEntry)]) -> String {
    let Some((was, is)) = changed.first() else { return String::new() };
    let now = if was.at == is.at { format!("reads \"{}\"", said(new, is)) } else { format!("stands as {}", entry_named(new, is)) };
    format!("the entry of {}{} {now} since {}", entry_named(old, was), and_more(changed.len()), step.named())
}

fn said(evidence: &Evidence, entry: &ProvenEntry) -> String {
    let line = evidence.source(entry).lines().next().unwrap_or_default();
    crate::domain::text::cut(line.split_once(": ").map_or(line, |(_, said)| said).trim_end(), 80)
}
