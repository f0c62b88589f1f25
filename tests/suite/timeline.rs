//! `timeline`: lines, filters, JSON.

use snapbox::str;

use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;
use crate::harness::worked::{WORKED, WORKED_TEXT};

#[test]
fn piped_every_line_carries_its_date_and_a_void_entry_is_marked() {
    Sandbox::with_worked_incident().run(&["timeline"]).shows(str![[r#"
2026-11-22 21:58 EST  Opened: Many errors on Auth service. — Jeff Lee
2026-11-22 22:04 EST  Acknowledged — Grace Hopper
2026-11-22 22:10 EST  Commander: Ada Byron <ada@example.org> — Grace Hopper
2026-11-22 22:15 EST  Responder: Added Sam Reyes <sam@example.org>. — Grace Hopper
2026-11-22 22:20 EST  Inquiry Q7F: Is billing affected? — Pat Lee (recorded by Grace Hopper)
2026-11-22 22:50 EST  Answer Q7F: "Is billing affected?": no. — Ada Byron
2026-11-22 23:00 EST  Approval asked P4X: "Deploy 4.2.1" — Ada Byron
2026-11-22 23:30 EST  [void] Restarted the mail server. — Grace Hopper
2026-11-23 00:05 EST  Assumption S2M: The pool is too small. — Grace Hopper
2026-11-23 00:10 EST  Restarted the auth database. … https://splunk.example.org/1 — Grace Hopper
2026-11-23 00:12 EST  Void: 2026-11-22 23:30 EST "Restarted the mail server.": another system. — Grace Hopper

"#]]);
}

#[test]
fn kinds_and_times_choose() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.run(&["timeline", "--kind", "inquiry", "--kind", "answer"]).shows(str![[r#"
2026-11-22 22:20 EST  Inquiry Q7F: Is billing affected? — Pat Lee (recorded by Grace Hopper)
2026-11-22 22:50 EST  Answer Q7F: "Is billing affected?": no. — Ada Byron

"#]]);
    sandbox.run(&["timeline", "--since", "15 minutes ago"]).shows(str![[r#"
2026-11-23 00:05 EST  Assumption S2M: The pool is too small. — Grace Hopper
2026-11-23 00:10 EST  Restarted the auth database. … https://splunk.example.org/1 — Grace Hopper
2026-11-23 00:12 EST  Void: 2026-11-22 23:30 EST "Restarted the mail server.": another system. — Grace Hopper

"#]]);
    sandbox.run(&["timeline", "--kind", "closed"]).shows(str![[r#"
--- stderr
no timeline entry fits

"#]]);
    sandbox.run(&["timeline", "--kind", "updates"]).shows(str![[r#"
--- stderr
error: `updates` is not a kind of timeline entry; the nearest is `Update`
--- exit status 2

"#]]);
}

#[test]
fn json_is_the_array_of_entries() {
    let timeline = Sandbox::with_worked_incident().run(&["timeline", "--json", "--kind", "plain"]).success().json();
    assert_fits("timeline", &timeline);
    assert_eq!(timeline.as_array().unwrap().len(), 2);
    assert_eq!(timeline[0]["void"], true);
    assert_eq!(timeline[1]["by"]["email"], "grace@example.org");
}

#[test]
fn a_bullet_that_is_no_entry_is_named() {
    let sandbox = Sandbox::adopted();
    sandbox.put(WORKED, "incident.md", &WORKED_TEXT.replace("- 00:05 EST: **Ass", "- soon: **Ass"));
    let timeline = sandbox.run(&["timeline", "--kind", "void"]);
    timeline.shows(str![[r#"
2026-11-23 00:12 EST  Void: 2026-11-22 23:30 EST "Restarted the mail server.": another system. — Grace Hopper
--- stderr
warning: incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md:56: no timeline entry: it does not begin with a time such as `23:58 EST: `

"#]]);
}

#[test]
fn a_broken_document_has_no_timeline() {
    let sandbox = Sandbox::adopted();
    sandbox.put(WORKED, "incident.md", &WORKED_TEXT.replace("title: ", "titel: "));
    sandbox.run(&["timeline"]).shows(str![[r#"
--- stderr
error: INC-K7QFM: cannot read incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md:1:1: `title` is missing from the front matter
hint: ${EDITOR:-vi} +1 incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md
--- exit status 1

"#]]);
}
