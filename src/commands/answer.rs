//! What a changing command answers: for people the incident, the recorded lines and the next step; for programs one object.
//! Data on standard output, the rest on standard error.

use serde_json::{Value, json};

use crate::commands::change::{Beside, Outcome};
use crate::commands::incident_choice::Target;
use crate::commands::session::Session;
use crate::document::entry_line::write_entry;
use crate::document::folder::INCIDENT_FILE;
use crate::document::header::Header;
use crate::document::json as shapes;
use crate::document::timeline_section::TimelineEntry;
use crate::domain::person::Person;
use crate::domain::text::cut;
use crate::error::CommandError;
use crate::exit_status::ExitStatus;
use crate::store::kept_entry::KeptEntry;

/// What a command adds to the common answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Data for people, behind the recorded lines: a status update, a report.
    pub text: Option<String>,
    /// Keys for programs beside the common ones.
    pub extra: Vec<(&'static str, Value)>,
    /// The text alone is the data, to be piped on: incident and recorded lines go to standard error.
    pub is_text_alone: bool,
    /// What to do next, as a command.
    pub next: Option<String>,
    /// `(code, message)`
    pub warnings: Vec<(String, String)>,
}

impl Answer {
    /// Nothing but the next step.
    pub fn next(next: impl Into<String>) -> Self {
        Self { next: Some(next.into()), ..Self::default() }
    }
}

impl Session<'_> {
    /// Prints what came of a changing command.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn answer(&self, outcome: &Outcome, answer: &Answer) -> Result<ExitStatus, CommandError> {
        self.print_answer(outcome, answer).map_err(|error| match outcome.commits.last() {
            // What is committed stands: to do it again would record it twice.
            Some(commit) => CommandError {
                status: ExitStatus::Kept,
                message: format!("recorded as commit {}, but the answer is lost: {}", cut(commit, 9).trim_end_matches('…'), error.message),
                hint: Some(format!("qpp-incident timeline {}", outcome.folder.incident.id())),
                ..error.about(&outcome.folder.incident.id())
            },
            None => error,
        })
    }

    fn print_answer(&self, outcome: &Outcome, answer: &Answer) -> Result<ExitStatus, CommandError> {
        let options = &self.context.options;
        let mut warnings = outcome.warnings.clone();
        warnings.extend(answer.warnings.iter().cloned());
        let pushed = if outcome.commits.is_empty() { Ok(()) } else { self.share() };
        warnings.extend(pushed.as_ref().err().map(|why| ("not-pushed".to_owned(), why.clone())));
        let status = if pushed.is_err() { ExitStatus::Kept } else { ExitStatus::Done };
        if options.json {
            self.context.ui.json(&self.change_json(outcome, answer, &warnings))?;
            return Ok(status);
        }
        for (_, message) in &warnings {
            self.context.ui.warning(message);
        }
        if options.quiet {
            self.context.ui.data(&outcome.folder.incident.id().to_string())?;
        } else if answer.is_text_alone && !options.dry_run {
            self.context.ui.note(&headline(outcome.folder.incident.header()));
            for line in recorded_lines(outcome) {
                self.context.ui.note(&line);
            }
            self.context.ui.data(answer.text.as_deref().unwrap_or_default())?;
        } else {
            self.context.ui.data(&headline(outcome.folder.incident.header()))?;
            if options.dry_run {
                self.context.ui.data(&diff(outcome))?;
            } else {
                recorded_lines(outcome).iter().try_for_each(|line| self.context.ui.data(line))?;
            }
            if let Some(text) = &answer.text {
                self.context.ui.data(text)?;
            }
        }
        self.next_steps(outcome, answer);
        Ok(status)
    }

    fn next_steps(&self, outcome: &Outcome, answer: &Answer) {
        if self.context.options.dry_run {
            self.context.ui.note("nothing was written (--dry-run)");
            return;
        }
        if let Some(next) = &answer.next {
            self.context.ui.note(&format!("next: {next}"));
        }
        if !outcome.commits.is_empty() {
            self.note_not_pushed();
        }
    }

    fn change_json(&self, outcome: &Outcome, answer: &Answer, warnings: &[(String, String)]) -> Value {
        let document = &outcome.folder.incident;
        let entries: Vec<Value> = new_entries(outcome).into_iter().map(|found| entry_json(outcome, found)).collect();
        let mut object = json!({
            "schema": 1,
            "id": document.id(),
            "path": format!("{}/{INCIDENT_FILE}", outcome.folder.path),
            "event": outcome.decision.events.first().map(crate::domain::event::Event::name),
            "status": document.status(),
            "commits": outcome.commits,
            "entries": entries,
            "warnings": warnings.iter().map(|(code, message)| json!({ "code": code, "message": message })).collect::<Vec<_>>(),
        });
        if let Some(map) = object.as_object_mut() {
            map.extend(answer.extra.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
            if self.context.options.dry_run {
                map.insert("diff".to_owned(), Value::String(diff(outcome)));
            }
        }
        object
    }

    /// Says that an entry was kept and is not yet in the document.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn answer_kept(&self, target: &Target, kept: &KeptEntry, beside: &Beside) -> Result<(), CommandError> {
        let status = target.folder.as_ref().ok().map(|folder| folder.incident.status());
        let named = kept.entry.reference.map_or_else(String::new, |reference| format!(" (its reference is {reference})"));
        let message = format!("kept, not yet in the document: {}{named}", kept.why);
        if self.context.options.json {
            let mut object = json!({
                "schema": 1,
                "id": target.id,
                "path": format!("{}/{INCIDENT_FILE}", target.path),
                "event": kept.event,
                "status": status,
                "commits": [],
                "entries": [],
                "warnings": [{ "code": "kept", "message": message }],
            });
            if let Some(map) = object.as_object_mut() {
                map.extend(kept.entry.reference.map(|reference| ("ref".to_owned(), json!(reference))));
                map.extend(beside.extra.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
            }
            self.context.ui.json(&object)?;
        } else {
            let id = target.id.to_string();
            self.context.ui.data(beside.text.as_deref().filter(|_| !self.context.options.quiet).unwrap_or(&id))?;
        }
        self.context.ui.warning(&message);
        self.context.ui.note("the next command on this incident that can commits it");
        Ok(())
    }
}

