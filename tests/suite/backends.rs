//! Repositories and indexes that libgit2 cannot read by itself: every command works, and git finds nothing to complain of.

use crate::harness::sandbox::Sandbox;

/// A repository made by git with these options.
fn made_with(options: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.git(&[&["init", "--quiet"], options].concat()).success();
    sandbox
}

/// The whole course of an incident, with somebody else's work staged and changed beside it, and two writers at once.
#[track_caller]
fn works(sandbox: &Sandbox) {
    sandbox.run(&["init"]).success();
    sandbox.write("staged.txt", "staged\n").write("changed.txt", "one\n");
    sandbox.git(&["add", "changed.txt"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "beside"]).success();
    sandbox.git(&["add", "staged.txt"]).success();
    sandbox.write("changed.txt", "two\n");
    let id = sandbox.open("Many errors on Auth service", &[]);
    sandbox.run(&["ack", &id]).success();
    at_once(sandbox, &id);
    by_hand(sandbox, &id);
    sandbox.run(&["resolve", &id, "Restarted it."]).success();
    sandbox.run(&["close", &id, "--force", "a drill"]).success();
    sandbox.run(&["postmortem", &id]).success();
    for look in [["show", &id], ["status", &id], ["timeline", &id], ["list", "--all"]] {
        let seen = sandbox.run(&look).success();
        assert!(seen.stdout.contains("Many errors on Auth service") || seen.stdout.contains("Restarted it."), "{look:?}: {seen}");
    }
    let found = sandbox.run(&["check", &id, "--json"]);
    assert!(!found.stdout.contains("kept-entries"), "{found}");
    is_sound(sandbox);
}

/// Two writers at once: both entries are there.
#[track_caller]
fn at_once(sandbox: &Sandbox, id: &str) {
    let spawn = |text| sandbox.command(&["log", id, text]).spawn().unwrap();
    let writers = [spawn("one of two"), spawn("two of two")];
    for writer in writers {
        sandbox.finish(writer, b"", "").success();
    }
    let shown = sandbox.run(&["show", id]).success().stdout;
    assert!(shown.contains("one of two") && shown.contains("two of two"), "{shown}");
}

/// An edit by hand becomes a commit of its own, under the command's.
#[track_caller]
fn by_hand(sandbox: &Sandbox, id: &str) {
    let document = document(sandbox);
    sandbox.write(&document, sandbox.read(&document).replace("## Trigger", "By hand.\n\n## Trigger"));
    sandbox.run(&["log", id, "after the edit"]).success();
    let subjects = sandbox.git(&["log", "-2", "--format=%s"]).success().stdout;
    assert_eq!(subjects, format!("{id} log: after the edit\n{id} edit: by hand\n"));
}

fn document(sandbox: &Sandbox) -> String {
    sandbox.git(&["ls-files", "incidents/*/incident.md"]).success().stdout.trim().to_owned()
}

/// git has nothing to say but of the work that is somebody else's.
#[track_caller]
fn is_sound(sandbox: &Sandbox) {
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, " M changed.txt\nA  staged.txt\n");
    sandbox.git(&["fsck", "--strict", "--no-dangling"]).success();
    let left = std::fs::read_dir(sandbox.path(".git")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| name.starts_with("index.")).collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

fn index(sandbox: &Sandbox) -> Vec<u8> {
    std::fs::read(sandbox.path(".git/index")).unwrap()
}

fn has(index: &[u8], extension: &[u8]) -> bool {
    index.windows(extension.len()).any(|window| window == extension)
}

#[test]
fn references_in_reftables() {
    let sandbox = made_with(&["--ref-format=reftable"]);
    works(&sandbox);
    assert_eq!(sandbox.git(&["rev-parse", "--show-ref-format"]).success().stdout, "reftable\n");
    let reflog = sandbox.git(&["reflog", "-1", "--format=%gs"]).success().stdout;
    assert!(reflog.starts_with("commit: INC-"), "{reflog}");
}

#[test]
fn reftables_in_a_linked_work_tree_on_another_branch() {
    let sandbox = made_with(&["--ref-format=reftable"]);
    sandbox.run(&["init"]).success();
    sandbox.git(&["worktree", "add", "--quiet", "../repo/linked", "-b", "drill"]).success();
    let opened = sandbox.run_in("linked", &["--json", "open", "Elsewhere"]).success().json();
    let subject = sandbox.git(&["log", "-1", "--format=%s", "drill"]).success().stdout;
    assert_eq!(subject, format!("{} open: Elsewhere.\n", opened["id"].as_str().unwrap()));
    assert_eq!(sandbox.git(&["log", "-1", "--format=%s", "main"]).success().stdout, "incidents: adopt the repository\n");
}

#[test]
fn what_stands_in_the_way_is_seen_in_reftables_too() {
    let sandbox = made_with(&["--ref-format=reftable"]);
    sandbox.run(&["init"]).success();
    let id = sandbox.open("Many errors", &[]);
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    assert_eq!(sandbox.run(&["--json", "ack", &id]).status_is(1).json_error()["error"]["code"], "detached-head");
    sandbox.git(&["checkout", "--quiet", "main"]).success();
    sandbox.write("x", "1\n");
    sandbox.git(&["checkout", "--quiet", "-b", "side"]).success();
    sandbox.git(&["add", "x"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "side"]).success();
    sandbox.git(&["checkout", "--quiet", "main"]).success();
    sandbox.write("x", "2\n");
    sandbox.git(&["add", "x"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "main"]).success();
    sandbox.git(&["cherry-pick", "side"]);
    let error = sandbox.run(&["--json", "ack", &id]).status_is(1).json_error();
    assert_eq!(error["error"]["code"], "operation-in-progress", "{error}");
    assert!(error["error"]["message"].as_str().unwrap().contains("cherry-pick"), "{error}");
}

#[test]
fn sha_256_object_names() {
    let sandbox = made_with(&["--object-format=sha256"]);
    works(&sandbox);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).success().stdout.trim().len(), 64);
    sandbox.git(&["gc", "--quiet"]).success();
    let id = sandbox.open("Once more", &[]);
    sandbox.run(&["log", &id, "from a pack"]).success();
    is_sound(&sandbox);
}

#[test]
fn sha_256_object_names_and_reftables() {
    works(&made_with(&["--object-format=sha256", "--ref-format=reftable"]));
}

#[test]
fn a_split_index_stays_one() {
    let sandbox = made_with(&[]);
    sandbox.git(&["config", "core.splitIndex", "true"]).success();
    works(&sandbox);
    assert!(has(&index(&sandbox), b"link"), "it is still split");
}

#[test]
fn a_sparse_index_stays_one() {
    let sandbox = made_with(&[]);
    sandbox.run(&["init"]).success();
    sandbox.write("far/away.txt", "far\n");
    sandbox.git(&["add", "far"]).success();
    sandbox.git(&["commit", "--quiet", "-m", "far"]).success();
    sandbox.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "incidents"]).success();
    works(&sandbox);
    assert!(has(&index(&sandbox), b"sdir"), "it is still sparse");
    assert!(!sandbox.path("far").exists());
}

#[test]
fn the_index_of_version_4_and_the_extensions_of_many_files() {
    let sandbox = made_with(&[]);
    sandbox.git(&["config", "feature.manyFiles", "true"]).success();
    sandbox.git(&["config", "index.version", "4"]).success();
    works(&sandbox);
}
