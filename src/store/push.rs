//! Pushing the branch: through the user's own git program, with its credentials, ssh and proxies.
//! EFFECT (processes). Never forces; limited in time, since git has no limit of its own.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::store::lock::pause;
use crate::store::repository::Store;

/// How long a push may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Why what is committed is not pushed. The commit stands.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// No branch is checked out, so there is nothing to push to.
    #[error("no branch is checked out")]
    NoBranch,
    /// The repository has no remote, or several and none of them is the branch's.
    #[error("the branch `{branch}` has no remote to push to")]
    NoRemote {
        /// The branch.
        branch: String,
    },
    /// git could not be run.
    #[error("git could not be run: {0}")]
    NotRun(#[source] std::io::Error),
    /// It took too long.
    #[error("the push took longer than {} s and was stopped", LIMIT.as_secs())]
    TooLong,
    /// git said no.
    #[error("{0}")]
    Refused(String),
}

impl PushError {
    /// A command that can be pasted, or what to do.
    pub fn hint(&self) -> String {
        match self {
            Self::NoBranch => "git switch BRANCH, then git push".to_owned(),
            Self::NoRemote { branch } => format!("git remote add origin URL && git push -u origin {branch}"),
            Self::Refused(why) if why.contains("[rejected]") || why.contains("fetch first") => {
                "git pull --no-rebase && git push".to_owned()
            }
            Self::NotRun(_) | Self::TooLong | Self::Refused(_) => "git push".to_owned(),
        }
    }
}

impl Store {
    /// Pushes the branch to its upstream, or to the only remote there is. Gives the remote's name.
    ///
    /// # Errors
    /// It is not pushed, and why. Nothing here has changed.
    ///
    /// # Source
    /// git-push(1) `--porcelain`; git(1) `GIT_TERMINAL_PROMPT`.
    pub fn push(&self, preferred_remote: Option<&str>) -> Result<String, PushError> {
        let (mut command, remote) = self.push_command(preferred_remote)?;
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        finish(child.map_err(PushError::NotRun)?).map(|()| remote)
    }

    /// Starts the same push and does not wait for it: a commit never waits for the network.
    ///
    /// # Errors
    /// It could not even be started.
    pub fn push_in_the_background(&self, preferred_remote: Option<&str>) -> Result<String, PushError> {
        let (mut command, remote) = self.push_command(preferred_remote)?;
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(PushError::NotRun)?;
        Ok(remote)
    }

    fn push_command(&self, preferred_remote: Option<&str>) -> Result<(Command, String), PushError> {
        let branch = self.branch().ok().and_then(|branch| branch.name).ok_or(PushError::NoBranch)?;
        let no_remote = || PushError::NoRemote { branch: branch.clone() };
        let remote = self.push_remote(&branch, preferred_remote).ok_or_else(no_remote)?;
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root());
        if !self.has_ssh_command() {
            // A setting, not a variable: the user's own GIT_SSH_COMMAND goes before it.
            command.args(["-c", "core.sshCommand=ssh -o BatchMode=yes"]);
        }
        command.args(["push", "--porcelain", "--set-upstream", &remote]).arg(format!("{branch}:{}", self.push_target(&branch)));
        command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").stdin(Stdio::null());
        Ok((command, remote))
    }

    fn push_remote(&self, branch: &str, preferred: Option<&str>) -> Option<String> {
        let config = self.repository.config().ok()?;
        let of_branch = config.get_string(&format!("branch.{branch}.remote")).ok();
        let remotes = self.repository.remotes().ok()?;
        let mut names = remotes.iter().filter_map(|name| name.ok().flatten().map(str::to_owned));
        let only = if remotes.len() == 1 { names.next() } else { names.find(|name| name == "origin") };
        of_branch.or_else(|| preferred.map(str::to_owned)).or(only)
    }

    /// The branch's name on the remote: as its upstream has it.
    fn push_target(&self, branch: &str) -> String {
        let merge = self.repository.config().and_then(|config| config.get_string(&format!("branch.{branch}.merge")));
        merge.unwrap_or_else(|_| format!("refs/heads/{branch}"))
    }

    fn has_ssh_command(&self) -> bool {
        self.repository.config().is_ok_and(|config| config.get_string("core.sshCommand").is_ok())
    }
}

/// Waits for git, reading what it says meanwhile so that it never waits for us.
fn finish(mut child: Child) -> Result<(), PushError> {
    let out = child.stdout.take().map(reader);
    let err = child.stderr.take().map(reader);
    let started = Instant::now();
    let status = loop {
        match child.try_wait().map_err(PushError::NotRun)? {
            Some(status) => break status,
            None if started.elapsed() > LIMIT => {
                let _it_may_have_ended = child.kill();
                let _reaped = child.wait();
                return Err(PushError::TooLong);
            }
            None => drop(pause(10, 10)),
        }
    };
    let said = [out, err].into_iter().flatten().filter_map(|thread| thread.join().ok()).collect::<Vec<_>>().join("\n");
    if status.success() { Ok(()) } else { Err(PushError::Refused(reason(&said))) }
}

fn reader(mut stream: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let _what_was_read_counts = stream.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    })
}

/// The lines of git's answer that say why.
fn reason(said: &str) -> String {
    let telling =
        |line: &&str| line.starts_with('!') || line.starts_with("fatal:") || line.starts_with("error:") || line.starts_with("remote:");
    let lines: Vec<String> = said.lines().filter(telling).map(|line| line.replace('\t', " ").trim().to_owned()).collect();
    if lines.is_empty() { said.trim().to_owned() } else { lines.join("; ") }
}
