//! What two clones do to one incident, and what stands afterwards.
//! TESTS ONLY.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod cycles;

use super::*;
use crate::document::config::Config;
use crate::document::edit::{apply, insert_entry};
use crate::document::teams::{TEAMS_TEMPLATE, Teams};
use crate::domain::change::Change;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, CloseReason, Event};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::status::Status;

const BASE: &str = "---\nid: INC-K7QFM\ntitle: Errors\nstatus: acknowledged\nseverity: SEV-3\nresponders:\n  - Grace Hopper <g@example.org>\nopened_at: 2026-11-22T23:58:00-05:00\nacknowledged_at: 2026-11-23T00:04:00-05:00\n---\n# Errors (incident #INC-K7QFM)\n\n**Status:** acknowledged · **Severity:** SEV-3 · **Next update by:** 02:04 EST\n**Incident Commander:** none yet\n**Date:** 2026-11-22 · **Authors:** Jeff Lee, Grace Hopper\n\n## Summary\n\nLogins fail.\n\n## Timeline (all times America/New_York)\n\n### 2026-11-22\n\n- 23:58 EST: **Opened.** Errors. — Jeff Lee\n\n### 2026-11-23\n\n- 00:04 EST: **Acknowledged.** — Grace Hopper\n\n## Action Items\n\n| Action item | Type | Owner | Issue |\n|---|---|---|---|\n| A9D Add an alert | detect | | |\n";

fn both_ways(path: &str, base: Option<&str>, ours: &str, theirs: &str) -> String {
    let merged = merge_file(path, base, ours, theirs).unwrap_or_else(|obstacle| panic!("{obstacle}"));
    assert_eq!(merge_file(path, base, theirs, ours).unwrap(), merged, "either way");
    assert_eq!(merge_file(path, base, &merged, ours).unwrap(), merged, "with a side again");
    assert_eq!(merge_file(path, base, theirs, &merged).unwrap(), merged, "with the other side again");
    merged
}

fn merged(ours: &str, theirs: &str) -> String {
    both_ways("incidents/2026-11/22-k7qfm-errors/incident.md", Some(BASE), ours, theirs)
}

fn event(minute: &str, name: &str, action: Action) -> Event {
    let at = format!("2026-11-23T{minute}-05:00").parse().unwrap();
    Event { occurred_at: at, recorded_at: at, by: Person::new(name, Some("x@example.org")), recorded_by: None, evidence: vec![], action }
}

fn after(text: &str, events: &[Event]) -> String {
    events.iter().fold(text.to_owned(), |text, event| apply(&IncidentDocument::parse(&text).unwrap(), std::slice::from_ref(event)).unwrap())
}

fn resolved(minute: &str, name: &str) -> Event {
    event(minute, name, Action::Resolved { text: format!("Fixed by {name}."), outage_ended_at: None })
}

fn closed(minute: &str, name: &str) -> Event {
    let action = Action::Closed { reason: CloseReason::Resolved, text: String::new(), silent: vec![], forced: None, instead_of: None };
    event(minute, name, action)
}

fn mitigated(minute: &str, name: &str, first: bool) -> Event {
    event(minute, name, Action::Mitigated { text: "Reverted.".to_owned(), restored: None, mitigation_type: None, first })
}

fn reopened(minute: &str, name: &str, cleared: &[Key]) -> Event {
    event(minute, name, Action::Reopened { reason: "Back.".to_owned(), cleared: cleared.to_vec() })
}

fn fact(minute: &str, name: &str, key: Key, value: &str) -> Event {
    let changes = vec![Change::Set(key, value.to_owned())];
    event(minute, name, Action::FactSet { key, old: None, new: Some(value.to_owned()), reason: None, changes })
}

fn answer(text: &str, minute: &str, kind: EntryKind) -> String {
    let mut entry = Entry::new(format!("2026-11-23T{minute}-05:00").parse().unwrap(), "Logins still fail.");
    (entry.kind, entry.reference, entry.by) = (Some(kind), "O3K".parse().ok(), Some("Alan Turing".to_owned()));
    insert_entry(text, &entry).unwrap()
}

fn merges(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.split_once("**Merge.** ")).map(|(_, text)| text).collect()
}

