//! `sync`: this clone and the others brought together. Fetch, a merge commit by structure (never a rebase), push; again when
//! somebody else was faster.
//! EFFECT. The merge is pushed before the branch here moves: a server that refuses it leaves nothing changed here.

use git2::Oid;

use crate::document::decision::Decision;
use crate::store::branch::BranchTip;
use crate::store::fetch::Fetched;
use crate::store::history_proof::SEEN;
use crate::store::lock::pause;
use crate::store::merged_file::is_by_structure;
use crate::store::network::refuse_old_git;
use crate::store::network_error::NetworkError;
use crate::store::publish::Published;
use crate::store::push::Pushed;
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::shared_branch::SharedBranch;
use crate::store::sync_error::SyncError;
use crate::store::sync_lock::SyncLock;
use crate::store::synced::{Reach, SyncOrder, Synced};
use crate::store::target::Target;

/// How often is begun anew because somebody else pushed, or committed here.
const ROUNDS: u32 = 10;

/// How far a shallow clone is deepened, one try after the other; then wholly.
const DEEPER: [&str; 3] = ["--deepen=100", "--deepen=1000", "--unshallow"];

/// A sync that stopped, and what it had committed here before that; that stands.
#[derive(Debug)]
pub struct Stopped {
    /// Why.
    pub error: SyncError,
    /// What was done until then.
    pub so_far: Synced,
}

/// Whether a round was the last.
enum Round {
    Done,
    Again,
}

struct Sync<'a> {
    given: &'a Store,
    /// The same, opened anew: libgit2 does not notice that a shallow clone was deepened.
    anew: Option<Store>,
    order: &'a SyncOrder,
    shared: SharedBranch,
    done: Synced,
}

impl Store {
    /// Brings the checked-out branch and the one that it is shared through together. None when another sync that has not begun
    /// yet will take along what is committed here, if the order allows that.
    ///
    /// # Errors
    /// Why it stopped. The branch, the index and the files are as they were, but for what is named as committed.
    pub fn sync(&self, order: &SyncOrder) -> Result<Option<Synced>, Box<Stopped>> {
        let before = |error: SyncError| Box::new(Stopped { error, so_far: Synced::default() });
        let wait = order.manners.limit;
        let lock = if order.may_ride_along {
            SyncLock::take_or_ride_along(self.common_dir(), wait).map_err(before)?
        } else {
            Some(SyncLock::take(self.common_dir(), wait).map_err(before)?)
        };
        let Some(_lock) = lock else { return Ok(None) };
        let mut sync = self.prepared(order).map_err(before)?;
        match sync.run() {
            Ok(()) => Ok(Some(sync.done)),
            Err(error) => Err(Box::new(Stopped { error, so_far: sync.done })),
        }
    }

    /// Where the checked-out branch is shared.
    ///
    /// # Errors
    /// There is no branch, or nothing says where.
    pub fn shared_through(&self, order: &SyncOrder) -> Result<SharedBranch, SyncError> {
        self.prepared(order).map(|sync| sync.shared)
    }

    fn prepared<'a>(&'a self, order: &'a SyncOrder) -> Result<Sync<'a>, SyncError> {
        let branch = self.writable_branch(false)?.map_err(RecordError::Branch)?;
        let local = branch.reference.strip_prefix("refs/heads/").unwrap_or(&branch.reference);
        let shared = self.shared_branch(local, order.remote.as_deref(), order.branch.as_deref())?;
        let done = Synced { branch: local.to_owned(), remote: shared.remote.clone(), upstream: shared.name(), ..Synced::default() };
        Ok(Sync { given: self, anew: None, order, shared, done })
    }
}

