//! What `set` may do to a fact, and which command fits where an event moves it.
//! PURE: asked on the document inside the decision; values were read before, in `set`.
//!
//! # Source
//! Spec §3: "an instant needs a reason and writes a Fact entry old → new; keys that events move are refused with the
//! command that fits".

use crate::document::entry_name::minute_name;
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::document::unsettled::unsettled_merges;
use crate::domain::assignment::Operator;
use crate::domain::change::Change;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::instant_words::instant_words;
use crate::domain::key::{Key, KeyShape};
use crate::domain::key_setting::sets;
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;

/// A value that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// A text key's; `None` when it is to go.
    Text(Option<String>),
    /// An instant key's; `None` when it is to go.
    Instant(Option<Timestamp>),
    /// A list's items: all of them, the one to add, or the one to remove.
    Items(Operator, Vec<String>),
}

/// Refuses a key that an event moves, or that nothing moves, with the command that fits.
///
/// # Errors
/// `set` does not change this key.
pub fn may_be_set(document: &IncidentDocument, key: Key, operator: Operator, value: &str) -> Result<(), Refusal> {
    if operator == Operator::Set && settles_a_merge(document, key, value) {
        return Ok(());
    }
    let id = document.id();
    let typed = |placeholder: &str| if value.is_empty() { placeholder.to_owned() } else { shell_words::quote(value).into_owned() };
    let verb = if operator == Operator::Remove { "remove" } else { "add" };
    let fits = match key {
        Key::Id | Key::Aka => return Err(Refusal::rule("fixed", format!("an incident keeps its id: `{key}` cannot be set"), None)),
        Key::Timezone => return fixed_zone(document),
        Key::Status => status_command(document, value),
        Key::Commander => format!("qpp-incident assign-ic {id} {}", typed("WHO")),
        Key::Responders => format!("qpp-incident responder {verb} {id} {}", typed("WHO")),
        Key::BusinessOwners => format!("qpp-incident owner {verb} {id} {}", typed("WHO")),
        Key::Restored => format!("qpp-incident mitigate {id} \"what was done\" --restored {}", typed("PERCENT")),
        Key::CloseReason => format!("qpp-incident close {id} --reason {} \"why\"", typed("REASON")),
        Key::DuplicateOf => format!("qpp-incident close {id} --reason duplicate --of {} \"why\"", typed("INC")),
        key => match event_of(key) {
            Some((_, command)) => instant_command(document, key, command, &typed("TIME")),
            None => return Ok(()),
        },
    };
    Err(Refusal::rule("moved-by-event", format!("`{key}` of {id} is moved by an event, not set by hand"), Some(&fits)))
}

/// Whether the value stands already and a merge that decided the key waits for somebody to say so: then an event's key may be set too.
fn settles_a_merge(document: &IncidentDocument, key: Key, value: &str) -> bool {
    let standing = document.header().text(key).is_some_and(|text| text == value);
    let in_words = document.header().instant(key).is_some_and(|at| instant_words(at, document.zone()) == value);
    let waits = unsettled_merges(document).iter().any(|found| sets(&found.entry, key.name()));
    waits && (standing || in_words)
}

/// The kind of the entry that sets an instant, and the command that records it; none for instants that `set` alone changes.
pub fn event_of(key: Key) -> Option<(EntryKind, &'static str)> {
    match key {
        Key::OpenedAt => Some((EntryKind::Opened, "open")),
        Key::AcknowledgedAt => Some((EntryKind::Acknowledged, "ack")),
        Key::MitigatedAt => Some((EntryKind::Mitigated, "mitigate")),
        Key::ResolvedAt => Some((EntryKind::Resolved, "resolve")),
        Key::ClosedAt => Some((EntryKind::Closed, "close")),
        _ => None,
    }
}

/// The entry by which an instant of the front matter was set, as its index in the timeline.
pub fn entry_of(document: &IncidentDocument, key: Key) -> Option<usize> {
    document.header().instant(key)?;
    let (kind, _) = event_of(key)?;
    let entries = &document.timeline().entries;
    let is_standing = |found: &&TimelineEntry| !found.void;
    let begin = match key {
        Key::OpenedAt | Key::AcknowledgedAt => 0,
        _ => entries.iter().rposition(|found| !found.void && found.entry.kind == Some(EntryKind::Reopened)).unwrap_or(0),
    };
    let mut of_kind = entries.iter().enumerate().skip(begin).filter(|(_, found)| is_standing(found) && found.entry.kind == Some(kind));
    let found = if key == Key::MitigatedAt { of_kind.next() } else { of_kind.next_back() };
    found.map(|(index, _)| index)
}

fn instant_command(document: &IncidentDocument, key: Key, command: &str, time: &str) -> String {
    let id = document.id();
    match entry_of(document, key).and_then(|index| minute_name(document.timeline(), document.zone(), index)) {
        Some(entry) => format!("qpp-incident correct {id} '{entry}' --time {time}"),
        None => format!("qpp-incident {command} {id} --at {time}"),
    }
}

