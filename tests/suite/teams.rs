//! `teams`: the on-call directory of the process with its blanks, and the stamp of who looked.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn the_directory_has_the_eight_rows_of_the_process_and_names_its_blanks() {
    let sandbox = Sandbox::adopted();
    let shown = sandbox.run(&["--json", "teams"]).success().json();
    assert_eq!(shown["teams"].as_array().unwrap().len(), 8);
    assert_eq!(shown["master_list"], "https://confluence.cms.gov/display/~CPR9/QPP+Monitoring");
    assert_eq!(shown["teams"][1]["blank"], serde_json::json!(["policy", "email", "phone", "hours", "verified_on"]));
    sandbox.run(&["teams", "GDIT"]).success().shows(str![[r#"
GDIT
policy: https://confluence.cms.gov/pages/viewpage.action?pageId=56365010
email: OpsSupport-Warrenton@gdit.com
phone: 540-316-6700
hours: 24x7x365
verified on: -
note: The GDIT NOC/SOC is available 24x7x365, and can be utilized as a central point of contact to obtain GDIT/AQ Infrastructure resources at any time.
note: Notification and Escalation of Incidents
note: 24x7x365 Central point of contact for Infrastructure Resources as needed
note: Account Resets (Require Documented CMS approval in JIRA Ticket to proceed)
note: AWS Console / OpenVPN / AWS Active Directory
note: Escalate Issues to Infrastructure and/or Application Teams (Splunk)
--- stderr
blank: GDIT has no verified_on

"#]]);
    sandbox.run(&["teams", "GDTI"]).status_is(1).shows(str![[r#"
--- stderr
error: no team is called `GDTI`; the nearest is `GDIT`
hint: qpp-incident teams
--- exit status 1

"#]]);
    let table = sandbox.run(&["teams"]).success();
    assert!(table.stdout.contains("QPP-BSR (SemanticBits)") && table.stderr.contains("blank: QPP-CT (Flexion) has no policy"), "{table}");
}

#[test]
fn a_row_is_verified_in_one_commit_of_its_own() {
    let sandbox = Sandbox::adopted();
    sandbox.write("notes.txt", "mine");
    sandbox.git(&["add", "notes.txt"]).success();
    sandbox.at("2026-11-22T20:00:00-05:00");
    sandbox.run(&["teams", "--verify", "QPP-FE"]).success();
    sandbox.git(&["show", "--format=%an%n%B", "--unified=0", "HEAD"]).shows(str![[r#"
Grace Hopper
teams: QPP-FE verified on 2026-11-22

Event: teams-verify


diff --git a/incidents/teams.yaml b/incidents/teams.yaml
index 2b0ba74..f4b18b2 100644
--- a/incidents/teams.yaml
+++ b/incidents/teams.yaml
@@ -12 +12 @@ teams:
-    verified_on:
+    verified_on: 2026-11-22

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "A  notes.txt\n");
    let again = sandbox.run(&["teams", "--verify", "qpp-fe"]).success();
    assert!(again.stderr.contains("QPP-FE is verified on 2026-11-22 already"), "{again}");
    assert_eq!(sandbox.run(&["--json", "teams", "QPP-FE"]).json()["teams"][0]["verified_on"], "2026-11-22");
}

#[test]
fn what_the_user_changed_and_did_not_commit_is_theirs() {
    let sandbox = Sandbox::adopted();
    let text = sandbox.read("incidents/teams.yaml");
    sandbox.write("incidents/teams.yaml", text.replace("contractor: Nava", "contractor: Nava PBC"));
    sandbox.run(&["teams", "--verify", "QPP-A"]).status_is(1).shows(str![[r#"
--- stderr
error: incidents/teams.yaml has changes that are not committed
hint: git commit incidents/teams.yaml, then run this again
--- exit status 1

"#]]);
    sandbox.run(&["teams", "--verify"]).status_is(2).shows(str![[r#"
--- stderr
error: no team is named: which row was verified?
hint: qpp-incident teams --verify NAME
--- exit status 2

"#]]);
    sandbox.write("incidents/teams.yaml", "teams: [{name: QPP-A}]\n");
    sandbox.git(&["commit", "--quiet", "-am", "flow"]).success();
    sandbox.run(&["teams", "--verify", "QPP-A"]).status_is(1).shows(str![[r#"
--- stderr
error: the row of QPP-A in incidents/teams.yaml has a form that cannot be changed safely
hint: ${EDITOR:-vi} incidents/teams.yaml: verified_on: 2026-11-23
--- exit status 1

"#]]);
}
