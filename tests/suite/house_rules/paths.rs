//! The paths that code names (`a::b::c`), groups spread out, `self` and `super` made whole.

/// A named path and the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPath {
    /// Its parts; the first is `crate`, `std`, a crate's or an imported name.
    pub parts: Vec<String>,
    /// The line, from 1.
    pub line: usize,
}

/// Every path with at least two parts, as the module `module` means it.
pub fn paths_in(code: &str, module: &[String]) -> Vec<NamedPath> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = code[at..].find(is_word_character).map(|from| at + from) {
        let word = word_at(code, from);
        let preceded = code[..from].ends_with("::") || code[..from].ends_with(['\'', '$']);
        if !preceded && code[from + word.len()..].starts_with("::") {
            let line = 1 + code[..from].matches('\n').count();
            let mut spread = Vec::new();
            at = from + spread_path(&code[from..], &[], &mut spread);
            found.extend(spread.into_iter().map(|parts| NamedPath { parts: whole(parts, module), line }));
        } else {
            at = from + word.len();
        }
    }
    found
}

/// Reads one path, or the group that it ends in; gives how many bytes it took.
fn spread_path(code: &str, before: &[String], spread: &mut Vec<Vec<String>>) -> usize {
    let mut parts = before.to_vec();
    let mut at = 0;
    loop {
        if code[at..].starts_with('{') {
            return at + spread_group(&code[at..], &parts, spread);
        }
        let word = word_at(code, at);
        if word.is_empty() {
            break;
        }
        parts.push(word.to_owned());
        at += word.len();
        if !code[at..].starts_with("::") {
            break;
        }
        at += 2;
    }
    spread.push(parts);
    at
}

fn spread_group(code: &str, before: &[String], spread: &mut Vec<Vec<String>>) -> usize {
    let mut at = 1;
    while at < code.len() && !code[at..].starts_with('}') {
        let blank = code[at..].len() - code[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        at += blank;
        let taken = spread_path_in_group(&code[at..], before, spread);
        at += taken;
        // An alias (`as name`) or a star names nothing of its own.
        at += code[at..].find([',', '}']).unwrap_or(code[at..].len());
    }
    at + 1
}

fn spread_path_in_group(code: &str, before: &[String], spread: &mut Vec<Vec<String>>) -> usize {
    if code.starts_with('}') { 0 } else { spread_path(code, before, spread) }
}

fn whole(parts: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = parts.iter().take_while(|part| *part == "super").count();
    let own = parts.first().is_some_and(|part| part == "self");
    let parts = parts.into_iter().filter(|part| part != "super" && part != "self");
    if supers == 0 && !own {
        return parts.collect();
    }
    let kept = module.iter().take(module.len().saturating_sub(supers)).cloned();
    std::iter::once("crate".to_owned()).chain(kept).chain(parts).collect()
}

fn word_at(code: &str, at: usize) -> &str {
    let word = &code[at..];
    &word[..word.find(|c| !is_word_character(c)).unwrap_or(word.len())]
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

mod tests {
    use super::*;

    fn named(code: &str) -> Vec<String> {
        let module = ["document".to_owned(), "header".to_owned()];
        paths_in(code, &module).into_iter().map(|path| format!("{} {}", path.line, path.parts.join("::"))).collect()
    }

    #[test]
    fn groups_are_spread_out() {
        assert_eq!(named("use std::{fs, io::{self, Read as R}, *};"), ["1 std::fs", "1 std::io", "1 std::io::Read", "1 std"]);
    }

    #[test]
    fn own_and_parent_paths_are_made_whole() {
        assert_eq!(
            named("\nsuper::table::Table; self::x(); super::super::y::z"),
            ["2 crate::document::table::Table", "2 crate::document::header::x", "2 crate::y::z"]
        );
    }

    #[test]
    fn a_path_in_an_expression_counts_once() {
        assert_eq!(named("let x = crate::domain::a::B::new::<std::fs::File>();"), ["1 crate::domain::a::B::new", "1 std::fs::File"]);
    }
}
