//! The steps of one commit: its changed documents put together by incident, also where a folder moved.
//! PURE.

use std::sync::Arc;

use crate::document::evidence::Evidence;
use crate::domain::history::CommitRecord;
use crate::domain::incident_id::IncidentId;
use crate::rules::verify::reader::EvidenceReader;

/// A document against one parent.
#[derive(Debug, Clone)]
pub struct ReadChange {
    /// Where the commit has it; where the parent had it, if it is gone.
    pub path: String,
    /// Where the parent had it, if its folder moved.
    pub moved_from: Option<String>,
    /// Which parent.
    pub parent: usize,
    /// What the parent has.
    pub old: Option<Arc<Evidence>>,
    /// What the commit has.
    pub new: Option<Arc<Evidence>>,
}

/// The documents of a commit, read; a document that went and came under another path in the same commit is one.
pub fn read(commit: &CommitRecord, reader: &mut EvidenceReader) -> Vec<ReadChange> {
    let read = commit.changes.iter().map(|change| {
        let old = change.old.as_ref().map(|blob| reader.read(&change.path, blob, None));
        let new = change.new.as_ref().map(|blob| reader.read(&change.path, blob, old.as_deref()));
        ReadChange { path: change.path.clone(), moved_from: None, parent: change.parent, old, new }
    });
    let (gone, mut changes): (Vec<ReadChange>, Vec<ReadChange>) = read.partition(|change| change.new.is_none());
    for gone in gone {
        let is_same = |change: &&mut ReadChange| {
            let is_new = change.parent == gone.parent && change.old.is_none();
            is_new && change.new.as_ref().is_some_and(|new| is_one(&gone, new, &change.path))
        };
        match changes.iter_mut().find(is_same) {
            Some(change) => {
                change.old = gone.old;
                change.moved_from = Some(gone.path);
            }
            None => changes.push(gone),
        }
    }
    changes
}

fn is_one(gone: &ReadChange, new: &Evidence, path: &str) -> bool {
    let own = gone.old.as_ref().and_then(|old| old.last_facts.as_ref().map(|facts| facts.id.clone()));
    let id = own.or_else(|| id_in_path(&gone.path));
    id.is_some_and(|id| new.is_called(&id) || (new.last_facts.is_none() && id_in_path(path) == Some(id)))
}

/// The id in the name of a document's folder.
pub fn id_in_path(path: &str) -> Option<IncidentId> {
    let folder = path.rsplit('/').nth(1)?;
    format!("INC-{}", folder.split('-').nth(1)?).parse().ok()
}
