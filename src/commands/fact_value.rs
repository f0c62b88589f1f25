//! What a typed value of a fact means: a severity by its number or name, a person, a word of a closed list, items.
//! Reads the session's settings; changes nothing.

use crate::commands::session::{Session, known_people};
use crate::commands::words;
use crate::document::config::Config;
use crate::document::incident_document::IncidentDocument;
use crate::domain::assignment::Operator;
use crate::domain::key::Key;
use crate::domain::nearest::nearest;
use crate::domain::person::is_email;
use crate::domain::severity::Severity;
use crate::domain::text::one_line;
use crate::error::CommandError;

/// What `privacy` may hold.
const PRIVACY: [&str; 3] = ["affected", "none", "unknown"];

/// The text that a text key holds from now on.
///
/// # Errors
/// The value does not fit the key.
pub fn text(session: &Session<'_>, document: &IncidentDocument, key: Key, value: &str) -> Result<String, CommandError> {
    match key {
        Key::Severity => severity(&session.config, value),
        Key::Privacy => privacy(value),
        Key::Reporter => session.who(value, &known_people(document)).map(|person| person.to_string()),
        _ => Ok(one_line(value)),
    }
}

/// The items that a list key gets, loses, or holds from now on. With `=` a comma parts them; one that is added or removed is taken whole.
///
/// # Errors
/// Evidence is no link, an audience no address, or there is no item.
pub fn items(
    session: &Session<'_>,
    document: &IncidentDocument,
    key: Key,
    operator: Operator,
    value: &str,
) -> Result<Vec<String>, CommandError> {
    let typed = if operator == Operator::Set { parted(value, key) } else { vec![one_line(value)] };
    let typed: Vec<String> = typed.into_iter().filter(|item| !item.is_empty()).collect();
    match (operator, key) {
        (Operator::Add | Operator::Remove, _) if typed.is_empty() => {
            Err(CommandError::usage("no-item", format!("`{key}` needs an item to add or to remove")))
        }
        (Operator::Remove, _) => Ok(typed.into_iter().map(|item| standing(document, key, item)).collect()),
        (_, Key::Evidence) => words::links(&typed),
        (_, Key::Audience) => typed.iter().map(|item| address(session, document, item)).collect(),
        _ => Ok(typed),
    }
}

/// A link may hold a comma: there a blank must follow it.
fn parted(value: &str, key: Key) -> Vec<String> {
    let separators = |c: char| c == '\n' || (c == ',' && key != Key::Evidence);
    let value = if key == Key::Evidence { value.replace(", ", "\n").replace(' ', "\n") } else { value.to_owned() };
    value.split(separators).map(one_line).collect()
}

/// The item of the list that is meant: as it stands, in any case, or by a person's address.
fn standing(document: &IncidentDocument, key: Key, item: String) -> String {
    let list = document.header().list(key);
    let is_meant = |other: &&String| other.eq_ignore_ascii_case(&item) || other.ends_with(&format!("<{item}>"));
    list.iter().find(|other| **other == item).or_else(|| list.iter().find(is_meant)).cloned().unwrap_or(item)
}

/// An address as typed, or the person who is meant.
fn address(session: &Session<'_>, document: &IncidentDocument, item: &str) -> Result<String, CommandError> {
    if is_email(item) { Ok(item.to_owned()) } else { session.who(item, &known_people(document)).map(|person| person.to_string()) }
}

/// `SEV-2` from `2`, `sev2`, `SEV-2` or the name that config gives it.
fn severity(config: &Config, value: &str) -> Result<String, CommandError> {
    let levels = ["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"];
    let named = |level: &&&str| {
        let severity: Option<Severity> = level.parse().ok();
        severity.and_then(|severity| config.severity_name(severity)).is_some_and(|name| name.eq_ignore_ascii_case(value))
    };
    if let Some(level) = levels.iter().find(named) {
        return Ok((*level).to_owned());
    }
    value.parse::<Severity>().map(|severity| severity.to_string()).map_err(|error| {
        let digit = value.chars().find(char::is_ascii_digit).map_or(3, |digit| digit.to_digit(10).unwrap_or(3));
        CommandError::refused("severity", error.to_string()).with_hint(format!("qpp-incident set severity=SEV-{}", digit.clamp(1, 5)))
    })
}

fn privacy(value: &str) -> Result<String, CommandError> {
    let typed = value.trim().to_lowercase();
    if PRIVACY.contains(&typed.as_str()) {
        return Ok(typed);
    }
    let near = nearest(&typed, PRIVACY).unwrap_or("unknown");
    Err(CommandError::refused("privacy", format!("`{value}` says nothing of privacy: it is affected, none or unknown"))
        .with_hint(format!("qpp-incident set privacy={near}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_severity_is_a_number_or_the_name_that_config_gives_it() {
        let config = Config::parse("severity:\n  SEV-1: Critical\n").unwrap();
        for (typed, wanted) in [("2", "SEV-2"), ("sev3", "SEV-3"), ("critical", "SEV-1"), ("SEV-5", "SEV-5")] {
            assert_eq!(severity(&config, typed).unwrap(), wanted);
        }
        let error = severity(&config, "SEV-9").unwrap_err();
        assert_eq!(error.hint.unwrap(), "qpp-incident set severity=SEV-5");
        assert_eq!(error.message, "`SEV-9` is not a severity (SEV-1, the worst, to SEV-5)");
    }

    #[test]
    fn privacy_is_a_word_of_three() {
        assert_eq!(privacy("Affected").unwrap(), "affected");
        assert_eq!(privacy("afected").unwrap_err().hint.unwrap(), "qpp-incident set privacy=affected");
    }

    #[test]
    fn commas_part_items_and_not_links() {
        assert_eq!(parted("a, b,c", Key::Teams), ["a", "b", "c"]);
        assert_eq!(
            parted("https://x.example/?q=1,2, https://y.example/ https://z.example/", Key::Evidence),
            ["https://x.example/?q=1,2", "https://y.example/", "https://z.example/"]
        );
    }
}