#[test]
fn a_merge_that_an_objection_decided_is_not_decided_again() {
    let mitigated = event(
        "00:13:00",
        "Ada Byron",
        Action::Mitigated { text: "Reverted.".to_owned(), restored: Some(0), mitigation_type: None, first: true },
    );
    let ours = after(BASE, &[resolved("00:12:00", "Grace Hopper"), closed("00:12:00", "Grace Hopper")]);
    let theirs = after(&answer(BASE, "00:12:00", EntryKind::Objection), &[mitigated]);
    let result = merged(&ours, &theirs);
    let said = ["status: resolved stands (objection O3K of Alan Turing), not closed (Grace Hopper). \u{2014} qpp-incident"];
    assert_eq!(merges(&result), said, "{result}");
    // Which side is which, or comes first by its bytes, decides nothing.
    for by in 1..8 {
        let other = merged(&reordered(&ours, by), &theirs);
        assert_eq!(merges(&other), said, "{other}");
    }
}

#[test]
fn who_hands_over_is_not_who_takes_over() {
    let to = |minute: &str, from: &str, to: &str| {
        let (from, to) = (Person::new(from, Some("x@example.org")), Person::new(to, Some("x@example.org")));
        event(
            minute,
            "Grace Hopper",
            Action::HandedOff { from, to, brief: "Ask Ada Byron <x@example.org>.".to_owned(), unreachable: false },
        )
    };
    let base =
        after(BASE, &[event("00:05:00", "Ada Byron", Action::CommanderAssigned { who: Person::new("Sam Reyes", Some("x@example.org")) })]);
    let pat = after(&base, &[to("00:15:00", "Sam Reyes", "Pat Lee")]);
    let back = after(&base, &[to("00:14:00", "Sam Reyes", "Ada Byron"), to("00:16:00", "Ada Byron", "Sam Reyes")]);
    let ada = after(&base, &[to("00:12:00", "Sam Reyes", "Ada Byron")]);
    let path = "incidents/2026-11/22-k7qfm-errors/incident.md";
    let merge = |ours: &str, theirs: &str| both_ways(path, Some(&base), ours, theirs);
    let (left, right) = (merge(&merge(&pat, &back), &ada), merge(&pat, &merge(&back, &ada)));
    for result in [left, right] {
        assert!(result.contains("\ncommander: Pat Lee <x@example.org>\n"), "{result}");
    }
}

#[test]
fn a_heading_between_title_and_head_block_leaves_nothing_to_the_short_way() {
    let base = BASE.replace("\n\n**Status:**", "\n\n# Typed by somebody\n**Status:**");
    let logged = |minute: &str, name: &str| after(&base, &[event(minute, name, Action::Logged { kind: None, text: "Looked.".to_owned() })]);
    let (ours, theirs) = (logged("00:20:00", "Grace Hopper"), logged("00:21:00", "Ada Byron"));
    let path = "incidents/2026-11/22-k7qfm-errors/incident.md";
    assert_eq!(merge_file(path, Some(&base), &ours, &theirs).unwrap(), merge_in_full(path, Some(&base), &ours, &theirs).unwrap());
}

/// The keys of the front matter in another order.
fn reordered(text: &str, by: usize) -> String {
    let (yaml, body) = text.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
    let mut keys: Vec<String> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match keys.last_mut().filter(|_| line.starts_with(' ')) {
            Some(key) => key.push_str(line),
            None => keys.push(line.to_owned()),
        }
    }
    let count = keys.len();
    keys.rotate_left(by % count);
    format!("---\n{}---\n{body}", keys.concat())
}

#[test]
fn of_two_commanders_the_later_stands_and_the_merge_says_so() {
    let of = |name: &str| Action::CommanderAssigned { who: Person::new(name, Some("x@example.org")) };
    let ours = after(BASE, &[event("00:10:00", "Grace Hopper", of("Ada Byron"))]);
    let theirs = after(BASE, &[event("00:12:00", "Jeff Lee", of("Sam Reyes"))]);
    let text = merged(&ours, &theirs);
    let document = IncidentDocument::parse(&text).unwrap();
    assert_eq!(document.commander().unwrap().name, "Sam Reyes");
    let said = "commander: Sam Reyes <x@example.org> stands (Jeff Lee), not Ada Byron <x@example.org> (Grace Hopper). — qpp-incident";
    assert_eq!(merges(&text), [said]);
    assert!(text.contains("**Authors:** Jeff Lee, Grace Hopper\n"), "the program is nobody's author:\n{text}");
    assert_eq!(document.entries().last().unwrap().by.as_deref(), Some("qpp-incident"));
}

