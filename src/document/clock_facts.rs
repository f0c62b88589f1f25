//! The facts that the clocks are computed from, gathered from an incident's documents and the settings.
//! PURE. Void entries count for nothing; key instants are those of the front matter, to the second.

use crate::document::closings::{clock_closings, is_closed_as_resolved};
use crate::document::config::{Config, DocumentClock};
use crate::document::folder::Folder;
use crate::document::header::Header;
use crate::document::incident_document::IncidentDocument;
use crate::document::questions::raised;
use crate::document::report_header::ReportHeader;
use crate::domain::clock::Clock;
use crate::domain::clock_facts::{ClockFacts, Closing, Question};
use crate::domain::clocks::{Clocks, clocks};
use crate::domain::consensus::read_names;
use crate::domain::entry::Entry;
use crate::domain::entry_kind::EntryKind;
use crate::domain::handoff_words::taker;
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::reference::ReferenceKind;
use crate::domain::timestamp::Timestamp;
use crate::domain::wording::NOBODY;

/// The clocks of an incident at an instant.
pub fn folder_clocks(folder: &Folder, config: &Config, now: Timestamp) -> Clocks {
    clocks(&clock_facts(&folder.incident, folder.rca.as_deref(), config, now))
}

/// The RCA's clock of a closed incident, from its header alone: what is needed to see whether it is pending.
pub fn rca_clock(header: &Header, rca: Option<&str>, config: &Config, now: Timestamp) -> Clock {
    let standing =
        Closing { closed_at: header.instant(Key::ClosedAt).unwrap_or(now), reopened_at: None, is_resolved: is_closed_as_resolved(header) };
    let done_at = rca.and_then(|text| ReportHeader::of_document(text).ok()).filter(ReportHeader::is_done);
    let facts = ClockFacts {
        closings: vec![standing],
        rca_done_at: done_at.and_then(|header| header.done_at).into_iter().collect(),
        days_off: config.days_off(),
        ..ClockFacts::new(now, header.zone())
    };
    clocks(&facts).rca
}

/// What the clocks are computed from; `rca` is the text of `rca.md`, if there is one.
pub fn clock_facts(document: &IncidentDocument, rca: Option<&str>, config: &Config, now: Timestamp) -> ClockFacts {
    let header = document.header();
    let acknowledged_at = header.instant(Key::AcknowledgedAt);
    let closings = clock_closings(document);
    let reopened_at = closings.iter().filter_map(|closing| closing.reopened_at).max();
    ClockFacts {
        reported_at: header.instant(Key::ReportedAt),
        opened_at: header.instant(Key::OpenedAt),
        acknowledged_at,
        closings,
        commanders: commanders(document),
        responders: responders(document),
        writings: writings(document, config.document_clock()),
        alerted_at: alerted_at(document, acknowledged_at),
        inquiries: questions(document, ReferenceKind::Inquiry),
        approvals: questions(document, ReferenceKind::Approval),
        rca_done_at: rca_done_at(document, rca, reopened_at),
        days_off: config.days_off(),
        acknowledge_seconds: config.acknowledge_seconds(),
        inquiry_seconds: config.inquiry_seconds(),
        commander_seconds: config.commander_seconds(),
        document_seconds: config.document_interval_seconds(),
        role_seconds: i64::from(config.hours_in_role()) * 3600,
        ..ClockFacts::new(now, document.zone())
    }
}

fn standing(document: &IncidentDocument, kind: EntryKind) -> impl Iterator<Item = &Entry> {
    document.timeline().standing().map(|found| &found.entry).filter(move |entry| entry.kind == Some(kind))
}

/// When the document was written to, in order.
fn writings(document: &IncidentDocument, counted: DocumentClock) -> Vec<Timestamp> {
    let counts = |entry: &Entry| match counted {
        DocumentClock::AnyEntry => true,
        DocumentClock::StatusUpdate => matches!(entry.kind, Some(EntryKind::Opened | EntryKind::Update)),
    };
    let entries = document.timeline().standing().map(|found| &found.entry).filter(|entry| counts(entry));
    let mut writings: Vec<Timestamp> = entries.map(|entry| entry.logged_at.unwrap_or(entry.at)).collect();
    writings.sort_unstable();
    writings
}

/// The commander's terms: the entries say since when, the front matter who it is now.
fn commanders(document: &IncidentDocument) -> Vec<(Timestamp, Person)> {
    let mut terms: Vec<(Timestamp, Person)> = Vec::new();
    for entry in document.timeline().standing().map(|found| &found.entry) {
        let person = match entry.kind {
            Some(EntryKind::Commander) => entry.text.parse().ok().or_else(|| named(document, &entry.first_line())),
            Some(EntryKind::Handoff) => {
                let old = terms.last().map(|(_, person)| person.to_string());
                taker(&entry.first_line(), old.as_deref()).and_then(|new| named(document, new))
            }
            _ => None,
        };
        terms.extend(person.map(|person| (entry.at, person)));
    }
    if let Some(person) = document.commander().filter(|person| !terms.last().is_some_and(|(_, last)| last.is_same(person))) {
        // Named without an entry, by hand or by a merge: since when is not known, so as early as may be.
        let since = document.header().instant(Key::AcknowledgedAt).or_else(|| document.header().instant(Key::OpenedAt));
        let earliest = terms.last().map(|(since, _)| *since);
        terms.extend(since.max(earliest).map(|since| (since, person)));
    }
    terms
}

