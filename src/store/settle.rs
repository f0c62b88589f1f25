//! What a file of the work tree gets: the new text where it still is as it was seen, both texts where somebody edited it meanwhile.
//! EFFECT layer, but pure: bytes in, bytes out.

use crate::document::line_merge::merge;
use crate::document::merge::merge_file;

/// What is to be done with a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It holds the new text already.
    Stands,
    /// It is as it was seen: it gets the new text.
    Replace,
    /// Somebody edited it: it gets both, and what is not committed of it is an edit by hand.
    Both(Vec<u8>),
    /// Somebody removed it, or edited it so that both texts cannot stand together: it stays as it is.
    Stays,
}

/// Compares a file as it was `seen` with what is on disk now, and decides how the new text comes in.
pub(crate) fn settle(path: &str, seen: Option<&[u8]>, on_disk: Option<&[u8]>, new: &[u8]) -> Settled {
    if on_disk == Some(new) {
        return Settled::Stands;
    }
    if on_disk == seen {
        return Settled::Replace;
    }
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let texts = seen.and_then(text).zip(on_disk.and_then(text)).zip(text(new));
    let both =
        texts.and_then(|((seen, on_disk), new)| merge(seen, on_disk, new).or_else(|| merge_file(path, Some(seen), on_disk, new).ok()));
    both.map_or(Settled::Stays, |both| Settled::Both(both.into_bytes()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn a_file_as_it_was_seen_gets_the_new_text_and_an_edited_one_both() {
        let settled = |seen: Option<&str>, on_disk: Option<&str>| {
            settle("a/notes.txt", seen.map(str::as_bytes), on_disk.map(str::as_bytes), b"one\ntwo\nnew\n")
        };
        assert_eq!(settled(Some("one\ntwo\n"), Some("one\ntwo\nnew\n")), Settled::Stands);
        assert_eq!(settled(Some("one\ntwo\n"), Some("one\ntwo\n")), Settled::Replace);
        assert_eq!(settled(None, None), Settled::Replace);
        assert_eq!(settled(Some("one\ntwo\n"), None), Settled::Stays);
        assert_eq!(settled(None, Some("theirs\n")), Settled::Stays);
    }
}
