//! A repository of a measurement, and programs run in it with nothing of the outside but PATH.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A repository and the incidents in it.
pub struct Repository {
    /// Its root.
    pub root: PathBuf,
    home: PathBuf,
    /// Id and document, below the root.
    pub incidents: Vec<(String, String)>,
}

impl Repository {
    /// An empty folder, whose home knows Grace Hopper.
    pub fn empty(root: &Path) -> Self {
        let home = root.with_file_name("home");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::create_dir_all(root).unwrap();
        std::fs::write(
            home.join(".gitconfig"),
            "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n",
        )
        .unwrap();
        Self { root: root.to_owned(), home, incidents: Vec::new() }
    }

    /// A clone with a checkout of its own.
    pub fn cloned(origin: &Path, root: &Path, incidents: Vec<(String, String)>) -> Self {
        let mut repository = Self::empty(root);
        repository.output("git", &["clone", "--quiet", "--no-hardlinks", origin.to_str().unwrap(), "."]);
        repository.incidents = incidents;
        repository
    }

    /// The same repository with everything in it, beside it.
    pub fn copy(&self, root: &Path) -> Self {
        let status = Command::new("cp").arg("-a").arg(&self.root).arg(root).status().unwrap();
        assert!(status.success(), "the repository was not copied");
        let copy = Self { root: root.to_owned(), home: self.home.clone(), incidents: self.incidents.clone() };
        // The copied files have other inodes: without this the first command would pay for all of them.
        copy.output("git", &["update-index", "-q", "--refresh"]);
        copy
    }

    /// A program in this repository.
    pub fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(on_path(program));
        command.args(arguments).current_dir(&self.root).stdin(Stdio::null()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", &self.home).env("LC_ALL", "C");
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    /// Runs a program that must succeed; its standard output without the last line end.
    pub fn output(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.command(program, arguments).output().unwrap();
        succeeded(program, arguments, &output);
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// Where a program stands. Given its name alone and an environment, the standard library forks instead of spawning: the more memory the
/// bench has, the longer that takes, and only for the side that is named so.
fn on_path(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|place| place.is_file());
    found.unwrap_or_else(|| PathBuf::from(program))
}

/// Ends the measurement when a run failed: a failure would be quick.
pub fn succeeded(program: &str, arguments: &[&str], output: &Output) {
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
