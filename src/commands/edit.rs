//! `edit`: the documents in the person's own editor, with validation before anything is committed.
//! What may change is decided in `edit_rules`; the person's text is kept whatever happens.

use std::path::PathBuf;

use serde_json::json;

use crate::commands::answer::Answer;
use crate::commands::change::{Outcome, cannot_edit};
use crate::commands::edit_rules::{changed_facts, lost_entries};
use crate::commands::incident_choice::{Candidate, Target, not_closed};
use crate::commands::session::{Actor, Session, known_people};
use crate::context::Context;
use crate::document::broken::BrokenDocument;
use crate::document::decision::Decision;
use crate::document::edit;
use crate::document::folder::{Folder, INCIDENT_FILE, POSTMORTEM_FILE, RCA_FILE};
use crate::document::incident_document::IncidentDocument;
use crate::document::line_merge::merge;
use crate::document::report_header::ReportHeader;
use crate::domain::event::Event;
use crate::domain::refusal::Refusal;
use crate::error::{CommandError, CommandResult};
use crate::exit_status::ExitStatus;
use crate::store::files::read_named;
use crate::terminal::editor::Editor;
use crate::terminal::stdin::read_piped;

/// Edit the incident document or a report in your editor
///
/// A copy is opened in $VISUAL or $EDITOR, and read and checked before anything is committed: a document that cannot be
/// read is never written, and your text is kept. Prose is changed freely; a changed fact gets its Fact entry; what an event
/// moves (status, people, key instants) is refused with the command that fits. A timeline entry that you take away or change
/// is asked about, since `verify` will report it: `correct` and `redact` are the lawful ways.
///
/// What others record while the editor is open is kept. A broken document can be mended so too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: qpp-incident edit INC-K7QFM
         qpp-incident edit --postmortem
Next:    qpp-incident check; qpp-incident lint says how a postmortem or an RCA is written")]
pub struct Args {
    /// The incident; left out, the only one that is not closed
    #[arg(value_name = "INCIDENT")]
    incident: Option<String>,
    /// The postmortem instead of the incident document
    #[arg(long, conflicts_with = "rca")]
    postmortem: bool,
    /// The RCA instead of the incident document
    #[arg(long)]
    rca: bool,
    /// Take the text from this file, or `-` for standard input, instead of opening an editor
    #[arg(long, value_name = "FILE|-")]
    from: Option<PathBuf>,
}

impl Args {
    fn file(&self) -> &'static str {
        match (self.postmortem, self.rca) {
            (true, _) => POSTMORTEM_FILE,
            (_, true) => RCA_FILE,
            _ => INCIDENT_FILE,
        }
    }
}

fn has_postmortem(candidate: &Candidate) -> bool {
    candidate.has_postmortem
}

/// Runs `edit`.
///
/// # Errors
/// There is no editor, what was written cannot be read or changes what an event moves, or it could not be recorded.
pub fn run(args: &Args, context: &Context) -> CommandResult {
    let session = Session::open_whatever_the_settings(context)?;
    let possible = if args.file() == INCIDENT_FILE { not_closed } else { has_postmortem };
    let target = session.choose(args.incident.as_deref(), possible)?;
    let file = args.file();
    let path = format!("{}/{file}", target.path);
    let original = session.store.text(&path)?.ok_or_else(|| missing(&target, file))?;
    let known = target.folder.as_ref().map(|folder| known_people(&folder.incident)).unwrap_or_default();
    let actor = session.actor(&known)?;
    let mut work = Work { session: &session, target: &target, file, original, scratch: None };
    let result = work.until_saved(args, &actor);
    if let Some(scratch) = work.scratch.take() {
        match &result {
            Err(error) => return Err(kept(&target, file, &scratch, error)),
            Ok(_) => session.store.remove_scratch(&scratch),
        }
    }
    match result? {
        None => {
            context.ui.note(&format!("{path} was not changed"));
            if context.options.json {
                context.ui.json(&json!({
                    "schema": 1, "id": target.id, "path": path, "event": "edit",
                    "status": target.folder.as_ref().ok().map(|folder| folder.incident.status()),
                    "commits": [], "entries": [], "warnings": [],
                }))?;
            }
            Ok(ExitStatus::Done)
        }
        Some(outcome) => {
            let extra = vec![("event", json!("edit"))];
            session.answer(&outcome, &Answer { text: Some(format!("  edited: {path}")), extra, ..Answer::default() })
        }
    }
}

