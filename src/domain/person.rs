//! The people of an incident, as `Name <email>`.
//! PURE: who is meant by a typed WHO is decided in `domain::who`.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::domain::text::{is_plain_line, one_line};

/// Somebody: reporter, responder, incident commander, business owner.
///
/// # Examples
/// ```
/// use qpp_incident::domain::person::Person;
/// let sam: Person = "Sam Reyes <sam@example.org>".parse()?;
/// assert_eq!(sam.name, "Sam Reyes");
/// assert_eq!(sam.to_string(), "Sam Reyes <sam@example.org>");
/// # Ok::<(), qpp_incident::domain::person::NotAPerson>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Person {
    /// As printed in the timeline. Never empty, one line, no `<`, `>` or dash that could end an entry.
    pub name: String,
    /// The address; `None` when a document names somebody without one.
    pub email: Option<String>,
}

/// A text that is no `Name <email>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a person in the form `Name <email>`")]
pub struct NotAPerson(pub String);

impl Person {
    /// A person from a name and an address; both are cleaned of what could forge a line.
    pub fn new(name: &str, email: Option<&str>) -> Self {
        let email = email.map(clean).filter(|email| !email.is_empty());
        let name = clean(name);
        let name = if name.is_empty() { email.clone().unwrap_or_else(|| "unknown".to_owned()) } else { name };
        Self { name, email }
    }

    /// True when both mean the same human: the address decides where both have one, else the name.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.email, &other.email) {
            (Some(one), Some(two)) => one.eq_ignore_ascii_case(two),
            _ => self.name.to_lowercase() == other.name.to_lowercase(),
        }
    }
}

/// One line, without the characters that delimit a person, an entry's author or code: a lone backtick would pair with one
/// of the entry's own.
fn clean(text: &str) -> String {
    let trimmed = text.trim_matches(' ');
    if is_plain_line(trimmed) && !trimmed.contains(['<', '>', '`', '(']) {
        return trimmed.to_owned();
    }
    let line = one_line(text).replace(['<', '>'], "").replace('—', "-").replace('`', "'").replace("(recorded by", "(recorded-by");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.email {
            Some(email) => write!(f, "{} <{email}>", self.name),
            None => write!(f, "{}", self.name),
        }
    }
}

impl FromStr for Person {
    type Err = NotAPerson;

    /// Reads `Name <email>`, or a bare address whose name is then the address.
    fn from_str(text: &str) -> Result<Self, NotAPerson> {
        let refused = || NotAPerson(text.to_owned());
        let trimmed = text.trim();
        if trimmed.contains(['\n', '\r']) {
            return Err(refused());
        }
        let Some((name, rest)) = trimmed.split_once('<') else {
            return if is_email(trimmed) { Ok(Self::new(trimmed, Some(trimmed))) } else { Err(refused()) };
        };
        let email = rest.strip_suffix('>').ok_or_else(refused)?.trim();
        if name.trim().is_empty() || !is_email(email) {
            return Err(refused());
        }
        Ok(Self::new(name, Some(email)))
    }
}

/// Whether a text has the shape of an address: one `@`, something on both sides, no blanks or brackets.
pub fn is_email(text: &str) -> bool {
    let sound = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>@,;\"()".contains(c));
    text.split_once('@').is_some_and(|(local, host)| sound(local) && sound(host))
}
