//! git's index as its bytes: the entries of known files are replaced in place, all others stay byte for byte as they were.
//! EFFECT layer, but pure: bytes in, bytes out. It declines every index that it does not know whole; libgit2 reads those.

use std::ops::Range;

use git2::{IndexEntry, IndexTime, Oid};
use sha1::{Digest, Sha1};

use crate::store::attributes::is_attribute_file;
use crate::store::tree_cache::without_folders_of;

/// The bytes of an entry before its path, without and with the second word of flags.
const FIXED: usize = 62;
const FIXED_EXTENDED: usize = 64;

/// The checksum at the end.
const CHECKSUM: usize = 20;

/// The bits of the flags: the stage of a merge, the length of the path, and that there is a second word.
pub(crate) const STAGE: u16 = 0x3000;
const LENGTH: u16 = 0x0fff;
const EXTENDED: u16 = 0x4000;

/// The mode of a submodule, which has no stamp of its own.
const SUBMODULE: u32 = 0o160_000;

/// An index that is known whole, with the places of the entries that may be replaced.
pub(crate) struct IndexBytes {
    bytes: Vec<u8>,
    entries_end: usize,
    places: Vec<(String, usize)>,
    /// What the filters of a path may ask the index for: the entries of those files and of every `.gitattributes`.
    for_filters: Vec<IndexEntry>,
    /// Files that changed in the second in which the index was written, or after.
    racy: Vec<(String, Place)>,
    /// A second in which files changed that were not compared by their content.
    unsettled: Option<i32>,
    /// The checksum of what lies before the first entry that may be replaced, while that is as it was read.
    before: Option<Sha1>,
    /// The extensions are as they will be written.
    is_settled: bool,
}

/// One entry as it lies in the bytes.
struct Place {
    start: usize,
    flags: u16,
    path: Range<usize>,
    end: usize,
}

/// A file without an entry, and where the first entry after it begins.
struct Missing<'a> {
    path: &'a str,
    before: Option<usize>,
}

impl Missing<'_> {
    /// Looks at the next entry; none when the one would be a folder of the other.
    fn pass(&mut self, path: &[u8], start: usize) -> Option<()> {
        let own = self.path.as_bytes();
        let is_in = |inner: &[u8], outer: &[u8]| inner.strip_prefix(outer).is_some_and(|rest| rest.first() == Some(&b'/'));
        if self.before.is_none() && path > own {
            self.before = Some(start);
        }
        (!is_in(path, own) && !is_in(own, path)).then_some(())
    }
}

impl IndexBytes {
    /// Reads an index for setting `paths`: files that have an ordinary entry, or none yet, which they are given.
    /// `written`: when its file was written. None for one that is damaged, unmerged, of another version, or has an extension that
    /// must be understood; and when a file would stand where a folder is.
    ///
    /// # Source
    /// git's `Documentation/gitformat-index`.
    pub(crate) fn read(bytes: Vec<u8>, written: i32, paths: &[String]) -> Option<Self> {
        let (content, checksum) = of_known_version(&bytes)?;
        let (mut places, mut for_filters, mut racy) = (Vec::new(), Vec::new(), Vec::new());
        let mut missing: Vec<Missing> = paths.iter().map(|path| Missing { path, before: None }).collect();
        let mut at = 12;
        for _ in 0..number(content, 8)? {
            let place = place(content, at)?;
            let path = content.get(place.path.clone())?;
            let is_wanted = paths.iter().any(|wanted| wanted.as_bytes() == path);
            if is_wanted || is_attribute_file(path) {
                for_filters.push(entry(content, &place)?);
            }
            if is_wanted && place.flags & EXTENDED == 0 {
                places.push((String::from_utf8(path.to_vec()).ok()?, place.start));
            }
            missing.retain_mut(|missing| !is_wanted || missing.path.as_bytes() != path);
            missing.iter_mut().try_for_each(|missing| missing.pass(path, place.start))?;
            at = place.end;
            if !is_wanted && is_racy(content, &place, written)? {
                racy.push((String::from_utf8(path.to_vec()).ok()?, place));
            }
        }
        let known = places.len() + missing.len() == paths.len() && extensions(content, at)?.iter().all(|(name, _)| is_optional(*name));
        let first = places.iter().map(|(_, start)| *start).min().unwrap_or_default();
        let before = Sha1::new_with_prefix(content.get(..first)?);
        let is_whole = before.clone().chain_update(content.get(first..)?).finalize().as_slice() == checksum;
        let before = Some(before).filter(|_| missing.is_empty());
        let mut read = Self { entries_end: at, places, for_filters, racy, unsettled: None, before, is_settled: false, bytes };
        read.insert(&mut missing)?;
        (known && is_whole).then_some(read)
    }

