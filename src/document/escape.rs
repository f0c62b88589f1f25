//! Free text made safe to stand in a document: it cannot begin a heading, an entry, a kind, raw HTML or an open fence.
//! PURE. What was escaped here is read back exactly; markdown that is harmless (links, code, lists) stays as typed.

use std::ops::Range;

/// Where a text will stand, which decides what its first line could forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// After `- 23:58 EST: `: the first line cannot begin a block, yet could look like a kind or a `(logged …)`.
    Entry,
    /// At the start of a line: the first line is like any other.
    Prose,
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
    let fenced = fenced_lines(&lines, place);
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
    let text = restore_angles(text, place);
    let lines: Vec<&str> = text.split('\n').collect();
    let fenced = fenced_lines(&lines, place);
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

/// A fence's character and length, if the line opens one.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches(' ');
    let mark = line.chars().next().filter(|c| *c == '`' || *c == '~')?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// Which lines stand in a fence that is closed. An open fence is none: its first line gets escaped.
fn fenced_lines(lines: &[&str], place: Place) -> Vec<bool> {
    let mut fenced = vec![false; lines.len()];
    let mut index = usize::from(place == Place::Entry);
    while let Some(line) = lines.get(index) {
        let Some((mark, length)) = fence(line) else {
            index += 1;
            continue;
        };
        let closes = |line: &&str| {
            let line = line.trim();
            line.len() >= length && line.chars().all(|c| c == mark)
        };
        let Some(inside) = lines.get(index + 1..).and_then(|rest| rest.iter().position(closes)) else {
            index += 1;
            continue;
        };
        let last = index + 1 + inside;
        fenced.iter_mut().take(last + 1).skip(index).for_each(|flag| *flag = true);
        index = last + 1;
    }
    fenced
}

/// The byte ranges of fenced blocks and of code spans, in which a backslash is a backslash.
///
/// # Source
/// `CommonMark` 0.31 §6.1: a span opens with a run of backticks and closes with the next run of the same length,
/// within one paragraph.
fn code_ranges(text: &str, place: Place) -> Vec<Range<usize>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let fenced = fenced_lines(&lines, place);
    let mut ranges = Vec::new();
    let mut paragraph: Option<Range<usize>> = None;
    let mut start = 0;
    for (line, in_fence) in lines.iter().zip(fenced) {
        let end = start + line.len();
        if in_fence {
            ranges.push(start..end);
        }
        if in_fence || line.trim().is_empty() {
            ranges.extend(paragraph.take().map(|range| sure_spans(text, range)).unwrap_or_default());
        } else {
            paragraph = Some(paragraph.map_or(start, |range| range.start)..end);
        }
        start = end + 1;
    }
    ranges.extend(paragraph.map(|range| sure_spans(text, range)).unwrap_or_default());
    ranges
}

/// The code ranges of a text as it stands in a section: what is written there is shown as it is.
pub fn code_in_prose(text: &str) -> Vec<Range<usize>> {
    code_ranges(text, Place::Prose)
}

/// The spans of a paragraph that lie within one line and are spans for that line alone too. A span over several lines may
/// be none: HTML and lists at the start of a line end the paragraph.
fn sure_spans(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut start = paragraph.start;
    let mut in_lines = Vec::new();
    for line in text.get(paragraph.clone()).unwrap_or_default().split('\n') {
        in_lines.extend(code_spans(text, start..start + line.len()));
        start += line.len() + 1;
    }
    let mut spans = code_spans(text, paragraph);
    spans.retain(|span| in_lines.binary_search_by_key(&(span.start, span.end), |other| (other.start, other.end)).is_ok());
    spans
}

fn code_spans(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let base = paragraph.start;
    let runs = backtick_runs(text.get(paragraph).unwrap_or_default());
    let mut spans = Vec::new();
    let mut index = 0;
    while let Some(open) = runs.get(index) {
        let closing = runs.iter().enumerate().skip(index + 1).find(|(_, run)| run.range.len() == open.range.len());
        match closing {
            Some((at, close)) if !open.escaped => {
                spans.push(base + open.range.start..base + close.range.end);
                index = at + 1;
            }
            _ => index += 1,
        }
    }
    spans
}

struct BacktickRun {
    range: Range<usize>,
    /// A backslash stands before it: it cannot open a span, though it can close one.
    escaped: bool,
}

fn backtick_runs(paragraph: &str) -> Vec<BacktickRun> {
    let bytes = paragraph.as_bytes();
    let mut runs: Vec<BacktickRun> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'`') {
        match runs.last_mut() {
            Some(run) if run.range.end == at => run.range.end = at + 1,
            _ => {
                let before = paragraph.get(..at).unwrap_or_default();
                let escaped = (before.len() - before.trim_end_matches('\\').len()) % 2 == 1;
                runs.push(BacktickRun { range: at..at + 1, escaped });
            }
        }
    }
    runs
}

/// Whether `<…>` here is an autolink, which is harmless and how people are written.
fn is_autolink(rest: &str) -> bool {
    let Some((inside, _)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else { return false };
    let sound = !inside.contains(|c: char| c.is_whitespace() || c.is_control() || "<`\"'\\".contains(c));
    let link = inside.starts_with("https://") || inside.starts_with("http://");
    sound && (link || crate::domain::person::is_email(inside))
}

fn protect_angles(text: &str, place: Place) -> String {
    rewrite_angles(text, place, |run| Some(2 * run + 1))
}

fn restore_angles(text: &str, place: Place) -> String {
    rewrite_angles(text, place, |run| (run % 2 == 1).then_some(run / 2))
}

/// Rewrites the run of backslashes before each `<` that is neither in code nor an autolink on its own.
fn rewrite_angles(text: &str, place: Place, backslashes: impl Fn(usize) -> Option<usize>) -> String {
    let code = code_ranges(text, place);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let in_code = || code.iter().any(|range| range.contains(&at));
        if c == '<' && !in_code() {
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
