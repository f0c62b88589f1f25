//! When an incident may be declared over: every unmet point by name, and what is only noted.
//! PURE: asked on the document inside the decision.
//!
//! # Source
//! The process, "Closing an incident"; spec §3, "`close` refuses".

use crate::commands::moves;
use crate::document::incident_document::IncidentDocument;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::consensus::{Consensus, consensus};
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::{Action, CloseReason};
use crate::domain::key::Key;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::section::Section;
use crate::domain::status::{Status, StatusMove};
use crate::domain::timestamp::Timestamp;

/// A close as it is wished for.
pub struct CloseWish {
    /// Why.
    pub reason: CloseReason,
    /// What is to be said of it.
    pub text: String,
    /// `--force`: why all the same.
    pub force: Option<String>,
    /// `close.owners: consent`: silence of a business owner is no consent.
    pub owners_must_agree: bool,
    /// When.
    pub at: Timestamp,
    /// Who closes.
    pub by: Person,
}

/// Everybody whom the question is put to: responders, affected business owners and the commander, save who asks.
pub fn people_to_ask(document: &IncidentDocument, by: &Person) -> Vec<Person> {
    let header = document.header();
    let listed = [Key::Responders, Key::BusinessOwners].into_iter().flat_map(|key| header.people(key));
    let mut asked: Vec<Person> = Vec::new();
    for person in listed.chain(header.person(Key::Commander)) {
        if !person.is_same(by) && !asked.iter().any(|other| other.is_same(&person)) {
            asked.push(person);
        }
    }
    asked
}

/// The close, if nothing stands against it or it is forced.
///
/// # Errors
/// It does not fit the status, or points are unmet.
pub fn close_action(document: &IncidentDocument, wish: &CloseWish) -> Result<Action, Refusal> {
    moves::fits(document, StatusMove::Close, "close")?;
    for key in [Key::OpenedAt, Key::AcknowledgedAt, Key::ResolvedAt] {
        moves::not_before(document, wish.at, key, "closed")?;
    }
    let consensus = consensus(&document.standing_entries());
    let by_consensus = wish.reason == CloseReason::Resolved;
    let unmet = if by_consensus { unmet(document, &consensus, wish) } else { Vec::new() };
    let forced = match &wish.force {
        Some(reason) => Some((reason.clone(), unmet)),
        None if unmet.is_empty() => None,
        None => return Err(Refusal::CloseUnmet { id: document.id(), next: next(document, &consensus), unmet }),
    };
    let commander = document.commander().filter(|commander| !commander.is_same(&wish.by));
    Ok(Action::Closed {
        reason: wish.reason.clone(),
        text: wish.text.clone(),
        silent: if by_consensus { consensus.silent() } else { Vec::new() },
        forced,
        instead_of: commander,
    })
}

fn unmet(document: &IncidentDocument, consensus: &Consensus, wish: &CloseWish) -> Vec<String> {
    let mut unmet = Vec::new();
    if document.status() != Status::Resolved {
        unmet.push(format!("it is {}, not resolved", document.status()));
    }
    if !document.timeline().standing().any(is_assignment) && document.commander().is_none() {
        unmet.push("no incident commander was ever assigned".to_owned());
    }
    let owners = document.header().people(Key::BusinessOwners);
    let consent_required: &[Person] = if wish.owners_must_agree { &owners } else { &[] };
    unmet.extend(consensus.unmet(wish.at, document.zone(), consent_required));
    unmet
}

fn is_assignment(found: &TimelineEntry) -> bool {
    matches!(found.entry.kind, Some(EntryKind::Commander | EntryKind::Handoff))
}

/// The first thing to do about it.
fn next(document: &IncidentDocument, consensus: &Consensus) -> String {
    let id = document.id();
    let objection = consensus.objections.first().map(|objection| objection.reference);
    let approval = consensus.approvals.first().map(|approval| approval.reference);
    match document.status() {
        Status::Open => format!("qpp-incident ack {id}"),
        Status::Acknowledged | Status::Mitigated => format!("qpp-incident resolve {id} \"how\""),
        _ if document.commander().is_none() => format!("qpp-incident assign-ic {id} WHO"),
        _ if consensus.ask.is_none() => format!("qpp-incident close {id} --ask"),
        _ if let Some(reference) = objection => format!(
            "who objected: qpp-incident withdraw {id} {reference}; else the incident commander: qpp-incident overrule {id} {reference} \"why\" --agreed-by OWNER"
        ),
        _ if let Some(reference) = approval => {
            format!("qpp-incident approve {id} {reference} --by OWNER --via \"how they said it\", or decline")
        }
        _ => format!("qpp-incident agree {id} --by WHO --via \"how they said it\""),
    }
}

/// What does not stand against a close and should be mended all the same.
pub fn notes(document: &IncidentDocument) -> Vec<(String, String)> {
    let header = document.header();
    let id = document.id();
    let standing = |kind: EntryKind| document.timeline().standing().filter(move |found| found.entry.kind == Some(kind));
    let mut notes = Vec::new();
    if header.text(Key::CloseReason) != Some(CloseReason::Resolved.word()) {
        return notes;
    }
    for found in standing(EntryKind::Assumption) {
        let answers = |other: &TimelineEntry| {
            matches!(other.entry.kind, Some(EntryKind::Confirmed | EntryKind::Refuted)) && other.entry.reference == found.entry.reference
        };
        if !document.timeline().standing().any(answers) {
            let reference = found.entry.reference.map_or_else(String::new, |reference| format!(" {reference}"));
            notes.push(("open-assumption".to_owned(), format!("assumption{reference} was never confirmed: {}", found.entry.first_line())));
        }
    }
    if document.section(Section::Extent).is_empty() && standing(EntryKind::Extent).next().is_none() {
        notes.push(("extent-empty".to_owned(), format!("the extent of the damage is empty: qpp-incident extent {id} \"…\"")));
    }
    if header.text(Key::CmsProcess).is_none() {
        notes.push((
            "cms-process-missing".to_owned(),
            format!("the formal CMS process is not on record: qpp-incident cms-process {id} REF"),
        ));
    }
    if header.text(Key::Privacy) == Some("affected") && standing(EntryKind::Notification).next().is_none() {
        let log = format!("qpp-incident log {id} --kind notification \"…\", or --no-notification \"why nobody has to be\"");
        notes.push(("privacy-not-notified".to_owned(), format!("privacy was affected, and no notification is on record: {log}")));
    }
    notes
}
