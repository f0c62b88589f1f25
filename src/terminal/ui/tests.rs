//! What reaches the two streams, on a terminal and in a pipe.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::rc::Rc;

use super::*;

/// A stream that can be read back, or that fails in a given way.
#[derive(Clone, Default)]
struct Buffer {
    bytes: Rc<RefCell<Vec<u8>>>,
    fails: Option<io::ErrorKind>,
}

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.borrow().clone()).unwrap()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(kind) = self.fails {
            return Err(kind.into());
        }
        self.bytes.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn ui(is_terminal: bool, colored: bool, quiet: bool) -> (Ui, Buffer, Buffer) {
    let (out, err) = (Buffer::default(), Buffer::default());
    let ui = Ui::with_sinks(
        Sink::new(Box::new(out.clone()), is_terminal, colored),
        Sink::new(Box::new(err.clone()), is_terminal, colored),
        quiet,
        is_terminal.then_some((80, 24)),
    );
    (ui, out, err)
}

fn failing(kind: io::ErrorKind) -> Ui {
    let broken = || Sink::new(Box::new(Buffer { fails: Some(kind), ..Buffer::default() }), false, false);
    Ui::with_sinks(broken(), broken(), false, None)
}

#[test]
fn data_goes_to_standard_output_and_all_else_to_standard_error() {
    let (ui, out, err) = ui(false, false, false);
    ui.data("INC-K7QFM").unwrap();
    ui.note("next: ack");
    ui.warning("not pushed");
    ui.error("no incident INC-0 is known", Some("qpp-incident list"));
    assert_eq!(out.text(), "INC-K7QFM\n");
    assert_eq!(err.text(), "next: ack\nwarning: not pushed\nerror: no incident INC-0 is known\nhint: qpp-incident list\n");
}

#[test]
fn quiet_leaves_out_notes_and_keeps_warnings() {
    let (ui, _, err) = ui(false, false, true);
    ui.note("next: ack");
    ui.warning("not pushed");
    assert_eq!(err.text(), "warning: not pushed\n");
}

#[test]
fn a_terminal_gets_no_control_sequence_from_a_file_and_a_pipe_gets_the_bytes() {
    let text = "a\u{1b}[2Jb\u{202e}\n";
    let (terminal, shown, err) = ui(true, false, false);
    terminal.data(text).unwrap();
    terminal.raw(text.as_bytes()).unwrap();
    terminal.heading(text).unwrap();
    terminal.error(text, Some(text));
    assert_eq!(shown.text(), "ab\nab\nab\n");
    assert_eq!(err.text(), "error: ab\nhint: ab\n");
    let (pipe, piped, _) = ui(false, false, false);
    pipe.raw(text.as_bytes()).unwrap();
    pipe.raw(b"\xff").unwrap();
    assert_eq!(piped.bytes.borrow().as_slice(), [text.as_bytes(), b"\xff"].concat());
}

#[test]
fn colour_adds_to_the_words_and_never_replaces_them() {
    let (ui, out, err) = ui(true, true, false);
    ui.styled("\u{1b}[1mid\u{1b}[0m").unwrap();
    ui.error("nothing was changed", None);
    assert_eq!(out.text(), "\u{1b}[1mid\u{1b}[0m\n");
    assert!(err.text().contains('\u{1b}'));
    assert_eq!(sanitize(&err.text()), "error: nothing was changed\n");
}

#[test]
fn without_colour_our_own_styles_go() {
    let (ui, out, _) = ui(false, false, false);
    ui.styled("\u{1b}[1mid\u{1b}[0m  title\n").unwrap();
    assert_eq!(out.text(), "id  title\n");
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
    let ui = failing(io::ErrorKind::BrokenPipe);
    assert!(ui.data("text").is_ok());
    assert!(ui.raw(b"more").is_ok());
    ui.note("nobody listens");
    let full = failing(io::ErrorKind::StorageFull);
    assert!(full.data("text").unwrap_err().to_string().starts_with("standard output could not be written: "));
    full.warning("nobody listens");
}

#[test]
fn json_is_indented_and_ends_its_line() {
    let (ui, out, _) = ui(false, false, false);
    ui.json(&serde_json::json!({"id": "INC-K7QFM", "title": "a\u{1b}b"})).unwrap();
    assert_eq!(out.text(), "{\n  \"id\": \"INC-K7QFM\",\n  \"title\": \"a\\u001bb\"\n}\n");
}

#[test]
fn a_list_of_rows_is_printed_as_the_value_is() {
    for count in 0..3 {
        let rows: Vec<_> = (0..count).map(|number| serde_json::json!({"n": number, "list": [1, {"a": "b\nc"}], "none": []})).collect();
        let printed = |by_rows: bool| {
            let (ui, out, _) = ui(false, false, false);
            let written: Vec<String> = rows.iter().map(indented).collect();
            let printed = if by_rows { ui.json_list(&written) } else { ui.json(&rows.iter().cloned().collect()) };
            printed.unwrap();
            out.text()
        };
        assert_eq!(printed(true), printed(false), "{count}");
    }
}

#[test]
fn json_on_a_terminal_holds_no_hidden_character() {
    let (ui, out, err) = ui(true, false, false);
    let value = serde_json::json!("a\u{9b}2Jb\u{202e}");
    ui.json(&value).unwrap();
    ui.error_json(&value);
    assert_eq!((out.text().as_str(), err.text().as_str()), ("\"ab\"\n", "\"ab\"\n"));
}

#[test]
fn the_flag_decides_over_what_was_found() {
    assert!(is_colored(ColorWhen::Always, anstream::ColorChoice::Never));
    assert!(!is_colored(ColorWhen::Never, anstream::ColorChoice::AlwaysAnsi));
    assert!(!is_colored(ColorWhen::Auto, anstream::ColorChoice::Never));
    assert!(is_colored(ColorWhen::Auto, anstream::ColorChoice::Auto));
}

#[test]
fn the_width_is_known_on_a_terminal_alone() {
    assert_eq!(ui(true, false, false).0.width(), Some(80));
    assert_eq!(ui(false, false, false).0.width(), None);
}
