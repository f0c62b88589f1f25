//! `phase`: which of the three priorities the response works on.
//! A lower one may begin while a higher one is unfinished, with a reason that stands on record.

use crate::commands::answer::Answer;
use crate::commands::change::decide_events;
use crate::commands::incident_choice::not_closed;
use crate::commands::moves;
use crate::commands::session::{Session, known_people};
use crate::context::Context;
use crate::document::incident_document::IncidentDocument;
use crate::document::phases::{is_finished, running, unfinished_above};
use crate::domain::entry_kind::EntryKind;
use crate::domain::event::Action;
use crate::domain::phase::{Phase, PhaseWords};
use crate::domain::refusal::Refusal;
use crate::domain::text::one_line;
use crate::error::{CommandError, CommandResult};

/// Say which priority the response works on
///
/// Mitigate: make the system work as well as it can, as fast as possible. Extent: determine the damage, and check that no other
/// part was missed. Stabilize: see that what is in place is enough until the long-term fix; it may repeat.
///
/// Work on a lower priority does not begin until all that can be done for the higher ones is under way: going on while one
/// is unfinished needs --reason. A phase ends with --done or when the next one begins; a mitigation finishes the first, what
/// `extent` records the second.
#[derive(Debug, clap::Args)]
#[command(override_usage = "qpp-incident phase [OPTIONS] [INCIDENT] mitigate|extent|stabilize")]
#[command(after_help = "Example: qpp-incident phase mitigate
         qpp-incident phase mitigate --done
         qpp-incident phase stabilize --until \"2026-11-24 09:00\"
Next:    qpp-incident extent \"…\" records the damage")]
pub struct Args {
    /// The incident's whole id, if it is not the only one, then the phase: mitigate, extent or stabilize
    #[arg(value_name = "[INCIDENT] PHASE", required = true)]
    words: Vec<String>,
    /// It is done
    #[arg(long, conflicts_with_all = ["until", "reason"])]
    done: bool,
    /// Until when what is in place is enough, for stabilize: 09:00, "2026-11-24 09:00", "in 8h"
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Why it begins although a higher priority is unfinished
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

/// Runs `phase`.
///
/// # Errors
/// No phase is named, a higher one is unfinished and no reason is given, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let (target, rest) = session.choose_before(&args.words, not_closed)?;
    let phase = named(&rest)?;
    let document = &target.sound()?.incident;
    if args.until.is_some() && phase != Phase::Stabilize {
        return Err(CommandError::usage(
            "until-without-stabilize",
            "--until says how long what is in place is enough: it goes with stabilize",
        ));
    }
    let until = args.until.as_deref().map(|text| session.time_to_come(text, document.zone())).transpose()?;
    let until = until.map(|at| document.zone().date_minute(at));
    let reason = args.reason.as_deref().map(one_line).filter(|reason| !reason.is_empty());
    let actor = session.actor(&known_people(document))?;
    let occurred_at = session.at(document.zone())?;
    let outcome = session.change(&target, &actor, |folder| {
        let document = &folder.incident;
        moves::not_closed(document, "phase")?;
        let words = if args.done { done(document, phase)? } else { begins(document, phase, until.clone(), reason.as_deref())? };
        let action = Action::Entered { kind: EntryKind::Phase, reference: None, text: words.text() };
        decide_events(folder, vec![session.event(&actor, occurred_at, action)])
    })?;
    let next = next(&outcome.folder.incident, phase, args.done);
    session.answer(&outcome, &Answer { next, ..Answer::default() })
}

fn named(words: &[String]) -> Result<Phase, CommandError> {
    let typed = words.join(" ").to_lowercase();
    let typed = typed.replace("stabilise", "stabilize");
    let found = Phase::ALL.into_iter().find(|phase| phase.word() == typed);
    found.ok_or_else(|| {
        let nearest = crate::domain::nearest::nearest(&typed, Phase::ALL.iter().map(|phase| phase.word()));
        let nearest = nearest.filter(|_| !typed.is_empty()).map_or_else(String::new, |nearest| format!("; the nearest is `{nearest}`"));
        CommandError::usage("unknown-phase", format!("`{}` is no phase{nearest}", one_line(&words.join(" "))))
            .with_hint("mitigate, extent or stabilize")
    })
}

fn done(document: &IncidentDocument, phase: Phase) -> Result<PhaseWords, Refusal> {
    let is_running = running(document).is_some_and(|pass| pass.phase == Some(phase));
    if is_finished(document, phase) && !is_running {
        let id = document.id();
        let message = format!("{phase} of {id} is finished already");
        return Err(Refusal::rule("finished-already", message, Some(&format!("qpp-incident phase {id} {phase} begins it anew"))));
    }
    Ok(PhaseWords { phase, is_done: true, until: None, ahead: None })
}

/// # Source
/// The process, "During the response": "Work shouldn't begin on a lower priority task until we are moving as fast as possible on all
/// higher priority tasks".
fn begins(document: &IncidentDocument, phase: Phase, until: Option<String>, reason: Option<&str>) -> Result<PhaseWords, Refusal> {
    let id = document.id();
    let repeats = running(document).is_some_and(|pass| pass.phase == Some(phase));
    if repeats && phase != Phase::Stabilize {
        let message = format!("{id} is in phase {phase} already");
        return Err(Refusal::rule("in-phase-already", message, Some(&format!("qpp-incident phase {id} {phase} --done"))));
    }
    let unfinished = unfinished_above(document, phase);
    let ahead = match (unfinished.is_empty(), reason) {
        (true, None) => None,
        (true, Some(reason)) => return Ok(PhaseWords { phase, is_done: false, until, ahead: Some((Vec::new(), reason.to_owned())) }),
        (false, Some(reason)) => Some((unfinished, reason.to_owned())),
        (false, None) => {
            let names: Vec<&str> = unfinished.iter().map(|phase| phase.word()).collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            let message = format!("{phase} of {id} cannot begin without a reason: {} {verb} not finished", names.join(" and "));
            let first = names.first().copied().unwrap_or_default();
            let hint = format!("qpp-incident phase {id} {first} --done, or qpp-incident phase {id} {phase} --reason \"why now\"");
            return Err(Refusal::rule("higher-priority-unfinished", message, Some(&hint)));
        }
    };
    Ok(PhaseWords { phase, is_done: false, until, ahead })
}

fn next(document: &IncidentDocument, phase: Phase, is_done: bool) -> Option<String> {
    let id = document.id();
    let goes_on = running(document).is_some_and(|pass| pass.phase != Some(phase));
    match (phase, is_done) {
        _ if goes_on => None,
        (Phase::Mitigate, false) => Some(format!("qpp-incident mitigate {id} \"…\", a partial fix counts")),
        (Phase::Mitigate, true) => Some(format!("qpp-incident phase {id} extent")),
        (Phase::Extent, false) => Some(format!("qpp-incident extent {id} \"…\" --checked \"…\"")),
        (Phase::Extent, true) => Some(format!("qpp-incident phase {id} stabilize --until TIME")),
        (Phase::Stabilize, _) => None,
    }
}
