//! Where both sides end up: the commit that holds what either has, and what it changes here.
//! EFFECT (git2). Objects are made; no branch moves and no file is written.

use git2::{ErrorCode, Oid};

use crate::document::folder::INCIDENT_FILE;
use crate::document::merge_report::{MergeDecision, decisions, has_new_versions, merge_message};
use crate::store::commit_objects::{CommitText, FileChange, author_variables};
use crate::store::hook_index::HookIndex;
use crate::store::hooks::{Hook, HookInput};
use crate::store::merged_file::MergedFile;
use crate::store::paths::IncidentPath;
use crate::store::repository::Store;
use crate::store::shared_branch::SharedBranch;
use crate::store::store_error::StoreError;
use crate::store::sync_error::SyncError;
use crate::store::synced::SyncOrder;
use crate::store::tree_change::Change;
use crate::store::tree_merge::TreeMerge;

/// The mode of a file that may be run.
const EXECUTABLE: i32 = 0o100_755;

/// How deep merges of merge bases go; git's own histories seldom need two.
const DEPTH: usize = 8;

/// Both tips, and what they come from.
pub(crate) struct Sides {
    ours: Option<Oid>,
    theirs: Option<Oid>,
    /// The newest commits that both have.
    common: Vec<Oid>,
    /// The tree that the merge compares with, when there is something to merge.
    base: Option<Oid>,
}

impl Sides {
    /// Each has something that the other has not, and they have something in common.
    fn have_diverged(&self) -> Option<(Oid, Oid)> {
        let (ours, theirs) = (self.ours?, self.theirs?);
        let has_own = !self.common.contains(&ours) && !self.common.contains(&theirs);
        (has_own && !self.common.is_empty()).then_some((ours, theirs))
    }
}

/// The commit that holds what both sides have.
pub(crate) struct Target {
    /// The commit.
    pub commit: Oid,
    /// The first line of its message, for the reflog.
    pub subject: String,
    /// It was made by a merge.
    pub is_merge: bool,
    /// What it changes here.
    pub changes: Vec<Change>,
    /// Files that both sides had changed.
    pub merged: Vec<String>,
    /// Merge entries that are new: the file and the entry.
    pub decisions: Vec<(String, String)>,
    /// Files in which two versions of a text stand now.
    pub versions: Vec<String>,
}

impl Target {
    /// A commit that is there already and changes nothing here.
    pub(crate) fn of(commit: Oid) -> Self {
        Self {
            commit,
            subject: String::new(),
            is_merge: false,
            changes: Vec::new(),
            merged: Vec::new(),
            decisions: Vec::new(),
            versions: Vec::new(),
        }
    }
}

impl Store {
    /// Looks at what both sides come from, once for all that is asked of it.
    ///
    /// # Errors
    /// The history cannot be read, or what they have in common cannot be put together.
    pub(crate) fn sides(&self, ours: Option<Oid>, theirs: Option<Oid>) -> Result<Sides, SyncError> {
        let common = match (ours, theirs) {
            (Some(ours), Some(theirs)) => self.common(ours, theirs)?,
            _ => Vec::new(),
        };
        let sides = Sides { ours, theirs, common, base: None };
        let base = if sides.have_diverged().is_some() { self.folded_base(&sides.common, DEPTH)? } else { None };
        Ok(Sides { base, ..sides })
    }

