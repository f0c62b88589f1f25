//! `correct`: a new line says what is right; the old one is never touched.

use snapbox::str;

use crate::harness::sandbox::Sandbox;

/// An acknowledged incident with an entry at 00:10, and the document's path.
fn logged() -> (Sandbox, String, String) {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.at("2026-11-23T00:10:00-05:00").run(&["log", &id, "Restarted the auth database."]).success();
    let path = sandbox.document_of(&id);
    (sandbox, id, path)
}

#[test]
fn text_time_and_void_are_lines_of_their_own() {
    let (sandbox, id, path) = logged();
    let before = sandbox.read(&path);
    sandbox.run(&["correct", &id, "00:10", "Restarted the auth cache."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:11 EST: **Correction.** 2026-11-23 00:10 EST "Restarted the auth database.": Restarted the auth cache. — Grace Hopper
  was: - 00:10 EST: Restarted the auth database. — Grace Hopper

"#]]);
    sandbox.git(&["log", "-1", "--format=%B"]).shows(str![[r#"
INC-AAAAA correct: 2026-11-23 00:10 EST "Restarted the auth database.":…

    2026-11-23 00:10 EST "Restarted the auth database.": Restarted the auth cache.

Incident: INC-AAAAA
Event: correct
Occurred-At: 2026-11-23T00:11:00-05:00
Entry: [hash]
Clock: supplied


"#]]);
    sandbox.run(&["correct", &id, "2026-11-23", "00:10", "--time", "00:08"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:12 EST: **Correction.** 2026-11-23 00:10 EST "Restarted the auth database.": happened at 2026-11-23 00:08 EST. — Grace Hopper
  was: - 00:10 EST: Restarted the auth database. — Grace Hopper

"#]]);
    sandbox.run(&["correct", &id, "2026-11-23 00:10", "--void", "That was another system"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:13 EST: **Void.** 2026-11-23 00:10 EST "Restarted the auth database.": That was another system. — Grace Hopper
  was: - 00:10 EST: Restarted the auth database. — Grace Hopper

"#]]);
    let after = sandbox.read(&path);
    let entries = |text: &str| text.lines().filter(|line| line.starts_with("- ")).map(str::to_owned).collect::<Vec<_>>();
    assert!(entries(&after).starts_with(&entries(&before)), "{after}");
    sandbox.run(&["correct", &id, "00:10", "once more"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: 2026-11-23 00:10 EST "Restarted the auth database." is void already: it counts for nothing
hint: qpp-incident log INC-AAAAA "…" records what did happen
--- exit status 1

"#]]);
}

#[test]
fn a_corrected_time_moves_the_instant_of_its_event() {
    let (sandbox, id, path) = logged();
    sandbox.run(&["set", &id, "acknowledged_at=23:59"]).status_is(1).shows(str![[r#"
--- stderr
error: `acknowledged_at` of INC-AAAAA is moved by an event, not set by hand
hint: qpp-incident correct INC-AAAAA '2026-11-23 00:00' --time 23:59
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "00:00", "--time", "23:59"]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:12 EST: **Correction.** 2026-11-23 00:00 EST "Acknowledged": happened at 2026-11-22 23:59 EST. — Grace Hopper
  - 00:12 EST: **Fact.** acknowledged_at: 2026-11-23 00:00 EST → 2026-11-22 23:59 EST. The time of its entry is corrected. — Grace Hopper
  was: - 00:00 EST: **Acknowledged.** — Grace Hopper
--- stderr
`23:59` is 2026-11-22 23:59 EST

"#]]);
    assert!(sandbox.read(&path).contains("acknowledged_at: 2026-11-22T23:59:00-05:00\n"));
    sandbox.run(&["correct", &id, "00:00", "--time", "23:58:20"]).status_is(1).shows(str![[r#"
--- stderr
`23:58:20` is 2026-11-22 23:58 EST
error: INC-AAAAA cannot be acknowledged at 2026-11-22 23:58 EST: it was reported at 2026-11-22 23:59 EST
hint: give the time with --at, or mend the earlier one: qpp-incident correct ENTRY --time TIME
--- exit status 1

"#]]);
}

#[test]
fn what_cannot_be_corrected_is_told_with_what_fits() {
    let (sandbox, id, _) = logged();
    let before = sandbox.git(&["rev-parse", "HEAD"]).stdout;
    sandbox.run(&["correct", &id]).status_is(2).shows(str![[r#"
--- stderr
error: no timeline entry is named
hint: name it by its time: last, 00:10, "2026-11-23 00:10", or 00:10.2 for the second of that minute
--- exit status 2

"#]]);
    sandbox.run(&["correct", &id, "00:11", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: no timeline entry stands at 00:11; the nearest is 2026-11-23 00:10 EST "Restarted the auth database."
hint: qpp-incident timeline INC-AAAAA lists the entries
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "yesterday", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: `yesterday` names no entry: say `last`, `00:10`, `2026-11-23 00:10` or `00:10.2`
hint: qpp-incident timeline INC-AAAAA lists the entries
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "00:10"]).status_is(2).shows(str![[r#"
--- stderr
error: there is nothing to record: the text is empty
hint: say it in words, or pipe it in: What is right?
--- exit status 2

"#]]);
    sandbox.run(&["correct", &id, "00:10", "Restarted the auth database."]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: 2026-11-23 00:10 EST "Restarted the auth database." says that already
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "00:10", "x", "--void", "y"]).status_is(2).shows(str![[r#"
--- stderr
error: `x` is one text too many: give the right text, --time or --void, one of them
hint: two corrections are two commands
--- exit status 2

"#]]);
    sandbox.run(&["correct", &id, "00:10", "--time", "2027-01-01 10:00"]).status_is(1).shows(str![[r#"
--- stderr
error: 2027-01-01 10:00 EST is in the future: it is 2026-11-23 00:17 EST now
hint: no later than "2026-11-23 00:17 EST"; if that is wrong, this machine's clock is
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "00:00", "--void", "wrong"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: 2026-11-23 00:00 EST "Acknowledged" cannot be void: the status rests on it
hint: qpp-incident correct INC-AAAAA '2026-11-23 00:00' --time TIME
--- exit status 1

"#]]);
    assert_eq!(sandbox.git(&["rev-parse", "HEAD"]).stdout, before);
    sandbox.run(&["correct", &id, "00:10", "x"]).success();
    sandbox.run(&["correct", &id, "last", "y"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: 2026-11-23 00:19 EST "2026-11-23 00:10 EST 'Restarted the aut…" is of kind Correction, which is not corrected itself
hint: correct the entry that it names: the last correction holds
--- exit status 1

"#]]);
}

#[test]
fn two_entries_of_a_minute_are_told_apart() {
    let (sandbox, id, _) = logged();
    sandbox.run(&["log", &id, "Looked at Splunk.", "--at", "00:10"]).success();
    sandbox.run(&["correct", &id, "00:10", "x"]).status_is(1).shows(str![[r#"
--- stderr
error: INC-AAAAA: 00:10 names 2 entries: `2026-11-23 00:10.1` (Restarted the auth database.), `2026-11-23 00:10.2` (Looked at Splunk.)
hint: qpp-incident timeline INC-AAAAA lists the entries
--- exit status 1

"#]]);
    sandbox.run(&["correct", &id, "00:10.2", "Looked at New Relic."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:13 EST: **Correction.** 2026-11-23 00:10 EST "Looked at Splunk.": Looked at New Relic. — Grace Hopper
  was: - 00:10 EST: Looked at Splunk. — Grace Hopper

"#]]);
}

#[test]
fn json_gives_the_old_entry_too() {
    let (sandbox, id, _) = logged();
    let json = sandbox.run(&["--json", "correct", &id, "last", "--void", "other system"]).success().json();
    assert_eq!(json["event"], "correct");
    assert_eq!(json["corrected"]["text"], "Restarted the auth database.");
    assert_eq!(json["entries"][0]["kind"], "Void");
}

#[test]
fn the_last_is_what_was_recorded_last_even_if_it_stands_further_up() {
    let (sandbox, id) = Sandbox::acknowledged();
    sandbox.step(5);
    sandbox.run(&["log", &id, "--at", "23:50", "Errors in Splunk."]).success();
    sandbox.run(&["log", &id, "--at", "23:40", "Deployed 4.2.1."]).success();
    sandbox.run(&["correct", &id, "last", "Deployed 4.2.0."]).success().shows(str![[r#"
INC-AAAAA Many errors on Auth service (acknowledged)
  - 00:01 EST: **Correction.** 2026-11-22 23:40 EST "Deployed 4.2.1.": Deployed 4.2.0. — Grace Hopper
  was: - 23:40 EST: Deployed 4.2.1. (logged 2026-11-23 00:01) — Grace Hopper

"#]]);
}
