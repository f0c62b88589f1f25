//! The path that every changing command takes: decide on fresh text, record one commit, answer.
//! The decision is the command's own and pure; the commit is the store's; this file only joins them.

use crate::commands::incident_choice::Target;
use crate::commands::session::{Actor, Session};
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE};
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;
use crate::error::CommandError;
use crate::exit_status::ExitStatus;
use crate::store::kept_entry::KeptEntry;
use crate::store::record_error::RecordError;
use crate::store::recorded::{RecordOrder, Recorded};

/// What came of a changing command.
pub struct Outcome {
    /// The documents before, when they could be read; `--dry-run` compares with them.
    pub before: Option<Folder>,
    /// The documents as they are now, or would be with `--dry-run`.
    pub folder: Folder,
    /// What was decided in the end.
    pub decision: Decision,
    /// Full names of the commits; empty with `--dry-run`.
    pub commits: Vec<String>,
    /// `(code, message)`
    pub warnings: Vec<(String, String)>,
}

/// What a command says beside the common answer, whether its entry was recorded or kept.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Data for people, such as a status update.
    pub text: Option<String>,
    /// Keys for programs.
    pub extra: Vec<(&'static str, serde_json::Value)>,
}

/// The decision of a command that only records events on the incident document.
///
/// # Errors
/// The document's form does not allow the edit.
pub fn decide_events(folder: &Folder, events: Vec<Event>) -> Result<Decision, Refusal> {
    let read = edit::edited(&folder.incident, &events).map_err(|error| cannot_edit(&error))?;
    Ok(Decision { files: vec![(INCIDENT_FILE.to_owned(), read.text().to_owned())], events, read: Some(read) })
}

/// An edit that the gate did not let through, as a refusal.
pub fn cannot_edit(error: &edit::EditError) -> Refusal {
    Refusal::rule(
        "cannot-edit",
        format!("the document cannot be edited safely: {error}"),
        Some("qpp-incident edit opens it in your editor"),
    )
}

