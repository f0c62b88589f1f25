//! Every error at the command boundary: message, cause, hint, exit status.
//! Below it errors are typed; here they become what a person reads at 3 a.m. or a script gets as JSON.

use serde_json::{Value, json};

use crate::domain::incident_id::IncidentId;
use crate::domain::refusal::Refusal;
use crate::domain::text::{cut, visible};
use crate::domain::who::WhoError;
use crate::exit_status::ExitStatus;
use crate::store::file_error::FileError;
use crate::store::record_error::RecordError;
use crate::store::store_error::StoreError;
use crate::terminal::editor::EditorError;
use crate::terminal::prompter::PromptError;
use crate::terminal::stdin::StdinError;
use crate::terminal::ui::WriteError;

/// How many characters a line of a message has at most: it may quote a whole file that was pasted in.
const LONGEST_LINE: usize = 500;

/// Why a command ended without doing what was asked.
#[derive(Debug, Clone)]
pub struct CommandError {
    /// The process's exit status.
    pub status: ExitStatus,
    /// A stable word for JSON.
    pub code: &'static str,
    /// Lower case: what could not be done, to what, why; the chain of causes is in it.
    pub message: String,
    /// A command that can be pasted, or what to do.
    pub hint: Option<String>,
    /// Which incident it was about.
    pub incident: Option<IncidentId>,
}

/// What commands return: how they ended, or why they did not.
pub type CommandResult = Result<ExitStatus, CommandError>;

impl CommandError {
    /// A refusal with exit status 1. What it repeats of somebody's words is cut, and holds no control characters.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        let lines: Vec<String> = visible(&message.into()).lines().map(|line| cut(line, LONGEST_LINE)).collect();
        Self { status: ExitStatus::Refused, code, message: lines.join("\n"), hint: None, incident: None }
    }

    /// The command line could not be understood: exit status 2.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: ExitStatus::Usage, ..Self::refused(code, message) }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same about an incident.
    #[must_use]
    pub fn about(self, id: &IncidentId) -> Self {
        Self { incident: Some(id.clone()), ..self }
    }

    /// The object that `--json` writes to standard error.
    pub fn json(&self) -> Value {
        json!({ "schema": 1, "error": {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "incident": self.incident.as_ref().map(ToString::to_string),
        }})
    }
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        Self { hint: refusal.hint(), ..Self::refused(refusal.code(), refusal.to_string()) }
    }
}

impl From<anyhow::Error> for CommandError {
    /// A failure with its causes, outermost first.
    fn from(error: anyhow::Error) -> Self {
        Self::refused("failed", format!("{error:#}"))
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        Self::refused("output", error.to_string())
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self { hint: error.hint(), ..Self::refused(error.code(), error.to_string()) }
    }
}

impl From<RecordError> for CommandError {
    fn from(error: RecordError) -> Self {
        Self { hint: error.hint(), ..Self::refused(error.code(), error.to_string()) }
    }
}

impl From<WhoError> for CommandError {
    fn from(error: WhoError) -> Self {
        Self::refused(error.code(), error.to_string()).with_hint(error.hint())
    }
}

impl From<FileError> for CommandError {
    fn from(error: FileError) -> Self {
        Self::refused(error.code(), error.to_string())
    }
}

impl From<PromptError> for CommandError {
    fn from(error: PromptError) -> Self {
        Self::usage("not-a-terminal", error.to_string())
    }
}

impl From<EditorError> for CommandError {
    fn from(error: EditorError) -> Self {
        Self { hint: error.hint().map(str::to_owned), ..Self::refused("editor", error.to_string()) }
    }
}

impl From<StdinError> for CommandError {
    fn from(error: StdinError) -> Self {
        Self { hint: error.hint().map(str::to_owned), ..Self::refused("standard-input", error.to_string()) }
    }
}
