//! A repository whose references libgit2 cannot read (reftable): it is shown one through a git folder of our own,
//! `qpp-incident/view`, with the references as git lists them, the settings without what libgit2 does not know, and the
//! repository's own objects. EFFECT (processes, `std::fs`). References are moved by git alone.

use std::fs;
use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, Oid, Repository, RepositoryOpenFlags};

use crate::store::file_error::FileError;
use crate::store::git_program::{answer, git_at};
use crate::store::store_error::StoreError;

const DOING: &str = "read the repository by the git program";

/// What of the repository's own folders is looked at where it is.
const SHARED: [&str; 3] = ["objects", "info", "shallow"];

/// What says that git is in the middle of something.
const STATES: [&str; 4] = ["rebase-merge", "rebase-apply", "MERGE_HEAD", "sequencer"];

/// The same, where reftable holds it.
const ROOT_REFERENCES: [&str; 2] = ["CHERRY_PICK_HEAD", "REVERT_HEAD"];

/// Where the repository really is, and where libgit2 sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    /// This work tree's own git folder.
    pub git_dir: PathBuf,
    /// The git folder that all work trees share.
    pub common_dir: PathBuf,
    folder: PathBuf,
    root: PathBuf,
}

impl View {
    /// The view of the repository at or above a folder.
    ///
    /// # Errors
    /// git cannot read it either, or the view cannot be written.
    pub(crate) fn open(start: &Path) -> Result<(Self, Repository), StoreError> {
        let where_it_is = ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir", "--show-toplevel"];
        let said = answer(DOING, git_at(start, &where_it_is), b"").map(text).map_err(|error| bare(start).unwrap_or(error))?;
        let mut lines = said.lines().map(PathBuf::from);
        let (Some(git_dir), Some(common_dir), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(StoreError::GitProgram { doing: DOING.to_owned(), said });
        };
        let view = Self { folder: git_dir.join("qpp-incident").join("view"), git_dir, common_dir, root };
        view.make()?;
        let no_ceiling: &[&Path] = &[];
        let flags = RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT;
        let opened = Repository::open_ext(&view.folder, flags, no_ceiling);
        let repository = opened.map_err(|error| StoreError::git(format!("open the repository at {}", view.root.display()), error))?;
        Ok((view, repository))
    }

    fn make(&self) -> Result<(), StoreError> {
        let failed = |error| FileError::new("write", &self.folder, error);
        fs::create_dir_all(self.folder.join("refs")).map_err(failed)?;
        let shared = SHARED.iter().map(|name| (self.common_dir.join(name), *name));
        for (target, name) in shared.chain(STATES.iter().map(|name| (self.git_dir.join(name), *name))) {
            link(&target, &self.folder.join(name)).map_err(failed)?;
        }
        let list = ["config", "-z", "--list", "--show-scope", "--includes"];
        let listed = text(answer(DOING, git_at(&self.root, &list), b"")?);
        self.write("config", &settings(&listed, &self.root))?;
        self.refresh()
    }

    /// Shows the references as they are now.
    pub(crate) fn refresh(&self) -> Result<(), StoreError> {
        let list = ["for-each-ref", "--include-root-refs", "--format=%(objectname) %(refname)"];
        let listed = text(answer(DOING, git_at(&self.root, &list), b"")?);
        let references = || listed.lines().filter_map(|line| line.split_once(' '));
        let branches = references().filter(|(_, name)| name.starts_with("refs/"));
        let packed = branches.fold(String::new(), |packed, (oid, name)| packed + oid + " " + name + "\n");
        self.write("packed-refs", &packed)?;
        for root in ROOT_REFERENCES {
            match references().find(|(_, name)| *name == root) {
                Some((oid, _)) => self.write(root, &format!("{oid}\n"))?,
                None => drop(fs::remove_file(self.folder.join(root))),
            }
        }
        let branch = answer(DOING, git_at(&self.root, &["symbolic-ref", "-q", "HEAD"]), b"").map(text);
        let head = branch.ok().map(|branch| format!("ref: {}\n", branch.trim()));
        let detached = || references().find(|(_, name)| *name == "HEAD").map(|(oid, _)| format!("{oid}\n"));
        self.write("HEAD", &head.or_else(detached).unwrap_or_default())
    }

