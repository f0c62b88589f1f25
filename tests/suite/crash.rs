//! Killed at every call that changes something, and at random: what was acknowledged stays, nobody's edit is lost, the next command goes on.
//! The built program runs under strace; which calls there are is read from a run of its own, so none can be forgotten.

mod at_random;
mod of_sync;
pub mod scene;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::scene::{Scene, Then, copied, remove};
use crate::harness::strace::{Call, Injected, Traced, changing_calls, injected, may_trace};

/// How many repositories are worked on at once.
const WORKERS: usize = 2;

/// Kills the command at each of its calls, in a copy of the scene each, and looks at what the next command leaves; for each of the ways
/// in which it may go on, from what the same kill left.
fn killed_everywhere(scene: &Scene, command: &[&str], ways: &[Then]) {
    killed_where(scene, Traced::All, command, ways);
}

/// The same at the calls that are looked at.
fn killed_where(scene: &Scene, traced: Traced, command: &[&str], ways: &[Then]) {
    if !may_trace() {
        return;
    }
    let counted = scene.copy("counted");
    let calls = changing_calls(&scene.sandbox, &words(&counted, command), traced, &scene.sandbox.path("../trace"));
    let killed = at_each(&calls, |call| {
        let copy = scene.copy(&format!("{}-{}", call.name, call.number));
        let (status, said) = injected(&scene.sandbox, &words(&copy, command), traced, call, Injected::Kill);
        let acknowledged = status == Some(0);
        if status.is_some() && !acknowledged {
            return Err(format!("was not killed and failed: {said:?}"));
        }
        for (number, then) in ways.iter().enumerate() {
            let left = copied(&copy, &format!("{copy}-{number}"));
            scene.goes_on(&left, acknowledged, *then).map_err(|why| format!("{then:?}: {why}"))?;
            remove(&left);
        }
        remove(&copy);
        Ok(status.is_none())
    });
    assert!(killed >= 30 && killed + 3 >= calls.len(), "{killed} of {} runs were killed", calls.len());
}

/// Does something at each of the calls, several at a time; how often it was a kill. What is wrong fails the test, all of it together.
fn at_each(calls: &[Call], look: impl Fn(&Call) -> Result<bool, String> + Sync) -> usize {
    let (next, killed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(call) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match look(call) {
                        Ok(is_killed) => drop(killed.fetch_add(usize::from(is_killed), Ordering::Relaxed)),
                        Err(why) => wrong.lock().unwrap().push(format!("{}\n  {}", call.shown, why.replace('\n', "\n  "))),
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} things wrong at {} calls\n{}", wrong.len(), calls.len(), wrong.join("\n"));
    killed.into_inner()
}

fn words<'a>(copy: &'a str, command: &[&'a str]) -> Vec<&'a str> {
    [&["qpp-incident", "-C", copy], command].concat()
}

#[test]
fn log_is_killed_at_every_call_and_a_command_or_a_person_comes_next() {
    let ways = [
        Then::NextCommand,
        Then::PersonCommits(&["commit", "--quiet", "-m", "by a person"]),
        Then::PersonCommits(&["commit", "--quiet", "-am", "by a person"]),
    ];
    killed_everywhere(&Scene::new(), &["log", "Killed entry."], &ways);
}

#[test]
fn log_is_killed_at_every_call_after_a_hand_edit_and_with_a_kept_entry() {
    killed_everywhere(&Scene::new().edited_by_hand().with_kept_entry(), &["log", "Killed entry."], &[Then::NextCommand]);
}

#[test]
fn open_is_killed_at_every_call() {
    killed_everywhere(&Scene::new(), &["open", "Killed entry.", "--id", "INC-7ZZZZ", "--pagerduty", "Q2"], &[Then::NextCommand]);
}

#[test]
fn close_is_killed_at_every_call() {
    killed_everywhere(&Scene::new(), &["close", "--reason", "false-alarm", "Killed entry."], &[Then::NextCommand]);
}

#[test]
fn log_is_killed_at_every_call_where_names_are_those_of_sha_256() {
    let scene = Scene::made_with(&["--object-format=sha256"]).edited_by_hand();
    killed_where(&scene, Traced::ItselfAlone, &["log", "Killed entry."], &[Then::NextCommand]);
}

/// git moves the branch there, and goes on when the program that has started it is killed.
#[test]
fn log_is_killed_at_every_call_where_references_are_in_reftables() {
    let scene = Scene::made_with(&["--ref-format=reftable"]).edited_by_hand();
    killed_where(&scene, Traced::ItselfAlone, &["log", "Killed entry."], &[Then::NextCommand]);
}
