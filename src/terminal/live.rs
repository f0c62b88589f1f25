//! The whole terminal for as long as something is watched: the other screen, keys without Return, redrawn in place.
//! EFFECT. However it ends (a key, a signal, a panic), the terminal is as it was before.

use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::{flag, low_level};

/// The other screen, no cursor, and a line that is too long does not run over into the next.
///
/// # Source
/// xterm's control sequences: DECSET 1049, DECTCEM, DECAWM.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?7l";
/// All of that taken back.
const LEAVE: &str = "\x1b[?7h\x1b[?25h\x1b[?1049l";
/// What stands between these two is shown at once, by terminals that know them; the others pass over them.
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";
const BELL: char = '\x07';

const CTRL_C: u8 = 0x03;
const CTRL_Z: u8 = 0x1a;

/// The terminal's settings from before, while the screen is taken.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Look again: the time is over, or the screen has changed.
    Look,
    /// It is over: `q`, Ctrl-C, or a signal that says so.
    Leave,
}

/// The terminal, taken. Dropped, it is given back.
pub struct Live {
    woken: UnixStream,
    is_over: Arc<AtomicBool>,
    drawn: Vec<String>,
}

/// True when there is a person to look and to press a key.
pub fn can_watch() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The terminal's columns and lines as they are now.
pub fn size() -> (usize, usize) {
    terminal_size::terminal_size().map_or((80, 24), |(width, height)| (usize::from(width.0), usize::from(height.0)))
}

/// Gives the terminal back as it was; nothing when it is not taken.
pub fn give_back() {
    if let Some(before) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // A terminal that is gone needs nothing.
        let _gone = io::stdout().write_all(LEAVE.as_bytes()).and_then(|()| io::stdout().flush());
        let _gone = tcsetattr(io::stdin(), OptionalActions::Now, &before);
    }
}

fn take() -> io::Result<()> {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut settings = match before.as_ref() {
        Some(before) => before.clone(),
        None => before.insert(tcgetattr(io::stdin())?).clone(),
    };
    settings.make_raw();
    tcsetattr(io::stdin(), OptionalActions::Now, &settings)?;
    io::stdout().write_all(ENTER.as_bytes())
}

impl Drop for Live {
    fn drop(&mut self) {
        give_back();
    }
}

impl Live {
    /// Takes the terminal. From here on the signals that end a program end the watching alone.
    ///
    /// # Errors
    /// The terminal does not let itself be set.
    pub fn open() -> io::Result<Self> {
        let (woken, wake) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        let is_over = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register(signal, Arc::clone(&is_over))?;
        }
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT] {
            low_level::pipe::register(signal, wake.try_clone()?)?;
        }
        let live = Self { woken, is_over, drawn: Vec::new() };
        take()?;
        Ok(live)
    }

    /// Shows these lines and nothing else; what stands there already is not written again. Each fits the width and is safe to print.
    ///
    /// # Errors
    /// The terminal takes nothing.
    pub fn draw(&mut self, lines: Vec<String>, bell: bool) -> io::Result<()> {
        let rows = self.drawn.len().max(lines.len());
        let row = |lines: &[String], index: usize| lines.get(index).cloned().unwrap_or_default();
        let changed = (0..rows).filter(|index| row(&self.drawn, *index) != row(&lines, *index));
        let changed: Vec<String> = changed.map(|index| format!("\x1b[{};1H\x1b[2K{}", index + 1, row(&lines, index))).collect();
        let mut written = if changed.is_empty() { String::new() } else { format!("{BEGIN}{}{END}", changed.concat()) };
        written.extend(bell.then_some(BELL));
        self.drawn = lines;
        io::stdout().write_all(written.as_bytes())?;
        io::stdout().flush()
    }

    /// Waits for a key or a signal, so long at most.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn wait(&mut self, at_most: Duration) -> io::Result<Wish> {
        let stdin = io::stdin();
        let mut awaited = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        let limit = Timespec { tv_sec: i64::try_from(at_most.as_secs()).unwrap_or(i64::MAX), tv_nsec: at_most.subsec_nanos().into() };
        match poll(&mut awaited, Some(&limit)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let has_key = awaited.first().is_some_and(|keys| !keys.revents().is_empty());
        if self.is_over.load(Ordering::SeqCst) {
            return Ok(Wish::Leave);
        }
        if self.was_woken() {
            self.begin_again()?;
        }
        if has_key { self.keys() } else { Ok(Wish::Look) }
    }

    /// Whether a signal came: the size has changed, or the program goes on after a stop.
    fn was_woken(&mut self) -> bool {
        let mut bytes = [0; 64];
        let mut woken = false;
        while self.woken.read(&mut bytes).is_ok_and(|read| read > 0) {
            woken = true;
        }
        woken
    }

    /// Takes the terminal once more: a shell may have had it meanwhile.
    fn begin_again(&mut self) -> io::Result<()> {
        self.drawn.clear();
        take()?;
        io::stdout().write_all(b"\x1b[2J")
    }

    fn keys(&mut self) -> io::Result<Wish> {
        let mut bytes = [0; 64];
        let read = match rustix::io::read(io::stdin(), &mut bytes) {
            Ok(read) => read,
            Err(Errno::INTR | Errno::AGAIN) => return Ok(Wish::Look),
            Err(_) => 0, // the terminal is gone
        };
        let pressed = bytes.get(..read).unwrap_or_default();
        if read == 0 || pressed.iter().any(|key| matches!(key, b'q' | b'Q' | &CTRL_C)) {
            return Ok(Wish::Leave);
        }
        if pressed.contains(&CTRL_Z) {
            give_back();
            kill_current_process_group(Signal::TSTP)?;
            self.begin_again()?;
        }
        Ok(Wish::Look)
    }
}
