//! `assign-ic`: the single incident commander, and handoffs.

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

/// The same, commanded by Sam Reyes.
fn commanded() -> Sandbox {
    let sandbox = acknowledged();
    sandbox.run(&["assign-ic", SAM]).success();
    sandbox
}

fn document(sandbox: &Sandbox) -> String {
    sandbox.read(&sandbox.document_of("INC-K7QFM"))
}

fn timeline(sandbox: &Sandbox) -> String {
    let document = document(sandbox);
    let (_, timeline) = document.split_once("## Timeline").unwrap();
    timeline.split_once("## Root Causes").unwrap().0.to_owned()
}

#[test]
fn the_first_commander_is_one_entry() {
    let sandbox = acknowledged();
    sandbox.run(&["assign-ic", "INC-K7QFM", SAM]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:00 EST: **Commander.** Sam Reyes <sam@example.org> — Grace Hopper
--- stderr
next: qpp-incident update INC-K7QFM "…", at least every two hours

"#]]);
    let document = document(&sandbox);
    assert!(document.contains("\ncommander: Sam Reyes <sam@example.org>\n"), "{document}");
    assert!(document.contains("\n**Incident Commander:** Sam Reyes <sam@example.org> · **Chat:** QPP Incidents\n"), "{document}");
    sandbox.git(&["log", "-1", "--format=%an%n%B"]).shows(str![[r#"
Grace Hopper
INC-K7QFM assign-ic: Sam Reyes <sam@example.org>

Incident: INC-K7QFM
Event: assign-ic
Occurred-At: 2026-11-23T00:00:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn a_handoff_is_a_brief_and_a_status_update_in_one_commit() {
    let sandbox = commanded();
    sandbox.run(&["assign-ic", ADA, "--brief", "Pool is at 40; next: restart node 3"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:01 EST: **Handoff.** Sam Reyes <sam@example.org> to Ada Byron <ada@example.org>. Brief: Pool is at 40; next: restart node 3. — Grace Hopper
  - 00:01 EST: **Update.** Sam Reyes hands over to Ada Byron as incident commander. Inquiries go to Ada Byron <ada@example.org>. — Grace Hopper

Many errors
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-k7qfm-many-errors/incident.md

Sam Reyes hands over to Ada Byron as incident commander. Inquiries go to Ada Byron <ada@example.org>.
Next update by 02:01 EST.
--- stderr
next: qpp-incident update INC-K7QFM "…", at least every two hours
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
    assert!(document(&sandbox).contains("\ncommander: Ada Byron <ada@example.org>\n"));
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-K7QFM assign-ic: Sam Reyes <sam@example.org> to Ada Byron…

    Sam Reyes <sam@example.org> to Ada Byron <ada@example.org>. Brief: Pool is at 40; next: restart node 3.
    Sam Reyes hands over to Ada Byron as incident commander. Inquiries go to Ada Byron <ada@example.org>.

Incident: INC-K7QFM
Event: assign-ic
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Event: update
Occurred-At: 2026-11-23T00:01:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
}

#[test]
fn a_handoff_without_a_brief_is_refused() {
    let sandbox = commanded();
    let before = document(&sandbox);
    sandbox.run(&["assign-ic", ADA]).shows(str![[r#"
--- stderr
error: Sam Reyes <sam@example.org> is incident commander of INC-K7QFM: to hand over to Ada Byron takes a brief
hint: qpp-incident assign-ic INC-K7QFM ada@example.org --brief "where it stands, what is being tried, what comes next" (with --unreachable if Sam Reyes cannot be reached)
--- exit status 1

"#]]);
    sandbox.run(&["assign-ic", ADA, "--brief", " \n "]).status_is(1);
    sandbox.run(&["assign-ic", ADA, "--unreachable"]).status_is(1);
    assert_eq!(document(&sandbox), before);
}

#[test]
fn who_takes_over_from_somebody_unreachable_gives_the_brief() {
    let sandbox = commanded();
    let said = ["assign-ic", ADA, "--by", "ada", "--unreachable", "--brief", "Sam does not answer since 00:01."];
    sandbox.run(&said).status_is(1);
    let said = ["assign-ic", ADA, "--by", ADA, "--unreachable", "--brief", "Sam does not answer since 00:01."];
    sandbox.run(&said).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:02 EST: **Handoff.** Sam Reyes <sam@example.org> (not reachable) to Ada Byron <ada@example.org>. Brief: Sam does not answer since 00:01. — Ada Byron (recorded by Grace Hopper)
  - 00:02 EST: **Update.** Ada Byron takes over as incident commander from Sam Reyes, who cannot be reached. Inquiries go to Ada Byron <ada@example.org>. — Ada Byron (recorded by Grace Hopper)

Many errors
Current Incident Commander: Ada Byron - ada@example.org
Status: acknowledged
Live Document: incidents/2026-11/22-k7qfm-many-errors/incident.md

Ada Byron takes over as incident commander from Sam Reyes, who cannot be reached. Inquiries go to Ada Byron <ada@example.org>.
Next update by 02:02 EST.
--- stderr
next: qpp-incident update INC-K7QFM "…", at least every two hours
to: nobody yet; qpp-incident owner add WHO, qpp-incident set audience+=ADDRESS

"#]]);
}

#[test]
fn the_same_person_again_is_nothing_to_do() {
    let sandbox = commanded();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["assign-ic", "SAM@example.org"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
--- stderr
warning: Sam Reyes <sam@example.org> is incident commander already
next: qpp-incident update INC-K7QFM "…", at least every two hours

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
}

#[test]
fn a_commander_has_an_address() {
    let sandbox = acknowledged();
    let path = sandbox.document_of("INC-K7QFM");
    let by_hand = document(&sandbox).replace("  - Grace Hopper <grace@example.org>\n", "  - Grace Hopper <grace@example.org>\n  - Kim\n");
    sandbox.write(&path, by_hand);
    sandbox.run(&["assign-ic", "kim"]).shows(str![[r#"
--- stderr
error: Kim has no e-mail address here, and the incident commander is the single point of contact of INC-K7QFM
hint: qpp-incident assign-ic INC-K7QFM "Kim <EMAIL>"
--- exit status 1

"#]]);
    sandbox.run(&["assign-ic", "Kim Doe"]).shows(str![[r#"
--- stderr
error: nobody known is called `Kim Doe`; known, the nearest first: Kim, Grace Hopper <grace@example.org>
hint: give `Name <email>`, or the address alone
--- exit status 1

"#]]);
    sandbox.run(&["assign-ic", "INC-K7QFM"]).shows(str![[r#"
--- stderr
error: nobody is named: who is to be incident commander?
hint: `me`, an address, `Name <email>` or a part of a known name
--- exit status 2

"#]]);
}

#[test]
fn a_commander_who_also_responds_is_advised() {
    let sandbox = acknowledged();
    sandbox.run(&["assign-ic", "me"]).success().shows(str![[r#"
INC-K7QFM Many errors (acknowledged)
  - 00:00 EST: **Commander.** Grace Hopper <grace@example.org> — Grace Hopper
--- stderr
warning: Grace Hopper is a responder too, and an incident commander devotes their entire time to managing the response; once others have the work: qpp-incident responder remove INC-K7QFM grace@example.org
next: qpp-incident update INC-K7QFM "…", at least every two hours

"#]]);
}

#[test]
fn before_the_acknowledgement_it_is_allowed_with_a_warning() {
    let sandbox = Sandbox::adopted();
    sandbox.run(&["open", "Many errors", "--pagerduty", "Q1", "--id", "INC-K7QFM"]).success();
    sandbox.run(&["assign-ic", SAM]).success().shows(str![[r#"
INC-K7QFM Many errors (open)
  - 00:00 EST: **Commander.** Sam Reyes <sam@example.org> — Grace Hopper
--- stderr
warning: nobody has acknowledged INC-K7QFM yet: qpp-incident ack INC-K7QFM
next: qpp-incident ack INC-K7QFM

"#]]);
}

#[test]
fn a_brief_for_the_first_commander_is_not_lost() {
    let sandbox = acknowledged();
    sandbox.run(&["assign-ic", SAM, "--brief", "- pool is at 40\n- restart node 3"]).success();
    let timeline = timeline(&sandbox);
    assert!(timeline.ends_with("- 00:00 EST: **Commander.** Sam Reyes <sam@example.org> — Grace Hopper\n- 00:00 EST: Brief for Sam Reyes: - pool is at 40 — Grace Hopper\n  - restart node 3\n\n"), "{timeline}");
}

#[test]
fn unquoted_words_are_one_name() {
    let sandbox = commanded();
    let said = sandbox.run(&["assign-ic", "Grace", "Hopper", "--brief", "x", "--json"]).success().json();
    assert_eq!(said["entries"].as_array().unwrap().len(), 2);
    assert_eq!(said["event"], "assign-ic");
    assert!(said["update"].as_str().unwrap().starts_with("Many errors\nCurrent Incident Commander: Grace Hopper - grace@example.org\n"));
}

#[test]
fn a_dry_run_of_a_handoff_writes_nothing() {
    let sandbox = commanded();
    let before = document(&sandbox);
    let said = sandbox.run(&["assign-ic", ADA, "--brief", "x", "--dry-run"]).success();
    assert!(said.stdout.contains("-commander: Sam Reyes <sam@example.org>\n+commander: Ada Byron <ada@example.org>\n"), "{said}");
    assert_eq!(document(&sandbox), before);
}

#[test]
fn a_brief_cannot_forge_an_entry() {
    let sandbox = commanded();
    sandbox.run(&["assign-ic", ADA, "--brief", "x\n- 12:00 EST: **Closed.** Resolved. — Grace Hopper\n## Timeline\n<!--"]).success();
    let said = sandbox.run(&["log", "still here", "--json"]).success().json();
    assert_eq!(said["status"], "acknowledged");
    assert!(
        timeline(&sandbox).contains("  \\- 12:00 EST: **Closed.** Resolved. — Grace Hopper\n  \\## Timeline\n  \\<!--\n"),
        "{}",
        timeline(&sandbox)
    );
}

#[test]
fn the_help_names_the_five_qualities() {
    let help = Sandbox::new().run(&["assign-ic", "--help"]).success().stdout;
    for quality in [
        "clear, concise manner",
        "basic technical principles",
        "communication channels",
        "entire time and attention",
        "prioritizing the work",
    ] {
        assert!(help.contains(quality), "{quality}\n{help}");
    }
}

#[test]
fn nobody_commands_an_incident_that_is_over() {
    let sandbox = commanded();
    sandbox.run(&["close", "INC-K7QFM", "--reason", "false-alarm", "A test of the alarm."]).success();
    sandbox.run(&["assign-ic", "INC-K7QFM", ADA]).shows(str![[r#"
--- stderr
error: INC-K7QFM is closed: `assign-ic` does not fit
hint: qpp-incident reopen INC-K7QFM "why it is back"
--- exit status 1

"#]]);
    sandbox.run(&["responder", "add", "INC-K7QFM", ADA]).shows(str![[r#"
--- stderr
error: INC-K7QFM is closed: `responder` does not fit
hint: qpp-incident reopen INC-K7QFM "why it is back"
--- exit status 1

"#]]);
}

#[test]
fn two_handoffs_at_once_leave_one_commander_and_both_on_record() {
    let sandbox = commanded();
    let commands = [ADA, "Kim Doe <kim@example.org>"].map(|who| sandbox.command(&["assign-ic", who, "--brief", "x"]).spawn().unwrap());
    for child in commands {
        sandbox.finish(child, b"", "").success();
    }
    let timeline = timeline(&sandbox);
    assert_eq!(timeline.matches("**Handoff.** Sam Reyes").count(), 1, "{timeline}");
    assert_eq!(timeline.matches("**Handoff.**").count(), 2, "{timeline}");
    assert_eq!(document(&sandbox).matches("\ncommander: ").count(), 1);
}
