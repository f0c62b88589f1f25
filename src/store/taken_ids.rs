//! Which ids are taken: on disk, at the tip of the branch, and in the remote branches that were fetched.
//! EFFECT (git2). Compares names in trees; reads no document.

use std::collections::HashSet;

use git2::{ObjectType, Oid, Tree};

use crate::domain::incident_id::{IncidentId, LENGTH};
use crate::store::paths::{INCIDENTS, split_name};
use crate::store::random::random_bytes;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// How deep folders of incidents are looked for below `incidents/`.
const DEPTH: usize = 4;

impl Store {
    /// An id that nobody has, as far as this clone knows.
    ///
    /// # Errors
    /// The system gives no random bytes.
    ///
    /// # Source
    /// Spec §2 "Ids".
    pub fn free_id(&self) -> Result<IncidentId, StoreError> {
        loop {
            let id = IncidentId::from_random(random_bytes::<LENGTH>()?);
            if !self.is_taken(&id) {
                return Ok(id);
            }
        }
    }

    /// True when an incident on disk, at the tip or in a fetched remote branch has this id.
    pub fn is_taken(&self, id: &IncidentId) -> bool {
        let mut seen = HashSet::new();
        self.find_by_id(id).is_some() || self.tips().into_iter().any(|tip| self.tip_has(tip, id, &mut seen))
    }

    /// The commits at the tips of HEAD and of every remote branch.
    fn tips(&self) -> Vec<Oid> {
        let mut tips: Vec<Oid> = self.repository.head().ok().and_then(|head| head.target()).into_iter().collect();
        if let Ok(references) = self.repository.references_glob("refs/remotes/*") {
            tips.extend(references.filter_map(Result::ok).filter_map(|reference| reference.target()));
        }
        tips
    }

    fn tip_has(&self, tip: Oid, id: &IncidentId, seen: &mut HashSet<Oid>) -> bool {
        let tree = self.repository.find_commit(tip).and_then(|commit| commit.tree());
        let Ok(tree) = tree else { return false };
        let incidents = tree.get_name(INCIDENTS).and_then(|entry| self.repository.find_tree(entry.id()).ok());
        incidents.is_some_and(|incidents| self.tree_has(&incidents, id, DEPTH, seen))
    }

    /// Looks through folders that no other branch has shown already.
    fn tree_has(&self, tree: &Tree<'_>, id: &IncidentId, depth: usize, seen: &mut HashSet<Oid>) -> bool {
        if depth == 0 || !seen.insert(tree.id()) {
            return false;
        }
        let mut folders = tree.iter().filter(|entry| entry.kind() == Some(ObjectType::Tree));
        folders.any(|entry| match entry.name().map(split_name) {
            Ok(Some((_, taken, _))) => id.is_written(taken),
            Ok(None) => self.repository.find_tree(entry.id()).is_ok_and(|below| self.tree_has(&below, id, depth - 1, seen)),
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
}
