//! A repository for the tests of this layer: its own folder, its own identity, nothing of the user's git settings.
//! TESTS ONLY.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::missing_panics_doc)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::document::config::Durability;
use crate::document::decision::Decision;
use crate::document::edit::insert_entry;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::domain::event::{Action, Event};
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::store::adopt::{AdoptOrder, adopt};
use crate::store::manners::CommitManners;
use crate::store::recorded::{RecordOrder, Recorded};
use crate::store::repository::{RepositoryChoice, Store};
use crate::store::turn::Turn;

pub(crate) const FOLDER: &str = "incidents/2026-11/22-k7qfm-many-errors";

const DOCUMENT: &str = "---\nid: INC-K7QFM\ntitle: Many errors\nstatus: open\n---\n\n# Many errors (incident #INC-K7QFM)\n\n## Timeline (all times America/New_York)\n";

pub(crate) struct TestRepository {
    folder: tempfile::TempDir,
}

impl TestRepository {
    /// A repository without a commit.
    pub(crate) fn unborn() -> Self {
        let made = Self { folder: tempfile::tempdir().unwrap() };
        made.git(&["init", "-q", "-b", "main", "."]);
        made.git(&["config", "user.name", "Grace Hopper"]);
        made.git(&["config", "user.email", "grace@example.org"]);
        made.git(&["config", "commit.gpgsign", "false"]);
        made.git(&["config", "core.hooksPath", ".git/hooks"]);
        made.git(&["config", "core.autocrlf", "false"]);
        made
    }

    /// One that `init` has adopted.
    pub(crate) fn adopted() -> Self {
        let made = Self::unborn();
        adopt(&made.adopt_order()).unwrap();
        made
    }

    /// One with an open incident.
    pub(crate) fn with_incident() -> Self {
        let made = Self::adopted();
        made.open_incident();
        made
    }

    pub(crate) fn open_incident(&self) -> Recorded {
        let title = "Many errors".to_owned();
        let event = event(Action::Opened { title });
        let text = insert_entry(DOCUMENT, &event.entry(Zone::default())).unwrap();
        let decision = Decision { files: vec![(INCIDENT_FILE.to_owned(), text)], events: vec![event], ..Decision::default() };
        self.store().record_new(FOLDER, &order(), &decision).unwrap()
    }

    pub(crate) fn adopt_order(&self) -> AdoptOrder {
        AdoptOrder {
            directory: self.root(),
            config_text: "# settings\n".to_owned(),
            teams_text: "teams: {}\n".to_owned(),
            order: order(),
            zone: Zone::default(),
            manners: CommitManners::default(),
        }
    }

    pub(crate) fn root(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap()
    }

    pub(crate) fn choice(&self) -> RepositoryChoice {
        RepositoryChoice { directory: Some(self.root()), ..RepositoryChoice::default() }
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.choice()).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    pub(crate) fn document(&self) -> String {
        self.read(&format!("{FOLDER}/{INCIDENT_FILE}"))
    }

    /// Runs git without the user's settings; what it printed.
    pub(crate) fn git(&self, words: &[&str]) -> String {
        let (ok, said) = self.try_git(words);
        assert!(ok, "git {words:?}: {said}");
        said
    }

    pub(crate) fn try_git(&self, words: &[&str]) -> (bool, String) {
        let out = Command::new("git")
            .args(words)
            .current_dir(self.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap();
        let said = [out.stdout, out.stderr].concat();
        (out.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    pub(crate) fn log(&self, format: &str) -> Vec<String> {
        self.git(&["log", &format!("--format={format}")]).lines().map(str::to_owned).collect()
    }

    /// `git status` and `git fsck` have nothing to say.
    pub(crate) fn assert_clean(&self) {
        assert_eq!(self.git(&["diff-files", "--name-only"]), "", "the index knows each file's stamp");
        assert_eq!(self.git(&["status", "--porcelain"]), "");
        self.git(&["fsck", "--strict", "--no-dangling"]);
        let left: Vec<_> = fs::read_dir(self.root().join(".git/qpp-incident")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(
            left.iter().all(|name| ["lock", "pending", "commits", "flush.config"].iter().any(|stays| name == *stays)),
            "left behind: {left:?}"
        );
        assert!(!self.root().join(".git/index.lock").exists());
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn grace() -> Person {
    Person::new("Grace Hopper", Some("grace@example.org"))
}

pub(crate) fn order() -> RecordOrder {
    RecordOrder {
        read: None,
        author: grace(),
        committer: grace(),
        recorded_at: at("2026-11-23T05:10:30Z"),
        committed_at: at("2026-11-23T05:10:31Z"),
        clock_supplied: false,
        wait: None,
        turn: Turn { command: "test".to_owned(), inside_hook: false, index: None, tell: |_| {} },
        detached: false,
        durability: Durability::Normal,
    }
}

pub(crate) fn event(action: Action) -> Event {
    Event {
        occurred_at: at("2026-11-23T05:10:00Z"),
        recorded_at: at("2026-11-23T05:10:30Z"),
        by: grace(),
        recorded_by: None,
        evidence: Vec::new(),
        action,
    }
}

/// A decision that logs a text.
#[allow(clippy::unnecessary_wraps)] // it stands where a command would refuse
pub(crate) fn log_text(folder: &Folder, text: &str) -> Result<Decision, Refusal> {
    let event = event(Action::Logged { kind: None, text: text.to_owned() });
    let text = insert_entry(folder.incident.text(), &event.entry(Zone::default())).unwrap();
    Ok(Decision { files: vec![(INCIDENT_FILE.to_owned(), text)], events: vec![event], ..Decision::default() })
}
