//! `Q7F`: the reference of something that is answered later. A letter for what it is, two random characters, one at least a digit:
//! AWS, ASG, SSH and the like are words, and stand at the start of action items that people write.
//! PURE: randomness is handed in.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::domain::incident_id::{base32, canonical_base32};

/// What kind of thing a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// `Q`: an inquiry.
    Inquiry,
    /// `S`: an assumption.
    Assumption,
    /// `P`: an approval.
    Approval,
    /// `O`: an objection.
    Objection,
    /// `A`: an action item.
    ActionItem,
}

impl ReferenceKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Inquiry, Self::Assumption, Self::Approval, Self::Objection, Self::ActionItem];

    /// The letter that such a reference begins with.
    pub fn letter(self) -> char {
        match self {
            Self::Inquiry => 'Q',
            Self::Assumption => 'S',
            Self::Approval => 'P',
            Self::Objection => 'O',
            Self::ActionItem => 'A',
        }
    }
}

/// How many pairs of characters there are; those of two letters are none.
const COUNT: u16 = 32 * 32;

/// A reference, unique in its document.
///
/// # Source
/// Spec §2 "The timeline".
///
/// # Examples
/// ```
/// use qpp_incident::domain::reference::Reference;
/// assert_eq!("a9d".parse::<Reference>()?.to_string(), "A9D");
/// assert!("X9D".parse::<Reference>().is_err());
/// assert!("AWS".parse::<Reference>().is_err());
/// # Ok::<(), qpp_incident::domain::reference::NotAReference>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// What it names.
    pub kind: ReferenceKind,
    characters: [char; 2],
}

/// The references of a kind that a text names, written in capitals.
///
/// # Examples
/// ```
/// use qpp_incident::domain::reference::{ReferenceKind, named_in};
/// let named = named_in("Because of S2M, (S3K) and Q7F: SSH, s4x", ReferenceKind::Assumption);
/// assert_eq!(named.iter().map(ToString::to_string).collect::<Vec<_>>(), ["S2M", "S3K"]);
/// ```
pub fn named_in(text: &str, kind: ReferenceKind) -> Vec<Reference> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let capital = words.filter(|word| word.len() == 3 && !word.bytes().any(|byte| byte.is_ascii_lowercase()));
    capital.filter_map(|word| word.parse().ok()).filter(|reference: &Reference| reference.kind == kind).collect()
}

/// A text that is no reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a reference such as A9D")]
pub struct NotAReference(pub String);

impl Reference {
    /// The reference that two random bytes choose; of two letters the second becomes a digit.
    pub fn from_random(kind: ReferenceKind, bytes: [u8; 2]) -> Self {
        let [first, second] = bytes;
        let characters = bytes.map(base32);
        let characters = if has_digit(characters) { characters } else { [base32(first), base32(second % 10)] };
        Self { kind, characters }
    }

    /// The reference that two random bytes choose, or the next one after it that is not taken; `None` when all are.
    pub fn free(kind: ReferenceKind, bytes: [u8; 2], is_taken: impl Fn(Self) -> bool) -> Option<Self> {
        let [first, second] = bytes.map(|byte| u16::from(byte % 32));
        let nth = |step: u16| {
            let at = (first * 32 + second + step) % COUNT;
            let [_, first] = (at / 32).to_be_bytes();
            let [_, second] = (at % 32).to_be_bytes();
            Self::from_random(kind, [first, second])
        };
        (0..COUNT).map(nth).find(|reference| !is_taken(*reference))
    }
}

fn has_digit(characters: [char; 2]) -> bool {
    characters.iter().any(char::is_ascii_digit)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.characters;
        write!(f, "{}{first}{second}", self.kind.letter())
    }
}

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let refused = || NotAReference(text.to_owned());
        let mut characters = text.trim().chars();
        let letter = characters.next().ok_or_else(refused)?.to_ascii_uppercase();
        let kind = ReferenceKind::ALL.into_iter().find(|kind| kind.letter() == letter).ok_or_else(refused)?;
        let rest = canonical_base32(characters.as_str()).ok_or_else(refused)?;
        let rest: Vec<char> = rest.chars().collect();
        let characters = <[char; 2]>::try_from(rest).ok().filter(|characters| has_digit(*characters)).ok_or_else(refused)?;
        Ok(Self { kind, characters })
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_taken_reference_is_passed_over_until_all_are_taken() {
        let mut taken = BTreeSet::new();
        while let Some(reference) = Reference::free(ReferenceKind::ActionItem, [255, 30], |reference| taken.contains(&reference)) {
            assert!(taken.insert(reference));
        }
        assert_eq!(taken.len(), 32 * 32 - 22 * 22);
        let drawn = |bytes| Reference::free(ReferenceKind::ActionItem, bytes, |_| false).unwrap();
        assert_eq!(drawn([255, 30]), Reference::from_random(ReferenceKind::ActionItem, [255, 30]));
        let next = Reference::free(ReferenceKind::ActionItem, [31, 31], |reference| reference.to_string() == "AZ1");
        assert_eq!(next.unwrap().to_string(), "A00");
    }

    #[test]
    fn words_are_no_references_and_every_drawn_one_is_read_back() {
        for word in ["AWS", "ACK", "ASG", "SSH", "SQS", "PVC", "PDF", "QPP"] {
            assert!(word.parse::<Reference>().is_err(), "{word}");
        }
        for bytes in (0..=255).flat_map(|first| (0..=255).map(move |second| [first, second])) {
            let drawn = Reference::from_random(ReferenceKind::Approval, bytes);
            assert_eq!(drawn.to_string().parse(), Ok(drawn));
        }
    }
}
