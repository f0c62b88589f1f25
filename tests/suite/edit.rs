//! `edit`: the person's own editor, with validation; nothing that was written is lost.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// An editor that runs a sed script on the file.
fn editor(sandbox: &Sandbox, script: &str) {
    sandbox.env("EDITOR", &format!("sed -i '{script}'"));
}

#[test]
fn prose_is_committed_by_itself_and_writes_no_entry() {
    let (sandbox, id) = Sandbox::acknowledged();
    editor(&sandbox, "s/^<!-- What contributed. -->/A pool was too small./");
    sandbox.run(&["edit", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  edited: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

"#]]);
    sandbox.git(&["log", "-1", "--format=%an%n%B"]).shows(str![[r#"
Grace Hopper
INC-AAAAA edit: by hand

    incident.md

Incident: INC-AAAAA
Event: edit
Clock: supplied


"#]]);
    sandbox.git(&["show", "--format=", "--unified=0"]).shows(str![[r#"
...
-<!-- What contributed. -->
+A pool was too small.

"#]]);
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn unchanged_is_no_commit() {
    let (sandbox, id) = Sandbox::acknowledged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.env("EDITOR", "true").run(&["edit", &id]).success().shows(str![[r#"
--- stderr
incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md was not changed

"#]]);
    sandbox.env("EDITOR", "false").run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: the editor `false` ended with exit status: 1: nothing was changed
--- exit status 1

"#]]);
    sandbox.without_env("EDITOR").run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: no editor is set
hint: export EDITOR=nano
--- exit status 1

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    assert!(
        !sandbox.path(".git/qpp-incident/edit").exists() || std::fs::read_dir(sandbox.path(".git/qpp-incident/edit")).unwrap().count() == 0
    );
}

#[test]
fn a_changed_fact_gets_its_entry() {
    let (sandbox, id) = Sandbox::acknowledged();
    editor(&sandbox, "s/^title: .*/title: Logins fail/; s/^chat: .*/chat: Room 5 # moved/");
    sandbox.run(&["edit", &id]).success().shows(str![[r#"
INC-AAAAA Logins fail (acknowledged)
  - 00:01 EST: **Fact.** title: Many errors on Auth service → Logins fail — Grace Hopper
  - 00:01 EST: **Fact.** chat: QPP Incidents → Room 5 — Grace Hopper
  edited: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

"#]]);
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(document.contains("chat: Room 5 # moved\n") && document.contains(&format!("# Logins fail (incident #{id})\n")), "{document}");
}

#[test]
fn what_breaks_the_document_is_refused_and_the_text_is_kept() {
    let (sandbox, id) = Sandbox::acknowledged();
    let path = sandbox.document_of(&id);
    let before = sandbox.read(&path);
    editor(&sandbox, "s/^status: .*/status: [/; s/^<!-- What contributed. -->/My long text./");
    sandbox.run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: nothing was changed: [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md:6:11: while parsing a flow mapping, did not find expected ',' or '}'
hint: your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md, then qpp-incident edit INC-AAAAA --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md
--- exit status 1

"#]]);
    assert_eq!(sandbox.read(&path), before);
    let scratch = format!(".git/qpp-incident/edit/{id}-incident.md");
    assert!(sandbox.read(&scratch).contains("My long text."));
    let mended = sandbox.read(&scratch).replace("status: [", "status: acknowledged");
    sandbox.write(&scratch, mended);
    sandbox.run(&["edit", &id, "--from", &scratch]).success();
    assert!(sandbox.read(&path).contains("My long text."));
    assert!(!sandbox.path(&scratch).exists(), "what is saved is not kept twice");
}

#[test]
fn what_an_event_moves_is_refused_with_the_command_that_fits() {
    let (sandbox, id) = Sandbox::acknowledged();
    editor(&sandbox, "s/^status: .*/status: resolved/");
    sandbox.run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: `status` of INC-AAAAA is moved by an event, not set by hand
hint: qpp-incident resolve INC-AAAAA "how"
      your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md, then qpp-incident edit INC-AAAAA --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md
--- exit status 1

"#]]);
    editor(&sandbox, "s/^reported_at: .*/reported_at: 2026-11-22T23:00:00-05:00/");
    sandbox.run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: `reported_at` is an instant, which changes with a reason only, and not in the editor
hint: qpp-incident set INC-AAAAA reported_at=2026-11-22T23:00:00-05:00 --reason "why it was wrong"
      your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.2.md, then qpp-incident edit INC-AAAAA --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.2.md
--- exit status 1

"#]]);
}

#[test]
fn entries_that_go_need_a_yes() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["log", &id, "Restarted it."]).success();
    editor(&sandbox, "/Restarted it/d");
    sandbox.run(&["edit", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: entries that were recorded are gone or changed: 2026-11-23 00:01 EST "Restarted it."
hint: qpp-incident correct ENTRY TEXT adds what is right; redact takes words out; --yes saves all the same
      your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md, then qpp-incident edit INC-AAAAA --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md
--- exit status 1

"#]]);
    sandbox.run(&["edit", &id, "--yes"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  edited: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
--- stderr
warning: entries that were recorded are gone or changed: 2026-11-23 00:01 EST "Restarted it."; `verify` will report it

"#]]);
    assert!(!sandbox.read(&sandbox.document_of(&id)).contains("Restarted it"));
}

#[test]
fn what_others_record_meanwhile_is_kept() {
    let (sandbox, id) = Sandbox::acknowledged();
    let both = format!("qpp-incident log {id} Meanwhile. && sed -i \"s/^<!-- What contributed. -->/A pool./\"");
    sandbox.env("EDITOR", &format!("sh -c '{both} \"$0\"'"));
    sandbox.run(&["edit", &id]).success();
    let document = sandbox.read(&sandbox.document_of(&id));
    assert!(document.contains("Meanwhile.") && document.contains("\nA pool.\n"), "{document}");
    let both = format!("qpp-incident set {id} \"impact=All logins.\" && sed -i \"s/^<!-- Quantified.*/Half of it./\"");
    sandbox.env("EDITOR", &format!("sh -c '{both} \"$0\"'"));
    sandbox.run(&["edit", &id]).status_is(1).shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Fact.** impact: All logins. — Grace Hopper
--- stderr
error: INC-AAAAA: somebody has changed the same lines of the document while you edited it
hint: your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md, then qpp-incident edit INC-AAAAA --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-incident.md
--- exit status 1

"#]]);
    assert!(sandbox.read(&sandbox.document_of(&id)).contains("All logins."));
}

#[test]
fn a_broken_document_is_mended_so() {
    let (sandbox, id) = Sandbox::acknowledged();
    let path = sandbox.document_of(&id);
    let sound = sandbox.read(&path);
    sandbox.write(&path, sound.replace("status: acknowledged", "status: [").replace("<!-- What contributed. -->", "A pool."));
    editor(&sandbox, "s/^status: .*/status: acknowledged/");
    sandbox.run(&["edit", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  edited: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md

"#]]);
    assert_eq!(sandbox.read(&path), sound.replace("<!-- What contributed. -->", "A pool."));
    assert_eq!(sandbox.git(&["status", "--porcelain"]).stdout, "");
}

#[test]
fn a_report_is_edited_and_stays_a_draft() {
    let (sandbox, id) = Sandbox::closed();
    editor(&sandbox, "s/^status: draft/status: done/");
    sandbox.run(&["edit", &id, "--postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md does not exist
hint: qpp-incident postmortem INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["postmortem", &id]).success();
    sandbox.run(&["edit", &id, "--postmortem"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: `status` and `done_at` are moved by an event, not in the editor
hint: qpp-incident postmortem INC-AAAAA --done
      your text is kept: mend [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-postmortem.md, then qpp-incident edit INC-AAAAA --postmortem --from [SANDBOX]/repo/.git/qpp-incident/edit/INC-AAAAA-postmortem.md
--- exit status 1

"#]]);
    editor(&sandbox, "s/^## Summary/&\\n\\nThe pool was too small./");
    sandbox.run(&["edit", &id, "--postmortem"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  edited: incidents/2026-11/22-aaaaa-many-errors-on-auth-service/postmortem.md

"#]]);
    assert!(sandbox.read(&format!("{}/postmortem.md", sandbox.folder_of(&id))).contains("The pool was too small."));
}

#[test]
fn json_and_a_dry_run() {
    let (sandbox, id) = Sandbox::acknowledged();
    editor(&sandbox, "s/^<!-- What contributed. -->/A pool./");
    let before = sandbox.read(&sandbox.document_of(&id));
    let shown = sandbox.run(&["edit", &id, "--dry-run"]).success();
    assert!(shown.stdout.contains("+A pool.\n"), "{shown}");
    assert_eq!(sandbox.read(&sandbox.document_of(&id)), before);
    let json = sandbox.run(&["edit", &id, "--json"]).success().json();
    assert_eq!((json["event"].as_str(), json["commits"].as_array().unwrap().len()), (Some("edit"), 1));
    let json = sandbox.env("EDITOR", "true").run(&["edit", &id, "--json"]).success().json();
    assert_eq!(json["commits"].as_array().unwrap().len(), 0);
}
