//! What is gathered for the clocks, from documents as the commands write them and as people edit them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::domain::clock::ClockState;

const NOW: &str = "2026-11-23T03:00:00-05:00";

fn document(header: &str, entries: &str) -> IncidentDocument {
    let text = format!(
        "---\nid: INC-K7QFM\ntitle: x\n{header}---\n# x\n\n**Status:** x\n**Authors:** Ada Byron, Grace Hopper\n\n## Timeline\n\n### 2026-11-23\n\n{entries}"
    );
    IncidentDocument::parse(&text).unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("2026-11-23T{text}-05:00").parse().unwrap()
}

fn facts(header: &str, entries: &str) -> ClockFacts {
    clock_facts(&document(header, entries), None, &Config::default(), NOW.parse().unwrap())
}

fn told(terms: &[(Timestamp, Person)]) -> Vec<String> {
    terms.iter().map(|(since, person)| format!("{since} {}", person.name)).collect()
}

#[test]
fn a_writing_is_when_it_was_logged_and_a_void_one_is_none() {
    let facts = facts(
        "status: open\n",
        "- 00:10 EST: a (logged 01:40)\n- 00:20 EST: b\n- 00:30 EST: c\n- 00:31 EST: **Void.** 2026-11-23 00:30 EST \"c\": wrong.\n",
    );
    assert_eq!(facts.writings, [at("00:20:00"), at("00:31:00"), at("01:40:00")]);
}

#[test]
fn where_config_says_so_only_status_updates_keep_the_document_alive() {
    let config = Config::parse(
        "clocks:\n  document: status-update\n  document_interval: 1h\n  hours_in_role: 5\nholidays:\n  extra: [2026-12-24]\n",
    );
    let document = document("status: open\n", "- 00:10 EST: **Opened.** x\n- 00:20 EST: b\n- 00:30 EST: **Update.** c\n");
    let facts = clock_facts(&document, None, &config.unwrap(), NOW.parse().unwrap());
    assert_eq!(facts.writings, [at("00:10:00"), at("00:30:00")]);
    assert_eq!((facts.document_seconds, facts.role_seconds, facts.days_off.extra.len()), (3600, 5 * 3600, 1));
}

#[test]
fn the_commanders_terms_are_read_from_the_sentences() {
    let entries = concat!(
        "- 00:10 EST: **Commander.** Ada to Be <ada@example.org>\n",
        "- 01:10 EST: **Handoff.** Ada to Be <ada@example.org> (not reachable) to Sam Reyes <sam@example.org>. Brief: Ask Pat to call. Brief: x.\n",
        "- 02:10 EST: **Handoff.** Sam to Pat Lee <pat@example.org>\n",
    );
    let facts = facts("status: acknowledged\ncommander: Pat Lee <pat@example.org>\n", entries);
    assert_eq!(
        told(&facts.commanders),
        ["2026-11-23T05:10:00Z Ada to Be", "2026-11-23T06:10:00Z Sam Reyes", "2026-11-23T07:10:00Z Pat Lee"]
    );
}

#[test]
fn a_commander_whom_no_entry_names_counts_from_the_acknowledgement() {
    let header = "status: acknowledged\nacknowledged_at: 2026-11-23T00:04:30-05:00\ncommander: Pat Lee <pat@example.org>\n";
    assert_eq!(told(&facts(header, "").commanders), ["2026-11-23T05:04:30Z Pat Lee"]);
    let later = facts(header, "- 00:10 EST: **Commander.** Ada Byron <ada@example.org>\n");
    assert_eq!(told(&later.commanders), ["2026-11-23T05:10:00Z Ada Byron", "2026-11-23T05:10:00Z Pat Lee"]);
}

#[test]
fn responders_are_in_the_role_since_they_were_added() {
    let header = concat!(
        "status: acknowledged\nacknowledged_at: 2026-11-23T00:04:30-05:00\ncommander: Pat Lee <pat@example.org>\nresponders:\n",
        "  - Grace Hopper <grace@example.org>\n  - Sam Reyes <sam@example.org>\n  - Pat Lee <pat@example.org>\n  - By Hand <hand@example.org>\n",
    );
    let entries = concat!(
        "- 00:03 EST: **Paged.** Grace Hopper <grace@example.org>\n- 00:04 EST: **Acknowledged.** — Grace Hopper\n",
        "- 00:15 EST: **Responder.** Added Sam Reyes <sam@example.org>.\n- 00:20 EST: **Responder.** Removed Sam Reyes <sam@example.org>.\n",
        "- 00:30 EST: **Responder.** Added Sam Reyes <sam@example.org>.\n- 00:12 EST: **Paged.** Sam Reyes <sam@example.org>\n",
    );
    let facts = facts(header, entries);
    assert_eq!(
        told(&facts.responders),
        ["2026-11-23T05:04:00Z Grace Hopper", "2026-11-23T05:30:00Z Sam Reyes", "2026-11-23T05:04:30Z By Hand"]
    );
    assert_eq!(facts.alerted_at, [at("00:12:00"), at("00:15:00"), at("00:30:00")]);
}

