//! All rules of `verify`, in the order of `docs/verify.md`.
//! PURE.

use crate::rules::check::rule::Rule;
use crate::rules::verify::{
    by_hand, committed_late, document_unread, entry_changed, entry_lost, entry_unattested, history_rewritten, instant_changed, shallow,
    signature, trailer_mismatch,
};

/// Every rule once.
pub fn rules() -> [&'static Rule; 11] {
    [
        &entry_lost::RULE,
        &entry_changed::RULE,
        &instant_changed::RULE,
        &trailer_mismatch::RULE,
        &signature::RULE,
        &history_rewritten::RULE,
        &shallow::RULE,
        &entry_unattested::RULE,
        &committed_late::RULE,
        &document_unread::RULE,
        &by_hand::RULE,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_every_rule_as_it_is() {
        let page = include_str!("../../../docs/verify.md");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let wanted: Vec<String> = rules().into_iter().map(Rule::row).collect();
        assert_eq!(rows, wanted, "docs/verify.md should hold:\n{}", wanted.join("\n"));
    }
}
