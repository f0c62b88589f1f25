//! What one run of a program gave: raw text to look into, and one printable value to compare.
//! The printable value names only what differs from a quiet success: stderr when there is some, a status when it is not 0.

use std::fmt;

use snapbox::IntoData;

use super::snapshot::assert_snapshot;

/// The result of one run.
#[derive(Debug, Clone)]
pub struct Output {
    /// Standard output as it was.
    pub stdout: String,
    /// Standard error as it was.
    pub stderr: String,
    /// The exit status; `None` when a signal ended the program.
    pub status: Option<i32>,
    printed: String,
}

impl Output {
    /// A result whose printable value has gone through `redact`.
    pub fn new(stdout: String, stderr: String, status: Option<i32>, redact: impl Fn(&str) -> String) -> Self {
        let printed = redact(&print(&stdout, &stderr, status));
        Self { stdout, stderr, status, printed }
    }

    /// The same result, which must be a success.
    #[track_caller]
    pub fn success(self) -> Self {
        self.status_is(0)
    }

    /// The same result, which must have this exit status.
    #[track_caller]
    pub fn status_is(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "another exit status was expected\n{self}");
        self
    }

    /// The same result without the lines of a git diff that name blobs: they differ with every id.
    pub fn without_blobs(mut self) -> Self {
        self.printed = self.printed.split_inclusive('\n').filter(|line| !line.starts_with("index ")).collect();
        self
    }

    /// Compares the printable value with an inline snapshot.
    #[track_caller]
    pub fn shows(&self, expected: impl IntoData) {
        assert_snapshot(self, expected);
    }

    /// Standard output as JSON, ids and all as they were.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("standard output is no JSON: {error}\n{self}"))
    }

    /// The error object that a failed `--json` run wrote.
    #[track_caller]
    pub fn json_error(&self) -> serde_json::Value {
        let line = self.stderr.lines().rev().find(|line| line.starts_with('{')).unwrap_or_default();
        let from = self.stderr.find("{\n").map_or(line, |at| self.stderr.get(at..).unwrap_or_default());
        serde_json::from_str(from).unwrap_or_else(|error| panic!("standard error holds no JSON: {error}\n{self}"))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

fn print(stdout: &str, stderr: &str, status: Option<i32>) -> String {
    let mut printed = whole_lines(stdout);
    if !stderr.is_empty() {
        printed.push_str("--- stderr\n");
        printed.push_str(&whole_lines(stderr));
    }
    match status {
        Some(0) => {}
        Some(status) => printed.push_str(&format!("--- exit status {status}\n")),
        None => printed.push_str("--- ended by a signal\n"),
    }
    printed
}

fn whole_lines(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n--- no newline at the end\n") }
}

mod tests {
    use super::*;

    fn output(stdout: &str, stderr: &str, status: Option<i32>) -> Output {
        Output::new(stdout.to_owned(), stderr.to_owned(), status, str::to_owned)
    }

    #[test]
    fn a_quiet_success_is_its_stdout() {
        assert_eq!(output("done\n", "", Some(0)).to_string(), "done\n");
    }

    #[test]
    fn stderr_status_and_a_missing_newline_are_shown() {
        let shown = output("half", "why\n", Some(1)).to_string();
        assert_eq!(shown, "half\n--- no newline at the end\n--- stderr\nwhy\n--- exit status 1\n");
        assert_eq!(output("", "", None).to_string(), "--- ended by a signal\n");
    }

    #[test]
    #[should_panic(expected = "another exit status was expected")]
    fn a_failure_is_no_success() {
        let _ = output("", "no\n", Some(1)).success();
    }

    #[test]
    fn an_error_object_is_found_after_warnings() {
        let error = output("", "warning: late\n{\"error\":{\"code\":\"x\"}}\n", Some(1)).json_error();
        assert_eq!(error.pointer("/error/code").and_then(serde_json::Value::as_str), Some("x"));
    }
}
