//! Three trees into one: which files a merge changes here, and what each becomes. Objects are read and written, nothing else.
//! EFFECT (git2). How one file is put together is decided in `merged_file`.

use std::collections::{BTreeMap, BTreeSet};

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Oid};

use crate::store::merged_file::{FileMerge, MergedFile};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::sync_error::SyncError;
use crate::store::tree_change::{Change, Difference, Version};

/// A merge that is possible.
#[derive(Debug, Clone, Default)]
pub(crate) struct TreeMerge {
    /// What it changes on this side.
    pub changes: Vec<Change>,
    /// The files that both sides had changed, as they are put together.
    pub both: Vec<MergedFile>,
}

/// What files two trees do not have in common, and where one has a folder and the other a file.
#[derive(Default)]
struct Comparison {
    differences: Vec<Difference>,
    unlike: Vec<String>,
}

/// One entry of a tree.
type Entry = (Oid, i32);

impl Store {
    /// What a merge of two trees that come from `base` changes in `ours`.
    ///
    /// # Errors
    /// Files that only a person can put together.
    pub(crate) fn merge_trees(&self, base: Option<Oid>, ours: Oid, theirs: Oid, upstream: &str) -> Result<TreeMerge, SyncError> {
        let found = self.compare(base, Some(ours), theirs)?;
        if !found.unlike.is_empty() {
            return Err(SyncError::Conflict { paths: found.unlike, upstream: upstream.to_owned() });
        }
        let (theirs_alone, both): (Vec<_>, Vec<_>) = found.differences.into_iter().partition(|file| file.ours == file.base);
        let taken = theirs_alone.into_iter().map(|file| Change { path: file.path, ours: file.ours, merged: file.theirs, texts: None });
        let both = self.merge_files(both, FileMerge::Strict, upstream)?;
        let put_together =
            both.iter().map(|file| Change { path: file.path.clone(), ours: file.ours, merged: file.merged, texts: file.texts.clone() });
        let changes = taken.chain(put_together).filter(|change| change.ours != change.merged).collect();
        Ok(TreeMerge { changes, both })
    }

    /// The commit's tree from which two sides come that have several commits in common: these put together by the same merge.
    /// Nothing stops it: what only a person could put together stands as git writes it, with both versions.
    pub(crate) fn folded_base(&self, bases: &[Oid], depth: usize) -> Result<Option<Oid>, SyncError> {
        let mut bases = bases.to_vec();
        bases.sort_unstable();
        let tree = |commit: Oid| self.repository.find_commit(commit).map(|commit| commit.tree_id());
        let Some((first, others)) = bases.split_first() else { return Ok(None) };
        let mut folded = tree(*first).map_err(not_read)?;
        let mut done = vec![*first];
        for other in others.iter().take_while(|_| depth > 0) {
            let asked: Vec<Oid> = std::iter::once(*other).chain(done.iter().copied()).collect();
            let common = self.repository.merge_bases_many(&asked).map(|found| found.to_vec()).unwrap_or_default();
            let base = self.folded_base(&common, depth - 1)?;
            let found = self.compare(base, Some(folded), tree(*other).map_err(not_read)?)?;
            let (theirs_alone, both): (Vec<_>, Vec<_>) = found.differences.into_iter().partition(|file| file.ours == file.base);
            let taken = theirs_alone.into_iter().map(|file| Change { path: file.path, ours: file.ours, merged: file.theirs, texts: None });
            let both = self.merge_files(both, FileMerge::ForBase, "")?;
            let put_together =
                both.iter().map(|file| Change { path: file.path.clone(), ours: file.ours, merged: file.merged, texts: file.texts.clone() });
            let changes: Vec<Change> = taken.chain(put_together).collect();
            folded = self.changed_tree(folded, &changes)?;
            done.push(*other);
        }
        Ok(Some(folded))
    }