impl Session<'_> {
    /// Decides and records, or with `--dry-run` decides alone.
    ///
    /// # Errors
    /// The rules refuse it, or it could not be recorded; nothing was changed.
    pub fn change(
        &self,
        target: &Target,
        actor: &Actor,
        decide: impl FnMut(&Folder) -> Result<Decision, Refusal>,
    ) -> Result<Outcome, CommandError> {
        if self.context.options.dry_run {
            return self.dry_run(target, decide);
        }
        self.record(target, actor, decide).map_err(|error| self.record_error(target, error))
    }

    fn dry_run(&self, target: &Target, mut decide: impl FnMut(&Folder) -> Result<Decision, Refusal>) -> Result<Outcome, CommandError> {
        let before = target.sound()?.clone();
        let decision = decide(&before).map_err(|refusal| CommandError::from(refusal).about(&target.id))?;
        let mut texts = self.texts(&target.path)?;
        texts.extend(decision.files.iter().cloned());
        let folder = Folder::parse(&target.path, &texts).map_err(|broken| bug(&broken.to_string()))?;
        Ok(Outcome { before: Some(before), folder, decision, commits: Vec::new(), warnings: Vec::new() })
    }

    fn record(
        &self,
        target: &Target,
        actor: &Actor,
        mut decide: impl FnMut(&Folder) -> Result<Decision, Refusal>,
    ) -> Result<Outcome, RecordError> {
        let mut decided = None;
        let read = target.folder.as_ref().ok().map(|folder| folder.incident.clone());
        let order = RecordOrder { read, ..self.order(actor) };
        let recorded = self.store.record(&target.path, &order, &mut |folder| {
            let mut decision = decide(folder)?;
            let read = decision.read.take();
            decided = Some(decision.clone());
            Ok(Decision { read, ..decision })
        })?;
        let decision = decided.unwrap_or_default();
        Ok(outcome(recorded, decision))
    }

    /// As [`Session::change`] for the four commands that never refuse: what cannot be committed now is kept, synced,
    /// and folded in by the next command that can.
    ///
    /// # Errors
    /// A rule refuses it, or there is no space or no permission; then the text is in the error, so that it can be copied.
    pub fn change_or_keep(&self, target: &Target, actor: &Actor, event: &Event) -> Result<Result<Outcome, ExitStatus>, CommandError> {
        self.change_or_keep_beside(target, actor, event, &Beside::default())
    }

    /// As [`Session::change_or_keep`], with what is to be said beside when the entry is kept.
    ///
    /// # Errors
    /// As [`Session::change_or_keep`].
    pub fn change_or_keep_beside(
        &self,
        target: &Target,
        actor: &Actor,
        event: &Event,
        beside: &Beside,
    ) -> Result<Result<Outcome, ExitStatus>, CommandError> {
        self.change_or_keep_made(target, actor, beside, &mut |_| Ok(event.clone()))
    }

    /// As [`Session::change_or_keep_beside`], for an event that rests on the document as it stands: it is made anew on fresh text,
    /// and without a document where that cannot be read.
    ///
    /// # Errors
    /// As [`Session::change_or_keep`].
    pub fn change_or_keep_made(
        &self,
        target: &Target,
        actor: &Actor,
        beside: &Beside,
        make: &mut dyn FnMut(Option<&Folder>) -> Result<Event, Refusal>,
    ) -> Result<Result<Outcome, ExitStatus>, CommandError> {
        if self.context.options.dry_run {
            return self.dry_run(target, |folder| decide_events(folder, vec![make(Some(folder))?])).map(Ok);
        }
        let error = match self.record(target, actor, |folder| decide_events(folder, vec![make(Some(folder))?])) {
            Ok(outcome) => return Ok(Ok(outcome)),
            Err(error) => error,
        };
        let event = &make(target.folder.as_ref().ok()).map_err(|refusal| CommandError::from(refusal).about(&target.id))?;
        if !error.keeps_entry() {
            return Err(with_text(self.record_error(target, error), event));
        }
        let kept = self.keep(target, actor, event, &error)?;
        self.answer_kept(target, &kept, beside)?;
        Ok(Err(ExitStatus::Kept))
    }

    /// As [`Session::change_or_keep`], for several entries that are one commit; they are kept one by one.
    ///
    /// # Errors
    /// As [`Session::change_or_keep`].
    pub fn change_or_keep_all(
        &self,
        target: &Target,
        actor: &Actor,
        events: &[Event],
    ) -> Result<Result<Outcome, ExitStatus>, CommandError> {
        let mut decide = |folder: &Folder| decide_events(folder, events.to_vec());
        if self.context.options.dry_run {
            return self.dry_run(target, decide).map(Ok);
        }
        let error = match self.record(target, actor, &mut decide) {
            Ok(outcome) => return Ok(Ok(outcome)),
            Err(error) if !error.keeps_entry() => return Err(self.record_error(target, error)),
            Err(error) => error,
        };
        let kept: Vec<KeptEntry> = events.iter().map(|event| self.keep(target, actor, event, &error)).collect::<Result<_, _>>()?;
        if let Some(last) = kept.last() {
            self.context.ui.note(&format!("{} entries are kept", kept.len()));
            self.answer_kept(target, last, &Beside::default())?;
        }
        Ok(Err(ExitStatus::Kept))
    }

    /// Keeps the entry of an event that could not be committed.
    fn keep(&self, target: &Target, actor: &Actor, event: &Event, error: &RecordError) -> Result<KeptEntry, CommandError> {
        let zone = target.folder.as_ref().map_or_else(|_| self.config.zone(), |folder| folder.incident.zone());
        let kept = KeptEntry {
            folder_path: target.path.clone(),
            id: target.id.clone(),
            event: event.name().to_owned(),
            occurred_at: event.occurred_at,
            recorded_at: event.recorded_at,
            clock_supplied: self.context.clock_supplied,
            author: actor.by.clone(),
            committer: actor.committer.clone(),
            entry: event.entry(zone),
            why: error.to_string(),
        };
        self.store.keep(&kept).map_err(|error| with_text(error.into(), event))?;
        Ok(kept)
    }

    /// An error of the store as the person or script gets it.
    pub fn record_error(&self, target: &Target, error: RecordError) -> CommandError {
        let about = |error: CommandError| error.about(&target.id);
        match error {
            RecordError::Refused(refusal) => about(refusal.into()),
            other => {
                let hint = other.hint();
                let error = CommandError::refused(other.code(), other.to_string());
                about(hint.map_or(error.clone(), |hint| error.with_hint(hint)))
            }
        }
    }
}

/// What was recorded, as an outcome.
pub fn outcome(recorded: Recorded, decision: Decision) -> Outcome {
    let mut warnings: Vec<(String, String)> = recorded.warnings.into_iter().map(|(code, message)| (code.to_owned(), message)).collect();
    if recorded.hand_edit {
        warnings.push(("hand-edit".to_owned(), "what was edited by hand was committed first, by itself".to_owned()));
    }
    if recorded.folded > 0 {
        let entries = if recorded.folded == 1 { "entry is" } else { "entries are" };
        warnings.push(("folded".to_owned(), format!("{} kept {entries} in the document now", recorded.folded)));
    }
    Outcome { before: None, folder: recorded.folder, decision, commits: recorded.commits, warnings }
}

/// The text of an entry that could neither be committed nor kept, for copying.
fn with_text(error: CommandError, event: &Event) -> CommandError {
    let text = event.entry(crate::domain::zone::Zone::default()).text;
    let message = format!("{}\nnot recorded, copy it from here:\n{text}", error.message);
    CommandError { message, ..error }
}

fn bug(what: &str) -> CommandError {
    CommandError { status: ExitStatus::Bug, ..CommandError::refused("bug", format!("this is a bug of qpp-incident: {what}")) }
}
