//! What `sync` is ordered to do, and what came of it.
//! EFFECT layer, but values alone.

use crate::domain::zone::Zone;
use crate::store::network::NetworkManners;
use crate::store::recorded::RecordOrder;
use crate::store::renumbering::Renumbered;

/// How much of a sync is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Fetch, merge, push.
    Whole,
    /// Push what is committed; fetch and merge only when somebody else was faster.
    PushFirst,
    /// Fetch and merge, push nothing.
    NoPush,
    /// Merge what was fetched before: no network at all.
    Offline,
}

/// Who syncs, with whom, and how far.
#[derive(Debug, Clone)]
pub struct SyncOrder {
    /// Who and when, for the commits.
    pub record: RecordOrder,
    /// The zone of the commits' times.
    pub zone: Zone,
    /// How the network may be used.
    pub manners: NetworkManners,
    /// `share.remote`, for a branch that follows nothing.
    pub remote: Option<String>,
    /// `share.branch`
    pub branch: Option<String>,
    /// How much is wanted.
    pub reach: Reach,
    /// Leave it to a sync of this clone that waits already, if there is one.
    pub may_ride_along: bool,
    /// Fetch, and only say what would be merged and pushed.
    pub dry_run: bool,
}

/// What a sync did.
#[derive(Debug, Clone, Default)]
pub struct Synced {
    /// The branch here, `main`.
    pub branch: String,
    /// The remote, `origin`.
    pub remote: String,
    /// The branch there, `origin/main`.
    pub upstream: String,
    /// How many commits came.
    pub received: usize,
    /// The files here that what came has changed, relative to the root.
    pub changed: Vec<String>,
    /// The full name of the merge commit, when there was something to merge.
    pub merge: Option<String>,
    /// The files that both sides had changed, relative to the root.
    pub merged: Vec<String>,
    /// Entries in which the merge says what it had to decide: the file, and the entry.
    pub decisions: Vec<(String, String)>,
    /// Files in which two versions of a text stand since this merge.
    pub versions: Vec<String>,
    /// How many commits were pushed.
    pub pushed: usize,
    /// The commit at which both are now; full hex name.
    pub tip: Option<String>,
    /// Full names of commits made before: hand edits, kept entries, another id.
    pub commits: Vec<String>,
    /// Incidents that got another id.
    pub renumbered: Vec<Renumbered>,
    /// `(code, message)`
    pub warnings: Vec<(String, String)>,
}
