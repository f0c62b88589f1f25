//! The three priorities of the response, in their order, and the words of their entries.
//! PURE. Which one is running and which are unfinished is read in `document::phases`.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::wording::sentence;

/// A priority; a lower one does not begin until all is done for the higher ones that can be.
///
/// # Source
/// The process, "During the response": "Triage and mitigate the issue", "Determine the extent of the damage", "Assess and stabilize".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Make the system work as well as it can, as fast as possible.
    Mitigate,
    /// What was affected, and that nothing was missed.
    Extent,
    /// What is in place is enough until the long-term fix; may repeat.
    Stabilize,
}

impl Phase {
    /// All of them, the first priority first.
    pub const ALL: [Self; 3] = [Self::Mitigate, Self::Extent, Self::Stabilize];

    /// The word in commands and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mitigate => "mitigate",
            Self::Extent => "extent",
            Self::Stabilize => "stabilize",
        }
    }

    /// The phase that an entry's text begins with, whatever follows.
    pub fn of_text(text: &str) -> Option<Self> {
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }

    fn capital(self) -> &'static str {
        match self {
            Self::Mitigate => "Mitigate",
            Self::Extent => "Extent",
            Self::Stabilize => "Stabilize",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Phase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What an entry says of a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseWords {
    /// Which one.
    pub phase: Phase,
    /// It is done; else it begins.
    pub is_done: bool,
    /// Until when what is in place is enough, as printed.
    pub until: Option<String>,
    /// Which higher ones are not finished, and why it begins all the same.
    pub ahead: Option<(Vec<Phase>, String)>,
}

impl PhaseWords {
    /// The text of the entry.
    ///
    /// # Examples
    /// ```
    /// use qpp_incident::domain::phase::{Phase, PhaseWords};
    /// let words = PhaseWords { phase: Phase::Stabilize, is_done: false, until: Some("2026-11-24 09:00 EST".to_owned()), ahead: None };
    /// assert_eq!(words.text(), "Stabilize, enough until 2026-11-24 09:00 EST.");
    /// assert_eq!(PhaseWords::read(&words.text()), Some(words));
    /// ```
    pub fn text(&self) -> String {
        let name = self.phase.capital();
        if self.is_done {
            return format!("{name} is done.");
        }
        let until = self.until.as_ref().map_or_else(String::new, |until| format!(", enough until {until}"));
        let ahead = self.ahead.as_ref().map_or_else(String::new, |(unfinished, reason)| {
            let names: Vec<&str> = unfinished.iter().map(|phase| phase.word()).collect();
            format!(" Not finished: {}. Reason: {}", names.join(", "), sentence(reason))
        });
        format!("{name}{until}.{ahead}")
    }

    /// What an entry says, one written by hand as far as it goes.
    pub fn read(text: &str) -> Option<Self> {
        let phase = Phase::of_text(text)?;
        let (head, ahead) = text.split_once(" Not finished: ").map_or((text, None), |(head, rest)| (head, Some(rest)));
        let ahead = ahead.and_then(|rest| rest.split_once(". Reason: ")).map(|(names, reason)| {
            let named = |name: &str| Phase::ALL.into_iter().find(|phase| phase.word() == name.trim());
            (names.split(',').filter_map(named).collect(), reason.trim_end_matches('.').to_owned())
        });
        let until = head.split_once(", enough until ").map(|(_, until)| until.trim_end_matches('.').to_owned());
        Some(Self { phase, is_done: head.trim_end_matches('.').ends_with(" is done"), until, ahead })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let plain = PhaseWords { phase: Phase::Mitigate, is_done: false, until: None, ahead: None };
        let done = PhaseWords { is_done: true, ..plain.clone() };
        let ahead = PhaseWords {
            phase: Phase::Stabilize,
            until: Some("2026-11-24 09:00 EST".to_owned()),
            ahead: Some((vec![Phase::Mitigate, Phase::Extent], "The standby holds".to_owned())),
            ..plain.clone()
        };
        for words in [plain, done, ahead] {
            assert_eq!(PhaseWords::read(&words.text()), Some(words.clone()), "{}", words.text());
        }
    }

    #[test]
    fn a_line_by_hand_is_read_as_far_as_it_goes() {
        assert_eq!(PhaseWords::read("Extent: we look").map(|words| words.phase), Some(Phase::Extent));
        assert_eq!(PhaseWords::read("stabilize").map(|words| words.is_done), Some(false));
        assert_eq!(PhaseWords::read("Something else"), None);
        assert_eq!(PhaseWords::read(""), None);
    }
}
