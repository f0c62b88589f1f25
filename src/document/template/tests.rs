//! Every template with everything known and with nothing known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::document::outline::Outline;
use crate::document::section_edit;
use crate::document::table;
use crate::document::template_fields::{ActionFields, DocumentFields, PagerReportFields, TimeFields};
use crate::domain::section::Section;

const PARTS: [&str; 13] = [
    "2 Summary",
    "2 Impact",
    "3 Extent of the damage",
    "2 Timeline (all times America/New_York)",
    "2 Root Causes",
    "2 Trigger",
    "2 Resolution",
    "2 Detection",
    "2 Action Items",
    "2 Lessons Learned",
    "3 What went well",
    "3 What went wrong",
    "3 Where we got lucky",
];

fn least() -> DocumentFields {
    DocumentFields {
        id: "INC-K7QFM".to_owned(),
        title: "Many errors".to_owned(),
        timezone: "America/New_York".to_owned(),
        head_block: "**Status:** open".to_owned(),
        date: "2026-11-22".to_owned(),
        authors: "Grace Hopper".to_owned(),
        status: "open".to_owned(),
        ..DocumentFields::default()
    }
}

fn full() -> DocumentFields {
    let row = ["A9D Add | alert", "prevent", "Ada Byron", "OPS-1"].map(str::to_owned);
    DocumentFields {
        severity: "SEV-2".to_owned(),
        commander: "Sam Reyes".to_owned(),
        summary: "said summary".to_owned(),
        impact: "said impact".to_owned(),
        extent: "said extent".to_owned(),
        timeline: "### 2026-11-22\n\n- 23:58 EST: **Opened.** Many errors. — Jeff Lee".to_owned(),
        root_causes: "said root_causes".to_owned(),
        trigger: "said trigger".to_owned(),
        resolution: "said resolution".to_owned(),
        detection: "said detection".to_owned(),
        actions: vec![ActionFields::from(&row)],
        went_well: "said went_well".to_owned(),
        went_wrong: "said went_wrong".to_owned(),
        got_lucky: "said got_lucky".to_owned(),
        times: vec![TimeFields { what: "Outage start".to_owned(), at: "2026-11-22 23:50 EST".to_owned() }],
        ..least()
    }
}

fn headings(text: &str) -> Vec<String> {
    let outline = Outline::read(text, 0);
    let below = outline.sections.iter().filter(|section| section.level > 1 && !section.title.starts_with("2026"));
    below.map(|section| format!("{} {}", section.level, section.title)).collect()
}

#[track_caller]
fn without_holes(text: &str) {
    for hole in ["{{", "{%", "undefined", "none", "\n\n\n"] {
        assert!(!text.contains(hole), "{hole:?} in\n{text}");
    }
    assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.lines().any(|line| line.ends_with(' ')), "{text}");
}

#[test]
fn both_documents_have_every_part_of_the_sample_in_its_order() {
    for template in [Template::Incident, Template::Postmortem] {
        for fields in [least(), full()] {
            let text = render(template, None, &fields).unwrap();
            without_holes(&text);
            assert_eq!(headings(&text), PARTS, "{text}");
            assert!(text.starts_with("# Many errors (incident #INC-K7QFM)\n\n"));
        }
    }
}

#[test]
fn a_part_says_what_is_known_or_asks_for_it() {
    for template in [Template::Incident, Template::Postmortem] {
        let empty = render(template, None, &least()).unwrap();
        let filled = render(template, None, &full()).unwrap();
        for section in Section::ALL {
            assert_eq!(section_edit::read(&empty, &Outline::read(&empty, 0), *section), "", "{section}");
            let said = section_edit::read(&filled, &Outline::read(&filled, 0), *section);
            assert_eq!(said, format!("said {}", section.word()));
        }
        assert!(table::rows(&empty, table::ACTION_ITEMS).is_empty());
        let rows = table::rows(&filled, table::ACTION_ITEMS);
        assert_eq!(rows[0].row, ["A9D Add | alert", "prevent", "Ada Byron", "OPS-1"].map(str::to_owned));
        let added = table::add_row(&empty, table::ACTION_ITEMS, &rows[0].row);
        assert_eq!(table::rows(&added, table::ACTION_ITEMS).len(), 1);
    }
}

