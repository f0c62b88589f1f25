//! Where the checked-out branch is shared: the remote, the branch there, and what this clone last saw of it.
//! EFFECT (git2). Reads, and sets an upstream once there is one.

use git2::Oid;

use crate::store::repository::Store;
use crate::store::sync_error::SyncError;

/// The remote and the branch there that a branch here is shared through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedBranch {
    /// The branch here, `main`.
    pub local: String,
    /// `origin`
    pub remote: String,
    /// The branch there, `refs/heads/main`.
    pub branch: String,
    /// What was last seen of it, `refs/remotes/origin/main`.
    pub(crate) tracking: String,
    /// The branch here follows it already.
    pub(crate) is_upstream: bool,
}

impl SharedBranch {
    /// `origin/main`
    pub fn name(&self) -> String {
        format!("{}/{}", self.remote, self.branch.strip_prefix("refs/heads/").unwrap_or(&self.branch))
    }
}

impl Store {
    /// Where a branch is shared: its upstream, else the settings' remote or the only one, and there the branch of the same name.
    ///
    /// # Errors
    /// There is no remote, or several and nothing says which; or incidents are shared on another branch.
    pub(crate) fn shared_branch(&self, local: &str, remote: Option<&str>, branch: Option<&str>) -> Result<SharedBranch, SyncError> {
        let setting = |key: &str| self.settings().and_then(|config| config.get_string(&format!("branch.{local}.{key}"))).ok();
        let upstream = setting("remote").filter(|remote| remote != ".").zip(setting("merge"));
        let is_upstream = upstream.is_some();
        let (remote, there) = if let Some(upstream) = upstream {
            upstream
        } else {
            if let Some(wanted) = branch.filter(|wanted| *wanted != local) {
                return Err(SyncError::OtherBranch { branch: local.to_owned(), wanted: wanted.to_owned() });
            }
            let remote = remote.map(str::to_owned).or_else(|| self.only_remote());
            (remote.ok_or_else(|| SyncError::NoRemote { branch: local.to_owned() })?, format!("refs/heads/{local}"))
        };
        let short = there.strip_prefix("refs/heads/").unwrap_or(&there);
        let usual = format!("refs/remotes/{remote}/{short}");
        let tracking = self.repository.branch_upstream_name(&format!("refs/heads/{local}")).ok().filter(|_| is_upstream);
        let tracking = tracking.and_then(|name| name.as_str().ok().map(str::to_owned)).unwrap_or(usual);
        Ok(SharedBranch { local: local.to_owned(), remote, branch: there, tracking, is_upstream })
    }

    /// The only remote, or `origin` among several.
    fn only_remote(&self) -> Option<String> {
        let remotes = self.repository.remotes().ok()?;
        let mut names = remotes.iter().filter_map(|name| name.ok().flatten().map(str::to_owned));
        if remotes.len() == 1 { names.next() } else { names.find(|name| name == "origin") }
    }

    /// What this clone last saw of the shared branch; none when it never did.
    pub(crate) fn last_seen(&self, shared: &SharedBranch) -> Option<Oid> {
        self.repository.refname_to_id(&shared.tracking).ok()
    }

    /// Every commit that this clone ever saw at the shared branch, as far as git remembers.
    pub(crate) fn ever_seen(&self, shared: &SharedBranch) -> Vec<Oid> {
        if let Some(view) = &self.view {
            return view.ever_stood_at(&shared.tracking).iter().filter_map(|commit| self.oid(commit).ok()).collect();
        }
        let Ok(log) = self.repository.reflog(&shared.tracking) else { return Vec::new() };
        let mut seen: Vec<Oid> = log.iter().flat_map(|entry| [entry.id_new(), entry.id_old()]).filter(|oid| !oid.is_zero()).collect();
        seen.sort_unstable();
        seen.dedup();
        seen
    }

    /// Makes the branch follow what it is shared through from now on, as `git push --set-upstream` does.
    pub(crate) fn follow(&self, shared: &SharedBranch) -> Result<(), git2::Error> {
        if shared.is_upstream {
            return Ok(());
        }
        self.set_in_clone(&format!("branch.{}.remote", shared.local), &shared.remote)?;
        self.set_in_clone(&format!("branch.{}.merge", shared.local), &shared.branch)
    }
}
