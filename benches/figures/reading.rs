//! What only reads, at 10,000 incidents.

use crate::Bench;
use crate::generator::Wanted;
use crate::measure::median_ms;
use crate::results::Results;

pub fn run(bench: &Bench, results: &mut Results) {
    let repository = bench.repository(Wanted { incidents: 10_000, ..Wanted::default() }, bench.memory.path(), "reading");
    for arguments in [&["list"][..], &["list", "--all"], &["status"], &["check"]] {
        let run = || {
            let mut command = repository.command(bench.program.to_str().unwrap(), arguments);
            let from = std::time::Instant::now();
            let output = command.output().unwrap();
            // `check` ends with 3 when it has found something.
            assert!(output.status.success() || output.status.code() == Some(3), "{}", String::from_utf8_lossy(&output.stderr));
            from.elapsed()
        };
        results.told(format!("`{}`, 10000 incidents, ms", arguments.join(" ")), median_ms(3, &run), "");
    }
    std::fs::remove_dir_all(&repository.root).unwrap();
}
