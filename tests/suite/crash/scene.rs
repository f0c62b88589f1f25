//! A small repository in which somebody works beside the incident, copied for each kill; and what must hold after it.
//! Everything that is checked is looked up with git and in the files, not with the program.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::harness::sandbox::Sandbox;

/// The incident.
pub const ID: &str = "INC-K7QFM";

/// What a person has changed beside the incident, as `git status` shows it.
pub const BESIDE: &str = " M edited.txt\nM  staged.txt\n?? untracked.txt\n";

/// What happens after the kill, before the next command.
#[derive(Debug, Clone, Copy)]
pub enum Then {
    /// Nothing.
    NextCommand,
    /// A person commits; a lock that stands in the way is all right.
    PersonCommits(&'static [&'static str]),
}

/// The repository, and the sandbox that it is in.
pub struct Scene {
    pub sandbox: Sandbox,
    /// The incident document, below the working folder.
    pub document: String,
    edited: bool,
    kept: bool,
    tip: String,
}

impl Scene {
    /// An incident with an acknowledged entry; one file of a person's is staged, one edited, one new.
    pub fn new() -> Self {
        Self::within(Sandbox::adopted())
    }

    /// The same in a repository that git has made with these options.
    pub fn made_with(options: &[&str]) -> Self {
        let sandbox = Sandbox::new();
        sandbox.git(&[&["init", "--quiet"], options].concat()).success();
        sandbox.run(&["init"]).success();
        Self::within(sandbox)
    }

