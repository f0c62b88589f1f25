//! `cms-process`: the formal CMS incident response process, started in parallel.
//! The number may come later: then it is recorded with a second call.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::key::Key;
use crate::domain::refusal::Refusal;
use crate::domain::text::one_line;
use crate::error::CommandResult;

/// Record that the formal CMS process was started
///
/// It is started as soon as the incident response is, in parallel with the work on the incident. Without a reference it is
/// recorded as started; give the reference once it is known.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident cms-process [OPTIONS] [INCIDENT] [REF]")]
#[command(after_help = "Example: qpp-incident cms-process
         qpp-incident cms-process CMS-2026-0142
Next:    qpp-incident log … goes on")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the reference
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

/// Runs `cms-process`.
///
/// # Errors
/// It is on record already, or could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_on_record_before(&args.words)?;
    let reference = Some(one_line(&rest.join(" "))).filter(|reference| !reference.is_empty());
    let document = &target.sound()?.incident;
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        not_known(&folder.incident, reference.as_deref())?;
        let action = Action::CmsProcessStarted { reference: reference.clone() };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let next = reference.is_none().then(|| format!("qpp-incident cms-process {} REF, once the reference is known", target.id));
    session.answer(&outcome, &Answer { next, ..Answer::default() })
}

fn not_known(document: &IncidentDocument, reference: Option<&str>) -> Result<(), Refusal> {
    let id = document.id();
    if let Some(stands) = document.header().text(Key::CmsProcess) {
        let message = format!("the CMS process of {id} is on record as {stands}");
        return Err(Refusal::rule("cms-process-known", message, Some(&format!("qpp-incident set {id} cms_process=REF --reason \"why\""))));
    }
    let started = document.timeline().standing().find(|found| found.entry.kind == Some(EntryKind::CmsProcess));
    match started.filter(|_| reference.is_none()) {
        Some(found) => {
            let message = format!("the CMS process of {id} was started at {}", document.zone().date_minute(found.entry.at));
            Err(Refusal::rule("cms-process-started", message, Some(&format!("qpp-incident cms-process {id} REF, once it is known"))))
        }
        None => Ok(()),
    }
}