#[test]
fn the_prompts_are_the_words_of_the_process() {
    let text = render(Template::Incident, None, &least()).unwrap();
    for prompt in [
        "<!-- A short (two sentence) summary of what went wrong. -->",
        "<!-- Quantified statement about the impact of the incident. -->",
        "<!-- What contributed. -->",
        "<!-- What caused the incident. -->",
        "<!-- Steps taken to resolve the incident (add internal ticket tracking). -->",
        "<!-- How did we learn about the incident (alerts, user reports, etc). -->",
    ] {
        assert!(text.contains(prompt), "{prompt}");
    }
    let rules = render(Template::Postmortem, None, &least()).unwrap();
    for rule in ["Be precise", "simple language", "blame", "3rd person", "passive voice", "comprehensive", "casual", "Connect the dots"] {
        assert!(rules.contains(rule), "{rule}");
    }
}

#[test]
fn the_rca_has_three_parts_and_no_owner() {
    for fields in [least(), full()] {
        let text = render(Template::Rca, None, &fields).unwrap();
        without_holes(&text);
        assert_eq!(headings(&text), ["2 The problem", "2 The response", "2 The prevention"]);
    }
    let text = render(Template::Rca, None, &full()).unwrap();
    assert!(text.contains("\n- Outage start: 2026-11-22 23:50 EST\n\nsaid detection\n"), "{text}");
    assert!(text.ends_with("## The prevention\n\n- A9D Add \\| alert (OPS-1)\n"), "{text}");
    assert!(!text.contains("Ada") && !text.contains("Grace") && !text.contains("Sam"));
}

#[test]
fn the_report_has_the_form_of_the_positive_example() {
    let report = PagerReportFields {
        to: "example@cms-qpp.pagerduty.com".to_owned(),
        from: "reporter@cms.hhs.gov".to_owned(),
        subject: "many errors on Auth service\nBcc: x".to_owned(),
        started_at: "23:50 EST".to_owned(),
        text: "a massive increase in errors in the Auth service logs in Splunk.".to_owned(),
        evidence: vec!["https://splunk.example.com/1".to_owned(), "https://rpm.newrelic.com/2".to_owned()],
    };
    let wanted = "To: example@cms-qpp.pagerduty.com\nFrom: reporter@cms.hhs.gov\nSubject: many errors on Auth service Bcc: x\n\n\
                  Starting at 23:50 EST: a massive increase in errors in the Auth service logs in Splunk.\n\n\
                  Here's a link that shows it:\nhttps://splunk.example.com/1\n\nThis shows it too:\nhttps://rpm.newrelic.com/2\n\n\
                  Please acknowledge and advise on next steps\n";
    assert_eq!(render(Template::Report, None, &report).unwrap(), wanted);
    let least = PagerReportFields { evidence: Vec::new(), started_at: String::new(), ..report };
    let text = render(Template::Report, None, &least).unwrap();
    assert!(text.contains("Bcc: x\n\na massive increase in errors in the Auth service logs in Splunk.\n\nPlease"), "{text}");
}

#[test]
fn values_are_never_templates_and_never_escaped() {
    let fields = DocumentFields { title: "{{ id }} <b> & {% if %}".to_owned(), ..least() };
    assert!(render(Template::Incident, None, &fields).unwrap().starts_with("# {{ id }} <b> & {% if %} (incident"));
}

#[test]
fn an_override_at_fault_is_named_with_its_line() {
    let error = |text: &str| render(Template::Rca, Some(text), &least()).unwrap_err().to_string();
    assert!(error("one\r\ntwo {{ nothing }}").starts_with("templates/rca.md:2: "));
    assert!(error("one\n\n{% if %}").starts_with("templates/rca.md:3: "));
    assert!(error("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}").contains("fuel"));
    assert!(error("{% include 'other.md' %}").starts_with("templates/rca.md:1: "));
    assert_eq!(render(Template::Rca, Some("{{ title }}"), &least()).unwrap(), "Many errors");
}

#[test]
fn each_file_is_named_once() {
    let mut names: Vec<&str> = Template::ALL.iter().map(|template| template.file_name()).collect();
    names.dedup();
    assert_eq!(names, ["incident.md", "postmortem.md", "rca.md", "status-update.md", "report.txt"]);
}
