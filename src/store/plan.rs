//! The commits that one command makes on one incident's folder: hand edits, kept entries, its own. Text in, commits out.
//! EFFECT layer, but nothing here moves the branch or writes a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use git2::Oid;

use crate::document::broken::{BrokenDocument, BrokenFile};
use crate::document::commit_message::{CLOCK_SUPPLIED, KEPT, hand_edit_message, message};
use crate::document::decision::Decision;
use crate::document::edit::insert_entry;
use crate::document::entry_line::write_entry;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry::Entry;
use crate::domain::event::Event;
use crate::domain::person::Person;
use crate::domain::timestamp::Timestamp;
use crate::store::branch::BranchTip;
use crate::store::commit_objects::{CommitText, FileChange};
use crate::store::file_error::FileError;
use crate::store::hand_edits::{DOCUMENTS, DocumentState, FolderState};
use crate::store::index_entry::IndexHold;
use crate::store::kept::KeptFile;
use crate::store::kept_entry::KeptEntry;
use crate::store::kept_event::event_of;
use crate::store::planned_file::PlannedFile;
use crate::store::record_error::RecordError;
use crate::store::recorded::{RecordOrder, Recorded};
use crate::store::repository::Store;

mod pre_commit;

/// One commit to be made.
struct Step {
    message: String,
    author: Person,
    authored_at: Timestamp,
    committer: Person,
    /// The documents that it changes: their new texts, none for one that goes.
    texts: BTreeMap<String, Option<String>>,
}

/// What is to be committed, and what the documents are after it.
pub(crate) struct Plan {
    path: String,
    state: FolderState,
    texts: BTreeMap<String, String>,
    folder: Folder,
    steps: Vec<Step>,
    hand_edit: bool,
    folded: usize,
    done_with: Vec<PathBuf>,
    /// What went less well than it should.
    warnings: Vec<(&'static str, String)>,
}

/// What a commit tells of; no events: an edit by hand.
struct Told {
    events: Vec<Event>,
    clock_supplied: bool,
    /// The entry waited in this clone before it could be committed.
    kept: bool,
}

impl Plan {
    /// A plan over a folder as it stands on disk.
    /// `read`: its incident document, where the command has read that already.
    pub(crate) fn of_folder(store: &Store, path: &str, tip: Option<Oid>, read: Option<&IncidentDocument>) -> Result<Self, RecordError> {
        let state = store.folder_state(path, tip)?;
        let texts = state.iter().filter_map(|(name, document)| Some(((*name).to_owned(), document.text.clone()?))).collect();
        Self::of_texts(path, state, texts, read.cloned())
    }

    /// The plan that makes a new incident. Its folder must not exist yet.
    pub(crate) fn of_new_folder(
        store: &Store,
        path: &str,
        tip: Option<Oid>,
        order: &RecordOrder,
        decision: Decision,
    ) -> Result<Self, RecordError> {
        store.refuse_links(path)?;
        let committed = tip.and_then(|tip| store.repository.find_commit(tip).ok()?.tree().ok()?.get_path(path.as_ref()).ok());
        if committed.is_some() || store.root().join(path).symlink_metadata().is_ok() {
            return Err(FileError::Exists(store.root().join(path)).into());
        }
        let state = DOCUMENTS.into_iter().map(|name| (name, DocumentState::default())).collect();
        let mut plan = Self::of_texts(path, state, decision.files.iter().cloned().collect(), None)?;
        plan.texts.clear();
        plan.event(order, decision)?;
        Ok(plan)
    }

    fn of_texts(
        path: &str,
        state: FolderState,
        texts: BTreeMap<String, String>,
        read: Option<IncidentDocument>,
    ) -> Result<Self, RecordError> {
        let folder = parse(path, &texts, read)?;
        let path = path.to_owned();
        Ok(Self { path, state, texts, folder, steps: Vec::new(), hand_edit: false, folded: 0, done_with: Vec::new(), warnings: Vec::new() })
    }

    /// The documents as the command finds them.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Commits by itself what somebody edited by hand.
    pub(crate) fn hand_edit(&mut self, order: &RecordOrder) {
        let edited = self.state.iter().filter(|(_, document)| document.edited);
        let texts: BTreeMap<_, _> = edited.map(|(name, document)| ((*name).to_owned(), document.text.clone())).collect();
        if texts.is_empty() {
            return;
        }
        let names: Vec<&str> = texts.keys().map(String::as_str).collect();
        self.hand_edit = true;
        self.steps.push(Step {
            message: hand_edit_message(&self.folder.incident.id(), &names),
            author: order.committer.clone(),
            authored_at: order.committed_at,
            committer: order.committer.clone(),
            texts,
        });
    }

