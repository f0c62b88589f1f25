//! What `open` reads from its flags before anything is written: the instants and the teams, each with what is to be said of it.
//! Reads; changes nothing.

use crate::commands::session::Session;
use crate::document::mail_report::MailReport;
use crate::domain::at_time::{AtError, parse_at};
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::domain::zone::Zone;
use crate::error::CommandError;

/// What was typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// `--ack`; empty for now.
    pub ack: Option<&'a str>,
    /// `--reported-at`
    pub reported_at: Option<&'a str>,
    /// `--started-at`
    pub started_at: Option<&'a str>,
    /// `--detected-at`
    pub detected_at: Option<&'a str>,
    /// `--team`
    pub teams: &'a [String],
}

/// The instants and teams of an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// `--at`, else now.
    pub opened_at: Timestamp,
    /// `--reported-at`, else the mail's date, else the opening.
    pub reported_at: Timestamp,
    /// `--ack`
    pub acknowledged_at: Option<Timestamp>,
    /// `--started-at`
    pub outage_started_at: Option<Timestamp>,
    /// `--detected-at`
    pub detected_at: Option<Timestamp>,
    /// As the on-call directory writes them, where it knows them.
    pub teams: Vec<String>,
    /// `(code, message)`
    pub warnings: Vec<(String, String)>,
}

impl Opening {
    /// Reads the flags.
    ///
    /// # Errors
    /// A time cannot be read, or the acknowledgement comes before the report.
    pub fn read(session: &Session<'_>, typed: &Typed<'_>, report: &MailReport) -> Result<Self, CommandError> {
        let zone = session.config.zone();
        let time = |text: Option<&str>| text.map(|text| session.time(text, zone)).transpose();
        let opened_at = session.at(zone)?;
        let acknowledged_at = match typed.ack {
            None => None,
            Some("") => Some(opened_at),
            Some(text) => Some(session.time(text, zone)?),
        };
        let sent_at = report.sent_at.filter(|sent_at| *sent_at <= opened_at);
        let (reported_at, assumed) = reported_at(time(typed.reported_at)?.or(sent_at), opened_at, acknowledged_at, zone)?;
        let mut warnings: Vec<(String, String)> = assumed.into_iter().collect();
        let teams = teams(session, typed.teams, &mut warnings);
        let (outage_started_at, detected_at) = (time(typed.started_at)?, time(typed.detected_at)?);
        Ok(Self { opened_at, reported_at, acknowledged_at, outage_started_at, detected_at, teams, warnings })
    }
}

/// The title's words and the time of `--ack`: a word after `--ack` that is no time is the title, when there is no other.
///
/// # Errors
/// It is neither.
pub fn title_and_ack(
    title: &[String],
    ack: Option<&str>,
    now: Timestamp,
    zone: Zone,
) -> Result<(Vec<String>, Option<String>), CommandError> {
    let Some(text) = ack.filter(|text| !text.is_empty()) else { return Ok((title.to_vec(), ack.map(str::to_owned))) };
    match parse_at(text, now, zone) {
        Err(AtError::Unreadable(_)) if title.is_empty() => Ok((vec![text.to_owned()], Some(String::new()))),
        Err(AtError::Unreadable(_)) => Err(CommandError::usage("time", format!("`{text}`, after --ack, is not a time"))
            .with_hint("put --ack last, or give it a time: --ack 23:58")),
        _ => Ok((title.to_vec(), Some(text.to_owned()))),
    }
}

/// When it was reported: as given, else when it was opened or, if that was earlier, acknowledged. Says so when it is a guess.
fn reported_at(
    given: Option<Timestamp>,
    opened_at: Timestamp,
    acknowledged_at: Option<Timestamp>,
    zone: Zone,
) -> Result<(Timestamp, Option<(String, String)>), Refusal> {
    match (given, acknowledged_at) {
        (Some(reported_at), Some(acknowledged_at)) if acknowledged_at < reported_at => Err(Refusal::rule(
            "before-the-report",
            format!(
                "it was reported at {}, and cannot have been acknowledged before, at {}",
                zone.date_minute(reported_at),
                zone.date_minute(acknowledged_at)
            ),
            Some("give both: --reported-at TIME --ack TIME"),
        )),
        (Some(reported_at), _) => Ok((reported_at, None)),
        (None, Some(acknowledged_at)) if acknowledged_at < opened_at => {
            let minute = zone.minute(acknowledged_at);
            let message = format!(
                "it is not said when it was reported: {minute}, the acknowledgement, is taken; mend it with qpp-incident set \
                 reported_at=TIME --reason TEXT"
            );
            Ok((acknowledged_at, Some(("reported-at-assumed".to_owned(), message))))
        }
        (None, _) => Ok((opened_at, None)),
    }
}

/// Teams as the directory writes them; one that it does not know is kept as typed, and said.
fn teams(session: &Session<'_>, typed: &[String], warnings: &mut Vec<(String, String)>) -> Vec<String> {
    if typed.is_empty() {
        return Vec::new();
    }
    let directory = match session.teams() {
        Ok(directory) => directory,
        Err(error) => {
            warnings.push((error.code.to_owned(), error.message));
            return typed.to_vec();
        }
    };
    let mut known = |name: &String| match directory.find(name) {
        Ok(team) => team.name.clone(),
        Err(unknown) => {
            warnings.push(("unknown-team".to_owned(), format!("{unknown} (incidents/teams.yaml)")));
            name.clone()
        }
    };
    typed.iter().map(&mut known).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_word_after_ack_is_a_time_or_else_the_title() {
        let now = at("2026-11-22T23:58:00-05:00");
        let read = |title: &[&str], ack: Option<&str>| {
            let title: Vec<String> = title.iter().map(|word| (*word).to_owned()).collect();
            title_and_ack(&title, ack, now, Zone::default()).map(|(title, ack)| (title.join(" "), ack))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read(&["Many errors"], None).unwrap(), ("Many errors".to_owned(), None));
        assert_eq!(read(&["Many errors"], Some("")).unwrap(), ("Many errors".to_owned(), some("")));
        assert_eq!(read(&["Many errors"], Some("23:50")).unwrap(), ("Many errors".to_owned(), some("23:50")));
        assert_eq!(read(&[], Some("Many errors")).unwrap(), ("Many errors".to_owned(), some("")));
        assert_eq!(read(&["errors"], Some("Many")).unwrap_err().message, "`Many`, after --ack, is not a time");
        assert_eq!(read(&["errors"], Some("2026-11-23 10:00")).unwrap().1, some("2026-11-23 10:00"));
    }

    #[test]
    fn the_report_never_comes_after_the_acknowledgement() {
        let (early, late) = (at("2026-11-22T23:50:00-05:00"), at("2026-11-22T23:58:00-05:00"));
        let read = |given, ack| reported_at(given, late, ack, Zone::default());
        assert_eq!(read(None, None).unwrap(), (late, None));
        assert_eq!(read(Some(early), Some(late)).unwrap(), (early, None));
        assert_eq!(read(None, Some(late)).unwrap(), (late, None));
        let (assumed, warning) = read(None, Some(early)).unwrap();
        assert_eq!((assumed, warning.unwrap().0.as_str()), (early, "reported-at-assumed"));
        assert_eq!(read(Some(late), Some(early)).unwrap_err().code(), "before-the-report");
    }
}
