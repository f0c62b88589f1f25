//! Each effect and each crate with a trap has one home; named anywhere else, it is a violation.

use super::paths::paths_in;
use super::source::SourceFile;
use super::violation::Violation;

/// The end of a path (or a macro with its `!`), and the layers or files in which it may stand.
const HOMES: &[(&str, &[&str])] = &[
    ("std::fs", &["store"]),
    ("git2", &["store"]),
    ("std::process::Command", &["store", "terminal", "outside"]),
    ("std::process::exit", &["src/terminal/interrupt.rs"]),
    ("Utc::now", &["context", "main"]),
    ("Local::now", &["context", "main"]),
    ("SystemTime::now", &["context", "main"]),
    ("std::env", &["context", "main"]),
    ("std::io::stdout", &["terminal"]),
    ("std::io::stderr", &["terminal"]),
    ("std::io::stdin", &["terminal"]),
    ("io::stdout", &["terminal"]),
    ("io::stderr", &["terminal"]),
    ("io::stdin", &["terminal"]),
    ("dialoguer", &["terminal"]),
    ("ctrlc", &["terminal"]),
    ("anstream", &["terminal"]),
    ("comfy_table", &["terminal"]),
    ("terminal_size", &["terminal"]),
    ("serde_yaml", &["src/document/header.rs"]),
    ("granit_parser", &["document"]),
    ("comrak", &["document"]),
    ("pulldown_cmark", &["document"]),
    ("minijinja", &["document"]),
    ("anyhow", &["commands", "cli", "context", "error", "main"]),
];

const PRINTING: &[&str] = &["println!", "print!", "eprintln!", "eprint!", "dbg!"];
const PRINTING_HOME: &[&str] = &["terminal"];

/// Effects and crates named outside their home.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().flat_map(|file| [paths(file), macros(file)].concat()).collect()
}

fn paths(file: &SourceFile) -> Vec<Violation> {
    let named = paths_in(&file.production, &file.module());
    let broken = named.iter().flat_map(|path| {
        let homeless = HOMES.iter().filter(|(thing, homes)| names(&path.parts, thing) && !at_home(file, homes));
        homeless.map(|(thing, homes)| violation(file, path.line, thing, homes))
    });
    broken.collect()
}

/// A crate or `std` path is named from its beginning, `Utc::now` wherever it stands.
fn names(parts: &[String], thing: &str) -> bool {
    let wanted: Vec<&str> = thing.split("::").collect();
    let from_start = parts.iter().zip(&wanted).filter(|(part, want)| part == want).count() == wanted.len();
    let anywhere = wanted.len() == 2 && wanted[0] != "std" && parts.windows(2).any(|pair| pair == wanted);
    from_start || anywhere
}

fn macros(file: &SourceFile) -> Vec<Violation> {
    let lines = file.production.lines().enumerate();
    let printing = lines.flat_map(|(at, line)| PRINTING.iter().filter(move |name| calls(line, name)).map(move |name| (at + 1, name)));
    printing.filter(|_| !at_home(file, PRINTING_HOME)).map(|(line, name)| violation(file, line, name, PRINTING_HOME)).collect()
}

fn calls(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn at_home(file: &SourceFile, homes: &[&str]) -> bool {
    homes.iter().any(|home| *home == file.layer() || *home == file.path)
}

fn violation(file: &SourceFile, line: usize, thing: &str, homes: &[&str]) -> Violation {
    Violation::new(&file.path, line, format!("`{thing}` belongs in: {}", homes.join(", ")))
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    fn broken(path: &str, text: &str) -> Vec<String> {
        lines(&check(&[SourceFile::new(path, text)]))
    }

    #[test]
    fn every_thing_is_refused_away_from_home() {
        for (thing, homes) in HOMES {
            let found = broken("src/domain/x.rs", &format!("\nfn f() {{ {thing}::x(); }}"));
            assert!(found.iter().any(|line| line.starts_with(&format!("src/domain/x.rs:2: `{thing}` belongs in: "))), "{thing}: {found:?}");
            for home in homes.iter().filter(|home| !home.contains('/')) {
                assert!(broken(&format!("src/{home}/x.rs"), &format!("fn f() {{ {thing}::x(); }}")).is_empty(), "{thing} in {home}");
            }
        }
    }

    #[test]
    fn imports_in_groups_are_seen() {
        assert_eq!(broken("src/rules/x.rs", "use std::{collections::BTreeMap, fs};"), ["src/rules/x.rs:1: `std::fs` belongs in: store"]);
        assert_eq!(broken("src/rules/x.rs", "chrono::Utc::now()"), ["src/rules/x.rs:1: `Utc::now` belongs in: context, main"]);
    }

    #[test]
    fn printing_is_refused_but_in_the_terminal() {
        for name in PRINTING {
            assert_eq!(broken("src/commands/x.rs", &format!("{name}(\"x\");")).len(), 1, "{name}");
            assert!(broken("src/terminal/x.rs", &format!("{name}(\"x\");")).is_empty(), "{name}");
        }
        assert!(broken("src/commands/x.rs", "// println!(1)\nlet s = \"println!(1)\"; my_println!(1);").is_empty());
    }
}
