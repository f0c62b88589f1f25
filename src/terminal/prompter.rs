//! Questions to the person at the terminal.
//! EFFECT. Without a terminal every question is a typed refusal that names the question, so that a flag can be named in the hint.

use std::fmt;

use dialoguer::console::Term;
use dialoguer::theme::Theme;
use dialoguer::{Confirm, Input, Select};

use crate::terminal::interrupt;
use crate::terminal::sanitize::sanitize_line;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// There is nobody to ask: no terminal, or `--no-input`.
    #[error("`{0}` cannot be asked without a terminal")]
    NoTerminal(String),
    /// There is nothing to choose from.
    #[error("`{0}` has nothing to choose from")]
    NoChoice(String),
    /// The terminal failed.
    #[error("the answer to `{question}` could not be read: {cause}")]
    Failed {
        /// What was asked.
        question: String,
        /// Why.
        #[source]
        cause: dialoguer::Error,
    },
}

/// Whoever answers questions. Commands see only this.
pub trait Prompter {
    /// One line of text, with what stands there at first.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn text(&self, question: &str, initial: Option<&str>) -> Result<String, PromptError>;

    /// Yes or no, with the answer that Return gives.
    ///
    /// # Errors
    /// Nobody can be asked.
    fn confirm(&self, question: &str, default: bool) -> Result<bool, PromptError>;

    /// The index of one of the items.
    ///
    /// # Errors
    /// Nobody can be asked, or there is nothing to choose from.
    fn select(&self, question: &str, items: &[String]) -> Result<usize, PromptError>;

    /// True when somebody can be asked.
    fn can_ask(&self) -> bool;
}

/// Asks on standard error, reads from the terminal.
#[derive(Debug, Clone)]
pub struct TerminalPrompter {
    terminal: Term,
}

/// Refuses each question: pipes, CI and `--no-input`.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTerminal;

/// The prompter of this run: a terminal on both ends, and nobody said `--no-input`.
pub fn choose(no_input: bool) -> Box<dyn Prompter> {
    use std::io::IsTerminal;
    let terminal = Term::stderr();
    if !no_input && terminal.is_term() && std::io::stdin().is_terminal() {
        Box::new(TerminalPrompter { terminal })
    } else {
        Box::new(NoTerminal)
    }
}

/// Questions as they were written, without the colon that dialoguer adds.
struct Plain;

impl Theme for Plain {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{prompt}")
    }

    fn format_input_prompt(&self, f: &mut dyn fmt::Write, prompt: &str, _default: Option<&str>) -> fmt::Result {
        write!(f, "{prompt} ")
    }

    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, chosen: &str) -> fmt::Result {
        write!(f, "{prompt} {chosen}")
    }
}

/// A prompt that Ctrl-C ended ends the program here too: the signal's own handler may come later.
fn failed(question: &str) -> impl FnOnce(dialoguer::Error) -> PromptError {
    let question = question.to_owned();
    move |cause| {
        let dialoguer::Error::IO(error) = &cause;
        if error.kind() == std::io::ErrorKind::Interrupted {
            interrupt::end();
        }
        PromptError::Failed { question, cause }
    }
}

impl Prompter for TerminalPrompter {
    fn text(&self, question: &str, initial: Option<&str>) -> Result<String, PromptError> {
        interrupt::install();
        let input: Input<'_, String> = Input::with_theme(&Plain).with_prompt(sanitize_line(question)).allow_empty(true);
        let input = match initial {
            Some(initial) => input.with_initial_text(sanitize_line(initial)),
            None => input,
        };
        input.interact_text_on(&self.terminal).map_err(failed(question))
    }

    fn confirm(&self, question: &str, default: bool) -> Result<bool, PromptError> {
        interrupt::install();
        Confirm::with_theme(&Plain)
            .with_prompt(sanitize_line(question))
            .default(default)
            .interact_on(&self.terminal)
            .map_err(failed(question))
    }

    fn select(&self, question: &str, items: &[String]) -> Result<usize, PromptError> {
        if items.is_empty() {
            return Err(PromptError::NoChoice(question.to_owned()));
        }
        interrupt::install();
        let items: Vec<String> = items.iter().map(|item| sanitize_line(item)).collect();
        // Without a default the first press of Down would choose the first item.
        Select::with_theme(&Plain)
            .with_prompt(sanitize_line(question))
            .items(&items)
            .default(0)
            .interact_on(&self.terminal)
            .map_err(failed(question))
    }

    fn can_ask(&self) -> bool {
        true
    }
}

impl Prompter for NoTerminal {
    fn text(&self, question: &str, _initial: Option<&str>) -> Result<String, PromptError> {
        Err(PromptError::NoTerminal(question.to_owned()))
    }

    fn confirm(&self, question: &str, _default: bool) -> Result<bool, PromptError> {
        Err(PromptError::NoTerminal(question.to_owned()))
    }

    fn select(&self, question: &str, _items: &[String]) -> Result<usize, PromptError> {
        Err(PromptError::NoTerminal(question.to_owned()))
    }

    fn can_ask(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn without_a_terminal_each_question_is_refused_by_name() {
        let nobody = NoTerminal;
        assert!(!nobody.can_ask());
        assert_eq!(nobody.text("What happened?", None).unwrap_err().to_string(), "`What happened?` cannot be asked without a terminal");
        assert!(matches!(nobody.confirm("Sure?", true), Err(PromptError::NoTerminal(_))));
        assert!(matches!(nobody.select("Which?", &["a".to_owned()]), Err(PromptError::NoTerminal(_))));
    }

    #[test]
    fn no_input_means_that_nobody_is_asked() {
        assert!(!choose(true).can_ask());
    }

    #[test]
    fn a_choice_of_nothing_is_refused_before_the_terminal_is_touched() {
        let prompter = TerminalPrompter { terminal: Term::stderr() };
        assert!(matches!(prompter.select("Which?", &[]), Err(PromptError::NoChoice(_))));
    }
}
