//! What stands beside the history as proof: the tip last seen, signatures, and whether all of it is here.
//! EFFECT (processes, `std::fs`, git2). Moves one reference of its own, and no branch.

use std::collections::{HashMap, HashSet};

use crate::domain::history::SignatureState;
use crate::store::git_program::answer;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

/// The tip that was last verified or pushed from this clone. A reference, so that git never throws its commits away.
pub const SEEN: &str = "refs/qpp-incident/seen";

impl Store {
    /// Remembers a commit as verified or pushed: from then on a history without it is one that was rewritten.
    ///
    /// # Errors
    /// git cannot write the reference.
    pub fn mark_seen(&self, commit: &str) -> Result<(), StoreError> {
        self.answer_of("remember the verified commit", &["update-ref", SEEN, commit]).map(drop)
    }

    /// Remembers a commit that was pushed, if it has what was remembered before: a push after an amend must not hide it.
    pub(crate) fn saw_pushed(&self, commit: git2::Oid) {
        let seen = self.repository.refname_to_id(SEEN).ok();
        let has_it = |seen| self.repository.graph_descendant_of(commit, seen).unwrap_or(false);
        if seen.is_none_or(has_it) {
            let _it_is_pushed_all_the_same = match &self.view {
                Some(view) => self.mark_seen(&commit.to_string()).and_then(|()| view.refresh()),
                None => self.repository.reference(SEEN, commit, true, "pushed").map(drop).map_err(|error| StoreError::git("push", error)),
            };
        }
    }

    /// The tip that was last verified or pushed from this clone.
    pub fn seen(&self) -> Option<String> {
        self.answer_of("read the verified commit", &["rev-parse", "--verify", "--quiet", SEEN]).ok()
    }

    /// Whether what is checked out has a commit in its history.
    ///
    /// # Errors
    /// git cannot tell.
    pub fn is_in_history(&self, commit: &str) -> Result<bool, StoreError> {
        match self.answer_of("compare with the verified commit", &["merge-base", "--is-ancestor", commit, "HEAD"]) {
            Ok(_) => Ok(true),
            Err(StoreError::GitProgram { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether another branch has the tip last seen, and the one that is checked out never stood there: it has lost nothing.
    pub fn seen_elsewhere(&self, seen: &str) -> bool {
        self.is_on_another_branch(seen) && !self.stood_here(seen)
    }

    fn is_on_another_branch(&self, commit: &str) -> bool {
        let branches = ["for-each-ref", "--count=1", "--contains", commit, "refs/heads"];
        self.answer_of("list the branches", &branches).is_ok_and(|names| !names.is_empty())
    }

    /// Whether the branch that is checked out once stood at a commit.
    fn stood_here(&self, commit: &str) -> bool {
        let Some(branch) = self.branch().ok().and_then(|branch| branch.name) else { return false };
        let reflog = self.answer_of("read the reflog", &["reflog", "show", "--format=%H", &format!("refs/heads/{branch}"), "--"]);
        reflog.is_ok_and(|names| names.lines().any(|name| name == commit))
    }

    /// True when the clone is shallow.
    pub fn is_shallow(&self) -> bool {
        !self.cut_off().is_empty()
    }

    /// The commits whose parents a shallow clone does not have.
    pub(crate) fn cut_off(&self) -> HashSet<String> {
        let text = std::fs::read_to_string(self.common_dir().join("shallow")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// What git says of the signatures of some commits, all asked at once.
    ///
    /// # Errors
    /// git cannot tell.
    pub fn signatures(&self, commits: &[String]) -> Result<HashMap<String, SignatureState>, StoreError> {
        if commits.is_empty() {
            return Ok(HashMap::new());
        }
        let mut command = self.git_to_read();
        command.args(["log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--format=%H %G?"]);
        let names = commits.iter().fold(String::new(), |names, name| names + name + "\n");
        let lines = answer("check signatures", command, names.as_bytes())?;
        Ok(String::from_utf8_lossy(&lines)
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(id, state)| (id.to_owned(), signature_state(state)))
            .collect())
    }

    /// Whether commits must be signed in this clone, and by whom git says that they are made.
    pub fn signs_commits(&self) -> bool {
        self.settings().and_then(|config| config.get_bool("commit.gpgsign")).unwrap_or(false)
    }

    /// The full name of a commit that somebody names in any way that git understands.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn commit_named(&self, name: &str) -> Result<String, StoreError> {
        let commit = format!("{name}^{{commit}}");
        self.answer_of(&format!("find the commit `{name}`"), &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
    }

    /// True when git has an index of the paths that commits changed: the history of one incident is then found quickly.
    pub fn has_path_index(&self) -> bool {
        let info = self.common_dir().join("objects/info");
        info.join("commit-graph").exists() || info.join("commit-graphs").exists()
    }

    fn answer_of(&self, doing: &str, arguments: &[&str]) -> Result<String, StoreError> {
        let mut command = self.git_to_read();
        command.args(arguments);
        Ok(String::from_utf8_lossy(&answer(doing, command, b"")?).trim_end().to_owned())
    }
}

/// # Source
/// git-log(1), `%G?`.
fn signature_state(letter: &str) -> SignatureState {
    match letter {
        "G" | "X" | "Y" => SignatureState::Good,
        "U" => SignatureState::Untrusted,
        "B" | "R" => SignatureState::Bad,
        "E" => SignatureState::Unchecked,
        _ => SignatureState::Missing,
    }
}
