//! What the history of the repository says: its last commits and their authors.
//! EFFECT (git2). Reads only.

use git2::{Oid, Sort};

use crate::document::commit_message::trailers;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// How far back people are looked for.
const RECENT_COMMITS: usize = 200;

/// One commit, as far as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitSummary {
    /// The full hex name.
    pub id: String,
    /// Who acted.
    pub author: Person,
    /// The author time.
    pub authored_at: Timestamp,
    /// The first line of the message.
    pub subject: String,
}

impl Store {
    /// Who wrote the last two hundred commits, the latest first, each once.
    pub fn recent_authors(&self) -> Vec<Person> {
        let Ok(walk) = self.walk() else { return Vec::new() };
        let mut people: Vec<Person> = Vec::new();
        for commit in walk.take(RECENT_COMMITS).filter_map(|oid| self.repository.find_commit(oid).ok()) {
            let author = person(&commit.author());
            if author.email.is_some() && !people.iter().any(|known| known.is_same(&author)) {
                people.push(author);
            }
        }
        people
    }

    /// The last commits that changed a file or folder (relative to the root), the latest first, at most `limit`.
    ///
    /// # Errors
    /// git cannot read its history.
    pub fn last_commits(&self, path: &str, limit: usize) -> Result<Vec<CommitSummary>, StoreError> {
        let failed = |error| StoreError::git("read the history", error);
        let mut found = Vec::new();
        for oid in self.walk().map_err(failed)? {
            if found.len() >= limit {
                break;
            }
            let commit = self.repository.find_commit(oid).map_err(failed)?;
            if changes(&commit, path) {
                found.push(summary(&commit));
            }
        }
        Ok(found)
    }

    /// The `Entry` trailers of the last commit that recorded an entry of this folder, in its order; empty when git cannot tell.
    pub fn last_entry_digests(&self, folder: &str) -> Vec<String> {
        let Ok(walk) = self.walk() else { return Vec::new() };
        let commits = walk.filter_map(|oid| self.repository.find_commit(oid).ok()).filter(|commit| changes(commit, folder));
        let attested = commits.take(RECENT_COMMITS).map(|commit| entry_trailers(&commit));
        attested.into_iter().find(|digests| !digests.is_empty()).unwrap_or_default()
    }

    /// Every commit of the branch, the latest first; none before the first.
    fn walk(&self) -> Result<impl Iterator<Item = Oid> + '_, git2::Error> {
        let mut walk = self.repository.revwalk()?;
        if let Some(tip) = self.repository.head().ok().and_then(|head| head.target()) {
            walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
            walk.push(tip)?;
        }
        Ok(walk.filter_map(Result::ok))
    }
}

/// True when the path is another thing in this commit than in each of its parents.
fn changes(commit: &git2::Commit<'_>, path: &str) -> bool {
    let at = |commit: &git2::Commit<'_>| {
        commit.tree().ok().and_then(|tree| tree.get_path(std::path::Path::new(path)).ok()).map(|entry| entry.id())
    };
    let here = at(commit);
    if commit.parent_count() == 0 { here.is_some() } else { commit.parents().all(|parent| at(&parent) != here) }
}

fn entry_trailers(commit: &git2::Commit<'_>) -> Vec<String> {
    let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
    trailers(&message).into_iter().filter(|(key, _)| key == "Entry").map(|(_, digest)| digest).collect()
}

fn summary(commit: &git2::Commit<'_>) -> CommitSummary {
    let author = commit.author();
    let seconds = author.when().seconds();
    let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    CommitSummary {
        id: commit.id().to_string(),
        author: person(&author),
        authored_at: Timestamp::new(at),
        subject: String::from_utf8_lossy(commit.summary_bytes().unwrap_or_default()).into_owned(),
    }
}

fn person(signature: &git2::Signature<'_>) -> Person {
    let name = String::from_utf8_lossy(signature.name_bytes());
    let email = String::from_utf8_lossy(signature.email_bytes());
    Person::new(&name, Some(&email))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::{FOLDER, TestRepository, log_text, order};

    #[test]
    fn the_last_commits_of_a_path_are_those_that_changed_it() {
        let repository = TestRepository::with_incident();
        repository.git(&["commit", "-q", "--allow-empty", "-m", "elsewhere"]);
        repository.store().record(FOLDER, &order(), &mut |folder| log_text(folder, "Next.")).unwrap();
        let commits = repository.store().last_commits(FOLDER, 5).unwrap();
        let subjects: Vec<_> = commits.iter().map(|commit| commit.subject.as_str()).collect();
        assert_eq!(subjects, ["INC-K7QFM log: Next.", "INC-K7QFM open: Many errors."]);
        assert_eq!(commits[0].authored_at, order().recorded_at);
        assert_eq!(repository.store().last_commits(FOLDER, 1).unwrap().len(), 1);
    }

    #[test]
    fn the_last_entry_is_that_of_the_last_commit_that_recorded_one() {
        let repository = TestRepository::with_incident();
        let store = repository.store();
        let opened = store.last_entry_digests(FOLDER);
        store.record(FOLDER, &order(), &mut |folder| log_text(folder, "Next.")).unwrap();
        let next = store.last_entry_digests(FOLDER);
        assert_eq!(next.len(), 1);
        assert_ne!(next, opened);
        repository.git(&["commit", "-q", "--allow-empty", "-m", "elsewhere"]);
        assert_eq!(store.last_entry_digests(FOLDER), next);
        assert_eq!(store.last_entry_digests("incidents/nowhere"), [""; 0]);
    }

    #[test]
    fn recent_authors_are_named_once_the_latest_first() {
        let repository = TestRepository::with_incident();
        repository.git(&["commit", "-q", "--allow-empty", "-m", "x", "--author", "Ada Byron <ada@example.org>"]);
        repository.git(&["commit", "-q", "--allow-empty", "-m", "x", "--author", "A. Byron <ADA@example.org>"]);
        let names: Vec<_> = repository.store().recent_authors().into_iter().map(|person| person.name).collect();
        assert_eq!(names, ["A. Byron", "Grace Hopper"]);
        assert_eq!(Store::open_any(&TestRepository::unborn().choice()).unwrap().recent_authors(), []);
    }
}
