//! Which repository holds the incidents, and the `Store` that everything else of this layer hangs on.
//! EFFECT (git2). Reads no environment: `context` fills a [`RepositoryChoice`].

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use git2::{Config, ConfigLevel, ErrorCode, Repository, RepositoryOpenFlags};

use crate::store::index_memory::IndexMemory;
use crate::store::manners::{CommitManners, Manners};
use crate::store::store_error::StoreError;
use crate::store::view::View;

/// The file that says that `init` has adopted a repository.
pub const CONFIG_PATH: &str = "incidents/config.yaml";

/// Where to look for the repository; filled by `context` from arguments and environment.
#[derive(Debug, Clone, Default)]
pub struct RepositoryChoice {
    /// `-C DIR`, relative to the current folder.
    pub directory: Option<PathBuf>,
    /// `$QPP_INCIDENT_REPO`, if set and not empty.
    pub environment: Option<PathBuf>,
    /// The current folder, absolute.
    pub current_folder: PathBuf,
    /// Where git keeps what the user has set, beside `~/.gitconfig`: `$XDG_CONFIG_HOME/git`.
    pub users_settings: Option<PathBuf>,
}

/// A repository that keeps incidents.
pub struct Store {
    pub(crate) repository: Repository,
    pub(crate) manners: Manners,
    /// Where it really is, when libgit2 sees it through a view.
    pub(crate) view: Option<View>,
    /// The folder of the user's own settings of git, when it is known.
    pub(crate) users_settings: Option<PathBuf>,
    root: PathBuf,
    /// git's settings as they were when they were first asked for: libgit2 looks at three files for each answer.
    settings: OnceCell<Config>,
    /// Where git's index is read into.
    pub(crate) index_memory: IndexMemory,
}

impl Store {
    /// Opens the repository that the choice names: `-C`, else the environment, else `git config qpp-incident.repo`,
    /// else the one that holds the current folder.
    ///
    /// # Errors
    /// There is none, `init` has not adopted it, its incidents are not checked out, or git cannot use it.
    ///
    /// # Source
    /// Spec §2 "Which repository and branch".
    pub fn open(choice: &RepositoryChoice) -> Result<Self, StoreError> {
        let store = Self::open_any(choice)?;
        if !store.is_adopted() {
            return Err(StoreError::NotAdopted { root: store.root });
        }
        if store.root.join(CONFIG_PATH).is_file() || !store.is_sparse() {
            return Ok(store);
        }
        Err(StoreError::Sparse { root: store.root })
    }

    /// True when git checks out a part of the files only.
    pub fn is_sparse(&self) -> bool {
        self.settings().is_ok_and(|settings| settings.get_bool("core.sparseCheckout").unwrap_or(false))
    }

    /// As [`Store::open`], adopted or not.
    ///
    /// # Errors
    /// There is no repository, or git cannot use it.
    pub fn open_any(choice: &RepositoryChoice) -> Result<Self, StoreError> {
        let opened = match named(choice) {
            Some((start, named_by)) => Self::open_at(&start, Some(named_by)),
            None => Self::open_here(&choice.current_folder),
        };
        Ok(Self { users_settings: choice.users_settings.clone(), ..opened? })
    }

    /// Opens the repository that the user's settings name, else the one that holds the current folder. The settings of that
    /// one hold the user's as well, so they are read once for both.
    fn open_here(current_folder: &Path) -> Result<Self, StoreError> {
        let here = Self::open_at(current_folder, None);
        let settings = here.as_ref().map_or_else(|_| Config::open_default(), |here| here.repository.config());
        match settings.and_then(users_choice) {
            Ok(directory) => Self::open_at(&current_folder.join(directory), Some("git config qpp-incident.repo")),
            Err(_) => here,
        }
    }

    /// Opens the repository at or above a folder.
    ///
    /// # Errors
    /// There is no repository, or git cannot use it.
    pub(crate) fn open_at(start: &Path, named_by: Option<&'static str>) -> Result<Self, StoreError> {
        // A tree or commit is made of objects that were read or written a moment before: they are not looked for again.
        git2::opts::strict_object_creation(false);
        // Nor is what is read hashed again, as git does not: zlib tells damage, and `git fsck` and `verify` tell the rest.
        git2::opts::strict_hash_verification(false);
        let no_ceiling: &[&Path] = &[];
        let opened = Repository::open_ext(start, RepositoryOpenFlags::empty(), no_ceiling);
        let (view, repository) = match opened {
            Ok(repository) => (None, repository),
            Err(error) if is_for_git_alone(&error) => {
                let (view, repository) = View::open(start)?;
                (Some(view), repository)
            }
            Err(error) => return Err(open_error(start, named_by, error)),
        };
        let Some(root) = repository.workdir().map(plain) else {
            return Err(StoreError::Bare { path: plain(repository.path()) });
        };
        let (settings, index_memory) = (OnceCell::new(), IndexMemory::default());
        Ok(Self { repository, manners: Manners::default(), view, users_settings: None, root, settings, index_memory })
    }

