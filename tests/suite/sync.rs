//! `sync`: several clones of one hub are brought together; nobody's entry is lost, nothing is forced, and what stops it says so.
//! The hub is a bare repository at a file path; real servers are in `sync/crowd`.

use snapbox::str;

use crate::harness::clones::{Clones, DOCUMENT};
use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;

mod backends;
mod by_hand;
mod crowd;
mod decided;
mod hooks;
mod refusals;
mod same_id;
mod two_sides;

#[test]
fn the_first_sync_pushes_and_makes_the_branch_follow_the_hub() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.git(&["init", "--quiet", "--bare", "../hub"]).success();
    sandbox.git(&["remote", "add", "origin", "../hub"]).success();
    sandbox.run(&["sync"]).success().shows(str![[r#"
3 commits pushed to origin/main

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "--abbrev-ref", "main@{upstream}"]).stdout, "origin/main\n");
    assert_eq!(sandbox.git_in("../hub", &["rev-parse", "main"]).stdout, sandbox.git(&["rev-parse", "main"]).stdout);
    sandbox.run(&["sync"]).success().shows(str![[r#"
main and origin/main are the same

"#]]);
    sandbox.run(&["log", &id, "x"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: x — Grace Hopper
--- stderr
1 commit is not pushed yet: qpp-incident sync

"#]]);
}

#[test]
fn what_came_what_was_merged_and_what_was_pushed_is_one_line() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "From the first."]).success();
    clones.run(0, &["sync"]).success().shows(str![[r#"
1 commit pushed to origin/main

"#]]);
    clones.run(1, &["log", "From the second."]).success();
    clones.run(1, &["sync"]).success().shows(str![[r#"
1 commit came from origin/main; merged with yours, 1 file changed on both sides; 2 commits pushed to origin/main
  INC-K7QFM Many errors (open)

"#]]);
    clones.run(0, &["sync"]).success().shows(str![[r#"
2 commits came from origin/main
  INC-K7QFM Many errors (open)

"#]]);
    clones.are_one();
    clones.run(0, &["verify"]).success();
    clones.run(1, &["verify"]).success();
    let document = clones.document(0);
    assert!(document.contains("From the first. — Grace Hopper\n"), "{document}");
    assert!(document.contains("From the second. — Ada Byron\n"), "{document}");
    let merge = clones.git(0, &["log", "-1", "--format=%an <%ae> %s%n%P"]).stdout;
    assert!(merge.starts_with("Ada Byron <ada@example.org> sync: merge origin/main into main\n"), "{merge}");
    assert_eq!(merge.lines().nth(1).map(|parents| parents.split(' ').count()), Some(2));
}

#[test]
fn the_answer_for_programs_fits_its_schema() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One."]).success();
    let pushed = clones.run(0, &["--json", "sync"]).success().json();
    assert_fits("sync", &pushed);
    assert_eq!((&pushed["pushed"], &pushed["received"], &pushed["merge"]), (&1.into(), &0.into(), &serde_json::Value::Null));
    clones.run(1, &["log", "Two."]).success();
    let merged = clones.run(1, &["--json", "sync"]).success().json();
    assert_fits("sync", &merged);
    assert_eq!(merged["merged"][0], DOCUMENT);
    assert_eq!(merged["merge"], merged["tip"]);
    assert_eq!(merged["tip"].as_str().unwrap(), clones.tip(1).trim());
    assert_eq!(clones.run(1, &["sync", "--quiet"]).success().stdout, clones.tip(1));
}

#[test]
fn a_dry_run_fetches_and_changes_nothing_here_or_there() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    let (tip, hub) = (clones.tip(1), clones.hub(&["rev-parse", "main"]).stdout);
    clones.run(1, &["sync", "--dry-run"]).success().shows(str![[r#"
1 commit came from origin/main; merged with yours, 1 file changed on both sides; 2 commits pushed to origin/main
  INC-K7QFM Many errors (open)
--- stderr
nothing was merged or pushed (--dry-run)

"#]]);
    assert_eq!((clones.tip(1), clones.hub(&["rev-parse", "main"]).stdout), (tip, hub));
    clones.is_clean(1);
}

#[test]
fn without_a_push_the_others_work_comes_in_and_ours_stays_here() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    let hub = clones.hub(&["rev-parse", "main"]).stdout;
    clones.run(1, &["sync", "--no-push"]).success().shows(str![[r#"
1 commit came from origin/main; merged with yours, 1 file changed on both sides; 2 commits not pushed
  INC-K7QFM Many errors (open)

"#]]);
    assert_eq!(clones.hub(&["rev-parse", "main"]).stdout, hub);
    assert!(clones.document(1).contains("One."));
    clones.run(1, &["sync"]).success();
    clones.run(0, &["sync"]).success();
    clones.are_one();
}

#[test]
fn offline_merges_what_was_fetched_before_and_touches_no_network() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    clones.git(1, &["fetch", "--quiet"]).success();
    std::fs::rename(clones.sandbox.path("../hub"), clones.sandbox.path("../gone")).unwrap();
    clones.run(1, &["sync", "--offline"]).success();
    let document = clones.document(1);
    assert!(document.contains("One.") && document.contains("Two."), "{document}");
    clones.is_clean(1);
    clones.run(1, &["sync"]).status_is(1);
}

#[test]
fn a_push_that_somebody_else_outran_is_merged_and_pushed_again() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two.", "--push"]).success().shows(str![[r#"
INC-K7QFM Many errors (open)
  - 10:02 EST: Two. — Ada Byron
--- stderr
this clone now knows how to merge incident documents (merge.qpp-incident in its git config)
pushed to origin, with 1 commit that came from there

"#]]);
    clones.run(0, &["sync"]).success();
    clones.are_one();
    assert!(clones.document(0).contains("Two."));
}

#[test]
fn two_syncs_of_one_clone_at_once_take_turns() {
    let clones = Clones::new(2);
    clones.run(0, &["log", "One.", "--push"]).success();
    clones.run(1, &["log", "Two."]).success();
    let children: Vec<_> = (0..4).map(|_| clones.spawn(1, &["sync"])).collect();
    for child in children {
        clones.sandbox.finish(child, b"", "../b").success();
    }
    assert_eq!(clones.git(1, &["rev-list", "--count", "--merges", "HEAD"]).stdout, "1\n");
    clones.run(0, &["sync"]).success();
    clones.are_one();
}
