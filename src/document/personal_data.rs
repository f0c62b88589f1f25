//! What of a text belongs to a person: addresses, phone numbers, and the names of those who took part in the incident.
//! PURE. Other names cannot be told from other words.

use std::collections::BTreeSet;

use crate::document::addresses::has_address;
use crate::document::front_matter::FrontMatter;
use crate::document::incident_document::IncidentDocument;
use crate::domain::report_review::phone_number;

/// The lines of a report that hold such, from 1, and what: the first of each line, as the end of a sentence. Its front matter is the
/// record's own.
///
/// # Source
/// The process, "After an incident": "a root cause analysis (RCA) that may be shared with other teams within CMS".
pub fn personal_data(text: &str, document: Option<&IncidentDocument>) -> Vec<(usize, String)> {
    let (head, body) = FrontMatter::split(text).ok().and_then(|parts| text.split_at_checked(parts.body_start)).unwrap_or(("", text));
    let names = document.map(names).unwrap_or_default();
    body.lines().zip(head.lines().count() + 1..).filter_map(|(line, number)| Some((number, personal(line, &names)?))).collect()
}

/// What of a line belongs to a person.
fn personal(line: &str, names: &BTreeSet<String>) -> Option<String> {
    if has_address(line) {
        return Some("holds an e-mail address".to_owned());
    }
    if phone_number(line).is_some() {
        return Some("holds a phone number".to_owned());
    }
    let name = names.iter().find(|name| line.match_indices(name.as_str()).any(|(at, _)| stands_alone(line, at, name.len())))?;
    Some(format!("names {name}: say what the role did (the incident commander, the on-call engineer)"))
}

/// Everybody who took part. A name of one word is left out: it may be a word like others.
fn names(document: &IncidentDocument) -> BTreeSet<String> {
    document.names().into_iter().filter(|name| name.split_whitespace().count() > 1).collect()
}

/// No letter or figure touches what stands there.
fn stands_alone(line: &str, at: usize, length: usize) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    let after = line.get(at + length..).and_then(|after| after.chars().next());
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}
