//! What a command says, kept to be shown on the watched screen.
//! EFFECT layer, yet nothing leaves the program here.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crate::terminal::ui::{Sink, Ui};

/// A stream that can be read back.
#[derive(Debug, Clone, Default)]
pub struct Captured(Rc<RefCell<Vec<u8>>>);

impl Captured {
    /// What was written so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.borrow()).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A `Ui` as for a terminal of this size, and what it says: standard output, then standard error.
pub fn captured(size: (usize, usize), colored: bool) -> (Ui, Captured, Captured) {
    let (out, err) = (Captured::default(), Captured::default());
    let sink = |to: &Captured| Sink::new(Box::new(to.clone()), true, colored);
    (Ui::with_sinks(sink(&out), sink(&err), false, Some(size)), out, err)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_said_is_kept_and_safe_to_print() {
        let (ui, out, err) = captured((80, 24), false);
        ui.data("red\u{1b}[31m\n").unwrap();
        ui.note("a note");
        assert_eq!((out.text().as_str(), err.text().as_str(), ui.width()), ("red\n", "a note\n", Some(80)));
    }
}
