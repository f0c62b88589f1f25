//! Two changes of one text put together, line by line, where they do not touch each other.
//! PURE. For a text that somebody held in an editor while a command went on writing; not the merge of two clones.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// `base` with what `theirs` changed and what `ours` changed; `None` when both changed the same lines, or lines side by side.
/// Insertions at one place both stand, `theirs` first.
///
/// # Examples
/// ```
/// use qpp_incident::document::line_merge::merge;
/// assert_eq!(merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc\nd\n").as_deref(), Some("A\nb\nc\nd\n"));
/// assert_eq!(merge("a\nb\n", "A\nb\n", "x\nb\n"), None);
/// ```
pub fn merge(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let base_lines: Vec<&str> = base.split_inclusive('\n').collect();
    let (ours, theirs) = (hunks(&base_lines, ours), hunks(&base_lines, theirs));
    if ours.iter().any(|our| theirs.iter().any(|their| our.is_against(their))) {
        return None;
    }
    let mut all: Vec<&Hunk<'_>> = theirs.iter().chain(ours.iter().filter(|our| !theirs.contains(our))).collect();
    all.sort_by_key(|hunk| (hunk.base.start, hunk.base.end)); // stable: of two insertions theirs comes first
    let mut out = String::new();
    let mut at = 0;
    for hunk in all {
        out.extend(base_lines.get(at..hunk.base.start).unwrap_or_default().iter().copied());
        out.extend(hunk.lines.iter().copied());
        at = hunk.base.end;
    }
    out.extend(base_lines.get(at..).unwrap_or_default().iter().copied());
    Some(out)
}

/// Lines of the base and what stands in their place.
#[derive(PartialEq, Eq)]
struct Hunk<'a> {
    base: Range<usize>,
    lines: Vec<&'a str>,
}

impl Hunk<'_> {
    /// Whether both cannot stand: they share lines or touch, and are neither the same nor two insertions.
    fn is_against(&self, other: &Hunk<'_>) -> bool {
        let touches = self.base.start <= other.base.end && other.base.start <= self.base.end;
        let both_insert = self.base.is_empty() && other.base.is_empty();
        touches && !both_insert && (&self.base, &self.lines) != (&other.base, &other.lines)
    }
}

fn hunks<'a>(base: &[&str], side: &'a str) -> Vec<Hunk<'a>> {
    let lines: Vec<&'a str> = side.split_inclusive('\n').collect();
    let ops = capture_diff_slices(Algorithm::Myers, base, &lines).into_iter().map(|op| op.as_tag_tuple());
    let changed = ops.filter(|(tag, ..)| *tag != DiffTag::Equal);
    changed.map(|(_, base, new)| Hunk { base, lines: lines.get(new).unwrap_or_default().to_vec() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_apart_from_each_other_both_stand() {
        let cases = [
            ("a\nb\nc\n", "a\nb\nc\n", "x\nb\nc\n", Some("x\nb\nc\n")),
            ("a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\n", Some("a\nB\nc\n")),
            ("a\nb\nc\n", "c\n", "a\nb\nc\nd\n", Some("c\nd\n")),
            ("a\n", "a\nours\n", "a\ntheirs\n", Some("a\ntheirs\nours\n")),
            ("a\nb\n", "x\nb\n", "x\nb\n", Some("x\nb\n")),
            ("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", Some("A\r\nb\r\nC\r\n")),
            ("", "a\n", "", Some("a\n")),
        ];
        for (base, ours, theirs, merged) in cases {
            assert_eq!(merge(base, ours, theirs).as_deref(), merged, "{base:?} {ours:?} {theirs:?}");
        }
    }

    #[test]
    fn changes_of_the_same_lines_are_not_guessed_at() {
        let cases = [("a\nb\n", "x\nb\n", "y\nb\n"), ("a\nb\nc\n", "a\nc\n", "a\nB\nc\n"), ("a\nb\n", "A\nb\n", "a\nB\n")];
        for (base, ours, theirs) in cases {
            assert_eq!(merge(base, ours, theirs), None, "{base:?} {ours:?} {theirs:?}");
        }
    }
}
