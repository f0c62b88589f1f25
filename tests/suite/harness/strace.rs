//! The built program under strace: which calls change something, and a kill or an error in place of one of them.
//! No step is listed anywhere: they are read from a run, so a step that is added later is killed too.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::sandbox::Sandbox;

/// Every call by which a process changes what is on the disk; `?`: where the processor's architecture has it.
const CHANGES: &str = "?open,openat,?creat,write,writev,pwrite64,?sendfile,?copy_file_range,ftruncate,fallocate,fsync,fdatasync,\
?sync_file_range,?rename,?renameat,renameat2,?link,linkat,?unlink,unlinkat,?mkdir,mkdirat,?rmdir,?symlink,symlinkat,?chmod,fchmod,fchmodat,\
utimensat";

/// One call of a traced run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// Such as `renameat2`.
    pub name: String,
    /// The how-manieth of its name, from 1.
    pub number: usize,
    /// As strace shows it.
    pub shown: String,
}

/// What is done to the program at a call.
#[derive(Debug, Clone, Copy)]
pub enum Injected {
    /// It is killed as it makes the call: the call itself does nothing.
    Kill,
    /// The call does nothing and gives this error.
    Error(&'static str),
}

/// Whose calls are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traced {
    /// Those of the program and of all that it starts.
    All,
    /// Those of the program's first thread: what it starts goes on, as after a real kill.
    ItselfAlone,
}

/// Whether strace may trace here. In CI it must.
pub fn may_trace() -> bool {
    let mut tried = Command::new("strace");
    tried.args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=chdir:error=EIO", "true"]);
    let works = tried.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    assert!(works || std::env::var("CI").as_deref() != Ok("true"), "strace may not trace here; .ci/setup installs it");
    if !works {
        eprintln!("skipped: strace may not trace here");
    }
    works
}

/// The calls of a run that change something, in order: the run goes through.
#[track_caller]
pub fn changing_calls(sandbox: &Sandbox, program: &[&str], traced: Traced, trace: &Path) -> Vec<Call> {
    let mut command = strace(sandbox, Traced::All, trace);
    command.args(["-e", &format!("trace={CHANGES}")]).args(program);
    let said = command.output().unwrap();
    assert!(said.status.success(), "{program:?}: {said:?}");
    let text = String::from_utf8_lossy(&std::fs::read(trace).unwrap()).into_owned();
    let first = text.split(' ').next().unwrap_or_default();
    let is_looked_at = |line: &&str| traced == Traced::All || line.split(' ').next() == Some(first);
    calls(&text.lines().filter(is_looked_at).collect::<Vec<_>>())
}

/// Runs a program with something done to it at one call. `None`: it ended by a signal.
pub fn injected(sandbox: &Sandbox, program: &[&str], traced: Traced, call: &Call, injected: Injected) -> (Option<i32>, Output) {
    let what = match injected {
        Injected::Kill => format!("signal=SIGKILL:when={}", call.number),
        Injected::Error(error) => format!("error={error}:when={}", call.number),
    };
    let mut command = strace(sandbox, traced, Path::new("/dev/null"));
    command.args(["-e", &format!("trace={}", call.name), "-e", &format!("inject={}:{what}", call.name)]).args(program);
    let said = command.output().unwrap();
    assert!(said.status.signal().is_none_or(|signal| signal == 9), "{call:?} {said:?}");
    (said.status.code(), said)
}

fn strace(sandbox: &Sandbox, traced: Traced, trace: &Path) -> Command {
    let mut command = sandbox.program(Path::new("strace"), &sandbox.now());
    command.args((traced == Traced::All).then_some("-f"));
    command.args([OsStr::new("-qq"), OsStr::new("-o"), trace.as_os_str()]);
    command
}

/// Reads a trace. The counters of strace are those of each thread, so that two calls may have the same number.
fn calls(trace: &[&str]) -> Vec<Call> {
    let mut seen = BTreeSet::new();
    let mut counts = std::collections::BTreeMap::<(&str, &str), usize>::new();
    let mut calls = Vec::new();
    for line in trace {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        let Some((name, arguments)) = rest.trim_start().split_once('(') else { continue };
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue; // a signal, an exit, or the second half of a call
        }
        let count = counts.entry((process, name)).or_default();
        *count += 1;
        let only_reads = name.starts_with("open") && !["O_CREAT", "O_TRUNC", "O_TMPFILE"].iter().any(|flag| arguments.contains(flag));
        // What failed has changed nothing: killed there, all is as it is at the next call.
        if !only_reads && !arguments.contains(") = -1 E") && seen.insert((name.to_owned(), *count)) {
            calls.push(Call { name: name.to_owned(), number: *count, shown: (*line).to_owned() });
        }
    }
    calls
}

mod tests {
    use super::*;

    #[test]
    fn calls_that_change_something_are_read_from_a_trace() {
        let trace = "7 openat(AT_FDCWD, \"a\", O_RDONLY) = 3\n7 openat(AT_FDCWD, \"b\", O_RDWR|O_CREAT, 0666) = 3\n\
                     7 write(3, \"write(\", 6) = 6\n8 write(3, \"x\", 1 <unfinished ...>\n7 rename(\"b\", \"c\") = 0\n\
                     8 <... write resumed>) = 1\n7 mkdir(\"d\", 0777) = -1 EEXIST (File exists)\n7 +++ exited with 0 +++\n";
        let named: Vec<(String, usize)> =
            calls(&trace.lines().collect::<Vec<_>>()).into_iter().map(|call| (call.name, call.number)).collect();
        let expected = [("openat", 2), ("write", 1), ("rename", 1)].map(|(name, number)| (name.to_owned(), number));
        assert_eq!(named, expected);
    }
}
