//! `list`: which incidents, in which order, in which form.

use snapbox::str;

use crate::harness::json_schema::assert_fits;
use crate::harness::sandbox::Sandbox;

const BROKEN: &str = "---\nid: INC-BBBBB\ntitle: [\n---\n# x\n";

/// The worked incident, an older one, a closed one, and one that cannot be read.
fn many() -> Sandbox {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.put_incident("00001", "open", "2026-11-20T09:00:00-05:00", "reported_at: 2026-11-23T00:18:00-05:00\n");
    sandbox.put_incident("00002", "closed", "2026-11-21T09:00:00-05:00", "closed_at: 2026-11-21T11:00:00-05:00\n");
    sandbox.put("incidents/2026-11/19-bbbbb-broken", "incident.md", BROKEN);
    sandbox
}

#[test]
fn what_is_not_closed_is_listed_the_newest_first() {
    many().run(&["list"]).shows(str![[r#"
Id         Status          Sev    Title                        IC         Opened                Due
INC-K7QFM  acknowledged    SEV-2  Many errors on Auth service  Ada Byron  2026-11-22 21:58 EST  OVERDUE 1 h 05 min
INC-00001  open            -      Incident 00001               -          2026-11-20 09:00 EST  OVERDUE 2 d 13 h
INC-BBBBB  cannot be read  -      broken                       -          2026-11-19            -
--- stderr
warning: INC-BBBBB: cannot read incidents/2026-11/19-bbbbb-broken/incident.md:3:8: unclosed bracket '['

"#]]);
}

#[test]
fn all_lists_the_closed_ones_behind_the_others() {
    let sandbox = many();
    let ids = sandbox.run(&["list", "--all", "--quiet"]).stdout;
    assert_eq!(ids, "INC-K7QFM\nINC-00001\nINC-BBBBB\nINC-00002\n");
    assert_eq!(sandbox.run(&["list", "-q"]).stdout, "INC-K7QFM\nINC-00001\nINC-BBBBB\n");
}

#[test]
fn an_empty_list_prints_nothing_and_says_why() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["list"]).shows(str![[r#"
--- stderr
there is no incident yet: qpp-incident open "What is wrong"

"#]]);
    sandbox.put_incident("00002", "closed", "2026-11-21T09:00:00-05:00", "");
    sandbox.run(&["list"]).shows(str![[r#"
--- stderr
no incident is open; 1 is closed: qpp-incident list --all

"#]]);
    sandbox.run(&["list", "-q"]).shows(str![]);
    assert_eq!(sandbox.run(&["list", "--json"]).json(), serde_json::json!([]));
}

#[test]
fn json_has_every_key_for_every_incident() {
    let list = many().run(&["list", "--all", "--json"]).success().json();
    assert_fits("list", &list);
    let row = |index: usize| list[index].clone();
    assert_eq!(row(0)["clocks"]["document"]["state"], "running");
    assert_eq!(row(0)["extra"]["ticket"], 12);
    assert_eq!(row(2)["id"], "INC-BBBBB");
    assert_eq!(row(2)["status"], serde_json::Value::Null);
    assert_eq!(row(2)["broken"]["line"], 3);
    assert_eq!(row(3)["clocks"], serde_json::Value::Null);
    assert_eq!(row(3)["path"], "incidents/2026-11/20-00002-incident-00002/incident.md");
}

#[test]
fn a_document_that_is_no_text_or_not_there_is_listed_too() {
    let sandbox = Sandbox::adopted();
    sandbox.write("incidents/2026-11/19-bbbbb-broken/incident.md", b"---\nid: \xff\n---\n");
    sandbox.write("incidents/2026-11/18-ccccc-empty/postmortem.md", "x");
    sandbox.run(&["list"]).shows(str![[r#"
Id         Status          Sev  Title   IC  Opened      Due
INC-AAAAA  cannot be read  -    broken  -   2026-11-19  -
INC-BBBBB  cannot be read  -    empty   -   2026-11-18  -
--- stderr
warning: INC-AAAAA: cannot read incidents/2026-11/19-aaaaa-broken/incident.md:2:5: not UTF-8 text
warning: INC-BBBBB: cannot read incidents/2026-11/18-bbbbb-empty/incident.md:1:1: missing from the work tree

"#]]);
}
