//! `entry-unattested`: entries that no commit of ours attests: typed by hand, squashed, imported, or rebased without their trailers.
//! PURE. They may well be true; the history alone cannot tell who wrote them, and when.

use crate::document::proven_entries::ProvenEntry;
use crate::domain::finding::Level;
use crate::rules::check::rule::Rule;
use crate::rules::verify::step::{Step, and_more, entry_named};

/// The rule.
pub static RULE: Rule = Rule {
    id: "entry-unattested",
    level: Level::Warning,
    what: "an entry that no commit of this program attests: typed by hand, squashed, imported, or its trailers were lost",
    source: "format: Commits; \"Lines typed by hand\"",
};

/// What a Merge entry that a merge itself wrote ends with: no person wrote it, so no commit attests it.
const BY_THE_MERGE: &str = "— qpp-incident";

/// The entries of a step that nobody attests; `is_attested` knows the digests of this commit and of those before it.
pub fn find<'a>(step: &'a Step<'_>, is_attested: &dyn Fn(u64) -> bool) -> Vec<&'a ProvenEntry> {
    let Some(new) = &step.new else { return Vec::new() };
    let is_merge_entry = |entry: &ProvenEntry| {
        let source = new.source(entry);
        source.contains("**Merge.**") && source.trim_end().ends_with(BY_THE_MERGE)
    };
    step.gained.iter().filter(|entry| !is_attested(entry.digest) && !is_merge_entry(entry)).collect()
}

/// What is to be said of them.
pub fn message(step: &Step<'_>, entries: &[&ProvenEntry]) -> String {
    let named = entries.first().zip(step.new.as_deref()).map(|(entry, new)| entry_named(new, entry)).unwrap_or_default();
    let is_squash = entries.iter().any(|entry| step.told.squashed.contains(&entry.digest));
    let why = if is_squash { "squashed together" } else { "typed by hand, or the trailers were lost" };
    format!("no commit attests the entry of {named}{} ({why}), in {}", and_more(entries.len()), step.named())
}

/// What to do about it.
pub const HELP: &str = "record entries with qpp-incident log, and merge incidents/ with merge commits instead of squashing";
