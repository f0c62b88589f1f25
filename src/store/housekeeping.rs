//! What follows a commit: the hook `post-commit`, and now and then git's own housekeeping, since libgit2 never packs anything.
//! EFFECT (processes, `std::fs`). Nobody waits for the housekeeping, and nothing that goes wrong here undoes a commit.

use std::fs;
use std::process::Stdio;

use crate::store::git_program::{git_at, own_group};
use crate::store::repository::Store;

/// From how many loose objects on git packs them, when nothing is configured.
///
/// # Source
/// git-config(1) `gc.auto`.
const LOOSE_OBJECTS: i64 = 6700;

/// The folder of loose objects that git counts too: names are random, so one of 256 tells of all.
///
/// # Source
/// git's `builtin/gc.c`, `too_many_loose_objects`.
const SAMPLE: &str = "objects/17";

impl Store {
    /// What is left to do once the branch holds a commit; what went wrong are warnings.
    pub(crate) fn after_commit(&self) -> Vec<(&'static str, String)> {
        let warning = self.run_post_commit();
        if self.is_time_to_pack() {
            self.start_maintenance();
        }
        warning.into_iter().collect()
    }

    /// As git decides it, without starting a git to ask.
    fn is_time_to_pack(&self) -> bool {
        let Ok(sample) = fs::read_dir(self.common_dir().join(SAMPLE)) else { return false };
        let Ok(count) = i64::try_from(sample.count()) else { return true };
        let Ok(config) = self.repository.config() else { return false };
        let wanted = config.get_bool("maintenance.auto").unwrap_or(true);
        let limit = config.get_i64("gc.auto").unwrap_or(LOOSE_OBJECTS);
        wanted && limit > 0 && count > (limit + 255) / 256
    }

    /// Its own process group, and nobody waits: it goes on when we are gone, on every version of git.
    fn start_maintenance(&self) {
        let mut command = git_at(self.root(), &["maintenance", "run", "--auto", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        own_group(&mut command);
        let _next_time = command.spawn();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use crate::store::test_repository::TestRepository;

    #[test]
    fn it_is_time_to_pack_when_git_would_and_never_when_it_is_told_not_to() {
        let repository = TestRepository::adopted();
        let is_time = || repository.store().is_time_to_pack();
        for number in 0..27 {
            repository.write(&format!(".git/objects/17/{number:038x}"), "");
        }
        let before = is_time();
        repository.write(&format!(".git/objects/17/{:038x}", 27), "");
        assert_eq!((before, is_time()), (false, true), "6,700 objects are 26 or 27 in one folder of 256");
        repository.git(&["config", "gc.auto", "20000"]);
        assert!(!is_time());
        repository.git(&["config", "gc.auto", "0"]);
        assert!(!is_time());
        repository.git(&["config", "gc.auto", "100"]);
        assert!(is_time());
        repository.git(&["config", "maintenance.auto", "false"]);
        assert!(!is_time());
    }
}
