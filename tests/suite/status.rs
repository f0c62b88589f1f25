//! `status`: the clocks of one incident, the board, and exit status 3.

use serde_json::Value;
use snapbox::str;

use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen::Screen;

fn board() -> Sandbox {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.put_incident("00001", "open", "2026-11-22T23:50:00-05:00", "reported_at: 2026-11-23T00:10:00-05:00\n");
    sandbox.put_incident("00002", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\nclose_reason: resolved\n");
    sandbox.put_incident("00003", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\nclose_reason: duplicate\n");
    let done = sandbox.put_incident("00004", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\n");
    sandbox.put(&done, "rca.md", "---\nincident: INC-00004\nstatus: done\ndone_at: 2026-11-21T09:00:00-05:00\n---\n");
    sandbox
}

#[test]
fn one_incident_tells_what_is_due_what_was_missed_and_what_waits() {
    Sandbox::with_worked_incident().run(&["status"]).shows(str![[r#"
INC-K7QFM Many errors on Auth service (acknowledged, SEV-2)
incident commander: Ada Byron <ada@example.org>
responders: Grace Hopper, Sam Reyes
business owners: Pat Lee
document: incidents/2026-11/22-k7qfm-many-errors-on-auth-service/incident.md

due:
  OVERDUE 1 h 05 min  decide on approval P4X (was due 2026-11-22 23:15 EST): the business owner, Pat Lee
  in 1 h 52 min       update the live document (by 02:12 EST): the incident commander, Ada Byron

missed, on record:
  acknowledge the incident: 9 min late (was due 2026-11-22 21:55 EST, done 2026-11-22 22:04 EST)
  answer inquiry Q7F: 15 min late (was due 2026-11-22 22:35 EST, done 2026-11-22 22:50 EST); incident commander then: Ada Byron

waiting for an answer:
  approval P4X since 2026-11-22 23:00 EST: "Deploy 4.2.1" — Ada Byron
  assumption S2M since 2026-11-23 00:05 EST: The pool is too small. — Grace Hopper

"#]]);
}

#[test]
fn json_of_one_incident_fits_its_schema() {
    let status = Sandbox::with_worked_incident().run(&["status", "K7Q", "--json"]).success().json();
    assert_fits("status", &status);
    assert_eq!(status["overdue"], 1);
    assert_eq!(status["due"][0]["clock"], "approval");
    assert_eq!(status["due"][0]["people"][0]["name"], "Pat Lee");
    assert_eq!(status["open"]["approvals"][0]["ref"], "P4X");
    assert_eq!(status["not_pushed"], Value::Null);
}

#[test]
fn the_board_has_the_most_urgent_first() {
    let sandbox = board();
    sandbox.run(&["status"]).shows(str![[r#"
Id         Status        Sev    Title                        Due                 What                      Who acts
INC-K7QFM  acknowledged  SEV-2  Many errors on Auth service  OVERDUE 1 h 05 min  decide on approval P4X    the business owner, Pat Lee
INC-00001  open          -      Incident 00001               in 5 min            acknowledge the incident  the on-call engineer
INC-00002  closed        -      Incident 00002               in 23 h 39 min      finish the RCA            the response team

"#]]);
    let rows = sandbox.run(&["status", "--json"]).json();
    assert_fits("status", &rows);
    let ids: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["INC-K7QFM", "INC-00001", "INC-00002"]);
}

#[test]
fn with_one_open_incident_the_pending_rca_of_another_is_noted() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.put_incident("00002", "closed", "2026-11-20T09:00:00-05:00", "closed_at: 2026-11-20T11:00:00-05:00\nclose_reason: resolved\n");
    let status = sandbox.run(&["status"]);
    assert!(status.stdout.starts_with("INC-K7QFM Many errors"));
    assert_eq!(status.stderr, "also INC-00002 (closed): finish the RCA in 23 h 39 min\n");
    assert!(sandbox.run(&["status", "--json"]).json().is_array());
}

#[test]
fn overdue_exits_with_3_only_when_asked() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.run(&["status"]).status_is(0);
    sandbox.run(&["status", "--fail-overdue"]).status_is(3);
    sandbox.run(&["status", "K7Q", "--fail-overdue", "--json"]).status_is(3);
}

#[test]
fn advice_that_is_late_fails_nothing() {
    let sandbox = Sandbox::adopted();
    sandbox.put_incident("00001", "acknowledged", "2026-11-22T23:00:00-05:00", "acknowledged_at: 2026-11-22T23:10:00-05:00\n");
    sandbox.at("2026-11-23T05:20:00Z");
    let status = sandbox.run(&["status", "--fail-overdue"]).status_is(0);
    status.shows(str![[r#"
INC-00001 Incident 00001 (acknowledged, severity unset)
incident commander: none yet
responders: none
business owners: none
document: incidents/2026-11/20-00001-incident-00001/incident.md

due:
  in 40 min    update the live document (by 01:00 EST): the incident commander (none yet)
  late 55 min  name an incident commander (was due 2026-11-22 23:25 EST, advice): the responder who acknowledged
  late 55 min  alert a second responder (was due 2026-11-22 23:25 EST, advice): the responder who acknowledged

"#]]);
}

#[test]
fn an_overdue_rca_is_overdue() {
    let sandbox = Sandbox::adopted();
    sandbox.put_incident("00002", "closed", "2026-11-18T09:00:00-05:00", "closed_at: 2026-11-18T11:00:00-05:00\nclose_reason: resolved\n");
    sandbox.run(&["status", "--fail-overdue"]).shows(str![[r#"
Id         Status  Sev  Title           Due               What            Who acts
INC-00002  closed  -    Incident 00002  OVERDUE 2 d 23 h  finish the RCA  the response team
--- exit status 3

"#]]);
    sandbox.run(&["status", "00002"]).shows(str![[r#"
INC-00002 Incident 00002 (closed, severity unset)
incident commander: none yet
responders: none
business owners: none
document: incidents/2026-11/20-00002-incident-00002/incident.md

due:
  OVERDUE 3 d  finish the RCA (was due 2026-11-19 23:59 EST): the response team

"#]]);
}

#[test]
fn without_any_incident_the_board_is_empty() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["status", "--fail-overdue"]).shows(str![[r#"
--- stderr
no incident is open, and nothing is due

"#]]);
    assert_eq!(sandbox.run(&["status", "--json"]).json(), serde_json::json!([]));
}

#[test]
fn what_cannot_be_read_is_on_the_board_and_fails() {
    let sandbox = Sandbox::adopted();
    sandbox.put("incidents/2026-11/19-bbbbb-broken", "incident.md", "no front matter\n");
    sandbox.run(&["status", "--fail-overdue"]).shows(str![[r#"
Id         Status          Sev  Title   Due  What  Who acts
INC-AAAAA  cannot be read  -    broken  -    -     -
--- stderr
warning: INC-AAAAA: cannot read incidents/2026-11/19-aaaaa-broken/incident.md:1:1: there is no front matter: the first line must be `---`
--- exit status 3

"#]]);
    let rows = sandbox.run(&["status", "--json"]).json();
    assert_fits("status", &rows);
    sandbox.run(&["status", "BBBBB"]).shows(str![[r#"
--- stderr
error: INC-AAAAA: cannot read incidents/2026-11/19-aaaaa-broken/incident.md:1:1: there is no front matter: the first line must be `---`
hint: ${EDITOR:-vi} +1 incidents/2026-11/19-aaaaa-broken/incident.md
--- exit status 1

"#]]);
}

#[test]
fn what_is_kept_is_counted() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run(&["log", "INC-K7QFM", "The pool is empty."]).status_is(75);
    let status = sandbox.run(&["status", "--json", "K7Q"]).json();
    assert_eq!(status["kept"], 1);
    let text = sandbox.run(&["status"]).stdout;
    assert!(text.contains("kept, not yet in the document:\n  00:20 EST log: The pool is empty.\n"), "{text}");
    let timeline = sandbox.run(&["timeline", "--kind", "opened"]);
    assert_eq!(timeline.stderr, "warning: 1 entry is kept and not yet in the document: the next command that can commits it\n");
}

#[test]
fn what_is_not_pushed_is_not_live() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.git(&["init", "--quiet", "--bare", "../there"]).success();
    sandbox.git(&["remote", "add", "origin", "../there"]).success();
    let text = sandbox.run(&["status", "K7Q"]).stdout;
    assert!(text.ends_with("\n\nno upstream: nothing was pushed yet, so nothing is live: qpp-incident sync\n"), "{text}");
    assert_eq!(sandbox.run(&["status", "K7Q", "--json"]).json()["not_pushed"], Value::Null);
    sandbox.git(&["push", "--quiet", "-u", "origin", "main"]).success();
    assert_eq!(sandbox.run(&["status", "K7Q", "--json"]).json()["not_pushed"], 0);
    sandbox.run(&["log", "The pool is empty."]).success();
    let text = sandbox.run(&["status"]).stdout;
    assert!(text.ends_with("\n\n1 commit is not pushed yet, so not live: qpp-incident sync\n"), "{text}");
}

#[test]
fn every_miss_stays_visible_with_who_was_commander() {
    let sandbox = Sandbox::with_worked_incident();
    for time in ["02:12", "04:13", "06:14", "08:20", "10:30"] {
        sandbox.at(&format!("2026-11-23T{time}:00-05:00"));
        sandbox.run(&["log", "Still looking."]).success();
    }
    let text = sandbox.run(&["status"]).stdout;
    let gaps: Vec<&str> = text.lines().filter(|line| line.contains("update the live document: ")).collect();
    assert_eq!(
        gaps,
        [
            "  update the live document: 1 min late (was due 04:12 EST, done 04:13 EST); incident commander then: Ada Byron",
            "  update the live document: 1 min late (was due 06:13 EST, done 06:14 EST); incident commander then: Ada Byron",
            "  update the live document: 6 min late (was due 08:14 EST, done 08:20 EST); incident commander then: Ada Byron",
            "  update the live document: 10 min late (was due 10:20 EST, done 10:30 EST); incident commander then: Ada Byron",
        ]
    );
    let shown = sandbox.run(&["show", "--json"]).success().json();
    let misses = shown["clocks"]["document"]["misses"].as_array().unwrap();
    assert_eq!(misses.len(), 4);
    assert!(misses.iter().all(|miss| miss["commander"]["name"] == "Ada Byron"));
    assert_eq!(shown["clocks"]["acknowledge"]["misses"][0]["seconds_late"], 570);
    assert_eq!(shown["clocks"]["inquiries"][0]["misses"].as_array().unwrap().len(), 1);
}

#[test]
fn a_late_rca_stays_on_record() {
    let sandbox = Sandbox::adopted();
    let closed = "closed_at: 2026-11-18T11:00:00-05:00\nclose_reason: resolved\n";
    let path = sandbox.put_incident("00002", "closed", "2026-11-18T09:00:00-05:00", closed);
    sandbox.put(&path, "rca.md", "---\nincident: INC-00002\nstatus: done\ndone_at: 2026-11-20T00:00:00-05:00\n---\n");
    let text = sandbox.run(&["status", "00002"]).stdout;
    assert!(text.contains("  finish the RCA: 1 s late (was due 2026-11-19 23:59 EST, done 2026-11-20 00:00 EST)\n"), "{text}");
    let misses = &sandbox.run(&["show", "00002", "--json"]).json()["clocks"]["rca"]["misses"];
    assert_eq!(misses[0]["seconds_late"], 1);
}

#[test]
fn an_acknowledgement_that_is_overdue_names_whom_to_escalate_to() {
    let sandbox = Sandbox::adopted();
    let reported = "reported_at: 2026-11-22T23:30:00-05:00\n";
    sandbox.put_incident("00001", "open", "2026-11-22T23:31:00-05:00", &format!("{reported}teams:\n  - QPP-FE\n"));
    sandbox.at("2026-11-23T04:45:00Z");
    assert!(!sandbox.run(&["status"]).stdout.contains("escalate"));
    sandbox.at("2026-11-23T04:45:01Z");
    let text = sandbox.run(&["status"]).stdout;
    let line = "  escalate to QPP-FE (Ad Hoc), https://cms-qpp.pagerduty.com/escalation_policies, prod-service-email@cms-qpp.pagerduty.com: \
                qpp-incident page --escalate INC-00001\n";
    assert!(text.contains(line), "{text}");
    sandbox.put_incident("00002", "open", "2026-11-22T23:31:00-05:00", reported);
    let board = sandbox.run(&["status"]).stdout;
    assert!(
        board.contains("the on-call engineer; escalate to QPP-FE\n") && board.contains("the on-call engineer; escalate to GDIT\n"),
        "{board}"
    );
    let of_none = sandbox.run(&["status", "00002"]).stdout;
    assert!(of_none.contains("qpp-incident page --escalate INC-00002 GDIT\n"), "{of_none}");
    let rows = sandbox.run(&["status", "--json"]).success().json();
    assert_fits("status", &rows);
    let rows = rows.as_array().unwrap().iter();
    let mut teams: Vec<&str> = rows.map(|row| row["escalate_to"][0]["team"].as_str().unwrap()).collect();
    teams.sort_unstable();
    assert_eq!(teams, ["GDIT", "QPP-FE"]);
    let one = sandbox.run(&["status", "00001", "--json"]).success().json();
    assert_fits("status", &one);
    assert_eq!(one["escalate_to"][0]["ways"][1], "prod-service-email@cms-qpp.pagerduty.com");
    sandbox.run(&["page", "--escalate", "INC-00002", "GDIT"]).success();
}

#[test]
fn on_a_narrow_terminal_a_title_gives_way_before_what_is_due_and_who_acts() {
    let sandbox = Sandbox::adopted();
    let title = "Many errors on the Auth service and on the pages for logging in";
    for (number, more) in [("00001", "teams:\n  - QPP-FE\n"), ("00002", "severity: SEV-2\n")] {
        let folder =
            sandbox.put_incident(number, "open", "2026-11-22T23:31:00-05:00", &format!("reported_at: 2026-11-22T23:30:00-05:00\n{more}"));
        let document = format!("{folder}/incident.md");
        sandbox.write(&document, sandbox.read(&document).replace(&format!("title: Incident {number}"), &format!("title: {title}")));
    }
    sandbox.at("2026-11-23T04:50:00Z");
    let Some(screen) = Screen::open(&sandbox, 150, 24) else { return };
    screen.types("clear; qpp-incident status");
    let board = screen.shows(|text| text.contains("QPP-FE") && text.contains("GDIT"));
    assert!(board.contains("INC-00001  open    -      Many errors on the Auth service and on t…  OVERDUE 5 min  acknowledge"), "{board}");
    screen.resize(80, 24);
    screen.types("clear; qpp-incident status");
    let board = screen.shows(|text| text.contains("INC-00001  Many errors on the Auth service and on the pa… (open, severity unset)"));
    assert!(board.contains("\n  OVERDUE 5 min  acknowledge the incident: the on-call engineer; escalate to\n    QPP-FE\n"), "{board}");
    assert!(board.contains("INC-00002  Many errors on the Auth service and on the pages for l… (open, SEV-2)\n"), "{board}");
}