#[test]
fn an_objection_wins_over_a_close_that_did_not_know_of_it() {
    let base = after(BASE, &[resolved("00:30:00", "Grace Hopper")]);
    let ours = after(&base, &[closed("00:50:10", "Sam Reyes")]);
    let theirs = answer(&base, "00:49:00", EntryKind::Objection);
    let text = both_ways("x/incident.md", Some(&base), &ours, &theirs);
    let document = IncidentDocument::parse(&text).unwrap();
    assert_eq!((document.status(), document.header().instant(Key::ClosedAt)), (Status::Resolved, None));
    assert_eq!(document.header().text(Key::CloseReason), None);
    assert_eq!(merges(&text), ["status: resolved stands (objection O3K of Alan Turing), not closed (Sam Reyes). — qpp-incident"]);
    // A withdrawal later on closes nothing by itself; a new close does.
    let withdrawn = answer(&text, "01:00:00", EntryKind::Withdrawn);
    let elsewhere = after(&text, &[event("01:01:00", "Jeff Lee", Action::Updated { text: "News.".to_owned() })]);
    let later = both_ways("x/incident.md", Some(&text), &withdrawn, &elsewhere);
    assert_eq!(IncidentDocument::parse(&later).unwrap().status(), Status::Resolved);
    let again = after(&withdrawn, &[closed("01:10:00", "Sam Reyes")]);
    assert_eq!(IncidentDocument::parse(&both_ways("x/incident.md", Some(&text), &again, &elsewhere)).unwrap().status(), Status::Closed);
}

#[test]
fn the_worse_severity_and_the_earlier_acknowledgement_stand() {
    let ours = after(BASE, &[fact("00:20:00", "Ada Byron", Key::Severity, "SEV-1")]);
    let theirs = after(BASE, &[fact("00:25:00", "Jeff Lee", Key::Severity, "SEV-4")]);
    let text = merged(&ours, &theirs);
    assert!(text.contains("severity: SEV-1\n"));
    assert_eq!(merges(&text), ["severity: SEV-1 stands (Ada Byron), not SEV-4 (Jeff Lee). — qpp-incident"]);
    assert!(text.contains("- 00:25 EST: **Merge.**"), "at the time of the later change:\n{text}");

    let open = BASE.replace("status: acknowledged", "status: open").replace("acknowledged_at: 2026-11-23T00:04:00-05:00\n", "");
    let open = open.replace("- 00:04 EST: **Acknowledged.** — Grace Hopper\n\n", "");
    let ack = |minute: &str, name: &str| after(&open, &[event(minute, name, Action::Acknowledged)]);
    let text = both_ways("x/incident.md", Some(&open), &ack("00:14:50", "Ada Byron"), &ack("00:15:20", "Sam Reyes"));
    assert!(text.contains("acknowledged_at: 2026-11-23T00:14:50-05:00\n"));
    assert!(text.contains("  - Ada Byron <x@example.org>\n  - Sam Reyes <x@example.org>\n"), "{text}");
    let said = "acknowledged_at: 2026-11-23 00:14:50 EST stands (Ada Byron), not 2026-11-23 00:15:20 EST (Sam Reyes). — qpp-incident";
    assert_eq!(merges(&text), [said]);
}

#[test]
fn of_two_resolutions_the_first_stands() {
    let text = merged(&after(BASE, &[resolved("00:30:00", "Ada Byron")]), &after(BASE, &[resolved("00:40:00", "Jeff Lee")]));
    assert!(text.contains("status: resolved\n") && text.contains("resolved_at: 2026-11-23T00:30:00-05:00\n"));
    assert_eq!(
        merges(&text),
        ["resolved_at: 2026-11-23 00:30 EST stands (Ada Byron), not 2026-11-23 00:40 EST (Jeff Lee). — qpp-incident"]
    );
}

#[test]
fn one_paragraph_changed_twice_is_two_versions_and_a_chosen_one_stays_chosen() {
    let change = |to: &str| BASE.replace("Logins fail.", to);
    let text = merged(&change("Logins fail since 23:50."), &change("All logins fail."));
    let versions = "## Summary\n\n<!-- versions: keep one -->\nAll logins fail.\n\n<!-- or -->\nLogins fail since 23:50.\n\n<!-- end of versions -->\n\n## Timeline";
    assert!(text.contains(versions), "{text}");
    let chosen = text.replace(versions, "## Summary\n\nAll logins fail.\n\n## Timeline");
    let third = both_ways("x/incident.md", Some(BASE), &text, &change("No login works."));
    assert!(third.contains("All logins fail.\n\n<!-- or -->\nLogins fail since 23:50.\n\n<!-- or -->\nNo login works.\n"), "{third}");
    let elsewhere = text.replace("A9D Add an alert", "A9D Add two alerts");
    let settled = both_ways("x/incident.md", Some(&text), &chosen, &elsewhere);
    assert!(settled.contains("\n\nAll logins fail.\n\n## Timeline") && settled.contains("two alerts"));
}

