//! A repository of many incidents: one is made by the program itself, the others are its copies under other ids, days and titles.
//! Seeded: the same figures make the same repository. One packed commit, a clean checkout.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOGGED: &[&str] = &[
    "Restarted the auth database; the pool is at 40 of 200 connections.",
    "Splunk shows 1,200 errors a minute on /token, all of them time-outs.",
    "Rolled the gateway back to the release of Friday; no change so far.",
    "New Relic: the 99th percentile is down from 30 s to 4 s.",
    "Asked GDIT whether a network change went out at 23:45.",
];

/// A repository and the incidents in it.
pub struct BenchRepository {
    /// Its root.
    pub root: PathBuf,
    home: PathBuf,
    /// Id and document, below the root.
    pub incidents: Vec<(String, String)>,
    document_bytes: usize,
}

impl BenchRepository {
    /// Makes `count` incidents below `folder`.
    pub fn make(folder: &Path, program: &Path, count: usize) -> Self {
        let home = folder.join("home");
        let root = folder.join("repository");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(
            home.join(".gitconfig"),
            "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n[init]\n\tdefaultBranch = main\n",
        )
        .unwrap();
        let mut repository = Self { root, home, incidents: Vec::new(), document_bytes: 0 };
        let (id, path, text) = repository.model(program);
        repository.document_bytes = text.len();
        let mut random = Random(20_261_123);
        while repository.incidents.len() < count {
            repository.add(&id, &path, &text, &mut random);
        }
        repository.git(&["add", "--all"]);
        repository.git(&["commit", "--quiet", "-m", "many incidents"]);
        repository.git(&["gc", "--quiet"]);
        repository
    }

    /// One incident of about 3 kB, by the program's own commands: id, document and text.
    fn model(&self, program: &Path) -> (String, String, String) {
        let program = program.to_str().unwrap();
        self.output(program, &["init"]);
        let id = self.output(program, &["open", "--quiet", "Many errors on Auth service", "--severity", "2"]);
        self.output(program, &["ack", "-i", &id]);
        self.output(program, &["assign-ic", "-i", &id, "Ada Byron <ada@example.org>"]);
        let listed = self.output("git", &["ls-files", "incidents/*/incident.md"]);
        let path = listed.lines().next().expect("`open` has committed a document").to_owned();
        for turn in 0.. {
            let text = std::fs::read_to_string(self.root.join(&path)).unwrap();
            if text.len() >= 3_000 {
                return (id, path, text);
            }
            self.output(program, &["log", "-i", &id, LOGGED[turn % LOGGED.len()]]);
        }
        unreachable!("the log grows")
    }

    fn add(&mut self, model: &str, model_path: &str, text: &str, random: &mut Random) {
        let characters: String = (0..5).map(|_| char::from(ALPHABET[random.below(32)])).collect();
        let id = format!("INC-{characters}");
        let slug = model_path.split('/').nth(2).and_then(|name| name.splitn(3, '-').nth(2)).unwrap_or("incident");
        let (year, month, day) = (2020 + random.below(7), 1 + random.below(12), 1 + random.below(28));
        let folder = format!("incidents/{year}-{month:02}/{day:02}-{}-{slug}", characters.to_lowercase());
        let path = format!("{folder}/incident.md");
        if self.incidents.iter().any(|(known, _)| *known == id) {
            return;
        }
        std::fs::create_dir_all(self.root.join(&folder)).unwrap();
        std::fs::write(self.root.join(&path), text.replace(model, &id)).unwrap();
        self.incidents.push((id, path));
    }

    /// The same repository again, beside it.
    pub fn copy(&self, root: &Path) -> Self {
        let status = Command::new("cp").arg("-a").arg(&self.root).arg(root).status().unwrap();
        assert!(status.success(), "the repository was not copied");
        let copy =
            Self { root: root.to_owned(), home: self.home.clone(), incidents: self.incidents.clone(), document_bytes: self.document_bytes };
        // The copied files have other inodes: without this the first `git add` would pay for all of them.
        copy.git(&["update-index", "-q", "--refresh"]);
        copy
    }

    /// How long a document is.
    pub fn document_bytes(&self) -> usize {
        self.document_bytes
    }

    /// A program in this repository, with nothing of the outside but PATH.
    pub fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
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

    fn git(&self, arguments: &[&str]) {
        self.output("git", arguments);
    }
}

/// Ends the measurement when a run failed: a failure would be quick.
pub fn succeeded(program: &str, arguments: &[&str], output: &Output) {
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A small linear generator: the repository must be the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}
