//! `object`, `withdraw`, `overrule`: as long as anyone has a valid reason to keep the incident open, it remains open.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

const PAT: &str = "Pat Lee <pat@example.org>";

/// Resolved and asked, with a business owner; the reference of Pat Lee's objection.
fn objected() -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["owner", "add", &id, PAT]).success();
    sandbox.run(&["close", &id, "--ask"]).success();
    let said = sandbox.run(&["--json", "object", &id, "Mail is slow.", "--by", "Pat", "--via", "by phone"]).success().json();
    (sandbox, id, said["ref"].as_str().unwrap().to_owned())
}

#[test]
fn an_objection_keeps_the_incident_open_and_is_named_by_close() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["owner", "add", &id, PAT]).success();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["object", &id, "Mail is slow.", "--by", "Pat"]).status_is(2).shows(str![[r#"
--- stderr
error: you answer for Pat Lee, and it must be on record how they said it
hint: qpp-incident object … --via "by phone"
--- exit status 2

"#]]);
    sandbox.run(&["object", &id, "Mail is slow.", "--by", "Pat", "--via", "by phone"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:07 EST: **Objection O01.** Mail is slow. (by phone) — Pat Lee (recorded by Grace Hopper)
--- stderr
next: qpp-incident withdraw INC-AAAAA O01, once the reason is gone; until then it stays open

"#]]);
    sandbox.pass(60);
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: objection O01 of Pat Lee stands: Mail is slow. (by phone)
hint: who objected: qpp-incident withdraw INC-AAAAA O01; else the incident commander: qpp-incident overrule INC-AAAAA O01 "why" --agreed-by OWNER
--- exit status 1

"#]]);
    sandbox.git(&["log", "-1", "--format=%an|%cn|%s"]).shows(str![[r#"
Pat Lee|Grace Hopper|INC-AAAAA object: Mail is slow. (by phone)

"#]]);
    let status = sandbox.run(&["--json", "status", &id]).json();
    assert_eq!(status["open"]["objections"][0]["by"]["email"], "pat@example.org");
    assert_eq!(status["open"]["objections"][0]["recorded_by"]["name"], "Grace Hopper");
}

#[test]
fn only_who_objected_withdraws_and_then_it_may_be_closed() {
    let (sandbox, id, reference) = objected();
    sandbox.run(&["withdraw", &id, &reference]).status_is(1).shows(str![[r#"
--- stderr
error: objection O01 of INC-AAAAA is Pat Lee's, and Grace Hopper cannot withdraw it
hint: if Pat Lee said so: qpp-incident withdraw INC-AAAAA O01 --by "Pat Lee" --via "how"; else the incident commander: qpp-incident overrule INC-AAAAA O01 "why" --agreed-by OWNER
--- exit status 1

"#]]);
    sandbox.run(&["withdraw", &id, &reference, "--by", "Pat"]).status_is(2);
    sandbox.run(&["withdraw", &id, &reference, "It is fast again", "--by", "Pat", "--via", "in chat"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:09 EST: **Withdrawn O01.** "Mail is slow. (by phone)": It is fast again (in chat) — Pat Lee (recorded by Grace Hopper)
--- stderr
next: qpp-incident close INC-AAAAA

"#]]);
    sandbox.run(&["withdraw", &id, "last", "--by", "Pat", "--via", "in chat"]).status_is(1).shows(str![[r#"
--- stderr
error: objection O01 of INC-AAAAA was withdrawn by Pat Lee at 2026-11-23 00:09 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
    sandbox.pass(20);
    sandbox.run(&["close", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (closed)
  - 00:31 EST: **Closed.** Resolved. Silent: Ada Byron <ada@example.org>. Closed by another than the incident commander, Ada Byron <ada@example.org>. — Grace Hopper
--- stderr
warning: the extent of the damage is empty: qpp-incident extent INC-AAAAA "…"
warning: the formal CMS process is not on record: qpp-incident cms-process INC-AAAAA REF
next: qpp-incident postmortem INC-AAAAA

"#]]);
    let shown = sandbox.run(&["--json", "show", &id]).json();
    assert_eq!(shown["objections"][0]["state"], "withdrawn");
}

#[test]
fn the_incident_commander_overrules_with_a_business_owners_agreement() {
    let (sandbox, id, reference) = objected();
    sandbox.run(&["overrule", &id, &reference, "That is another incident.", "--agreed-by", "Pat"]).status_is(1).shows(str![[r#"
--- stderr
error: only the incident commander of INC-AAAAA overrules an objection, Ada Byron <ada@example.org>: Grace Hopper is not
hint: qpp-incident overrule INC-AAAAA … --by "Ada Byron"
--- exit status 1

"#]]);
    let ada = ["overrule", &id, &reference, "That is another incident", "--by", "Ada"];
    sandbox.run(&[&ada[..], &["--agreed-by", "Grace"]].concat()).status_is(1).shows(str![[r#"
--- stderr
error: Grace Hopper is no affected business owner of INC-AAAAA: it has Pat Lee <pat@example.org>
hint: qpp-incident owner add INC-AAAAA WHO, if the incident affects them
--- exit status 1

"#]]);
    sandbox.run(&ada).status_is(2);
    sandbox.run(&[&ada[..], &["--agreed-by", "Pat", "--via", "by phone"]].concat()).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (resolved)
  - 00:10 EST: **Overruled O01.** "Mail is slow. (by phone)": That is another incident. Agreed by Pat Lee <pat@example.org> (by phone). — Ada Byron (recorded by Grace Hopper)
--- stderr
next: qpp-incident close INC-AAAAA

"#]]);
    sandbox.run(&[&ada[..], &["--agreed-by", "Pat"]].concat()).status_is(1).shows(str![[r#"
--- stderr
error: objection O01 of INC-AAAAA was overruled by Ada Byron at 2026-11-23 00:10 EST
hint: qpp-incident log INC-AAAAA "…" adds to the record
--- exit status 1

"#]]);
    sandbox.pass(20);
    let closed = sandbox.run(&["close", &id]).success();
    assert!(!closed.stdout.contains("Silent"), "who overruled has answered: {}", closed.stdout);
}

#[test]
fn an_objection_may_come_before_the_question_and_outlives_a_relapse() {
    let (sandbox, id) = Sandbox::mitigated();
    sandbox.run(&["object", &id, "Not all submissions are checked."]).success();
    sandbox.run(&["resolve", &id, "Fixed."]).success();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.run(&["agree", &id, "--by", "Ada", "--via", "by phone"]).success();
    sandbox.run(&["reopen", &id, "Errors are back."]).success();
    sandbox.run(&["resolve", &id, "Fixed for good."]).success();
    sandbox.run(&["close", &id]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA cannot be closed: not asked yet; objection O01 of Grace Hopper stands: Not all submissions are checked.
hint: qpp-incident close INC-AAAAA --ask
--- exit status 1

"#]]);
}

#[test]
fn a_closed_incident_takes_no_objection_and_a_wrong_reference_is_told() {
    let (sandbox, id) = Sandbox::closed();
    sandbox.run(&["object", &id, "Too late."]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA is closed: `object` does not fit
hint: qpp-incident reopen INC-AAAAA "why it is back"
--- exit status 1

"#]]);
    let (sandbox, id, _) = objected();
    sandbox.run(&["withdraw", &id, "Q7F"]).status_is(1).shows(str![[r#"
--- stderr
error: Q7F would be an inquiry, and this takes an objection of INC-AAAAA; it has, the latest first:
  O01 "Mail is slow. (by phone)" (standing)
hint: qpp-incident status INC-AAAAA
--- exit status 1

"#]]);
    sandbox.run(&["withdraw", &id]).status_is(2).shows(str![[r#"
--- stderr
error: no objection is named: which one?
hint: qpp-incident withdraw REF …, such as O7F, or `last`
--- exit status 2

"#]]);
    sandbox.run(&["withdraw", &id, "nothing"]).status_is(1).shows(str![[r#"
--- stderr
error: `nothing` is no reference of INC-AAAAA: a letter and two characters such as O7F, or `last`; it has, the latest first:
  O01 "Mail is slow. (by phone)" (standing)
hint: qpp-incident status INC-AAAAA
--- exit status 1

"#]]);
}

#[test]
fn an_objection_is_kept_when_it_cannot_be_committed_and_counts_once_it_is() {
    let (sandbox, id) = Sandbox::resolved();
    sandbox.run(&["close", &id, "--ask"]).success();
    sandbox.git(&["checkout", "--quiet", "--detach"]).success();
    let kept = sandbox.run(&["--json", "object", &id, "Mail is slow."]).status_is(75).json();
    let reference = kept["ref"].as_str().unwrap();
    assert!(kept["warnings"][0]["message"].as_str().unwrap().starts_with("kept, not yet in the document: "));
    sandbox.git(&["checkout", "--quiet", "main"]).success();
    sandbox.pass(20);
    let refused = sandbox.run(&["close", &id]).status_is(1);
    assert!(refused.stderr.contains(&format!("objection {reference} of Grace Hopper stands")), "{}", refused.stderr);
    sandbox.run(&["withdraw", &id, reference]).success();
    sandbox.git(&["log", "-2", "--format=%(trailers:key=Event,valueonly)%s"]).shows(str![[r#"
withdraw
INC-AAAAA withdraw: "Mail is slow": withdrawn.
object
INC-AAAAA object: Mail is slow.

"#]]);
}
