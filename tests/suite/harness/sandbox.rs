//! A temporary folder in which the built program runs with a cleared environment, a private HOME and a clock that ticks.
//! Everything a test does to the outside goes through here. A sandbox may be shared by threads.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::output::Output;
use super::redactions::{Redactions, may_name_a_commit};
use super::ticking_clock::TickingClock;

/// A private world for one test. Its working folder is `repo/`, beside `home/`.
pub struct Sandbox {
    root: TempDir,
    clock: Mutex<TickingClock>,
    environment: Mutex<BTreeMap<OsString, OsString>>,
    redactions: Mutex<Redactions>,
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Sandbox {
    /// An empty folder, and Grace Hopper at the keyboard.
    pub fn new() -> Self {
        let sandbox = Self::without_identity();
        sandbox.identity("Grace Hopper", "grace@example.org");
        sandbox
    }

    /// An empty folder, and git knows nobody.
    pub fn without_identity() -> Self {
        let root = tempfile::Builder::new().prefix("qpp-incident-").tempdir().unwrap();
        let real = root.path().canonicalize().unwrap();
        std::fs::create_dir_all(real.join("repo")).unwrap();
        std::fs::create_dir_all(real.join("home")).unwrap();
        std::fs::write(real.join("home/.gitconfig"), "[init]\n\tdefaultBranch = main\n").unwrap();
        let mut redactions = Redactions::default();
        redactions.path(real.to_str().unwrap(), "[SANDBOX]");
        Self {
            environment: Mutex::new(environment(&real)),
            root,
            clock: Mutex::new(TickingClock::default()),
            redactions: Mutex::new(redactions),
        }
    }

    /// A git repository without a commit, not adopted.
    pub fn with_git() -> Self {
        let sandbox = Self::new();
        sandbox.git(&["init", "--quiet"]).success();
        sandbox
    }

    /// Who types from now on, as git's global configuration has it.
    pub fn identity(&self, name: &str, email: &str) {
        let config = format!("[init]\n\tdefaultBranch = main\n[user]\n\tname = {name}\n\temail = {email}\n");
        std::fs::write(self.root().join("home/.gitconfig"), config).unwrap();
    }

    /// Sets a variable for every later run.
    pub fn env(&self, name: &str, value: &str) -> &Self {
        lock(&self.environment).insert(name.into(), value.into());
        self
    }

    /// Takes a variable away from every later run.
    pub fn without_env(&self, name: &str) -> &Self {
        lock(&self.environment).remove(&OsString::from(name));
        self
    }

    /// Puts the clock: the next run happens at this instant (RFC 3339).
    pub fn at(&self, instant: &str) -> &Self {
        lock(&self.clock).set(instant);
        self
    }

    /// How many seconds lie between two runs; 60 when nothing is said.
    pub fn step(&self, seconds: i64) -> &Self {
        lock(&self.clock).set_step(seconds);
        self
    }

    /// Lets minutes go by.
    pub fn pass(&self, minutes: i64) -> &Self {
        lock(&self.clock).pass(minutes);
        self
    }

    /// The instant that the next run will see.
    pub fn now(&self) -> String {
        lock(&self.clock).now()
    }

    /// Runs the program in the working folder, with nothing on standard input; the clock then ticks.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below the working folder.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        command.current_dir(self.path(folder));
        self.finish(command.spawn().unwrap(), b"", folder)
    }

    /// Runs the program with bytes on standard input.
    pub fn run_stdin(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
        let mut command = self.command(arguments);
        lock(&self.redactions).typed(&String::from_utf8_lossy(input.as_ref()));
        self.finish(command.stdin(Stdio::piped()).spawn().unwrap(), input.as_ref(), "")
    }