    /// Folds in the entries that were kept for this folder, one commit each. One that the document already has is done with;
    /// one that does not fit into it stays kept, and is not in the way.
    pub(crate) fn fold_kept(&mut self, kept: Vec<KeptFile>) -> Result<(), RecordError> {
        for KeptFile { file, entry } in kept {
            let Some(entry) = entry.filter(|entry| entry.folder_path == self.path) else { continue };
            let text = self.texts.get(INCIDENT_FILE).cloned().unwrap_or_default();
            if !has_entry(&text, &write_entry(&entry.entry, self.folder.incident.zone())) {
                let Ok(text) = insert_entry(&text, &entry.entry) else { continue };
                self.fold(&entry, text)?;
            }
            self.done_with.push(file);
        }
        Ok(())
    }

    fn fold(&mut self, kept: &KeptEntry, text: String) -> Result<(), RecordError> {
        self.folded += 1;
        let told = Told { events: vec![event_of(kept)], clock_supplied: kept.clock_supplied, kept: true };
        let who = (kept.author.clone(), kept.recorded_at, kept.committer.clone());
        self.step(&told, who, vec![(INCIDENT_FILE.to_owned(), text)], None)
    }

    /// Commits what the command decided. Texts that cannot be read back are refused.
    pub(crate) fn event(&mut self, order: &RecordOrder, decision: Decision) -> Result<(), RecordError> {
        let Decision { mut files, events, read } = decision;
        files.retain(|(name, text)| self.texts.get(name) != Some(text));
        if files.is_empty() && events.is_empty() {
            return Ok(());
        }
        let told = Told { events, clock_supplied: order.clock_supplied, kept: false };
        self.step(&told, (order.author.clone(), order.recorded_at, order.committer.clone()), files, read)
    }

    /// Adds a commit: its message attests the entries as they stand in the new text, which must be readable.
    /// `read`: the incident document, where whoever wrote it has read that text already.
    fn step(
        &mut self,
        told: &Told,
        who: (Person, Timestamp, Person),
        files: Vec<(String, String)>,
        read: Option<IncidentDocument>,
    ) -> Result<(), RecordError> {
        for (name, text) in &files {
            if !DOCUMENTS.contains(&name.as_str()) {
                let source = std::io::Error::other("not a document of an incident");
                return Err(FileError::Other { doing: "write", path: format!("{}/{name}", self.path).into(), source }.into());
            }
            self.texts.insert(name.clone(), text.clone());
        }
        self.folder = parse(&self.path, &self.texts, read)?;
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let message = self.message(told, &names);
        let (author, authored_at, committer) = who;
        let texts = files.into_iter().map(|(name, text)| (name, Some(text))).collect();
        self.steps.push(Step { message, author, authored_at, committer, texts });
        Ok(())
    }

    fn message(&self, told: &Told, files: &[&str]) -> String {
        let incident = &self.folder.incident;
        if told.events.is_empty() {
            let clock = if told.clock_supplied { format!("{}: {}\n", CLOCK_SUPPLIED.0, CLOCK_SUPPLIED.1) } else { String::new() };
            return hand_edit_message(&incident.id(), files) + &clock;
        }
        let zone = incident.zone();
        let lines: Vec<String> = told.events.iter().map(|event| entry_line(incident, &event.entry(zone))).collect();
        let kept = if told.kept { format!("{}: {}\n", KEPT.0, KEPT.1) } else { String::new() };
        message(&incident.id(), &told.events, &lines, zone, told.clock_supplied) + &kept
    }

    /// True when there is nothing to commit.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The subject of the last commit, for the reflog.
    pub(crate) fn subject(&self) -> &str {
        self.steps.last().and_then(|step| step.message.lines().next()).unwrap_or_default()
    }

    /// The files that are committed, when all of them stay or are new; empty when one goes or is left out.
    pub(crate) fn set_files(&self) -> Vec<String> {
        let changed: BTreeMap<&String, &Option<String>> = self.steps.iter().flat_map(|step| &step.texts).collect();
        let is_left_out = |name: &str| self.state.get(name).is_none_or(|document| document.left_out);
        let all_set = changed.iter().all(|(name, text)| text.is_some() && !is_left_out(name));
        changed.keys().filter(|_| all_set).map(|name| format!("{}/{name}", self.path)).collect()
    }

