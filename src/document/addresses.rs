//! E-mail addresses taken out of a text that other people will read.
//! PURE. A name beside an address stays; links stay as they are.

use std::ops::Range;

/// What stands in place of an address without a name.
const LEFT_OUT: &str = "[address left out]";

/// The text without e-mail addresses: `Name <address>` becomes `Name`, a bare address a note that it was left out.
///
/// # Examples
/// ```
/// use qpp_incident::document::addresses::without_addresses;
/// assert_eq!(without_addresses("Sam Reyes <sam@example.org> called."), "Sam Reyes called.");
/// assert_eq!(without_addresses("See https://host.example/@team, ask ops@example.org."), "See https://host.example/@team, ask [address left out].");
/// ```
pub fn without_addresses(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let less = without_those_seen(&text);
        if less == text {
            return text;
        }
        // What stood on both sides of an address may be one itself. Each pass takes an `@` at least, so there is a last one.
        text = less;
    }
}

/// Whether a text holds an e-mail address; one within a link to a page is none.
pub fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(sign, _)| address_around(text, sign).is_some())
}

fn without_those_seen(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (sign, _) in text.match_indices('@') {
        let Some(address) = address_around(text, sign).filter(|address| address.start >= at) else { continue };
        let before = text.get(at..address.start).unwrap_or_default();
        let after = text.get(address.end..).unwrap_or_default();
        at = address.end;
        let Some(named) = before.strip_suffix('<').filter(|_| after.starts_with('>')) else {
            out.extend([before, LEFT_OUT]);
            continue;
        };
        at += 1;
        let name = named.trim_end_matches(' ');
        let is_named = name.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '"');
        out.extend(if is_named { [name, ""] } else { [named, LEFT_OUT] });
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The address around an `@`, unless it is part of a link to a page.
fn address_around(text: &str, sign: usize) -> Option<Range<usize>> {
    let (before, after) = (text.get(..sign)?, text.get(sign + 1..)?);
    let local = before.trim_end_matches(|c: char| c.is_alphanumeric() || "._%+-'".contains(c)).len();
    let host = after.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(after.len());
    let host = after.get(..host)?.trim_end_matches(['.', '-']);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_link = word.contains("://");
    (local < sign && host.contains('.') && !is_link).then(|| local..sign + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_and_names_and_links_stay() {
        for (text, wanted) in [
            ("Added Ada Byron <ada@example.org>.", "Added Ada Byron."),
            ("<ada@example.org> said", "[address left out] said"),
            ("- ada@example.org", "- [address left out]"),
            ("[Ada](mailto:ada@example.org)", "[Ada](mailto:[address left out])"),
            ("(ada.b+x@mail.example.org, sam@example.org)", "([address left out], [address left out])"),
            ("https://user@host.example/x", "https://user@host.example/x"),
            ("@team, 5 @ 3, a@b", "@team, 5 @ 3, a@b"),
            ("über@exämple.org!", "[address left out]!"),
            ("A <a@x.org> and B <b@x.org>", "A and B"),
            ("a@b\u{b9}c<a@b.c>.a@b c", "[address left out]@b c"),
        ] {
            assert_eq!(without_addresses(text), wanted, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_a_second_time_changes_nothing(text in "([a-z.@<> é]|a@b.c){0,24}") {
            let once = without_addresses(&text);
            proptest::prop_assert_eq!(without_addresses(&once), once.clone());
        }
    }
}
