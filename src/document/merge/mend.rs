//! A document that another tool merged as text: conflict markers, with or without the base between them, and keys that stand twice.
//! PURE. Both sides are taken out of it and put together by structure, without a question.

use std::collections::BTreeSet;

use crate::document::front_matter::FrontMatter;
use crate::document::merge::three::Three;

/// What begins the lines of a conflict: our side, the base, their side, the end.
const MARKS: [&str; 4] = ["<<<<<<< ", "|||||||", "=======", ">>>>>>> "];

/// The versions that a text holds, if it holds two.
pub fn versions(text: &str) -> Option<Three<String>> {
    marked(text).or_else(|| doubled(text))
}

/// True for a text in which a conflict was left.
pub fn has_markers(text: &str) -> bool {
    let mut seen = text.lines().filter_map(|line| [MARKS[0], MARKS[3]].into_iter().find(|mark| line.starts_with(mark)));
    seen.next().is_some()
}

/// The part of a conflict that a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Common,
    Ours,
    Base,
    Theirs,
}

fn marked(text: &str) -> Option<Three<String>> {
    let [ours_mark, base_mark, middle, end] = MARKS;
    let mut sides = Three { base: Some(String::new()), ours: String::new(), theirs: String::new() };
    let (mut part, mut conflicts, mut bases) = (Part::Common, 0, 0);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        part = match part {
            Part::Common if line.starts_with(ours_mark) => {
                conflicts += 1;
                Part::Ours
            }
            Part::Ours if bare == base_mark || line.starts_with(&format!("{base_mark} ")) => {
                bases += 1;
                Part::Base
            }
            Part::Ours | Part::Base if bare == middle => Part::Theirs,
            Part::Theirs if line.starts_with(end) => Part::Common,
            part => {
                let all = [(Part::Ours, &mut sides.ours), (Part::Theirs, &mut sides.theirs)];
                for (side, out) in all {
                    if part == Part::Common || part == side {
                        out.push_str(line);
                    }
                }
                if let Some(base) = sides.base.as_mut().filter(|_| part == Part::Common || part == Part::Base) {
                    base.push_str(line);
                }
                part
            }
        };
    }
    sides.base = sides.base.filter(|_| bases == conflicts);
    (conflicts > 0 && part == Part::Common).then_some(sides)
}

/// A front matter in which a key stands twice, as a merge that takes both sides' lines leaves it: one side has the first, the other the
/// last.
fn doubled(text: &str) -> Option<Three<String>> {
    let parts = FrontMatter::split(text).ok()?;
    let keys = chunks(parts.yaml_of(text));
    let names: BTreeSet<&str> = keys.iter().map(|(name, _)| *name).filter(|name| !name.is_empty()).collect();
    let is_doubled = keys.iter().filter(|(name, _)| !name.is_empty()).count() > names.len();
    let side = |last: bool| -> String {
        let stands = |index: usize, name: &str| {
            let mut others = if last { keys.get(index + 1..) } else { keys.get(..index) }.unwrap_or_default().iter();
            name.is_empty() || !others.any(|(other, _)| *other == name)
        };
        let lines = keys.iter().enumerate().filter(|(index, (name, _))| stands(*index, name)).map(|(_, (_, lines))| lines.as_str());
        let yaml: String = lines.collect();
        let (head, tail) = (text.get(..parts.yaml.start).unwrap_or_default(), text.get(parts.yaml.end..).unwrap_or_default());
        format!("{head}{yaml}{tail}")
    };
    is_doubled.then(|| Three { base: None, ours: side(false), theirs: side(true) })
}

/// The lines of each key; comments and blank lines have no name.
fn chunks(yaml: &str) -> Vec<(&str, String)> {
    let mut chunks: Vec<(&str, String)> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '-', '#']) && !line.trim().is_empty();
        let name = line.split(':').next().unwrap_or_default();
        match chunks.last_mut().filter(|_| !begins && !line.starts_with('#') && !line.trim().is_empty()) {
            Some((_, lines)) => lines.push_str(line),
            None => chunks.push((if begins { name } else { "" }, line.to_owned())),
        }
    }
    chunks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_sides_are_taken_out_of_markers() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| 1234\no\n=======\nc\n>>>>>>> theirs\nd\n<<<<<<< x\n=======\ne\n>>>>>>> y\n";
        let found = versions(text).unwrap();
        assert_eq!((found.ours.as_str(), found.theirs.as_str(), found.base), ("a\nb\nd\n", "a\nc\nd\ne\n", None));
        let found = versions(&text.replace("x\n=======", "x\n||||||| 1\nf\n=======")).unwrap();
        assert_eq!(found.base.as_deref(), Some("a\no\nd\nf\n"));
        assert_eq!(versions("a\n<<<<<<< HEAD\nb\n"), None, "a half of one tells nothing");
        assert!(has_markers(text) && !has_markers("a\n=======\n"));
    }

    #[test]
    fn keys_that_stand_twice_are_two_sides() {
        let text = "---\nid: x\nstatus: open\nlist:\n  - a\nstatus: closed\n# c\nlist:\n  - b\n---\n# T\n";
        let found = versions(text).unwrap();
        assert_eq!(found.ours, "---\nid: x\nstatus: open\nlist:\n  - a\n# c\n---\n# T\n");
        assert_eq!(found.theirs, "---\nid: x\nstatus: closed\n# c\nlist:\n  - b\n---\n# T\n");
        assert_eq!(versions("---\nid: x\n---\n"), None);
    }
}
