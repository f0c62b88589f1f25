//! A long history of incidents, as the program's own commands would have written it: documents, messages, trailers. By `git fast-import`,
//! since fifty thousand commands would take an hour. Seeded: the same figures make the same history.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use qpp_incident::document::commit_message::entry_digest;
use qpp_incident::domain::timestamp::Timestamp;
use qpp_incident::domain::zone::Zone;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOGGED: &[&str] = &[
    "Restarted the auth database; the pool is at 40 of 200 connections.",
    "Splunk shows 1,200 errors a minute on /token, all of them time-outs.",
    "Rolled the gateway back to the release of Friday; no change so far.",
    "New Relic: the 99th percentile is down from 30 s to 4 s.",
    "Asked GDIT whether a network change went out at 23:45.",
];

/// What is made.
pub struct History {
    /// How many commits.
    pub commits: usize,
    /// How many entries each incident gets.
    pub entries_each: usize,
    /// How many incidents go on at once.
    pub active: usize,
}

struct Incident {
    id: String,
    path: String,
    opened_at: Timestamp,
    days: Vec<(String, String)>,
    entries: usize,
}

impl History {
    /// Makes the repository.
    pub fn make(&self, root: &Path) {
        std::fs::create_dir_all(root).unwrap();
        run(Command::new("git").args(["init", "--quiet", "--initial-branch=main"]).current_dir(root));
        let mut import = Command::new("git");
        quiet(&mut import).args(["fast-import", "--quiet"]).current_dir(root).stdin(Stdio::piped());
        let mut child = import.spawn().unwrap();
        let mut stream = BufWriter::new(child.stdin.take().unwrap());
        self.write(&mut stream);
        drop(stream);
        assert!(child.wait().unwrap().success(), "git fast-import failed");
        run(Command::new("git").args(["reset", "--quiet", "--hard"]).current_dir(root));
    }

    fn write(&self, stream: &mut impl Write) {
        let mut random = Random(20_261_123);
        let mut at: Timestamp = "2020-01-06T14:00:00Z".parse().unwrap();
        let mut active: Vec<Incident> = Vec::new();
        commit(stream, at, "incidents: begin", "incidents/config.yaml", "# settings\n");
        for _ in 0..self.commits {
            at = at.plus_seconds(60);
            if active.len() < self.active {
                active.push(Incident::new(&mut random, at));
            }
            let index = random.below(active.len());
            let (event, text) = match active[index].entries {
                0 => ("open", "**Opened.** Many errors on Auth service.".to_owned()),
                count => ("log", LOGGED[count % LOGGED.len()].to_owned()),
            };
            let message = active[index].log(at, event, &text);
            commit(stream, at, &message, &active[index].path.clone(), &active[index].document());
            if active[index].entries >= self.entries_each {
                active.swap_remove(index);
            }
        }
    }
}

impl Incident {
    fn new(random: &mut Random, at: Timestamp) -> Self {
        let id: String = (0..5).map(|_| char::from(ALPHABET[random.below(32)])).collect();
        let day = Zone::default().date(at).to_string();
        let (month, day) = day.rsplit_once('-').unwrap();
        let path = format!("incidents/{month}/{day}-{}-many-errors-on-auth-service/incident.md", id.to_lowercase());
        Self { id: format!("INC-{id}"), path, opened_at: at, days: Vec::new(), entries: 0 }
    }

    /// Adds an entry and gives the message of its commit.
    fn log(&mut self, at: Timestamp, event: &str, text: &str) -> String {
        let zone = Zone::default();
        let line = format!("- {}: {text} — Grace Hopper", zone.minute(at));
        let day = zone.date(at).to_string();
        if self.days.last().is_none_or(|(last, _)| *last != day) {
            self.days.push((day, String::new()));
        }
        writeln!(self.days.last_mut().unwrap().1, "{line}").unwrap();
        self.entries += 1;
        let (id, digest) = (&self.id, entry_digest(&line));
        let words = text.trim_start_matches("**Opened.** ");
        format!("{id} {event}: {words}\n\nIncident: {id}\nEvent: {event}\nOccurred-At: {}\nEntry: {digest}\n", zone.rfc3339(at))
    }

    fn document(&self) -> String {
        let zone = Zone::default();
        let (id, opened) = (&self.id, zone.rfc3339(self.opened_at));
        let mut text = format!(
            "---\nid: {id}\ntitle: Many errors on Auth service\nstatus: open\nseverity: SEV-2\nteams:\n  - QPP-A\nreporter: Grace Hopper <grace@example.org>\npagerduty: PD-4711\nresponders:\n  - Grace Hopper <grace@example.org>\nchat: QPP Incidents\ntimezone: America/New_York\nreported_at: {opened}\nopened_at: {opened}\n---\n\n# Many errors on Auth service (incident #{id})\n\n**Status:** open · **Severity:** SEV-2 · **Next update by:** entry {}\n**Incident Commander:** none yet · **Chat:** QPP Incidents\n**Date:** 2026-11-22 · **Authors:** Grace Hopper\n\n## Summary\n\n## Impact\n\n### Extent of the damage\n\n## Timeline (all times America/New_York)\n",
            self.entries
        );
        for (day, lines) in &self.days {
            write!(text, "\n### {day}\n\n{lines}").unwrap();
        }
        text.push_str("\n## Root Causes\n\n## Trigger\n\n## Resolution\n\n## Detection\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n\n## Lessons Learned\n");
        text
    }
}

fn commit(stream: &mut impl Write, at: Timestamp, message: &str, path: &str, text: &str) {
    let who = format!("Grace Hopper <grace@example.org> {} +0000", at.seconds());
    write!(stream, "commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {}\n{message}\n", message.len()).unwrap();
    write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()).unwrap();
}

/// A command that sees nothing of the user's settings.
pub fn quiet(command: &mut Command) -> &mut Command {
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C").env_remove("QPP_INCIDENT")
}

fn run(command: &mut Command) {
    assert!(quiet(command).status().unwrap().success(), "{command:?} failed");
}

/// A small linear generator: the history must be the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}
