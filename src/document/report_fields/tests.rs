//! What is taken from the record where a part is empty.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;

fn folder(facts: &str, body: &str, entries: &str) -> Folder {
    let text = format!(
        "---\nid: INC-K7QFM\ntitle: A <b> & `c`\nstatus: closed\n{facts}---\n# x\n\n**Status:** x\n**Authors:** Ada Byron\n\n{body}## Timeline\n\n### 2026-11-23\n\n{entries}"
    );
    Folder { path: "p".to_owned(), incident: IncidentDocument::parse(&text).unwrap(), postmortem: None, rca: None }
}

#[test]
fn entries_stand_in_where_nothing_was_written_as_they_were_corrected() {
    let entries = "- 01:00 EST: **Mitigated.** One. [x.example](https://x.example/1) — Ada Byron\n  More.\n- 01:10 EST: **Mitigated.** Two. — Ada Byron\n\
                   - 01:20 EST: **Resolved.** Three. — Ada Byron\n\
                   - 01:30 EST: **Correction.** 2026-11-23 01:20 EST \"Three.\": Four. — Ada Byron\n\
                   - 01:31 EST: **Void.** 2026-11-23 01:10 EST \"Two.\": no. — Ada Byron\n\
                   - 01:40 EST: **Notification.** Told \\<b>all.\n";
    let postmortem = fields(Report::Postmortem, &folder("", "", entries));
    let wanted =
        "- 2026-11-23 01:00 EST: One. [x.example](https://x.example/1) — Ada Byron\n  More.\n- 2026-11-23 01:20 EST: Four. — Ada Byron\n\n";
    assert_eq!(postmortem.resolution, format!("{wanted}{FROM_RECORD}"));
    assert_eq!(postmortem.extent, format!("- 2026-11-23 01:40 EST: Told \\<b>all.\n\n{FROM_RECORD}"));
    assert_eq!(postmortem.title, "A \\<b> & `c`");
    let rca = fields(Report::Rca, &folder("", "", entries));
    assert_eq!(rca.resolution, format!("{}{FROM_RECORD}", wanted.replace(" — Ada Byron", "")));
    assert_eq!(rca.timeline, "");
    let written = fields(Report::Postmortem, &folder("", "## Resolution\n\nA new pool.\n\n", entries));
    assert_eq!(written.resolution, "A new pool.");
}

#[test]
fn facts_stand_in_for_impact_extent_and_detection() {
    let facts = "reporter: Jeff Lee <jeff@example.org>\nreported_via: pagerduty\nservices:\n  - Auth\n  - Pay\nprivacy: none\n\
                 outage_started_at: 2026-11-22T23:50:00-05:00\ndetected_at: 2026-11-22T23:40:00-05:00\nreported_at: 2026-11-23T00:20:00-05:00\n\
                 outage_ended_at: 2026-11-23T01:00:00-05:00\n";
    let filled = fields(Report::Postmortem, &folder(facts, "", ""));
    assert!(
        filled.impact.starts_with("- Services: Auth, Pay\n- Outage: 2026-11-22 23:50 EST to 2026-11-23 01:00 EST (1 h 10 min)\n\n<!--")
    );
    assert!(filled.extent.starts_with("- Privacy of end users: none\n\n<!--"));
    let detected = "- Detected: 2026-11-22 23:40 EST\n- Reported: 2026-11-23 00:20 EST, 30 min after the outage began, by Jeff Lee, through pagerduty\n\n<!--";
    assert!(filled.detection.starts_with(detected), "{}", filled.detection);
    assert!(fields(Report::Rca, &folder(facts, "", "")).detection.contains("began, through pagerduty\n"));
    let times: Vec<String> = filled.times.into_iter().map(|time| format!("{} {}", time.what, time.at)).collect();
    assert_eq!(times, ["Outage start 2026-11-22 23:50 EST", "Outage end 2026-11-23 01:00 EST"]);
}

#[test]
fn a_mark_that_nobody_can_place_is_asked_for_unless_it_stands() {
    let entries = "- 01:00 EST: **Outage end.** By phone.\n- 01:10 EST: Done.\n";
    let filled = fields(Report::Postmortem, &folder("acknowledged_at: 2026-11-23T01:05:00-05:00\n", "", entries));
    let prompt = |mark: &str| format!("<!-- Not known: {mark}. Mark it where it belongs: - HH:MM: **{mark}.** -->\n\n");
    let copied = entries.replace("- 01:10", "- 01:05 EST: **Incident start.**\n- 01:10");
    assert_eq!(filled.timeline, format!("{}{}### 2026-11-23\n\n{}", prompt("Outage start"), prompt("Incident end"), copied.trim_end()));
}
