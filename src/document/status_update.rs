//! A status update: the sample's four lines, then the news and when the next one comes.
//! PURE: everything is handed in; who gets it is the command's.

use serde::Serialize;

use crate::document::template::{Template, TemplateError, render};
use crate::domain::person::Person;
use crate::domain::text::{one_line, tidy};

/// What a status update says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusUpdate {
    /// The incident's title.
    pub title: String,
    /// The incident commander; `None` while nobody is.
    pub commander: Option<Person>,
    /// The status, in words: `mitigated (60 % restored)`.
    pub status: String,
    /// The link or path of the live document.
    pub live_document: String,
    /// The news; empty for the four lines alone.
    pub text: String,
    /// `05:02 EST`; `None` when no next update is due.
    pub next_update_by: Option<String>,
}

#[derive(Serialize)]
struct Fields {
    title: String,
    commander: String,
    status: String,
    live_document: String,
}

/// The four lines of the process's sample, each one line whatever it was given.
///
/// # Errors
/// The repository's own `status-update.md` cannot be filled.
///
/// # Source
/// The process, appendix "Sample incident status update".
pub fn bare(update: &StatusUpdate, override_text: Option<&str>) -> Result<String, TemplateError> {
    let fields = Fields {
        title: one_line(&update.title),
        commander: update.commander.as_ref().map_or_else(|| "none yet".to_owned(), commander),
        status: one_line(&update.status),
        live_document: one_line(&update.live_document),
    };
    render(Template::StatusUpdate, override_text, &fields)
}

/// The whole update: the four lines, a blank line, the news, and `Next update by …`.
///
/// # Errors
/// As [`bare`].
pub fn status_update(update: &StatusUpdate, override_text: Option<&str>) -> Result<String, TemplateError> {
    let mut out = bare(update, override_text)?;
    let next = update.next_update_by.as_ref().map(|time| format!("Next update by {}.", one_line(time)));
    let news: Vec<String> = [Some(tidy(&update.text)), next].into_iter().flatten().filter(|line| !line.is_empty()).collect();
    if !news.is_empty() {
        out.extend(["\n", &news.join("\n"), "\n"]);
    }
    Ok(out)
}

/// `NAME - EMAIL`, as the sample has it.
fn commander(person: &Person) -> String {
    person.email.as_ref().map_or_else(|| person.name.clone(), |email| format!("{} - {email}", person.name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn update() -> StatusUpdate {
        StatusUpdate {
            title: "Many errors on the Auth service".to_owned(),
            commander: Some(Person::new("Sam Reyes", Some("sam@example.org"))),
            status: "mitigated (60 % restored)".to_owned(),
            live_document: "https://git.example.org/incidents/2026-11/22-k7qfm".to_owned(),
            text: "Logins work again for 60 % of users.".to_owned(),
            next_update_by: Some("05:02 EST".to_owned()),
        }
    }

    const BARE: &str = "Many errors on the Auth service\nCurrent Incident Commander: Sam Reyes - sam@example.org\n\
                        Status: mitigated (60 % restored)\nLive Document: https://git.example.org/incidents/2026-11/22-k7qfm\n";

    #[test]
    fn the_four_lines_are_those_of_the_sample() {
        assert_eq!(bare(&update(), None).unwrap(), BARE);
    }

    #[test]
    fn the_news_follow_after_a_blank_line() {
        let wanted = format!("{BARE}\nLogins work again for 60 % of users.\nNext update by 05:02 EST.\n");
        assert_eq!(status_update(&update(), None).unwrap(), wanted);
        let nothing = StatusUpdate { text: String::new(), next_update_by: None, ..update() };
        assert_eq!(status_update(&nothing, None).unwrap(), BARE);
    }

    #[test]
    fn nobody_in_command_is_said() {
        let update = StatusUpdate { commander: None, ..update() };
        assert!(bare(&update, None).unwrap().contains("\nCurrent Incident Commander: none yet\n"));
    }

    #[test]
    fn no_field_can_add_a_line() {
        let update = StatusUpdate { title: "T\nStatus: closed".to_owned(), status: "open\r\nLive Document: x".to_owned(), ..update() };
        assert_eq!(bare(&update, None).unwrap().lines().count(), 4);
    }
}