    /// Gives the files that have none an entry of zeros, in the order of the paths.
    fn insert(&mut self, missing: &mut [Missing<'_>]) -> Option<()> {
        missing.sort_by(|one, two| two.path.cmp(one.path));
        for new in missing.iter() {
            let at = new.before.unwrap_or(self.entries_end);
            let path = new.path.as_bytes();
            let flags = u16::try_from(path.len()).ok().filter(|length| *length < LENGTH)?;
            let mut entry = vec![0; (FIXED + path.len() + 8) / 8 * 8];
            entry.get_mut(FIXED - 2..FIXED)?.copy_from_slice(&flags.to_be_bytes());
            entry.get_mut(FIXED..FIXED + path.len())?.copy_from_slice(path);
            let moved = |place: &mut usize| *place += if *place >= at { entry.len() } else { 0 };
            self.places.iter_mut().for_each(|(_, start)| moved(start));
            self.racy.iter_mut().for_each(|(_, place)| moved(&mut place.start));
            self.entries_end += entry.len();
            self.places.push((new.path.to_owned(), at));
            self.bytes.splice(at..at, entry);
        }
        let count = number(&self.bytes, 8)?.checked_add(u32::try_from(missing.len()).ok()?)?;
        self.bytes.get_mut(8..12)?.copy_from_slice(&count.to_be_bytes());
        Some(())
    }

    /// Marks the files that only their content can tell to be changed: a new index, being younger, would hide that. Those that
    /// changed in this very second are left to git, which compares them for as long as the index is of that second too.
    /// `is_same` is asked with a file's path, the name of its staged content and how long that is.
    ///
    /// # Source
    /// git's `Documentation/technical/racy-git`.
    pub(crate) fn mark_racy(&mut self, this_second: i32, mut is_same: impl FnMut(&str, &[u8], u32) -> bool) {
        for (path, place) in std::mem::take(&mut self.racy) {
            if number(&self.bytes, place.start + 8).is_some_and(|changed| changed.cast_signed() >= this_second) {
                self.unsettled = Some(this_second);
                continue;
            }
            let id = self.bytes.get(place.start + 40..place.start + 60).unwrap_or_default();
            let size = number(&self.bytes, place.start + 36).unwrap_or_default();
            if !is_same(&path, id, size)
                && let Some(size) = self.bytes.get_mut(place.start + 36..place.start + 40)
            {
                size.fill(0);
                self.before = None;
            }
        }
    }

    /// The second after which the new index must not seem to be written.
    pub(crate) fn unsettled(&self) -> Option<i32> {
        self.unsettled
    }

    /// What the filters of a path may ask the index for.
    pub(crate) fn for_filters(&self) -> &[IndexEntry] {
        &self.for_filters
    }

    /// Replaces the entry of a file that was named when the index was read; none for any other.
    pub(crate) fn replace(&mut self, path: &str, entry: &IndexEntry) -> Option<()> {
        let start = self.places.iter().find(|(known, _)| known == path)?.1;
        let (ctime, mtime) = (&entry.ctime, &entry.mtime);
        let seconds = [ctime.seconds(), mtime.seconds()].map(i32::to_be_bytes);
        let [ctime_seconds, mtime_seconds] = seconds.map(u32::from_be_bytes);
        let stamp = [ctime_seconds, ctime.nanoseconds(), mtime_seconds, mtime.nanoseconds(), entry.dev, entry.ino, entry.mode];
        let numbers = stamp.into_iter().chain([entry.uid, entry.gid, entry.file_size]);
        let fixed: Vec<u8> = numbers.flat_map(u32::to_be_bytes).chain(entry.id.as_bytes().iter().copied()).collect();
        self.bytes.get_mut(start..start + fixed.len())?.copy_from_slice(&fixed);
        // The first flag, `assume unchanged`, goes with what it was said of.
        *self.bytes.get_mut(start + 60)? &= 0x0f;
        Some(())
    }

    /// The new index with zeros for its checksum, as long as it will be: entries may still be replaced.
    pub(crate) fn unfinished(&mut self) -> Option<&[u8]> {
        self.settle_extensions()?;
        Some(&self.bytes)
    }

    /// The whole new index. Of its extensions the tree cache stays where it still holds; what git can make anew is left out.
    pub(crate) fn finish(&mut self) -> Option<&[u8]> {
        self.settle_extensions()?;
        let mut checksum = match self.before.take() {
            Some(before) => before,
            None => Sha1::new_with_prefix(self.bytes.get(..self.first_place())?),
        };
        let end = self.bytes.len() - CHECKSUM;
        checksum.update(self.bytes.get(self.first_place()..end)?);
        self.bytes.get_mut(end..)?.copy_from_slice(checksum.finalize().as_slice());
        Some(&self.bytes)
    }

    /// What differs between the unfinished form and the finished one: where it lies, and the bytes.
    pub(crate) fn replaced(&self) -> Option<Vec<(usize, &[u8])>> {
        let end = self.bytes.len() - CHECKSUM;
        let entries = self.places.iter().map(|(_, start)| (*start, FIXED));
        let parts = entries.chain([(end, CHECKSUM)]);
        parts.map(|(start, length)| Some((start, self.bytes.get(start..start + length)?))).collect()
    }

    fn first_place(&self) -> usize {
        self.places.iter().map(|(_, start)| *start).min().unwrap_or_default()
    }

    fn settle_extensions(&mut self) -> Option<()> {
        if self.is_settled {
            return Some(());
        }
        let kept = extensions(self.bytes.get(..self.bytes.len() - CHECKSUM)?, self.entries_end)?;
        let (mut tree, mut undo) = (None, None);
        for (name, data) in kept {
            let data = self.bytes.get(data)?.to_vec();
            match &name {
                b"TREE" => tree = self.places.iter().try_fold(data, |tree, (path, _)| without_folders_of(&tree, path)),
                b"REUC" => undo = Some(data),
                _ => {}
            }
        }
        self.bytes.truncate(self.entries_end);
        for (name, data) in [(b"TREE", tree), (b"REUC", undo)] {
            let Some(data) = data else { continue };
            self.bytes.extend_from_slice(name);
            self.bytes.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
            self.bytes.extend_from_slice(&data);
        }
        self.bytes.extend_from_slice(&[0; CHECKSUM]);
        self.is_settled = true;
        Some(())
    }
}

/// Every entry of an index that is known whole, in its order; none for one that is damaged, unmerged, of another version, or has an
/// extension that must be understood.
pub(crate) fn entries(bytes: &[u8]) -> Option<Vec<IndexEntry>> {
    let content = whole(bytes)?;
    let count = number(content, 8)?;
    let mut found = Vec::with_capacity(usize::try_from(count).ok()?.min(content.len() / FIXED));
    let mut at = 12;
    for _ in 0..count {
        let place = place(content, at)?;
        at = place.end;
        let flags_extended = if place.flags & EXTENDED == 0 { 0 } else { number(content, place.start + 60)? };
        found.push(IndexEntry {
            flags: place.flags,
            flags_extended: u16::try_from(flags_extended & 0xffff).ok()?,
            ..entry(content, &place)?
        });
    }
    extensions(content, at)?.iter().all(|(name, _)| is_optional(*name)).then_some(found)
}

/// An index without its checksum, if that is right and it is of a version that is known.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (content, checksum) = of_known_version(bytes)?;
    (Sha1::digest(content).as_slice() == checksum).then_some(content)
}

