//! The tree cache of git's index, as bytes: the folders that a changed file lies in are marked, all others stay as they are.
//! EFFECT layer, but pure: bytes in, bytes out. There is a folder for each incident, so a folder costs as little as can be.
//!
//! # Source
//! git's `Documentation/gitformat-index`, "Cache tree": name, NUL, count of entries, blank, count of folders, LF, then the tree's
//! id unless the count of entries is negative; then the folders in it.

use git2::Oid;

/// How long the id of a tree is.
const ID: usize = 20;

/// One folder as it lies in the bytes.
struct Folder<'a> {
    name: &'a [u8],
    /// How many folders follow that lie in it.
    folders: usize,
    /// Where the bytes after its name's NUL begin.
    counts: usize,
    /// The id of its tree; none where a file in it has changed.
    tree: Option<&'a [u8]>,
    /// Where it ends, and the first folder in it begins.
    end: usize,
}

/// The tree cache with the root and every folder that `path` lies in marked as changed; none when it is damaged.
pub(crate) fn without_folders_of(tree: &[u8], path: &str) -> Option<Vec<u8>> {
    if end_of(tree, 0)? != tree.len() {
        return None;
    }
    let mut out = Vec::with_capacity(tree.len());
    let (mut copied, mut folder) = (0, folder(tree, 0)?);
    for name in path.split('/') {
        out.extend_from_slice(tree.get(copied..folder.counts)?);
        out.extend_from_slice(format!("-1 {}\n", folder.folders).as_bytes());
        copied = folder.end;
        let Some(inside) = inside(tree, &folder, name.as_bytes()) else { break };
        folder = inside;
    }
    out.extend_from_slice(tree.get(copied..)?);
    Some(out)
}

/// A folder of the tree cache, as one looks through it.
pub(crate) struct Cached<'a> {
    tree: &'a [u8],
    folder: Folder<'a>,
}

impl<'a> Cached<'a> {
    /// The root; none when the tree cache is damaged.
    pub(crate) fn root(tree: &'a [u8]) -> Option<Self> {
        let is_whole = end_of(tree, 0)? == tree.len();
        is_whole.then_some(Self { tree, folder: folder(tree, 0)? })
    }

    /// Its name in the folder above it.
    pub(crate) fn name(&self) -> &'a [u8] {
        self.folder.name
    }

    /// Its tree; none where the index holds something else than when it was made.
    pub(crate) fn id(&self) -> Option<Oid> {
        self.folder.tree.and_then(|id| Oid::from_bytes(id).ok())
    }

    /// The folders in it.
    pub(crate) fn folders(&self) -> Option<Vec<Self>> {
        let mut at = self.folder.end;
        let mut found = Vec::with_capacity(self.folder.folders.min(self.tree.len()));
        for _ in 0..self.folder.folders {
            found.push(Self { tree: self.tree, folder: folder(self.tree, at)? });
            at = end_of(self.tree, at)?;
        }
        Some(found)
    }
}

/// The trees of the folders that still hold, the root's and those at most `depth` below it; none when it is damaged.
pub(crate) fn trees_down_to(tree: &[u8], depth: usize) -> Option<Vec<Oid>> {
    let mut found = Vec::new();
    let end = collect_trees(tree, 0, depth, &mut found)?;
    (end == tree.len()).then_some(found)
}

/// The trees of the folder at `at`; where it and all in it end.
fn collect_trees(tree: &[u8], at: usize, depth: usize, found: &mut Vec<Oid>) -> Option<usize> {
    let outer = folder(tree, at)?;
    found.extend(outer.tree.and_then(|id| Oid::from_bytes(id).ok()));
    (0..outer.folders).try_fold(outer.end, |at, _| if depth > 0 { collect_trees(tree, at, depth - 1, found) } else { end_of(tree, at) })
}

/// The folder of that name in another.
fn inside<'a>(tree: &'a [u8], outer: &Folder<'_>, name: &[u8]) -> Option<Folder<'a>> {
    let mut at = outer.end;
    for _ in 0..outer.folders {
        let inner = folder(tree, at)?;
        if inner.name == name {
            return Some(inner);
        }
        at = end_of(tree, at)?;
    }
    None
}