    fn within(sandbox: Sandbox) -> Self {
        sandbox.at("2026-11-23T10:00:00-05:00");
        sandbox.run(&["open", "Many errors", "--id", ID, "--pagerduty", "Q1"]).success();
        sandbox.run(&["ack"]).success();
        sandbox.write("edited.txt", "one\n").write("staged.txt", "one\n");
        sandbox.git(&["add", "edited.txt", "staged.txt"]).success();
        sandbox.git(&["commit", "--quiet", "-m", "files of a person"]).success();
        sandbox.run(&["log", "Acknowledged entry."]).success();
        sandbox.write("staged.txt", "two\n");
        sandbox.git(&["add", "staged.txt"]).success();
        sandbox.write("edited.txt", "two\n").write("untracked.txt", "one\n");
        assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, BESIDE);
        let document = sandbox.document_of(ID);
        let tip = tip(sandbox.path("").to_str().unwrap());
        Self { sandbox, document, edited: false, kept: false, tip }
    }

    /// The document is edited by hand: prose, not yet committed.
    pub fn edited_by_hand(mut self) -> Self {
        let text = self.sandbox.read(&self.document);
        let edited = text.replacen("\n## Impact", "\nTyped by hand.\n\n## Impact", 1);
        assert_ne!(text, edited);
        self.sandbox.write(&self.document, edited);
        self.edited = true;
        self
    }

    /// An entry could not be committed and waits.
    pub fn with_kept_entry(mut self) -> Self {
        self.sandbox.write(".git/index.lock", "");
        self.sandbox.run(&["log", "Kept entry.", "--wait", "0"]).status_is(75);
        std::fs::remove_file(self.sandbox.path(".git/index.lock")).unwrap();
        self.kept = true;
        self
    }

    /// A copy of the repository beside it; its path.
    pub fn copy(&self, name: &str) -> String {
        let copy = self.sandbox.path(&format!("../copy-{name}"));
        copied(self.sandbox.path("").to_str().unwrap(), copy.to_str().unwrap())
    }

    /// After a kill: the next command succeeds, and everything holds that must.
    pub fn goes_on(&self, copy: &str, acknowledged: bool, then: Then) -> Result<(), String> {
        let committed = acknowledged || tip(copy) != self.tip;
        let person = match then {
            Then::NextCommand => false,
            Then::PersonCommits(words) => self.run(copy, "git", words)?.0 == Some(0),
        };
        let (status, said) = self.run(copy, "qpp-incident", &["-i", ID, "log", "Next entry."])?;
        if status != Some(0) {
            return Err(format!("the next command ends with {status:?}: {said}"));
        }
        let all_files_committed = person && matches!(then, Then::PersonCommits(words) if words.contains(&"-am"));
        let beside = match (person, all_files_committed) {
            (false, _) => BESIDE,
            (true, false) => " M edited.txt\n?? untracked.txt\n",
            (true, true) => "?? untracked.txt\n",
        };
        self.holds(copy, committed, beside)
    }

    fn holds(&self, copy: &str, committed: bool, beside: &str) -> Result<(), String> {
        let document = self.committed(copy, &self.document)?;
        let on_disk = std::fs::read_to_string(Path::new(copy).join(&self.document)).unwrap();
        let mut wrong = Vec::new();
        if document != on_disk {
            wrong.push("the file is not what is committed".to_owned());
        }
        let month = Path::new(&self.document).ancestors().nth(2).unwrap();
        let folders = std::fs::read_dir(Path::new(copy).join(month)).unwrap().map(Result::unwrap);
        let opened = folders.filter(|folder| folder.file_name().to_str().unwrap().contains("-7zzzz-")).count();
        let killed = document.matches("Killed entry.").count().max(opened);
        let times = [("Acknowledged entry.", true), ("Next entry.", true), ("Typed by hand.", self.edited), ("Kept entry.", self.kept)];
        wrong.extend(
            times
                .iter()
                .filter(|(text, there)| document.matches(text).count() != usize::from(*there))
                .map(|(text, _)| format!("`{text}` is there {} times", document.matches(text).count())),
        );
        if killed > 1 || (committed && killed == 0) {
            wrong.push(format!("the killed one is there {killed} times, committed before: {committed}"));
        }
        wrong.extend(self.lies_about(copy, beside)?);
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    /// What is wrong with the repository itself.
    pub fn lies_about(&self, copy: &str, beside: &str) -> Result<Vec<String>, String> {
        let mut wrong = Vec::new();
        let git = |words: &[&str]| self.run(copy, "git", words).map(|(_, said)| said);
        let status = git(&["status", "--porcelain", "--untracked-files=all"])?;
        if status != beside {
            wrong.push(format!("git status shows\n{status}instead of\n{beside}"));
        }
        let fsck = self.run(copy, "git", &["fsck", "--strict", "--no-dangling"])?;
        if fsck.0 != Some(0) || fsck.1.lines().any(|line| !line.starts_with("notice")) {
            wrong.push(format!("git fsck: {}", fsck.1));
        }
        let history = git(&["log", "--format=* %s", "-p", "--unified=0", "--full-diff", "--", "incidents"])?;
        wrong.extend(history.lines().filter(|line| line.starts_with("-- ")).map(|line| format!("a commit takes away: {line}")));
        let subjects: Vec<&str> = history.lines().filter(|line| line.starts_with("* ")).collect();
        let twice = |subject: &&&str| subjects.iter().filter(|other| other == subject).count() > 1;
        wrong.extend(subjects.iter().filter(twice).map(|subject| format!("more than one commit `{subject}`")));
        wrong.extend(leftovers(Path::new(copy)).into_iter().map(|file| format!("left over: {file}")));
        Ok(wrong)
    }

    /// After kills at random: each text once, or for those killed at most once.
    pub fn holds_each_once(&self, copy: &str, acknowledged: &[String], killed: &[String]) -> Result<(), String> {
        let document = self.committed(copy, &self.document)?;
        let mut wrong: Vec<String> = Vec::new();
        wrong.extend(
            acknowledged.iter().filter(|text| document.matches(text.as_str()).count() != 1).map(|text| format!("lost or twice: {text}")),
        );
        wrong.extend(killed.iter().filter(|text| document.matches(text.as_str()).count() > 1).map(|text| format!("twice: {text}")));
        wrong.extend(self.lies_about(copy, BESIDE)?);
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    /// A file as the branch has it.
    pub fn committed(&self, copy: &str, path: &str) -> Result<String, String> {
        match self.run(copy, "git", &["show", &format!("HEAD:{path}")])? {
            (Some(0), text) => Ok(text),
            (_, why) => Err(format!("the branch cannot be read: {why}")),
        }
    }

    /// Runs a program in a copy: how it ended, and what it said.
    pub fn run(&self, copy: &str, program: &str, words: &[&str]) -> Result<(Option<i32>, String), String> {
        let mut command = self.sandbox.program(Path::new(program), &self.sandbox.now());
        let said = command.current_dir(copy).args(words).stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        let text = if said.status.success() { text } else { text + &String::from_utf8_lossy(&said.stderr) };
        Ok((said.status.code(), text))
    }
}

/// Copies a repository with all its times; the copy's path.
pub fn copied(from: &str, to: &str) -> String {
    remove(to);
    assert!(Command::new("cp").args(["-a", from, to]).status().unwrap().success());
    to.to_owned()
}

/// Removes a copy.
pub fn remove(copy: &str) {
    let _not_there = std::fs::remove_dir_all(copy);
}

/// The commit that the branch is at.
fn tip(copy: &str) -> String {
    let said = Command::new("git").args(["-C", copy, "rev-parse", "main"]).output().unwrap();
    String::from_utf8(said.stdout).unwrap()
}

/// What of ours is always there: the files that are locked, the number of commits, and the settings by which the branch is flushed.
const STAYS: [&str; 4] =
    [".git/qpp-incident/lock", ".git/qpp-incident/sync.lock", ".git/qpp-incident/flush.config", ".git/qpp-incident/commits"];

/// Waits for something that happens soon.
#[track_caller]
pub fn until(mut happened: impl FnMut() -> bool) {
    let started = std::time::Instant::now();
    while !happened() {
        assert!(started.elapsed() < std::time::Duration::from_secs(60), "it did not happen");
        std::thread::yield_now();
    }
}

/// Locks and private files in the git folder. git's own `COMMIT_EDITMSG` and the like are none, and neither is a half-written object, which
/// only takes room.
fn leftovers(copy: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![copy.join(".git")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let shown = path.strip_prefix(copy).unwrap().to_str().unwrap().to_owned();
            let is_lock = path.extension().is_some_and(|extension| extension == "lock");
            let is_private = shown.starts_with(".git/qpp-incident/") && !shown.starts_with(".git/qpp-incident/view/");
            if (is_lock || is_private) && !STAYS.contains(&shown.as_str()) {
                found.push(shown);
            }
        }
    }
    found
}