    /// Moves a branch, if it still stands where it was read.
    ///
    /// # Errors
    /// It stands elsewhere (`Modified`), or somebody holds it.
    pub(crate) fn swap(&self, reference: &str, old: Option<Oid>, new: Oid, log: &str) -> Result<(), git2::Error> {
        let new = new.to_string();
        let old = old.map(|old| old.to_string());
        let expected = old.clone().unwrap_or_else(|| "0".repeat(new.len()));
        let move_it = ["-c", "core.fsync=reference", "update-ref", "--create-reflog", "-m", log, reference, &new, &expected];
        let moved = answer("move the branch", git_at(&self.root, &move_it), b"");
        let _the_next_reader_looks_again = self.refresh();
        moved.map(drop).map_err(|error| {
            let now = answer(DOING, git_at(&self.root, &["rev-parse", "--verify", "-q", reference]), b"").map(text).ok();
            let stands = now.as_deref().map(str::trim) == old.as_deref();
            git2::Error::new(if stands { ErrorCode::Locked } else { ErrorCode::Modified }, ErrorClass::Reference, error.to_string())
        })
    }

    /// The commits that a reference ever stood at, as far as git remembers.
    pub(crate) fn ever_stood_at(&self, reference: &str) -> Vec<String> {
        let log = answer(DOING, git_at(&self.root, &["reflog", "show", "--format=%H", reference, "--"]), b"");
        log.map(text).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Sets a setting of the repository.
    pub(crate) fn set(&self, key: &str, value: &str) -> Result<(), git2::Error> {
        let set = answer("change the settings", git_at(&self.root, &["config", key, value]), b"");
        set.map(drop).map_err(|error| git2::Error::from_str(&error.to_string()))
    }

    /// Writes a file of the view, if it is to hold something else, in one step: other processes may be reading.
    fn write(&self, name: &str, content: &str) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|held| held == content) {
            return Ok(());
        }
        let failed = |error| FileError::new("write", &path, error);
        let file = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        fs::write(file.path(), content).map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// That a repository has no work tree, if that is why git does not say where it is.
fn bare(start: &Path) -> Option<StoreError> {
    let ask = ["rev-parse", "--path-format=absolute", "--is-bare-repository", "--git-dir"];
    let said = answer(DOING, git_at(start, &ask), b"").map(text).ok()?;
    let path = said.strip_prefix("true\n")?.trim_end();
    Some(StoreError::Bare { path: PathBuf::from(path) })
}

/// The repository's own settings, as `git config -z --list --show-scope` gives them, for libgit2: it reads those of the user and
/// of the system itself.
fn settings(listed: &str, root: &Path) -> String {
    let mut parts = listed.split_terminator('\0');
    let mut written = String::new();
    let mut version = 0;
    while let (Some(scope), Some(entry)) = (parts.next(), parts.next()) {
        let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
        let is_own = matches!(scope, "local" | "worktree");
        let is_ours = ["core.repositoryformatversion", "core.worktree", "core.bare"].contains(&key);
        let is_unknown = key.starts_with("extensions.") && key != "extensions.objectformat";
        if !is_own || is_ours || is_unknown || key.starts_with("include.") || key.starts_with("includeif.") {
            continue;
        }
        version = version.max(i32::from(key == "extensions.objectformat"));
        written.extend(setting(key, value));
    }
    let root = quoted(&root.display().to_string());
    format!("{written}[core]\n\trepositoryformatversion = {version}\n\tbare = false\n\tworktree = {root}\n")
}

/// # Source
/// git-config(1) "Syntax".
fn setting(key: &str, value: &str) -> Option<String> {
    let (section, name) = key.rsplit_once('.')?;
    let head = match section.split_once('.') {
        Some((section, sub)) => format!("[{section} {}]", quoted(sub)),
        None => format!("[{section}]"),
    };
    Some(format!("{head}\n\t{name} = {}\n", quoted(value)))
}

fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(unix)]
fn link(target: &Path, name: &Path) -> std::io::Result<()> {
    match std::os::unix::fs::symlink(target, name) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            if fs::read_link(name)? == target {
                return Ok(());
            }
            fs::remove_file(name)?; // the repository was moved
            std::os::unix::fs::symlink(target, name)
        }
        made => made,
    }
}

#[cfg(not(unix))]
fn link(_target: &Path, _name: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_the_repositorys_own_without_what_libgit2_does_not_know() {
        let listed = "global\0user.name\nGrace\0local\0core.repositoryformatversion\n1\0local\0extensions.refstorage\nreftable\0\
                      local\0extensions.objectformat\nsha256\0local\0remote.or\"i.gin.url\nC:\\hub\0local\0commit.gpgsign\0\
                      local\0include.path\nmore\0worktree\0core.editor\na\tb\0";
        let expected = "[extensions]\n\tobjectformat = \"sha256\"\n[remote \"or\\\"i.gin\"]\n\turl = \"C:\\\\hub\"\n\
                        [commit]\n\tgpgsign = \"true\"\n[core]\n\teditor = \"a\\tb\"\n\
                        [core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = \"/srv/repo\"\n";
        assert_eq!(settings(listed, Path::new("/srv/repo")), expected);
    }
}
