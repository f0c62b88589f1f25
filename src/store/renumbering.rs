//! Two incidents with the same id, opened in two clones: found before a merge, and told apart by a new id for the one that no
//! remote has yet. The one exception from "a folder is never moved".
//! EFFECT (git2). The texts are made in `document::renumber`.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{ObjectType, Oid, TreeWalkMode, TreeWalkResult};

use crate::document::commit_message::message;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::renumber::renumber;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, Event};
use crate::domain::incident_id::IncidentId;
use crate::domain::refusal::Refusal;
use crate::store::branch::BranchTip;
use crate::store::commit_objects::CommitText;
use crate::store::hand_edits::DOCUMENTS;
use crate::store::paths::IncidentPath;
use crate::store::publish::Published;
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::sync_error::SyncError;
use crate::store::tree_change::{Change, Difference, Version};

/// An incident that got another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// The id that another clone had given to another incident.
    pub old: IncidentId,
    /// Its id from now on.
    pub new: IncidentId,
    /// Its folder from now on, relative to the root.
    pub path: String,
    /// The full hex name of the commit.
    pub commit: String,
}

impl Store {
    /// The folder of an incident that is here alone and has the id of another one that is there alone.
    pub(crate) fn same_id(&self, base: Option<Oid>, ours: Oid, theirs: Oid) -> Result<Option<IncidentPath>, SyncError> {
        let opened_there = opened(self.changed_since(base, theirs)?);
        if opened_there.is_empty() {
            return Ok(None);
        }
        let mut there: BTreeMap<IncidentId, Vec<Version>> = BTreeMap::new();
        for (place, version) in opened_there {
            there.entry(place.id).or_default().push(version);
        }
        for (place, version) in opened(self.changed_since(base, ours)?) {
            for other in there.get(&place.id).into_iter().flatten() {
                if self.are_two_incidents(version, *other) {
                    return Ok(Some(place));
                }
            }
        }
        Ok(None)
    }

    /// Two documents that were opened by themselves. One that cannot be read says nothing, and is no other incident.
    fn are_two_incidents(&self, one: Version, two: Version) -> bool {
        let opening = |version: Version| -> Option<Entry> {
            let text = String::from_utf8(self.blob_bytes(version.blob).ok()?).ok()?;
            let document = IncidentDocument::parse(&text).ok()?;
            document.entries().into_iter().find(|entry| entry.kind == Some(EntryKind::Opened)).cloned()
        };
        one.blob != two.blob && opening(one).zip(opening(two)).is_some_and(|(one, two)| one != two)
    }

    /// Gives an incident another id, as a commit of its own. None when the branch moved meanwhile.
    pub(crate) fn give_new_id(
        &self,
        branch: &BranchTip,
        place: &IncidentPath,
        order: &RecordOrder,
    ) -> Result<Option<Renumbered>, SyncError> {
        let Some(tip) = branch.tip else { return Ok(None) };
        let failed = |error| StoreError::git("read the branch", error);
        let tree = self.repository.find_commit(tip).and_then(|commit| commit.tree()).map_err(failed)?;
        let files = self.files_below(&tree, &place.path)?;
        let folder = self.committed_folder(&place.path, &files)?;
        let new = self.free_id()?;
        let event = renumbering(&place.id, &new, order);
        let decision = renumber(&folder, &event)
            .map_err(|error| RecordError::Refused(Refusal::rule("cannot-edit", format!("{}: {error}", place.path), None::<&str>)))?;
        let path = place.path.replace(&format!("-{}-", place.id.in_path()), &format!("-{}-", new.in_path()));
        let texts: BTreeMap<String, String> = decision.files.into_iter().collect();
        let mut changes = Vec::new();
        for (name, version) in &files {
            let new_path = format!("{path}/{name}");
            let blob = match texts.get(name) {
                Some(text) => self.unfiltered_blob(&new_path, text.as_bytes())?,
                None => version.blob,
            };
            changes.push(Change { path: format!("{}/{name}", place.path), ours: Some(*version), merged: None, texts: None });
            changes.push(Change { path: new_path, ours: None, merged: Some(Version { blob, ..*version }), texts: None });
        }
        let folder = Folder::parse(&path, &texts).map_err(|broken| broken_file(&path, broken))?;
        let zone = folder.incident.zone();
        let entry = folder.incident.entry_source(&event.entry(zone)).unwrap_or_default().to_owned();
        let said = message(&new, std::slice::from_ref(&event), &[entry], zone, order.clock_supplied);
        let text = CommitText::of(order, zone, &said);
        let commit = self.commit_of_tree(self.changed_tree(tree.id(), &changes)?, &[tip], &text)?;
        let subject = said.lines().next().unwrap_or_default();
        match self.put(branch, commit, subject, &changes, order)? {
            Published::Done(_) => Ok(Some(Renumbered { old: place.id.clone(), new, path, commit: commit.to_string() })),
            Published::Moved | Published::Held(_) => Ok(None),
        }
    }

    /// The files of a folder, by their paths in it.
    fn files_below(&self, tree: &git2::Tree<'_>, folder: &str) -> Result<BTreeMap<String, Version>, StoreError> {
        let failed = |error| StoreError::git(format!("read {folder}"), error);
        let below = tree.get_path(Path::new(folder)).and_then(|entry| self.repository.find_tree(entry.id())).map_err(failed)?;
        let mut files = BTreeMap::new();
        below
            .walk(TreeWalkMode::PreOrder, |above, entry| {
                if entry.kind() != Some(ObjectType::Tree)
                    && let Ok(name) = entry.name()
                {
                    files.insert(format!("{above}{name}"), Version { blob: entry.id(), mode: entry.filemode() });
                }
                TreeWalkResult::Ok
            })
            .map_err(failed)?;
        Ok(files)
    }

    fn committed_folder(&self, path: &str, files: &BTreeMap<String, Version>) -> Result<Folder, SyncError> {
        let mut texts = BTreeMap::new();
        for (name, version) in files.iter().filter(|(name, _)| DOCUMENTS.contains(&name.as_str())) {
            texts.insert(name.clone(), crate::store::file_error::utf8(Path::new(name), self.blob_bytes(version.blob)?)?);
        }
        Folder::parse(path, &texts).map_err(|broken| broken_file(path, broken).into())
    }
}

/// The incidents that a side opened, with their documents.
fn opened(changes: Vec<Difference>) -> Vec<(IncidentPath, Version)> {
    let opened = |change: Difference| {
        let (folder, name) = change.path.rsplit_once('/')?;
        let place = IncidentPath::parse(folder).filter(|_| name == INCIDENT_FILE && change.base.is_none())?;
        change.theirs.map(|version| (place, version))
    };
    changes.into_iter().filter_map(opened).collect()
}

fn renumbering(old: &IncidentId, new: &IncidentId, order: &RecordOrder) -> Event {
    Event {
        occurred_at: order.recorded_at,
        recorded_at: order.recorded_at,
        by: order.author.clone(),
        recorded_by: (!order.author.is_same(&order.committer)).then(|| order.committer.clone()),
        evidence: Vec::new(),
        action: Action::Renumbered { old: old.clone(), new: new.clone() },
    }
}

fn broken_file(folder: &str, broken: crate::document::broken::BrokenFile) -> RecordError {
    let crate::document::broken::BrokenFile { file, broken } = broken;
    RecordError::Broken { path: format!("{folder}/{file}"), line: broken.line, column: broken.column, message: broken.message }
}
