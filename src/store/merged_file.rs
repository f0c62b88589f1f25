//! One file that both sides changed: by structure where it is a document or setting of ours, else by git's own merge of text.
//! EFFECT (git2: reads and writes blobs). The merge by structure itself is in `document::merge`, and pure.

use std::path::Path;
use std::sync::Arc;

use git2::{AttrCheckFlags, AttrValue, FileFavor, MergeFileInput, MergeFileOptions, Oid};

use crate::document::in_parallel::in_parallel;
use crate::document::merge::{MergeObstacle, merge_file};
use crate::store::file_error::utf8;
use crate::store::hand_edits::DOCUMENTS;
use crate::store::paths::{INCIDENTS, IncidentPath};
use crate::store::repository::Store;
use crate::store::store_error::StoreError;
use crate::store::sync_error::SyncError;
use crate::store::tree_change::{Difference, MergedTexts, Version};

/// A plain file, in a tree.
const PLAIN: i32 = 0o100_644;
const EXECUTABLE: i32 = 0o100_755;

/// The settings and the directory, which are merged by key.
const SETTINGS: [&str; 2] = ["incidents/config.yaml", "incidents/teams.yaml"];

/// How git tells that a file is no text: a zero byte in so many first ones.
const LOOKED_AT: usize = 8000;

/// What is done where only a person can put two versions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileMerge {
    /// It is an error.
    Strict,
    /// The result is no commit, only what two commits come from: both versions stand in it.
    ForBase,
}

/// A file that both sides changed, put together.
#[derive(Debug, Clone)]
pub(crate) struct MergedFile {
    /// Relative to the root.
    pub path: String,
    /// Here, before.
    pub ours: Option<Version>,
    /// After it; none when both removed it.
    pub merged: Option<Version>,
    /// The three texts and what they became, for a document or setting of ours that both sides have.
    pub texts: Option<Arc<MergedTexts>>,
}

/// Texts to be merged by structure, before and after.
struct Job {
    file: Difference,
    base: Option<String>,
    ours: String,
    theirs: String,
}

impl Store {
    /// Puts together files that both sides changed.
    pub(crate) fn merge_files(&self, files: Vec<Difference>, how: FileMerge, upstream: &str) -> Result<Vec<MergedFile>, SyncError> {
        let (mut done, mut jobs, mut conflicts) = (Vec::new(), Vec::new(), Vec::new());
        for file in files {
            match (file.ours, file.theirs) {
                (Some(ours), Some(theirs)) if is_by_structure(&file.path) && is_file(ours) && is_file(theirs) => jobs.push(self.job(file)?),
                (ours, theirs) if is_by_structure(&file.path) => {
                    // What one side removed and the other changed stays: nothing that either side has is lost.
                    done.push(MergedFile { path: file.path, ours, merged: ours.or(theirs), texts: None });
                }
                _ => match self.merge_text(&file, how)? {
                    Ok(merged) => done.push(MergedFile { ours: file.ours, path: file.path, merged, texts: None }),
                    Err(()) => conflicts.push(file.path),
                },
            }
        }
        if !conflicts.is_empty() {
            return Err(SyncError::Conflict { paths: conflicts, upstream: upstream.to_owned() });
        }
        for (job, merged) in by_structure(jobs) {
            let merged = match (merged, how) {
                (Ok(text), _) => text,
                (Err(_), FileMerge::ForBase) => job.ours.clone(),
                (Err(obstacle), FileMerge::Strict) => return Err(SyncError::Document { obstacle, upstream: upstream.to_owned() }),
            };
            done.push(self.written(job, merged)?);
        }
        Ok(done)
    }

    fn job(&self, file: Difference) -> Result<Job, SyncError> {
        let text = |version: Option<Version>| -> Result<Option<String>, SyncError> {
            let Some(version) = version.filter(|version| is_file(*version)) else { return Ok(None) };
            Ok(Some(utf8(Path::new(&file.path), self.blob_bytes(version.blob)?)?))
        };
        let (base, ours, theirs) = (text(file.base)?, text(file.ours)?, text(file.theirs)?);
        Ok(Job { base, ours: ours.unwrap_or_default(), theirs: theirs.unwrap_or_default(), file })
    }

