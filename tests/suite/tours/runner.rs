//! Runs a page in a fresh sandbox and compares each step as snapshots are compared: `[..]` and `...` stand for anything.
//! A page keeps the ids that it shows: the first random id of the run is printed as the page's first, and typed back as the real one.

use std::path::Path;

use snapbox::IntoData;
use snapbox::assert::{Action, DEFAULT_ACTION_ENV};

use super::page::{Part, Step, page, parts};
use super::shell::Shell;
use crate::harness::sandbox::Sandbox;
use crate::harness::snapshot::comparison;

/// Fails with every step of a page that shows something else than what happened.
#[track_caller]
pub fn assert_holds(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let (page, different) = run(&text);
    if different.is_empty() {
        return;
    }
    if Action::with_env_var(DEFAULT_ACTION_ENV) == Some(Action::Overwrite) {
        std::fs::write(file, page).unwrap();
        return;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    panic!("{name}: {} steps differ; update with {DEFAULT_ACTION_ENV}=overwrite\n{}", different.len(), different.join("\n"));
}

/// The page as it would be right, and a report of each step that differs.
pub fn run(text: &str) -> (String, Vec<String>) {
    let sandbox = Sandbox::new();
    let mut parts = parts(text);
    sandbox.redactions().names_of_page(&steps(&parts));
    let mut shell = Shell::new(&sandbox);
    let mut different = Vec::new();
    for part in &mut parts {
        if let Part::Step(step) = part
            && let Err(output) = hold(step, &mut shell, &sandbox)
        {
            different.push(format!("line {}: {}--- shown\n{}--- happened\n{output}", step.line, step.shown, step.expected));
            step.expected = output;
        }
    }
    (page(&parts), different)
}

/// What the page's steps show, without its prose.
fn steps(parts: &[Part]) -> String {
    let shown =
        parts.iter().filter_map(|part| if let Part::Step(step) = part { Some(format!("{}{}", step.shown, step.expected)) } else { None });
    shown.collect()
}

/// Runs one step; an error is the output that should be shown.
fn hold(step: &Step, shell: &mut Shell, sandbox: &Sandbox) -> Result<(), String> {
    if ["qi ", "qpp-incident "].iter().any(|program| step.command.contains(program)) {
        let now = sandbox.clock().tick();
        shell.set_clock(&now);
    }
    let command = sandbox.redactions().real(&step.command);
    let output = shell.run(&command);
    sandbox.learn(&output, "");
    let shown = sandbox.redacted(&output);
    let (actual, expected) = comparison().normalize(shown.into_data(), step.expected.clone().into_data());
    if actual == expected { Ok(()) } else { Err(actual.to_string()) }
}

mod tests {
    use super::*;

    #[test]
    fn a_page_that_shows_something_else_is_refused_and_put_right() {
        let (page, different) = run("```console\n$ echo a\nb\n$ echo c\nc\n$ false\n```\n");
        assert_eq!(different, ["line 2: $ echo a\n--- shown\nb\n--- happened\na\n", "line 6: $ false\n--- shown\n--- happened\n? 1\n",]);
        assert_eq!(page, "```console\n$ echo a\na\n$ echo c\nc\n$ false\n? 1\n```\n");
    }

    #[test]
    fn wildcards_stand_for_anything_and_survive_an_overwrite() {
        let (page, different) = run("```console\n$ printf 'took 3 ms\\nx\\ny\\nend\\n'; false\ntook [..] ms\n...\nend\n```\n");
        assert_eq!(different.len(), 1);
        assert!(page.ends_with("took [..] ms\n...\nend\n? 1\n```\n"), "{page}");
    }

    #[test]
    fn a_page_keeps_its_ids_and_uses_the_real_ones() {
        let (_, different) =
            run("```console\n$ echo 00001 | sed s/^/INC-/ > real; cat real\nINC-K7QFM\n$ test \"$(cat real)\" = INC-K7QFM\n```\n");
        assert!(different.is_empty(), "{different:?}");
    }

    #[test]
    #[should_panic(expected = "x.md: 1 steps differ")]
    fn a_wrong_page_fails_its_test() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.md");
        std::fs::write(&file, "```console\n$ echo a\nb\n```\n").unwrap();
        assert_holds(&file);
    }
}
