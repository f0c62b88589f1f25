//! `watch`: on a real terminal, drawn anew by itself, and the terminal given back however it ends.

use snapbox::str;

use crate::harness::sandbox::Sandbox;
use crate::harness::screen::Screen;

/// A shell that watches, with the terminal's settings from before in a file.
fn watching<'a>(sandbox: &'a Sandbox, command: &str) -> Option<Screen<'a>> {
    let screen = Screen::open(sandbox, 100, 24)?;
    screen.types(&format!("stty -a > ../before; {command}; echo \"ended with $?\"; stty -a > ../after; echo over"));
    screen.shows_words("q: quit");
    Some(screen)
}

/// The screen, the cursor and the settings are as they were, and the shell goes on.
#[track_caller]
fn is_given_back(sandbox: &Sandbox, screen: &Screen<'_>) {
    let text = screen.shows(|text| text.trim_end().ends_with("ready>") && text.contains("\nover"));
    assert!(text.contains("ended with 0") && !text.contains("q: quit"), "{text}");
    let but_for_its_size = |file: &str| sandbox.read(file).lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(but_for_its_size("../before"), but_for_its_size("../after"));
    for [taken, given] in [["\x1b[?1049h", "\x1b[?1049l"], ["\x1b[?25l", "\x1b[?25h"], ["\x1b[?7l", "\x1b[?7h"]] {
        screen.wrote(|written| written.rfind(taken).is_some_and(|taken| written.rfind(given).is_some_and(|given| taken < given)));
    }
}

#[test]
fn it_shows_the_status_and_what_others_write_a_moment_later() {
    let sandbox = Sandbox::with_worked_incident();
    let Some(screen) = watching(&sandbox, "qpp-incident watch") else { return };
    let text = screen.shows_words("OVERDUE 1 h 05 min  decide on approval P4X");
    assert!(text.starts_with("2026-11-23 00:") && text.contains("INC-K7QFM Many errors on Auth service (acknowledged, SEV-2)"), "{text}");
    sandbox.run(&["approve", "P4X", "--by", "Pat Lee", "--via", "chat"]).success();
    let text = screen.shows(|text| !text.contains("OVERDUE"));
    assert!(text.contains("update the live document"), "{text}");
    screen.keys(&["q"]);
    is_given_back(&sandbox, &screen);
}

#[test]
fn the_board_is_drawn_for_the_size_that_the_window_has() {
    let sandbox = Sandbox::adopted();
    for number in 10..40 {
        sandbox.put_incident(&format!("000{number}"), "open", "2026-11-22T23:50:00-05:00", "reported_at: 2026-11-23T00:10:00-05:00\n");
    }
    let Some(screen) = watching(&sandbox, "qpp-incident watch") else { return };
    screen.shows_words("and 10 more, less urgent: qpp-incident list");
    screen.resize(60, 12);
    let text = screen.shows_words("and 22 more, less urgent: qpp-incident list");
    assert!(text.lines().count() <= 12 && text.lines().all(|line| line.chars().count() <= 60), "{text}");
    screen.resize(120, 50);
    screen.shows_words("Who acts");
    screen.keys(&["C-c"]);
    is_given_back(&sandbox, &screen);
}

#[test]
fn a_stop_and_a_signal_give_the_terminal_back_too() {
    let sandbox = Sandbox::with_worked_incident();
    let Some(screen) = watching(&sandbox, "qpp-incident watch K7Q") else { return };
    screen.keys(&["C-z"]);
    screen.shows(|text| text.contains("Stopped") && !text.contains("q: quit"));
    screen.types("fg");
    screen.shows_words("q: quit");
    screen.keys(&["q"]);
    screen.shows(|text| text.trim_end().ends_with("ready>"));
    screen.types("clear; stty -a > ../before; sh -c 'echo $$ > ../pid; exec qpp-incident watch'; echo \"ended with $?\"; stty -a > ../after; echo over");
    screen.shows_words("q: quit");
    let pid = sandbox.read("../pid").trim().to_owned();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    is_given_back(&sandbox, &screen);
}

#[test]
fn the_bell_sounds_once_when_something_newly_becomes_overdue() {
    let sandbox = Sandbox::adopted();
    sandbox.put_incident("00001", "open", "2026-11-22T23:50:00-05:00", "reported_at: 2026-11-23T00:10:00-05:00\n");
    sandbox.at("2026-11-23T00:24:56-05:00");
    let Some(screen) = watching(&sandbox, "qpp-incident watch") else { return };
    let first = screen.shows_words("OVERDUE");
    screen.shows(|text| text.contains("OVERDUE") && text.lines().next() != first.lines().next());
    screen.keys(&["q"]);
    is_given_back(&sandbox, &screen);
    let written = screen.wrote(|written| written.contains("\x1b[?1049l"));
    let watched = &written[written.find("\x1b[?1049h").unwrap()..written.rfind("\x1b[?1049l").unwrap()];
    assert_eq!(watched.matches('\x07').count(), 1, "{watched:?}");
}

#[test]
fn without_a_terminal_it_is_refused_and_names_status() {
    let sandbox = Sandbox::with_worked_incident();
    sandbox.run(&["watch", "K7Q"]).shows(str![[r#"
--- stderr
error: watch needs a terminal that it can draw on
hint: qpp-incident status K7Q
--- exit status 2

"#]]);
    sandbox.run(&["watch", "--json"]).shows(str![[r#"
--- stderr
{
  "schema": 1,
  "error": {
    "code": "watch-json",
    "message": "watch keeps a screen for people and has no JSON",
    "hint": "qpp-incident status --json",
    "incident": null
  }
}
--- exit status 2

"#]]);
}

#[test]
fn what_status_refuses_is_refused_before_the_screen_is_taken() {
    let sandbox = Sandbox::with_worked_incident();
    let Some(screen) = Screen::open(&sandbox, 100, 24) else { return };
    screen.types("qpp-incident watch INC-00009");
    screen.shows_words("no incident is named");
    assert!(!screen.wrote(|written| written.contains("no incident is named")).contains("\x1b[?1049h"));
}