    fn written(&self, job: Job, merged: String) -> Result<MergedFile, SyncError> {
        let blob = if merged == job.ours {
            job.file.ours.map(|version| version.blob)
        } else if merged == job.theirs {
            job.file.theirs.map(|version| version.blob)
        } else {
            None
        };
        let blob = blob.map_or_else(|| self.unfiltered_blob(&job.file.path, merged.as_bytes()), Ok)?;
        let version = Version { blob, mode: mode(&job.file) };
        let texts = MergedTexts { ours: job.ours, theirs: job.theirs, merged };
        Ok(MergedFile { path: job.file.path, ours: job.file.ours, merged: Some(version), texts: Some(Arc::new(texts)) })
    }

    /// git's merge of text; `Err` is a conflict.
    fn merge_text(&self, file: &Difference, how: FileMerge) -> Result<Result<Option<Version>, ()>, StoreError> {
        let failed = |error| StoreError::git(format!("merge {}", file.path), error);
        let unsettled = match how {
            FileMerge::Strict => Err(()),
            FileMerge::ForBase => Ok(file.ours.or(file.theirs)),
        };
        let (Some(ours), Some(theirs)) = (file.ours, file.theirs) else { return Ok(unsettled) };
        if ours.blob == theirs.blob && is_file(ours) && is_file(theirs) {
            return Ok(Ok(Some(Version { mode: mode(file), ..ours })));
        }
        let Some(base) = file.base else { return Ok(unsettled) };
        let attribute = self.repository.get_attr(Path::new(&file.path), "merge", AttrCheckFlags::FILE_THEN_INDEX).ok().flatten();
        let favor = match AttrValue::from_string(attribute) {
            AttrValue::Unspecified | AttrValue::True | AttrValue::String("text" | "qpp-incident") => FileFavor::Normal,
            AttrValue::String("union") => FileFavor::Union,
            _ => return Ok(unsettled),
        };
        if ![base, ours, theirs].into_iter().all(is_file) {
            return Ok(unsettled);
        }
        let texts = [self.blob_bytes(base.blob)?, self.blob_bytes(ours.blob)?, self.blob_bytes(theirs.blob)?];
        if texts.iter().any(|bytes| bytes.iter().take(LOOKED_AT).any(|byte| *byte == 0)) {
            return Ok(unsettled);
        }
        let [base, one, two] = texts.each_ref().map(|bytes| {
            let mut input = MergeFileInput::new();
            input.content(bytes);
            input
        });
        let mut options = MergeFileOptions::new();
        options.favor(favor);
        let result = git2::merge_file(&base, &one, &two, Some(&mut options)).map_err(failed)?;
        if !result.is_automergeable() && how == FileMerge::Strict {
            return Ok(Err(()));
        }
        let blob = self.unfiltered_blob(&file.path, result.content())?;
        Ok(Ok(Some(Version { blob, mode: mode(file) })))
    }

    /// A blob's bytes.
    pub(crate) fn blob_bytes(&self, blob: Oid) -> Result<Vec<u8>, StoreError> {
        let found = self.repository.find_blob(blob).map_err(|error| StoreError::git(format!("read {blob}"), error))?;
        Ok(found.content().to_vec())
    }
}

/// Merges by structure, on every processor there is: reading a long document takes its time.
fn by_structure(jobs: Vec<Job>) -> Vec<(Job, Result<String, MergeObstacle>)> {
    let merged = in_parallel(&jobs, |job| merge_file(&job.file.path, job.base.as_deref(), &job.ours, &job.theirs));
    jobs.into_iter().zip(merged).collect()
}

/// A document of an incident, or a setting: merged by what it says.
pub(crate) fn is_by_structure(path: &str) -> bool {
    let document =
        |(folder, name): (&str, &str)| DOCUMENTS.contains(&name) && folder.starts_with(INCIDENTS) && IncidentPath::parse(folder).is_some();
    SETTINGS.contains(&path) || path.rsplit_once('/').is_some_and(document)
}

fn is_file(version: Version) -> bool {
    matches!(version.mode, PLAIN | EXECUTABLE)
}

/// The mode of the side that changed it.
fn mode(file: &Difference) -> i32 {
    let [base, ours, theirs] = [file.base, file.ours, file.theirs].map(|version| version.map(|version| version.mode));
    if ours == base { theirs.or(ours) } else { ours }.unwrap_or(PLAIN)
}