fn missing(target: &Target, file: &str) -> CommandError {
    let command = file.trim_end_matches(".md");
    let error = CommandError::refused("no-such-document", format!("{}/{file} does not exist", target.path)).about(&target.id);
    if file == INCIDENT_FILE {
        error.with_hint(format!("git restore -- {}/{file}", target.path))
    } else {
        error.with_hint(format!("qpp-incident {command} {}", target.id))
    }
}

/// The error with the place of the person's text, and how to go on from there.
fn kept(target: &Target, file: &str, scratch: &std::path::Path, error: &CommandError) -> CommandError {
    let place = shell_words::quote(&scratch.display().to_string()).into_owned();
    let option = if file == INCIDENT_FILE { String::new() } else { format!(" --{}", file.trim_end_matches(".md")) };
    let again = format!("your text is kept: mend {place}, then qpp-incident edit {}{option} --from {place}", target.id);
    let hint = error.hint.as_ref().map_or_else(|| again.clone(), |hint| format!("{hint}\n      {again}"));
    error.clone().with_hint(hint)
}

/// One document on its way through the editor.
struct Work<'a> {
    session: &'a Session<'a>,
    target: &'a Target,
    file: &'static str,
    original: String,
    /// Where the person's text stands, from the first run of the editor until it is saved.
    scratch: Option<PathBuf>,
}

