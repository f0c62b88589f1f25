//! Words that are redacted go from the line, from what quotes it and from the reports; nothing else changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use super::*;

const TEXT: &str = "---
id: INC-K7QFM
title: Many errors
status: open
responders:
  - Grace Hopper <grace@example.org>
---
# Many errors (incident #INC-K7QFM)

## Timeline (all times America/New_York)

### 2026-11-23

- 00:10 EST: The password is hunter2 for the database.
  It is hunter2, really. [x](https://splunk.example.com/hunter2) (logged 00:31) — Grace Hopper

- 00:11 EST: Another line. — Grace Hopper
- 00:12 EST: **Void.** 2026-11-23 00:10 EST \"The password is hunter2 for the databas…\": wrong. — Grace Hopper
- 00:13 EST: **Fact.** impact: the password hunter2 was shown — Grace Hopper
- 00:14 EST: **Inquiry Q7F.** What does hunter2 mean? — Grace Hopper
- 00:15 EST: **Answer Q7F.** \"What does hunter2 mean?\": nothing. — Grace Hopper

## Summary
";

fn folder(text: &str, postmortem: Option<&str>) -> Folder {
    let mut files = BTreeMap::from([(INCIDENT_FILE.to_owned(), text.to_owned())]);
    files.extend(postmortem.map(|text| (POSTMORTEM_FILE.to_owned(), text.to_owned())));
    Folder::parse("incidents/x", &files).unwrap()
}

fn redacted(folder: &Folder, index: usize) -> Redaction {
    redact(folder, index, "2026-11-24".parse().unwrap(), "a [secret]").unwrap()
}

#[test]
fn the_line_loses_its_words_and_keeps_time_and_author() {
    let found = redacted(&folder(TEXT, None), 0);
    let text = &found.files[0].1;
    let (old, _) = TEXT.split_once("\n\n- 00:11").unwrap();
    let head = old.split_once("- 00:10").unwrap().0;
    assert!(
        text.starts_with(&format!("{head}- 00:10 EST: [redacted 2026-11-24: a secret]\n\n- 00:11 EST: Another line. — Grace Hopper\n")),
        "{text}"
    );
    assert_eq!(found.changed.len(), 2);
}

#[test]
fn a_void_that_quotes_the_words_still_names_its_entry() {
    let found = redacted(&folder(TEXT, None), 0);
    let text = &found.files[0].1;
    assert!(text.contains("**Void.** 2026-11-23 00:10 EST \"[redacted 2026-11-24: a secret]\": wrong. — Grace"), "{text}");
    let document = IncidentDocument::parse(text).unwrap();
    assert!(document.timeline().entries[0].void);
    assert!(is_redacted(&document.timeline().entries[0].entry));
}

#[test]
fn what_an_entry_names_stays_when_its_own_words_go() {
    let entries = |index: usize| {
        let text = redacted(&folder(TEXT, None), index).files[0].1.clone();
        IncidentDocument::parse(&text).unwrap().entries().into_iter().map(|entry| entry.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(entries(2)[2], "2026-11-23 00:10 EST \"The password is hunter2 for the databas…\": [redacted 2026-11-24: a secret]");
    assert_eq!(entries(3)[3], "impact: [redacted 2026-11-24: a secret]");
    assert_eq!(entries(4)[4..], ["[redacted 2026-11-24: a secret]", "\"[redacted 2026-11-24: a secret]\": nothing."]);
}

#[test]
fn the_copy_in_the_postmortem_goes_too() {
    let timeline = TEXT.split_once("## Timeline").unwrap().1;
    let postmortem = format!("# Postmortem\r\n\r\n## Timeline{timeline}").replace('\n', "\r\n").replace("\r\r", "\r");
    let found = redacted(&folder(TEXT, Some(&postmortem)), 0);
    let (name, text) = &found.files[1];
    assert_eq!(name, POSTMORTEM_FILE);
    assert!(text.contains("\r\n- 00:10 EST: [redacted 2026-11-24: a secret]\r\n\r\n- 00:11 EST"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(redacted(&folder(TEXT, Some("# Postmortem\n")), 0).files.len(), 1);
}

#[test]
fn crlf_and_a_missing_final_newline_stay() {
    let text = TEXT.replace("\n\n## Summary\n", "").replace('\n', "\r\n");
    let last = folder(&text, None).incident.entries().len() - 1;
    for index in 0..=last {
        let found = redacted(&folder(&text, None), index).files[0].1.clone();
        assert_eq!(found.matches('\n').count(), found.matches("\r\n").count());
        assert!(!found.ends_with('\n'));
    }
}

#[test]
fn where_the_words_still_stand_is_told_by_line() {
    let entry = Entry::new("2026-11-23T05:10:00Z".parse().unwrap(), "The password is hunter2.\nshort");
    let found = echoes(&[("incident.md", "x\nsee: The password is hunter2, ok\nshort"), ("rca.md", "none")], &entry);
    assert_eq!(found, [("incident.md".to_owned(), 2)]);
}
