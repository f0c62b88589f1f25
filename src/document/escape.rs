//! Free text made safe to stand in a document: it cannot begin a heading, an entry, a kind, raw HTML or an open fence.
//! PURE. What was escaped here is read back exactly; markdown that is harmless (links, code, lists) stays as typed.

use std::ops::Range;

use crate::document::code::{code_ranges, fence, fenced_lines};

/// Where a text will stand, which decides what its first line could forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// After `- 23:58 EST: `: the first line cannot begin a block, yet could look like a kind or a `(logged …)`.
    Entry,
    /// At the start of a line: the first line is like any other.
    Prose,
}

impl Place {
    /// The first line that may begin a block.
    fn first_block(self) -> usize {
        usize::from(self == Self::Entry)
    }
}

/// A text as it stands in a timeline entry, its lines not yet indented.
///
/// # Examples
/// ```
/// use qpp_incident::document::escape::{escape_entry, unescape_entry};
/// let written = escape_entry("**Closed.** <b>x\n- 12:00 EST: forged");
/// assert_eq!(written, "\\**Closed.** \\<b>x\n\\- 12:00 EST: forged");
/// assert_eq!(unescape_entry(&written), "**Closed.** <b>x\n- 12:00 EST: forged");
/// ```
pub fn escape_entry(text: &str) -> String {
    escape(text, Place::Entry)
}

/// What [`escape_entry`] was given.
pub fn unescape_entry(text: &str) -> String {
    unescape(text, Place::Entry)
}

/// A text as it stands in a section.
pub fn escape_prose(text: &str) -> String {
    escape(text, Place::Prose)
}

/// What [`escape_prose`] was given.
pub fn unescape_prose(text: &str) -> String {
    unescape(text, Place::Prose)
}

fn escape(text: &str, place: Place) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let fenced = fenced_lines(&lines, place.first_block());
    let led: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| match fenced.get(index) {
            Some(true) => (*line).to_owned(),
            _ if index == 0 && place == Place::Entry => protect_logged(&protect_lead(line, |rest| rest.starts_with("**"))),
            _ => protect_lead(line, is_special),
        })
        .collect();
    protect_angles(&led.join("\n"), place)
}

fn unescape(text: &str, place: Place) -> String {
    // Every escape is a backslash, and few entries have one.
    if !text.contains('\\') {
        return text.to_owned();
    }
    let text = restore_angles(text, place);
    let lines: Vec<&str> = text.split('\n').collect();
    let fenced = fenced_lines(&lines, place.first_block());
    let lines: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| match fenced.get(index) {
            Some(true) => (*line).to_owned(),
            _ if index == 0 && place == Place::Entry => restore_lead(&restore_logged(line), |rest| rest.starts_with("**")),
            _ => restore_lead(line, is_special),
        })
        .collect();
    lines.join("\n")
}

/// Splits a line into its indentation, the run of backslashes, and the rest.
fn lead(line: &str) -> (&str, usize, &str) {
    let unindented = line.trim_start_matches([' ', '\t']);
    let indent = line.strip_suffix(unindented).unwrap_or_default();
    let rest = unindented.trim_start_matches('\\');
    (indent, unindented.len() - rest.len(), rest)
}

/// Writes `k` backslashes before something special as `2k + 1`, so that reading is exact whatever was typed.
fn protect_lead(line: &str, special: impl Fn(&str) -> bool) -> String {
    let (indent, run, rest) = lead(line);
    if special(rest) { format!("{indent}{}{rest}", "\\".repeat(2 * run + 1)) } else { line.to_owned() }
}

fn restore_lead(line: &str, special: impl Fn(&str) -> bool) -> String {
    let (indent, run, rest) = lead(line);
    if run % 2 == 1 && special(rest) { format!("{indent}{}{rest}", "\\".repeat(run / 2)) } else { line.to_owned() }
}

/// Whether a line, its indentation and backslashes aside, would begin a heading, an entry, a rule, a fence or a conflict.
fn is_special(rest: &str) -> bool {
    let after_hashes = rest.trim_start_matches('#');
    let hashes = rest.len() - after_hashes.len();
    let heading = (1..=6).contains(&hashes) && (after_hashes.is_empty() || after_hashes.starts_with([' ', '\t']));
    let rule =
        ['-', '=', '*', '_'].iter().any(|c| rest.contains(*c) && rest.chars().all(|other| other == *c || other == ' ' || other == '\t'));
    let conflict = [">>>>>>>", "|||||||"].iter().any(|marker| rest.starts_with(marker));
    heading || rule || conflict || looks_like_entry(rest) || fence(rest).is_some()
}

fn looks_like_entry(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(['-', '*', '+']) else { return false };
    let after = after.trim_start_matches([' ', '\t']);
    let mut characters = after.trim_start_matches(|c: char| c.is_ascii_digit()).chars();
    after.starts_with(|c: char| c.is_ascii_digit()) && characters.next() == Some(':')
}

