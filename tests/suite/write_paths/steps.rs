//! The commands of a whole incident, each with what it may change in a document.
//! Facts by their keys, sections by their headings, table rows by a word in them; entries are counted.

/// One command and what it is about.
#[derive(Clone, Copy)]
pub struct Step {
    /// The command line.
    pub words: &'static [&'static str],
    /// Standard input.
    pub stdin: Option<&'static str>,
    /// The keys of the front matter that it may change.
    pub keys: &'static [&'static str],
    /// The section whose own text it may change.
    pub section: Option<&'static str>,
    /// Lines that hold one of these may come, go and change.
    pub lines: &'static [&'static str],
    /// How many entries it writes.
    pub entries: usize,
    /// How many minutes go by before it.
    pub wait: i64,
}

impl Step {
    /// A command that writes one entry.
    pub const fn new(words: &'static [&'static str], keys: &'static [&'static str]) -> Self {
        Self { words, stdin: None, keys, section: None, lines: &[], entries: 1, wait: 0 }
    }

    const fn section(mut self, heading: &'static str) -> Self {
        self.section = Some(heading);
        self
    }

    const fn lines(mut self, words: &'static [&'static str]) -> Self {
        self.lines = words;
        self
    }

    const fn entries(mut self, entries: usize) -> Self {
        self.entries = entries;
        self
    }

    const fn stdin(mut self, text: &'static str) -> Self {
        self.stdin = Some(text);
        self
    }

    const fn after(mut self, minutes: i64) -> Self {
        self.wait = minutes;
        self
    }
}

const ADA: &str = "Ada Byron <ada@example.org>";

/// From the acknowledgement to the postmortem; the incident document is looked at.
pub const RESPONSE: &[Step] = &[
    Step::new(&["ack"], &["status", "responders", "acknowledged_at"]),
    Step::new(&["assign-ic", ADA], &["commander", "responders"]),
    Step::new(&["responder", "add", "Pat Lee <pat@example.org>"], &["responders"]),
    Step::new(&["responder", "remove", "pat@example.org"], &["responders"]),
    Step::new(&["owner", "add", "Kim Doe <kim@example.org>"], &["business_owners"]),
    Step::new(&["owner", "remove", "kim@example.org"], &["business_owners"]),
    Step::new(&["log", "Restarted the auth database."], &[]),
    Step::new(&["log"], &[]).stdin("Ran:\n\n```\n- 12:00 EST: no entry\n```\n"),
    Step::new(&["log", "--at", "10:02", "Said later."], &[]),
    Step::new(&["update", "Logins work for half of the users."], &[]),
    Step::new(&["inquiry", "Is mail affected?", "--from", "Jane Roe <jane@example.org>"], &[]),
    Step::new(&["answer", "last", "Mail is sound."], &[]),
    Step::new(&["assume", "It is the pool."], &[]),
    Step::new(&["confirm", "last", "Splunk shows it."], &[]),
    Step::new(&["request-approval", "Deploy 4.2.1.", "--owner", ADA], &[]),
    Step::new(&["approve", "last", "--by", "ada@example.org", "--via", "by phone"], &[]),
    Step::new(&["object", "Not all is checked."], &[]),
    Step::new(&["withdraw", "last"], &[]),
    Step::new(&["page", "Kim Doe <kim@example.org>"], &[]),
    Step::new(&["phase", "mitigate"], &[]),
    Step::new(&["rotate", "--in", "Kim Doe <kim@example.org>", "--brief", "The pool is at 40."], &["responders"]).entries(2),
    Step::new(&["cms-process", "CMS-2026-0142"], &["cms_process"]),
    Step::new(&["extent", "1200 sessions.", "--checked", "Mail."], &[]).section("Extent of the damage"),
    Step::new(&["set", "severity=SEV-2"], &["severity"]),
    Step::new(&["set", "teams+=GDIT"], &["teams"]),
    Step::new(&["set", "teams-=GDIT"], &["teams"]),
    Step::new(&["set", "chat=QPP war room: two"], &["chat"]),
    Step::new(&["set", "impact=All logins.\n\nSince 09:50."], &[]).section("Impact"),
    Step::new(&["set", "outage_started_at=09:49", "--reason", "Splunk says so."], &["outage_started_at"]),
    Step::new(&["correct", "last", "It was 09:48."], &[]),
    Step::new(&["log", "The password is hunter2."], &[]),
    Step::new(&["redact", "last", "A secret."], &[]).lines(&["EST: The password is hunter2.", "[redacted 2026-11-23: A secret.]"]),
    Step::new(&["mitigate", "Switched to the standby.", "--restored", "60"], &["status", "restored", "mitigated_at"]),
    Step::new(&["resolve", "The pool is back."], &["status", "resolved_at"]),
    Step::new(&["reopen", ID, "It is back."], &["status", "restored", "mitigated_at", "resolved_at"]),
    Step::new(&["resolve", "Fixed at last.", "--ended-at", "10:20"], &["status", "resolved_at", "outage_ended_at"]),
    Step::new(&["action", "add", "Add an alert | on the pool.", "--type", "detect"], &[]).lines(&["Add an alert"]),
    Step::new(&["action", "done", "last"], &[]).lines(&["Add an alert"]),
    Step::new(&["close", "--ask"], &[]),
    Step::new(&["agree", "--by", "ada@example.org", "--via", "by phone"], &[]),
    Step::new(&["close"], &["status", "closed_at", "close_reason"]).after(20),
    Step::new(&["postmortem"], &[]).lines(&["Continued in [postmortem.md]"]),
];

/// What is done to the postmortem, which is looked at.
pub const AFTERWARDS: &[Step] = &[
    Step::new(&["action", "add", "Write a runbook.", "--owner", ADA], &[]).lines(&["Write a runbook."]),
    Step::new(&["action", "link", "last", "https://issues.example.org/1"], &[]).lines(&["Write a runbook."]),
    Step::new(&["action", "done", "last"], &[]).lines(&["Write a runbook."]),
    Step::new(&["postmortem", "--done", "--force", "Good enough."], &["status", "done_at"]).entries(1),
];

const ID: &str = "INC-K7QFM";