fn status_command(document: &IncidentDocument, value: &str) -> String {
    let id = document.id();
    match value.to_lowercase().as_str() {
        "acknowledged" => format!("qpp-incident ack {id}"),
        "mitigated" => format!("qpp-incident mitigate {id} \"what was done\""),
        "resolved" => format!("qpp-incident resolve {id} \"how\""),
        "closed" => format!("qpp-incident close {id} --ask"),
        "open" => format!("qpp-incident reopen {id} \"why it is back\""),
        _ => format!("qpp-incident status {id} names the next step"),
    }
}

fn fixed_zone(document: &IncidentDocument) -> Result<(), Refusal> {
    let (id, zone) = (document.id(), document.zone());
    let message = if document.timeline().entries.is_empty() {
        format!("`timezone` of {id} is written when it is opened: `set` cannot change it")
    } else {
        format!("`timezone` of {id} stays {zone}: entries are written in it already")
    };
    Err(Refusal::rule("fixed", message, Some("new incidents get the `timezone` of incidents/config.yaml")))
}

/// The event that sets a fact, whether or not it holds that value already: setting the standing value settles a merge.
///
/// # Errors
/// An instant without a reason, a title that would be empty, or an item that the list does not hold.
pub fn fact_set(document: &IncidentDocument, key: Key, value: &NewValue, reason: Option<&str>) -> Result<Action, Refusal> {
    let reason = reason.map(str::to_owned);
    let (old, new, changes) = match value {
        NewValue::Text(None) if key == Key::Title => {
            return Err(Refusal::rule("title-missing", "an incident has a title: it can be changed, not removed", None));
        }
        NewValue::Text(text) => {
            let old = document.header().text(key).map(str::to_owned);
            (old, text.clone(), vec![text.clone().map_or(Change::Remove(key), |text| Change::Set(key, text))])
        }
        NewValue::Instant(at) if reason.is_none() => {
            let message = format!("`{key}` is an instant, which changes with a reason only");
            let words = at.map(|at| instant_words(at, document.zone())).unwrap_or_default();
            let hint = format!("qpp-incident set {} '{key}={words}' --reason \"why it was wrong, and how you know\"", document.id());
            return Err(Refusal::rule("reason-missing", message, Some(&hint)));
        }
        NewValue::Instant(at) => {
            let zone = document.zone();
            let change = at.map_or(Change::Remove(key), |at| Change::Set(key, zone.rfc3339(at)));
            let words = |at: Timestamp| instant_words(at, zone);
            (document.header().instant(key).map(words), at.map(words), vec![change])
        }
        NewValue::Items(operator, items) => list_change(document, key, *operator, items)?,
    };
    Ok(Action::FactSet { key, old, new, reason, changes })
}

/// What stands before, what after, for people, and the changes.
type ListChange = (Option<String>, Option<String>, Vec<Change>);

fn list_change(document: &IncidentDocument, key: Key, operator: Operator, items: &[String]) -> Result<ListChange, Refusal> {
    let standing = document.header().list(key);
    let joined = |items: &[String]| (!items.is_empty()).then(|| items.join(", "));
    let add = |item: &String| Change::AddItem(key, item.clone());
    let remove = |item: &String| Change::RemoveItem(key, item.clone());
    let words = || items.join(", ");
    match operator {
        Operator::Add => Ok((None, Some(format!("added {}", words())), items.iter().map(add).collect())),
        Operator::Remove => {
            if let Some(missing) = items.iter().find(|item| !standing.contains(item)) {
                let held = joined(standing).unwrap_or_else(|| "nothing".to_owned());
                return Err(Refusal::rule("not-in-list", format!("`{missing}` is not in `{key}`, which holds {held}"), None));
            }
            Ok((None, Some(format!("removed {}", words())), items.iter().map(remove).collect()))
        }
        Operator::Set => {
            let gone = standing.iter().filter(|item| !items.contains(item)).map(remove);
            let fresh = items.iter().filter(|item| !standing.contains(item)).map(add);
            Ok((joined(standing), joined(items), gone.chain(fresh).collect()))
        }
    }
}

/// Pairs of instants of which the first is never later than the second.
const ORDER: [(Key, Key); 8] = [
    (Key::OutageStartedAt, Key::DetectedAt),
    (Key::DetectedAt, Key::ReportedAt),
    (Key::OutageStartedAt, Key::ReportedAt),
    (Key::ReportedAt, Key::AcknowledgedAt),
    (Key::AcknowledgedAt, Key::MitigatedAt),
    (Key::AcknowledgedAt, Key::ResolvedAt),
    (Key::OutageStartedAt, Key::OutageEndedAt),
    (Key::ResolvedAt, Key::ClosedAt),
];

/// What does not fit together after these keys were set, as warnings.
pub fn order_warnings(header: &Header, keys: &[Key]) -> Vec<(String, String)> {
    let zone = header.zone();
    let touched = ORDER.iter().filter(|(earlier, later)| keys.contains(earlier) || keys.contains(later));
    let wrong = touched.filter_map(|(earlier, later)| {
        let (first, second) = (header.instant(*earlier)?, header.instant(*later)?);
        let told = format!("{earlier} ({}) is later than {later} ({})", instant_words(first, zone), instant_words(second, zone));
        (first > second).then(|| ("instants-out-of-order".to_owned(), told))
    });
    wrong.collect()
}

/// True for keys that hold a list.
pub fn is_list(key: Key) -> bool {
    key.shape() == KeyShape::List
}

#[cfg(test)]
mod tests;
