//! The map in the crate's documentation (`path — what`, one a line) names what stands in `src/`, all of it and nothing else.

use super::violation::Violation;

const LIB: &str = "src/lib.rs";

/// Lines of the map that name nothing, and entries of `src/` (`standing`: `src/domain/`, `src/cli.rs` …) that it misses.
/// `exists` answers for a path from the root of the repository.
pub fn check(lib: &str, standing: &[String], exists: impl Fn(&str) -> bool) -> Vec<Violation> {
    let named = named(lib);
    let gone = named
        .iter()
        .filter(|(_, path)| !exists(path))
        .map(|(line, path)| Violation::new(LIB, *line, format!("the map names `{path}`, which is not there")));
    let missed = standing.iter().filter(|path| !named.iter().any(|(_, name)| name == *path));
    let missed = missed.map(|path| Violation::new(LIB, 1, format!("the map misses `{path}`: add a line `{path} — what it owns`")));
    gone.chain(missed).collect()
}

/// The paths of the map with their lines.
fn named(lib: &str) -> Vec<(usize, String)> {
    let documentation = lib.lines().enumerate().filter_map(|(at, line)| Some((at + 1, line.strip_prefix("//!")?)));
    let entries = documentation.filter_map(|(line, text)| {
        let (path, _) = text.split_once(" — ")?;
        let path = path.trim().trim_start_matches(['-', '*', '|', ' ']).trim().trim_matches('`');
        (path.contains(['/', '.']) && !path.contains(' ')).then(|| (line, path.to_owned()))
    });
    entries.collect()
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    #[test]
    fn the_map_names_all_and_nothing_else() {
        let lib = "//! Words — that are no path.\n//! ```text\n//! src/domain/ — the words\n//! - `src/gone.rs` — nothing\n//! ```\npub mod domain;\n";
        let standing = ["src/domain/".to_owned(), "src/store/".to_owned()];
        assert_eq!(
            lines(&check(lib, &standing, |path| path != "src/gone.rs")),
            [
                "src/lib.rs:4: the map names `src/gone.rs`, which is not there",
                "src/lib.rs:1: the map misses `src/store/`: add a line `src/store/ — what it owns`",
            ]
        );
        assert!(check("//! src/domain/ — x", &standing[..1], |_| true).is_empty());
    }
}
