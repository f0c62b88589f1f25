//! Who asks, and who is asked: the note at the end of an inquiry's or a request's head line, `(from Jane Roe <jane@example.org>)`.
//! PURE: written for the entry, and read back from it.

use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::person::Person;
use crate::domain::wording::with_note;

/// The word before the person, for kinds that name one.
fn preposition(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::Inquiry => Some("from"),
        EntryKind::ApprovalAsked => Some("to"),
        _ => None,
    }
}

/// The text of an inquiry with who asks, or of a request for approval with who is asked.
///
/// # Examples
/// ```
/// use qpp_incident::domain::{entry_kind::EntryKind, question_words::with_party};
/// let jane = "Jane Roe <jane@example.org>".parse()?;
/// assert_eq!(with_party(EntryKind::Inquiry, "Is mail affected?", &jane), "Is mail affected? (from Jane Roe <jane@example.org>)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn with_party(kind: EntryKind, text: &str, who: &Person) -> String {
    preposition(kind).map_or_else(|| text.to_owned(), |word| with_note(text, &format!("{word} {who}")))
}

/// Who asks or is asked, and the text without the note.
pub fn party(entry: &Entry) -> (Option<Person>, String) {
    let whole = || (None, entry.text.clone());
    let Some(word) = entry.kind.and_then(preposition) else { return whole() };
    let (head, rest) = entry.text.split_once('\n').map_or((entry.text.as_str(), None), |(head, rest)| (head, Some(rest)));
    let opening = format!("({word} ");
    let Some((before, note)) = head.strip_suffix(')').and_then(|head| head.rsplit_once(&opening)) else { return whole() };
    let who = note.parse().unwrap_or_else(|_| Person::new(note, None));
    let text = [before.trim_end()].into_iter().chain(rest).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    (Some(who), text)
}

/// The first line of what an entry says, without who asks or is asked.
pub fn said(entry: &Entry) -> String {
    match party(entry) {
        (None, _) => entry.first_line(),
        (Some(_), text) => Entry { text, ..entry.clone() }.first_line(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::timestamp::Timestamp;

    fn inquiry(text: &str) -> Entry {
        Entry { kind: Some(EntryKind::Inquiry), ..Entry::new("2026-11-23T05:00:00Z".parse::<Timestamp>().unwrap(), text) }
    }

    #[test]
    fn who_asks_is_read_back_and_the_text_is_as_it_was() {
        let jane: Person = "Jane Roe <jane@example.org>".parse().unwrap();
        for text in ["Is mail affected?", "Is it (from Bob) true?", "Two:\n- a\n- b", "- a\n- b", "One.\n\nTwo (from X)"] {
            let entry = inquiry(&with_party(EntryKind::Inquiry, text, &jane));
            assert_eq!(party(&entry), (Some(jane.clone()), text.to_owned()));
        }
        let entry = inquiry("Is it so? (from the phone)");
        assert_eq!((party(&entry).0.unwrap().name.as_str(), said(&entry).as_str()), ("the phone", "Is it so?"));
    }

    #[test]
    fn other_entries_and_a_line_by_hand_have_no_party() {
        for text in ["Is mail affected?", "It (from Bob) is", "(from"] {
            assert_eq!(party(&inquiry(text)), (None, text.to_owned()));
        }
        let objection = Entry { kind: Some(EntryKind::Objection), ..inquiry("No (from me)") };
        assert_eq!((party(&objection).0, said(&objection).as_str()), (None, "No (from me)"));
    }
}
