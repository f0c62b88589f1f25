//! A real terminal for one test: tmux with a shell in it. In CI it must be there; `.ci/setup` installs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::sandbox::Sandbox;

/// How long anything on the screen may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A window of a tmux of its own; it ends with the test.
pub struct Screen<'a> {
    sandbox: &'a Sandbox,
    socket: PathBuf,
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// Whether there is a tmux. In CI there must be.
fn has_tmux() -> bool {
    let found = Command::new("tmux").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    assert!(found || std::env::var("CI").as_deref() != Ok("true"), "tmux is missing; .ci/setup installs it");
    if !found {
        eprintln!("skipped: there is no tmux");
    }
    found
}

impl<'a> Screen<'a> {
    /// A shell in the sandbox on a screen of this size, at the sandbox's time; `None` where there is no tmux.
    pub fn open(sandbox: &'a Sandbox, width: usize, height: usize) -> Option<Self> {
        if !has_tmux() {
            return None;
        }
        let screen = Self { sandbox, socket: sandbox.path("../tmux") };
        let (width, height) = (width.to_string(), height.to_string());
        screen.tmux(&["new-session", "-d", "-x", &width, "-y", &height, "PS1='ready> ' exec bash --norc -i"]);
        screen.tmux(&["pipe-pane", &format!("cat > '{}'", screen.sandbox.path("../typed").display())]);
        screen.shows(|text| text.trim_end().ends_with("ready>"));
        Some(screen)
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut command = self.sandbox.program(Path::new("tmux"), &self.sandbox.now());
        let output = command.arg("-S").arg(&self.socket).args(["-f", "/dev/null", "-u"]).args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Presses keys, as tmux names them.
    pub fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Types a command into the shell.
    pub fn types(&self, command: &str) {
        self.tmux(&["send-keys", "-l", command]);
        self.keys(&["Enter"]);
    }

    /// Makes the window this large.
    pub fn resize(&self, width: usize, height: usize) {
        self.tmux(&["resize-window", "-x", &width.to_string(), "-y", &height.to_string()]);
    }

    /// Everything that was written to the terminal until it is so, control sequences and all.
    #[track_caller]
    pub fn wrote(&self, wanted: impl Fn(&str) -> bool) -> String {
        until(|| String::from_utf8_lossy(&std::fs::read(self.sandbox.path("../typed")).unwrap_or_default()).into_owned(), wanted)
    }

    /// Waits until the screen is so, and gives it back.
    #[track_caller]
    pub fn shows(&self, wanted: impl Fn(&str) -> bool) -> String {
        until(|| self.tmux(&["capture-pane", "-p"]), wanted)
    }

    /// Waits until the screen holds these words, and gives it back.
    #[track_caller]
    pub fn shows_words(&self, words: &str) -> String {
        self.shows(|text| text.contains(words))
    }
}

#[track_caller]
fn until(read: impl Fn() -> String, wanted: impl Fn(&str) -> bool) -> String {
    let began = Instant::now();
    loop {
        let text = read();
        if wanted(&text) {
            return text;
        }
        assert!(began.elapsed() < PATIENCE, "not on the screen:\n{text}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
