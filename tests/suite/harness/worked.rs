//! Documents as a team leaves them, put into a sandbox without the commands that write them: for the commands that only read.
//! Every one is committed, so that nothing is a hand edit.

use super::sandbox::Sandbox;

/// Where [`Sandbox::with_worked_incident`] puts its incident.
pub const WORKED: &str = "incidents/2026-11/22-k7qfm-many-errors-on-auth-service";

/// An incident in full swing at 00:20 EST: late answers, a waiting approval, an open assumption, a void entry, an action item.
pub const WORKED_TEXT: &str = include_str!("worked.md");

impl Sandbox {
    /// An adopted repository with one incident in full swing, at 00:20 EST on 2026-11-23.
    pub fn with_worked_incident() -> Self {
        let sandbox = Self::adopted();
        sandbox.put(WORKED, "incident.md", WORKED_TEXT);
        sandbox.at("2026-11-23T05:20:00Z").step(0);
        sandbox
    }

    /// Commits a file of an incident's folder as it is given.
    pub fn put(&self, folder: &str, file: &str, text: &str) {
        let path = format!("{folder}/{file}");
        self.write(&path, text).git(&["add", &path]).success();
        self.git(&["commit", "--quiet", "-m", "put"]).success();
    }

    /// One more incident, opened at an instant, with further lines of front matter.
    pub fn put_incident(&self, id: &str, status: &str, opened_at: &str, more: &str) -> String {
        let lower = id.to_lowercase();
        let folder = format!("incidents/2026-11/20-{lower}-incident-{lower}");
        let head = format!("id: INC-{id}\ntitle: Incident {id}\nstatus: {status}\nopened_at: {opened_at}\n{more}");
        let text = format!(
            "---\n{head}---\n# Incident {id} (incident #INC-{id})\n\n## Timeline (all times America/New_York)\n\n### {}\n\n- {} EST: **Opened.** Incident {id}.\n",
            &opened_at[..10],
            &opened_at[11..16]
        );
        self.put(&folder, "incident.md", &text);
        folder
    }
}
