//! git over the network: the user's own git program with its credentials, ssh and proxies, prompts off, bounded in time by us.
//! EFFECT (processes). Decides nothing: what git says is sorted into typed errors by `network_error`.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::store::git_program::git;
use crate::store::git_program::own_group;
use crate::store::lock::pause;
use crate::store::network_error::NetworkError;
use crate::store::repository::Store;

/// The oldest git whose answers are known: `fetch --porcelain` came with it.
const OLDEST: (u32, u32) = (2, 41);

/// How long git may take to end once it was told to.
const GRACE: Duration = Duration::from_secs(2);

/// How long the last words of a git that has ended are waited for: a shared ssh connection may hold its pipe for hours.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How one command may use the network.
#[derive(Debug, Clone)]
pub struct NetworkManners {
    /// A person is there to answer: git and ssh may ask on the terminal.
    pub may_ask: bool,
    /// How long one fetch or one push may take.
    pub limit: Duration,
    /// `$GIT_SSH_COMMAND`
    pub ssh_command: Option<String>,
    /// `$GIT_SSH` names a program, which takes no options of ours.
    pub has_ssh_program: bool,
}

/// What git answered.
#[derive(Debug)]
pub(crate) struct GitAnswer {
    /// It ended with status 0.
    pub success: bool,
    /// What it gave to programs.
    pub stdout: String,
    /// What it said to people.
    pub stderr: String,
}

impl Store {
    /// Runs git with the network. An answer that is no success is an answer too: the caller knows what it may mean.
    pub(crate) fn network_git(&self, manners: &NetworkManners, arguments: &[&str]) -> Result<GitAnswer, NetworkError> {
        let mut command = git();
        command.current_dir(self.root()).arg("--git-dir").arg(self.git_dir()).arg("--work-tree").arg(self.root());
        command.args(["-c", "core.fsmonitor=false", "-c", "submodule.recurse=false"]).args(arguments);
        command.env("LC_ALL", "C");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        if manners.may_ask {
            command.stdin(Stdio::inherit());
        } else {
            command.stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
            if let Some(ssh) = self.silent_ssh(manners) {
                command.env("GIT_SSH_COMMAND", ssh);
            }
            own_group(&mut command);
        }
        let child = command.spawn().map_err(NetworkError::NotRun)?;
        finish(child, manners)
    }

    /// The ssh that asks nothing: the user's own command, or ours. None where no option can be added.
    fn silent_ssh(&self, manners: &NetworkManners) -> Option<String> {
        let configured = || self.settings().and_then(|config| config.get_string("core.sshCommand")).ok();
        match manners.ssh_command.clone().or_else(configured) {
            Some(theirs) => is_openssh(&theirs).then(|| format!("{theirs} -o BatchMode=yes")),
            None => (!manners.has_ssh_program).then(|| "ssh -o BatchMode=yes".to_owned()),
        }
    }
}

/// Refuses a git that is too old to be understood.
pub(crate) fn refuse_old_git() -> Result<(), NetworkError> {
    let answer = Command::new("git").arg("version").stdin(Stdio::null()).output().map_err(NetworkError::NotRun)?;
    let said = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    match version(&said) {
        Some(found) if found < OLDEST => Err(NetworkError::TooOld { said, needed: format!("{}.{}", OLDEST.0, OLDEST.1) }),
        _ => Ok(()),
    }
}

