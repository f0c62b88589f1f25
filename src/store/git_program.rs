//! The git program on this repository: for what git does by programs of its own (hooks, signatures, housekeeping) and for what
//! libgit2 cannot read or write. EFFECT (processes). The network has its own door.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::store::store_error::StoreError;
use crate::store::turn::INSIDE_HOOK;

/// What names another repository, index or work tree than the one that we opened.
///
/// # Source
/// `git rev-parse --local-env-vars`.
const LOCAL_VARIABLES: [&str; 11] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_NAMESPACE",
];

/// What became of a git that was given a time.
pub(crate) enum Ended {
    /// It ended by itself.
    With(ExitStatus),
    /// It took too long, and was ended with all that it had started.
    TooLong,
}

/// git, with nothing taken over from a git that may have started us: a hook's `GIT_DIR` names another repository than ours.
pub(crate) fn git() -> Command {
    let mut command = Command::new("git");
    for name in LOCAL_VARIABLES {
        command.env_remove(name);
    }
    command
}

/// git in a folder, under our lock.
pub(crate) fn git_at<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = git();
    command.current_dir(folder).args(arguments).env(INSIDE_HOOK, "1").stdin(Stdio::null());
    command
}

/// What git prints, with these bytes on its standard input.
///
/// # Errors
/// It could not be run, or says no: with its own words.
pub(crate) fn answer(doing: &str, mut command: Command, input: &[u8]) -> Result<Vec<u8>, StoreError> {
    let failed = |source| StoreError::NotRun { program: "git".to_owned(), source };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let stdin = child.stdin.take();
    let input = input.to_vec();
    // A git that refuses early closes its end; what it then says is the answer.
    let feeder = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
    let out = child.wait_with_output().map_err(failed)?;
    drop(feeder.join());
    if out.status.success() {
        return Ok(out.stdout);
    }
    let said = String::from_utf8_lossy(&out.stderr).trim().to_owned();
    let said = if said.is_empty() { "git says no".to_owned() } else { said };
    Err(StoreError::GitProgram { doing: doing.to_owned(), said })
}

/// As [`answer`], within a time: then the git is ended with all that it has started. `in_group`: not where a program may ask on
/// the terminal, which it may not do from a process group of its own.
///
/// # Errors
/// It could not be run, says no, or took too long.
pub(crate) fn answer_within(
    doing: &str,
    mut command: Command,
    input: &[u8],
    limit: Duration,
    in_group: bool,
) -> Result<Vec<u8>, StoreError> {
    let failed = |source| StoreError::NotRun { program: "git".to_owned(), source };
    // Files and no pipes: what a program left behind holds open is not waited for.
    let file = || tempfile::tempfile().map_err(failed);
    let (mut stdin, mut stdout, mut stderr) = (file()?, file()?, file()?);
    stdin.write_all(input).and_then(|()| stdin.rewind()).map_err(failed)?;
    let shared = |file: &File| file.try_clone().map_err(failed);
    command.stdin(stdin).stdout(shared(&stdout)?).stderr(shared(&stderr)?);
    if in_group {
        own_group(&mut command);
    }
    let ended = wait_for(&mut command.spawn().map_err(failed)?, limit).map_err(failed)?;
    let said_no = |said: String| StoreError::GitProgram { doing: doing.to_owned(), said };
    let Ended::With(status) = ended else { return Err(said_no(format!("it took longer than {} s and was ended", limit.as_secs()))) };
    let read = |file: &mut File| {
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map(|_| bytes).map_err(failed)
    };
    if status.success() {
        return read(&mut stdout);
    }
    Err(said_no(String::from_utf8_lossy(&read(&mut stderr)?).trim().to_owned()))
}

/// Waits for a program of its own process group, `limit` at most; then ends the whole group.
pub(crate) fn wait_for(child: &mut Child, limit: Duration) -> std::io::Result<Ended> {
    let started = Instant::now();
    let mut naps = 1;
    loop {
        match child.try_wait()? {
            Some(status) => return Ok(Ended::With(status)),
            None if started.elapsed() >= limit => {
                end_group(child);
                child.wait()?;
                return Ok(Ended::TooLong);
            }
            None => std::thread::sleep(Duration::from_millis(naps)),
        }
        naps = (naps + 1).min(20);
    }
}

/// A process group of its own, so that what a hook has started can be ended with it.
pub(crate) fn own_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

#[cfg(unix)]
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if kill_process_group(Pid::from_child(child), Signal::KILL).is_err() {
        let _ended_already = child.kill(); // it has no group of its own
    }
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) {
    let _ended_already = child.kill();
}
