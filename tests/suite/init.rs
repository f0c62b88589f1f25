//! `init`: a repository made or adopted, once.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn a_repository_is_made_and_one_commit_holds_what_was_written() {
    let sandbox = Sandbox::new();
    sandbox.run(&["init"]).success().shows(str![[r#"
made a git repository for incidents in [SANDBOX]/repo
  incidents/config.yaml     settings, all optional
  incidents/teams.yaml      the on-call directory: fill in its blank cells
  incidents/.gitattributes  names the merge driver, so that no entry is lost
--- stderr
next: qpp-incident open "What is wrong"

"#]]);
    sandbox.git(&["log", "--format=%an <%ae> %aI%n%cn %cI%n%B", "--name-only"]).success().shows(str![[r#"
Grace Hopper <grace@example.org> 2026-11-22T23:58:00-05:00
Grace Hopper 2026-11-22T23:58:00-05:00
incidents: adopt the repository

Event: init


incidents/.gitattributes
incidents/config.yaml
incidents/teams.yaml

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).success().stdout, "");
    assert_eq!(sandbox.git(&["symbolic-ref", "HEAD"]).stdout.trim(), "refs/heads/main");
}

#[test]
fn running_it_again_changes_nothing_and_says_so() {
    let sandbox = Sandbox::adopted();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["init"]).success().shows(str![[r#"
[SANDBOX]/repo keeps incidents already: nothing changed
--- stderr
next: qpp-incident open "What is wrong"

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}

#[test]
fn a_fresh_clone_learns_to_merge() {
    let sandbox = Sandbox::adopted();
    sandbox.git(&["clone", "--quiet", ".", "../clone"]).success();
    sandbox.run(&["init", "../clone"]).success().shows(str![[r#"
[SANDBOX]/clone keeps incidents already; this clone now knows how to merge their documents
--- stderr
next: cd [SANDBOX]/clone && qpp-incident open "What is wrong"

"#]]);
    let driver = sandbox.git_in("../clone", &["config", "merge.qpp-incident.driver"]).success().stdout;
    assert!(driver.contains("merge-driver"), "{driver}");
}

#[test]
fn elsewhere_the_next_step_leads_there() {
    let sandbox = Sandbox::new();
    sandbox.run(&["init", "on call"]).success().shows(str![[r#"
made a git repository for incidents in [SANDBOX]/repo/on call
  incidents/config.yaml     settings, all optional
  incidents/teams.yaml      the on-call directory: fill in its blank cells
  incidents/.gitattributes  names the merge driver, so that no entry is lost
--- stderr
next: cd '[SANDBOX]/repo/on call' && qpp-incident open "What is wrong"

"#]]);
    assert!(sandbox.path("on call/.git").is_dir());
}

#[test]
fn a_repository_with_other_content_is_warned_of_once() {
    let sandbox = Sandbox::with_git();
    sandbox.write("src/main.c", "int main;\n").git(&["add", "."]);
    sandbox.git(&["commit", "--quiet", "-m", "code"]).success();
    sandbox.write("src/main.c", "int main, x;\n").git(&["add", "."]);
    sandbox.run(&["init"]).success().shows(str![[r#"
adopted the git repository [SANDBOX]/repo
  incidents/config.yaml     settings, all optional
  incidents/teams.yaml      the on-call directory: fill in its blank cells
  incidents/.gitattributes  names the merge driver, so that no entry is lost
--- stderr
warning: this repository holds other things too; one of its own is safer: its branches, CI, permissions and code reviews are made for other work, and would hold up or rewrite the record
next: qpp-incident open "What is wrong"

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "M  src/main.c\n");
    assert!(!sandbox.run(&["init"]).success().stderr.contains("warning"));
}

#[test]
fn programs_get_one_object() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["init", "--json"]).success().json();
    let keys: Vec<&String> = made.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["schema", "path", "made_repository", "files", "commits", "warnings"]);
    assert_eq!(made["made_repository"], true);
    assert_eq!(made["files"].as_array().unwrap().len(), 3);
    assert_eq!(made["commits"][0].as_str().unwrap(), sandbox.git(&["rev-parse", "HEAD"]).stdout.trim());
    let again = sandbox.run(&["init", "--json"]).success().json();
    assert_eq!(
        (&again["made_repository"], &again["files"], &again["commits"]),
        (&false.into(), &serde_json::json!([]), &serde_json::json!([]))
    );
}

#[test]
fn the_folder_alone_is_printed_when_asked_quietly() {
    Sandbox::new().run(&["init", "--quiet"]).success().shows(str![[r#"
[SANDBOX]/repo

"#]]);
}

#[test]
fn a_dry_run_makes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run(&["init", "--dry-run"]).success().shows(str![[r#"
would make a git repository for incidents in [SANDBOX]/repo
  incidents/config.yaml     settings, all optional
  incidents/teams.yaml      the on-call directory: fill in its blank cells
  incidents/.gitattributes  names the merge driver, so that no entry is lost
--- stderr
nothing was written (--dry-run)

"#]]);
    assert!(std::fs::read_dir(sandbox.path("")).unwrap().next().is_none());
}

#[test]
fn without_an_identity_nothing_is_made_and_both_ways_are_said() {
    let sandbox = Sandbox::without_identity();
    sandbox.run(&["init"]).shows(str![[r#"
--- stderr
error: nobody is known to git on this machine, and the record must say who acted
hint: --by "Your Name <you@example.org>", or once: git config --global user.name "Your Name" && git config --global user.email you@example.org
--- exit status 1

"#]]);
    assert!(std::fs::read_dir(sandbox.path("")).unwrap().next().is_none());
    sandbox.run(&["init", "--by", "Grace Hopper <grace@example.org>"]).success();
    assert_eq!(sandbox.git(&["log", "--format=%an <%ae> %cn"]).stdout.trim(), "Grace Hopper <grace@example.org> Grace Hopper");
}

#[test]
fn pushing_is_a_setting_that_is_written_once() {
    let sandbox = Sandbox::new();
    sandbox.run(&["init", "--push"]).success();
    assert!(sandbox.read("incidents/config.yaml").contains("\nshare:\n"));
    let sandbox = Sandbox::adopted();
    sandbox.run(&["init", "--push"]).success().shows(str![[r#"
[SANDBOX]/repo keeps incidents already: nothing changed
--- stderr
warning: incidents/config.yaml stands already and was not changed: set `share.push: auto` there
next: qpp-incident open "What is wrong"

"#]]);
    assert!(sandbox.read("incidents/config.yaml").contains("\n#share:\n"));
}

#[test]
fn what_stands_is_not_overwritten() {
    let sandbox = Sandbox::with_git();
    sandbox.write("incidents/teams.yaml", "teams: []\n");
    sandbox.run(&["init"]).success();
    assert_eq!(sandbox.read("incidents/teams.yaml"), "teams: []\n");
}

#[test]
fn a_folder_that_cannot_be_written_and_a_bare_repository_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "x\n");
    sandbox.run(&["init", "file/below"]).shows(str![[r#"
--- stderr
error: could not write [SANDBOX]/repo/file/below: Not a directory (os error 20)
--- exit status 1

"#]]);
    sandbox.git(&["init", "--quiet", "--bare", "bare"]).success();
    sandbox.run(&["init", "bare"]).shows(str![[r#"
--- stderr
error: [SANDBOX]/repo/bare is a bare repository: documents need a work tree
hint: clone it, and run the command in the clone
--- exit status 1

"#]]);
}
