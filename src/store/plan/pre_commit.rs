//! The hook `pre-commit` over a plan: it sees HEAD and the plan's own files, as with `git commit --only`, and may mend those.
//! EFFECT. What somebody else has staged is not shown to it, and what else it stages is not committed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Plan, parse};
use crate::document::commit_message::entry_digest;
use crate::document::folder::Folder;
use crate::store::branch::BranchTip;
use crate::store::commit_objects::{FileChange, author_variables};
use crate::store::hook_index::HookIndex;
use crate::store::hooks::{Hook, HookInput};
use crate::store::record_error::RecordError;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;

impl Plan {
    /// Shows all that this plan commits to `pre-commit`, once, and takes over what it mended.
    ///
    /// # Errors
    /// The hook said no, or left a document that does not hold what is recorded.
    pub(super) fn pass_pre_commit(&mut self, store: &Store, branch: &BranchTip) -> Result<(), RecordError> {
        let Some(last) = self.steps.last().filter(|_| store.has_hook(Hook::PreCommit)) else { return Ok(()) };
        let variables = author_variables(&last.author, last.authored_at, self.folder.incident.zone());
        let changes = self.all_changes(store)?;
        let index = HookIndex::make(store, branch.tip, &changes)?;
        store.run_hook(Hook::PreCommit, &HookInput { arguments: &[], index: Some(index.path()), variables: &variables })?;
        let left = index.read_back(store, &changes)?;
        if !left.others.is_empty() {
            let names = left.others.join(", ");
            self.warnings.push(("hook-staged", format!("the hook pre-commit also staged {names}, which is not committed here")));
        }
        for change in &changes {
            let now = left.blobs.get(&change.path).copied();
            if now != change.blob {
                self.take_over(store, change, now)?;
            }
        }
        Ok(())
    }

    /// Every file that the plan changes, as it is after it.
    fn all_changes(&self, store: &Store) -> Result<Vec<FileChange>, StoreError> {
        let names: BTreeSet<&String> = self.steps.iter().flat_map(|step| step.texts.keys()).collect();
        let change = |name: &String| {
            let path = format!("{}/{name}", self.path);
            let blob = self.texts.get(name).map(|text| store.blob(&path, text.as_bytes())).transpose()?;
            Ok(FileChange { blob, executable: self.is_executable(name), path })
        };
        names.into_iter().map(change).collect()
    }

    /// Takes over a file as the hook has mended it, if it still records the same.
    fn take_over(&mut self, store: &Store, change: &FileChange, now: Option<git2::Oid>) -> Result<(), RecordError> {
        let refused = |why: &str| RecordError::from(store.hook_error(Hook::PreCommit, format!("left {} {why}", change.path)));
        let name = change.path.rsplit('/').next().unwrap_or_default().to_owned();
        let Some(blob) = now else { return Err(refused("out of the commit")) };
        let text = store.work_tree_text(&change.path, blob)?;
        if self.state.get(name.as_str()).is_some_and(|document| document.on_disk.as_deref() == Some(text.as_bytes())) {
            // `git add` of a file that the hook has left alone: it is written when the commit is made, so the old one lies there.
            let message = format!(
                "the hook pre-commit staged {} as it lay on disk, which is passed over: git show :PATH has the new text",
                change.path
            );
            self.warnings.push(("hook-staged", message));
            return Ok(());
        }
        let mut texts: BTreeMap<String, String> = self.texts.clone();
        texts.insert(name.clone(), text.clone());
        let folder = parse(&self.path, &texts, None).map_err(|_| refused("in a form that cannot be read"))?;
        if recorded(&folder) != recorded(&self.folder) {
            return Err(refused(
                "without what is recorded, which stands in git's index alone until the commit is made: it must read `git show :PATH` and write \
                 with `git update-index --cacheinfo`, not work on the file on disk",
            ));
        }
        if let Some(step) = self.steps.iter_mut().rev().find(|step| step.texts.contains_key(&name)) {
            step.texts.insert(name, Some(text));
        }
        self.texts = texts;
        self.folder = folder;
        Ok(())
    }
}

/// What a hook may not change: the facts, and the entries as they are attested.
fn recorded(folder: &Folder) -> (&crate::document::header::Header, Vec<String>) {
    let incident = &folder.incident;
    let entries = incident.entries().into_iter().filter_map(|entry| incident.entry_source(entry));
    (incident.header(), entries.map(entry_digest).collect())
}
