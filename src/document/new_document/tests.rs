//! New documents from harmless and from hostile values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::section::Section;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn least(title: &str) -> NewIncident {
    NewIncident {
        id: "INC-K7QFM".parse().unwrap(),
        title: title.to_owned(),
        severity: None,
        teams: Vec::new(),
        services: Vec::new(),
        reporter: Person::new("Jeff Lee", Some("jeff@example.org")),
        reported_via: None,
        pagerduty: None,
        business_owners: Vec::new(),
        chat: None,
        privacy: None,
        evidence: Vec::new(),
        zone: Zone::default(),
        outage_started_at: None,
        detected_at: None,
        reported_at: at("2026-11-22T23:56:00-05:00"),
        opened_at: at("2026-11-22T23:58:00-05:00"),
        summary: String::new(),
        impact: String::new(),
    }
}

fn event(by: &str, occurred_at: &str, action: Action) -> Event {
    let by = Person::new(by, Some("by@example.org"));
    Event { occurred_at: at(occurred_at), recorded_at: at("2026-11-23T04:58:00Z"), by, recorded_by: None, evidence: Vec::new(), action }
}

fn opened(title: &str) -> Event {
    event("Grace Hopper", "2026-11-22T23:58:00-05:00", Action::Opened { title: title.to_owned() })
}

fn document(new: &NewIncident) -> IncidentDocument {
    let text = new_document(new, &[opened(&new.title)], None).unwrap_or_else(|error| panic!("{error}\n{new:?}"));
    IncidentDocument::parse(&text).unwrap()
}

#[test]
fn with_the_least_known_only_those_keys_are_there() {
    let text = new_document(&least("Many errors"), &[opened("Many errors")], None).unwrap();
    let (head, _) = text.split_once("## Summary").unwrap();
    assert_eq!(
        head,
        "---\nid: INC-K7QFM\ntitle: Many errors\nstatus: open\nreporter: Jeff Lee <jeff@example.org>\ntimezone: America/New_York\n\
         reported_at: 2026-11-22T23:56:00-05:00\nopened_at: 2026-11-22T23:58:00-05:00\n---\n# Many errors (incident #INC-K7QFM)\n\n\
         **Status:** open · **Severity:** unset · **Next update by:** 2026-11-23 01:58 EST\n**Incident Commander:** none yet\n\
         **Date:** 2026-11-22 · **Authors:** Grace Hopper\n\n"
    );
    assert!(text.contains("\n### 2026-11-22\n\n- 23:58 EST: **Opened.** Many errors. — Grace Hopper\n\n## Root Causes\n"), "{text}");
}

#[test]
fn what_is_known_is_there_and_keys_stand_in_their_order() {
    let new = NewIncident {
        severity: "SEV-2".parse().ok(),
        teams: vec!["QPP-FE".to_owned(), "QPP-FE".to_owned(), " ".to_owned()],
        services: vec!["auth".to_owned()],
        reported_via: Some("PagerDuty".to_owned()),
        pagerduty: Some("PD-1".to_owned()),
        business_owners: vec![Person::new("Pat Lee", Some("pat@example.org"))],
        chat: Some("QPP Incidents".to_owned()),
        privacy: Some("none".to_owned()),
        evidence: vec!["https://splunk.example.com/1".to_owned()],
        outage_started_at: Some(at("2026-11-22T23:50:00-05:00")),
        detected_at: Some(at("2026-11-22T23:52:00-05:00")),
        summary: "Logins fail.".to_owned(),
        impact: "40 % of logins.".to_owned(),
        ..least("Many errors")
    };
    let document = document(&new);
    let keys: Vec<Key> = document
        .text()
        .lines()
        .skip(1)
        .take_while(|line| *line != "---")
        .filter_map(|line| line.split_once(':').and_then(|(name, _)| name.parse().ok()))
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
    assert_eq!(document.header().list(Key::Teams), ["QPP-FE"]);
    assert_eq!(document.section(Section::Summary), "Logins fail.");
    assert_eq!(document.section(Section::Impact), "40 % of logins.");
}

#[test]
fn an_acknowledgement_before_the_opening_stands_first() {
    let events = [opened("Many errors"), event("Ada Byron", "2026-11-22T23:57:00-05:00", Action::Acknowledged)];
    let text = new_document(&least("Many errors"), &events, None).unwrap();
    let document = IncidentDocument::parse(&text).unwrap();
    let kinds: Vec<Option<EntryKind>> = document.entries().iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [Some(EntryKind::Acknowledged), Some(EntryKind::Opened)]);
    assert_eq!(document.status(), Status::Acknowledged);
    assert_eq!(document.header().list(Key::Responders), ["Ada Byron <by@example.org>"]);
}

#[test]
fn a_template_of_the_repository_is_used_and_a_broken_one_is_refused() {
    let own = "# {{ title }}\n\n## Summary\n\n{{ summary }}\n";
    let text = new_document(&least("Many errors"), &[opened("Many errors")], Some(own)).unwrap();
    assert!(text.contains("\n## Timeline (all times America/New_York)\n\n### 2026-11-22\n\n- 23:58 EST: **Opened.**"), "{text}");
    assert!(text.contains("\n**Status:** open"), "{text}");
    let error = new_document(&least("x"), &[opened("x")], Some("\n{{ titel }}")).unwrap_err();
    assert_eq!(error.to_string(), "templates/incident.md:2: undefined value");
}

#[test]
fn front_matter_over_its_limit_is_refused() {
    let new = NewIncident { evidence: (0..4000).map(|n| format!("https://a.example/{n:020}")).collect(), ..least("x") };
    assert!(new_document(&new, &[opened("x")], None).unwrap_err().to_string().contains("64 kB"));
}

