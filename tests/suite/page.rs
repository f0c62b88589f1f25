//! `page`: one more responder is alerted, or the incident is escalated. It records, and says that nothing was sent.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

#[test]
fn a_page_is_recorded_and_what_to_do_by_hand_is_said_in_capitals() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.run(&["page", &id, "Ada Byron <ada@example.org>", "QPP-FE"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: **Paged.** Ada Byron <ada@example.org> — Grace Hopper
  - 00:01 EST: **Paged.** QPP-FE (Ad Hoc): https://cms-qpp.pagerduty.com/escalation_policies, prod-service-email@cms-qpp.pagerduty.com — Grace Hopper
--- stderr
warning: RECORDED, BUT NO MESSAGE WAS SENT: page Ada Byron <ada@example.org> in PagerDuty by hand
warning: RECORDED, BUT NO MESSAGE WAS SENT: page QPP-FE (Ad Hoc) by hand: https://cms-qpp.pagerduty.com/escalation_policies, prod-service-email@cms-qpp.pagerduty.com
next: qpp-incident responder add INC-AAAAA WHO, once they have joined

"#]]);
    let clocks = sandbox.run(&["--json", "show", &id]).json()["clocks"].clone();
    assert_eq!(clocks["second_responder"]["state"], "met");
    sandbox.run(&["page", &id]).status_is(2).shows(str![[r#"
--- stderr
error: nobody is named: who is to be alerted?
hint: `Name <email>`, a part of a known name, a team such as QPP-FE, or --escalate
--- exit status 2

"#]]);
    sandbox.run(&["page", &id, "nobody at all"]).status_is(1);
}

#[test]
fn an_escalation_goes_to_the_affected_team_of_the_directory() {
    let (sandbox, id) = Sandbox::with_open_incident();
    sandbox.run(&["page", &id, "--escalate"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA names no affected team, so nobody knows whom to escalate to
hint: qpp-incident page --escalate INC-AAAAA TEAM, such as QPP-FE, QPP-A, QPP-MA, QPP-QS, QPP-BSR, QPP-CT, GDIT, Akamai
--- exit status 1

"#]]);
    sandbox.run(&["set", &id, "teams+=QPP-FE"]).success();
    sandbox.run(&["page", &id, "--escalate"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:02 EST: **Paged.** Escalated to QPP-FE (Ad Hoc): https://cms-qpp.pagerduty.com/escalation_policies, prod-service-email@cms-qpp.pagerduty.com — Grace Hopper
--- stderr
warning: RECORDED, BUT NO MESSAGE WAS SENT: page QPP-FE (Ad Hoc) by hand: https://cms-qpp.pagerduty.com/escalation_policies, prod-service-email@cms-qpp.pagerduty.com
warning: the on-call engineer has until 00:14 EST to acknowledge
next: qpp-incident responder add INC-AAAAA WHO, once they have joined

"#]]);
    sandbox.pass(15);
    sandbox.run(&["page", &id, "--escalate", "GDIT"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (open)
  - 00:18 EST: **Paged.** Escalated to GDIT: https://confluence.cms.gov/pages/viewpage.action?pageId=56365010, OpsSupport-Warrenton@gdit.com, 540-316-6700 — Grace Hopper
--- stderr
warning: RECORDED, BUT NO MESSAGE WAS SENT: page GDIT by hand: https://confluence.cms.gov/pages/viewpage.action?pageId=56365010, OpsSupport-Warrenton@gdit.com, 540-316-6700
next: qpp-incident responder add INC-AAAAA WHO, once they have joined

"#]]);
    sandbox.run(&["page", &id, "--escalate", "QPP-A"]).status_is(1).shows(str![[r#"
--- stderr
error: QPP-A (Nava) has no escalation policy and no incident address in incidents/teams.yaml
hint: GDIT's NOC/SOC is there 24x7x365: qpp-incident page --escalate GDIT; fill in the row: qpp-incident teams
--- exit status 1

"#]]);
    sandbox.run(&["page", &id, "--escalate", "QPP-EF"]).status_is(1).shows(str![[r#"
--- stderr
error: no team is called `QPP-EF`; the nearest is `QPP-FE`
--- exit status 1

"#]]);
}
