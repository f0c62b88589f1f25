//! What proved or disproved an assumption: the rule that `confirm` and `refute` share.
//! Both work after the close too: the check for open assumptions asks for them then.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::raised::{answering, meant, not_answered_so, reference_before};
use crate::commands::session::{Session, known_people};
use crate::commands::{moves, words};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::questions::raised;
use crate::domain::entry_kind::EntryKind;
use crate::domain::reference::ReferenceKind;
use crate::error::CommandResult;

/// Answers an assumption.
///
/// # Errors
/// There is no such assumption, it is answered like this already, nothing is said, or it could not be recorded.
pub fn run(given: &[String], kind: EntryKind, question: &str, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(given)?;
    let (reference, rest) = reference_before(&rest, ReferenceKind::Assumption, kind.command())?;
    let text = session.text(&words::Wanted { words: &rest, edit: false, question })?;
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let assumption = meant(&folder.incident, ReferenceKind::Assumption, &reference)?;
        not_answered_so(&folder.incident, &assumption, kind)?;
        moves::not_before_entry(&folder.incident, occurred_at, &assumption.entry, &kind.word().to_lowercase())?;
        decide_events(folder, vec![session.event(&actor, occurred_at, answering(&assumption, kind, &text))])
    })?;
    session.answer(&outcome, &Answer { next: still_open(&outcome.folder.incident), ..Answer::default() })
}

/// The next assumption that nothing proves yet.
fn still_open(document: &IncidentDocument) -> Option<String> {
    let open = raised(document, ReferenceKind::Assumption).into_iter().find(crate::document::questions::Raised::is_open)?;
    let (id, reference) = (document.id(), open.reference);
    Some(format!("qpp-incident confirm {id} {reference} \"…\", or refute: {}", open.entry.first_line()))
}
