//! Ctrl-C while somebody is asked, or while an editor or pager has the terminal.
//! EFFECT, and the one place of the program that may exit by itself: a prompt hides the cursor, and somebody has to show it again;
//! and a bug of ours ends the program with the status that says so.

use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::terminal::live;

/// What a shell says of a program that Ctrl-C ended: 128 + SIGINT.
pub const INTERRUPTED: i32 = 130;

/// The escape sequence that shows the cursor (DECTCEM).
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

static INSTALL: Once = Once::new();
static CHILDREN: AtomicUsize = AtomicUsize::new(0);

/// While this lives, Ctrl-C is the child's: git does the same while an editor runs.
#[must_use]
pub struct LeftToTheChild(());

impl Drop for LeftToTheChild {
    fn drop(&mut self) {
        CHILDREN.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets the program that now has the terminal deal with Ctrl-C.
pub fn leave_to_the_child() -> LeftToTheChild {
    install();
    CHILDREN.fetch_add(1, Ordering::SeqCst);
    LeftToTheChild(())
}

/// Makes Ctrl-C show the cursor before it ends the program with [`INTERRUPTED`]. May be called often.
pub fn install() {
    INSTALL.call_once(|| {
        // A handler that is there already stays: then Ctrl-C does what it did.
        let _ = ctrlc::set_handler(|| {
            if CHILDREN.load(Ordering::SeqCst) == 0 {
                end();
            }
        });
    });
}

/// Ends the program as Ctrl-C does, the cursor shown.
#[allow(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "a signal handler has nobody to return to, and nothing was changed while a prompt stood open"
)]
pub fn end() -> ! {
    let _ = std::io::stderr().write_all(SHOW_CURSOR).and_then(|()| std::io::stderr().write_all(b"\n"));
    std::process::exit(INTERRUPTED);
}

/// What a bug of this program ends with: `EX_SOFTWARE` of `sysexits.h`.
pub const BUG: i32 = 70;

/// Makes a panic say in two lines that it is a bug of this program, and end with [`BUG`].
#[allow(clippy::exit, clippy::disallowed_methods, reason = "a panic has nobody to return to")]
pub fn report_bugs() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let what = text.unwrap_or("no message");
        let report = format!(
            "error: this is a bug of qpp-incident: {what}{place}\nhint: what is committed stands; please report it with the command you typed\n"
        );
        live::give_back();
        let _nobody_left_to_tell = std::io::stderr().write_all(report.as_bytes());
        std::process::exit(BUG);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_counted_and_let_go() {
        let before = CHILDREN.load(Ordering::SeqCst);
        {
            let _outer = leave_to_the_child();
            let _inner = leave_to_the_child();
            assert!(CHILDREN.load(Ordering::SeqCst) >= before + 2);
        }
        install();
    }
}