    /// A tree with these changes.
    pub(crate) fn changed_tree(&self, tree: Oid, changes: &[Change]) -> Result<Oid, StoreError> {
        let failed = |error| StoreError::git("make the merged tree", error);
        let mut update = TreeUpdateBuilder::new();
        for change in changes {
            match change.merged {
                Some(version) => update.upsert(change.path.as_str(), version.blob, file_mode(version.mode)),
                None if change.ours.is_some() => update.remove(change.path.as_str()),
                None => &mut update,
            };
        }
        let tree = self.repository.find_tree(tree).map_err(failed)?;
        update.create_updated(&self.repository, &tree).map_err(failed)
    }

    /// What one side changed since `base`.
    pub(crate) fn changed_since(&self, base: Option<Oid>, side: Oid) -> Result<Vec<Difference>, StoreError> {
        Ok(self.compare(base, base, side)?.differences)
    }

    fn compare(&self, base: Option<Oid>, ours: Option<Oid>, theirs: Oid) -> Result<Comparison, StoreError> {
        let mut found = Comparison::default();
        self.compare_folder("", [base, ours, Some(theirs)], &mut found)?;
        Ok(found)
    }

    /// Looks at what is different in a folder, and at nothing that `theirs` left as it was.
    fn compare_folder(&self, path: &str, trees: [Option<Oid>; 3], found: &mut Comparison) -> Result<(), StoreError> {
        let [base, ours, theirs] = trees;
        if ours == theirs || base == theirs {
            return Ok(());
        }
        let [in_base, in_ours, in_theirs] = [self.entries(base)?, self.entries(ours)?, self.entries(theirs)?];
        let names: BTreeSet<&String> = in_ours.keys().chain(in_theirs.keys()).chain(in_base.keys()).collect();
        for name in names {
            let [base, ours, theirs] = [&in_base, &in_ours, &in_theirs].map(|entries| entries.get(name).copied());
            if ours == theirs || base == theirs {
                continue;
            }
            let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            let is_folder = |entry: Option<Entry>| entry.map(|(_, mode)| mode == i32::from(FileMode::Tree));
            match (is_folder(ours), is_folder(theirs)) {
                (Some(true) | None, Some(true)) | (Some(true), None) => {
                    let folder = |entry: Option<Entry>| entry.filter(|_| is_folder(entry) == Some(true)).map(|(oid, _)| oid);
                    self.compare_folder(&path, [folder(base), folder(ours), folder(theirs)], found)?;
                }
                (Some(true), Some(false)) | (Some(false), Some(true)) => found.unlike.push(path),
                _ => {
                    let version =
                        |entry: Option<Entry>| entry.filter(|_| is_folder(entry) == Some(false)).map(|(blob, mode)| Version { blob, mode });
                    found.differences.push(Difference { path, base: version(base), ours: version(ours), theirs: version(theirs) });
                }
            }
        }
        Ok(())
    }

    fn entries(&self, tree: Option<Oid>) -> Result<BTreeMap<String, Entry>, StoreError> {
        let Some(tree) = tree else { return Ok(BTreeMap::new()) };
        let tree = self.repository.find_tree(tree).map_err(not_read)?;
        let entry = |entry: git2::TreeEntry<'_>| {
            // A name that is no UTF-8 is as its bytes, so that it is not mistaken for another.
            let name = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_bytes()).into_owned(), str::to_owned);
            let mode = if entry.kind() == Some(ObjectType::Tree) { i32::from(FileMode::Tree) } else { entry.filemode() };
            (name, (entry.id(), mode))
        };
        Ok(tree.iter().map(entry).collect())
    }
}

fn not_read(error: git2::Error) -> StoreError {
    StoreError::git("read what is to be merged", error)
}

/// The mode as a tree is given it; what is none of these is a plain file.
fn file_mode(mode: i32) -> FileMode {
    let known = [FileMode::BlobExecutable, FileMode::Link, FileMode::Commit];
    known.into_iter().find(|known| i32::from(*known) == mode).unwrap_or(FileMode::Blob)
}
