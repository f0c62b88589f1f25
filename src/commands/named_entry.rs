//! The timeline entry that `correct` and `redact` are about: named once, then followed through a decision that is asked again.
//! PURE, but for the words of the command line.

use crate::document::commit_message::entry_digest;
use crate::document::entry_name::{EntryNameError, is_last, last_written, resolve};
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry::Entry;
use crate::domain::refusal::Refusal;
use crate::error::CommandError;

/// ENTRY and the words after it. A date and a time may be two words: `2026-11-23 00:10`.
///
/// # Errors
/// There is no word.
pub fn split_entry(words: &[String]) -> Result<(String, Vec<String>), CommandError> {
    let is_date = |word: &str| word.parse::<chrono::NaiveDate>().is_ok();
    match words {
        [date, clock, rest @ ..] if is_date(date) && clock.contains(':') => Ok((format!("{date} {clock}"), rest.to_vec())),
        [name, rest @ ..] => Ok((name.clone(), rest.to_vec())),
        [] => Err(CommandError::usage("entry-missing", "no timeline entry is named")
            .with_hint("name it by its time: last, 00:10, \"2026-11-23 00:10\", or 00:10.2 for the second of that minute")),
    }
}

/// The entry that a name means, as it stands now. `last_digests` are asked for where the document alone cannot tell which was
/// written last: those of the last commit that recorded one.
///
/// # Errors
/// The name fits none or several.
pub fn named(document: &IncidentDocument, name: &str, last_digests: impl FnOnce() -> Vec<String>) -> Result<Entry, Refusal> {
    let last = is_last(name).then(|| last_of_several(document, last_digests)).flatten();
    let index = match last {
        Some(index) => index,
        None => resolve(document.timeline(), document.zone(), name).map_err(|error| refusal(document, &error))?,
    };
    document.timeline().entries.get(index).map(|found| found.entry.clone()).ok_or_else(gone)
}

fn last_of_several(document: &IncidentDocument, last_digests: impl FnOnce() -> Vec<String>) -> Option<usize> {
    let entries = &document.timeline().entries;
    let digest = |index: &usize| Some(entry_digest(&document.text().get(entries.get(*index)?.range.clone())?.replace("\r\n", "\n")));
    let several = Some(last_written(document.timeline())).filter(|several| several.len() > 1)?;
    let digests = last_digests();
    digests.iter().rev().find_map(|wanted| several.iter().copied().find(|index| digest(index).as_ref() == Some(wanted)))
}

/// Where the entry stands in a document that may have grown since it was named: `last` then is still the same one.
///
/// # Errors
/// Somebody has removed or changed it in between.
pub fn position(document: &IncidentDocument, entry: &Entry) -> Result<usize, Refusal> {
    document.timeline().entries.iter().position(|found| &found.entry == entry).ok_or_else(gone)
}

fn gone() -> Refusal {
    Refusal::rule("entry-gone", "the entry was changed while this was decided", Some("qpp-incident timeline"))
}

fn refusal(document: &IncidentDocument, error: &EntryNameError) -> Refusal {
    let hint = format!("qpp-incident timeline {} lists the entries", document.id());
    Refusal::rule("no-such-entry", error.to_string(), Some(&hint))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn split(words: &[&str]) -> (String, Vec<String>) {
        split_entry(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_date_and_a_time_are_one_name_quoted_or_not() {
        assert_eq!(split(&["2026-11-23", "00:10.2", "right"]), ("2026-11-23 00:10.2".to_owned(), vec!["right".to_owned()]));
        assert_eq!(split(&["2026-11-23 00:10", "12:00", "right"]).0, "2026-11-23 00:10");
        assert_eq!(split(&["last", "2026-11-23", "x"]), ("last".to_owned(), vec!["2026-11-23".to_owned(), "x".to_owned()]));
        assert_eq!(split(&["2026-11-23", "right"]).0, "2026-11-23");
        assert!(split_entry(&[]).is_err());
    }
}