#[test]
fn a_redacted_entry_stays_redacted_and_a_removed_one_comes_back() {
    let log = |text: &str| Action::Logged { kind: None, text: text.to_owned() };
    let base =
        after(BASE, &[event("00:20:00", "Ada Byron", log("The token is hunter2.")), event("00:21:00", "Ada Byron", log("Restarted."))]);
    let ours = base.replace("The token is hunter2.", "[redacted 2026-11-23: a token]").replace("- 00:21 EST: Restarted. — Ada Byron\n", "");
    let theirs = after(&base, &[event("00:22:00", "Jeff Lee", log("More."))]);
    let text = both_ways("x/incident.md", Some(&base), &ours, &theirs);
    assert!(!text.contains("hunter2") && text.contains("- 00:20 EST: [redacted 2026-11-23: a token] — Ada Byron\n"));
    assert!(text.contains("- 00:21 EST: Restarted. — Ada Byron\n- 00:22 EST: More. — Jeff Lee\n"));
}

#[test]
fn line_ends_comments_and_a_deleted_section() {
    let ours = BASE.replace("severity: SEV-3", "severity: SEV-3 # by the wiki").replace('\n', "\r\n");
    let theirs = after(BASE, &[fact("00:20:00", "Ada Byron", Key::Severity, "SEV-2")]).replace("## Summary\n\nLogins fail.\n\n", "");
    let text = merged(&ours, &theirs);
    assert!(text.matches('\n').count() == text.matches("\r\n").count(), "{text:?}");
    assert!(text.contains("# by the wiki\r\nseverity: SEV-2\r\n") && !text.contains("## Summary"), "{text}");
}

#[test]
fn what_is_typed_into_the_head_block_is_kept() {
    for (from, to) in [
        ("Jeff Lee, Grace Hopper\n", "Jeff Lee, Grace Hopper\nTyped below.\n"),
        ("**Incident Commander:**", "Typed between.\n**Incident Commander:**"),
        ("**Status:**", "Typed above.\n**Status:**"),
    ] {
        let typed = to.lines().find(|line| line.starts_with("Typed ")).unwrap();
        let ours = BASE.replacen(from, to, 1);
        let logged = after(&ours, &[fact("00:20:00", "Ada Byron", Key::Severity, "SEV-2")]);
        assert!(logged.contains(typed) && logged.matches("**Date:**").count() == 1, "a command keeps it:\n{logged}");
        let text = merged(&ours, &BASE.replace("Logins fail.", "All logins fail."));
        assert!(text.contains(typed) && text.matches("**Date:**").count() == 1, "{text}");
    }
}

#[test]
fn lines_behind_an_entry_stay_apart_from_it() {
    let base = format!("{}\nNobody knows why.\n", BASE.split("\n## Action").next().unwrap());
    let entry = "- 00:04 EST: **Acknowledged.** — Grace Hopper\n";
    let ours = base.replace(entry, &format!("{entry}```\ncode\n```\n"));
    let theirs = base.replace("Nobody knows", "Nobody yet knows");
    let text = both_ways("x/incident.md", Some(&base), &ours, &theirs);
    assert!(text.contains("```\ncode\n```\n") && text.contains("\n\nNobody yet knows why.\n"), "{text}");
}

#[test]
fn a_renamed_section_is_not_doubled_and_two_titles_are_both_kept() {
    let base = BASE.replace("## Timeline", "## Impact\n\n- logins\n\n### Extent\n\nAll.\n\n## Timeline");
    let ours = base.replace("## Impact", "## What it did");
    let theirs = base.replace("All.\n", "All.\n\nAnd more.\n");
    let text = both_ways("x/incident.md", Some(&base), &ours, &theirs);
    assert!(text.matches("- logins").count() == 1 && text.contains("And more."), "{text}");
    let title = |to: &str| BASE.replace("# Errors (incident #INC-K7QFM)", to);
    let text = merged(&title("# Errors of one"), &title("# Errors of two"));
    assert!(text.contains("# Errors of one\n\n<!-- merged, the other side had: # Errors of two -->\n"), "{text}");
}

#[test]
fn a_comment_on_an_item_of_a_list_that_both_changed_is_kept() {
    let item = "  - Grace Hopper <g@example.org>\n";
    let ours = BASE.replace(item, "  - Grace Hopper <g@example.org> # on leave\n");
    let text = merged(&ours, &BASE.replace(item, &format!("{item}  - Ada Byron <a@example.org>\n")));
    assert!(text.contains("# on leave\n  - Ada Byron"), "{text}");
    let text = merged(&ours, &BASE.replace(item, "  - Ada Byron <a@example.org>\n"));
    assert!(text.contains("# on leave\nresponders:\n  - Ada Byron <a@example.org>\nopened_at"), "of an item that goes: {text}");
}