/// `INC-K7QFM Many errors on Auth service (acknowledged)`
pub fn headline(header: &Header) -> String {
    format!("{} {} ({})", header.id(), header.title(), header.status())
}

fn recorded_lines(outcome: &Outcome) -> Vec<String> {
    let zone = outcome.folder.incident.zone();
    new_entries(outcome).into_iter().map(|found| format!("  {}", write_entry(&found.entry, zone).replace('\n', "\n  "))).collect()
}

/// Everybody who acted or typed in the events of a decision: their addresses are known here, whether the document has them or not.
fn people_of(outcome: &Outcome) -> Vec<&Person> {
    outcome.decision.events.iter().flat_map(|event| [Some(&event.by), event.recorded_by.as_ref()]).flatten().collect()
}

/// An entry of this command with the addresses of its people.
fn entry_json(outcome: &Outcome, found: &TimelineEntry) -> Value {
    let mut object = shapes::entry(&outcome.folder.incident, found);
    for (key, name) in [("by", &found.entry.by), ("recorded_by", &found.entry.recorded_by)] {
        let known = name.as_ref().and_then(|name| people_of(outcome).into_iter().find(|person| person.name == *name));
        if let (Some(person), Some(map)) = (known, object.as_object_mut()) {
            map.insert(key.to_owned(), shapes::person(person));
        }
    }
    object
}

/// The entries that the decision's events wrote, as they stand in the document now.
fn new_entries(outcome: &Outcome) -> Vec<&TimelineEntry> {
    let document = &outcome.folder.incident;
    let zone = document.zone();
    let source = |found: &TimelineEntry| document.text().get(found.range.clone()).unwrap_or_default().replace("\r\n", "\n");
    let wanted = outcome.decision.events.iter().map(|event| write_entry(&event.entry(zone), zone));
    wanted.filter_map(|entry| document.timeline().entries.iter().rfind(|found| source(found).trim_end() == entry)).collect()
}

/// The change as a unified diff, a file after the other.
fn diff(outcome: &Outcome) -> String {
    let old = |name: &str| -> String {
        let Some(before) = &outcome.before else { return String::new() };
        before.text_of(name).unwrap_or_default().to_owned()
    };
    outcome
        .decision
        .files
        .iter()
        .map(|(name, new)| {
            let path = format!("{}/{name}", outcome.folder.path);
            similar::TextDiff::from_lines(old(name).as_str(), new.as_str())
                .unified_diff()
                .header(&format!("a/{path}"), &format!("b/{path}"))
                .to_string()
        })
        .collect()
}
