//! Where a word or a URL ends, and what kind of word it is by its letters.
//! PURE. Only the bytes of the word are looked at.

use crate::rules::lint::word::WordKind;

/// How many bytes the word at the start of `rest` takes, and its kind; nothing where no word begins.
pub fn token_end(rest: &str, before: char) -> Option<(usize, WordKind)> {
    // Most words are small letters between blanks.
    let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    if letters > 0 && rest.as_bytes().get(letters).is_none_or(|after| *after == b' ') {
        return Some((letters, WordKind::Plain));
    }
    let mut characters = rest.char_indices().peekable();
    let (_, first) = characters.next()?;
    let second = characters.peek().map_or(' ', |(_, c)| *c);
    let has_sigil = is_sigil(first, second, before, rest);
    if !is_letter(first) && !has_sigil {
        return None;
    }
    let mut end = first.len_utf8();
    let mut last = first;
    if has_sigil && second == first {
        characters.next();
        end += second.len_utf8();
    }
    while let Some((at, c)) = characters.next() {
        let follows = characters.peek().map_or(' ', |(_, c)| *c);
        if !is_letter(c) && !joins(last, c, follows) {
            break;
        }
        end = at + c.len_utf8();
        last = c;
    }
    let token = rest.get(..end)?;
    let kind = kind_of(token, has_sigil);
    let percent = usize::from(kind == WordKind::Number && rest.get(end..).is_some_and(|rest| rest.starts_with('%')));
    Some((end + percent, kind))
}

/// Whether a sign begins a word: `#channel`, `@name`, `$5`, `--option`, `/path`, `~/path`.
fn is_sigil(first: char, second: char, before: char, rest: &str) -> bool {
    if before.is_alphanumeric() {
        return false;
    }
    match first {
        '#' | '@' | '$' | '\u{a3}' | '\u{20ac}' | '/' => second.is_alphanumeric(),
        '~' => second == '/' || second.is_ascii_digit(),
        '.' => second.is_alphabetic() && before.is_whitespace(),
        '-' | '+' => {
            let after = if first == second { rest.get(2..).unwrap_or_default() } else { rest.get(1..).unwrap_or_default() };
            before.is_whitespace() && after.starts_with(|c: char| c.is_ascii_alphanumeric())
        }
        _ => false,
    }
}

/// Letters, digits, `_`, and the marks that stand on letters.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{200c}' | '\u{ad}')
}

/// Whether `c` holds two parts of one word together.
fn joins(last: char, c: char, follows: char) -> bool {
    let within = is_letter(last) && is_letter(follows);
    match c {
        '\'' | '\u{2019}' | '\u{2bc}' => is_letter(last) && follows.is_alphabetic(),
        '-' | '.' | '@' | '&' | '#' | '\\' | '=' | '~' | '$' => within || (last == '/' && is_letter(follows)),
        ':' => within && !(last.is_alphabetic() && follows.is_uppercase()),
        '/' => within || is_letter(last) && matches!(follows, '.' | '~' | '$'),
        ',' | '+' => last.is_ascii_digit() && follows.is_ascii_digit(),
        _ => false,
    }
}

fn kind_of(token: &str, has_sigil: bool) -> WordKind {
    let first_digit = token.trim_start_matches(['$', '\u{a3}', '\u{20ac}', '~', '+', '-']).starts_with(|c: char| c.is_numeric());
    let letters = token.chars().filter(|c| c.is_alphabetic()).count();
    if first_digit && !token.starts_with(['#', '/', '@']) && letters <= 3 {
        return WordKind::Number;
    }
    let odd = |c: char| c.is_numeric() || matches!(c, '_' | '.' | '@' | '&' | '#' | '\\' | '=' | ':' | '~' | '$' | ',' | '+');
    let slashes = token.bytes().filter(|byte| *byte == b'/').count();
    if has_sigil || token.contains(odd) || slashes > 1 || has_inner_capital(token) { WordKind::Name } else { WordKind::Plain }
}

/// `GitHub`, `API`; not `Re-Run`, where each part begins with its capital.
pub fn has_inner_capital(token: &str) -> bool {
    let parts = token.split(['-', '/', '\'', '\u{2019}']);
    parts.into_iter().any(|part| part.chars().skip(1).any(char::is_uppercase))
}

/// How many bytes a URL at the start of `text` takes: up to a blank, without the signs that end a sentence.
///
/// # Source
/// GitHub Flavored Markdown §6.9 "Autolinks (extension)".
pub fn url_end(text: &str) -> Option<usize> {
    let schemes = ["http://", "https://", "ftp://", "www.", "mailto:"];
    let first = text.bytes().next().filter(|byte| matches!(byte, b'h' | b'H' | b'f' | b'w' | b'm'))?;
    debug_assert!(first.is_ascii());
    let scheme = schemes.iter().find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|')).unwrap_or(text.len());
    let url = text.get(..end)?;
    let signs = ['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~'];
    let url = url.trim_end_matches(signs);
    let url = if url.contains('(') { url } else { url.trim_end_matches(|c| c == ')' || signs.contains(&c)) };
    (url.len() > scheme.len()).then_some(url.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use WordKind::{Name, Number, Plain};

    #[test]
    fn a_word_ends_where_its_letters_end() {
        for (text, wanted) in [
            ("wasn't it", Some(("wasn't", Plain))),
            ("wasn\u{2019}t it", Some(("wasn\u{2019}t", Plain))),
            ("users' data", Some(("users", Plain))),
            ("re-run.", Some(("re-run", Plain))),
            ("and/or x", Some(("and/or", Plain))),
            ("I/O", Some(("I/O", Plain))),
            ("v1.2.", Some(("v1.2", Name))),
            ("e.g. x", Some(("e.g", Name))),
            ("10:35 UTC", Some(("10:35", Number))),
            ("99.9% up", Some(("99.9%", Number))),
            ("1,000 users", Some(("1,000", Number))),
            ("10ms", Some(("10ms", Number))),
            ("$5", Some(("$5", Number))),
            ("2020-07-01T10:00:00Z", Some(("2020-07-01T10:00:00Z", Number))),
            ("GitHub", Some(("GitHub", Name))),
            ("API", Some(("API", Name))),
            ("US", Some(("US", Name))),
            ("I", Some(("I", Plain))),
            ("foo_bar", Some(("foo_bar", Name))),
            ("--force now", Some(("--force", Name))),
            ("#channel", Some(("#channel", Name))),
            ("/var/log/x is", Some(("/var/log/x", Name))),
            ("mybinder.org.", Some(("mybinder.org", Name))),
            ("a--b", Some(("a", Plain))),
            ("— x", None),
            ("(x", None),
            ("- x", None),
        ] {
            let found = token_end(text, ' ').and_then(|(length, kind)| Some((text.get(..length)?, kind)));
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_url_ends_before_the_signs_of_the_sentence() {
        for (text, wanted) in [
            ("https://a.example/x.y, and", Some("https://a.example/x.y")),
            ("https://a.example/x). And", Some("https://a.example/x")),
            ("https://a.example/x_(y) z", Some("https://a.example/x_(y)")),
            ("www.a.example", Some("www.a.example")),
            ("http://", None),
            ("house", None),
        ] {
            assert_eq!(url_end(text).and_then(|length| text.get(..length)), wanted, "{text}");
        }
    }
}
