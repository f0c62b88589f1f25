//! What is raised and answered later (inquiries, assumptions, approvals, objections): the rules that their commands share.
//! PURE: asked on the document inside the decision. Randomness is handed in.

use crate::document::entry_name::first_words;
use crate::document::incident_document::IncidentDocument;
use crate::document::questions::{Raised, raised};
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::incident_id::IncidentId;
use crate::domain::reference::{Reference, ReferenceKind};
use crate::domain::refusal::Refusal;
use crate::domain::wording::sentence;
use crate::error::CommandError;

/// The reference among a command's words, and the words that are left.
///
/// # Errors
/// There is none.
pub fn reference_before(words: &[String], kind: ReferenceKind, command: &str) -> Result<(String, Vec<String>), CommandError> {
    let Some((first, rest)) = words.split_first() else {
        let message = format!("no {} is named: which one?", noun(kind));
        return Err(CommandError::usage("reference-missing", message)
            .with_hint(format!("qpp-incident {command} REF …, such as {}7F, or `last`", kind.letter())));
    };
    Ok((first.clone(), rest.to_vec()))
}

/// The entry that raises something, with a reference that the document does not have yet.
///
/// # Errors
/// Every reference is taken.
pub fn raise(document: Option<&IncidentDocument>, kind: EntryKind, text: &str, random: [u8; 2]) -> Result<Action, Refusal> {
    let entries = document.map(IncidentDocument::entries).unwrap_or_default();
    let is_taken = |reference: Reference| entries.iter().any(|entry| entry.reference == Some(reference));
    let reference = kind.reference_kind().and_then(|kind| Reference::free(kind, random, is_taken));
    let none_left = || Refusal::rule("no-reference-left", "every reference of this kind is taken in this document", None);
    Ok(Action::Entered { kind, reference: Some(reference.ok_or_else(none_left)?), text: text.to_owned() })
}

/// What a typed reference means: `last` is the latest that is open, else the latest of all.
///
/// # Errors
/// There is none of that reference; the message lists those that are open.
pub fn meant(document: &IncidentDocument, kind: ReferenceKind, typed: &str) -> Result<Raised, Refusal> {
    let all = raised(document, kind);
    let found = if typed.trim().eq_ignore_ascii_case("last") {
        all.iter().rfind(|raised| raised.is_open()).or(all.last())
    } else {
        let reference = typed.parse::<Reference>().ok();
        all.iter().find(|raised| Some(raised.reference) == reference)
    };
    found.cloned().ok_or_else(|| unknown(document, kind, typed, &all))
}

fn unknown(document: &IncidentDocument, kind: ReferenceKind, typed: &str, all: &[Raised]) -> Refusal {
    let (id, noun) = (document.id(), noun(kind));
    let named = |raised: &Raised| format!("\n  {} \"{}\" ({})", raised.reference, first_words(&raised.entry), raised.state());
    let list: String = all.iter().rev().take(8).map(named).collect();
    let there = if list.is_empty() { format!("; it has no {noun}") } else { format!("; it has, the latest first:{list}") };
    let what = match typed.parse::<Reference>() {
        Ok(reference) if reference.kind != kind => {
            let (of, article) = (self::noun(reference.kind), |noun: &str| if noun.starts_with(['a', 'i', 'o']) { "an" } else { "a" });
            format!("{reference} would be {} {of}, and this takes {} {noun} of {id}", article(of), article(noun))
        }
        Ok(reference) => format!("{id} has no {noun} {reference}"),
        Err(_) if typed.eq_ignore_ascii_case("last") => return rule(format!("{id} has no {noun}"), &id),
        Err(_) => format!("`{}` is no reference of {id}: a letter and two characters such as {}7F, or `last`", typed.trim(), kind.letter()),
    };
    rule(format!("{what}{there}"), &id)
}

fn rule(message: String, id: &IncidentId) -> Refusal {
    Refusal::rule("unknown-reference", message, Some(&format!("qpp-incident status {id}")))
}

/// The entry that answers something: it repeats the first words of what it answers.
pub fn answering(raised: &Raised, kind: EntryKind, text: &str) -> Action {
    let words = first_words(&raised.entry);
    let words = words.strip_suffix('.').unwrap_or(&words);
    Action::Entered { kind, reference: Some(raised.reference), text: format!("\"{words}\": {}", sentence(text)) }
}

/// Refuses an answer that stands already; another one may follow it.
///
/// # Errors
/// The latest answer is of this kind.
pub fn not_answered_so(document: &IncidentDocument, raised: &Raised, kind: EntryKind) -> Result<(), Refusal> {
    let Some(answer) = raised.answer().filter(|answer| answer.kind == Some(kind)) else { return Ok(()) };
    let by = answer.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
    let (id, at, noun) = (document.id(), document.zone().date_minute(answer.at), noun(raised.reference.kind));
    let message = format!("{noun} {} of {id} was {}{by} at {at}", raised.reference, raised.state());
    Err(Refusal::rule("answered-already", message, Some(&format!("qpp-incident log {id} \"…\" adds to the record"))))
}

/// What a reference names, for people.
pub fn noun(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Inquiry => "inquiry",
        ReferenceKind::Assumption => "assumption",
        ReferenceKind::Approval => "request for approval",
        ReferenceKind::Objection => "objection",
        ReferenceKind::ActionItem => "action item",
    }
}
