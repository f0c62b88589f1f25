//! Text from files made safe for a terminal: control sequences cut out whole, hidden characters dropped.
//! EFFECT layer, yet a pure function. It must stand before every print of foreign text on a terminal.

use std::iter::Peekable;
use std::str::Chars;

use crate::domain::text::is_hidden_control;

/// The text without terminal control sequences (CSI, OSC, DCS and their kin), C0 and C1 controls and bidirectional
/// controls. Line feeds and tabs stay.
///
/// # Source
/// ECMA-48 §5.3 and §5.6 (escape sequences and control strings).
///
/// # Examples
/// ```
/// use qpp_incident::terminal::sanitize::sanitize;
/// assert_eq!(sanitize("a\u{1b}[31mred\u{1b}[0m\u{7}"), "ared");
/// assert_eq!(sanitize("\u{1b}]0;own title\u{7}done\n"), "done\n");
/// ```
pub fn sanitize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\u{1b}' => skip_escape(&mut characters),
            '\u{9b}' => skip_control_sequence(&mut characters),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut characters),
            c if is_hidden_control(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The text as one line for a cell or an item: sanitised, line ends and tabs as blanks.
pub fn sanitize_line(text: &str) -> String {
    sanitize(text).replace(['\n', '\t'], " ").trim().to_owned()
}

fn skip_escape(characters: &mut Peekable<Chars<'_>>) {
    match characters.peek() {
        Some('[') => {
            characters.next();
            skip_control_sequence(characters);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            characters.next();
            skip_string(characters);
        }
        Some(' '..='~') => {
            while characters.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            characters.next_if(|c| matches!(c, '0'..='~'));
        }
        _ => {}
    }
}

/// Parameters, intermediates and the final character; nothing when they do not make a whole sequence.
fn skip_control_sequence(characters: &mut Peekable<Chars<'_>>) {
    let mut ahead = characters.clone();
    while ahead.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    if ahead.next_if(|c| matches!(c, '@'..='~')).is_some() {
        *characters = ahead;
    }
}

/// A control string up to its terminator. One that does not end on its line is no string: its text stays readable.
fn skip_string(characters: &mut Peekable<Chars<'_>>) {
    let mut ahead = characters.clone();
    while let Some(c) = ahead.next() {
        let ends = match c {
            '\u{7}' | '\u{9c}' => true,
            '\u{1b}' => ahead.next_if_eq(&'\\').is_some(),
            '\n' => return,
            _ => false,
        };
        if ends {
            *characters = ahead;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_cut_out_whole() {
        for (given, wanted) in [
            ("\u{1b}[1;31mred\u{1b}[m", "red"),
            ("\u{9b}2Jgone", "gone"),
            ("\u{1b}]8;;https://x.example\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{9d}0;title\u{9c}text", "text"),
            ("\u{1b}Pq123\u{1b}\\text", "text"),
            ("\u{1b}(B\u{1b}7\u{1b}c text", " text"),
            ("bell\u{7} back\u{8} return\r\nnext", "bell back return\nnext"),
            ("\u{202e}evil\u{2066}\u{200f}", "evil"),
            ("tab\tand\nline", "tab\tand\nline"),
            ("über 数据 👩‍🚒", "über 数据 👩‍🚒"),
        ] {
            assert_eq!(sanitize(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn an_unfinished_string_hides_no_text() {
        assert_eq!(sanitize("\u{1b}]0;the rest is\nstill there"), "0;the rest is\nstill there");
        assert_eq!(sanitize("end \u{1b}"), "end ");
        assert_eq!(sanitize("end \u{1b}[12"), "end 12");
    }

    proptest::proptest! {
        #[test]
        fn the_output_holds_no_control(text in "([a-z\u{1b}\u{9b}\u{9d}\\[\\]\u{7}\r\n\t\u{202e};0-9]|.){0,60}") {
            let out = sanitize(&text);
            proptest::prop_assert!(!out.chars().any(is_hidden_control));
            proptest::prop_assert_eq!(sanitize(&out), out);
        }
    }
}
