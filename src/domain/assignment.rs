//! `KEY=VALUE`, `KEY+=ITEM`, `KEY-=ITEM`: one wish of `set`, as it was typed.
//! PURE: what the key may hold is decided where the document is known.

use std::str::FromStr;

use crate::domain::key::Key;
use crate::domain::nearest::nearest;
use crate::domain::section::Section;

/// What is to become of the value that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`: it is replaced.
    Set,
    /// `+=`: the list gets one item more.
    Add,
    /// `-=`: the list loses one item.
    Remove,
}

/// What a name before the sign means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A fact of the front matter.
    Key(Key),
    /// A prose part of the body.
    Section(Section),
}

/// One wish of `set`.
///
/// # Examples
/// ```
/// use qpp_incident::domain::assignment::{Assignment, Operator, Subject};
/// use qpp_incident::domain::{key::Key, section::Section};
/// let wish: Assignment = "services+=auth".parse()?;
/// assert_eq!((wish.subject, wish.operator, wish.value.as_str()), (Subject::Key(Key::Services), Operator::Add, "auth"));
/// assert_eq!("root-causes=a=b".parse::<Assignment>()?.subject, Subject::Section(Section::RootCauses));
/// assert!("severty=2".parse::<Assignment>().unwrap_err().to_string().ends_with("the nearest is `severity`"));
/// # Ok::<(), qpp_incident::domain::assignment::NotAnAssignment>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// What is set.
    pub subject: Subject,
    /// How.
    pub operator: Operator,
    /// To what; empty when it is to go.
    pub value: String,
}

/// A text that is no assignment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAssignment {
    /// No `=` stands in it.
    #[error("`{0}` is no KEY=VALUE")]
    NoSign(String),
    /// The name before the sign is neither a key nor a section.
    #[error("`{name}` is neither a fact nor a section; the nearest is `{nearest}`")]
    Unknown {
        /// What was given.
        name: String,
        /// The known word that is most alike.
        nearest: &'static str,
    },
}

impl Subject {
    /// The word in files, entries and messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Key(key) => key.name(),
            Self::Section(section) => section.word(),
        }
    }

    fn named(name: &str) -> Option<Self> {
        let key = name.parse().map(Self::Key).ok();
        key.or_else(|| name.parse().map(Self::Section).ok())
    }
}

impl FromStr for Assignment {
    type Err = NotAnAssignment;

    fn from_str(text: &str) -> Result<Self, NotAnAssignment> {
        let (name, value) = text.split_once('=').ok_or_else(|| NotAnAssignment::NoSign(text.to_owned()))?;
        let (name, operator) = match (name.strip_suffix('+'), name.strip_suffix('-')) {
            (Some(name), _) => (name, Operator::Add),
            (None, Some(name)) => (name, Operator::Remove),
            (None, None) => (name, Operator::Set),
        };
        let unknown = || {
            let words = Key::ALL.iter().map(|key| key.name()).chain(Section::ALL.iter().map(|section| section.word()));
            NotAnAssignment::Unknown { name: name.trim().to_owned(), nearest: nearest(name.trim(), words).unwrap_or_default() }
        };
        let subject = Subject::named(name).ok_or_else(unknown)?;
        Ok(Self { subject, operator, value: value.trim().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_first_sign_divides_and_keys_are_named_in_any_case() {
        let cases = [
            ("severity=2", "severity", Operator::Set, "2"),
            ("Reported-Via = pagerduty ", "reported_via", Operator::Set, "pagerduty"),
            ("evidence+=https://x.example/?a=b", "evidence", Operator::Add, "https://x.example/?a=b"),
            ("teams-=QPP-A", "teams", Operator::Remove, "QPP-A"),
            ("went-well=-", "went_well", Operator::Set, "-"),
            ("Root Causes=", "root_causes", Operator::Set, ""),
        ];
        for (text, word, operator, value) in cases {
            let found: Assignment = text.parse().unwrap();
            assert_eq!((found.subject.word(), found.operator, found.value.as_str()), (word, operator, value), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_told_with_the_nearest_word() {
        let told = |text: &str| text.parse::<Assignment>().unwrap_err().to_string();
        assert_eq!(told("severity"), "`severity` is no KEY=VALUE");
        assert_eq!(told("imapct=x"), "`imapct` is neither a fact nor a section; the nearest is `impact`");
        assert_eq!(told("sevices+=x"), "`sevices` is neither a fact nor a section; the nearest is `services`");
    }
}
