//! What of git's own manners this version leaves out when it commits, told as warnings: signatures and hooks.
//! EFFECT (git2, `std::fs`). Runs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::store::repository::Store;

/// The hooks that git runs around a commit.
const HOOKS: [&str; 4] = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

impl Store {
    /// What a commit of git's own would have done besides.
    pub(crate) fn protocol_warnings(&self) -> Vec<(&'static str, String)> {
        let mut warnings = Vec::new();
        let config = self.repository.config().ok();
        if config.is_some_and(|config| config.get_bool("commit.gpgsign").unwrap_or(false)) {
            warnings.push(("not-signed", "commit.gpgsign is on, and this version does not sign".to_owned()));
        }
        let folder = self.hooks_folder();
        let hooks: Vec<&str> = HOOKS.into_iter().filter(|hook| is_executable(&folder.join(hook))).collect();
        if !hooks.is_empty() {
            warnings.push(("hooks-not-run", format!("this version does not run hooks: {}", hooks.join(", "))));
        }
        warnings
    }

    fn hooks_folder(&self) -> PathBuf {
        let configured = self.repository.config().and_then(|config| config.get_path("core.hooksPath"));
        configured.map_or_else(|_| self.common_dir().join("hooks"), |folder| self.root().join(folder))
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}
