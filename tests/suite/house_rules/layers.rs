//! Who may use whom: `domain <- document <- {rules, store, outside}`, `terminal` over domain and document, `context` and `error` over
//! all of these, then `commands <- cli <- main`. The table is the rule; a layer that it does not name is refused.

use super::paths::paths_in;
use super::source::SourceFile;
use super::violation::Violation;

/// A layer and the layers that it may name, itself aside.
pub const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("exit_status", &[]),
    ("document", &["domain"]),
    ("rules", &["domain", "document"]),
    ("store", &["domain", "document"]),
    ("outside", &["domain", "document"]),
    ("terminal", &["domain", "document"]),
    ("error", &["domain", "document", "rules", "store", "outside", "terminal", "exit_status"]),
    ("context", &["domain", "document", "rules", "store", "outside", "terminal", "error"]),
    ("commands", &["domain", "document", "rules", "store", "outside", "terminal", "context", "error", "exit_status"]),
    ("cli", &["domain", "terminal", "context", "error", "exit_status", "commands"]),
    ("main", &["terminal", "context", "error", "exit_status", "cli"]),
    ("lib", &[]),
];

/// Names of a layer that the table does not allow.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Vec<Violation> {
    let layer = file.layer();
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == layer) else {
        return vec![Violation::new(&file.path, 0, format!("`{layer}` is no layer of the table in tests/suite/house_rules/layers.rs"))];
    };
    let named = paths_in(&file.production, &file.module());
    named
        .iter()
        .filter_map(|path| {
            let [root, target, ..] = path.parts.as_slice() else { return None };
            let ours = root == "crate" || root == "qpp_incident";
            let is_layer = ALLOWED.iter().any(|(name, _)| name == target);
            let fits = *target == layer || allowed.contains(&target.as_str());
            let message = || format!("{layer} may not use {target} ({}); allowed: {}", path.parts.join("::"), allowed.join(", "));
            (ours && is_layer && !fits).then(|| Violation::new(&file.path, path.line, message()))
        })
        .collect()
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    fn broken(path: &str, text: &str) -> Vec<String> {
        lines(&check(&[SourceFile::new(path, text)]))
    }

    #[test]
    fn a_layer_may_not_name_one_above_it() {
        assert_eq!(
            broken("src/domain/x.rs", "//! x\nuse crate::{document::table, domain::y};"),
            ["src/domain/x.rs:2: domain may not use document (crate::document::table); allowed: "]
        );
        assert_eq!(broken("src/rules/x.rs", "fn f() { super::super::store::record::record() }").len(), 1);
        assert_eq!(broken("src/main.rs", "qpp_incident::store::record::record();").len(), 1);
    }

    #[test]
    fn what_the_table_allows_passes() {
        assert!(broken("src/store/x.rs", "use crate::document::a; use crate::domain::b; use crate::store::c;").is_empty());
        assert!(broken("src/domain/x.rs", "// crate::store\n#[cfg(test)]\nmod tests { use crate::document::x; }").is_empty());
    }

    #[test]
    fn a_layer_must_be_in_the_table() {
        assert_eq!(broken("src/plumbing/x.rs", "").len(), 1);
    }
}
