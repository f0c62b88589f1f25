//! The door to the terminal: data on standard output, everything else on standard error.
//! EFFECT. Nothing else prints. Colour is never the only signal; a reader that went away (a closed pipe) is no error.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use crate::terminal::pager::{Pager, is_taller};
use crate::terminal::sanitize::sanitize;

/// How a heading is shown where colour is on.
const HEADING: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// When to colour: the values of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` says otherwise.
    #[default]
    Auto,
    /// Into pipes and files too.
    Always,
    /// Not at all.
    Never,
}

/// Standard output could not take what was written; a closed pipe is not among these.
#[derive(Debug, thiserror::Error)]
#[error("standard output could not be written: {0}")]
pub struct WriteError(#[source] pub io::Error);

/// One of the two output streams.
pub struct Sink {
    writer: RefCell<Box<dyn Write>>,
    is_terminal: bool,
    colored: bool,
    gone: Cell<bool>,
}

impl Sink {
    /// A stream with what is known of it. Tests hand in a buffer.
    pub fn new(writer: Box<dyn Write>, is_terminal: bool, colored: bool) -> Self {
        Self { writer: RefCell::new(writer), is_terminal, colored, gone: Cell::new(false) }
    }

    /// Foreign text as it may stand here: sanitised where a terminal would act on it.
    fn safe(&self, text: &str) -> String {
        if self.is_terminal || self.colored { sanitize(text) } else { text.to_owned() }
    }

    fn paint(&self, style: Style, text: &str) -> String {
        if self.colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        if self.gone.get() {
            return Ok(());
        }
        let mut writer = self.writer.borrow_mut();
        match writer.write_all(bytes).and_then(|()| writer.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone.set(true);
                Ok(())
            }
            result => result.map_err(WriteError),
        }
    }
}

/// What the program says, and where.
pub struct Ui {
    out: Sink,
    err: Sink,
    quiet: bool,
    size: Option<(usize, usize)>,
}

impl Ui {
    /// The real terminal.
    pub fn new(color: ColorWhen, quiet: bool) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let size = terminal_size::terminal_size().map(|(width, height)| (usize::from(width.0), usize::from(height.0)));
        let out_colored = is_colored(color, AutoStream::choice(&stdout));
        let err_colored = is_colored(color, AutoStream::choice(&stderr));
        let (out_is_terminal, err_is_terminal) = (stdout.is_terminal(), stderr.is_terminal());
        Self {
            out: Sink::new(Box::new(stdout), out_is_terminal, out_colored),
            err: Sink::new(Box::new(stderr), err_is_terminal, err_colored),
            quiet,
            size: size.filter(|_| out_is_terminal),
        }
    }

    /// Two given streams, and the terminal's columns and lines when there is one.
    pub fn with_sinks(out: Sink, err: Sink, quiet: bool, size: Option<(usize, usize)>) -> Self {
        Self { out, err, quiet, size }
    }

    /// True when standard output is a terminal: people read it, not a program.
    pub fn is_terminal(&self) -> bool {
        self.out.is_terminal
    }

    /// True when standard output is coloured.
    pub fn is_colored(&self) -> bool {
        self.out.colored
    }

    /// True when `--quiet` was given.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The terminal's columns; `None` when standard output is no terminal, and nothing is cut or wrapped.
    pub fn width(&self) -> Option<usize> {
        self.size.map(|(width, _)| width)
    }

    /// The terminal's lines; `None` when standard output is no terminal.
    pub fn height(&self) -> Option<usize> {
        self.size.map(|(_, height)| height)
    }

    /// Text as the answer, with a line feed at its end. Text from files is safe here.
    ///
    /// # Errors
    /// Standard output takes no more, such as on a full disk.
    pub fn data(&self, text: &str) -> Result<(), WriteError> {
        let text = self.out.safe(text);
        self.out.write(with_line_feed(&text).as_bytes())
    }

    /// Text that this program has styled itself and whose foreign parts are sanitised already, such as a table.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn styled(&self, text: &str) -> Result<(), WriteError> {
        let text = if self.out.colored { text.to_owned() } else { anstream::adapter::strip_str(text).to_string() };
        self.out.write(with_line_feed(&text).as_bytes())
    }

    /// A heading over what follows: bold where colour is on.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn heading(&self, text: &str) -> Result<(), WriteError> {
        let text = self.out.paint(HEADING, &self.out.safe(text));
        self.out.write(with_line_feed(&text).as_bytes())
    }

    /// A file's own bytes: as they are into a pipe, sanitised on a terminal.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn raw(&self, bytes: &[u8]) -> Result<(), WriteError> {
        if self.out.is_terminal { self.data(&String::from_utf8_lossy(bytes)) } else { self.out.write(bytes) }
    }

    /// A JSON value, indented, for programs: whole into a pipe, without hidden characters on a terminal.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn json(&self, value: &serde_json::Value) -> Result<(), WriteError> {
        self.out.write(self.out.safe(&(indented(value) + "\n")).as_bytes())
    }

    /// A list of JSON values that are written already, each by [`indented`]: as [`Ui::json`] prints the list of them.
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn json_list(&self, rows: &[String]) -> Result<(), WriteError> {
        let inner: Vec<String> = rows.iter().map(|row| row.replace('\n', "\n  ")).collect();
        let list = if inner.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", inner.join(",\n  ")) };
        self.out.write(self.out.safe(&list).as_bytes())
    }

    /// Text in the pager when it is taller than the terminal, else as [`Ui::data`].
    ///
    /// # Errors
    /// Standard output takes no more.
    pub fn page(&self, text: &str, pager: Option<&Pager>) -> Result<(), WriteError> {
        if let (Some((width, height)), Some(pager)) = (self.size, pager) {
            let safe = sanitize(text);
            if is_taller(&safe, width, height) && pager.show(&safe).is_ok() {
                return Ok(());
            }
        }
        self.data(text)
    }

    /// What a person should know and a program need not: on standard error, left out with `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.say(&self.err.safe(text));
        }
    }

    /// What a person should mind, even with `--quiet`: `warning: …`.
    pub fn warning(&self, text: &str) {
        self.say(&format!("{} {}", self.err.paint(WARNING, "warning:"), self.err.safe(text)));
    }

    /// Why the command did not do it: `error: …`, then `hint: …`.
    pub fn error(&self, message: &str, hint: Option<&str>) {
        self.say(&format!("{} {}", self.err.paint(ERROR, "error:"), self.err.safe(message)));
        if let Some(hint) = hint {
            self.say(&format!("{} {}", self.err.paint(HINT, "hint:"), self.err.safe(hint)));
        }
    }

    /// The JSON form of a failure, on standard error.
    pub fn error_json(&self, value: &serde_json::Value) {
        self.say(&self.err.safe(&format!("{value:#}")));
    }

    /// Standard error is a courtesy: when it takes nothing, there is nobody left to tell.
    fn say(&self, text: &str) {
        let _ = self.err.write(with_line_feed(text).as_bytes());
    }
}

fn is_colored(wanted: ColorWhen, found: anstream::ColorChoice) -> bool {
    match wanted {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => found != anstream::ColorChoice::Never,
    }
}

fn with_line_feed(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

/// A JSON value as it is printed, without the last line end.
pub fn indented(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| format!("{value:#}"))
}

#[cfg(test)]
mod tests;
