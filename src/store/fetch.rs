//! Fetching the shared branch: never by force, so a branch that was rewritten is noticed; and deeper on request, where a clone is shallow.
//! EFFECT (the git program). Moves what was last seen of the remote, and nothing else.

use git2::Oid;

use crate::store::network::NetworkManners;
use crate::store::network_error::NetworkError;
use crate::store::repository::Store;
use crate::store::shared_branch::SharedBranch;

/// What a fetch found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// The branch, at this commit.
    At(Oid),
    /// The remote has no such branch yet.
    NoBranch,
    /// The branch does not hold what was last seen of it.
    Rewritten,
}

impl Store {
    /// Fetches the shared branch, as deep as `depth` says when the clone is shallow.
    pub(crate) fn fetch(&self, shared: &SharedBranch, manners: &NetworkManners, depth: Option<&str>) -> Result<Fetched, NetworkError> {
        let what = format!("{}:{}", shared.branch, shared.tracking);
        let mut arguments = vec!["fetch", "--porcelain", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
        arguments.extend(depth);
        arguments.extend([shared.remote.as_str(), what.as_str()]);
        let answer = self.network_git(manners, &arguments)?;
        if !answer.success {
            return if answer.stderr.contains("couldn't find remote ref") {
                Ok(Fetched::NoBranch)
            } else if answer.stdout.lines().any(|line| line.starts_with('!')) {
                Ok(Fetched::Rewritten)
            } else {
                Err(NetworkError::of(&answer.stderr))
            };
        }
        if let Some(view) = &self.view {
            view.refresh().map_err(|error| NetworkError::Other(error.to_string()))?;
        }
        self.last_seen(shared).map(Fetched::At).ok_or_else(|| NetworkError::Other(format!("{} was not fetched", shared.name())))
    }
}
