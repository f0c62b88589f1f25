//! Ctrl-C while somebody is asked, or while an editor or pager has the terminal.
//! EFFECT, and the one place of the program that may exit by itself: a prompt hides the cursor, and somebody has to show it again.

use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

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
