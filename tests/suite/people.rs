//! `responder` and `owner`: who works on the incident, and whose business is affected.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const SAM: &str = "Sam Reyes <sam@example.org>";
const ADA: &str = "Ada Byron <ada@example.org>";

/// An acknowledged incident with a fixed id.
fn acknowledged() -> Sandbox {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "Many errors", "--pagerduty", "Q1", "--ack", "--id", "INC-K7QFM"]).success();
    sandbox
}

fn document(sandbox: &Sandbox) -> String {
    sandbox.read(&sandbox.document_of("INC-K7QFM"))
}

#[test]
fn several_people_are_several_entries_and_one_commit() {
    let sandbox = acknowledged();
    let before = document(&sandbox);
    sandbox.run(&["responder", "add", "INC-K7QFM", ADA, SAM]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:00 EST: **Responder.** Added Ada Byron <ada@example.org>. — Grace Hopper
  - 00:00 EST: **Responder.** Added Sam Reyes <sam@example.org>. — Grace Hopper
--- stderr
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    let after = document(&sandbox);
    assert_eq!(
        after
            .replace("  - Ada Byron <ada@example.org>\n  - Sam Reyes <sam@example.org>\n", "")
            .replace(
                "- 00:00 EST: **Responder.** Added Ada Byron <ada@example.org>. — Grace Hopper\n\
             - 00:00 EST: **Responder.** Added Sam Reyes <sam@example.org>. — Grace Hopper\n\n",
                ""
            )
            .replace("### 2026-11-23\n\n", "")
            .replace("by:** 02:00 EST", "by:** 2026-11-23 01:59 EST"),
        before
    );
    sandbox.git(&["log", "-1", "--format=%an%n%B"]).shows(str![[r#"
Grace Hopper
INC-K7QFM responder-add: Added Ada Byron <ada@example.org>.

    Added Ada Byron <ada@example.org>.
    Added Sam Reyes <sam@example.org>.

Incident: INC-K7QFM
Event: responder-add
Occurred-At: 2026-11-23T00:00:00-05:00
Entry: [hash]
Event: responder-add
Occurred-At: 2026-11-23T00:00:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn whoever_stands_there_already_is_said_and_no_reason_to_refuse() {
    let sandbox = acknowledged();
    sandbox.run(&["responder", "add", "me", "sam@example.org"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:00 EST: **Responder.** Added sam@example.org <sam@example.org>. — Grace Hopper
--- stderr
warning: Grace Hopper <grace@example.org> is a responder already
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["responder", "add", "GRACE"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
--- stderr
warning: Grace Hopper <grace@example.org> is a responder already
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    let said = sandbox.run(&["responder", "add", "me", "me", "--json"]).success().json();
    assert_eq!(
        (&said["event"], &said["commits"], &said["entries"]),
        (&serde_json::Value::Null, &serde_json::json!([]), &serde_json::json!([]))
    );
    assert_eq!(said["warnings"][0]["code"], "already-listed");
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}

#[test]
fn the_same_person_twice_is_added_once() {
    let sandbox = acknowledged();
    let said = sandbox.run(&["responder", "add", ADA, "ADA@example.org", "--json"]).success().json();
    assert_eq!(said["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn business_owners_are_a_list_of_their_own() {
    let sandbox = acknowledged();
    sandbox.run(&["owner", "add", "Pat Lee <pat@example.org>"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:00 EST: **Owner.** Added Pat Lee <pat@example.org> as business owner. — Grace Hopper
--- stderr
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    sandbox.run(&["owner", "remove", "pat"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:01 EST: **Owner.** Removed Pat Lee <pat@example.org> as business owner. — Grace Hopper
--- stderr
next: qpp-incident assign-ic INC-K7QFM WHO

"#]]);
    assert!(!document(&sandbox).contains("business_owners"));
}

#[test]
fn who_is_removed_is_named_as_the_list_has_them() {
    let sandbox = acknowledged();
    sandbox.run(&["responder", "add", ADA]).success();
    sandbox.run(&["owner", "add", "Ada Other <other@example.org>"]).success();
    let said = sandbox.run(&["responder", "remove", "ada"]).success();
    assert!(said.stdout.contains("**Responder.** Removed Ada Byron <ada@example.org>. — Grace Hopper"), "{said}");
    assert!(document(&sandbox).contains("responders:\n  - Grace Hopper <grace@example.org>\n"));
}

#[test]
fn who_is_not_there_cannot_be_removed_and_nobody_is() {
    let sandbox = acknowledged();
    sandbox.run(&["responder", "remove", "me", "sam@example.org"]).shows(str![[r#"
--- stderr
error: sam@example.org <sam@example.org> is no responder of INC-K7QFM: it has Grace Hopper <grace@example.org>
hint: qpp-incident show INC-K7QFM
--- exit status 1

"#]]);
    sandbox.run(&["owner", "remove", "me"]).shows(str![[r#"
--- stderr
error: Grace Hopper <grace@example.org> is no business owner of INC-K7QFM: it has none
hint: qpp-incident show INC-K7QFM
--- exit status 1

"#]]);
    assert!(document(&sandbox).contains("responders:\n  - Grace Hopper <grace@example.org>\n"));
}

#[test]
fn an_unknown_person_lists_the_known() {
    let sandbox = acknowledged();
    sandbox.run(&["responder", "add", "Grasshopper"]).shows(str![[r#"
--- stderr
error: nobody known is called `Grasshopper`; known, the nearest first: Grace Hopper <grace@example.org>
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
    sandbox.run(&["responder", "add", "INC-K7QFM"]).shows(str![[r#"
--- stderr
error: nobody is named: which responder?
hint: `me`, an address, `Name <email>` or a part of a known name
--- exit status 2

"#]]);
    sandbox.run(&["owner", "add", "Pat <pat"]).shows(str![[r#"
--- stderr
error: `Pat <pat` is not a person in the form `Name <email>`
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let sandbox = acknowledged();
    let before = document(&sandbox);
    sandbox.run(&["responder", "add", ADA, "--dry-run"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
--- a/incidents/2026-11/22-k7qfm-many-errors/incident.md
+++ b/incidents/2026-11/22-k7qfm-many-errors/incident.md
@@ -6,6 +6,7 @@
 pagerduty: Q1
 responders:
   - Grace Hopper <grace@example.org>
+  - Ada Byron <ada@example.org>
 chat: QPP Incidents
 timezone: America/New_York
 reported_at: 2026-11-22T23:59:00-05:00
@@ -14,7 +15,7 @@
 ---
 # Many errors (incident #INC-K7QFM)
 
-**Status:** acknowledged · **Severity:** unset · **Next update by:** 2026-11-23 01:59 EST
+**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:00 EST
 **Incident Commander:** none yet · **Chat:** QPP Incidents
 **Date:** 2026-11-22 · **Authors:** Grace Hopper
 
@@ -37,6 +38,10 @@
 - 23:59 EST: **Opened.** Many errors. — Grace Hopper
 - 23:59 EST: **Acknowledged.** — Grace Hopper
 
+### 2026-11-23
+
+- 00:00 EST: **Responder.** Added Ada Byron <ada@example.org>. — Grace Hopper
+
 ## Root Causes
 
 <!-- What contributed. -->
--- stderr
nothing was written (--dry-run)

"#]]);
    assert_eq!(document(&sandbox), before);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn a_list_that_somebody_wrote_by_hand_keeps_its_form() {
    let sandbox = acknowledged();
    let path = sandbox.document_of("INC-K7QFM");
    let by_hand = document(&sandbox)
        .replace("responders:\n  - Grace Hopper <grace@example.org>\n", "responders: [\"Grace Hopper <grace@example.org>\"] # on call\n");
    sandbox.write(&path, by_hand);
    sandbox.run(&["responder", "add", ADA]).success();
    assert!(
        document(&sandbox).contains("responders: [\"Grace Hopper <grace@example.org>\", Ada Byron <ada@example.org>] # on call\n"),
        "{}",
        document(&sandbox)
    );
    assert_eq!(
        sandbox.git(&["log", "-2", "--format=%s"]).stdout,
        "INC-K7QFM responder-add: Added Ada Byron <ada@example.org>.\nINC-K7QFM edit: by hand\n"
    );
}

#[test]
fn a_name_cannot_forge_an_entry() {
    let sandbox = acknowledged();
    sandbox.run(&["responder", "add", "X\n- 12:00 EST: **Closed.** — Grace Hopper <y@example.org>"]).success();
    sandbox.run(&["responder", "add", "X — Y (recorded by Z) \u{1b}[2J <x@example.org>"]).success();
    let document = document(&sandbox);
    assert!(
        document.contains(": **Responder.** Added X - 12:00 EST: **Closed.** - Grace Hopper <y@example.org>. — Grace Hopper\n"),
        "{document}"
    );
    assert!(document.contains("Added X - Y (recorded-by Z) \\u{1b}[2J <x@example.org>. — Grace Hopper\n"), "{document}");
}
