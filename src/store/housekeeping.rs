//! What follows a commit: the hook `post-commit`, and now and then git's own housekeeping, since libgit2 never packs anything.
//! EFFECT (processes, `std::fs`). Nobody waits for the housekeeping, and nothing that goes wrong here undoes a commit.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::process::Stdio;

use crate::store::git_program::{git_at, own_group};
use crate::store::repository::Store;

/// After so many commits of ours git is asked whether there is something to pack, which it decides by its own settings: half a
/// dozen objects a commit make its usual limit of 6,700 in some 1,100 commits.
///
/// # Source
/// git-config(1) `gc.auto`.
const COMMITS: u64 = 500;

impl Store {
    /// What is left to do once the branch holds a commit; what went wrong are warnings.
    pub(crate) fn after_commit(&self) -> Vec<(&'static str, String)> {
        let warning = self.run_post_commit();
        if self.count_commit().is_ok_and(|count| count >= COMMITS) {
            self.start_maintenance();
        }
        warning.into_iter().collect()
    }

    /// How many there were since git was asked: one byte each, which costs four calls and no reading.
    fn count_commit(&self) -> io::Result<u64> {
        let path = self.common_dir().join("qpp-incident").join("commits");
        let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
        file.write_all(b".")?;
        let count = file.metadata()?.len();
        if count >= COMMITS {
            fs::remove_file(&path)?; // who cannot begin anew would ask at every commit
        }
        Ok(count)
    }

    /// Its own process group, and nobody waits: it goes on when we are gone, on every version of git (`--detach` came with 2.47).
    fn start_maintenance(&self) {
        let wanted = self.settings().and_then(|config| config.get_bool("maintenance.auto")).unwrap_or(true);
        if !wanted {
            return;
        }
        let mut command = git_at(self.root(), &["maintenance", "run", "--auto", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        own_group(&mut command);
        let _next_time = command.spawn();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    #[test]
    fn every_five_hundredth_commit_is_told_and_counting_begins_anew() {
        let repository = TestRepository::adopted();
        let store = repository.store();
        fs::remove_file(repository.root().join(".git/qpp-incident/commits")).unwrap_or_default();
        let told: Vec<u64> = (1..=1200).filter(|_| store.count_commit().unwrap() >= COMMITS).collect();
        assert_eq!(told, [500, 1000]);
    }
}