    /// The program, ready to be spawned (several at once, a signal in the middle); the clock has ticked.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let now = lock(&self.clock).tick();
        lock(&self.redactions).typed(&arguments.join(" "));
        let mut command = self.program(&tested_program(), &now);
        command.args(arguments);
        command
    }

    /// Runs git in the working folder, at the sandbox's time; the clock does not tick.
    pub fn git(&self, arguments: &[&str]) -> Output {
        self.git_in("", arguments)
    }

    /// Runs git in a folder below the working folder.
    pub fn git_in(&self, folder: &str, arguments: &[&str]) -> Output {
        let now = self.now();
        let mut command = self.program(Path::new("git"), &now);
        command.env("GIT_AUTHOR_DATE", &now).args(arguments).current_dir(self.path(folder));
        self.finish(command.spawn().unwrap(), b"", folder)
    }

    /// Any program in the sandbox's environment, in its working folder, all three streams at hand.
    pub fn program(&self, program: &Path, now: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(lock(&self.environment).iter()).env("GIT_COMMITTER_DATE", now);
        if !lock(&self.environment).contains_key(&OsString::from("QPP_INCIDENT_NOW")) {
            command.env("QPP_INCIDENT_NOW", now);
        }
        command.current_dir(self.path("")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Waits for a spawned program and makes its output printable.
    pub fn finish(&self, mut child: Child, input: &[u8], folder: &str) -> Output {
        if let Some(mut stdin) = child.stdin.take() {
            // A program that refuses early closes its end; what it then says is the result.
            let _ = stdin.write_all(input);
        }
        let result = child.wait_with_output().unwrap();
        let stdout = String::from_utf8_lossy(&result.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&result.stderr).into_owned();
        self.learn(&stdout, folder);
        self.learn(&stderr, folder);
        Output::new(stdout, stderr, result.status.code(), |text| self.redacted(text))
    }

    /// Gives names to what is random in a text.
    pub fn learn(&self, text: &str, folder: &str) {
        lock(&self.redactions).learn(text);
        if may_name_a_commit(text) {
            let mut git = self.program(Path::new("git"), &self.now());
            let all = git.args(["rev-list", "--all", "--reflog"]).current_dir(self.path(folder)).output().unwrap();
            let known: Vec<String> = String::from_utf8_lossy(&all.stdout).lines().map(str::to_owned).collect();
            lock(&self.redactions).learn_commits(text, &known);
        }
    }

    /// A text with names in place of what is random.
    pub fn redacted(&self, text: &str) -> String {
        lock(&self.redactions).redact(text)
    }

    /// What was learned so far, to read or to add to.
    pub fn redactions(&self) -> MutexGuard<'_, Redactions> {
        lock(&self.redactions)
    }

    /// The clock, to read or to move.
    pub fn clock(&self) -> MutexGuard<'_, TickingClock> {
        lock(&self.clock)
    }

    /// The real path of something in the working folder; `""` is that folder, `../home/x` lies beside it.
    pub fn path(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root().join("repo") } else { self.root().join("repo").join(path) }
    }

    /// Writes a file, with the folders it needs.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let file = self.path(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        lock(&self.redactions).typed(&String::from_utf8_lossy(text.as_ref()));
        std::fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self
    }

    /// A file's text, as it is.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let text = std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        lock(&self.redactions).learn(&text);
        text
    }

    /// A file's text as a printable value.
    #[track_caller]
    pub fn file(&self, path: &str) -> Output {
        Output::new(self.read(path), String::new(), Some(0), |text| self.redacted(text))
    }

    fn root(&self) -> PathBuf {
        self.root.path().canonicalize().unwrap()
    }
}

/// The program that is tested: the one that cargo has built with the tests, or the one that `QPP_INCIDENT_TEST_BINARY` names.
pub fn tested_program() -> PathBuf {
    let Some(named) = std::env::var_os("QPP_INCIDENT_TEST_BINARY") else {
        return assert_cmd::cargo::cargo_bin!("qpp-incident").to_owned();
    };
    let named = PathBuf::from(named);
    let is_ours = named.is_absolute() && named.is_file() && named.file_stem().is_some_and(|name| name == "qpp-incident");
    assert!(is_ours, "QPP_INCIDENT_TEST_BINARY is {}, which is no path from / of a program qpp-incident", named.display());
    named
}

fn environment(root: &Path) -> BTreeMap<OsString, OsString> {
    let built = tested_program().parent().unwrap().to_owned();
    let outside = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&outside))).unwrap();
    let home = root.join("home");
    BTreeMap::from([
        ("PATH".into(), path),
        ("HOME".into(), home.clone().into()),
        ("XDG_CONFIG_HOME".into(), home.join(".config").into()),
        ("TMPDIR".into(), root.into()),
        ("GIT_CONFIG_NOSYSTEM".into(), "1".into()),
        ("GIT_CONFIG_GLOBAL".into(), home.join(".gitconfig").into()),
        ("GIT_CEILING_DIRECTORIES".into(), root.into()),
        ("GIT_TERMINAL_PROMPT".into(), "0".into()),
        ("TZ".into(), "UTC".into()),
        ("LC_ALL".into(), "C".into()),
        ("TERM".into(), "dumb".into()),
    ])
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