#[test]
fn an_inquiry_is_met_by_its_first_answer() {
    let entries = "- 00:10 EST: **Inquiry Q7F.** x\n- 00:20 EST: **Answer Q7F.** y\n- 00:50 EST: **Answer Q7F.** z\n- 00:51 EST: **Approval asked P4X.** x\n";
    let facts = facts("status: open\n", entries);
    assert_eq!(facts.inquiries[0].answered_at, Some(at("00:20:00")));
    assert_eq!((facts.approvals[0].asked_at, facts.approvals[0].answered_at), (at("00:51:00"), None));
}

#[test]
fn an_rca_done_before_a_reopening_stays_met_for_that_close() {
    let entries = concat!(
        "- 00:10 EST: **Closed.** Resolved.\n- 00:20 EST: The RCA is done: [rca.md](rca.md)\n- 01:00 EST: **Reopened.** x\n",
        "- 02:00 EST: **Closed.** Resolved.\n",
    );
    let header = "status: closed\nclosed_at: 2026-11-23T02:00:10-05:00\n";
    let rca = "---\nincident: INC-K7QFM\nstatus: done\ndone_at: 2026-11-23T02:30:00-05:00\n---\n";
    let facts = |rca: Option<&str>| clock_facts(&document(header, entries), rca, &Config::default(), NOW.parse().unwrap());
    assert_eq!(facts(Some(rca)).rca_done_at, [at("00:20:00"), at("02:30:00")]);
    assert_eq!(facts(Some("---\nincident: INC-K7QFM\nstatus: draft\n---\n")).rca_done_at, [at("00:20:00")]);
    assert_eq!(clocks(&facts(None)).rca.state, ClockState::Running);
    assert_eq!(clocks(&facts(Some(rca))).rca.state, ClockState::Met);
}

#[test]
fn entries_count_from_their_printed_minute_and_the_repeated_hour_by_its_zone() {
    let folder = |day: &str, entries: &str| {
        let text = format!("---\nid: INC-K7QFM\ntitle: x\nstatus: open\n---\n# x\n\n## Timeline\n\n### {day}\n\n{entries}");
        IncidentDocument::parse(&text).unwrap()
    };
    let misses = |day: &str, entries: &str| {
        let facts = clock_facts(&folder(day, entries), None, &Config::default(), format!("{day}T12:00:00Z").parse().unwrap());
        let clocks = clocks(&facts);
        (clocks.document.misses.len(), clocks.inquiries.iter().map(|(_, clock)| clock.state).collect::<Vec<_>>())
    };
    // The entry was written at 00:00:01 at the earliest and 02:00:59 at the latest: by their minutes it is two hours.
    assert_eq!(misses("2026-11-23", "- 05:00 EST: a\n- 07:00 EST: b\n").0, 0);
    assert_eq!(misses("2026-11-23", "- 04:59 EST: a\n- 07:00 EST: b\n").0, 1);
    // 01:40 EDT to 01:55 EST is an hour and a quarter; 01:40 EDT to 02:41 EST two hours and a minute.
    assert_eq!(misses("2026-11-01", "- 01:40 EDT: **Inquiry Q7F.** x\n- 01:55 EDT: **Answer Q7F.** y\n").1, [ClockState::Met]);
    assert_eq!(misses("2026-11-01", "- 01:40 EDT: **Inquiry Q7F.** x\n- 01:55 EST: **Answer Q7F.** y\n").1, [ClockState::Late]);
    assert_eq!(misses("2026-11-01", "- 01:40 EDT: a\n- 02:40 EST: b\n- 04:00 EST: c\n- 06:00 EST: d\n").0, 0);
    assert_eq!(misses("2026-11-01", "- 01:40 EDT: a\n- 02:41 EST: b\n- 04:00 EST: c\n- 06:00 EST: d\n").0, 1);
    // 01:59 EST to 04:00 EDT is an hour and a minute.
    assert_eq!(misses("2026-03-08", "- 01:59 EST: a\n- 04:59 EDT: b\n- 06:30 EDT: c\n").0, 0);
    assert_eq!(misses("2026-03-08", "- 01:59 EST: a\n- 05:00 EDT: b\n- 06:30 EDT: c\n").0, 1);
}
