//! What `open` tells about the incident that it opens: no PagerDuty reference, and others opened shortly before. It blocks nothing.
//! Reads; changes nothing.

use chrono::Days;

use crate::commands::session::Session;
use crate::document::header::Header;
use crate::document::new_document::NewIncident;
use crate::domain::duration::in_words;
use crate::domain::key::Key;

/// How far back another incident of the same team is named, in seconds.
///
/// # Source
/// Spec §3, `open`.
const LATELY: i64 = 60 * 60;

/// How many of those are named.
const NAMED: usize = 3;

/// `(code, message)` of everything that who opens it should know.
pub fn warnings(session: &Session<'_>, new: &NewIncident) -> Vec<(String, String)> {
    let mut warnings: Vec<(String, String)> = Vec::new();
    if new.pagerduty.is_none() {
        warnings.push(("pagerduty-missing".to_owned(), no_reference(session, new)));
    }
    warnings.extend(opened_lately(session, new));
    warnings
}

/// # Source
/// The process, "Summary": "PagerDuty is the sole mechanism for opening an incident."
fn no_reference(session: &Session<'_>, new: &NewIncident) -> String {
    let directory = session.teams().unwrap_or_default();
    let addresses = new.teams.iter().filter_map(|team| directory.find(team).ok()?.email.clone());
    let addresses: Vec<String> = addresses.filter(|address| address.contains('@')).collect();
    let to = if addresses.is_empty() { "the team there".to_owned() } else { addresses.join(", ") };
    format!(
        "no PagerDuty reference: PagerDuty is the sole mechanism for opening an incident. Alert {to}, then: qpp-incident set {} \
         pagerduty=REF",
        new.id
    )
}

/// Incidents opened within the hour before, for one of the same teams or where one of the two names no team. In a bad hour there
/// may be hundreds: some are named, and where the others are.
fn opened_lately(session: &Session<'_>, new: &NewIncident) -> Vec<(String, String)> {
    let opened_on = new.zone.date(new.opened_at);
    let yesterday = opened_on.checked_sub_days(Days::new(1)).unwrap_or(opened_on);
    let recent = session.store.incidents_since(yesterday).into_iter().filter_map(|place| {
        let text = session.store.text(&format!("{}/incident.md", place.path)).ok().flatten()?;
        let header = Header::of_document(&text).ok()?;
        let ago = new.opened_at.seconds_since(header.instant(Key::OpenedAt)?);
        ((0..=LATELY).contains(&ago) && shares_a_team(&header, new)).then(|| same_or_not(&header, new, ago))
    });
    let mut messages: Vec<String> = recent.take(NAMED + 1).collect();
    if messages.len() > NAMED {
        messages.truncate(NAMED);
        messages.push("more incidents were opened in the hour before; all that are not closed: qpp-incident list".to_owned());
    }
    messages.into_iter().map(|message| ("opened-lately".to_owned(), message)).collect()
}

fn shares_a_team(header: &Header, new: &NewIncident) -> bool {
    let theirs = header.list(Key::Teams);
    let is_same = |one: &String| theirs.iter().any(|other| other.eq_ignore_ascii_case(one));
    theirs.is_empty() || new.teams.is_empty() || new.teams.iter().any(is_same)
}

fn same_or_not(header: &Header, new: &NewIncident, ago: i64) -> String {
    format!(
        "{} {} ({}) was opened {} before; if it is the same: qpp-incident close {} --reason duplicate --of {}",
        header.id(),
        header.title(),
        header.status(),
        in_words(ago),
        new.id,
        header.id()
    )
}
