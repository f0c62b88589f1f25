//! The table of a run: what was measured, against what, the bound, and whether it holds.

use std::fmt;
use std::process::Command;

use crate::Bench;
use crate::measure::{Pairs, cpu_of_version};

/// One figure.
struct Row {
    what: String,
    measured: String,
    wanted: String,
    verdict: &'static str,
}

/// All figures of a run.
pub struct Results {
    about: String,
    rows: Vec<Row>,
}

impl Results {
    /// Says on what and with what it was measured, and what a start costs.
    pub fn about(bench: &Bench) -> Self {
        let version = |program: &str| String::from_utf8(Command::new(program).arg("--version").output().unwrap().stdout).unwrap();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let about = format!(
            "Written by `cargo bench`: documents of {} bytes in one packed commit, whole processes, runs of both sides in turn, medians; \
             {}; {threads} processors.",
            bench.model.text.len(),
            version("git").trim(),
        );
        let mut results = Self { about, rows: Vec::new() };
        if let Some(cpu) = cpu_of_version(&bench.program, 200) {
            results.bound("`qpp-incident --version`, processor time, ms", cpu, "", 5.0);
        }
        #[allow(clippy::cast_precision_loss, reason = "a size in megabytes has few digits")]
        let megabytes = std::fs::metadata(&bench.program).map_or(0.0, |metadata| metadata.len() as f64 / 1e6);
        results.bound("the distributed binary, MB", megabytes, "", 14.0);
        results
    }

    /// A figure that must not exceed its bound.
    pub fn bound(&mut self, what: impl Into<String>, value: f64, how: &str, bound: f64) {
        let verdict = if value <= bound { "holds" } else { "**missed**" };
        self.rows.push(Row { what: what.into(), measured: measured(value, how), wanted: format!("≤ {bound}"), verdict });
    }

    /// A figure that must reach its bound.
    pub fn at_least(&mut self, what: impl Into<String>, value: f64, how: &str, bound: f64) {
        let verdict = if value >= bound { "holds" } else { "**missed**" };
        self.rows.push(Row { what: what.into(), measured: measured(value, how), wanted: format!("≥ {bound}"), verdict });
    }

    /// A figure that is told and has no bound.
    pub fn told(&mut self, what: impl Into<String>, value: f64, how: &str) {
        self.rows.push(Row { what: what.into(), measured: measured(value, how), wanted: String::new(), verdict: "" });
    }

    /// A figure that could not be taken, and why.
    pub fn not_taken(&mut self, what: impl Into<String>, why: &str) {
        self.rows.push(Row { what: what.into(), measured: why.to_owned(), wanted: String::new(), verdict: "**not measured**" });
    }

    /// The ratio of two sides, with the times behind it.
    pub fn pairs(&mut self, what: impl Into<String>, pairs: &Pairs, bound: f64) {
        let cpu = pairs.cpu_ratio().map_or(String::new(), |ratio| format!(", {ratio:.2} in processor time"));
        let how = format!("{:.1} ms against {:.1} ms, {} pairs{cpu}", pairs.ours_ms(), pairs.theirs_ms(), pairs.len());
        self.bound(what, pairs.ratio(), &how, bound);
    }
}

fn measured(value: f64, how: &str) -> String {
    if how.is_empty() { format!("{value:.2}") } else { format!("{value:.2} ({how})") }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# What a command costs\n\n{}\n", self.about)?;
        writeln!(f, "| what | measured | wanted | |\n|---|---|---|---|")?;
        for row in &self.rows {
            writeln!(f, "| {} | {} | {} | {} |", row.what, row.measured, row.wanted, row.verdict)?;
        }
        Ok(())
    }
}