#[test]
fn two_incidents_and_a_broken_side_are_named() {
    let other = BASE.replace("**Opened.** Errors.", "**Opened.** Another.");
    let obstacle = merge_file("a/incident.md", None, BASE, &other).unwrap_err();
    assert_eq!(obstacle.to_string(), "a/incident.md is two different incidents, which two clones gave the same id INC-K7QFM");
    let broken = BASE.replace("status: acknowledged", "status: acknowledged\nstatus: open");
    let said = merge_file("a/incident.md", Some("---\n"), BASE, &broken).unwrap_err().to_string();
    assert!(said.starts_with("a/incident.md:5:1: "), "{said}");
    let log = |text: &str| Action::Logged { kind: None, text: text.to_owned() };
    let without_base = both_ways("a/incident.md", None, &after(BASE, &[event("00:20:00", "Ada Byron", log("x"))]), BASE);
    assert!(without_base.contains("- 00:20 EST: x — Ada Byron\n"));
}

#[test]
fn teams_and_settings_merge_by_key() {
    let teams = |from: &str, to: &str| TEAMS_TEMPLATE.replacen(from, to, 1);
    let ours = teams("    phone:\n", "    phone: 555-0100\n");
    let theirs = teams("contractor: Nava", "contractor: Nava PBC");
    let text = both_ways("incidents/teams.yaml", Some(TEAMS_TEMPLATE), &ours, &theirs);
    let read = Teams::parse(&text).unwrap();
    assert_eq!(
        (read.find("QPP-FE").unwrap().phone.as_deref(), read.find("QPP-A").unwrap().contractor.as_deref()),
        (Some("555-0100"), Some("Nava PBC"))
    );
    let text = both_ways("incidents/teams.yaml", Some(TEAMS_TEMPLATE), &ours, &teams("    phone:\n", "    phone: 555-0199\n"));
    assert!(text.contains("    # merged, the other side had phone: \"555-0100\"\n    phone: 555-0199\n"), "{text}");
    assert_eq!(Teams::parse(&text).unwrap().teams.len(), 8);

    let base = "# mine\nclocks:\n  acknowledge: 15m\n  inquiry: 15m\npeople: [A <a@x.org>]\n";
    let ours = base.replace("acknowledge: 15m", "acknowledge: 10m").replace("A <a@x.org>", "A <a@x.org>, B <b@x.org>");
    let theirs = base.replace("inquiry: 15m", "inquiry: 30m # slow").replace("A <a@x.org>", "A <a@x.org>, C <c@x.org>");
    let text = both_ways("incidents/config.yaml", Some(base), &ours, &theirs);
    assert_eq!(text, "# mine\nclocks:\n  acknowledge: 10m\n  inquiry: 30m # slow\npeople: [A <a@x.org>, B <b@x.org>, C <c@x.org>]\n");
    Config::parse(&text).unwrap();
}

#[test]
fn a_report_merges_its_keys_its_prose_and_its_timeline() {
    let base = "---\nincident: INC-K7QFM\nauthors:\n  - Ada Byron\nstatus: draft\n---\n# Errors\n\n## Summary\n\nOne.\n\n## Timeline (all times America/New_York)\n\n### 2026-11-23\n\n- 00:04 EST: **Acknowledged.** — Ada Byron\n";
    let ours = base.replace("- Ada Byron\nstatus", "- Ada Byron\n  - Pat Lee\nstatus").replace("One.\n", "One.\n\nTwo.\n");
    let theirs = format!("{}- 00:09 EST: Looked. — Pat Lee\n", base.replace("status: draft", "status: done"));
    let text = both_ways("x/postmortem.md", Some(base), &ours, &theirs);
    let wanted = ours.replace("status: draft", "status: done") + "- 00:09 EST: Looked. — Pat Lee\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_line_that_one_side_typed_and_the_other_left_without_its_heading_is_for_a_person_to_count() {
    let base = BASE.replace("## Timeline", "## Impact\n\nNobody can log in.\n\n## Timeline");
    let ours = base.replace("Logins fail.\n", "Logins fail.\n\nNobody can log in.\n");
    let theirs = base.replace("## Impact\n\n", "");
    for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
        let said = merge_file("a/incident.md", Some(&base), one, other).unwrap_err().to_string();
        assert!(said.contains("a merge would lose a line: Nobody can log in."), "{said}");
    }
}
