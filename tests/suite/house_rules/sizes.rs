//! Small files, small functions. Longer ones state why: `// long because: …` above the function, or under the head of the file.

use super::blank::braces;
use super::source::SourceFile;
use super::violation::Violation;

const FILE: usize = 400;
const FUNCTION: usize = 60;
const RUN: usize = 40;
const REASON: &str = "// long because: ";

/// Files with a limit of their own: the map, the doors, the path that all commands share.
const OWN_LIMIT: &[(&str, usize)] = &[("src/lib.rs", 100), ("src/main.rs", 40), ("src/bin/qi.rs", 40), ("src/commands/mod.rs", 200)];

/// Files and functions that are too long.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().flat_map(|file| [file_length(file), function_lengths(file)].concat()).collect()
}

fn file_length(file: &SourceFile) -> Vec<Violation> {
    let limit = OWN_LIMIT.iter().find(|(path, _)| *path == file.path).map_or(FILE, |(_, limit)| *limit);
    let lines = file.text.lines().count();
    let head = file.text.lines().skip_while(|line| line.starts_with("//!")).take(2);
    let reason = head.into_iter().any(states_reason);
    if lines <= limit || reason { vec![] } else { vec![Violation::new(&file.path, limit + 1, format!("{lines} lines, over {limit}"))] }
}

fn function_lengths(file: &SourceFile) -> Vec<Violation> {
    let starts = file.code.match_indices("fn ").filter(|(at, _)| !file.code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    let lines: Vec<&str> = file.text.lines().collect();
    starts
        .filter_map(|(at, _)| {
            let first = file.code[..at].matches('\n').count();
            let rest = &file.code[at..];
            let name = rest["fn ".len()..].split(|c: char| !(c.is_alphanumeric() || c == '_')).next().filter(|name| !name.is_empty())?;
            let body = body_of(rest)?;
            let length = 1 + rest[..body + braces(&rest[body..])].matches('\n').count();
            let limit = if name == "run" && file.path.starts_with("src/commands/") { RUN } else { FUNCTION };
            let message = format!("`{name}` has {length} lines, over {limit}: split it, or say `{REASON}…` above it");
            (length > limit && !reason_above(&lines[..first])).then(|| Violation::new(&file.path, first + 1, message))
        })
        .collect()
}

/// Where the body's brace opens; nothing for a function without one.
fn body_of(function: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, character) in function.char_indices() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => return None,
            '{' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

fn reason_above(lines: &[&str]) -> bool {
    let block = lines.iter().rev().map(|line| line.trim()).take_while(|line| line.starts_with("//") || line.starts_with("#["));
    block.into_iter().any(states_reason)
}

fn states_reason(line: &str) -> bool {
    line.trim().strip_prefix(REASON).is_some_and(|reason| reason.trim().len() > 5)
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    fn broken(path: &str, text: &str) -> Vec<String> {
        lines(&check(&[SourceFile::new(path, text)]))
    }

    fn function(name: &str, lines: usize) -> String {
        format!("fn {name}(a: [u8; 2]) -> X {{\n{}}}\n", "    x();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_is_named_with_its_line() {
        let text = format!("//! x\n{}", function("slow", 61));
        assert_eq!(
            broken("src/domain/x.rs", &text),
            ["src/domain/x.rs:2: `slow` has 61 lines, over 60: split it, or say `// long because: …` above it"]
        );
        assert!(broken("src/domain/x.rs", &function("slow", 60)).is_empty());
        assert_eq!(broken("src/commands/x.rs", &function("run", 41)).len(), 1);
    }

    #[test]
    fn a_stated_reason_allows_it() {
        assert!(
            broken("src/domain/x.rs", &format!("/// Words.\n// long because: it is one table\n#[inline]\n{}", function("slow", 99)))
                .is_empty()
        );
        assert_eq!(broken("src/domain/x.rs", &format!("// long because:\n{}", function("slow", 99))).len(), 1);
        assert_eq!(broken("src/domain/x.rs", &format!("// long because: of another\nfn a() {{}}\n{}", function("slow", 99))).len(), 1);
    }

    #[test]
    fn a_long_file_is_refused_without_a_reason() {
        assert_eq!(broken("src/domain/x.rs", &"\n".repeat(401)), ["src/domain/x.rs:401: 401 lines, over 400"]);
        assert!(broken("src/domain/x.rs", &"\n".repeat(400)).is_empty());
        assert!(broken("src/domain/x.rs", &format!("//! x\n//! y\n\n// long because: one closed list\n{}", "\n".repeat(401))).is_empty());
        assert_eq!(broken("src/main.rs", &"\n".repeat(41)).len(), 1);
    }
}