/// Where the folder that begins at `at` and all in it end.
fn end_of(tree: &[u8], mut at: usize) -> Option<usize> {
    let mut to_come: usize = 1;
    while to_come > 0 {
        let folder = folder(tree, at)?;
        to_come = to_come.checked_add(folder.folders)? - 1;
        at = folder.end;
    }
    Some(at)
}

fn folder(tree: &[u8], at: usize) -> Option<Folder<'_>> {
    let bytes = tree.get(at..)?;
    let name = memchr::memchr(0, bytes)?;
    let counts = bytes.get(name + 1..)?;
    let line = memchr::memchr(b'\n', counts)?;
    let (entries, folders) = counts.get(..line)?.split_at_checked(memchr::memchr(b' ', counts)?)?;
    let is_changed = entries.first() == Some(&b'-');
    number(entries.strip_prefix(b"-").unwrap_or(entries))?;
    let line_end = at + name + 1 + line + 1;
    let id = if is_changed { None } else { Some(tree.get(line_end..line_end + ID)?) };
    let end = line_end + id.map_or(0, <[u8]>::len);
    Some(Folder { name: bytes.get(..name)?, folders: number(folders.strip_prefix(b" ")?)?, counts: at + name + 1, tree: id, end })
}

/// A decimal number.
fn number(digits: &[u8]) -> Option<usize> {
    let first = (!digits.is_empty()).then_some(0_usize);
    digits.iter().fold(first, |number, digit| {
        let value = digit.is_ascii_digit().then(|| usize::from(digit - b'0'))?;
        number?.checked_mul(10)?.checked_add(value)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// `|` for a NUL, `#` for the id of a tree.
    fn bytes(text: &str) -> Vec<u8> {
        text.replace('|', "\0").replace('#', &"i".repeat(ID)).into_bytes()
    }

    /// The root with `a`, which is changed already, and `b`, which holds `c` and `d`.
    const TREE: &str = "|4 2\n#a|-1 0\nb|2 2\n#c|1 0\n#d|1 0\n#";

    #[test]
    fn the_folders_of_a_path_are_marked_and_no_others() {
        let cases = [
            ("x", "|-1 2\na|-1 0\nb|2 2\n#c|1 0\n#d|1 0\n#"),
            ("b/x", "|-1 2\na|-1 0\nb|-1 2\nc|1 0\n#d|1 0\n#"),
            ("b/d/x", "|-1 2\na|-1 0\nb|-1 2\nc|1 0\n#d|-1 0\n"),
            ("a/new/x", "|-1 2\na|-1 0\nb|2 2\n#c|1 0\n#d|1 0\n#"),
        ];
        for (path, marked) in cases {
            assert_eq!(without_folders_of(&bytes(TREE), path).unwrap(), bytes(marked), "{path}");
        }
    }

    #[test]
    fn the_trees_that_hold_are_told_as_deep_as_asked() {
        let count = |depth| trees_down_to(&bytes(TREE), depth).map(|found| found.len());
        assert_eq!([0, 1, 2, 9].map(count), [Some(1), Some(2), Some(4), Some(4)]);
        assert_eq!(trees_down_to(&bytes(&format!("{TREE}x")), 1), None);
    }

    #[test]
    fn one_that_is_damaged_is_none() {
        let whole = bytes(TREE);
        for end in 0..whole.len() {
            assert_eq!(without_folders_of(whole.get(..end).unwrap(), "b/x"), None, "cut off at {end}");
        }
        for damaged in
            [&format!("{TREE}x"), "|99999999999999999999 0\n#", "| 0\n#", "|1 18446744073709551615\n#", "|1\n#", "|1 x\n#", "|1 -1\n#"]
        {
            assert_eq!(without_folders_of(&bytes(damaged), "b/x"), None, "{damaged}");
        }
    }
}
