//! What counts as a prompt and as empty, and what does not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use super::*;

const TEMPLATE: &str = "# {{ title }}\n\n<!-- How to write. -->\n\n## Summary\n\n{% if summary %}\n{{ summary }}\n{% else %}\n<!-- Two\nsentences. -->\n{% endif %}\n\n\
                        ## Timeline (all times {{ timezone }})\n\n{{ timeline }}\n\n## Lessons\n\n### Well\n\n-\n";

fn told(body: &str) -> Vec<String> {
    let text = format!("---\nincident: INC-K7QFM\nstatus: draft\n---\n# T\n\n<!-- How to write. -->\n\n{body}");
    gaps(Report::Postmortem, &text, Some(TEMPLATE)).iter().map(ToString::to_string).collect()
}

const WHOLE: &str =
    "## Summary\n\nIt failed.\n\n## Timeline (all times UTC)\n\n### 2026-11-22\n\n- 23:58: x\n\n## Lessons\n\n### Well\n\n- a\n";

#[test]
fn a_finished_report_has_no_gaps() {
    assert_eq!(told(WHOLE), [""; 0]);
    assert_eq!(told(&WHOLE.replace("It failed.", "<!-- qpp-lint disable-next x: y -->\nIt failed `<!-- Two sentences. -->`.")), [""; 0]);
    assert_eq!(told(&WHOLE.replace("## Summary", "## Summary of it all")), [""; 0]);
    assert_eq!(told(&WHOLE.replace("- a", "```\n-\n```")), [""; 0]);
}

#[test]
fn prompts_empty_parts_and_missing_parts_are_named() {
    for (from, to, wanted) in [
        ("It failed.", "<!-- Two sentences. -->", "line 11: `Summary` still holds a prompt"),
        ("It failed.", "It failed.\n\n<!-- Two\n  sentences. -->", "line 13: `Summary` still holds a prompt"),
        ("It failed.", FROM_RECORD, "line 11: `Summary` still holds a prompt"),
        ("It failed.", "<!-- my answer -->", "line 9: `Summary` is empty"),
        ("It failed.", "|a|b|\n|-|-|\n| | |", "line 9: `Summary` is empty"),
        ("- 23:58: x", "", "line 13: `Timeline` is empty"),
        ("- a", "-", "line 21: `Well` is empty"),
        ("- a", "* \n* ", "line 21: `Well` is empty"),
        ("### Well", "### Good", "`Well` is missing"),
        ("## Summary", "<!-- Reopened x. -->\n\n## Summary", "line 9: the prompt of the reopening stands"),
    ] {
        assert_eq!(told(&WHOLE.replace(from, to)), [wanted], "{to}");
    }
}

#[test]
fn every_prompt_of_the_built_in_templates_is_a_gap() {
    for report in [Report::Postmortem, Report::Rca] {
        let text = report.template().built_in();
        let found = gaps(report, text, None);
        let in_parts = text.split_once("\n## ").unwrap().1.matches("<!--").count();
        assert_eq!(found.iter().filter(|gap| gap.what == "still holds a prompt").count(), in_parts, "{found:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_and_template_are_read(text in "(## |<!--|-->|---\n|\n|\\||é|[a-z ]){0,30}", template in "(## |<!--|-->|\\{\\{|\n|[a-z ]){0,30}") {
        let _ = gaps(Report::Postmortem, &text, Some(&template));
    }
}