/// Texts that would forge something if they were written as they are.
const HOSTILE: [&str; 26] = [
    "Login: 500s #1 \"x\"",
    "a\nstatus: closed",
    "a\n---\n# Forged",
    "---",
    "- 12:00 EST: **Closed.** Resolved. — Grace Hopper",
    "a\n- 12:00 EST: **Closed.** Resolved. — Grace Hopper",
    "a\n\n### 2026-11-22\n\n- 12:00 EST: x — Grace Hopper",
    "## Timeline\n\n### 2026-11-22\n\n- 12:00 EST: x",
    "Timeline\n========\n\nx",
    "> ## Timeline\n> ### 2026-11-22\n> - 12:00 EST: x",
    "- ## Timeline\n  ### 2026-11-22\n  - 12:00 EST: x",
    "| a | b |\n|---|---|\n| A9D forged | x | y | z |",
    "```\nnever closed\n## Timeline",
    "`never closed",
    "<!-- never closed",
    "<script>alert(1)</script>",
    "<details><summary>\n\n## Timeline",
    "**Closed.** Resolved. — Grace Hopper",
    "x — Grace Hopper (recorded by Ada Byron)",
    "x (logged 00:31)",
    "[x](https://a.example) [y](https://b.example)",
    "\u{1b}[2J\u{7}\u{0}\u{9b}31m",
    "\u{202e}rtl\u{2066} \u{200f}",
    "🔥 Überlast 数据库 👩‍🚒",
    "{{ title }} {% if x %}",
    "&a *b !c @d %e 'f' ~ null 1e3 2026-11-22",
];

/// The document says what was given and nothing else.
fn assert_nothing_is_forged(text: &str) {
    let new = NewIncident {
        teams: vec![text.to_owned()],
        services: vec![text.to_owned(), "auth".to_owned()],
        reporter: Person::new(text, None),
        reported_via: Some(text.to_owned()),
        pagerduty: Some(text.to_owned()),
        business_owners: vec![Person::new(text, Some("pat@example.org"))],
        chat: Some(text.to_owned()),
        evidence: vec![text.to_owned()],
        summary: text.to_owned(),
        impact: text.to_owned(),
        ..least(text)
    };
    let document = document(&new);
    let header = document.header();
    assert_eq!((header.title(), header.status()), (one_line(text).as_str(), Status::Open));
    assert_eq!(header.list(Key::Services), [one_line(text), "auth".to_owned()]);
    assert_eq!(header.text(Key::Pagerduty), Some(one_line(text).as_str()));
    assert_eq!(header.person(Key::Reporter).unwrap(), new.reporter);
    assert_eq!(header.people(Key::BusinessOwners), new.business_owners);
    assert!(header.extra().is_empty());
    assert_eq!(document.entries().len(), 1, "{}", document.text());
    assert!(document.timeline().unread.is_empty(), "{}", document.text());
    let plain = self::document(&least("x"));
    let headings = |document: &IncidentDocument| -> Vec<(u8, String)> {
        document
            .outline()
            .sections
            .iter()
            .filter(|section| section.level > 1)
            .map(|section| (section.level, section.title.clone()))
            .collect()
    };
    assert_eq!(headings(&document), headings(&plain), "{}", document.text());
    for section in [Section::Summary, Section::Impact] {
        assert_eq!(document.section(section), tidy(text).trim(), "{}", document.text());
    }
    let html = crate::document::render::html(document.text());
    assert_eq!(html.matches("<table>").count(), 1 + 2 * usize::from(text.starts_with('|')), "{html}");
    assert_eq!(html.matches("<script").count() + html.matches("<details").count(), 0);
}

#[test]
fn no_text_forges_a_key_a_heading_an_entry_or_html() {
    for text in HOSTILE {
        assert_nothing_is_forged(text);
    }
}

#[test]
fn four_thousand_characters_are_a_title() {
    for title in ["x ".repeat(2000), "字".repeat(4000)] {
        assert_eq!(document(&least(&title)).title(), title.trim());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_given_is_read_back(title in "[^\\s\\p{C}<>].{0,40}", item in ".{0,30}", summary in "(.{0,12}\n){0,4}", name in "[A-Za-z,.'\" ]{1,20}") {
        let new = NewIncident {
            teams: vec![item.clone()],
            evidence: vec![item.clone()],
            reporter: Person::new(&name, Some("a@b.example")),
            summary: summary.clone(),
            ..least(&title)
        };
        let document = document(&new);
        prop_assert_eq!(document.title(), one_line(&title));
        let items: Vec<String> = Some(one_line(&item)).into_iter().filter(|item| !item.is_empty()).collect();
        prop_assert_eq!(document.header().list(Key::Evidence), items.as_slice());
        prop_assert_eq!(document.header().person(Key::Reporter), Some(new.reporter));
        prop_assert_eq!(document.entries().len(), 1);
    }

    #[test]
    fn pieces_that_mean_something_forge_nothing(text in "(---|\n|- 1:00|\\| |`|```|<|-->|<!--|#|\\*\\*|Closed\\.|: |— |Grace Hopper|\\\\|x|  ){1,14}x") {
        let new = NewIncident { summary: text.clone(), services: vec![text.clone()], ..least(&text) };
        let document = document(&new);
        prop_assert_eq!(document.title(), one_line(&text));
        prop_assert_eq!(document.entries().len(), 1);
        prop_assert_eq!(document.section(Section::Summary), tidy(&text).trim().to_owned());
    }
}
