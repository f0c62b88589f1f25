//! Every form of a repository that people keep incidents in: the commands work there, or refuse clearly and change nothing.
//! In each there is other work of the user's, staged, unstaged and untracked, which stays exactly as it was.

use std::os::unix::fs::MetadataExt;

use snapbox::str;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

const ID: &str = "INC-K7QFM";
const DOCUMENT: &str = "incidents/2026-11/23-k7qfm-many-errors/incident.md";

/// A repository with one incident and files of the user's own.
fn world() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.run(&["init"]).success();
    filled(&sandbox);
    sandbox
}

/// One incident and files of the user's own, committed.
fn filled(sandbox: &Sandbox) {
    sandbox.at("2026-11-23T10:00:00-05:00");
    sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
    sandbox.write("notes.txt", "one\n").write("big/film.txt", "long\n").write("deep/er/x.txt", "x\n");
    sandbox.git(&["add", "--all"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "files"]).success();
}

/// A work tree of the sandbox: a folder, from the sandbox's own, in which the commands are run.
struct Place<'a> {
    sandbox: &'a Sandbox,
    folder: &'a str,
}

impl Place<'_> {
    fn run(&self, words: &[&str]) -> Output {
        self.sandbox.run_in(self.folder, words)
    }

    fn git(&self, words: &[&str]) -> Output {
        self.sandbox.git_in(self.folder, words)
    }

    fn count(&self) -> usize {
        self.git(&["rev-list", "--count", "HEAD"]).success().stdout.trim().parse().unwrap()
    }

    /// The top of the work tree, from the sandbox's own folder.
    fn top(&self) -> String {
        let top = self.git(&["rev-parse", "--show-toplevel"]).success().stdout;
        top.trim().to_owned()
    }

    /// Work of the user's own elsewhere: a staged file, a changed one, a new one.
    fn users_work(&self) {
        let top = self.top();
        std::fs::write(format!("{top}/staged.txt"), "staged\n").unwrap();
        self.git(&["-C", &top, "add", "staged.txt"]).success();
        std::fs::write(format!("{top}/notes.txt"), "one\ntwo\n").unwrap();
        std::fs::write(format!("{top}/new.txt"), "new\n").unwrap();
    }

    /// All that is staged, changed or new.
    fn state(&self) -> String {
        let top = self.top();
        let git = |words: &[&str]| self.git(&[&["-C", &top], words].concat()).success().stdout;
        git(&["status", "--porcelain", "--untracked-files=all"]) + &git(&["diff"]) + &git(&["diff", "--cached"])
    }

    /// Reads, logs and opens: each entry stands there once, in one commit, and nothing else has changed.
    #[track_caller]
    fn works(&self) {
        self.users_work();
        let (before, count) = (self.state(), self.count());
        for words in [&["show", ID][..], &["status", ID], &["list"], &["timeline", ID], &["check"]] {
            let said = self.run(words);
            assert!(matches!(said.status, Some(0 | 3)) && said.stdout.contains("rrors"), "{words:?}: {said}");
        }
        assert_eq!((self.count(), self.state()), (count, before.clone()), "reading changes nothing");
        self.run(&["log", ID, "Restarted the pool."]).success();
        assert_eq!((self.count(), self.state()), (count + 1, before.clone()));
        let opened = self.run(&["open", "Others", "--pagerduty", "Q2", "--quiet"]).success().stdout;
        self.run(&["ack", opened.trim()]).success();
        assert_eq!((self.count(), self.state()), (count + 3, before));
        let shown = self.run(&["show", ID, "--json"]).success().json();
        let entries = shown["timeline"].as_array().unwrap();
        assert_eq!(entries.iter().filter(|entry| entry["text"] == "Restarted the pool.").count(), 1);
        let committed = self.git(&["log", "-3", "--name-only", "--format=%s"]).success().stdout;
        assert_eq!(committed.lines().filter(|line| line.starts_with("incidents/")).count(), 3, "{committed}");
        assert!(!committed.contains(".txt"), "{committed}");
        self.git(&["fsck", "--no-dangling", "--strict"]).success();
    }

    /// A writing command is refused with this code, and nothing at all has changed.
    #[track_caller]
    fn refuses(&self, words: &[&str], code: &str) -> Output {
        let (before, count) = (self.state(), self.count());
        let said = self.run(&[words, &["--json"]].concat()).status_is(1);
        assert_eq!(said.json_error()["error"]["code"], code, "{said}");
        assert_eq!((self.count(), self.state()), (count, before));
        self.run(words)
    }
}

fn at<'a>(sandbox: &'a Sandbox, folder: &'a str) -> Place<'a> {
    Place { sandbox, folder }
}

#[test]
fn an_ordinary_clone() {
    let sandbox = world();
    at(&sandbox, "").works();
}

