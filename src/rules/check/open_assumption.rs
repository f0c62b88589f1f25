//! `open-assumption`: what was assumed was proved or disproved by the close.
//! PURE.

use std::collections::BTreeSet;

use crate::domain::entry_kind::EntryKind;
use crate::domain::finding::{Finding, Level};
use crate::domain::text::cut;
use crate::rules::check::checked_folder::CheckedFolder;
use crate::rules::check::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    id: "open-assumption",
    level: Level::Warning,
    what: "an incident closed as resolved has an assumption that was neither confirmed nor refuted",
    source: "\"Be skeptical of assumptions. Information should be provably correct before being acted on\"",
};

/// Applies it.
pub fn check(folder: &CheckedFolder) -> Vec<Finding> {
    let Some(document) = folder.document().filter(|_| folder.is_closed_as_resolved()) else { return Vec::new() };
    let is_answer = |kind: EntryKind| matches!(kind, EntryKind::Confirmed | EntryKind::Refuted);
    let answered: BTreeSet<_> = document
        .timeline()
        .standing()
        .filter(|found| found.entry.kind.is_some_and(is_answer))
        .filter_map(|found| found.entry.reference)
        .collect();
    let assumed = document.timeline().standing().filter(|found| found.entry.kind == Some(EntryKind::Assumption));
    let open = assumed.filter_map(|found| Some((found, found.entry.reference.filter(|reference| !answered.contains(reference))?)));
    open.map(|(found, reference)| {
        let message = format!("assumption {reference} was neither confirmed nor refuted: {}", cut(&found.entry.first_line(), 60));
        let help =
            format!("qpp-incident confirm {reference} TEXT -i {id}, or qpp-incident refute {reference} TEXT -i {id}", id = folder.id());
        folder.at_line(&RULE, found.line, message).with_help(help)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::sample::{lines, sound};

    #[test]
    fn an_assumption_without_an_answer_is_named() {
        let sample = sound().with_entry("- 00:05 EST: **Assumption S2M.** It is the pool. — Ada Byron");
        let found = lines(RULE.id, &check(&sample.clone().read()));
        assert_eq!(found, ["incident.md:56 warning assumption S2M was neither confirmed nor refuted: It is the pool."]);
        assert!(check(&sample.with_last_entry("- 01:30 EST: **Confirmed S2M.** \"It is the pool\": seen. — Ada Byron").read()).is_empty());
        assert!(check(&sound().read()).is_empty());
    }
}