/// The person of a sentence: `Name <email>`, or a name that the document knows.
fn named(document: &IncidentDocument, text: &str) -> Option<Person> {
    let text = text.trim();
    text.parse().ok().or_else(|| (!text.is_empty()).then(|| document.person_named(text)))
}

/// Since when each present responder is in the role: the last entry that says so, else the acknowledgement or the opening.
fn responders(document: &IncidentDocument) -> Vec<(Timestamp, Person)> {
    let header = document.header();
    let commander = document.commander();
    let others = header.people(Key::Responders).into_iter().filter(|person| !commander.as_ref().is_some_and(|other| other.is_same(person)));
    let since = |person: &Person| {
        let added = joined(document).filter(|(_, who)| who.is_same(person)).map(|(at, _)| at);
        let acknowledged = standing(document, EntryKind::Acknowledged).filter(|entry| entry.by.as_ref() == Some(&person.name));
        let entries = added.chain(acknowledged.map(|entry| entry.at)).max();
        entries.or_else(|| header.instant(Key::AcknowledgedAt)).or_else(|| header.instant(Key::OpenedAt))
    };
    others.filter_map(|person| Some((since(&person)?, person))).collect()
}

/// Who joined the response and when: added to the list, or come in with a rotation.
fn joined(document: &IncidentDocument) -> impl Iterator<Item = (Timestamp, Person)> {
    let added = standing(document, EntryKind::Responder).filter_map(|entry| Some((entry.at, added(document, entry)?)));
    let rotated = standing(document, EntryKind::Rotation).flat_map(|entry| incoming(entry).into_iter().map(|who| (entry.at, who)));
    added.chain(rotated)
}

/// Who comes in, from `In: A <a>, B <b>. Out: C <c>. Brief: …`.
fn incoming(entry: &Entry) -> Vec<Person> {
    let line = entry.first_line();
    let list = line.strip_prefix("In: ").and_then(|rest| rest.split_once(". Out: ")).map_or("", |(list, _)| list);
    if list == NOBODY { Vec::new() } else { read_names(list) }
}

/// Who was added, from `Added Name <email>.`
fn added(document: &IncidentDocument, entry: &Entry) -> Option<Person> {
    let line = entry.first_line();
    let who = line.strip_prefix("Added ")?;
    named(document, who.strip_suffix('.').unwrap_or(who))
}

/// When further responders were alerted, in order: added at any time, or paged once somebody had it.
fn alerted_at(document: &IncidentDocument, acknowledged_at: Option<Timestamp>) -> Vec<Timestamp> {
    let from = acknowledged_at.map(Timestamp::floor_to_minute);
    let paged = standing(document, EntryKind::Paged).filter(|entry| from.is_some_and(|from| entry.at >= from));
    let mut alerted: Vec<Timestamp> = paged.map(|entry| entry.at).chain(joined(document).map(|(at, _)| at)).collect();
    alerted.sort_unstable();
    alerted
}

/// Inquiries or approvals, each met by its first answer.
fn questions(document: &IncidentDocument, kind: ReferenceKind) -> Vec<Question> {
    let question = |raised: crate::document::questions::Raised| Question {
        reference: raised.reference,
        asked_at: raised.entry.at,
        answered_at: raised.answers.iter().map(|answer| answer.at).min(),
    };
    raised(document, kind).into_iter().map(question).collect()
}

/// When the RCA was done: its own header says it now; what was done before a reopening stands in the entries alone.
fn rca_done_at(document: &IncidentDocument, rca: Option<&str>, reopened_at: Option<Timestamp>) -> Vec<Timestamp> {
    let said = |entry: &Entry| entry.kind.is_none() && entry.text.starts_with("The RCA is done: [rca.md]");
    let entries = document.timeline().standing().map(|found| &found.entry).filter(|entry| said(entry));
    let mut done: Vec<Timestamp> =
        entries.map(|entry| entry.at).filter(|at| reopened_at.is_some_and(|reopened_at| *at <= reopened_at)).collect();
    let header = rca.and_then(|text| ReportHeader::of_document(text).ok()).filter(ReportHeader::is_done);
    done.extend(header.and_then(|header| header.done_at));
    done.sort_unstable();
    done
}

#[cfg(test)]
mod tests;
