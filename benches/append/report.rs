//! The table of a run: what was measured, against what, and the figure that it must not exceed.

use std::fmt;

use crate::measure::Pairs;

/// What one run found.
pub struct Report {
    /// How many incidents the repositories held.
    pub incidents: usize,
    /// The length of a document.
    pub document_bytes: usize,
    /// Whether they lay in memory.
    pub on_tmpfs: bool,
    /// The times.
    pub pairs: Pairs,
    /// Processor time of `--version`.
    pub version_cpu_ms: Option<f64>,
    /// Size of the program that was measured: the release is what is distributed.
    pub program_bytes: Option<u64>,
    /// `git --version`.
    pub git: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.on_tmpfs { "a file system in memory" } else { "a disk" };
        let version = self.version_cpu_ms.map_or("not known here".to_owned(), |ms| format!("{ms:.1} ms"));
        #[allow(clippy::cast_precision_loss, reason = "a size in megabytes has few digits")]
        let size = self.program_bytes.map_or("not known here".to_owned(), |bytes| format!("{:.1} MB", bytes as f64 / 1e6));
        writeln!(f, "# What a command costs\n")?;
        writeln!(
            f,
            "Written by `cargo bench --bench append`: {} incidents of {} bytes in one packed commit, on {place},",
            self.incidents, self.document_bytes
        )?;
        writeln!(f, "{} pairs of runs in turn, whole processes, medians; {}.", self.pairs.len(), self.git)?;
        writeln!(f, "Neither side flushes to the disk: git does not for loose objects, and this store does not yet either.\n")?;
        writeln!(f, "| what | measured | wanted |\n|---|---|---|")?;
        writeln!(f, "| `qpp-incident log -i ID TEXT` | {:.1} ms | |", self.pairs.ours_ms())?;
        writeln!(f, "| `echo >> F && git add F && git commit -qm x` | {:.1} ms | |", self.pairs.git_ms())?;
        writeln!(f, "| the first over the second, median of the pairs | {:.2} | ≤ 0.5 |", self.pairs.ratio())?;
        writeln!(f, "| `qpp-incident --version`, processor time | {version} | ≤ 5 ms |")?;
        writeln!(f, "| the distributed binary | {size} | ≤ 14 MB |")
    }
}
