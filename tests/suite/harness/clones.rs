//! Several clones of one hub in one sandbox, each with a person of its own: `repo/` is Grace Hopper's, `../b` Ada Byron's …
//! The hub is a bare repository beside them, `../hub`.

use std::process::Child;

use super::output::Output;
use super::sandbox::Sandbox;

/// Who works in which clone.
const PEOPLE: [(&str, &str, &str); 8] = [
    ("", "Grace Hopper", "grace@example.org"),
    ("../b", "Ada Byron", "ada@example.org"),
    ("../c", "Alan Turing", "alan@example.org"),
    ("../d", "Sam Reyes", "sam@example.org"),
    ("../e", "Pat Lee", "pat@example.org"),
    ("../f", "Joan Clarke", "joan@example.org"),
    ("../g", "Jean Bartik", "jean@example.org"),
    ("../h", "Kay McNulty", "kay@example.org"),
];

/// A hub and its clones.
pub struct Clones {
    /// The world they live in.
    pub sandbox: Sandbox,
    count: usize,
}

impl Clones {
    /// `count` clones of a hub at a file path, with one incident, `INC-K7QFM`.
    pub fn new(count: usize) -> Self {
        Self::within(Sandbox::new(), count, "../hub")
    }

    /// The same in a sandbox that stands, the hub reached by this address; it is made at `../hub` all the same.
    pub fn within(sandbox: Sandbox, count: usize, url: &str) -> Self {
        sandbox.run(&["init"]).success();
        sandbox.at("2026-11-23T10:00:00-05:00").step(60);
        sandbox.run(&["open", "Many errors", "--id", "INC-K7QFM", "--pagerduty", "Q1"]).success();
        sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
        sandbox.git_in("../hub", &["config", "http.receivepack", "true"]).success();
        let clones = Self { sandbox, count };
        clones.share(url);
        clones
    }

    fn share(&self, url: &str) {
        self.sandbox.git(&["remote", "add", "origin", url]).success();
        self.sandbox.git(&["push", "--quiet", "--set-upstream", "origin", "main"]).success();
        for (folder, name, email) in PEOPLE.into_iter().take(self.count).skip(1) {
            self.sandbox.git(&["clone", "--quiet", url, folder]).success();
            self.sandbox.git_in(folder, &["config", "user.name", name]).success();
            self.sandbox.git_in(folder, &["config", "user.email", email]).success();
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Runs the program in a clone.
    pub fn run(&self, clone: usize, arguments: &[&str]) -> Output {
        self.sandbox.run_in(folder(clone), arguments)
    }

    /// Starts the program in a clone and does not wait for it.
    pub fn spawn(&self, clone: usize, arguments: &[&str]) -> Child {
        self.sandbox.command(arguments).current_dir(self.sandbox.path(folder(clone))).spawn().unwrap()
    }

    /// Runs git in a clone.
    pub fn git(&self, clone: usize, arguments: &[&str]) -> Output {
        self.sandbox.git_in(folder(clone), arguments)
    }

    /// Runs git in the hub.
    pub fn hub(&self, arguments: &[&str]) -> Output {
        self.sandbox.git_in("../hub", arguments)
    }

    /// The commit that a clone has checked out.
    pub fn tip(&self, clone: usize) -> String {
        self.git(clone, &["rev-parse", "HEAD"]).success().stdout
    }

    /// A file of a clone.
    pub fn read(&self, clone: usize, path: &str) -> String {
        self.sandbox.read(&path_in(clone, path))
    }

    /// Writes a file of a clone.
    pub fn write(&self, clone: usize, path: &str, text: &str) {
        self.sandbox.write(&path_in(clone, path), text);
    }

    /// The document of the incident that all begin with.
    pub fn document(&self, clone: usize) -> String {
        self.read(clone, DOCUMENT)
    }

    /// `sync` in each clone in turn, until all have what any has.
    #[track_caller]
    pub fn sync_all(&self) {
        for clone in (0..self.count).chain(0..self.count) {
            self.run(clone, &["sync"]).success();
        }
    }

    /// All clones and the hub stand at one commit, with nothing changed, staged, untracked or broken.
    #[track_caller]
    pub fn are_one(&self) {
        let tip = self.hub(&["rev-parse", "main"]).success().stdout;
        for clone in 0..self.count {
            assert_eq!(self.tip(clone), tip, "clone {clone} is not where the hub is");
            self.is_clean(clone);
        }
    }

    /// Nothing is changed, staged or untracked, nothing is locked, and git finds nothing wrong.
    #[track_caller]
    pub fn is_clean(&self, clone: usize) {
        assert_eq!(self.git(clone, &["status", "--porcelain", "--untracked-files=all"]).success().stdout, "", "clone {clone}");
        self.git(clone, &["fsck", "--no-dangling", "--strict"]).success();
    }
}

/// Where a clone lies, below the working folder.
fn folder(clone: usize) -> &'static str {
    PEOPLE[clone].0
}

/// A path in a clone, below the working folder.
fn path_in(clone: usize, path: &str) -> String {
    if clone == 0 { path.to_owned() } else { format!("{}/{path}", folder(clone)) }
}

/// The document of `INC-K7QFM`.
pub const DOCUMENT: &str = "incidents/2026-11/23-k7qfm-many-errors/incident.md";
