//! `record`: one decision, one edit, one commit. The heart of the store.
//! EFFECT. What to change is decided by the caller on fresh text, as often as the branch moves.

use crate::document::decision::Decision;
use crate::document::folder::Folder;
use crate::domain::refusal::Refusal;
use crate::store::branch::BranchTip;
use crate::store::index_entry::IndexHold;
use crate::store::kept::forget_kept;
use crate::store::lock::{RepositoryLock, pause};
use crate::store::plan::Plan;
use crate::store::publish::{Published, Ready};
use crate::store::record_error::RecordError;
use crate::store::recorded::{RecordOrder, Recorded};
use crate::store::repository::Store;

/// How often a decision is made anew because the branch moved.
const TRIES: u32 = 20;

/// What is asked again on fresh text whenever the branch has moved.
pub type Decide<'a> = dyn FnMut(&Folder) -> Result<Decision, Refusal> + 'a;

/// Makes a plan for the branch as it stands.
type MakePlan<'a> = dyn FnMut(&Store, &BranchTip) -> Result<Plan, RecordError> + 'a;

impl Store {
    /// Records one decision about an incident as one commit, after hand edits and kept entries as commits of their own,
    /// all behind one compare-and-swap on the branch. A decision without events and files records those alone.
    ///
    /// # Errors
    /// Nothing was recorded, and why.
    pub fn record(&self, folder_path: &str, order: &RecordOrder, decide: &mut Decide<'_>) -> Result<Recorded, RecordError> {
        self.carry_out(order, &mut |store, branch| {
            let mut plan = Plan::of_folder(store, folder_path, branch.tip, order.read.as_ref())?;
            plan.hand_edit(order);
            plan.fold_kept(store.kept())?;
            let decision = decide(plan.folder()).map_err(RecordError::Refused)?;
            plan.event(order, decision)?;
            Ok(plan)
        })
    }

    /// Records a new incident: the folder must not exist, on disk or at the tip.
    ///
    /// # Errors
    /// Nothing was recorded, and why.
    pub fn record_new(&self, folder_path: &str, order: &RecordOrder, decision: &Decision) -> Result<Recorded, RecordError> {
        self.carry_out(order, &mut |store, branch| Plan::of_new_folder(store, folder_path, branch.tip, order, decision.clone()))
    }

    /// Plans and publishes under the lock, anew whenever somebody else was faster.
    fn carry_out(&self, order: &RecordOrder, make_plan: &mut MakePlan<'_>) -> Result<Recorded, RecordError> {
        let lock = RepositoryLock::take(self, &order.turn, order.wait)?;
        let recovered = self.recover(order.wait)?;
        let mut held = None;
        for _ in 0..TRIES {
            let branch = self.writable_branch(order.detached)?.map_err(RecordError::Branch)?;
            let mut plan = make_plan(self, &branch)?;
            if plan.is_empty() {
                forget_kept(plan.done_with());
                return Ok(plan.into_recorded(&[], recovered));
            }
            // Hooks and signatures take their time: git's index is not held meanwhile.
            let early = if self.waits_for_others() { Some(plan.commit(self, &branch, order, None)?) } else { None };
            let index = IndexHold::take(self, order.wait, &plan.set_files())?;
            let (commits, files) = early.map_or_else(|| plan.commit(self, &branch, order, Some(&index)), Ok)?;
            let ready = Ready { branch: &branch, commits: &commits, subject: plan.subject(), files: &files, durability: order.durability };
            match self.publish(&ready, index)? {
                Published::Done(mut warnings) => {
                    forget_kept(plan.done_with());
                    warnings.extend(recovered);
                    drop(lock);
                    warnings.extend(self.after_commit());
                    return Ok(plan.into_recorded(&commits, warnings));
                }
                Published::Moved => {}
                Published::Held(error) => held = Some(self.held_branch(&branch, error)),
            }
            pause(5, 40);
        }
        Err(held.unwrap_or(RecordError::Outrun { tries: TRIES }))
    }
}

#[cfg(test)]
mod tests;