    /// The commit that holds what both sides have: one of them, or a merge of both.
    ///
    /// # Errors
    /// There is no history in common, or only a person can put the two together.
    pub(crate) fn target(&self, sides: &Sides, shared: &SharedBranch, order: &SyncOrder) -> Result<Target, SyncError> {
        let (ours, theirs) = match (sides.ours, sides.theirs) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (Some(only), None) => return Ok(Target::of(only)),
            (None, Some(theirs)) => return self.forward(None, theirs, shared),
            (None, None) => return Err(SyncError::NoRemote { branch: shared.local.clone() }),
        };
        if sides.common.contains(&theirs) {
            return Ok(Target::of(ours));
        }
        if sides.common.contains(&ours) {
            return self.forward(Some(ours), theirs, shared);
        }
        if sides.common.is_empty() {
            return Err(SyncError::Unrelated { upstream: shared.name(), branch: shared.local.clone() });
        }
        let merge = self.merge_trees(sides.base, self.tree_of(ours)?, self.tree_of(theirs)?, &shared.name())?;
        self.merge_commit(ours, theirs, merge, shared, order)
    }

    /// An incident that is here alone with the id of another that is there alone, when both sides have something of their own.
    pub(crate) fn same_id_with(&self, sides: &Sides) -> Result<Option<IncidentPath>, SyncError> {
        let Some((ours, theirs)) = sides.have_diverged() else { return Ok(None) };
        self.same_id(sides.base, self.tree_of(ours)?, self.tree_of(theirs)?)
    }

    /// The newest commits that both have.
    fn common(&self, ours: Oid, theirs: Oid) -> Result<Vec<Oid>, StoreError> {
        match self.repository.merge_bases(ours, theirs) {
            Ok(bases) => Ok(bases.to_vec()),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(StoreError::git("find what both have in common", error)),
        }
    }

    /// A commit that was seen at the shared branch, is here, and is gone there.
    pub(crate) fn lost(&self, shared: &SharedBranch, ours: Oid, theirs: Oid) -> Option<Oid> {
        let holds = |tip: Oid, commit: Oid| tip == commit || self.repository.graph_descendant_of(tip, commit).unwrap_or(false);
        self.ever_seen(shared).into_iter().find(|seen| !holds(theirs, *seen) && holds(ours, *seen))
    }

    /// How many commits lead to the one alone, and how many to the other alone.
    pub(crate) fn commits_of_each(&self, one: Option<Oid>, other: Option<Oid>) -> (usize, usize) {
        let all = |tip| self.repository.revwalk().and_then(|mut walk| walk.push(tip).map(|()| walk.count())).unwrap_or_default();
        match (one, other) {
            (Some(one), Some(other)) => self.repository.graph_ahead_behind(one, other).unwrap_or_default(),
            (Some(one), None) => (all(one), 0),
            (None, Some(other)) => (0, all(other)),
            (None, None) => (0, 0),
        }
    }

    fn forward(&self, ours: Option<Oid>, theirs: Oid, shared: &SharedBranch) -> Result<Target, SyncError> {
        let failed = |error| StoreError::git("read the branch", error);
        let ours = match ours {
            Some(ours) => self.tree_of(ours)?,
            None => self.repository.treebuilder(None).and_then(|builder| builder.write()).map_err(failed)?,
        };
        let changes = self.merge_trees(Some(ours), ours, self.tree_of(theirs)?, &shared.name())?.changes;
        Ok(Target { changes, subject: format!("sync: fast-forward to {}", shared.name()), ..Target::of(theirs) })
    }

    /// Shows the merge to the hook `pre-merge-commit`. What it stages is passed over: both clones make the same merge of the same two sides.
    ///
    /// # Source
    /// githooks(5) `pre-merge-commit`.
    fn pass_pre_merge_commit(&self, ours: Oid, changes: &[Change], text: &CommitText<'_>) -> Result<(), StoreError> {
        if !self.has_hook(Hook::PreMergeCommit) {
            return Ok(());
        }
        let change = |change: &Change| FileChange {
            path: change.path.clone(),
            blob: change.merged.map(|version| version.blob),
            executable: change.merged.is_some_and(|version| version.mode == EXECUTABLE),
        };
        let index = HookIndex::make(self, Some(ours), &changes.iter().map(change).collect::<Vec<_>>())?;
        let variables = author_variables(text.author, text.authored_at, text.zone);
        self.run_hook(Hook::PreMergeCommit, &HookInput { arguments: &[], index: Some(index.path()), variables: &variables })
    }

    fn merge_commit(
        &self,
        ours: Oid,
        theirs: Oid,
        merge: TreeMerge,
        shared: &SharedBranch,
        order: &SyncOrder,
    ) -> Result<Target, SyncError> {
        let TreeMerge { changes, both } = merge;
        let found: Vec<(&MergedFile, MergeDecision)> = both.iter().flat_map(decided).collect();
        let decisions: Vec<MergeDecision> = found.iter().map(|(_, decision)| decision.clone()).collect();
        let merged: Vec<String> = both.iter().map(|file| file.path.clone()).collect();
        let said = merge_message(&shared.name(), &shared.local, &merged, &decisions, order.record.clock_supplied);
        let text = CommitText::of(&order.record, order.zone, &said);
        if !order.dry_run {
            self.pass_pre_merge_commit(ours, &changes, &text)?;
        }
        let tree = self.changed_tree(self.tree_of(ours)?, &changes)?;
        Ok(Target {
            commit: self.commit_of_tree(tree, &[ours, theirs], &text)?,
            subject: said.lines().next().unwrap_or_default().to_owned(),
            is_merge: true,
            changes,
            merged,
            decisions: found.into_iter().map(|(file, decision)| (file.path.clone(), decision.entry)).collect(),
            versions: both.iter().filter(|file| has_versions(file)).map(|file| file.path.clone()).collect(),
        })
    }

    fn tree_of(&self, commit: Oid) -> Result<Oid, StoreError> {
        let found = self.repository.find_commit(commit).map_err(|error| StoreError::git("read the branch", error))?;
        Ok(found.tree_id())
    }
}

/// What the merge of a document had to decide.
fn decided(file: &MergedFile) -> impl Iterator<Item = (&MergedFile, MergeDecision)> {
    let texts = file.texts.iter().filter(|_| file.path.ends_with(INCIDENT_FILE));
    texts.flat_map(move |texts| decisions(&texts.ours, &texts.theirs, &texts.merged).into_iter().map(move |decision| (file, decision)))
}

fn has_versions(file: &MergedFile) -> bool {
    file.texts.as_ref().is_some_and(|texts| has_new_versions(&texts.ours, &texts.theirs, &texts.merged))
}
