//! Long text in the user's pager, `$PAGER` or `less`.
//! EFFECT: runs the program. Whether a pager is wanted at all is the caller's affair; a pager that fails is no error of the command.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::terminal::interrupt;

/// A pager, ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    program: String,
    arguments: Vec<String>,
    sets_less: bool,
}

impl Pager {
    /// The pager of the settings: `$PAGER`, else `less`. `None` when `$PAGER` is empty, `cat` or no command line.
    /// `less_options` is `$LESS`: when it is not set, `less` is told to go away for a short text and to keep the screen.
    pub fn choose(pager: Option<&str>, less_options: Option<&str>) -> Option<Self> {
        let words = shell_words::split(pager.unwrap_or("less")).ok()?;
        let (program, arguments) = words.split_first()?;
        (program != "cat").then(|| Self { program: program.clone(), arguments: arguments.to_vec(), sets_less: less_options.is_none() })
    }

    /// Shows a text that is sanitised already, and waits for the reader.
    ///
    /// # Errors
    /// The program cannot be started. One that is left early is no error.
    #[allow(clippy::disallowed_methods, reason = "the terminal layer runs the editor and the pager")]
    pub fn show(&self, text: &str) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped());
        if self.sets_less {
            command.env("LESS", "FRX");
        }
        let mut child = command.spawn()?;
        let _while_reading = interrupt::leave_to_the_child();
        if let Some(mut stdin) = child.stdin.take() {
            let _ = stdin.write_all(text.as_bytes()); // the reader may leave before the end
        }
        child.wait().map(|_| ())
    }
}

/// Whether a text fills more lines than the terminal shows, wrapped lines counted.
pub fn is_taller(text: &str, width: usize, height: usize) -> bool {
    let width = width.max(1);
    let lines: usize = text.lines().map(|line| line.width().div_ceil(width).max(1)).sum();
    lines >= height
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_setting_decides_and_less_stands_in() {
        assert_eq!(Pager::choose(None, None).unwrap().program, "less");
        let most = Pager::choose(Some("most -s"), Some("R")).unwrap();
        assert_eq!((most.program.as_str(), most.arguments.as_slice(), most.sets_less), ("most", ["-s".to_owned()].as_slice(), false));
        assert_eq!(Pager::choose(Some("cat"), None), None);
        assert_eq!(Pager::choose(Some(""), None), None);
        assert_eq!(Pager::choose(Some("less '"), None), None);
    }

    #[test]
    fn a_text_is_tall_when_its_wrapped_lines_fill_the_screen() {
        assert!(!is_taller("a\nb\n", 80, 3));
        assert!(is_taller("a\nb\nc\n", 80, 3));
        assert!(is_taller(&"x".repeat(161), 80, 3));
        assert!(is_taller(&"数".repeat(81), 80, 3));
        assert!(!is_taller("", 0, 3));
    }

    #[test]
    fn a_pager_that_is_missing_is_an_error_and_one_that_leaves_early_is_none() {
        let run = |command: &str| Pager::choose(Some(command), None).unwrap().show(&"line\n".repeat(100_000));
        assert_eq!(run("no-such-pager-here").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(run("true").is_ok());
    }
}
