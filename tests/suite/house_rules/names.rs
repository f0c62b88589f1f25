//! Names that say nothing: a file, module or type with one becomes the place where everything goes.

use super::source::SourceFile;
use super::violation::Violation;

const BANNED: &[&str] = &["util", "utils", "helper", "helpers", "common", "manager", "data", "info", "misc"];
const BANNED_ENDS: &[&str] = &["Util", "Utils", "Helper", "Helpers", "Manager"];

/// Files, modules and types with a banned name.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    files.iter().flat_map(|file| [of_file(file), defined(file)].concat()).collect()
}

fn of_file(file: &SourceFile) -> Vec<Violation> {
    let banned = file.module().into_iter().filter(|part| BANNED.contains(&part.as_str()));
    banned.map(|part| Violation::new(&file.path, 0, format!("`{part}` says nothing: name the file by the word of the field"))).collect()
}

fn defined(file: &SourceFile) -> Vec<Violation> {
    let lines = file.code.lines().enumerate();
    let banned = lines.filter_map(|(at, line)| {
        let mut words = line
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .skip_while(|word| !matches!(*word, "mod" | "struct" | "enum" | "trait"));
        let (keyword, name) = (words.next()?, words.next()?);
        let broken = if keyword == "mod" { BANNED.contains(&name) } else { BANNED_ENDS.iter().any(|end| name.ends_with(end)) };
        broken.then(|| Violation::new(&file.path, at + 1, format!("`{keyword} {name}` says nothing: name it by the word of the field")))
    });
    banned.collect()
}

mod tests {
    use super::*;
    use crate::house_rules::violation::lines;

    #[test]
    fn empty_words_are_refused_as_names() {
        for (path, text, broken) in [
            ("src/domain/utils.rs", "", 1),
            ("src/common/x.rs", "", 1),
            ("src/domain/x.rs", "mod helpers;", 1),
            ("src/domain/x.rs", "pub struct LockManager;", 1),
            ("src/domain/database.rs", "pub struct Manage; fn data() {} // mod utils", 0),
        ] {
            let found = lines(&check(&[SourceFile::new(path, text)]));
            assert_eq!(found.len(), broken, "{path} {text}: {found:?}");
        }
    }
}
