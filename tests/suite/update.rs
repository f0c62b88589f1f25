//! `update`: printed to be sent and recorded; never in the way.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn standard_output_is_the_update_alone() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["set", &id, "audience+=list@example.org"]).success();
    sandbox.run(&["owner", "add", &id, "Pat Lee <pat@example.org>"]).success();
    sandbox.run(&["update", &id, "Logins work again for 60 % of users."]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

Logins work again for 60 % of users.
Next update by 02:04 EST.
--- stderr
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:04 EST: **Update.** Logins work again for 60 % of users. — Grace Hopper
to: Pat Lee <pat@example.org>, list@example.org

"#]]);
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA update: Logins work again for 60 % of users.

Incident: INC-AAAAA
Event: update
Occurred-At: 2026-11-23T00:04:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.run(&["update", &id, "--no-news"]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

No new information.
Next update by 02:05 EST.
--- stderr
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:05 EST: **Update.** No new information. — Grace Hopper
to: Pat Lee <pat@example.org>, list@example.org

"#]]);
}

#[test]
fn an_agreed_schedule_is_when_the_next_update_is_due() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.write("incidents/config.yaml", "clocks:\n  document: status-update\n  document_interval: 30m\n");
    let update = sandbox.run(&["update", &id, "Half is back."]).success();
    assert!(update.stdout.contains("\nNext update by 00:32 EST.\n"), "{update}");
    sandbox.run(&["log", &id, "Restarted the pool."]).success();
    sandbox.at("2026-11-23T00:33:00-05:00");
    // An entry alone is no update: what was agreed is that they hear of it.
    let status = sandbox.run(&["status", &id]).success();
    assert!(status.stdout.contains("OVERDUE 1 min  update the live document (was due 00:32 EST)"), "{status}");
}

#[test]
fn mitigated_in_part_is_said_and_nobody_to_send_it_to_as_well() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["mitigate", &id, "Half is back.", "--restored", "60"]).success();
    sandbox.run(&["update", &id, "Line one.\nLine two."]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: none yet
Status: mitigated (60 % restored)
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

Line one.
Line two.
Next update by 02:02 EST.
--- stderr
INC-AAAAA Many errors on Auth service (mitigated)
  - 00:02 EST: **Update.** Line one. — Grace Hopper
  
    Line two.
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
}

#[test]
fn bare_is_four_lines_and_records_only_what_is_said() {
    let (sandbox, id) = Sandbox::commanded();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["update", &id, "--bare"]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- stderr
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    let with_text = sandbox.run(&["update", &id, "--bare", "Half is back."]).success();
    assert_eq!(with_text.stdout.lines().count(), 4);
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("**Update.** Half is back. — Grace Hopper"));
    let json = sandbox.run(&["update", &id, "--bare", "--json"]).success().json();
    assert_eq!((json["event"].as_str(), json["update"].as_str().unwrap().lines().count()), (None, 4));
}

#[test]
fn json_has_the_whole_text_and_who_gets_it() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["owner", "add", &id, "Pat Lee <pat@example.org>"]).success();
    let json = sandbox.run(&["--json", "update", &id, "Half is back."]).success().json();
    assert_eq!(json["event"], "update");
    assert_eq!(json["to"], serde_json::json!([{ "name": "Pat Lee", "email": "pat@example.org" }]));
    let update = json["update"].as_str().unwrap();
    assert!(update.contains("\n\nHalf is back.\nNext update by 02:03 EST.\n"), "{update}");
}

#[test]
fn the_live_document_is_a_link_where_the_host_is_known() {
    let (sandbox, id) = Sandbox::commanded();
    let folder = sandbox.folder_of(&id);
    let live = |sandbox: &Sandbox| sandbox.run(&["update", &id, "--bare"]).success().stdout.lines().last().unwrap().to_owned();
    assert_eq!(live(&sandbox), format!("Live Document: {folder}/incident.md"));
    sandbox.git(&["remote", "add", "origin", "https://user:secret@gitlab.example.org/qpp/incidents.git"]).success();
    assert_eq!(live(&sandbox), format!("Live Document: https://gitlab.example.org/qpp/incidents/-/blob/main/{folder}/incident.md"));
    sandbox.write("incidents/config.yaml", "share:\n  url: https://docs.example.org/{branch}/{path}\n");
    assert_eq!(live(&sandbox), format!("Live Document: https://docs.example.org/main/{folder}/incident.md"));
}

#[test]
fn a_broken_document_and_a_detached_head_hold_nothing_up() {
    let (sandbox, id) = Sandbox::commanded();
    let path = sandbox.document_of(&id);
    let sound = sandbox.read(&path);
    sandbox.write(&path, sound.replace("status: acknowledged", "status: ["));
    sandbox.run(&["update", &id, "Half is back."]).status_is(75).shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

Half is back.
Next update by 02:02 EST.
--- stderr
warning: kept, not yet in the document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md:6:10: while parsing a flow mapping, did not find expected ',' or '}'
the next command on this incident that can commits it
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS
--- exit status 75

"#]]);
    let json = sandbox.run(&["--json", "update", &id, "--no-news"]).status_is(75).json();
    assert!(json["update"].as_str().unwrap().contains("No new information."), "{json}");
    sandbox.write(&path, sound);
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    sandbox.run(&["update", &id, "Detached."]).status_is(75);
    sandbox.git(&["checkout", "--quiet", "main"]).success();
    sandbox.run(&["log", &id, "Back on the branch."]).success();
    let document = sandbox.read(&path);
    for text in ["**Update.** Half is back.", "**Update.** No new information.", "**Update.** Detached."] {
        assert_eq!(document.matches(text).count(), 1, "{document}");
    }
}

#[test]
fn an_own_template_is_used_and_a_broken_one_does_not_stop_it() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.write("templates/status-update.md", "*{{ title }}* {{ status }}\n");
    assert!(sandbox.run(&["update", &id, "Hm."]).success().stdout.starts_with("*Many errors on Auth service* acknowledged\n\nHm.\n"));
    sandbox.write("templates/status-update.md", "{{ nope }}");
    sandbox.run(&["update", &id, "--bare"]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- stderr
warning: templates/status-update.md:1: undefined value; the built-in template is used
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
}

#[test]
fn wrong_input_and_a_closed_incident() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["update", &id, "It is over."]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is closed: `update` does not fit
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
    sandbox.run(&["update", &id, "x", "--no-news"]).status_is(2).shows(str![[r#"
--- stderr
error: --no-news says that there is no news, and a text is given
--- exit status 2

"#]]);
    sandbox.run(&["update", &id]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What is the news?
--- exit status 2

"#]]);
    sandbox.run(&["update", &id, "--bare"]).success().shows(str![[r#"
Many errors on Auth service
Current Incident Commander: Ada Byron - ada@example.org
Status: closed
Live Document: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- stderr
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
}

#[test]
fn crlf_stays_and_a_dry_run_writes_nothing() {
    let (sandbox, id) = Sandbox::commanded();
    let path = sandbox.document_of(&id);
    let crlf = sandbox.read(&path).replace('\n', "\r\n");
    sandbox.write(&path, &crlf);
    sandbox.run(&["update", &id, "Half.", "--dry-run"]).success();
    assert_eq!(sandbox.read(&path), crlf);
    sandbox.run(&["update", &id, "Half.\n\nAnd more."]).success();
    let document = sandbox.read(&path);
    assert_eq!(document.matches('\n').count(), document.matches("\r\n").count());
    assert!(document.contains("**Update.** Half. — Grace Hopper\r\n\r\n  And more.\r\n"), "{document}");
}
