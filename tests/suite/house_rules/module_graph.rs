//! Which file uses which, by the paths in its code (a `mod` line is no use), and the cycles among them.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::paths_in;
use super::source::SourceFile;
use super::violation::Violation;

/// From a file to those that it uses, with the line.
type Uses = BTreeMap<String, BTreeMap<String, usize>>;

/// One violation for each group of files that use each other.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    let uses = uses(files);
    let mut found = BTreeSet::new();
    let mut violations = Vec::new();
    for file in uses.keys() {
        if let Some(cycle) = cycle_through(file, &uses)
            && found.insert(cycle.iter().cloned().collect::<BTreeSet<_>>())
        {
            let line = cycle.get(1).and_then(|next| uses.get(file)?.get(next)).copied().unwrap_or_default();
            violations.push(Violation::new(file, line, format!("files use each other: {}", cycle.join(" -> "))));
        }
    }
    violations
}

fn uses(files: &[SourceFile]) -> Uses {
    let by_module: BTreeMap<Vec<String>, &str> =
        files.iter().filter(|file| !file.path.ends_with("lib.rs")).map(|file| (file.module(), file.path.as_str())).collect();
    let mut uses = Uses::new();
    for file in files {
        for path in paths_in(&file.production, &file.module()) {
            let Some(target) = file_of(&path.parts, &by_module).filter(|target| *target != file.path) else { continue };
            uses.entry(file.path.clone()).or_default().entry(target.to_owned()).or_insert(path.line);
        }
    }
    uses
}

/// The file of the longest module that begins the path.
fn file_of<'a>(parts: &[String], by_module: &BTreeMap<Vec<String>, &'a str>) -> Option<&'a str> {
    let inner = parts.strip_prefix(&["crate".to_owned()])?;
    (1..=inner.len()).rev().find_map(|length| by_module.get(inner.get(..length)?).copied())
}

/// The shortest way from a file back to itself.
fn cycle_through(start: &str, uses: &Uses) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in way.last().and_then(|last| uses.get(last)).into_iter().flat_map(BTreeMap::keys) {
                let further = [way.as_slice(), std::slice::from_ref(next)].concat();
                if next == start {
                    return Some(further);
                }
                if seen.insert(next.clone()) {
                    longer.push(further);
                }
            }
        }
        ways = longer;
    }
    None
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    fn broken(files: &[(&str, &str)]) -> Vec<String> {
        lines(&check(&files.iter().map(|(path, text)| SourceFile::new(path, text)).collect::<Vec<_>>()))
    }

    #[test]
    fn a_cycle_over_three_files_is_found_once() {
        let files = [
            ("src/domain/a.rs", "\nuse crate::domain::b::B;"),
            ("src/domain/b.rs", "fn f() { super::c::go() }"),
            ("src/domain/c.rs", "use crate::domain::a::A;"),
            ("src/domain/d.rs", "use crate::domain::a::A;"),
        ];
        assert_eq!(
            broken(&files),
            ["src/domain/a.rs:2: files use each other: src/domain/a.rs -> src/domain/b.rs -> src/domain/c.rs -> src/domain/a.rs"]
        );
    }

    #[test]
    fn a_parent_and_its_child_may_not_use_each_other() {
        let child = ("src/commands/ack.rs", "use crate::commands::load;");
        assert_eq!(broken(&[("src/commands/mod.rs", "pub mod ack; fn f() { self::ack::run() }"), child]).len(), 1);
        assert!(broken(&[("src/commands/mod.rs", "pub mod ack; pub fn load() {}"), child]).is_empty());
    }

    #[test]
    fn tests_make_no_cycle() {
        let files =
            [("src/domain/a.rs", "use crate::domain::b::B;"), ("src/domain/b.rs", "#[cfg(test)]\nmod tests { use crate::domain::a::A; }")];
        assert!(broken(&files).is_empty());
    }
}
