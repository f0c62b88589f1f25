//! WHO: which person somebody means by `me`, an address, `Name <email>`, or a part of a name.
//! PURE: who is known (the document, the teams, config, recent authors) is handed in.

use crate::domain::person::{Person, is_email};
use crate::domain::text::one_line;
use crate::domain::wording::names;

/// How many people a refusal lists.
const MOST_LISTED: usize = 5;

/// Why a WHO names nobody, or more than one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhoError {
    /// `me`, and there is no identity.
    #[error("`me` is nobody: no git identity is set and `--by` is not given")]
    NobodyIsMe,
    /// Angle brackets, but no `Name <email>`.
    #[error("`{0}` is not a person in the form `Name <email>`")]
    NotAPerson(String),
    /// Nobody known has this in the name or address.
    #[error("nobody known is called `{text}`{}", listed("; known, the nearest first:", nearest))]
    Unknown {
        /// What was given.
        text: String,
        /// The most alike of those who are known, nearest first.
        nearest: Vec<Person>,
    },
    /// Several people have it.
    #[error("`{text}` is not one person{}", listed(": it may be", matches))]
    NotUnique {
        /// What was given.
        text: String,
        /// All of them, nearest first.
        matches: Vec<Person>,
    },
}

fn listed(intro: &str, people: &[Person]) -> String {
    let shown = people.get(..MOST_LISTED).unwrap_or(people);
    match people.len() - shown.len() {
        0 if people.is_empty() => String::new(),
        0 => format!("{intro} {}", names(shown)),
        more => format!("{intro} {} and {more} more", names(shown)),
    }
}

impl WhoError {
    /// The stable word for JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NobodyIsMe => "no-identity",
            Self::NotAPerson(_) => "not-a-person",
            Self::Unknown { .. } => "unknown-person",
            Self::NotUnique { .. } => "ambiguous-person",
        }
    }

    /// What to type instead.
    pub fn hint(&self) -> String {
        match self {
            Self::NobodyIsMe => "git config --global user.name \"Your Name\" && git config --global user.email you@example.org, or --by \"Your Name <you@example.org>\"".to_owned(),
            Self::NotAPerson(_) | Self::Unknown { .. } => "give `Name <email>`, or the address alone".to_owned(),
            Self::NotUnique { .. } => "give more of the name, or the address".to_owned(),
        }
    }
}

/// The person that a WHO means.
///
/// A whole name or address goes before a part of one. `known` may hold the same person several times.
///
/// # Errors
/// Nobody is meant, or more than one; the error lists them, nearest first.
///
/// # Source
/// Spec §3, "WHO".
///
/// # Examples
/// ```
/// use qpp_incident::domain::{person::Person, who::resolve_who};
/// let known: [Person; 2] = ["Sam Reyes <sam@example.org>".parse()?, "Pat Lee <pat@example.org>".parse()?];
/// assert_eq!(resolve_who("rey", None, &known)?, known[0]);
/// assert_eq!(resolve_who("new@example.org", None, &known)?.name, "new@example.org");
/// assert!(resolve_who("e", None, &known).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn resolve_who(text: &str, me: Option<&Person>, known: &[Person]) -> Result<Person, WhoError> {
    let typed = one_line(text);
    if typed.eq_ignore_ascii_case("me") {
        return me.cloned().ok_or(WhoError::NobodyIsMe);
    }
    if typed.contains(['<', '>']) {
        return typed.parse().map_err(|_| WhoError::NotAPerson(typed));
    }
    let people = distinct(known);
    if is_email(&typed) {
        let found = people.into_iter().find(|person| person.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&typed)));
        return Ok(found.unwrap_or_else(|| Person::new(&typed, Some(&typed))));
    }
    by_part(&typed, people)
}

/// The one person whose name is this, or else whose name or address has it as a part.
fn by_part(typed: &str, people: Vec<Person>) -> Result<Person, WhoError> {
    let wanted = typed.to_lowercase();
    let is_whole = |person: &&Person| person.name.to_lowercase() == wanted;
    let is_part = |person: &&Person| {
        let email = person.email.as_deref().unwrap_or_default();
        !wanted.is_empty() && (person.name.to_lowercase().contains(&wanted) || email.to_lowercase().contains(&wanted))
    };
    let mut matches: Vec<Person> = people.iter().filter(is_whole).cloned().collect();
    if matches.is_empty() {
        matches = people.iter().filter(is_part).cloned().collect();
    }
    match matches.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(WhoError::Unknown { nearest: nearest_first(&wanted, people), text: typed.to_owned() }),
        _ => Err(WhoError::NotUnique { matches: nearest_first(&wanted, matches), text: typed.to_owned() }),
    }
}

/// Everybody once, as the fullest mention has them: an address goes before none, a name before an address in its place.
fn distinct(known: &[Person]) -> Vec<Person> {
    let fullness = |person: &Person| match &person.email {
        Some(email) if *email != person.name => 0,
        Some(_) => 1,
        None => 2,
    };
    let mut fullest: Vec<&Person> = known.iter().collect();
    fullest.sort_by_key(|person| fullness(person));
    let mut people: Vec<Person> = Vec::new();
    for person in fullest {
        if !people.iter().any(|listed| listed.is_same(person)) {
            people.push(person.clone());
        }
    }
    people
}

fn nearest_first(wanted: &str, mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by_cached_key(|person| (-likeness(wanted, person), person.clone()));
    people
}

/// How alike a text and a person are, in millionths: the best of the whole name, its words and the address.
fn likeness(wanted: &str, person: &Person) -> i64 {
    let name = person.name.to_lowercase();
    let email = person.email.as_deref().unwrap_or_default().to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    let alike = name.split_whitespace().chain([name.as_str(), local]).map(|part| strsim::jaro_winkler(part, wanted));
    millionths(alike.fold(0.0, f64::max))
}

#[expect(clippy::cast_possible_truncation, reason = "a likeness is between 0 and 1")]
fn millionths(share: f64) -> i64 {
    (share * 1e6) as i64
}

#[cfg(test)]
mod tests;
