//! A sound incident, closed and with its reports, from which the tests of each rule take or change one thing.
//! TESTS ONLY.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::config::Config;
use crate::document::folder::{INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::teams::Teams;
use crate::domain::finding::Finding;
use crate::rules::check::checked_folder::{CheckedFolder, Surroundings};

/// The folder of the sample.
pub const PATH: &str = "incidents/2026-11/22-k7qfm-many-errors-on-auth-service";

/// `incident.md`
pub const INCIDENT: &str = include_str!("sample/incident.md");

/// `postmortem.md`
pub const POSTMORTEM: &str = "---\nincident: INC-K7QFM\nstatus: done\ndone_at: 2026-11-23T09:00:00-05:00\n---\n# Many errors (incident #INC-K7QFM)\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| A9D Add an alert | detect | Ada Byron | OPS-1 |\n| A8C Check the size of the pool | prevent | Ada Byron | OPS-2 |\n";

/// `rca.md`
pub const RCA: &str = "---\nincident: INC-K7QFM\nstatus: done\ndone_at: 2026-11-23T10:00:00-05:00\n---\n# Root cause analysis\n\n## The problem\n\nLogins failed.\n\n## The response\n\nThe pool was set back.\n\n## The prevention\n\nA check of the pool's size.\n";

/// A folder that can be changed before it is read.
#[derive(Clone)]
pub struct Sample {
    texts: BTreeMap<String, String>,
    around: Surroundings,
}

/// The sound one, a day after its close.
pub fn sound() -> Sample {
    let texts = [(INCIDENT_FILE, INCIDENT), (POSTMORTEM_FILE, POSTMORTEM), (RCA_FILE, RCA)];
    Sample {
        texts: texts.map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
        around: Surroundings {
            now: "2026-11-24T12:00:00-05:00".parse().unwrap(),
            config: Config::default(),
            teams: Some(Teams::parse("teams:\n- name: QPP-FE\n  policy: https://x.example/policy\n  email: fe@x.example\n").unwrap()),
        },
    }
}

/// The same while it is still acknowledged, at an instant of that night; no reports yet.
pub fn running(now: &str) -> Sample {
    let from = INCIDENT.find("- 00:20 EST").unwrap();
    let to = INCIDENT.find("## Root Causes").unwrap();
    let text = format!("{}\n{}", &INCIDENT[..from], &INCIDENT[to..]);
    let gone = ["close_reason", "mitigated_at", "resolved_at", "outage_ended_at", "closed_at"];
    let kept: Vec<&str> = text.lines().filter(|line| !gone.iter().any(|key| line.starts_with(&format!("{key}:")))).collect();
    let mut sample = sound();
    sample.texts = [(INCIDENT_FILE.to_owned(), kept.join("\n").replace("status: closed", "status: acknowledged"))].into();
    sample.at(&format!("2026-11-23T{now}-05:00"))
}

impl Sample {
    /// Looked at, at another instant.
    pub fn at(mut self, now: &str) -> Self {
        self.around.now = now.parse().unwrap();
        self
    }

    /// With one passage of the incident document replaced.
    #[track_caller]
    pub fn with(self, from: &str, to: &str) -> Self {
        self.with_in(INCIDENT_FILE, from, to)
    }

    /// With one passage of a file replaced.
    #[track_caller]
    pub fn with_in(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = self.texts.get_mut(file).unwrap();
        assert!(text.contains(from), "`{from}` is not in {file}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// Without the line of a key, its list included.
    #[track_caller]
    pub fn without_key(mut self, key: &str) -> Self {
        let text = self.texts.get_mut(INCIDENT_FILE).unwrap();
        let mut in_key = false;
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| {
                in_key = line.starts_with(&format!("{key}:")) || (in_key && line.starts_with("  - "));
                !in_key
            })
            .collect();
        assert!(kept.len() < text.lines().count(), "there is no `{key}`");
        *text = kept.join("\n") + "\n";
        self
    }

    /// With a line below the day heading of the 23rd.
    pub fn with_entry(self, line: &str) -> Self {
        self.with("### 2026-11-23\n\n", &format!("### 2026-11-23\n\n{line}\n"))
    }

    /// With an entry at the end of the timeline.
    pub fn with_last_entry(self, line: &str) -> Self {
        self.with("\n## Root Causes", &format!("{line}\n\n## Root Causes"))
    }

    /// Without a file.
    pub fn without(mut self, file: &str) -> Self {
        assert!(self.texts.remove(file).is_some());
        self
    }

    /// With another directory of teams.
    pub fn with_teams(mut self, teams: Option<&str>) -> Self {
        self.around.teams = teams.map(|text| Teams::parse(text).unwrap());
        self
    }

    /// With settings.
    pub fn with_config(mut self, text: &str) -> Self {
        self.around.config = Config::parse(text).unwrap();
        self
    }

    /// Read, with its clocks.
    pub fn read(self) -> CheckedFolder {
        CheckedFolder::read(PATH, "INC-K7QFM".parse().unwrap(), self.texts, &Arc::new(self.around))
    }
}

/// Findings as `FILE:LINE LEVEL MESSAGE`, and every one must be of that rule and have help that names the incident or a file.
pub fn lines(rule: &'static str, findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| {
        assert_eq!(finding.rule, rule);
        assert!(finding.help.as_ref().is_some_and(|help| !help.is_empty()), "no help: {}", finding.message);
        let file = finding.path.as_deref().unwrap().rsplit('/').next().unwrap().to_owned();
        format!("{file}:{} {} {}", finding.line.unwrap(), finding.level, finding.message)
    };
    findings.iter().map(line).collect()
}

#[test]
fn the_running_sample_is_sound_too() {
    let folder = running("00:15:00").read();
    assert!(folder.document().is_some() && folder.document().unwrap().timeline().unread.is_empty());
}
