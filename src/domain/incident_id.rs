//! `INC-K7QFM`: an id that can be said on the phone and that two laptops offline do not both choose.
//! PURE: randomness is handed in; whether an id is free is asked of the store.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// Crockford's base32: digits and capitals without I, L, O and U.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters follow `INC-`.
pub const LENGTH: usize = 5;

/// An incident's id.
///
/// # Source
/// Spec §2 "Ids"; Crockford's base32.
///
/// # Examples
/// ```
/// use qpp_incident::domain::incident_id::IncidentId;
/// let id: IncidentId = "inc-k7qfm".parse()?;
/// assert_eq!(id.to_string(), "INC-K7QFM");
/// assert_eq!("INC-KLOI7".parse::<IncidentId>()?.to_string(), "INC-K1017");
/// # Ok::<(), qpp_incident::domain::incident_id::NotAnIncidentId>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(String);

/// A text that is no incident id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an incident id such as INC-K7QFM")]
pub struct NotAnIncidentId(pub String);

impl IncidentId {
    /// The id that five random bytes choose.
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| base32(*byte)).collect())
    }

    /// The five characters, in capitals.
    pub fn characters(&self) -> &str {
        &self.0
    }

    /// True when these characters mean this id, in any case.
    pub fn is_written(&self, characters: &str) -> bool {
        characters.chars().map(canonical).eq(self.0.chars().map(Some))
    }

    /// The five characters in lower case, as in the folder's name.
    pub fn in_path(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The base32 character for the low five bits of a byte.
pub fn base32(byte: u8) -> char {
    ALPHABET.get(usize::from(byte % 32)).map_or('0', |c| char::from(*c))
}

/// Letters as a person types or hears them, as the alphabet has them: capitals, I and L as 1, O as 0.
/// `None` when a character is not of the alphabet.
pub fn canonical_base32(text: &str) -> Option<String> {
    text.chars().map(canonical).collect()
}

/// True for what can follow `INC-`.
pub fn are_characters(text: &str) -> bool {
    text.chars().count() == LENGTH && text.chars().all(|c| canonical(c).is_some())
}

fn canonical(c: char) -> Option<char> {
    match c.to_ascii_uppercase() {
        'I' | 'L' => Some('1'),
        'O' => Some('0'),
        c if c.is_ascii() && ALPHABET.contains(&(c as u8)) => Some(c),
        _ => None,
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INC-{}", self.0)
    }
}

impl FromStr for IncidentId {
    type Err = NotAnIncidentId;

    /// Reads a whole id, `INC-` included, in any case.
    fn from_str(text: &str) -> Result<Self, NotAnIncidentId> {
        let refused = || NotAnIncidentId(text.to_owned());
        let (prefix, characters) = text.trim().split_once('-').ok_or_else(refused)?;
        let canonical = canonical_base32(characters).filter(|characters| characters.len() == LENGTH).ok_or_else(refused)?;
        if prefix.eq_ignore_ascii_case("INC") { Ok(Self(canonical)) } else { Err(refused()) }
    }
}

impl Serialize for IncidentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_id_is_known_by_its_characters_as_it_is_read_from_them() {
        let id: IncidentId = "INC-K1017".parse().unwrap();
        for text in ["k1017", "KLOI7", "kioL7", "K101", "K10177", "K101u", "K1018", "", "é1017"] {
            let read = format!("INC-{text}").parse::<IncidentId>();
            assert_eq!(are_characters(text), read.is_ok(), "{text}");
            assert_eq!(id.is_written(text), read.is_ok_and(|read| read == id), "{text}");
        }
    }
}
