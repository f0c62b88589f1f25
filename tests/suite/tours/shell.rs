//! One `sh` that lives as long as its page: folders and exported variables last from step to step.
//! Both streams of a step come back in the order in which they were written; a step has nothing on standard input.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::harness::sandbox::Sandbox;

const END: &str = "-- the step has ended --";

/// A running shell.
pub struct Shell {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Shell {
    /// A shell in the working folder of a sandbox.
    pub fn new(sandbox: &Sandbox) -> Self {
        let now = sandbox.now();
        let mut command = sandbox.program(Path::new("sh"), &now);
        let mut child = command.env("TOUR_CLOCK", &now).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdin, stdout }
    }

    /// Moves the clock of the program, unless the page has set its own.
    pub fn set_clock(&mut self, now: &str) {
        let still_ours = "[ \"$QPP_INCIDENT_NOW\" = \"$TOUR_CLOCK\" ]";
        let script = format!(
            "export GIT_AUTHOR_DATE={now}; {still_ours} && export GIT_COMMITTER_DATE={now} QPP_INCIDENT_NOW={now} TOUR_CLOCK={now}\n"
        );
        self.stdin.write_all(script.as_bytes()).unwrap();
    }

    /// Runs a step: its output, and `? N` as the last line when the exit status is not 0.
    pub fn run(&mut self, command: &str) -> String {
        let script = format!("{{\n{command}\n}} </dev/null 2>&1\nprintf '\\n%s %s\\n' '{END}' \"$?\"\n");
        if self.stdin.write_all(script.as_bytes()).is_err() {
            return "? the shell has ended\n".to_owned();
        }
        let mut output = String::new();
        let mut line = String::new();
        while self.stdout.read_line(&mut line).unwrap() > 0 {
            if let Some(status) = line.strip_prefix(END) {
                return step_output(&output, status.trim());
            }
            output.push_str(&line);
            line.clear();
        }
        output + "? the shell has ended\n"
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.stdin.write_all(b"exit\n");
        let _ = self.stdout.read_to_end(&mut Vec::new());
        let _ = self.child.wait();
    }
}

/// The line break before the end mark is ours, not the step's.
fn step_output(output: &str, status: &str) -> String {
    let own = output.strip_suffix('\n').unwrap_or(output);
    let own = if own.is_empty() || own.ends_with('\n') { own.to_owned() } else { format!("{own}\n") };
    if status == "0" { own } else { format!("{own}? {status}\n") }
}

mod tests {
    use super::*;

    #[test]
    fn folder_and_variables_last_and_a_status_is_shown() {
        let sandbox = Sandbox::new();
        let mut shell = Shell::new(&sandbox);
        assert_eq!(shell.run("mkdir a && cd a && export WHO=Ada && printf x"), "x\n");
        assert_eq!(shell.run("basename \"$PWD\"; echo \"$WHO\" >&2"), "a\nAda\n");
        assert_eq!(shell.run("cat; (exit 3)"), "? 3\n");
        assert_eq!(shell.run("exit 1"), "? the shell has ended\n");
    }

    #[test]
    fn the_clock_is_moved_until_the_page_sets_its_own() {
        let sandbox = Sandbox::new();
        let mut shell = Shell::new(&sandbox);
        shell.set_clock("2026-11-23T05:00:00Z");
        assert_eq!(shell.run("echo $QPP_INCIDENT_NOW"), "2026-11-23T05:00:00Z\n");
        shell.run("export QPP_INCIDENT_NOW=2020-01-01T00:00:00Z");
        shell.set_clock("2026-11-23T06:00:00Z");
        assert_eq!(shell.run("echo $QPP_INCIDENT_NOW"), "2020-01-01T00:00:00Z\n");
    }
}