/// An index of a version that is known, without its checksum, and that.
fn of_known_version(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (content, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
    let is_known = content.get(..4)? == b"DIRC" && matches!(number(content, 4)?, 2 | 3);
    is_known.then_some((content, checksum.as_slice()))
}

/// The tree cache of an index whose files are all written out in it: neither split nor sparse, nor of compressed paths.
pub(crate) fn tree_cache(bytes: &[u8]) -> Option<&[u8]> {
    let (content, _) = of_known_version(bytes)?;
    let entries_end = (0..number(content, 8)?).try_fold(12, |at, _| Some(place(content, at)?.end))?;
    let extensions = extensions(content, entries_end)?;
    let is_whole = extensions.iter().all(|(name, _)| is_optional(*name));
    let (_, data) = extensions.into_iter().find(|(name, _)| is_whole && name == b"TREE")?;
    content.get(data)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_be_bytes(*number))
}

/// The entry that begins at `start`; none when it is unmerged or its path is too long for its length to stand in the flags.
fn place(bytes: &[u8], start: usize) -> Option<Place> {
    let flags = u16::from_be_bytes(*bytes.get(start + 60..)?.first_chunk()?);
    let length = usize::from(flags & LENGTH);
    if flags & STAGE != 0 || flags & LENGTH == LENGTH {
        return None;
    }
    let fixed = if flags & EXTENDED == 0 { FIXED } else { FIXED_EXTENDED };
    let path = start + fixed..start + fixed + length;
    let end = start + (fixed + length + 8) / 8 * 8;
    bytes.get(path.end..end)?.iter().all(|byte| *byte == 0).then_some(Place { start, flags, path, end })
}

