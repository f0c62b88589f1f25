//! When a report is to be continued, and what that adds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::document::report_header::ReportHeader;

const REPORT: &str = "---\nincident: INC-K7QFM\nstatus: done\ndone_at: 2026-11-23T04:00:00-05:00\n---\n# T\n\n## Summary\n\nx\n\n## Timeline\n\n### 2026-11-23\n\n\
                      - 01:00 EST: **Closed.** Resolved. — Ada Byron\n- 01:00 EST: **Incident end.**\n\n## The response\n\ny\n";
const WRITTEN: &str = "- 03:00 EST: Wrote the postmortem draft: [postmortem.md](postmortem.md) — Ada Byron\n";
const REOPENED_AGAIN: &str = "- 05:00 EST: **Reopened.** Back. — Ada Byron\n- 06:00 EST: **Closed.** Resolved. — Ada Byron\n";

fn folder(entries: &str, postmortem: Option<&str>) -> Folder {
    let text = format!(
        "---\nid: INC-K7QFM\ntitle: x\nstatus: closed\noutage_ended_at: 2026-11-23T05:50:00-05:00\nclosed_at: 2026-11-23T06:00:00-05:00\n---\n# x\n\n**Status:** x\n**Authors:** Ada Byron\n\n\
         ## Timeline\n\n### 2026-11-23\n\n- 01:00 EST: **Closed.** Resolved. — Ada Byron\n{entries}"
    );
    let incident = IncidentDocument::parse(&text).unwrap();
    Folder { path: "p".to_owned(), incident, postmortem: postmortem.map(str::to_owned), rca: postmortem.map(str::to_owned) }
}

#[test]
fn it_is_due_when_a_reopening_was_written_after_the_report() {
    for (entries, due) in [
        (format!("{WRITTEN}{REOPENED_AGAIN}"), true),
        (WRITTEN.to_owned(), false),
        (REOPENED_AGAIN.to_owned(), true),
        (format!("- 02:00 EST: **Reopened.** Back. — Ada Byron\n{WRITTEN}"), false),
        (format!("- 02:00 EST: **Reopened.** Back. (logged 05:00) — Ada Byron\n{WRITTEN}"), true),
        (
            format!("{WRITTEN}{REOPENED_AGAIN}- 07:00 EST: Continued the postmortem draft: [postmortem.md](postmortem.md) — Ada Byron\n"),
            false,
        ),
        (format!("{WRITTEN}{REOPENED_AGAIN}- 07:00 EST: **Void.** 2026-11-23 05:00 EST \"Back.\": no — Ada Byron\n"), false),
    ] {
        assert_eq!(is_due(Report::Postmortem, &folder(&entries, Some(REPORT))), due, "{entries}");
    }
}

#[test]
fn what_happened_since_is_added_once_and_nothing_else_changes() {
    let folder = folder(&format!("{WRITTEN}{REOPENED_AGAIN}"), Some(REPORT));
    let text = continued(Report::Postmortem, &folder).unwrap().unwrap();
    let prompt = "<!-- Reopened 2026-11-23 05:00 EST, closed again 2026-11-23 06:00 EST. Bring every part up to date, and say when the outage started again. -->\n\n";
    let new = "- 05:00 EST: **Reopened.** Back. — Ada Byron\n- 05:00 EST: **Incident start.** Reopened.\n- 05:50 EST: **Outage end.**\n\
               - 06:00 EST: **Closed.** Resolved. — Ada Byron\n- 06:00 EST: **Incident end.**\n";
    let wanted = REPORT
        .replace("status: done\ndone_at: 2026-11-23T04:00:00-05:00\n", "status: draft\n")
        .replace("## Summary", &format!("{prompt}## Summary"))
        .replace("end.**\n\n", &format!("end.**\n{new}\n"));
    assert_eq!(text, wanted);
    assert!(!is_due(Report::Postmortem, &Folder { postmortem: Some(text), ..folder }));
}

#[test]
fn a_report_without_a_timeline_gets_one_and_the_rca_gets_times() {
    let bare = "---\nincident: INC-K7QFM\nstatus: draft\n---\n# T";
    let folder = folder(&format!("{WRITTEN}{REOPENED_AGAIN}"), Some(bare));
    let text = continued(Report::Postmortem, &folder).unwrap().unwrap();
    assert!(
        text.contains("## Timeline (all times America/New_York)\n\n### 2026-11-23\n\n- 05:00 EST: **Reopened.** Back. — Ada Byron\n"),
        "{text}"
    );
    let folder = Folder { rca: Some(REPORT.replace('\n', "\r\n")), ..folder };
    let text = continued(Report::Rca, &folder).unwrap().unwrap();
    assert!(
        text.ends_with("## The response\r\n\r\ny\r\n\r\n- Reopened: 2026-11-23 05:00 EST\r\n- Incident end: 2026-11-23 06:00 EST\r\n"),
        "{text:?}"
    );
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(!ReportHeader::of_document(&text).unwrap().is_done());
}
