//! `unproven-action`: what is acted on is provably correct.
//! PURE. An entry that names an assumption which was open when it was written.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::timeline_section::TimelineEntry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::reference::{Reference, ReferenceKind, named_in};
use crate::domain::text::cut;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unproven-action",
    level: Level::Warning,
    what: "an action names an assumption that was open when it was recorded: a warning until the assumption is settled, then advice",
    source: "\"Be skeptical of assumptions. Information should be provably correct before being acted on\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document() else { return Vec::new() };
    let mut open: BTreeMap<Reference, String> = BTreeMap::new();
    let mut acted: Vec<(&TimelineEntry, Reference, String)> = Vec::new();
    for found in document.timeline().standing() {
        let entry = &found.entry;
        match (entry.kind, entry.reference) {
            (Some(EntryKind::Assumption), Some(reference)) => drop(open.insert(reference, entry.first_line())),
            (Some(EntryKind::Confirmed | EntryKind::Refuted), Some(reference)) => drop(open.remove(&reference)),
            (kind, _) if is_action(kind) => {
                let named: BTreeSet<Reference> = named_in(&entry.text, ReferenceKind::Assumption).into_iter().collect();
                acted.extend(named.into_iter().filter_map(|named| Some((found, named, open.get(&named)?.clone()))));
            }
            _ => {}
        }
    }
    acted.into_iter().map(|(found, reference, text)| finding(folder, found, reference, &text, open.contains_key(&reference))).collect()
}

fn finding(folder: &CheckedFolder, found: &TimelineEntry, reference: Reference, assumed: &str, is_open: bool) -> Finding {
    let id = folder.id();
    let message = format!("this rested on assumption {reference}, which nothing had proved: {}", cut(assumed, 60));
    let finding = folder.at_line(&RULE, found.line, message);
    if is_open {
        finding.with_help(format!("qpp-incident confirm {id} {reference} TEXT, or qpp-incident refute {id} {reference} TEXT"))
    } else {
        finding.at_level(Level::Advice).with_help("nothing mends it; in time, confirm or refute what is assumed before acting on it")
    }
}

/// The kinds that say what somebody did or is about to do.
fn is_action(kind: Option<EntryKind>) -> bool {
    matches!(kind, None | Some(EntryKind::Mitigated | EntryKind::Resolved | EntryKind::ApprovalAsked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{Sample, lines, running};

    fn found(entries: &[&str]) -> Vec<String> {
        let sample = entries.iter().fold(running("01:00:00"), |sample: Sample, entry| sample.with_last_entry(entry));
        let lines = lines(RULE.id, &check(&sample.read()));
        lines.iter().filter_map(|line| line.split_once(' ').map(|(_, rest)| rest.to_owned())).collect()
    }

    const ASSUMED: &str = "- 00:10 EST: **Assumption S2M.** The pool is too small. — Ada Byron";
    const ACTED: &str = "- 00:11 EST: Because of S2M, doubled the pool. — Ada Byron";
    const CONFIRMED: &str = "- 00:12 EST: **Confirmed S2M.** \"The pool is too small\": seen. — Ada Byron";

    #[test]
    fn an_action_on_an_open_assumption_is_named() {
        let message = "this rested on assumption S2M, which nothing had proved: The pool is too small.";
        assert_eq!(found(&[ASSUMED, ACTED]), [format!("warning {message}")]);
        assert_eq!(found(&[ASSUMED, ACTED, CONFIRMED]), [format!("advice {message}")]);
    }

    #[test]
    fn one_on_what_was_proved_passes_and_so_does_what_is_no_assumption() {
        let later = "- 00:13 EST: Because of S2M, doubled the pool. — Ada Byron";
        assert!(found(&[ASSUMED, CONFIRMED, later]).is_empty());
        assert!(found(&[ACTED]).is_empty());
    }
}
