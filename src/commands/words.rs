//! The text of a command: words, a pipe, the editor or a prompt; and the links that prove it.
//! One rule for all commands that take TEXT.

use std::path::Path;

use crate::commands::session::Session;
use crate::domain::text::{one_line, tidy};
use crate::error::CommandError;
use crate::store::files::read_named;
use crate::terminal::editor::{Editor, written};
use crate::terminal::stdin::read_piped;

/// Where a command's text may come from.
pub struct Wanted<'a> {
    /// The words of the command line.
    pub words: &'a [String],
    /// `-e`: write it in the editor.
    pub edit: bool,
    /// What to ask on a terminal.
    pub question: &'a str,
}

impl Session<'_> {
    /// The text, tidied.
    ///
    /// # Errors
    /// There is none, standard input is no UTF-8, or the editor cannot be run.
    pub fn text(&self, wanted: &Wanted<'_>) -> Result<String, CommandError> {
        let typed = wanted.words.join(" ");
        let text = if wanted.edit {
            self.edited(&typed)?
        } else if typed == "-" || (wanted.words.is_empty() && !self.context.prompter.can_ask()) {
            read_piped()?.unwrap_or_default()
        } else if wanted.words.is_empty() {
            self.context.prompter.text(wanted.question, None)?
        } else {
            typed
        };
        let text = tidy(&text);
        if text.trim().is_empty() {
            return Err(CommandError::usage("nothing-to-say", "there is nothing to record: the text is empty")
                .with_hint(format!("say it in words, or pipe it in: {}", wanted.question)));
        }
        Ok(text)
    }

    /// The text of a file, or of what is piped in for `-`.
    ///
    /// # Errors
    /// It cannot be read, or is no UTF-8.
    pub fn file_or_piped(&self, path: &Path) -> Result<String, CommandError> {
        if path == Path::new("-") {
            return Ok(read_piped()?.unwrap_or_default());
        }
        Ok(read_named(&self.context.environment.current_folder.join(path))?)
    }

    /// What was written in the editor, beginning with what was typed.
    ///
    /// # Errors
    /// No editor is set, it cannot be run, or nothing was written.
    pub fn edited(&self, initial: &str) -> Result<String, CommandError> {
        let environment = &self.context.environment;
        let editor = Editor::choose(environment.get("VISUAL"), environment.get("EDITOR"))?;
        let path = self.store.write_scratch("entry.md", &format!("{initial}\n"))?;
        let ran = editor.edit(&path);
        let text = read_named(&path);
        self.store.remove_scratch(&path);
        ran?;
        Ok(written(&text?).unwrap_or_default())
    }
}

/// Evidence as given, each a link.
///
/// # Errors
/// One is no link.
pub fn links(given: &[String]) -> Result<Vec<String>, CommandError> {
    given
        .iter()
        .map(|url| one_line(url))
        .map(|url| {
            let scheme = url.split_once("://").map(|(scheme, rest)| (scheme.to_lowercase(), rest));
            match scheme {
                Some((scheme, rest)) if ["http", "https"].contains(&scheme.as_str()) && !rest.is_empty() => Ok(url),
                _ => Err(CommandError::usage("not-a-link", format!("`{url}` is not a link that others can open"))
                    .with_hint("--evidence https://…")),
            }
        })
        .collect()
}
