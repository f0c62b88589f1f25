//! What is said of an entry beside recording it: a mistyped date, an open assumption, work on the cause too early.
//! PURE: advice, never a refusal.

use crate::document::incident_document::IncidentDocument;
use crate::document::phases::is_finished;
use crate::document::questions::{Raised, raised};
use crate::domain::duration::in_words;
use crate::domain::entry_kind::EntryKind;
use crate::domain::key::Key;
use crate::domain::phase::Phase;
use crate::domain::reference::{ReferenceKind, named_in};
use crate::domain::timestamp::Timestamp;

/// How long before its incident an entry is told to be a mistyped date, in seconds.
const LONG: i64 = 7 * 86_400;

/// Everything that is to be said of an entry, as `(code, message)`.
pub fn advice(document: &IncidentDocument, at: Timestamp, kind: Option<EntryKind>, text: &str) -> Vec<(String, String)> {
    let all = [long_before(document, at), cited(document, text), cause_too_early(document, kind), account_reset(text)];
    all.into_iter().flatten().collect()
}

/// A date that may be mistyped: it lies long before anything else that the incident knows.
fn long_before(document: &IncidentDocument, at: Timestamp) -> Option<(String, String)> {
    let known = [Key::OutageStartedAt, Key::DetectedAt, Key::ReportedAt, Key::OpenedAt];
    let first = known.into_iter().filter_map(|key| document.header().instant(key)).min()?;
    let before = first.seconds_since(at);
    let when = document.zone().date_minute(at);
    let mend = format!("if the date is wrong: qpp-incident correct {} \"{when}\" --time TIME", document.id());
    (before > LONG).then(|| ("long-before".to_owned(), format!("{when} is {} before the incident; {mend}", in_words(before))))
}

/// An action that names an assumption which nothing proves yet.
///
/// # Source
/// The process, "During the response", rule 4: "Information should be provably correct before being acted on".
fn cited(document: &IncidentDocument, text: &str) -> Option<(String, String)> {
    let open: Vec<Raised> = raised(document, ReferenceKind::Assumption).into_iter().filter(Raised::is_open).collect();
    let found = named_in(text, ReferenceKind::Assumption).into_iter().find_map(|cited| open.iter().find(|open| open.reference == cited))?;
    let (id, reference) = (document.id(), found.reference);
    let message = format!(
        "it rests on assumption {reference}, which nothing proves yet ({}): qpp-incident confirm {id} {reference} \"…\", or refute",
        found.entry.first_line()
    );
    Some(("open-assumption".to_owned(), message))
}

/// # Source
/// The process, "During the response": "Finding the root cause of the incident should always take a back seat to stopping the damage".
fn cause_too_early(document: &IncidentDocument, kind: Option<EntryKind>) -> Option<(String, String)> {
    let is_early = kind == Some(EntryKind::Cause) && !is_finished(document, Phase::Mitigate);
    let message = "the damage is not stopped yet: finding the root cause takes a back seat to mitigating".to_owned();
    is_early.then(|| ("cause-before-mitigation".to_owned(), message))
}

/// # Source
/// The process, "Master List", GDIT: "Account Resets (Require Documented CMS approval in JIRA Ticket to proceed)".
fn account_reset(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let is_reset = lower.contains("account") && lower.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with("reset"));
    let is_key = |word: &str| {
        let parts = word.split_once('-').filter(|(project, number)| {
            project.len() > 1 && project.bytes().all(|byte| byte.is_ascii_uppercase()) && number.parse::<u32>().is_ok()
        });
        parts.is_some()
    };
    let has_ticket = text.contains("://") || text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(is_key);
    let message = "GDIT resets accounts with documented CMS approval in a JIRA ticket: name the ticket".to_owned();
    (is_reset && !has_ticket).then(|| ("account-reset-ticket".to_owned(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_reset_names_its_ticket() {
        for text in ["Reset the account of jdoe.", "Asked GDIT for an account reset.", "Accounts were reset: see a-1"] {
            assert!(account_reset(text).is_some(), "{text}");
        }
        for text in ["Reset the account of jdoe, OPS-12.", "Account reset: https://x.example/1", "Reset the pool.", "The account presets"] {
            assert!(account_reset(text).is_none(), "{text}");
        }
    }
}