impl Sync<'_> {
    fn store(&self) -> &Store {
        self.anew.as_ref().unwrap_or(self.given)
    }

    fn run(&mut self) -> Result<(), SyncError> {
        self.finish_what_was_left()?;
        if self.order.reach != Reach::Offline {
            refuse_old_git().map_err(|error| SyncError::Network { remote: self.shared.remote.clone(), error })?;
        }
        if !self.order.dry_run && self.order.reach != Reach::PushFirst {
            let edited = self.store().edited_folders()?;
            edited.iter().try_for_each(|folder| self.record_by_itself(folder))?;
        }
        if self.order.reach == Reach::PushFirst && self.push_alone()? {
            return Ok(());
        }
        for round in 0..ROUNDS {
            match self.round() {
                Ok(Round::Done) => return Ok(()),
                Ok(Round::Again) | Err(SyncError::Network { error: NetworkError::Busy(_), .. }) => {
                    // The more there are, the longer it takes until one of them has the branch to itself.
                    pause(20, 150 << round.min(4));
                }
                // Edited between the look at the index and now, or staged: a document is committed by itself first.
                Err(SyncError::InTheWay { path, .. }) if is_by_structure(&path) && self.record_document(&path)? => {}
                Err(error) => return Err(error),
            }
        }
        Err(SyncError::Outrun { upstream: self.shared.name(), rounds: ROUNDS })
    }

    /// Finishes what a killed process left, which `git` cannot be used beside; the merge may have nothing to write.
    fn finish_what_was_left(&mut self) -> Result<(), SyncError> {
        if self.order.dry_run {
            return Ok(());
        }
        self.store().remove_lock_of_our_own(SEEN);
        let warnings = self.store().finish_what_was_left(&self.order.record)?;
        self.done.warnings.extend(warnings.into_iter().map(|(code, message)| (code.to_owned(), message)));
        Ok(())
    }

    fn round(&mut self) -> Result<Round, SyncError> {
        let branch = self.store().writable_branch(false)?.map_err(RecordError::Branch)?;
        let theirs = self.fetched(&branch)?;
        let sides = self.store().sides(branch.tip, theirs)?;
        let same_id = self.store().same_id_with(&sides)?;
        if let Some(place) = same_id.filter(|_| !self.order.dry_run) {
            if let Some(renumbered) = self.store().give_new_id(&branch, &place, &self.order.record)? {
                self.done.commits.push(renumbered.commit.clone());
                self.done.renumbered.push(renumbered);
            }
            return Ok(Round::Again);
        }
        let target = self.store().target(&sides, &self.shared, self.order)?;
        if self.order.dry_run {
            self.tell(&branch, theirs, &target);
            return Ok(Round::Done);
        }
        let pushes = self.should_push() && theirs != Some(target.commit);
        if pushes {
            // What is in the way here is found before others get the merge.
            self.store().planned(&target.changes, &self.shared.name())?;
            if !self.push(target.commit)? {
                return Ok(Round::Again);
            }
        }
        if branch.tip != Some(target.commit) {
            let subject = target.subject.as_str();
            match self.store().put(&branch, target.commit, subject, &target.changes, &self.order.record)? {
                Published::Done(warnings) => {
                    self.done.warnings.extend(warnings.into_iter().map(|(code, message)| (code.to_owned(), message)));
                }
                Published::Moved | Published::Held(_) => return Ok(Round::Again),
            }
        }
        if pushes {
            // Not before: until now the history here did not hold it.
            self.store().saw_pushed(target.commit);
        }
        self.tell(&branch, theirs, &target);
        Ok(Round::Done)
    }

    /// The other side's commit; none when it has none yet. Refuses one that was rewritten.
    fn fetched(&mut self, branch: &BranchTip) -> Result<Option<Oid>, SyncError> {
        if self.order.reach == Reach::Offline {
            return Ok(self.store().last_seen(&self.shared));
        }
        let mut fetched = self.fetch(None)?;
        if fetched == Fetched::Rewritten && self.store().is_shallow() {
            fetched = self.deepened(|_, _| false)?;
        }
        let mut theirs = match fetched {
            Fetched::NoBranch => return Ok(None),
            Fetched::At(theirs) => theirs,
            Fetched::Rewritten => return Err(self.rewritten(self.store().last_seen(&self.shared))),
        };
        let Some(ours) = branch.tip else { return Ok(Some(theirs)) };
        // What a shallow clone does not have cannot be told from what is gone.
        if self.store().is_shallow() && !self.are_related(ours, theirs) {
            theirs = at(self.deepened(|sync, theirs| sync.are_related(ours, theirs))?).unwrap_or(theirs);
        }
        match self.store().lost(&self.shared, ours, theirs) {
            Some(lost) => Err(self.rewritten(Some(lost))),
            None => Ok(Some(theirs)),
        }
    }

    fn fetch(&self, depth: Option<&str>) -> Result<Fetched, SyncError> {
        let fetched = self.store().fetch(&self.shared, &self.order.manners, depth);
        fetched.map_err(|error| SyncError::Network { remote: self.shared.remote.clone(), error })
    }

    /// Deepens a shallow clone until `is_enough` or the whole history is there.
    fn deepened(&mut self, is_enough: impl Fn(&Self, Oid) -> bool) -> Result<Fetched, SyncError> {
        let mut fetched = Fetched::Rewritten;
        for depth in DEEPER {
            if !self.store().is_shallow() {
                break;
            }
            fetched = self.fetch(Some(depth))?;
            self.anew = Some(self.given.opened_anew()?);
            if at(fetched).is_some_and(|theirs| is_enough(self, theirs)) {
                break;
            }
        }
        Ok(fetched)
    }

    /// There is a commit that both come from, and nothing that was ever seen there is missing.
    fn are_related(&self, ours: Oid, theirs: Oid) -> bool {
        self.store().repository.merge_base(ours, theirs).is_ok() && self.store().lost(&self.shared, ours, theirs).is_none()
    }

    fn rewritten(&self, lost: Option<Oid>) -> SyncError {
        let lost = lost.map_or_else(String::new, |oid| oid.to_string().chars().take(9).collect());
        SyncError::Rewritten { upstream: self.shared.name(), branch: self.shared.local.clone(), lost }
    }

    fn should_push(&self) -> bool {
        matches!(self.order.reach, Reach::Whole | Reach::PushFirst)
    }

    /// Pushes what is committed, without a look at what the others did. False when they were faster.
    fn push_alone(&mut self) -> Result<bool, SyncError> {
        let branch = self.store().writable_branch(false)?.map_err(RecordError::Branch)?;
        let Some(tip) = branch.tip else { return Ok(true) };
        let seen = self.store().last_seen(&self.shared);
        if seen == Some(tip) {
            return Ok(true);
        }
        if !self.push(tip)? {
            return Ok(false);
        }
        self.store().saw_pushed(tip);
        self.tell(&branch, seen, &Target::of(tip));
        Ok(true)
    }

    /// False when somebody else was faster.
    fn push(&mut self, commit: Oid) -> Result<bool, SyncError> {
        let pushed = self.store().push_commit(commit, &self.shared, &self.order.manners);
        match pushed.map_err(|error| SyncError::Network { remote: self.shared.remote.clone(), error })? {
            Pushed::Moved => Ok(false),
            Pushed::Refused(said) => Err(SyncError::Refused { upstream: self.shared.name(), said }),
            Pushed::Done => {
                if let Err(error) = self.store().follow(&self.shared) {
                    self.done.warnings.push(("no-upstream".to_owned(), format!("the upstream could not be set: {}", error.message())));
                }
                Ok(true)
            }
        }
    }

    /// Commits what was edited by hand and what was kept, as every command does first.
    fn record_by_itself(&mut self, folder: &str) -> Result<(), SyncError> {
        let nothing = |_: &crate::document::folder::Folder| Ok(Decision::default());
        let recorded = self.store().record(folder, &self.order.record, &mut { nothing })?;
        self.done.commits.extend(recorded.commits);
        self.done.warnings.extend(recorded.warnings.into_iter().map(|(code, message)| (code.to_owned(), message)));
        Ok(())
    }

    /// As [`Sync::record_by_itself`] for the folder of a document; false when there was nothing to commit.
    fn record_document(&mut self, path: &str) -> Result<bool, SyncError> {
        let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| *folder != crate::store::paths::INCIDENTS) else {
            return Ok(false);
        };
        let before = self.done.commits.len();
        self.record_by_itself(folder)?;
        Ok(self.done.commits.len() > before)
    }

    fn tell(&mut self, branch: &BranchTip, theirs: Option<Oid>, target: &Target) {
        let (own, received) = self.store().commits_of_each(branch.tip, theirs);
        let pushed = if self.should_push() { own + usize::from(target.is_merge) } else { 0 };
        (self.done.received, self.done.pushed) = (received, pushed);
        self.done.tip = Some(target.commit.to_string());
        self.done.changed = target.changes.iter().map(|change| change.path.clone()).collect();
        self.done.merge = target.is_merge.then(|| target.commit.to_string());
        self.done.merged.clone_from(&target.merged);
        self.done.decisions.clone_from(&target.decisions);
        self.done.versions.clone_from(&target.versions);
    }
}

fn at(fetched: Fetched) -> Option<Oid> {
    if let Fetched::At(oid) = fetched { Some(oid) } else { None }
}