/// `git version 2.47.3 (Apple Git-154)`
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix("git version ")?.split(['.', ' ']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn is_openssh(command: &str) -> bool {
    let words = shell_words::split(command).unwrap_or_default();
    words.first().and_then(|program| Path::new(program).file_stem()?.to_str()).is_some_and(|name| name == "ssh")
}

/// Waits for git, reading what it says meanwhile so that it never waits for us, and ends it when it takes too long.
fn finish(mut child: Child, manners: &NetworkManners) -> Result<GitAnswer, NetworkError> {
    let out = child.stdout.take().map(Listener::new);
    let err = child.stderr.take().map(Listener::new);
    let started = Instant::now();
    let mut naps = 1;
    let status = loop {
        match child.try_wait().map_err(NetworkError::NotRun)? {
            Some(status) => break status,
            None if started.elapsed() > manners.limit => {
                end(&mut child, !manners.may_ask);
                return Err(NetworkError::TooLong { limit: manners.limit });
            }
            None => drop(pause(naps, 2)),
        }
        naps = (naps + 1).min(20);
    };
    Ok(GitAnswer {
        success: status.success(),
        stdout: out.map(Listener::text).unwrap_or_default(),
        stderr: err.map(Listener::text).unwrap_or_default(),
    })
}

/// What comes out of a pipe, read by a thread of its own.
struct Listener {
    heard: Arc<Mutex<Vec<u8>>>,
    thread: std::thread::JoinHandle<()>,
}

impl Listener {
    fn new(mut stream: impl Read + Send + 'static) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&heard);
        let thread = std::thread::spawn(move || {
            let mut part = [0; 8192];
            while let Ok(length @ 1..) = stream.read(&mut part) {
                into.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(part.get(..length).unwrap_or_default());
            }
        });
        Self { heard, thread }
    }

    /// What was heard when git had ended.
    fn text(self) -> String {
        let ended = Instant::now();
        while !self.thread.is_finished() && ended.elapsed() < LAST_WORDS {
            pause(1, 2);
        }
        String::from_utf8_lossy(&self.heard.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

/// Ends git and everything that it started: asked first, so that it removes its locks, then by force.
fn end(child: &mut Child, has_group: bool) {
    signal(child, has_group, false);
    let told = Instant::now();
    while matches!(child.try_wait(), Ok(None)) && told.elapsed() < GRACE {
        pause(5, 5);
    }
    signal(child, has_group, true);
    let _reaped = child.wait();
}

#[cfg(unix)]
fn signal(child: &mut Child, has_group: bool, by_force: bool) {
    use rustix::process::{Pid, Signal, kill_process, kill_process_group};
    let what = if by_force { Signal::KILL } else { Signal::TERM };
    let pid = Pid::from_child(child);
    let _ended_already = if has_group { kill_process_group(pid, what) } else { kill_process(pid, what) };
}

#[cfg(not(unix))]
fn signal(child: &mut Child, _has_group: bool, _by_force: bool) {
    let _ended_already = child.kill();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;
    use crate::store::test_repository::TestRepository;

    fn manners(limit: Duration) -> NetworkManners {
        NetworkManners { may_ask: false, limit, ssh_command: None, has_ssh_program: false }
    }

    #[test]
    fn the_version_of_git_is_read_and_an_old_one_is_less() {
        assert_eq!(version("git version 2.47.3"), Some((2, 47)));
        assert_eq!(version("git version 2.39.5 (Apple Git-154)"), Some((2, 39)));
        assert!(version("git version 2.40.1").unwrap() < OLDEST && version("git version 3.0.0").unwrap() > OLDEST);
        assert_eq!(version("something else"), None);
    }

    #[test]
    fn the_users_own_ssh_is_told_to_ask_nothing_when_it_is_one_that_understands_that() {
        let repository = TestRepository::with_incident();
        let ssh = |command: Option<&str>| {
            let manners = NetworkManners { ssh_command: command.map(str::to_owned), ..manners(GRACE) };
            repository.store().silent_ssh(&manners)
        };
        assert_eq!(ssh(None).as_deref(), Some("ssh -o BatchMode=yes"));
        assert_eq!(ssh(Some("/usr/bin/ssh -i 'my key'")).as_deref(), Some("/usr/bin/ssh -i 'my key' -o BatchMode=yes"));
        assert_eq!(ssh(Some("plink -batch")), None);
        repository.git(&["config", "core.sshCommand", "ssh -p 22"]);
        assert_eq!(ssh(None).as_deref(), Some("ssh -p 22 -o BatchMode=yes"));
    }

    #[test]
    fn a_git_that_takes_too_long_is_ended_with_all_that_it_started() {
        let repository = TestRepository::with_incident();
        let marker = repository.root().join("still-here");
        let alias = format!("alias.slow=!sh -c 'sleep 3; touch {}'", marker.display());
        let started = Instant::now();
        let answer = repository.store().network_git(&manners(Duration::from_millis(100)), &["-c", &alias, "slow"]);
        assert!(matches!(answer, Err(NetworkError::TooLong { .. })), "{answer:?}");
        assert!(started.elapsed() < Duration::from_secs(2));
        assert!(!marker.exists());
    }
}