impl Work<'_> {
    /// Edits until it is saved, unchanged (`None`), or given up.
    fn until_saved(&mut self, args: &Args, actor: &Actor) -> Result<Option<Outcome>, CommandError> {
        loop {
            let text = self.written(args)?;
            if text == self.original {
                return Ok(None);
            }
            let error = match self.saved(&text, actor) {
                Ok(outcome) => return Ok(Some(outcome)),
                Err(error) => error.about(&self.target.id),
            };
            let prompter = &self.session.context.prompter;
            if args.from.is_some() || !prompter.can_ask() {
                return Err(error);
            }
            self.session.context.ui.error(&error.message, error.hint.as_deref());
            if !prompter.confirm("Edit again?", true)? {
                return Err(error);
            }
        }
    }

    /// The text as the person wants it.
    fn written(&mut self, args: &Args) -> Result<String, CommandError> {
        let environment = &self.session.context.environment;
        match args.from.as_deref() {
            Some(from) if from.as_os_str() == "-" => Ok(read_piped()?.unwrap_or_default()),
            Some(from) => {
                let from = environment.current_folder.join(from);
                let text = read_named(&from)?;
                self.scratch = Some(from).filter(|from| self.session.store.is_scratch(from)); // gone once it is saved
                Ok(text)
            }
            None => {
                let editor = Editor::choose(environment.get("VISUAL"), environment.get("EDITOR"))?;
                let scratch = match self.scratch.take() {
                    Some(scratch) => scratch,
                    None => self.session.store.fresh_scratch(&format!("{}-{}", self.target.id, self.file), &self.original)?,
                };
                let ran = editor.edit(&scratch);
                let text = read_named(&scratch);
                // Given up with nothing written: there is nothing to keep.
                if ran.is_err() && text.as_ref().is_ok_and(|text| *text == self.original) {
                    self.session.store.remove_scratch(&scratch);
                } else {
                    self.scratch = Some(scratch);
                }
                ran?;
                Ok(text?)
            }
        }
    }

    /// Checks and records.
    fn saved(&self, text: &str, actor: &Actor) -> Result<Outcome, CommandError> {
        if self.file != INCIDENT_FILE {
            self.check_report(text)?;
            return self.session.change(self.target, actor, |folder| self.report_decision(folder, text));
        }
        let new = IncidentDocument::parse(text).map_err(|broken| self.broken(&broken))?;
        let Ok(folder) = &self.target.folder else { return self.mended(&new, actor) };
        changed_facts(&folder.incident, &new)?;
        let lost = lost_entries(&folder.incident, &new);
        self.insist(&lost)?;
        self.session.change(self.target, actor, |folder| self.decision(folder, text, &lost, actor))
    }

    /// A document that could not be read before: it is mended in place, and committed as the edit by hand that it is.
    fn mended(&self, new: &IncidentDocument, actor: &Actor) -> Result<Outcome, CommandError> {
        let path = format!("{}/{}", self.target.path, self.file);
        let committed = self.session.store.committed_text(&path).and_then(|text| IncidentDocument::parse(&text).ok());
        self.insist(&committed.map(|committed| lost_entries(&committed, new)).unwrap_or_default())?;
        if self.session.context.options.dry_run {
            self.target.sound()?;
        }
        self.session.store.replace_text(&path, &self.original, new.text())?;
        let mut outcome = self.session.change(self.target, actor, |_| Ok(Decision::default()))?;
        outcome.warnings.retain(|(code, _)| code != "hand-edit"); // that is this very edit
        Ok(outcome)
    }

    fn broken(&self, broken: &BrokenDocument) -> CommandError {
        let place = self.scratch.as_ref().map_or_else(|| self.file.to_owned(), |scratch| scratch.display().to_string());
        CommandError::refused("broken-document", format!("nothing was changed: {place}:{broken}"))
    }

    /// Entries may go only when the person says so.
    fn insist(&self, lost: &[String]) -> Result<(), CommandError> {
        if lost.is_empty() {
            return Ok(());
        }
        let message = format!("entries that were recorded are gone or changed: {}", lost.join(", "));
        if self.session.context.options.yes {
            self.session.context.ui.warning(&format!("{message}; `verify` will report it"));
            return Ok(());
        }
        let prompter = &self.session.context.prompter;
        if prompter.can_ask() {
            self.session.context.ui.warning(&format!("{message}; `verify` will report it"));
            if prompter.confirm("Save it so?", false)? {
                return Ok(());
            }
        }
        let hint = "qpp-incident correct ENTRY TEXT adds what is right; redact takes words out; --yes saves all the same";
        Err(CommandError::refused("entries-lost", message).with_hint(hint))
    }

    /// The person's text put onto the document as it stands by now.
    fn onto(&self, folder: &Folder, text: &str) -> Result<String, Refusal> {
        let fresh = folder.text_of(self.file).unwrap_or_default();
        if fresh == self.original {
            return Ok(text.to_owned());
        }
        merge(&self.original, text, fresh).ok_or_else(meanwhile)
    }

    fn decision(&self, folder: &Folder, text: &str, lost: &[String], actor: &Actor) -> Result<Decision, Refusal> {
        let text = self.onto(folder, text)?;
        let new = IncidentDocument::parse(&text).map_err(|_| meanwhile())?;
        if lost_entries(&folder.incident, &new) != lost {
            return Err(meanwhile());
        }
        let at = self.session.context.now;
        let facts = changed_facts(&folder.incident, &new)?;
        let events: Vec<Event> = facts.into_iter().map(|action| self.session.event(actor, at, action)).collect();
        let text = edit::apply(&new, &events).map_err(|error| cannot_edit(&error))?;
        Ok(Decision { files: vec![(self.file.to_owned(), text)], events, ..Decision::default() })
    }

    fn report_decision(&self, folder: &Folder, text: &str) -> Result<Decision, Refusal> {
        Ok(Decision { files: vec![(self.file.to_owned(), self.onto(folder, text)?)], events: Vec::new(), ..Decision::default() })
    }

    /// A report's front matter is sound, and still says of whom and whether it is done.
    fn check_report(&self, text: &str) -> Result<(), CommandError> {
        let markers = ["<<<<<<< ", ">>>>>>> "];
        let marked = text.lines().position(|line| markers.iter().any(|marker| line.starts_with(marker)));
        if let Some(line) = marked {
            let message = "a conflict marker stands here: a merge was not finished".to_owned();
            return Err(self.broken(&BrokenDocument { line: line + 1, column: 1, message }));
        }
        let new = ReportHeader::of_document(text).map_err(|broken| self.broken(&broken))?;
        let Ok(old) = ReportHeader::of_document(&self.original) else { return Ok(()) };
        if new.incident != old.incident {
            return Err(CommandError::refused("fixed", format!("this is the report of {}: `incident` cannot be changed", old.incident)));
        }
        if (new.status, new.done_at) != (old.status, old.done_at) {
            let command = self.file.trim_end_matches(".md");
            return Err(CommandError::refused("moved-by-event", "`status` and `done_at` are moved by an event, not in the editor")
                .with_hint(format!("qpp-incident {command} {} --done", self.target.id)));
        }
        Ok(())
    }
}

fn meanwhile() -> Refusal {
    Refusal::rule("changed-meanwhile", "somebody has changed the same lines of the document while you edited it", None)
}
