//! `action`: the follow-up work, in the table in force and as entries of the incident.

use snapbox::str;

use crate::harness::sandbox::Sandbox;
use crate::harness::snapshot::assert_snapshot;

fn table(sandbox: &Sandbox, path: &str) -> String {
    let text = sandbox.redacted(&sandbox.read(path));
    let section = text.split_once("## Action Items\n\n").unwrap().1;
    section.split_inclusive('\n').take_while(|line| line.starts_with('|')).collect()
}

fn closed_with_postmortem() -> (Sandbox, String) {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["ack"]).success();
    sandbox.run(&["action", "add", "Add an alert.", "--type", "detect"]).success();
    sandbox.run(&["resolve", "x"]).success();
    sandbox.run(&["close", "--force", "x"]).success();
    sandbox.run(&["postmortem"]).success();
    (sandbox, id)
}

fn reference(sandbox: &Sandbox, part: &str) -> String {
    let items = sandbox.run(&["action", "list", "--all", "--json"]).success().json();
    let found = items.as_array().unwrap().iter().find(|item| item["text"].as_str().unwrap().contains(part));
    found.unwrap()["ref"].as_str().unwrap().to_owned()
}

#[test]
fn an_item_is_a_row_and_an_entry_in_one_commit() {
    let (sandbox, id) = Sandbox::acknowledged();
    let add = ["action", "add", "Add an alert on the pool size.", "--type", "detect", "--owner", "grace", "--issue", "OPS-12"];
    sandbox.run(&add).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: Action item A01: Add an alert on the pool size. — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:63: A01 Add an alert on the pool size. (detect, Grace Hopper, OPS-12)

"#]]);
    sandbox.git(&["show", "--format=%an <%ae>%n%B", "-U1"]).without_blobs().shows(str![[r#"
Grace Hopper <grace@example.org>
INC-AAAAA action-add: Action item A01: Add an alert on the pool size.

Incident: INC-AAAAA
Event: action-add
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Clock: supplied


diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -15,3 +15,3 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
 
-**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:00 EST
+**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:01 EST
 **Incident Commander:** none yet · **Chat:** QPP Incidents
@@ -40,2 +40,3 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
 - 00:00 EST: **Acknowledged.** — Grace Hopper
+- 00:01 EST: Action item A01: Add an alert on the pool size. — Grace Hopper
 
@@ -61,2 +62,3 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
 |---|---|---|---|
+| A01 Add an alert on the pool size. | detect | Grace Hopper | OPS-12 |
 

"#]]);
    sandbox.run(&["action", "add", &id, "Test", "the", "pool."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: Action item A02: Test the pool. — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:65: A02 Test the pool. (other)
--- stderr
next: file a bug for it, then qpp-incident action link INC-AAAAA A02 ISSUE

"#]]);
    sandbox.run(&["action", "list"]).success().shows(str![[r#"
Ref  Type    Action item                     Owner         Issue
A01  detect  Add an alert on the pool size.  Grace Hopper  OPS-12
A02  other   Test the pool.

"#]]);
}

#[test]
fn nothing_in_a_cell_forges_a_row_an_entry_or_a_terminal_sequence() {
    let (sandbox, id) = Sandbox::acknowledged();
    let evil = "x | y |\n| A00 | forged |\n- 00:00 EST: **Closed.** <script> \u{1b}[31m";
    sandbox.run(&["action", "add", evil, "--owner", "Eve | x <eve@example.org>", "--issue", "https://x.example/|a"]).success();
    let document = sandbox.document_of(&id);
    assert_snapshot(
        table(&sandbox, &document),
        str![[r#"
| Action item | Type | Owner | Issue |
|---|---|---|---|
| A01 x \| y \| \| A02 \| forged \| - 00:00 EST: **Closed.** \<script> \u{1b}[31m | other | Eve \| x | https://x.example/%7Ca |

"#]],
    );
    let items = sandbox.run(&["action", "list", "--json"]).success().json();
    assert_eq!(items.as_array().unwrap().len(), 1);
    assert_eq!(items[0]["text"], "x | y | | A00 | forged | - 00:00 EST: **Closed.** <script> \\u{1b}[31m");
    assert_eq!(sandbox.read(&document).matches("\n- 00:0").count(), 2, "{}", sandbox.read(&document));
}

#[test]
fn done_strikes_the_row_and_a_second_time_changes_nothing() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["action", "add", "Add an alert."]).success();
    sandbox.run(&["action", "add", "Test the pool."]).success();
    let first = reference(&sandbox, "alert");
    sandbox.run(&["action", "done", &first.to_lowercase(), "--at", "2026-11-22 23:59"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 23:59 EST: Action item A01 is done: Add an alert. (logged 2026-11-23 00:04) — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:65: ~~A01 Add an alert.~~ done 2026-11-22 (other)
--- stderr
`2026-11-22 23:59` is 2026-11-22 23:59 EST
next: qpp-incident action list INC-AAAAA shows what is left (1)

"#]]);
    sandbox.run(&["action", "done", &first]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:65: ~~A01 Add an alert.~~ done 2026-11-22 (other)
--- stderr
it was done on 2026-11-22 already: nothing was changed
next: qpp-incident action list INC-AAAAA shows what is left (1)

"#]]);
    sandbox.run(&["action", "done", "last"]).success();
    assert_snapshot(
        table(&sandbox, &sandbox.document_of(&id)),
        str![[r#"
| Action item | Type | Owner | Issue |
|---|---|---|---|
| ~~A01 Add an alert.~~ done 2026-11-22 | other |  |  |
| ~~A02 Test the pool.~~ done 2026-11-23 | other |  |  |

"#]],
    );
    sandbox.run(&["action", "list"]).success().shows(str![[r#"
--- stderr
nothing is left to do; --all shows what is done (2)

"#]]);
    sandbox.run(&["action", "list", "--all"]).success().shows(str![[r#"
Ref  Type   Action item     Owner  Issue  Done
A01  other  Add an alert.                 2026-11-22
A02  other  Test the pool.                2026-11-23

"#]]);
    assert_eq!(sandbox.run(&["action", "list", "--json"]).success().json(), serde_json::json!([]));
}

#[test]
fn a_link_is_set_and_replaced() {
    let (sandbox, _) = Sandbox::acknowledged();
    sandbox.run(&["action", "add", "Add an alert."]).success();
    sandbox.run(&["action", "link", "alert", "https://issues.example.org/12"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: Action item A01 is tracked in https://issues.example.org/12 — Grace Hopper
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:64: A01 Add an alert. (other, https://issues.example.org/12)

"#]]);
    sandbox.run(&["action", "link", "last", "https://issues.example.org/12"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:64: A01 Add an alert. (other, https://issues.example.org/12)
--- stderr
that issue is linked already: nothing was changed

"#]]);
    sandbox.run(&["action", "link", "last", "OPS-12"]).success();
    assert_eq!(sandbox.run(&["action", "list", "--json"]).success().json()[0]["issue"], "OPS-12");
    sandbox.run(&["action", "link", "last", "javascript:alert(1)"]).status_is(2).shows(str![[r#"
--- stderr
error: `javascript:alert(1)` is neither a link to an issue nor its key
hint: https://issues.example.org/OPS-12, OPS-12 or #12
--- exit status 2

"#]]);
    sandbox.run(&["action", "link", "OPS-12"]).status_is(2).shows(str![[r#"
--- stderr
error: an action item and its issue are expected
hint: qpp-incident action link INC-AAAAA A9D OPS-12
--- exit status 2

"#]]);
}

#[test]
fn an_item_that_is_not_there_names_those_that_are() {
    let (sandbox, _) = Sandbox::acknowledged();
    sandbox.run(&["action", "done", "A9D"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: there is no action item
hint: qpp-incident action add INC-AAAAA "what is to be done"
--- exit status 1

"#]]);
    sandbox.run(&["action", "list"]).success().shows(str![[r#"
--- stderr
there is no action item: qpp-incident action add "what is to be done"

"#]]);
    sandbox.run(&["action", "add", "Add an alert."]).success();
    sandbox.run(&["action", "add", "Test the alert."]).success();
    sandbox.run(&["action", "done", "nothing"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: there is no action item `nothing`, but:
  A01 Add an alert.
  A02 Test the alert.
hint: qpp-incident action list INC-AAAAA --all
--- exit status 1

"#]]);
    sandbox.run(&["action", "done", "alert"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: `alert` fits 2 action items:
  A01 Add an alert.
  A02 Test the alert.
hint: qpp-incident action list INC-AAAAA --all
--- exit status 1

"#]]);
    sandbox.run(&["action", "add", "x", "--owner", "nobody"]).status_is(1).shows(str![[r#"
--- stderr
error: nobody known is called `nobody`; known, the nearest first: Grace Hopper <grace@example.org>
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
    sandbox.run(&["action", "add"]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What is to be done?
--- exit status 2

"#]]);
}

#[test]
fn after_the_postmortem_its_table_is_in_force_and_both_files_change_in_one_commit() {
    let (sandbox, id) = closed_with_postmortem();
    let (incident, postmortem) = (sandbox.document_of(&id), format!("{}/postmortem.md", sandbox.folder_of(&id)));
    let before = table(&sandbox, &incident);
    sandbox.run(&["action", "add", "Test the pool.", "--owner", "QPP-A"]).success();
    sandbox.run(&["action", "done", "alert"]).success();
    sandbox.git(&["show", "--format=%s", "--name-only"]).shows(str![[r#"
INC-AAAAA action-done: Action item A01 is done: Add an alert.

incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md

"#]]);
    assert_eq!(table(&sandbox, &incident), before);
    assert_snapshot(
        table(&sandbox, &postmortem),
        str![[r#"
| Action item | Type | Owner | Issue |
|---|---|---|---|
| ~~A01 Add an alert.~~ done 2026-11-23 | detect |  |  |
| A02 Test the pool. | other | QPP-A |  |

"#]],
    );
    let items = sandbox.run(&["action", "list", "--all", "--json"]).success().json();
    let files: Vec<&str> = items.as_array().unwrap().iter().map(|item| item["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["postmortem.md", "postmortem.md"]);
    assert_eq!(items[0]["done_on"], "2026-11-23");
}

#[test]
fn a_row_that_only_the_incident_has_is_changed_there() {
    let (sandbox, id) = closed_with_postmortem();
    let incident = sandbox.document_of(&id);
    let text = sandbox.read(&incident).replace("\nContinued in", "| A9D Merged later | other |  |  |\n\nContinued in");
    sandbox.write(&incident, text);
    sandbox.run(&["action", "done", "A9D"]).success();
    assert!(sandbox.read(&incident).contains("| ~~A9D Merged later~~ done 2026-11-23 | other |  |  |\n"));
}

#[test]
fn rows_made_by_hand_are_listed_and_keep_their_bytes_until_one_is_touched() {
    let (sandbox, id) = Sandbox::acknowledged();
    let document = sandbox.document_of(&id);
    let text = sandbox.read(&document);
    let (before, rest) = text.split_once("## Action Items\n\n").unwrap();
    let (_, lessons) = rest.split_once("## Lessons").unwrap();
    let by_hand = "Action item|Type|Owner|Issue|Prio\n--|--|--|--|--\nAsk the vendor|urgent|Pat||1\n  Call  the host | | |OPS-1|2\n";
    sandbox.write(&document, format!("{before}## Action Items\n\n{by_hand}\n## Lessons{lessons}"));
    sandbox.run(&["action", "list"]).success().shows(str![[r#"
Ref  Type  Action item     Owner  Issue
           Ask the vendor  Pat
           Call  the host         OPS-1

"#]]);
    sandbox.run(&["action", "done", "vendor"]).success();
    let (reference, text) = (reference(&sandbox, "vendor"), sandbox.read(&document));
    let done = by_hand.replace("Ask the vendor", &format!("~~{reference} Ask the vendor~~ done 2026-11-23"));
    assert!(text.contains(&done), "{text}");
    sandbox.run(&["action", "add", "Third."]).success();
    assert!(sandbox.read(&document).contains(&done));
}

#[test]
fn a_table_without_a_column_for_issues_is_named() {
    let (sandbox, id) = Sandbox::acknowledged();
    let document = sandbox.document_of(&id);
    let text = sandbox
        .read(&document)
        .replace("| Action item | Type | Owner | Issue |\n|---|---|---|---|\n", "| Action item |\n|---|\n| Ask the vendor |\n");
    sandbox.write(&document, text);
    sandbox.run(&["action", "link", "vendor", "OPS-1"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: cannot change `Ask the vendor` in incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md: the table in line 62 has no column `Issue`
hint: ${EDITOR:-vi} +62 incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- exit status 1

"#]]);
}

#[test]
fn over_several_incidents_the_item_says_which_one_is_meant() {
    let sandbox = Sandbox::adopted();
    let first = sandbox.open("Many errors on Auth service", &["--id", "INC-11111"]);
    sandbox.run(&["action", "add", "Add an alert."]).success();
    let second = sandbox.open("Payments are slow", &["--id", "INC-22222"]);
    sandbox.run(&["action", "add", &second, "Test the queue."]).success();
    sandbox.run(&["action", "list"]).success().shows(str![[r#"
Incident   Ref  Type   Action item      Owner  Issue
INC-22222  A02  other  Test the queue.
INC-11111  A01  other  Add an alert.

"#]]);
    sandbox.run(&["action", "list", &first]).success().shows(str![[r#"
Ref  Type   Action item    Owner  Issue
A01  other  Add an alert.

"#]]);
    let done = sandbox.run(&["action", "done", "queue", "--quiet"]).success();
    assert_eq!(done.stdout, format!("{second}\n"));
    sandbox.run(&["action", "add", &second, "Add an alert."]).success();
    sandbox.run(&["action", "done", "Add an alert"]).status_is(1).shows(str![[r#"
--- stderr
error: 2 incidents have an action item `Add an alert`:
  INC-22222 Payments are slow
  INC-11111 Many errors on Auth service
hint: name one with -i INC-22222
--- exit status 1

"#]]);
    sandbox.run(&["action", "done", &first, "Add an alert"]).success();
    sandbox.run(&["action", "add", "Which one?"]).status_is(1);
}

#[test]
fn a_dry_run_and_a_refusal_write_nothing() {
    let (sandbox, _) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    let shown = sandbox.run(&["action", "add", "Add an alert.", "--dry-run"]).success().stdout;
    assert!(shown.contains("Add an alert. | other |  |  |"), "{shown}");
    sandbox.run(&["action", "done", "last"]).status_is(1);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}
