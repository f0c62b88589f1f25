//! Which incidents have documents that are staged as another than the committed one.
//! EFFECT (git2). Folders of which the index says which tree they are, and the commit has that tree, are not looked into.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use git2::{DiffOptions, ObjectType, Oid, Tree};

use crate::store::hand_edits::DOCUMENTS;
use crate::store::index_bytes::{STAGE, tree_cache};
use crate::store::index_entries::IndexEntries;
use crate::store::merged_file::is_by_structure;
use crate::store::paths::INCIDENTS;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::tree_cache::Cached;

/// What the commit holds where the index may hold something else.
#[derive(Default)]
struct Committed {
    /// Folders that are the same in both, as deep as the index says so.
    same: HashSet<String>,
    /// The files beside them, with their blob and mode.
    files: BTreeMap<String, (Oid, i32)>,
}

impl Store {
    /// The folders of incidents whose documents are staged as another than the committed one.
    pub(crate) fn staged_folders(&self, index: &IndexEntries) -> Result<BTreeSet<String>, StoreError> {
        let paths = match self.staged_by_tree_cache(index) {
            Some(paths) => paths,
            None => self.staged_by_diff()?,
        };
        let of_incident = |path: &String| {
            let (folder, name) = path.rsplit_once('/')?;
            (DOCUMENTS.contains(&name) && is_by_structure(path)).then(|| folder.to_owned())
        };
        Ok(paths.iter().filter_map(of_incident).collect())
    }

    fn staged_by_diff(&self) -> Result<Vec<String>, StoreError> {
        let failed = |error| StoreError::git("read the index", error);
        let index = self.index()?;
        let mut options = DiffOptions::new();
        options.pathspec(INCIDENTS).ignore_submodules(true);
        let diff = self.repository.diff_tree_to_index(self.tip_tree().as_ref(), Some(&index), Some(&mut options)).map_err(failed)?;
        Ok(diff.deltas().filter_map(|delta| delta.old_file().path()?.to_str().map(str::to_owned)).collect())
    }

    /// As [`Store::staged_by_diff`], where the index has a tree cache: that a thousand folders are as they were is read off it.
    fn staged_by_tree_cache(&self, index: &IndexEntries) -> Option<Vec<String>> {
        if !self.has_sha1_names() {
            return None;
        }
        let root = Cached::root(tree_cache(index.bytes.as_deref()?)?)?;
        let tip = self.tip_tree()?;
        let mut committed = Committed::default();
        if let Some(tree) = tip.get_name(INCIDENTS) {
            let cached = root.folders()?.into_iter().find(|folder| folder.name() == INCIDENTS.as_bytes());
            self.look_into(INCIDENTS, cached.as_ref(), tree.id(), &mut committed)?;
        }
        let mut staged = Vec::new();
        for entry in &index.entries {
            let Ok(path) = std::str::from_utf8(&entry.path) else { continue };
            if !path.starts_with(INCIDENTS) || is_in(path, &committed.same) {
                continue;
            }
            let known = committed.files.remove(path);
            let is_same = known.is_some_and(|(blob, mode)| blob == entry.id && u32::try_from(mode) == Ok(entry.mode));
            if !is_same || entry.flags & STAGE != 0 {
                staged.push(path.to_owned());
            }
        }
        staged.extend(committed.files.into_keys());
        Some(staged)
    }

    /// Notes what the commit has in a folder, but for what the index has as well.
    fn look_into(&self, path: &str, cached: Option<&Cached<'_>>, tree: Oid, committed: &mut Committed) -> Option<()> {
        if cached.is_some_and(|cached| cached.id() == Some(tree)) {
            committed.same.insert(path.to_owned());
            return Some(());
        }
        let folders = cached.map_or_else(|| Some(Vec::new()), Cached::folders)?;
        let by_name: BTreeMap<&[u8], &Cached<'_>> = folders.iter().map(|folder| (folder.name(), folder)).collect();
        let tree: Tree<'_> = self.repository.find_tree(tree).ok()?;
        for entry in &tree {
            let below = format!("{path}/{}", entry.name().ok()?);
            if entry.kind() == Some(ObjectType::Tree) {
                self.look_into(&below, by_name.get(entry.name_bytes()).copied(), entry.id(), committed)?;
            } else {
                committed.files.insert(below, (entry.id(), entry.filemode_raw()));
            }
        }
        Some(())
    }
}

/// Whether a file lies in one of these folders.
fn is_in(path: &str, folders: &HashSet<String>) -> bool {
    path.match_indices('/').any(|(at, _)| path.get(..at).is_some_and(|folder| folders.contains(folder)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    fn both(repository: &TestRepository) -> (BTreeSet<String>, BTreeSet<String>) {
        let store = repository.store();
        let index = store.index_entries().unwrap();
        let by_cache = store.staged_by_tree_cache(&index).unwrap();
        (by_cache.into_iter().collect(), store.staged_by_diff().unwrap().into_iter().collect())
    }

    #[test]
    fn the_tree_cache_tells_what_a_comparison_tells() {
        let repository = TestRepository::with_incident();
        for name in ["2026-10/01-aaaaa-a", "2026-10/02-bbbbb-b", "2026-11/03-ccccc-c"] {
            repository.write(&format!("incidents/{name}/incident.md"), "x\n");
        }
        repository.git(&["add", "."]);
        repository.git(&["commit", "-qm", "more"]);
        assert_eq!(both(&repository), (BTreeSet::new(), BTreeSet::new()));
        repository.write("incidents/2026-10/01-aaaaa-a/incident.md", "changed\n");
        repository.write("incidents/2026-12/04-ddddd-d/incident.md", "new\n");
        repository.git(&["add", "."]);
        repository.git(&["rm", "-qr", "--cached", "incidents/2026-10/02-bbbbb-b"]);
        let (by_cache, by_diff) = both(&repository);
        assert_eq!(by_cache, by_diff);
        assert_eq!(by_cache.len(), 3);
        // A cache that is whole, of another tree than the commit's.
        repository.git(&["write-tree"]);
        let (by_cache, by_diff) = both(&repository);
        assert_eq!((by_cache.len(), &by_cache), (3, &by_diff));
        repository.git(&["reset", "-q", "--soft", "HEAD~1"]);
        let (by_cache, by_diff) = both(&repository);
        assert_eq!(by_cache, by_diff);
    }
}
