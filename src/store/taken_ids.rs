//! Which ids are taken: on disk, at the tip of the branch, and in the remote branches that were fetched.
//! EFFECT (git2). Compares names in git's index and in trees; reads no document.

use std::collections::HashSet;

use git2::{ObjectType, Oid};

use crate::domain::incident_id::{IncidentId, LENGTH};
use crate::store::index_bytes::tree_cache;
use crate::store::paths::{INCIDENTS, folders_in_index, split_name};
use crate::store::random::random_bytes;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::tree_cache::trees_down_to;

/// How deep folders of incidents are looked for below `incidents/`.
const DEPTH: usize = 4;

/// How deep below the root the folders of the months lie: what a commit changes is one of them.
const DEPTH_OF_MONTHS: usize = 2;

/// The trees that need not be read, by their ids' bytes: an `Oid` of a tree's entry hashes bytes that were never written.
type Seen = HashSet<Vec<u8>>;

impl Store {
    /// An id that nobody has recorded, as far as this clone knows.
    ///
    /// What git knows is asked alone: a folder that somebody put here by hand, and has added to nothing yet, is not looked for among
    /// a hundred thousand names. An id is drawn from 33 million; `check` names two that are the same.
    ///
    /// # Errors
    /// The system gives no random bytes.
    ///
    /// # Source
    /// Spec §2 "Ids".
    pub fn free_id(&self) -> Result<IncidentId, StoreError> {
        let index = self.index_memory.read(&self.git_dir().join("index")).unwrap_or_default();
        loop {
            let id = IncidentId::from_random(random_bytes::<LENGTH>()?);
            if !self.is_recorded(&id, &index) {
                self.index_memory.keep(index);
                return Ok(id);
            }
        }
    }

    /// True when an incident on disk, at the tip or in a fetched remote branch has this id.
    pub fn is_taken(&self, id: &IncidentId) -> bool {
        self.find_by_id(id).is_some() || self.is_recorded(id, &[])
    }

    /// True when an incident in git's index, at the tip or in a fetched remote branch has this id. `index`: its bytes, or none.
    fn is_recorded(&self, id: &IncidentId, index: &[u8]) -> bool {
        // The trees that the index has whole hold nothing that its paths do not tell.
        let trees = tree_cache(index).and_then(|cache| trees_down_to(cache, DEPTH_OF_MONTHS)).unwrap_or_default();
        let mut seen: Seen = trees.into_iter().map(|tree| tree.as_bytes().to_vec()).collect();
        folders_in_index(index, id).next().is_some() || self.tips().into_iter().any(|tip| self.tip_has(tip, id, &mut seen))
    }

    /// The commits at the tips of HEAD and of every remote branch.
    fn tips(&self) -> Vec<Oid> {
        let mut tips: Vec<Oid> = self.repository.head().ok().and_then(|head| head.target()).into_iter().collect();
        if let Ok(references) = self.repository.references_glob("refs/remotes/*") {
            tips.extend(references.filter_map(Result::ok).filter_map(|reference| reference.target()));
        }
        tips
    }

    fn tip_has(&self, tip: Oid, id: &IncidentId, seen: &mut Seen) -> bool {
        let tree = self.repository.find_commit(tip).and_then(|commit| commit.tree());
        let Ok(tree) = tree else { return false };
        tree.get_name(INCIDENTS).is_some_and(|entry| self.tree_has(entry.id(), id, DEPTH, seen))
    }

    /// Looks through folders that no other branch has shown already. A tree is read only then: a month's is long.
    fn tree_has(&self, tree: Oid, id: &IncidentId, depth: usize, seen: &mut Seen) -> bool {
        if depth == 0 || !seen.insert(tree.as_bytes().to_vec()) {
            return false;
        }
        let Ok(tree) = self.repository.find_tree(tree) else { return false };
        let mut folders = tree.iter().filter(|entry| entry.kind() == Some(ObjectType::Tree));
        folders.any(|entry| match entry.name().map(split_name) {
            Ok(Some((_, taken, _))) => id.is_written(taken),
            Ok(None) => self.tree_has(entry.id(), id, depth - 1, seen),
            Err(_) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use crate::store::test_repository::TestRepository;

    #[test]
    fn an_id_is_taken_on_disk_at_the_tip_and_in_fetched_branches() {
        let repository = TestRepository::with_incident();
        repository.git(&["checkout", "-qb", "theirs"]);
        repository.write("incidents/2026-10/01-aaaaa-theirs/incident.md", "x\n");
        repository.git(&["add", "."]);
        repository.git(&["commit", "-qm", "theirs"]);
        repository.git(&["update-ref", "refs/remotes/origin/theirs", "HEAD"]);
        repository.git(&["checkout", "-q", "main"]);
        repository.write("incidents/2026-10/02-bbbbb-on-disk/incident.md", "x\n");
        std::fs::remove_dir_all(repository.root().join("incidents/2026-11")).unwrap();
        let taken = |id: &str| repository.store().is_taken(&id.parse().unwrap());
        assert_eq!(["INC-K7QFM", "INC-AAAAA", "INC-BBBBB", "INC-CCCCC"].map(taken), [true, true, true, false]);
        assert!(!repository.store().is_taken(&repository.store().free_id().unwrap()));
    }

    #[test]
    fn what_git_knows_is_told_by_the_index_and_the_trees_that_it_does_not_hold() {
        let repository = TestRepository::with_incident();
        repository.write("incidents/2026-10/01-aaaaa-staged/incident.md", "x\n");
        repository.git(&["add", "."]);
        repository.write("incidents/2026-10/02-bbbbb-on-disk/incident.md", "x\n");
        let recorded = |id: &str| {
            let index = std::fs::read(repository.root().join(".git/index")).unwrap();
            repository.store().is_recorded(&id.parse().unwrap(), &index)
        };
        let all = || ["INC-K7QFM", "INC-AAAAA", "INC-BBBBB"].map(recorded);
        assert_eq!(all(), [true, true, false]);
        repository.git(&["rm", "-qr", "--cached", "incidents"]);
        assert_eq!(all(), [true, false, false], "removed from the index, but committed");
        repository.git(&["read-tree", "HEAD"]);
        repository.git(&["update-index", "--index-version", "4"]);
        assert_eq!(all(), [true, false, false], "an index whose paths are compressed");
    }
}
