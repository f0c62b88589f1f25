//! Real kills at random times, three writers at once: what was acknowledged is there once, what was killed at most once.
//! A short run with every other test; `.ci/slow` makes a long one with the program that is distributed.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::scene::{Scene, until};

/// How many write at once.
const WRITERS: usize = 3;

/// What became of the runs.
#[derive(Default)]
struct Seen {
    killed: Vec<String>,
    acknowledged: Vec<String>,
    /// How often three killed or ended writers left a commit half done.
    half_done: usize,
}

/// Starts writers and kills them until so many of either kind were seen, in at most so many runs; then nothing is missing.
fn killed_at_random_times(least: usize) {
    let scene = Scene::new();
    let copy = scene.copy("random");
    let pending = Path::new(&copy).join(".git/qpp-incident/commit.json");
    let mut seen = Seen::default();
    let mut number = 0;
    let mut spread = 1_000_u64;
    while seen.killed.len() < least || seen.acknowledged.len() < least || seen.half_done < least / 4 {
        assert!(number < 20 * least, "too few of one kind: {}", told(&seen, &scene, &copy));
        let started: Vec<(String, Child)> = (0..WRITERS)
            .map(|_| {
                number += 1;
                let text = format!("Entry number {number}.");
                let mut command = scene.sandbox.command(&["-C", &copy, "log", &text]);
                (text, command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
            })
            .collect();
        let is_aimed = number % 2 == 0;
        for (text, mut child) in started {
            if is_aimed {
                // Into the moment between the pending file and the end.
                wait(&mut child, Duration::from_secs(5), || pending.exists());
                wait(&mut child, Duration::from_micros(seemingly_random(text.as_bytes()) % 3_000), || false);
            } else {
                // Between nothing and twice the time that a run takes, by what became of the runs before.
                wait(&mut child, Duration::from_micros(seemingly_random(text.as_bytes()) % (2 * spread)), || false);
            }
            let _it_may_have_ended = child.kill();
            match child.wait().unwrap().code() {
                Some(0) => {
                    seen.acknowledged.push(text);
                    spread = (spread * 9 / 10).max(200);
                }
                None => {
                    seen.killed.push(text);
                    spread = spread * 11 / 10 + 20;
                }
                Some(status) => panic!("{text} ended with {status}"),
            }
        }
        seen.half_done += usize::from(pending.exists());
    }
    scene.sandbox.run(&["-C", &copy, "log", "Next entry."]).success();
    // Some hundred commits started git's own housekeeping, which nobody kills and which removes its lock when it is done.
    let maintenance = Path::new(&copy).join(".git/objects/maintenance.lock");
    until(|| !maintenance.exists());
    scene.holds_each_once(&copy, &seen.acknowledged, &seen.killed).unwrap_or_else(|why| panic!("{why}"));
    eprintln!("{}", told(&seen, &scene, &copy));
}

fn told(seen: &Seen, scene: &Scene, copy: &str) -> String {
    let document = scene.committed(copy, &scene.document).unwrap();
    let committed = seen.killed.iter().filter(|text| document.contains(text.as_str())).count();
    let Seen { killed, acknowledged, half_done } = seen;
    let (killed, acknowledged) = (killed.len(), acknowledged.len());
    format!(
        "{acknowledged} acknowledged; {killed} killed, {committed} of them after the commit; {half_done} times a commit was left half done"
    )
}

/// Waits until the time is over, something is so, or the child has ended.
fn wait(child: &mut Child, time: Duration, is_so: impl Fn() -> bool) {
    let until = Instant::now() + time;
    while Instant::now() < until && !is_so() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

/// A number that looks random and is the same for the same text.
fn seemingly_random(text: &[u8]) -> u64 {
    text.iter().fold(0xCBF2_9CE4_8422_2325, |mixed, byte| (mixed ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)) >> 16
}

#[test]
fn some_dozens_killed_at_random_times() {
    killed_at_random_times(60);
}

#[test]
#[ignore = "slow: .ci/slow"]
fn a_thousand_killed_at_random_times() {
    killed_at_random_times(1_000);
}
