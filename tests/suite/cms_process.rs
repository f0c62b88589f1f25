//! `cms-process`: the formal process is started in parallel; its number may come later.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn it_is_started_and_its_reference_comes_later() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["cms-process", &id]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: **CMS process.** Started; the reference is not known yet. — Grace Hopper
--- stderr
next: qpp-incident cms-process INC-AAAAA REF, once the reference is known

"#]]);
    sandbox.run(&["cms-process", &id]).status_is(1).shows(str![[r#"
--- stderr
error: the CMS process of INC-AAAAA was started at 2026-11-23 00:01 EST
hint: qpp-incident cms-process INC-AAAAA REF, once it is known
--- exit status 1

"#]]);
    sandbox.run(&["cms-process", &id, "CMS-2026-0142"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:03 EST: **CMS process.** CMS-2026-0142 — Grace Hopper

"#]]);
    sandbox.run(&["cms-process", &id, "CMS-2026-0143"]).status_is(1).shows(str![[r#"
--- stderr
error: the CMS process of INC-AAAAA is on record as CMS-2026-0142
hint: qpp-incident set INC-AAAAA cms_process=REF --reason "why"
--- exit status 1

"#]]);
    assert_eq!(sandbox.run(&["--json", "show", &id]).json()["cms_process"], "CMS-2026-0142");
}

#[test]
fn the_reference_may_come_after_the_close() {
    let (sandbox, id) = Sandbox::closed();
    let found = |sandbox: &Sandbox| sandbox.run(&["check"]).stdout.contains("[cms-process-missing]");
    assert!(found(&sandbox));
    sandbox.run(&["cms-process", &id, "CMS-2026-0142"]).success();
    assert!(!found(&sandbox));
}
