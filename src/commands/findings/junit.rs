//! Findings as `JUnit` XML: a suite for each incident, a test case for each finding.
//! A finding at failing level is a failure; another one passes and says what it has to say. A suite without findings passes once.

use crate::commands::findings::report::{Group, Looked, Report};
use crate::commands::findings::text::place;
use crate::domain::finding::Finding;

/// The document.
pub fn junit(report: &Report) -> String {
    let groups = report.groups();
    let failures = report.findings.iter().filter(|found| report.fails(&found.finding)).count();
    let tests: usize = groups.iter().map(|group| group.findings.len().max(1)).sum();
    let name = format!("qpp-incident {}", report.command);
    let suites: String = groups.iter().map(|group| suite(report, group)).collect();
    let open = format!("<testsuites name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{open}\n{suites}</testsuites>")
}

fn suite(report: &Report, group: &Group<'_>) -> String {
    let name = group.looked.map_or_else(|| "The repository".to_owned(), Looked::heading);
    let failures = group.findings.iter().filter(|found| report.fails(&found.finding)).count();
    let tests = group.findings.len().max(1);
    let cases: String = if group.findings.is_empty() {
        format!("    <testcase classname=\"{}\" name=\"every rule\" time=\"0\"/>\n", report.command)
    } else {
        group.findings.iter().map(|found| case(report, &found.finding)).collect()
    };
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\"");
    format!("  <testsuite name=\"{}\" {counts}>\n{cases}  </testsuite>\n", escaped(&name))
}

fn case(report: &Report, finding: &Finding) -> String {
    let place = place(finding);
    let name = if place.is_empty() { finding.rule.to_owned() } else { format!("{} {place}", finding.rule) };
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let said = escaped(&format!("{}{help}", finding.message));
    let body = if report.fails(finding) {
        let message = escaped(&finding.message);
        format!("<failure type=\"{}\" message=\"{message}\">{said}</failure>", finding.level)
    } else {
        format!("<system-out>{}: {said}</system-out>", finding.level)
    };
    format!("    <testcase classname=\"{}\" name=\"{}\" time=\"0\">{body}</testcase>\n", report.command, escaped(&name))
}

/// Text as it may stand in an attribute or an element.
///
/// # Source
/// XML 1.0 §2.2 (characters that may not stand at all become U+FFFD) and §2.4.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::findings::report::sample::report;
    use crate::domain::finding::Level;

    #[test]
    fn a_suite_for_each_incident_and_a_case_for_each_finding() {
        let wanted = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="qpp-incident check" tests="4" failures="1" errors="0" time="0">
  <testsuite name="The repository" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="check" name="not-pushed" time="0"><system-out>advice: 2 commits are not pushed&#10;help: git push</system-out></testcase>
  </testsuite>
  <testsuite name="INC-K7QFM Many &lt;errors&gt; &amp; &quot;more&quot; (closed)" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="check" name="postmortem-missing incidents/2026-11/22-k7qfm-many-errors/incident.md:4:1" time="0"><failure type="error" message="there is no postmortem">there is no postmortem&#10;help: qpp-incident postmortem INC-K7QFM</failure></testcase>
    <testcase classname="check" name="entry-unread incidents/2026-11/22-k7qfm-many-errors/incident.md:7:3" time="0"><system-out>warning: 100 % of &lt;x&gt;, a:b&#10;and &quot;more&quot; ]]&gt;�</system-out></testcase>
  </testsuite>
  <testsuite name="INC-00001 Disk full (open)" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="check" name="every rule" time="0"/>
  </testsuite>
</testsuites>"#;
        assert_eq!(junit(&report()), wanted);
    }

    #[test]
    fn a_lower_failing_level_makes_more_failures() {
        assert!(junit(&Report { failing: Level::Advice, ..report() }).contains("tests=\"4\" failures=\"3\""));
    }

    proptest::proptest! {
        #[test]
        fn nothing_said_can_end_its_element(said in "\\PC{0,40}|[\u{0}-\u{20}<>&\"']{0,20}") {
            let escaped = escaped(&said);
            let ends_it = escaped.contains(['<', '>', '"', '\'', '\n', '\u{0}', '\u{1b}']);
            proptest::prop_assert!(!ends_it);
            let entities = escaped.matches('&').count();
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#10;", "&#9;", "&#13;"];
            proptest::prop_assert_eq!(entities, known.iter().map(|entity| escaped.matches(entity).count()).sum::<usize>());
        }
    }
}