    /// Makes the commits, with git's hooks and signature, and tells what becomes of each file of the work tree.
    /// `index`: git's index, where it is held already.
    pub(crate) fn commit(
        &mut self,
        store: &Store,
        branch: &BranchTip,
        order: &RecordOrder,
        index: Option<&IndexHold>,
    ) -> Result<(Vec<Oid>, Vec<PlannedFile>), RecordError> {
        self.pass_pre_commit(store, branch)?;
        let unfiltered = index.is_some_and(|index| self.has_no_filters(store, index));
        let mut commits = Vec::new();
        let mut blobs: BTreeMap<&str, Option<Oid>> = BTreeMap::new();
        for step in &self.steps {
            let mut changes = Vec::new();
            for (name, text) in &step.texts {
                let path = format!("{}/{name}", self.path);
                let blob = text.as_ref().map(|text| {
                    let as_it_is = unfiltered && !text.contains('\r');
                    if as_it_is { store.unfiltered_blob(&path, text.as_bytes()) } else { store.blob(&path, text.as_bytes()) }
                });
                let blob = blob.transpose()?;
                blobs.insert(name, blob);
                changes.push(FileChange { path, blob, executable: self.is_executable(name) });
            }
            let text = CommitText {
                author: &step.author,
                authored_at: step.authored_at,
                committer: &step.committer,
                committed_at: order.committed_at,
                zone: self.folder.incident.zone(),
                message: &step.message,
            };
            commits.push(store.commit_object(commits.last().copied().or(branch.tip), &changes, &text)?);
        }
        Ok((commits, blobs.into_iter().map(|(name, blob)| self.planned_file(name, blob)).collect()))
    }

    /// True when it is certain that git stores the documents of this folder as they are, unless a line ends in CRLF.
    fn has_no_filters(&self, store: &Store, index: &IndexHold) -> bool {
        let document = format!("{}/{INCIDENT_FILE}", self.path);
        let no_attributes = |staged| store.no_attributes_convert([document.as_str()].into_iter(), staged);
        !store.settings_ask_for_crlf() && index.attribute_files().is_some_and(no_attributes)
    }

    fn planned_file(&self, name: &str, blob: Option<Oid>) -> PlannedFile {
        let document = self.state.get(name).cloned().unwrap_or_default();
        let text = self.texts.get(name).map(|text| text.clone().into_bytes());
        PlannedFile {
            path: format!("{}/{name}", self.path),
            write: text.filter(|text| document.on_disk.as_ref() != Some(text)),
            seen: document.on_disk,
            blob,
            executable: document.executable,
            mode_changes: false,
            left_out: document.left_out,
        }
    }

    fn is_executable(&self, name: &str) -> bool {
        self.state.get(name).is_some_and(|document| document.executable)
    }

    /// The files of kept entries that are in the document once this plan is published.
    pub(crate) fn done_with(&self) -> &[PathBuf] {
        &self.done_with
    }

    /// What the command is told.
    pub(crate) fn into_recorded(mut self, commits: &[Oid], warnings: Vec<(&'static str, String)>) -> Recorded {
        self.warnings.extend(warnings);
        Recorded {
            commits: commits.iter().map(Oid::to_string).collect(),
            folder: self.folder,
            path: self.path,
            warnings: self.warnings,
            hand_edit: self.hand_edit,
            folded: self.folded,
        }
    }
}

/// The folder of these texts; `read` is the incident document if it is of that very text.
fn parse(path: &str, texts: &BTreeMap<String, String>, read: Option<IncidentDocument>) -> Result<Folder, RecordError> {
    match read.filter(|read| texts.get(INCIDENT_FILE).is_some_and(|text| text == read.text())) {
        Some(incident) => Ok(Folder::with(path, incident, texts)),
        None => Folder::parse(path, texts).map_err(|broken| broken_file(path, broken)),
    }
}

/// A file that cannot be read, named from the root.
fn broken_file(folder: &str, broken: BrokenFile) -> RecordError {
    let BrokenFile { file, broken: BrokenDocument { line, column, message } } = broken;
    RecordError::Broken { path: format!("{folder}/{file}"), line, column, message }
}

/// An entry as it stands in the document.
fn entry_line(incident: &IncidentDocument, entry: &Entry) -> String {
    incident.entry_source(entry).map_or_else(|| write_entry(entry, incident.zone()), str::to_owned)
}

/// Whether an entry stands in a text, whatever its line ends.
fn has_entry(text: &str, entry: &str) -> bool {
    let text = format!("\n{}\n", text.replace("\r\n", "\n"));
    text.contains(&format!("\n{entry}\n"))
}
