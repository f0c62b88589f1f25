//! A report as it was mailed: whom it is from, to which PagerDuty address, what it says and which links it gives.
//! PURE: text in, values out. Free text is passed on as it is; who writes it down escapes it. Encoded mail is not decoded.

use chrono::DateTime;

use crate::document::header::read_person;
use crate::domain::person::{Person, is_email};
use crate::domain::text::{one_line, tidy};
use crate::domain::timestamp::Timestamp;

/// What a report says. A text without the head of a mail is all body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailReport {
    /// `From:`
    pub from: Option<Person>,
    /// `Subject:`, one line.
    pub subject: Option<String>,
    /// Every address of `To:` and `Cc:`.
    pub receivers: Vec<String>,
    /// The first address of `To:` or `Cc:` that is PagerDuty's.
    pub pagerduty: Option<String>,
    /// `Date:`
    pub sent_at: Option<Timestamp>,
    /// What follows the head, whole.
    pub body: String,
    /// The links of the body, in their order, each once.
    pub links: Vec<String>,
}

impl MailReport {
    /// Reads a report.
    ///
    /// # Source
    /// The process, "Positive example of reporting an incident"; RFC 5322 §2.2 (header fields and their folding).
    ///
    /// # Examples
    /// ```
    /// use qpp_incident::document::mail_report::MailReport;
    /// let report = MailReport::read("To: team@cms-qpp.pagerduty.com\nSubject: many errors\n\nSee https://splunk.example.com/1.\n");
    /// assert_eq!(report.pagerduty.as_deref(), Some("team@cms-qpp.pagerduty.com"));
    /// assert_eq!(report.subject.as_deref(), Some("many errors"));
    /// assert_eq!(report.links, ["https://splunk.example.com/1"]);
    /// ```
    pub fn read(text: &str) -> Self {
        let text = tidy(text);
        let (fields, body) = split_head(&text);
        let field = |name: &str| fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| one_line(value));
        let receivers = ["To", "Cc"].into_iter().filter_map(field).collect::<Vec<_>>().join(",");
        Self {
            from: field("From").filter(|from| !from.is_empty()).map(|from| person(&from)),
            subject: field("Subject").filter(|subject| !subject.is_empty()),
            receivers: receivers.split(',').filter_map(address).collect(),
            pagerduty: receivers.split(',').filter_map(address).find(|address| address.to_lowercase().ends_with(".pagerduty.com")),
            sent_at: field("Date").and_then(|date| DateTime::parse_from_rfc2822(&date).ok()).map(|at| Timestamp::new(at.to_utc())),
            links: links(&body),
            body,
        }
    }
}

/// The fields of the head with what follows it; no fields when the text does not begin as a mail does.
fn split_head(text: &str) -> (Vec<(String, String)>, String) {
    let whole = || (Vec::new(), text.to_owned());
    let is_edge = |line: &&str| line.trim().is_empty() || line.trim() == "```";
    let lines: Vec<&str> = text.lines().skip_while(is_edge).collect();
    let mut fields: Vec<(String, String)> = Vec::new();
    let head = lines.iter().take_while(|line| !is_edge(line));
    let mut length = 0;
    for line in head {
        length += 1;
        let folded = line.starts_with([' ', '\t']) || fields.last().is_some_and(|(_, value)| value.trim_end().ends_with(','));
        match (field(line), fields.last_mut()) {
            (_, Some((_, value))) if folded => value.extend([" ", line.trim()]),
            (Some((name, value)), _) => fields.push((name.to_owned(), value.to_owned())),
            _ => return whole(),
        }
    }
    let is_mail = |(name, _): &(String, String)| ["from", "to", "subject"].contains(&name.to_lowercase().as_str());
    if !fields.iter().any(is_mail) {
        return whole();
    }
    let body = lines.get(length..).unwrap_or_default();
    // The example in the process sets each part in a fence of its own; a fence that the head has closed is no part of the body.
    let body = body.strip_prefix(&["```"]).unwrap_or(body);
    (fields, tidy(&body.join("\n")))
}

/// `Name: value` with a name that RFC 5322 allows and people use.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let sound = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (sound && !value.starts_with("//")).then(|| (name, value.trim()))
}

/// `"Lee, Jeff" <jeff@example.org>`, an address, or a bare name.
fn person(from: &str) -> Person {
    let plain = from.replace('"', "");
    read_person(&plain).unwrap_or_else(|_| Person::new(&plain, None))
}

/// The address in one part of a list of receivers.
fn address(receiver: &str) -> Option<String> {
    let bare = receiver.rsplit_once('<').map_or(receiver, |(_, address)| address.trim_end().trim_end_matches('>')).trim();
    is_email(bare).then(|| bare.to_owned())
}

/// The http(s) links of a text, without the punctuation that follows them.
pub fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "<>\"`|".contains(c)) {
        let Some(at) = word.find("https://").or_else(|| word.find("http://")) else { continue };
        let link = without_punctuation(word.get(at..).unwrap_or_default());
        let has_host = link.split_once("://").is_some_and(|(_, host)| host.starts_with(|c: char| c.is_alphanumeric() || c == '['));
        if has_host && !found.iter().any(|other| other == link) {
            found.push(link.to_owned());
        }
    }
    found
}