fn entry(bytes: &[u8], place: &Place) -> Option<IndexEntry> {
    let field = |at: usize| number(bytes, place.start + at);
    let time = |at: usize| Some(IndexTime::new(field(at)?.cast_signed(), field(at + 4)?));
    Some(IndexEntry {
        ctime: time(0)?,
        mtime: time(8)?,
        dev: field(16)?,
        ino: field(20)?,
        mode: field(24)?,
        uid: field(28)?,
        gid: field(32)?,
        file_size: field(36)?,
        id: Oid::from_bytes(bytes.get(place.start + 40..place.start + 60)?).ok()?,
        flags: 0,
        flags_extended: 0,
        path: bytes.get(place.path.clone())?.to_vec(),
    })
}

/// True for a file that changed in the second in which the index was written, or after: most gits compare no finer.
fn is_racy(bytes: &[u8], place: &Place, written: i32) -> Option<bool> {
    let field = |at: usize| number(bytes, place.start + at);
    Some(field(8)?.cast_signed() >= written && field(24)? & SUBMODULE != SUBMODULE)
}

/// An extension that may be left out by who does not know it.
fn is_optional(name: [u8; 4]) -> bool {
    name.first().is_some_and(u8::is_ascii_uppercase)
}

/// The extensions with the places of their data.
fn extensions(content: &[u8], entries_end: usize) -> Option<Vec<([u8; 4], Range<usize>)>> {
    let mut found = Vec::new();
    let mut at = entries_end;
    while at < content.len() {
        let name = *content.get(at..)?.first_chunk()?;
        let data = at + 8..at + 8 + usize::try_from(number(content, at + 4)?).ok()?;
        at = data.end;
        content.get(data.clone())?;
        found.push((name, data));
    }
    Some(found)
}

#[cfg(test)]
mod tests;
