//! `docs/ci.md`: every step that can be pasted from there does what the page says.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::output::Output;
use crate::harness::sandbox::Sandbox;

const PAGE: &str = include_str!("../../docs/ci.md");

/// The text of the code block whose first lines name a file.
fn recipe(file: &str) -> String {
    let blocks = PAGE.split("```").skip(1).step_by(2);
    let body = |block: &str| block.split_once('\n').map(|(_, body)| body.to_owned()).unwrap();
    blocks
        .map(body)
        .find(|body| body.lines().take(2).any(|line| line == format!("# {file}")))
        .unwrap_or_else(|| panic!("no recipe for {file}"))
}

/// The shell lines of a pipeline, as the runner hands them to a shell.
fn steps(recipe: &str) -> Vec<String> {
    let lines = recipe.lines().map(str::trim_start);
    let step =
        |line: &str| line.strip_prefix("- run: ").or_else(|| line.strip_prefix("- qpp-incident").map(|_| &line[2..])).map(str::to_owned);
    lines.filter_map(step).collect()
}

/// The sandbox's shell, with the program on its path.
fn shell(sandbox: &Sandbox, line: &str) -> Output {
    let program = assert_cmd::cargo::cargo_bin!("qpp-incident");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    sandbox.env("PATH", &path);
    let mut command = sandbox.program(Path::new("sh"), &sandbox.now());
    command.args(["-e", "-c", line]);
    sandbox.finish(command.spawn().unwrap(), b"", "")
}

/// A record with a closed incident that has no postmortem: what CI is there to find.
fn without_postmortem() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.put_incident("00002", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\nclose_reason: resolved\n");
    sandbox
}

fn put_hook(sandbox: &Sandbox, place: &str, text: &str) {
    sandbox.write(place, text);
    std::fs::set_permissions(sandbox.path(place), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_workflow_annotates_what_it_finds_and_passes_a_sound_record() {
    let steps = steps(&recipe(".github/workflows/incidents.yml"));
    assert_eq!(steps, ["qpp-incident check --format github"]);
    let found = shell(&without_postmortem(), &steps[0]).status_is(3);
    assert!(found.stdout.contains("title=postmortem-missing::"), "{}", found.stdout);
    shell(&Sandbox::adopted(), &steps[0]).success();
}

#[test]
fn the_gitlab_job_leaves_a_report_even_when_it_fails() {
    let recipe = recipe(".gitlab-ci.yml");
    let steps = steps(&recipe);
    assert_eq!(steps.len(), 1);
    let sandbox = without_postmortem();
    shell(&sandbox, &steps[0]).status_is(3);
    let report = sandbox.read("incidents.xml");
    assert!(report.contains("<failure type=\"error\" message=\"closed since"), "{report}");
    assert!(recipe.contains("junit: incidents.xml"));
}

#[test]
fn the_pre_commit_hook_stops_a_hand_edit_and_no_command() {
    let sandbox = Sandbox::adopted();
    let id = sandbox.open("Auth is down", &["--pagerduty", "PD-1"]);
    put_hook(&sandbox, ".git/hooks/pre-commit", &recipe(".git/hooks/pre-commit"));
    shell(&sandbox, "true").success();
    sandbox.run(&["log", &id, "Restarted it."]).success();
    let document = sandbox.document_of(&id);
    let sound = sandbox.read(&document);
    sandbox.write(&document, sound.replace("status: open", "status: ajar"));
    let stopped = sandbox.git(&["commit", "--quiet", "-am", "by hand"]).status_is(1);
    assert!(stopped.stdout.contains("[front-matter]") || stopped.stderr.contains("[front-matter]"), "{stopped:?}");
    sandbox.write(&document, sound.replace("Restarted it.", "Restarted it twice."));
    sandbox.git(&["commit", "--quiet", "-am", "by hand"]).success();
    sandbox.write("notes.txt", "x");
    sandbox.git(&["add", "notes.txt"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "no incident"]).success();
}

#[test]
fn the_pre_receive_hook_refuses_what_cannot_be_read_and_takes_what_is_late() {
    let sandbox = without_postmortem();
    sandbox.git(&["init", "--quiet", "--bare", "../there"]).success();
    put_hook(&sandbox, "../there/hooks/pre-receive", &recipe("hooks/pre-receive"));
    shell(&sandbox, "true").success();
    sandbox.git(&["remote", "add", "origin", "../there"]).success();
    sandbox.git(&["push", "--quiet", "-u", "origin", "main"]).success();
    sandbox.put_incident("00003", "ajar", "2026-11-20T09:00:00-05:00", "");
    let refused = sandbox.git(&["push", "--quiet", "origin", "main"]).status_is(1);
    assert!(refused.stderr.contains("the incident documents cannot be read"), "{}", refused.stderr);
    assert!(refused.stderr.contains("[front-matter]"), "{}", refused.stderr);
    sandbox.git(&["reset", "--quiet", "--hard", "HEAD~1"]).success();
    sandbox.git(&["push", "--quiet", "origin", "main:other"]).success();
    sandbox.git(&["push", "--quiet", "origin", "--delete", "other"]).success();
}
