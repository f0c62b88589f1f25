//! What a Closed entry says, read back from its sentence: why, by force, who was silent.
//! PURE: the inverse of what `domain::wording` writes; a sentence typed by hand gives what can be told.

use crate::domain::consensus::read_names;
use crate::domain::event::CloseReason;
use crate::domain::person::Person;
use crate::domain::wording::INSTEAD_OF;

/// The particulars of a close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedWords {
    /// Why; `None` when the sentence begins with none of the reasons.
    pub reason: Option<CloseReason>,
    /// What else was said.
    pub text: String,
    /// With `--force`: the reason for it, and the points that were not met.
    pub forced: Option<(String, Vec<String>)>,
    /// Who was asked and did not answer.
    pub silent: Vec<Person>,
    /// The commander, when somebody else closed.
    pub instead_of: Option<Person>,
}

impl ClosedWords {
    /// Reads the text of a Closed entry.
    ///
    /// # Examples
    /// ```
    /// use qpp_incident::domain::{closed_words::ClosedWords, event::CloseReason};
    /// let words = ClosedWords::parse("Resolved. The pool is back. Silent: Pat Lee <pat@example.org>.");
    /// assert_eq!(words.reason, Some(CloseReason::Resolved));
    /// assert_eq!(words.text, "The pool is back.");
    /// assert_eq!(words.silent.len(), 1);
    /// ```
    pub fn parse(text: &str) -> Self {
        let (text, instead_of) = cut_tail(text, INSTEAD_OF);
        let (text, silent) = cut_tail(text, "Silent: ");
        let (text, forced) = read_force(text);
        let (reason, text) = read_reason(text);
        // By force and without a reason of its own: as if resolved, which the sentence does not claim.
        let reason = reason.or(forced.is_some().then_some(CloseReason::Resolved));
        Self {
            reason,
            text: text.to_owned(),
            forced,
            silent: silent.map(|names| read_names(without_stop(names))).unwrap_or_default(),
            instead_of: instead_of.and_then(|name| read_names(without_stop(name)).into_iter().next()),
        }
    }
}

/// What stands before the last `label`, and what stands behind it.
fn cut_tail<'a>(text: &'a str, label: &str) -> (&'a str, Option<&'a str>) {
    match text.rsplit_once(label) {
        Some((before, tail)) if before.is_empty() || before.ends_with(' ') => (before.trim_end(), Some(tail.trim())),
        _ => (text, None),
    }
}

fn read_force(text: &str) -> (&str, Option<(String, Vec<String>)>) {
    let (before, tail) = cut_tail(text, "By force: ");
    let Some(tail) = tail else { return (text, None) };
    let (why, unmet) = cut_tail(tail, "Not met: ");
    let unmet = unmet.map(|unmet| without_stop(unmet).split("; ").map(str::to_owned).collect());
    (before, Some((why.to_owned(), unmet.unwrap_or_default())))
}

fn read_reason(text: &str) -> (Option<CloseReason>, &str) {
    let plain = [
        ("Resolved.", CloseReason::Resolved),
        ("Duplicate.", CloseReason::Duplicate(None)),
        ("False alarm.", CloseReason::FalseAlarm),
        ("Transferred.", CloseReason::Transferred),
    ];
    for (head, reason) in plain {
        if let Some(rest) = text.strip_prefix(head) {
            return (Some(reason), rest.trim_start());
        }
    }
    let duplicate = text.strip_prefix("Duplicate of ").and_then(|rest| rest.split_once('.'));
    match duplicate.and_then(|(id, rest)| Some((id.parse().ok()?, rest))) {
        Some((id, rest)) => (Some(CloseReason::Duplicate(Some(id))), rest.trim_start()),
        None => (None, text),
    }
}

fn without_stop(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::event::Action;
    use crate::domain::wording;
    use crate::domain::zone::Zone;

    fn person(name: &str) -> Person {
        Person::new(name, Some("p@example.org"))
    }

    fn written(words: &ClosedWords) -> String {
        let action = Action::Closed {
            reason: words.reason.clone().unwrap(),
            text: words.text.clone(),
            silent: words.silent.clone(),
            forced: words.forced.clone(),
            instead_of: words.instead_of.clone(),
        };
        wording::text(&action, Zone::default())
    }

    #[test]
    fn every_part_of_a_close_is_read_back() {
        let words = ClosedWords {
            reason: Some(CloseReason::Duplicate("INC-K7QFM".parse().ok())),
            text: "Said twice. And again.".to_owned(),
            forced: Some(("Nobody is there.".to_owned(), vec!["not asked yet".to_owned(), "objection O3K stands: no".to_owned()])),
            silent: vec![person("Pat Lee"), Person::new("Lee, Ann", None)],
            instead_of: Some(person("Ada Byron")),
        };
        assert_eq!(ClosedWords::parse(&written(&words)), words);
    }

    #[test]
    fn nobody_s_own_words_pass_for_a_part_of_the_entry() {
        let text = "False alarm. By force: x Not met: y Silent: Pat Lee <p@example.org>. Closed by another than the incident commander, Z.";
        for forced in [None, Some((text.to_owned(), vec![format!("objection O3K stands: {text}")]))] {
            let words =
                ClosedWords { reason: Some(CloseReason::Resolved), text: text.to_owned(), forced, silent: vec![], instead_of: None };
            let read = ClosedWords::parse(&written(&words));
            assert_eq!((read.silent, read.instead_of, read.forced.is_some()), (vec![], None, words.forced.is_some()));
            assert!(matches!(read.reason, None | Some(CloseReason::Resolved)));
        }
    }

    #[test]
    fn what_was_typed_by_hand_is_text() {
        let words = ClosedWords::parse("all fine now");
        assert_eq!((words.reason, words.text.as_str(), words.forced), (None, "all fine now", None));
        assert_eq!(ClosedWords::parse("").text, "");
        assert_eq!(ClosedWords::parse("Duplicate of nothing. x").reason, None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            reason in prop_oneof![Just(CloseReason::Resolved), Just(CloseReason::FalseAlarm), Just(CloseReason::Transferred), Just(CloseReason::Duplicate(None))],
            text in "([a-z]{1,9} ?){0,4}",
            force in proptest::option::of("[a-z]{1,9}"),
            names in proptest::collection::vec("[A-Z][a-z,]{1,8}", 0..3),
        ) {
            let words = ClosedWords {
                reason: Some(reason),
                text: wording::sentence(&text),
                forced: force.map(|why| (wording::sentence(&why), vec!["not resolved: it is open".to_owned()])),
                silent: names.iter().map(|name| person(name)).collect(),
                instead_of: None,
            };
            prop_assert_eq!(ClosedWords::parse(&written(&words)), words);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = ClosedWords::parse(&text);
        }
    }
}
