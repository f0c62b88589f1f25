//! `phase`, `extent`: the three priorities of the response, in their order.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn a_lower_priority_begins_with_a_reason_while_a_higher_one_is_unfinished() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["phase", &id, "mitigate"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Phase.** Mitigate. — Grace Hopper
--- stderr
next: qpp-incident mitigate INC-AAAAA "…", a partial fix counts

"#]]);
    sandbox.run(&["phase", &id, "mitigate"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is in phase mitigate already
hint: qpp-incident phase INC-AAAAA mitigate --done
--- exit status 1

"#]]);
    sandbox.run(&["phase", &id, "extent"]).status_is(1).shows(str![[r#"
--- stderr
error: extent of INC-AAAAA cannot begin without a reason: mitigate is not finished
hint: qpp-incident phase INC-AAAAA mitigate --done, or qpp-incident phase INC-AAAAA extent --reason "why now"
--- exit status 1

"#]]);
    sandbox.run(&["phase", &id, "extent", "--reason", "Two of us can look"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:05 EST: **Phase.** Extent. Not finished: mitigate. Reason: Two of us can look. — Grace Hopper
--- stderr
next: qpp-incident extent INC-AAAAA "…" --checked "…"

"#]]);
    sandbox.run(&["phase", &id, "mitigate", "--done"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:06 EST: **Phase.** Mitigate is done. — Grace Hopper

"#]]);
    sandbox.run(&["phase", &id, "mitigate", "--done"]).status_is(1).shows(str![[r#"
--- stderr
error: mitigate of INC-AAAAA is finished already
hint: qpp-incident phase INC-AAAAA mitigate begins it anew
--- exit status 1

"#]]);
    sandbox.run(&["phase", &id, "stabilize"]).status_is(1).shows(str![[r#"
--- stderr
error: stabilize of INC-AAAAA cannot begin without a reason: extent is not finished
hint: qpp-incident phase INC-AAAAA extent --done, or qpp-incident phase INC-AAAAA stabilize --reason "why now"
--- exit status 1

"#]]);
    let phases = sandbox.run(&["--json", "show", &id]).json()["phases"].clone();
    let told = |at: usize, key: &str| phases[at][key].clone();
    assert_eq!((told(0, "phase"), told(0, "done"), told(1, "done")), ("mitigate".into(), true.into(), false.into()));
    assert_eq!((told(1, "unfinished")[0].clone(), told(1, "reason")), ("mitigate".into(), "Two of us can look".into()));
}

#[test]
fn stabilize_repeats_and_says_until_when_it_is_enough() {
    let (sandbox, id) = Sandbox::mitigated();
    sandbox.run(&["phase", &id, "extent"]).success();
    sandbox.run(&["phase", &id, "extent", "--done"]).success();
    sandbox.run(&["phase", &id, "stabilize", "--until", "09:00"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (mitigated)
  - 00:05 EST: **Phase.** Stabilize, enough until 2026-11-23 09:00 EST. — Grace Hopper

"#]]);
    sandbox.run(&["phase", &id, "stabilize", "--until", "2026-11-24 09:00"]).success();
    sandbox.run(&["phase", &id, "stabilize", "--until", "2026-11-20 09:00"]).status_is(1).shows(str![[r#"
--- stderr
error: 2026-11-20 09:00 EST is past: it is 2026-11-23 00:07 EST now
hint: later than "2026-11-23 00:07 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    sandbox.run(&["phase", &id, "extent", "--until", "09:00"]).status_is(2).shows(str![[r#"
--- stderr
error: --until says how long what is in place is enough: it goes with stabilize
--- exit status 2

"#]]);
    sandbox.run(&["phase", &id, "fix"]).status_is(2).shows(str![[r#"
--- stderr
error: `fix` is no phase; the nearest is `mitigate`
hint: mitigate, extent or stabilize
--- exit status 2

"#]]);
    let status = sandbox.run(&["--json", "status", &id]).json();
    assert_eq!(status["phase"]["until"], "2026-11-24T09:00:00-05:00");
    let text = sandbox.run(&["status", &id]).stdout;
    assert!(text.contains("\nphase: stabilize since 00:06 EST, enough until 2026-11-24 09:00 EST\n"), "{text}");
}

#[test]
fn what_is_recorded_finishes_a_phase_and_a_relapse_begins_anew() {
    let (sandbox, id) = Sandbox::mitigated();
    sandbox.run(&["phase", &id, "extent"]).success();
    sandbox.run(&["extent", &id, "1200 sessions were lost"]).success();
    sandbox.run(&["phase", &id, "stabilize"]).success();
    sandbox.run(&["reopen", &id, "Errors are back."]).success();
    sandbox.run(&["phase", &id, "stabilize"]).status_is(1).shows(str![[r#"
--- stderr
error: stabilize of INC-AAAAA cannot begin without a reason: mitigate and extent are not finished
hint: qpp-incident phase INC-AAAAA mitigate --done, or qpp-incident phase INC-AAAAA stabilize --reason "why now"
--- exit status 1

"#]]);
}

#[test]
fn the_extent_stands_in_the_log_and_in_its_part_of_the_document() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["extent", &id, "1200 sessions were lost"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:02 EST: **Extent.** 1200 sessions were lost — Grace Hopper
--- stderr
next: check the other parts too: qpp-incident extent INC-AAAAA "…" --checked "…"

"#]]);
    sandbox.run(&["extent", &id, "And 3 tokens.", "--checked", "submissions and mail"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **Extent.** And 3 tokens. Other parts checked: submissions and mail. — Grace Hopper

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(shown["sections"]["extent"], "1200 sessions were lost\n\nAnd 3 tokens. Other parts checked: submissions and mail.");
    sandbox.git(&["show", "--format=%s", "--unified=0", "HEAD", "--", &sandbox.document_of(&id)]).shows(str![[r#"
INC-AAAAA extent: And 3 tokens. Other parts checked: submissions and…

diff --git a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
index [..] 100644
--- a/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
+++ b/incidents/2026-11/22-aaaaa-many-errors-on-auth-service/incident.md
@@ -17 +17 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
-**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:02 EST
+**Status:** acknowledged · **Severity:** unset · **Next update by:** 02:03 EST
@@ -32,0 +33,2 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
+And 3 tokens. Other parts checked: submissions and mail.
+
@@ -43,0 +46 @@ acknowledged_at: 2026-11-23T00:00:00-05:00
+- 00:03 EST: **Extent.** And 3 tokens. Other parts checked: submissions and mail. — Grace Hopper

"#]]);
    sandbox.run(&["set", &id, "privacy=affected"]).success();
    let told = sandbox.run(&["--json", "extent", &id, "3 names.", "--checked", "x"]).success().json();
    assert_eq!(told["warnings"][0]["code"], "privacy-not-notified");
}

#[test]
fn why_nobody_has_to_be_notified_is_on_record_and_is_enough() {
    let (sandbox, id) = Sandbox::commanded();
    sandbox.run(&["set", &id, "privacy=affected"]).success();
    sandbox.run(&["log", &id, "--no-notification", "Only test data was read"]).success();
    let text = sandbox.run(&["show", &id]).stdout;
    assert!(text.contains("**Notification.** Nobody has to be notified: Only test data was read. — Grace Hopper"), "{text}");
    let told = sandbox.run(&["--json", "extent", &id, "3 names.", "--checked", "x"]).success().json();
    assert_eq!(told["warnings"].as_array().map(Vec::len), Some(0), "{told}");
    for words in [&["log", &id, "--no-notification", " "][..], &["log", &id, "--no-notification", "Why", "more"][..]] {
        sandbox.run(words).status_is(2);
    }
}