#[test]
fn a_linked_work_tree() {
    let sandbox = world();
    sandbox.git(&["worktree", "add", "--quiet", "../tree", "-b", "other"]).success();
    at(&sandbox, "../tree").works();
    let branches = sandbox.git(&["rev-list", "--count", "main..other"]).stdout;
    assert_eq!(branches.trim(), "3", "its branch moved, and this one did not");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn a_work_tree_with_settings_of_its_own_and_relative_paths() {
    let sandbox = world();
    sandbox.git(&["config", "extensions.worktreeConfig", "true"]).success();
    sandbox.git(&["worktree", "add", "--quiet", "../tree", "-b", "other"]).success();
    sandbox.git_in("../tree", &["config", "--worktree", "user.name", "Ada Byron"]).success();
    let place = at(&sandbox, "../tree");
    place.works();
    assert_eq!(place.git(&["log", "-1", "--format=%an"]).stdout, "Ada Byron\n");
}

#[test]
fn a_subfolder() {
    for folder in ["incidents", "incidents/2026-11/23-k7qfm-many-errors", "deep/er"] {
        let sandbox = world();
        at(&sandbox, folder).works();
    }
}

#[test]
fn a_git_folder_that_lies_elsewhere() {
    let sandbox = Sandbox::new();
    sandbox.git(&["init", "--quiet", "--separate-git-dir", "../git-folder"]).success();
    assert!(sandbox.path(".git").is_file());
    sandbox.run(&["init"]).success();
    filled(&sandbox);
    at(&sandbox, "").works();
}

#[test]
fn a_submodule() {
    let sandbox = world();
    sandbox.git(&["init", "--quiet", "../project"]).success();
    let origin = sandbox.path("").to_str().unwrap().to_owned();
    let project = at(&sandbox, "../project");
    project.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &origin, "our/incidents"]).success();
    project.git(&["commit", "--quiet", "-m", "incidents"]).success();
    let submodule = at(&sandbox, "../project/our/incidents");
    assert!(sandbox.path("../project/our/incidents/.git").is_file());
    submodule.works();
    let above = project.git(&["status", "--porcelain"]).stdout;
    assert_eq!(above, " M our/incidents\n", "the project around it sees a newer commit, and nothing staged");
}

#[test]
fn a_submodule_as_git_checks_it_out_has_no_branch() {
    let sandbox = world();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    let place = at(&sandbox, "");
    place.users_work();
    place.refuses(&["ack", ID], "detached-head").shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot commit: no branch is checked out (detached HEAD at [..])
hint: git switch BRANCH; --detached commits to what is checked out all the same
--- exit status 1

"#]]);
    // What may not be refused is kept, and the next command that can folds it in.
    let (before, count) = (place.state(), place.count());
    place.run(&["log", ID, "Restarted the pool."]).status_is(75);
    assert_eq!((place.count(), place.state()), (count, before));
    place.git(&["checkout", "--quiet", "main"]).success();
    place.run(&["ack", ID]).success();
    let shown = place.run(&["show", ID, "--json"]).success().json();
    assert_eq!(shown["timeline"].as_array().unwrap().iter().filter(|entry| entry["text"] == "Restarted the pool.").count(), 1);
}

/// How many lines end in CRLF, and how many there are.
fn line_ends(text: &[u8]) -> (usize, usize) {
    let lines = text.split(|byte| *byte == b'\n').count() - 1;
    (text.windows(2).filter(|pair| *pair == b"\r\n").count(), lines)
}

#[test]
fn line_ends_that_git_turns_around() {
    for (settings, attributes) in [(&["core.autocrlf", "true"][..], ""), (&["core.autocrlf", "false"], "*.md text eol=crlf\n")] {
        let sandbox = world();
        sandbox.git(&["config", settings[0], settings[1]]).success();
        if !attributes.is_empty() {
            sandbox.write(".gitattributes", attributes);
            sandbox.git(&["add", ".gitattributes"]).success();
            sandbox.git(&["commit", "--quiet", "-m", "attributes"]).success();
        }
        std::fs::remove_file(sandbox.path(DOCUMENT)).unwrap();
        sandbox.git(&["checkout", "--", DOCUMENT]).success();
        let (crlf, lines) = line_ends(&std::fs::read(sandbox.path(DOCUMENT)).unwrap());
        assert!(crlf == lines && lines > 20, "git wrote CRLF");
        let place = at(&sandbox, "");
        place.works();
        let (crlf, lines) = line_ends(&std::fs::read(sandbox.path(DOCUMENT)).unwrap());
        assert_eq!(crlf, lines, "the file keeps its line ends");
        let committed = place.git(&["show", &format!("HEAD:{DOCUMENT}")]).stdout;
        assert_eq!(line_ends(committed.as_bytes()).0, 0, "and git has its own");
        assert_eq!(committed, sandbox.read(DOCUMENT).replace("\r\n", "\n"));
    }
}