    /// The same repository opened anew: libgit2 does not notice all that other programs do to it.
    ///
    /// # Errors
    /// It is gone, or git cannot use it.
    pub(crate) fn opened_anew(&self) -> Result<Self, StoreError> {
        let anew = Self::open_at(&self.root, None)?.with_manners(self.manners.asked);
        Ok(Self { users_settings: self.users_settings.clone(), ..anew })
    }

    /// The same repository, with what the command line says about committing.
    #[must_use]
    pub fn with_manners(self, asked: CommitManners) -> Self {
        Self { manners: Manners::new(asked), ..self }
    }

    /// True when `incidents/config.yaml` is in the work tree or at the tip of the branch.
    pub fn is_adopted(&self) -> bool {
        self.root.join(CONFIG_PATH).is_file() || self.tip_tree().is_some_and(|tree| tree.get_path(Path::new(CONFIG_PATH)).is_ok())
    }

    /// The top of the work tree, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// This work tree's own git folder.
    pub fn git_dir(&self) -> &Path {
        self.view.as_ref().map_or_else(|| self.repository.path(), |view| &view.git_dir)
    }

    /// The git folder that all work trees share.
    pub fn common_dir(&self) -> &Path {
        self.view.as_ref().map_or_else(|| self.repository.commondir(), |view| &view.common_dir)
    }

    /// The tree of the commit that is checked out; none before the first commit.
    pub(crate) fn tip_tree(&self) -> Option<git2::Tree<'_>> {
        self.repository.head().ok().and_then(|head| head.peel_to_tree().ok())
    }

    /// git's settings as this command found them.
    pub(crate) fn settings(&self) -> Result<&Config, git2::Error> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        let settings = self.repository.config()?.snapshot()?;
        Ok(self.settings.get_or_init(|| settings))
    }

    /// Sets a setting of this clone.
    pub(crate) fn set_in_clone(&self, key: &str, value: &str) -> Result<(), git2::Error> {
        match &self.view {
            Some(view) => view.set(key, value),
            None => self.repository.config()?.open_level(ConfigLevel::Local)?.set_str(key, value),
        }
    }

    /// The URL of a remote, as configured.
    pub fn remote_url(&self, name: &str) -> Option<String> {
        let remote = self.repository.find_remote(name).ok()?;
        remote.url().ok().map(str::to_owned)
    }
}

/// The place that the command line or the environment names, and which of them.
fn named(choice: &RepositoryChoice) -> Option<(PathBuf, &'static str)> {
    let from_here = |path: &PathBuf| choice.current_folder.join(path);
    let directory = choice.directory.as_ref().map(|directory| (from_here(directory), "-C"));
    directory.or_else(|| choice.environment.as_ref().map(|directory| (from_here(directory), "$QPP_INCIDENT_REPO")))
}

/// `qpp-incident.repo` of the user's settings; a repository's own are not asked where the repository is.
fn users_choice(settings: Config) -> Result<PathBuf, git2::Error> {
    let key = "qpp-incident.repo";
    let own = matches!(settings.get_entry(key)?.level(), ConfigLevel::Local | ConfigLevel::Worktree);
    let settings = if own { Config::open_default()? } else { settings };
    settings.get_path(key)
}

/// True for a repository in a form that git may know and libgit2 does not.
fn is_for_git_alone(error: &git2::Error) -> bool {
    error.message().contains("unsupported extension")
}

fn open_error(start: &Path, named_by: Option<&'static str>, error: git2::Error) -> StoreError {
    if error.code() == ErrorCode::NotFound {
        return StoreError::NoRepository { start: start.to_owned(), named_by };
    }
    let path = discovered(start);
    if error.code() == ErrorCode::Owner {
        return StoreError::ForeignOwner { path };
    }
    StoreError::git(format!("open the repository at {}", path.display()), error)
}

/// The top of the work tree as far as it can be told without opening the repository.
fn discovered(start: &Path) -> PathBuf {
    let no_ceiling: &[&Path] = &[];
    let git_dir = Repository::discover_path(start, no_ceiling).unwrap_or_else(|_| start.to_owned());
    let git_dir = plain(&git_dir);
    match git_dir.parent() {
        Some(parent) if git_dir.file_name().is_some_and(|name| name == ".git") => parent.to_owned(),
        _ => git_dir,
    }
}

/// A path without the slash that libgit2 ends folders with.
fn plain(path: &Path) -> PathBuf {
    path.components().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    #[test]
    fn the_users_settings_name_the_repository_and_a_repositorys_own_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings");
        std::fs::write(&file, "[qpp-incident]\n\trepo = /srv/incidents\n").unwrap();
        let at = |level| {
            let mut settings = Config::new().unwrap();
            settings.add_file(&file, level, false).unwrap();
            users_choice(settings).ok()
        };
        assert_eq!(at(ConfigLevel::Global), Some(PathBuf::from("/srv/incidents")));
        assert_eq!(at(ConfigLevel::System), Some(PathBuf::from("/srv/incidents")));
        assert_ne!(at(ConfigLevel::Local), Some(PathBuf::from("/srv/incidents")));
    }
}
