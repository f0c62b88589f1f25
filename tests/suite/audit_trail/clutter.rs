//! A user in the middle of other work: everything that an index and a work tree can hold besides what is committed.
//! And what a repository is made of, to compare.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::harness::sandbox::Sandbox;

/// The user's own work, elsewhere and beside the documents.
pub struct Clutter {
    /// The incident's documents, which may change.
    ours: Vec<String>,
}

impl Clutter {
    /// Makes it, beside the incident in `folder` too.
    pub fn make(sandbox: &Sandbox, folder: &str) -> Self {
        for name in ["staged", "unstaged", "both", "deleted", "removed", "moved", "mode", "skipped", "assumed"] {
            sandbox.write(&format!("work/{name}.txt"), format!("{name}\none\ntwo\n"));
        }
        sandbox.write(&format!("{folder}/notes.txt"), "notes\n").write("unix.txt", "a\n");
        sandbox.git(&["add", "."]).success();
        sandbox.git(&["commit", "--quiet", "-m", "work"]).success();
        let other = sandbox.document_of("INC-2M4XY");
        let text = sandbox.read(&other);
        sandbox.write("work/staged.txt", "new\n").write("work/both.txt", "first\n").write("work/added.txt", "added\n");
        sandbox.write(&format!("{folder}/graph.svg"), "<svg/>\n").write(&other, format!("{text}staged\n"));
        sandbox.git(&["add", "work", folder, &other]).success();
        sandbox.write("work/both.txt", "second\n").write("work/unstaged.txt", "changed\n").write(&other, format!("{text}unstaged\n"));
        sandbox.git(&["rm", "--quiet", "work/deleted.txt"]).success();
        sandbox.git(&["mv", "work/moved.txt", "work/elsewhere.txt"]).success();
        sandbox.git(&["update-index", "--skip-worktree", "work/skipped.txt"]).success();
        sandbox.git(&["update-index", "--assume-unchanged", "work/assumed.txt"]).success();
        sandbox.git(&["update-index", "--chmod=+x", "work/mode.txt"]).success();
        std::fs::remove_file(sandbox.path("work/removed.txt")).unwrap();
        sandbox.write("work/intended.txt", "intended\n").write("untracked.txt", "u\n").write(&format!("{folder}/notes.txt"), "changed\n");
        sandbox.git(&["add", "--intent-to-add", "work/intended.txt"]).success();
        Self { ours: vec![format!("{folder}/incident.md"), format!("{folder}/postmortem.md")] }
    }

    /// Index, work tree and their differences, without the incident's documents.
    pub fn seen(&self, sandbox: &Sandbox) -> Vec<String> {
        let mut seen = Vec::new();
        for git in [
            &["diff", "--cached", "--raw", "-p"] as &[&str],
            &["diff", "--raw", "-p"],
            &["status", "--porcelain=v2", "--untracked-files=all", "--ignored"],
            &["ls-files", "--stage", "-v", "-t"],
            &["stash", "list"],
        ] {
            let said = sandbox.git(git).success().stdout;
            seen.extend(said.lines().filter(|line| !self.ours.iter().any(|ours| line.contains(ours.as_str()))).map(str::to_owned));
        }
        seen
    }
}

/// Every file of the work tree with its bytes, the index's bytes, every reference and its log, and what the program itself keeps.
pub fn everything(sandbox: &Sandbox) -> Vec<String> {
    let mut found = Vec::new();
    let root = sandbox.path("");
    walk(&root, &root, &mut found);
    found.sort();
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        // Unreferenced objects are no record, and the lock is a file that stays.
        if name == ".git/objects" || name == ".git/qpp-incident/lock" {
            continue;
        }
        if path.is_dir() {
            if !name.starts_with(".git/") {
                found.push(format!("{name}/"));
            }
            walk(root, &path, found);
        } else {
            let digest = Sha256::digest(std::fs::read(&path).unwrap());
            found.push(format!("{name} {}", digest.iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))));
        }
    }
}
