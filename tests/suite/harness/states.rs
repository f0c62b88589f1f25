//! Sandboxes in which an incident stands at a given point, built by running the real commands.
//! Each builder is the one before it and one step more; every step must succeed.

use super::sandbox::Sandbox;

/// The title of the incident that the builders open.
pub const TITLE: &str = "Many errors on Auth service";

impl Sandbox {
    /// A repository that `init` has adopted.
    pub fn adopted() -> Self {
        let sandbox = Self::new();
        sandbox.run(&["init"]).success();
        sandbox
    }

    /// An adopted repository with one open incident, and its id.
    pub fn with_open_incident() -> (Self, String) {
        let sandbox = Self::adopted();
        let id = sandbox.open(TITLE, &[]);
        (sandbox, id)
    }

    /// The incident is acknowledged by Grace Hopper.
    pub fn acknowledged() -> (Self, String) {
        let (sandbox, id) = Self::with_open_incident();
        sandbox.run(&["ack", &id]).success();
        (sandbox, id)
    }

    /// Ada Byron is the incident commander.
    pub fn commanded() -> (Self, String) {
        let (sandbox, id) = Self::acknowledged();
        sandbox.run(&["assign-ic", &id, "Ada Byron <ada@example.org>"]).success();
        (sandbox, id)
    }

    /// The impact is reduced.
    pub fn mitigated() -> (Self, String) {
        let (sandbox, id) = Self::commanded();
        sandbox.run(&["mitigate", &id, "Restarted the auth database."]).success();
        (sandbox, id)
    }

    /// The cause is dealt with.
    pub fn resolved() -> (Self, String) {
        let (sandbox, id) = Self::mitigated();
        sandbox.run(&["resolve", &id, "The pool has its old size again."]).success();
        (sandbox, id)
    }

    /// Everybody was asked, nobody objects, the wait is over.
    pub fn agreed() -> (Self, String) {
        let (sandbox, id) = Self::resolved();
        sandbox.run(&["close", &id, "--ask"]).success();
        sandbox.run(&["agree", &id]).success();
        sandbox.pass(20);
        (sandbox, id)
    }

    /// The incident is closed and has no postmortem yet.
    pub fn closed() -> (Self, String) {
        let (sandbox, id) = Self::agreed();
        sandbox.run(&["close", &id]).success();
        (sandbox, id)
    }

    /// Opens one more incident and gives its id.
    #[track_caller]
    pub fn open(&self, title: &str, options: &[&str]) -> String {
        let opened = self.run(&[&["open", "--quiet", title], options].concat()).success();
        opened.stdout.trim().to_owned()
    }

    /// The folder of an incident below the working folder, with `/`.
    #[track_caller]
    pub fn folder_of(&self, id: &str) -> String {
        let part = format!("-{}-", id.trim_start_matches("INC-").to_lowercase());
        let months = std::fs::read_dir(self.path("incidents")).unwrap().filter_map(Result::ok).filter(|month| month.path().is_dir());
        let folders = months.flat_map(|month| std::fs::read_dir(month.path()).unwrap().filter_map(Result::ok).collect::<Vec<_>>());
        let found =
            folders.map(|folder| folder.path()).find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(&part)));
        let found = found.unwrap_or_else(|| panic!("{id} has no folder"));
        found.strip_prefix(self.path("")).unwrap().to_str().unwrap().to_owned()
    }

    /// The incident document, below the working folder.
    #[track_caller]
    pub fn document_of(&self, id: &str) -> String {
        format!("{}/incident.md", self.folder_of(id))
    }
}
