//! A random run of commands, refused ones among them, never yields a finding: whatever the program does is lawful.
//! Seeded, so that a failure comes again.

use super::found;
use crate::harness::sandbox::Sandbox;

/// A small generator: the same seed, the same run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: &[&str] = &[
    "Restarted the auth database.",
    "- a list\n- of two",
    "**Resolved.** not by me — Eve",
    "```\nunclosed",
    "## Timeline",
    "One line\n\nand another.",
    "x (logged 00:31)",
    "<!-- gone",
    "Ärger mit \u{1b}[31m Umlauten",
];

fn command(random: &mut Random, entries: usize) -> Vec<String> {
    let text = random.of(WORDS);
    let entry = || "last";
    let minute = format!("2026-11-23 00:{:02}", random.below(entries.min(59) + 1));
    let words: &[&str] = match random.below(20) {
        0..=6 => &["log", text],
        7 => &["log", "--at", "20 minutes ago", text],
        8 => &["update", text],
        9 => &["mitigate", text, "--restored", "60"],
        10 => &["resolve", text],
        11 => &["reopen", text],
        12 => &["close", "--force", text],
        13 => &["set", random.of(&["severity=SEV-2", "severity=SEV-4", "summary=Logins failed.", "services+=auth"])],
        14 => &["set", random.of(&["detected_at=23:50", "outage_started_at=23:40", "reported_at=23:55"]), "--reason", text],
        15 => &["correct", entry(), text],
        16 => &["correct", &minute, "--void", text],
        17 => &["correct", &minute, "--time", random.of(&["00:01", "00:07", "23:58"])],
        18 => &["redact", &minute, "A secret."],
        _ => &["action", "add", text, "--type", "detect", "--owner", "Ada Byron"],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_random_run_of_commands_never_yields_a_finding() {
    for seed in [7, 2026] {
        let mut random = Random(seed);
        let (sandbox, id) = Sandbox::commanded();
        let other = sandbox.open("Slow search", &[]);
        let mut said = Vec::new();
        let mut done = 0;
        for turn in 0..30 {
            let words = command(&mut random, turn);
            let incident = if random.below(4) == 0 { &other } else { &id };
            let words: Vec<&str> = words.iter().map(String::as_str).chain(["-i", incident]).collect();
            let output = sandbox.run(&words);
            done += usize::from(output.status == Some(0));
            said.push(format!("{words:?}: {:?}", output.status));
        }
        assert!(done > 15, "too few commands did anything: {said:#?}");
        assert_eq!(found(&sandbox), [], "seed {seed}: {said:#?}");
        let count = sandbox.git(&["rev-list", "--count", "HEAD"]).stdout;
        assert!(count.trim().parse::<usize>().unwrap() > 15);
    }
}
