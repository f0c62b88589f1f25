//! Killed at every call that changes something, and at random: what was acknowledged stays, nobody's edit is lost, the next command goes on.
//! The built program runs under strace; which calls there are is read from a run of its own, so none can be forgotten.

pub mod scene;

use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::scene::{Scene, Then, copied, remove};
use crate::harness::strace::{Injected, changing_calls, injected, may_trace};

/// How many repositories are worked on at once.
const WORKERS: usize = 2;

/// Kills the command at each of its calls, in a copy of the scene each, and looks at what the next command leaves; for each of the ways
/// in which it may go on, from what the same kill left.
fn killed_everywhere(scene: &Scene, command: &[&str], ways: &[Then]) {
    if !may_trace() {
        return;
    }
    let counted = scene.copy("counted");
    let calls = changing_calls(&scene.sandbox, &words(&counted, command), &scene.sandbox.path("../trace"));
    let (next, killed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(call) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let copy = scene.copy(&format!("{}-{}", call.name, call.number));
                    let (status, said) = injected(&scene.sandbox, &words(&copy, command), call, Injected::Kill);
                    killed.fetch_add(usize::from(status.is_none()), Ordering::Relaxed);
                    let acknowledged = status == Some(0);
                    if status.is_some() && !acknowledged {
                        wrong.lock().unwrap().push(format!("{}\n  was not killed and failed: {said:?}", call.shown));
                        continue;
                    }
                    for (number, then) in ways.iter().enumerate() {
                        let left = copied(&copy, &format!("{copy}-{number}"));
                        if let Err(why) = scene.goes_on(&left, acknowledged, *then) {
                            wrong.lock().unwrap().push(format!("killed at {}, {then:?}\n  {}", call.shown, why.replace('\n', "\n  ")));
                        }
                        remove(&left);
                    }
                    remove(&copy);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} things wrong after {} kills\n{}", wrong.len(), calls.len(), wrong.join("\n"));
    let killed = killed.into_inner();
    assert!(killed >= 30 && killed + 3 >= calls.len(), "{killed} of {} runs were killed", calls.len());
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

/// Real kills at random times, three writers at once, for as long as there are too few of either kind.
#[test]
#[ignore = "slow, some hundred runs: cargo test --test suite -- --ignored"]
fn killed_at_random_times() {
    let scene = Scene::new();
    let copy = scene.copy("random");
    let (mut killed, mut acknowledged) = (Vec::new(), Vec::new());
    let mut number = 0;
    let mut spread = 1_000_u64;
    while killed.len() < 150 || acknowledged.len() < 150 {
        assert!(number < 2_000, "{} killed, {} acknowledged", killed.len(), acknowledged.len());
        let started: Vec<_> = (0..3)
            .map(|_| {
                number += 1;
                let text = format!("Entry number {number}.");
                let mut command = scene.sandbox.command(&["-C", &copy, "log", &text]);
                (text, command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
            })
            .collect();
        for (text, mut child) in started {
            // Between nothing and twice the time that a run takes, by what became of the runs before.
            let wait = std::time::Duration::from_micros(fastrand(number) % (2 * spread));
            let until = std::time::Instant::now() + wait;
            while std::time::Instant::now() < until && child.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
            let _it_may_have_ended = child.kill();
            match child.wait().unwrap().code() {
                Some(0) => {
                    acknowledged.push(text);
                    spread = (spread * 9 / 10).max(200);
                }
                None => {
                    killed.push(text);
                    spread = spread * 11 / 10 + 20;
                }
                Some(status) => panic!("{text} ended with {status}"),
            }
        }
    }
    scene.sandbox.run(&["-C", &copy, "log", "Next entry."]).success();
    scene.holds_each_once(&copy, &acknowledged, &killed).unwrap_or_else(|why| panic!("{why}"));
}

/// A number that looks random and is the same in every run.
fn fastrand(seed: u64) -> u64 {
    let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 27)) >> 16
}
