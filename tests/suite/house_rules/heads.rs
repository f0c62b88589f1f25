//! Every file opens with two to six lines of `//!`: what it owns, its layer, what it must not do.
//! The crate's root holds the map instead; a file of tests may say it in one line.

use super::source::SourceFile;
use super::violation::Violation;

/// Files whose head is missing, too short or too long.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().filter(|file| file.path != "src/lib.rs").filter_map(check_file).collect()
}

fn check_file(file: &SourceFile) -> Option<Violation> {
    let head = file.text.lines().take_while(|line| line.starts_with("//!")).count();
    let least = if file.path.ends_with("/tests.rs") { 1 } else { 2 };
    (!(least..=6).contains(&head))
        .then(|| Violation::new(&file.path, 1, format!("opens with {head} lines of `//!`, wanted are {least} to 6")))
}

mod tests {
    use super::*;

    #[test]
    fn a_head_has_two_to_six_lines() {
        for (lines, broken) in [(0, true), (1, true), (2, false), (6, false), (7, true)] {
            let file = SourceFile::new("src/domain/x.rs", &format!("{}\nuse std::fmt;\n", "//! Owns x.\n".repeat(lines)));
            assert_eq!(check(&[file]).len() == 1, broken, "{lines}");
        }
    }
}