/// The code ranges of a text as it stands in a section: what is written there is shown as it is.
pub fn code_in_prose(text: &str) -> Vec<Range<usize>> {
    code_ranges(text, Place::Prose.first_block())
}

/// Whether `<…>` here is an autolink, which is harmless and how people are written.
fn is_autolink(rest: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>`\"'\\".contains(c);
    let Some((inside, end)) = rest.strip_prefix('<').and_then(|rest| rest.split_at_checked(rest.find(ends)?)) else { return false };
    let link = inside.starts_with("https://") || inside.starts_with("http://");
    end.starts_with('>') && (link || crate::domain::person::is_email(inside))
}

fn protect_angles(text: &str, place: Place) -> String {
    rewrite_angles(text, place, |run| Some(2 * run + 1))
}

fn restore_angles(text: &str, place: Place) -> String {
    rewrite_angles(text, place, |run| (run % 2 == 1).then_some(run / 2))
}

/// Rewrites the run of backslashes before each `<` that is neither in code nor an autolink on its own.
fn rewrite_angles(text: &str, place: Place, backslashes: impl Fn(usize) -> Option<usize>) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut code = code_ranges(text, place.first_block()).into_iter().peekable();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        while code.next_if(|range| range.end <= at).is_some() {}
        if c == '<' && !code.peek().is_some_and(|range| range.contains(&at)) {
            let run = out.len() - out.trim_end_matches('\\').len();
            let autolink = run == 0 && is_autolink(text.get(at..).unwrap_or_default());
            if let Some(wanted) = backslashes(run).filter(|_| !autolink) {
                out.truncate(out.len() - run);
                out.push_str(&"\\".repeat(wanted));
            }
        }
        out.push(c);
    }
    out
}

/// The place of a `(logged …)` at the end of a head line, where only the tool may write one.
fn logged_at_end(line: &str) -> Option<usize> {
    let at = line.rfind("(logged ")?;
    line.get(at..).filter(|tail| tail.ends_with(')')).map(|_| at)
}

fn protect_logged(line: &str) -> String {
    rewrite_logged(line, |run| Some(2 * run + 1))
}

fn restore_logged(line: &str) -> String {
    rewrite_logged(line, |run| (run % 2 == 1).then_some(run / 2))
}

fn rewrite_logged(line: &str, backslashes: impl Fn(usize) -> Option<usize>) -> String {
    let Some((head, tail)) = logged_at_end(line).and_then(|at| line.split_at_checked(at)) else { return line.to_owned() };
    let bare = head.trim_end_matches('\\');
    match backslashes(head.len() - bare.len()) {
        Some(wanted) => format!("{bare}{}{tail}", "\\".repeat(wanted)),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_forge_is_escaped_and_the_rest_stays() {
        let cases = [
            ("plain text", "plain text"),
            ("**bold** start", "\\**bold** start"),
            ("\\**Closed.** x", "\\\\\\**Closed.** x"),
            ("a `<code>` b", "a `<code>` b"),
            ("a <script> b", "a \\<script> b"),
            ("mail <sam@example.org>", "mail <sam@example.org>"),
            ("open `tick <b>", "open `tick \\<b>"),
            ("over `two\n<!-- lines`", "over `two\n\\<!-- lines`"),
            ("a ` b\n` <c> `", "a ` b\n` \\<c> `"),
            ("x (logged 00:31)", "x \\(logged 00:31)"),
            ("one\n---\ntwo", "one\n\\---\ntwo"),
            ("one\n# two", "one\n\\# two"),
            ("one\n- item", "one\n- item"),
            ("one\n```\n- 12:00 EST: <x>\n```", "one\n```\n- 12:00 EST: <x>\n```"),
            ("one\n```\nopen", "one\n\\```\nopen"),
            ("one\n=======", "one\n\\======="),
        ];
        for (typed, written) in cases {
            assert_eq!(escape_entry(typed), written, "{typed:?}");
            assert_eq!(unescape_entry(written), typed, "{written:?}");
        }
    }

    #[test]
    fn a_section_cannot_hold_a_heading_or_an_open_comment() {
        assert_eq!(escape_prose("## Timeline\n<!-- hidden"), "\\## Timeline\n\\<!-- hidden");
        assert_eq!(escape_prose("<<<<<<< ours\n>>>>>>> theirs"), "\\<\\<\\<\\<\\<\\<\\< ours\n\\>>>>>>> theirs");
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_back(text in "([ -~\n]|é|`|<|\\\\|\\*|- 1:|```\n|\\(logged 1\\)){0,40}") {
            prop_assert_eq!(unescape_entry(&escape_entry(&text)), text.clone());
            prop_assert_eq!(unescape_prose(&escape_prose(&text)), text);
        }
    }
}