#[test]
fn a_sparse_checkout_with_the_incidents_in_it() {
    for words in [&["set", "incidents", "deep"][..], &["set", "--no-cone", "/incidents/", "/*.txt"]] {
        let sandbox = world();
        sandbox.git(&[&["sparse-checkout"], words].concat()).success();
        assert!(!sandbox.path("big/film.txt").exists());
        at(&sandbox, "").works();
        assert!(!sandbox.path("big/film.txt").exists());
        let kept = sandbox.git(&["ls-files", "-t", "big/film.txt"]).stdout;
        assert_eq!(kept, "S big/film.txt\n", "what is not checked out stays so");
        assert!(sandbox.git(&["ls-tree", "-r", "--name-only", "HEAD"]).stdout.contains("big/film.txt"));
    }
}

#[test]
fn a_sparse_checkout_without_the_incidents() {
    let sandbox = world();
    sandbox.git(&["sparse-checkout", "set", "deep"]).success();
    assert!(!sandbox.path("incidents").exists());
    let place = at(&sandbox, "");
    place.users_work();
    place.refuses(&["log", ID, "Restarted the pool."], "sparse-checkout").shows(str![[r#"
--- stderr
error: the sparse checkout at [SANDBOX]/repo leaves incidents/ out
hint: git -C [SANDBOX]/repo sparse-checkout add incidents
--- exit status 1

"#]]);
    place.refuses(&["open", "Others"], "sparse-checkout");
    place.refuses(&["show", ID], "sparse-checkout");
    // A month that is left out: what it holds is not simply unknown.
    place.git(&["sparse-checkout", "set", "incidents/2026-12"]).success();
    let said = place.refuses(&["log", ID, "Restarted the pool."], "unknown-incident");
    assert!(said.stderr.contains("hint: git sparse-checkout add incidents"), "{said}");
    // The hint is the way out.
    place.git(&["sparse-checkout", "add", "incidents"]).success();
    place.run(&["log", ID, "Restarted the pool."]).success();
}

#[test]
fn a_shallow_clone() {
    let sandbox = world();
    let origin = format!("file://{}", sandbox.path("").display());
    sandbox.git(&["clone", "--quiet", "--depth", "1", &origin, "../clone"]).success();
    let clone = at(&sandbox, "../clone");
    assert_eq!(clone.git(&["rev-parse", "--is-shallow-repository"]).stdout, "true\n");
    clone.works();
    clone.git(&["push", "--quiet", "origin", "HEAD:refs/heads/from-the-clone"]).success();
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn a_partial_clone() {
    for filter in ["blob:none", "tree:0"] {
        let sandbox = world();
        at(&sandbox, ".").run(&["log", ID, "Before the clone."]).success();
        sandbox.git(&["config", "uploadpack.allowFilter", "true"]).success();
        let origin = format!("file://{}", sandbox.path("").display());
        sandbox.git(&["clone", "--quiet", &format!("--filter={filter}"), &origin, "../clone"]).success();
        let clone = at(&sandbox, "../clone");
        let missing = clone.git(&["rev-list", "--objects", "--all", "--missing=print"]).success().stdout;
        assert!(missing.lines().any(|line| line.starts_with('?')), "{filter}: something is left at the remote");
        clone.works();
        let refused = clone.run(&["--json", "verify"]);
        if filter == "blob:none" {
            let error = refused.status_is(1).json_error();
            assert_eq!(error["error"]["code"], "partial-clone", "{error}");
            assert_eq!(error["error"]["hint"], "git fetch --refetch --no-filter fetches all of it, once");
        }
        clone.git(&["fetch", "--quiet", "--refetch", "--no-filter"]).success();
        clone.run(&["verify"]).success();
        clone.git(&["push", "--quiet", "origin", "HEAD:refs/heads/from-the-clone"]).success();
        sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
    }
}

#[test]
fn a_clone_that_borrows_its_objects() {
    let sandbox = world();
    sandbox.git(&["clone", "--quiet", "--shared", ".", "../clone"]).success();
    assert!(sandbox.path("../clone/.git/objects/info/alternates").is_file());
    at(&sandbox, "../clone").works();
}

#[test]
fn a_repository_of_somebody_elses() {
    let sandbox = world();
    let uid = std::fs::metadata(sandbox.path(".git")).unwrap().uid();
    let chown = |owner: &str| {
        let done = std::process::Command::new("chown").args(["-R", owner]).arg(sandbox.path("")).output();
        done.is_ok_and(|done| done.status.success())
    };
    if uid != 0 || !chown("12345") {
        eprintln!("skipped: only root can give a repository to somebody else");
        return;
    }
    sandbox.run(&["log", ID, "x"]).status_is(1).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo belongs to another user, so git does not trust it
hint: git config --global --add safe.directory [SANDBOX]/repo
--- exit status 1

"#]]);
    sandbox.run(&["show", ID]).status_is(1);
    // The hint, followed.
    let top = sandbox.path("").to_str().unwrap().to_owned();
    sandbox.git(&["config", "--global", "--add", "safe.directory", &top]).success();
    at(&sandbox, "").works();
}

/// Writes a hook of the user's own.
fn hook(sandbox: &Sandbox, name: &str, script: &str) {
    let path = format!(".git/hooks/{name}");
    sandbox.write(&path, format!("#!/bin/sh\n{script}\n"));
    std::process::Command::new("chmod").arg("+x").arg(sandbox.path(&path)).status().unwrap();
}

#[test]
fn in_a_hook_of_another_repository_the_named_one_is_meant() {
    let sandbox = world();
    sandbox.git(&["init", "--quiet", "../project"]).success();
    let project = sandbox.path("../project").to_str().unwrap().to_owned();
    let before = std::fs::read_dir(format!("{project}/.git")).unwrap().count();
    sandbox
        .env("GIT_DIR", &format!("{project}/.git"))
        .env("GIT_INDEX_FILE", &format!("{project}/.git/index"))
        .env("GIT_WORK_TREE", &project);
    let repository = sandbox.path("").to_str().unwrap().to_owned();
    let said = sandbox.run_in("../project", &["-C", &repository, "log", ID, "Deployed."]).success();
    assert!(said.stdout.contains("Deployed."), "{said}");
    sandbox.run_in("../project", &["-C", &repository, "show", ID]).success();
    sandbox.run_in("../project", &["-C", &repository, "verify", ID]).success();
    sandbox.run_in("../project", &["log", ID, "Deployed."]).status_is(1);
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        sandbox.without_env(name);
    }
    assert_eq!(std::fs::read_dir(format!("{project}/.git")).unwrap().count(), before, "nothing was written to the project");
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s"]).stdout, "INC-K7QFM log: Deployed.\n");
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn after_the_users_commit_its_hook_may_log() {
    let sandbox = world();
    hook(&sandbox, "post-commit", "git log -1 --format=%s | grep -q INC- || qpp-incident log INC-K7QFM 'Committed.' >/dev/null");
    for words in [
        &["commit", "--quiet", "-m", "work"][..],
        &["commit", "--quiet", "-a", "-m", "work"],
        &["commit", "--quiet", "-m", "work", "notes.txt"],
    ] {
        let before = at(&sandbox, "").count();
        sandbox.write("notes.txt", format!("{before}\n"));
        if words.len() == 4 {
            sandbox.git(&["add", "notes.txt"]).success();
        }
        sandbox.git(words).success();
        assert_eq!(sandbox.git(&["log", "-2", "--format=%s"]).stdout, "INC-K7QFM log: Committed.\nwork\n", "{words:?}");
        assert_eq!(at(&sandbox, "").count(), before + 2);
        assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "", "{words:?}");
    }
    sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
}

#[test]
fn before_the_users_commit_its_hook_may_read_and_an_entry_is_kept() {
    for words in [&["commit", "--quiet", "-a", "-m", "work"][..], &["commit", "--quiet", "-m", "work", "notes.txt"]] {
        let sandbox = world();
        hook(
            &sandbox,
            "pre-commit",
            "qpp-incident show INC-K7QFM >../shown.md; qpp-incident log INC-K7QFM 'Commits.' >../said.txt 2>&1; echo $? >>../said.txt
             qpp-incident ack INC-K7QFM --wait 600 2>../refused.txt; true",
        );
        sandbox.write("notes.txt", "two\n");
        sandbox.git(words).success();
        assert!(sandbox.read("../shown.md").contains("# Many errors"));
        let said = sandbox.read("../said.txt");
        assert!(said.ends_with("75\n") && said.contains("kept, not yet in the document"), "{said}");
        let refused = sandbox.read("../refused.txt");
        assert!(
            refused.starts_with("error: INC-K7QFM: the git command that runs this hook holds "),
            "at once, not after ten minutes: {refused}"
        );
        assert!(refused.contains("\nhint: record it before the commit, or in the hook post-commit"), "{refused}");
        // git's commit is the user's alone, and the next command folds the entry in.
        assert_eq!(sandbox.git(&["log", "-1", "--name-only", "--format=%s"]).stdout, "work\n\nnotes.txt\n");
        std::fs::remove_file(sandbox.path(".git/hooks/pre-commit")).unwrap();
        sandbox.run(&["ack", ID]).success();
        let shown = sandbox.run(&["show", ID, "--json"]).success().json();
        assert_eq!(shown["timeline"].as_array().unwrap().iter().filter(|entry| entry["text"] == "Commits.").count(), 1);
        assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
        sandbox.git(&["fsck", "--no-dangling", "--strict"]).success();
    }
}