/// A closing bracket stays when the link opens one.
fn without_punctuation(link: &str) -> &str {
    let mut link = link;
    loop {
        let bare = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…']);
        let unopened = [('(', ')'), ('[', ']')].iter().find(|(open, close)| bare.ends_with(*close) && !bare.contains(*open));
        match unopened {
            Some((_, close)) => link = bare.strip_suffix(*close).unwrap_or(bare),
            None => return bare,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    /// The process's own, as it is printed there.
    const POSITIVE: &str = "```\nTo: example@cms-qpp.pagerduty.com\nFrom: reporter@cms.hhs.gov\nSubject: many errors on Auth service\n```\n\n\
        ```\nStarting at 23:50pm, we've seen a massive increase in errors\nlogged in the Auth service logs in Splunk.\n```\n\n\
        ```\nHere's a link to a search that shows the errors:\nhttps://splunk.example.com/...\n```\n\n\
        ```\nNew Relic is also showing errors in the same timeframe:\nhttps://rpm.newrelic.com/example-url/...\n```\n\n\
        Please acknowledge and advise on next steps\n";

    #[test]
    fn the_positive_example_of_the_process_is_read() {
        let report = MailReport::read(POSITIVE);
        assert_eq!(report.from, Some(Person::new("reporter@cms.hhs.gov", Some("reporter@cms.hhs.gov"))));
        assert_eq!(report.subject.as_deref(), Some("many errors on Auth service"));
        assert_eq!(report.pagerduty.as_deref(), Some("example@cms-qpp.pagerduty.com"));
        assert_eq!(report.links, ["https://splunk.example.com/", "https://rpm.newrelic.com/example-url/"]);
        assert!(report.body.starts_with("```\nStarting at 23:50pm"), "{}", report.body);
        assert!(report.body.ends_with("Please acknowledge and advise on next steps"), "{}", report.body);
    }

    #[test]
    fn the_negative_example_has_no_pagerduty_address() {
        let text = "To: developer@qppcontractor.com,\nother-developer@qppcontractor.com,\nunrelated-developer@qppcontractor.com\n\
            From: reporter@cms.hhs.gov\nSubject: Auth is not forwarding Splunk logs\n\nJohn Sysadmin just called me.\n";
        let report = MailReport::read(text);
        assert_eq!((report.pagerduty, report.body.as_str()), (None, "John Sysadmin just called me."));
        assert_eq!(report.subject.as_deref(), Some("Auth is not forwarding Splunk logs"));
    }

    #[test]
    fn a_mail_as_programs_save_it_is_read() {
        let text = "Received: from a\r\n\tby b\r\nDate: Sun, 22 Nov 2026 23:52:00 -0500\r\nFrom: \"Lee, Jeff\" <jeff@example.org>\r\n\
            Subject: many errors\r\n on Auth\r\nCc: QPP <qpp@cms-qpp.PagerDuty.com>\r\n\r\nBody: text\r\n";
        let report = MailReport::read(text);
        assert_eq!(report.from.unwrap().to_string(), "Lee, Jeff <jeff@example.org>");
        assert_eq!(report.subject.as_deref(), Some("many errors on Auth"));
        assert_eq!(report.pagerduty.as_deref(), Some("qpp@cms-qpp.PagerDuty.com"));
        assert_eq!(report.sent_at.unwrap().to_string(), "2026-11-23T04:52:00Z");
        assert_eq!(report.body, "Body: text");
    }

    #[test]
    fn a_text_without_a_head_is_all_body() {
        for text in [
            "just words",
            "Note: this is bad\n\nmore",
            "https://a.example/x is down\nFrom: x",
            "# From: x\n\ntext",
            "From: x\nno field\n\ntext",
        ] {
            let report = MailReport::read(text);
            assert_eq!((report.body.as_str(), report.from, report.subject), (text, None, None), "{text}");
        }
        assert_eq!(MailReport::read(""), MailReport::default());
    }

    #[test]
    fn links_end_where_people_end_them() {
        for (text, wanted) in [
            ("see https://a.example/x, and (https://b.example/y).", vec!["https://a.example/x", "https://b.example/y"]),
            ("<https://a.example/x> https://a.example/x", vec!["https://a.example/x"]),
            ("https://en.example/A_(b)", vec!["https://en.example/A_(b)"]),
            ("[label](https://a.example/x)", vec!["https://a.example/x"]),
            ("https:// http:///x ftp://x javascript:alert(1)", vec![]),
        ] {
            assert_eq!(links(text), wanted, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_its_body_is_part_of_it(text in "(From: |To: |Subject: |\n|```|https://|[a-z,<>@. ]){0,40}") {
            let report = MailReport::read(&text);
            proptest::prop_assert!(tidy(&text).contains(&report.body));
        }
    }
}
