//! `init`: makes a git repository or adopts one, and commits what it writes, and that alone.
//! EFFECT (git2, `std::fs`). Never overwrites a file; the texts are handed in.

use std::fs;
use std::path::{Path, PathBuf};

use git2::{Config, Repository, RepositoryInitOptions};

use crate::domain::zone::Zone;
use crate::store::branch::BranchTip;
use crate::store::commit_objects::{CommitText, FileChange};
use crate::store::file_error::FileError;
use crate::store::files::TEAMS_PATH;
use crate::store::index_entry::IndexHold;
use crate::store::lock::RepositoryLock;
use crate::store::manners::CommitManners;
use crate::store::merge_driver::ATTRIBUTES_PATH;
use crate::store::planned_file::PlannedFile;
use crate::store::publish::{Published, Ready};
use crate::store::record_error::RecordError;
use crate::store::recorded::RecordOrder;
use crate::store::repository::{CONFIG_PATH, Store};
use crate::store::store_error::StoreError;

/// Names the merge driver and nothing else: line ends stay as each file has them.
const ATTRIBUTES_TEXT: &str = "# Merged by structure, so that nobody's entry is lost: see qpp-incident's docs/format.md.\n\
                               *.md merge=qpp-incident\n*.yaml merge=qpp-incident\n";

/// The message of the commit that `init` makes.
const MESSAGE: &str = "incidents: adopt the repository\n\nEvent: init\n";

/// What `init` is to write.
#[derive(Debug, Clone)]
pub struct AdoptOrder {
    /// The folder: a repository, a folder in one, or where one is to be made.
    pub directory: PathBuf,
    /// The text of `incidents/config.yaml`.
    pub config_text: String,
    /// The text of `incidents/teams.yaml`.
    pub teams_text: String,
    /// Who commits, and when.
    pub order: RecordOrder,
    /// The zone that the commit's times are written in.
    pub zone: Zone,
    /// Whether hooks check and git signs.
    pub manners: CommitManners,
}

/// What `init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The top of the work tree.
    pub root: PathBuf,
    /// True when there was no repository before.
    pub made_repository: bool,
    /// The files that were written and committed, relative to the root; empty when they all stood already.
    pub files: Vec<String>,
    /// The full hex name of the commit; none when nothing was to be written.
    pub commit: Option<String>,
    /// True when the merge driver was missing in this clone's settings and was added.
    pub installed_driver: bool,
    /// True when the repository also holds other things than incidents.
    pub other_content: bool,
    /// `(code, message)` of what went less well than it should.
    pub warnings: Vec<(&'static str, String)>,
}

/// Makes or adopts a repository. Run again, it changes nothing.
///
/// # Errors
/// The repository cannot be made, used or written.
pub fn adopt(adopt_order: &AdoptOrder) -> Result<Adopted, RecordError> {
    let (store, made_repository) = open_or_make(&adopt_order.directory)?;
    let store = store.with_manners(adopt_order.manners);
    let other_content = store.has_other_content();
    let (commit, files, warnings) = store.write_missing(adopt_order)?;
    let installed_driver = store.ensure_merge_driver()?;
    Ok(Adopted { root: store.root().to_owned(), made_repository, files, commit, installed_driver, other_content, warnings })
}

/// What [`adopt`] would do, with nothing written.
///
/// # Errors
/// The repository cannot be used.
pub fn preview(adopt_order: &AdoptOrder) -> Result<Adopted, RecordError> {
    let texts = [CONFIG_PATH, TEAMS_PATH, ATTRIBUTES_PATH].map(str::to_owned);
    let nothing_done = |root: PathBuf, made_repository: bool, files: Vec<String>, other_content: bool| Adopted {
        root,
        made_repository,
        files,
        commit: None,
        installed_driver: false,
        other_content,
        warnings: Vec::new(),
    };
    match Store::open_at(&adopt_order.directory, None) {
        Ok(store) => {
            let missing = texts.into_iter().filter(|path| !store.has(path)).collect();
            Ok(nothing_done(store.root().to_owned(), false, missing, store.has_other_content()))
        }
        Err(StoreError::NoRepository { .. }) => Ok(nothing_done(adopt_order.directory.clone(), true, texts.to_vec(), false)),
        Err(error) => Err(error.into()),
    }
}

