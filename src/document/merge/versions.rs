//! Prose that both sides changed: a set of versions, of which a person keeps one (M7).
//! PURE. A set, so that versions merged again are neither doubled nor lost.

use std::collections::BTreeSet;

use crate::document::merge::three::{Three, stands};

/// The line above the versions.
pub const OPEN: &str = "<!-- versions: keep one -->";
/// What stands between two of them.
pub const OR: &str = "<!-- or -->";
/// The line below them.
pub const CLOSE: &str = "<!-- end of versions -->";

/// The versions that a text is: those of a set, else itself; of nothing none. Blank lines around one are no part of it.
pub fn read(text: &str) -> BTreeSet<String> {
    let bare = text.trim_end().trim_start_matches('\n');
    let inner = bare.trim_start().strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
    let Some(inner) = inner else { return Some(bare.to_owned()).filter(|bare| !bare.is_empty()).into_iter().collect() };
    let mut versions = BTreeSet::new();
    let mut version = String::new();
    for line in inner.lines().chain([OR]) {
        if matches!(line.trim(), OR | OPEN | CLOSE) {
            versions.extend(Some(version.trim_end().trim_start_matches('\n').to_owned()).filter(|version| !version.is_empty()));
            version.clear();
        } else {
            version.push_str(line);
            version.push('\n');
        }
    }
    versions
}

/// Puts sets together: what both have and what one added; if that is nothing, all that either has.
pub fn merge(sets: &Three<BTreeSet<String>>) -> BTreeSet<String> {
    let Three { base, ours, theirs } = sets;
    let all: BTreeSet<String> = ours.union(theirs).cloned().collect();
    let in_base = |version: &String| base.as_ref().is_some_and(|base| base.contains(version));
    let standing: BTreeSet<String> =
        all.iter().filter(|version| stands(in_base(version), ours.contains(*version), theirs.contains(*version))).cloned().collect();
    if standing.is_empty() { all } else { standing }
}

/// The lines of a set; one version alone is that.
pub fn write(versions: &BTreeSet<String>) -> String {
    if versions.len() < 2 {
        return versions.iter().flat_map(|version| [version.as_str(), "\n"]).collect();
    }
    let texts: Vec<String> = versions.iter().map(|version| format!("{version}\n")).collect();
    format!("{OPEN}\n{}\n{CLOSE}\n", texts.join(&format!("\n{OR}\n")))
}

/// As [`write()`], on one line: for the cell of a table.
pub fn write_inline(versions: &BTreeSet<String>) -> String {
    if versions.len() < 2 {
        return versions.iter().cloned().collect();
    }
    let texts: Vec<&str> = versions.iter().map(String::as_str).collect();
    format!("{OPEN} {} {CLOSE}", texts.join(&format!(" {OR} ")))
}

/// The inverse of [`write_inline`].
pub fn read_inline(text: &str) -> BTreeSet<String> {
    let inner = text.trim().strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE)).unwrap_or(text);
    inner.split(OR).map(|version| version.trim().to_owned()).filter(|version| !version.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(versions: &[&str]) -> BTreeSet<String> {
        versions.iter().map(|version| (*version).to_owned()).collect()
    }

    #[test]
    fn a_set_is_read_back() {
        for versions in [set(&[]), set(&["a\nb"]), set(&["a", "  - b\n\n  c"]), set(&["a", "b", "c"])] {
            assert_eq!(read(&write(&versions)), versions);
            assert_eq!(read_inline(&write_inline(&set(&["a", "b | c"]))), set(&["a", "b | c"]));
        }
    }

    #[test]
    fn a_version_that_was_chosen_on_one_side_is_chosen() {
        let merged =
            |base: &[&str], ours: &[&str], theirs: &[&str]| merge(&Three { base: Some(set(base)), ours: set(ours), theirs: set(theirs) });
        assert_eq!(merged(&["o"], &["a"], &["b"]), set(&["a", "b"]));
        assert_eq!(merged(&["a", "b"], &["a"], &["a", "b"]), set(&["a"]));
        assert_eq!(merged(&["a", "b"], &["a"], &["b"]), set(&["a", "b"]), "each chose another: both stand");
        assert_eq!(merged(&["a", "b"], &["c"], &["a", "b", "d"]), set(&["c", "d"]));
    }
}
