//! The user's editor on a file that the caller has made.
//! EFFECT: runs the program. It never reads or writes the file itself; that is the store's.

use std::io;
use std::path::Path;
use std::process::Command;

use crate::domain::text::tidy;
use crate::terminal::interrupt;

/// An editor, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// Why nothing came back from the editor. The file is as it was or is to be ignored.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Neither variable is set.
    #[error("no editor is set")]
    NotSet,
    /// The setting is no command line.
    #[error("the editor `{0}` cannot be read as a command: {1}")]
    NotACommand(String, #[source] shell_words::ParseError),
    /// There is no such program.
    #[error("the editor `{0}` could not be started: there is no such program")]
    NoSuchProgram(String),
    /// It cannot be run.
    #[error("the editor `{program}` could not be started: {cause}")]
    NotStarted {
        /// The program that was tried.
        program: String,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// It said that the edit is not wanted, as `:cq` in vim does.
    #[error("the editor `{program}` ended with {status}: nothing was changed")]
    Failed {
        /// The program that ran.
        program: String,
        /// Its exit status, in words.
        status: String,
    },
}

impl EditorError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotSet | Self::NotACommand(..) | Self::NoSuchProgram(_) | Self::NotStarted { .. } => Some("export EDITOR=nano"),
            Self::Failed { .. } => None,
        }
    }
}

impl Editor {
    /// The editor of the settings: `$VISUAL`, else `$EDITOR`, either with arguments as a shell would read them.
    ///
    /// # Errors
    /// Neither is set, or it is no command line.
    pub fn choose(visual: Option<&str>, editor: Option<&str>) -> Result<Self, EditorError> {
        let setting = [visual, editor].into_iter().flatten().find(|setting| !setting.trim().is_empty()).ok_or(EditorError::NotSet)?;
        let words = shell_words::split(setting).map_err(|error| EditorError::NotACommand(setting.to_owned(), error))?;
        let (program, arguments) = words.split_first().ok_or(EditorError::NotSet)?;
        Ok(Self { program: program.clone(), arguments: arguments.to_vec() })
    }

    /// Opens a file and waits until the editor is closed.
    ///
    /// # Errors
    /// It cannot be started, or ends with another status than 0.
    #[allow(clippy::disallowed_methods, reason = "the terminal layer runs the editor and the pager")]
    pub fn edit(&self, path: &Path) -> Result<(), EditorError> {
        let _while_editing = interrupt::leave_to_the_child();
        let status = Command::new(&self.program).args(&self.arguments).arg(path).status().map_err(|cause| self.not_started(cause))?;
        if status.success() { Ok(()) } else { Err(EditorError::Failed { program: self.program.clone(), status: status.to_string() }) }
    }
}

impl Editor {
    fn not_started(&self, cause: io::Error) -> EditorError {
        let program = self.program.clone();
        if cause.kind() == io::ErrorKind::NotFound {
            EditorError::NoSuchProgram(program)
        } else {
            EditorError::NotStarted { program, cause }
        }
    }
}

/// What was written in the editor; `None` when that is nothing, which means: do nothing.
pub fn written(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn visual_goes_before_editor_and_may_have_arguments() {
        let editor = Editor::choose(Some("code --wait 'a b'"), Some("vi")).unwrap();
        assert_eq!((editor.program.as_str(), editor.arguments.as_slice()), ("code", ["--wait".to_owned(), "a b".to_owned()].as_slice()));
        assert_eq!(Editor::choose(Some(" "), Some("vi")).unwrap().program, "vi");
    }

    #[test]
    fn no_editor_is_an_error_with_a_hint() {
        let error = Editor::choose(None, Some("")).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.hint()), ("no editor is set", Some("export EDITOR=nano")));
        assert!(matches!(Editor::choose(Some("vi '"), None), Err(EditorError::NotACommand(..))));
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = Editor::choose(None, Some("no-such-editor-here")).unwrap().edit(Path::new("x")).unwrap_err();
        assert!(error.to_string().starts_with("the editor `no-such-editor-here` could not be started: "), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn another_status_than_0_means_that_nothing_is_wanted() {
        let run = |command: &str| Editor::choose(None, Some(command)).unwrap().edit(Path::new("x"));
        assert!(run("true").is_ok());
        let error = run("false").unwrap_err();
        assert_eq!(error.to_string(), "the editor `false` ended with exit status: 1: nothing was changed");
        assert_eq!(error.hint(), None);
    }

    #[test]
    fn an_empty_result_is_nothing() {
        assert_eq!(written(" \n\t\n"), None);
        assert_eq!(written("\nRestarted.  \r\n\n"), Some("Restarted.".to_owned()));
    }
}