/// The repository at or above a folder that exists, or a new one in it.
fn open_or_make(directory: &Path) -> Result<(Store, bool), RecordError> {
    if directory.is_dir() {
        match Store::open_at(directory, None) {
            Err(StoreError::NoRepository { .. }) => {}
            opened => return Ok((opened?, false)),
        }
    }
    fs::create_dir_all(directory).map_err(|error| FileError::new("write", directory, error))?;
    let branch = Config::open_default().and_then(|config| config.get_string("init.defaultBranch"));
    let mut options = RepositoryInitOptions::new();
    options.initial_head(branch.as_deref().unwrap_or("main"));
    let made = Repository::init_opts(directory, &options);
    made.map_err(|error| StoreError::git(format!("make a repository in {}", directory.display()), error))?;
    Ok((Store::open_at(directory, None)?, true))
}

/// The commit, the files that it holds, and what went less well.
type Written = (Option<String>, Vec<String>, Vec<(&'static str, String)>);

impl Store {
    /// Writes and commits those of the files that are neither on disk nor committed.
    fn write_missing(&self, adopt_order: &AdoptOrder) -> Result<Written, RecordError> {
        let _lock = RepositoryLock::take(self, &adopt_order.order.turn, adopt_order.order.wait)?;
        self.recover(adopt_order.order.wait)?;
        self.refuse_links("incidents")?;
        let texts = [
            (CONFIG_PATH, adopt_order.config_text.as_str()),
            (TEAMS_PATH, adopt_order.teams_text.as_str()),
            (ATTRIBUTES_PATH, ATTRIBUTES_TEXT),
        ];
        let missing: Vec<_> = texts.into_iter().filter(|(path, _)| !self.has(path)).collect();
        if missing.is_empty() {
            return Ok((None, Vec::new(), Vec::new()));
        }
        let branch = self.writable_branch(adopt_order.order.detached)?.map_err(RecordError::Branch)?;
        let index = IndexHold::take(self, adopt_order.order.wait, &[])?;
        let mut planned = Vec::new();
        for (path, text) in &missing {
            planned.push(self.new_file(path, text)?);
        }
        let commit = self.adoption_commit(adopt_order, &branch, &planned)?;
        let subject = MESSAGE.lines().next().unwrap_or_default();
        let durability = adopt_order.order.durability;
        match self.publish(&Ready { branch: &branch, commits: &[commit], subject, files: &planned, durability }, index)? {
            Published::Done(mut warnings) => {
                warnings.extend(self.after_commit());
                Ok((Some(commit.to_string()), missing.iter().map(|(path, _)| (*path).to_owned()).collect(), warnings))
            }
            Published::Moved => Err(RecordError::Outrun { tries: 1 }),
            Published::Held(error) => Err(StoreError::git("move the branch", error).into()),
        }
    }

    fn adoption_commit(&self, adopt_order: &AdoptOrder, branch: &BranchTip, planned: &[PlannedFile]) -> Result<git2::Oid, StoreError> {
        let changes: Vec<FileChange> =
            planned.iter().map(|file| FileChange { path: file.path.clone(), blob: file.blob, executable: false }).collect();
        self.commit_object(branch.tip, &changes, &CommitText::of(&adopt_order.order, adopt_order.zone, MESSAGE))
    }

    fn new_file(&self, path: &str, text: &str) -> Result<PlannedFile, StoreError> {
        let content = text.as_bytes().to_vec();
        let blob = Some(self.blob(path, &content)?);
        Ok(PlannedFile {
            path: path.to_owned(),
            seen: None,
            write: Some(content),
            blob,
            executable: false,
            mode_changes: false,
            left_out: false,
        })
    }

    /// True when a file is on disk or committed.
    fn has(&self, path: &str) -> bool {
        self.root().join(path).symlink_metadata().is_ok() || self.tip_tree().is_some_and(|tree| tree.get_path(Path::new(path)).is_ok())
    }

    /// True when something else than incidents is committed: a repository of its own would be safer.
    fn has_other_content(&self) -> bool {
        let is_ours = |name: &str| {
            let about = ["readme", "license", "licence", "copying", "security", "contributing"];
            let lower = name.to_lowercase();
            matches!(name, "incidents" | "templates") || name.starts_with('.') || about.iter().any(|word| lower.starts_with(word))
        };
        self.tip_tree().is_some_and(|tree| tree.iter().any(|entry| !entry.name().is_ok_and(is_ours)))
    }
}

#[cfg(test)]
mod tests;
