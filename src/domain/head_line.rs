//! What of a typed text stands on the first line of its entry, where the author's name ends the line.
//! PURE: wrapped sentences are joined, so that no name stands in the middle of one; lists, quotations and code begin below.

use crate::domain::text::{cut_at_word, one_line};

/// The text with its first sentence on one line: where an editor or a paste wrapped it, the lines are joined, and what then
/// still follows of that paragraph is a paragraph of its own. A text that begins with a list, code or a quotation stays as it is.
///
/// # Examples
/// ```
/// use qpp_incident::domain::head_line::whole_head;
/// assert_eq!(whole_head("Found that pods can be deleted\nin this state.\nAll were."), "Found that pods can be deleted in this state.\n\nAll were.");
/// assert_eq!(whole_head("Run:\n- a\n- b"), "Run:\n- a\n- b");
/// ```
pub fn whole_head(text: &str) -> String {
    let mut lines = text.split('\n').peekable();
    let mut head = lines.next().unwrap_or_default().to_owned();
    if begins_block(&head) {
        return text.to_owned();
    }
    while let Some(next) = lines.next_if(|next| goes_on(&head, next)) {
        head.push(' ');
        head.push_str(next);
    }
    let rest: Vec<&str> = lines.collect();
    match rest.first() {
        None => head,
        Some(next) if next.is_empty() || begins_block(next) => format!("{head}\n{}", rest.join("\n")),
        Some(_) => format!("{head}\n\n{}", rest.join("\n")),
    }
}

/// Whether the sentence of a line goes on in the next one: it has not ended, and the next begins like the inside of a sentence.
fn goes_on(line: &str, next: &str) -> bool {
    let has_ended = line.ends_with(['.', '!', '?', ':', ';', '\\']);
    let inside = |c: char| c.is_lowercase() || c == '(' || (c == '`' && !begins_block(next));
    !has_ended && next.starts_with(|c: char| inside(c) || (line.ends_with(',') && c.is_alphanumeric()))
}

/// Whether a line is a piece of a list, a quotation or a fence of code rather than of a sentence.
pub fn begins_block(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line.starts_with('>') || is_fence(line) || without_marker(line).is_some()
}

/// What follows the marker of a list item.
fn without_marker(line: &str) -> Option<&str> {
    let bullet = line.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' '));
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after_number.strip_prefix(". ").or_else(|| after_number.strip_prefix(") "));
    bullet.or_else(|| numbered.filter(|_| (1..=9).contains(&(line.len() - after_number.len()))))
}

/// The first line that says something, without the marks of a list, a quotation or code.
pub fn lead(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !is_fence(line));
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    one_line(without_marker(line).unwrap_or_else(|| line.trim_start_matches(['>', ' '])))
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// What a text begins with, for a line that only mentions it: one line without the marks of a list and without the addresses of
/// links, cut between two words at `most` characters.
///
/// # Examples
/// ```
/// use qpp_incident::domain::head_line::first_words;
/// assert_eq!(first_words("- See [the alert](https://pages.example.org/1)\n- Two", 60), "See the alert Two");
/// ```
pub fn first_words(text: &str, most: usize) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !is_fence(line));
    let lines: Vec<&str> = lines.map(|line| without_marker(line).unwrap_or(line)).collect();
    cut_at_word(&one_line(&link_labels(&lines.join(" "))), most)
}

/// The text with every `[label](address)` as its label alone.
pub fn link_labels(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let label = after.find(['[', ']']).and_then(|at| after.split_at_checked(at));
        let link = label.and_then(|(label, tail)| Some((label, tail.strip_prefix("](")?)));
        let address = |tail: &str| tail.find(|c: char| c == ')' || c.is_whitespace());
        if let Some((label, tail)) = link.and_then(|(label, tail)| Some((label, tail.get(address(tail)?..)?.strip_prefix(')')?))) {
            out.push_str(label);
            rest = tail;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wrapped_sentence_is_one_line_and_the_rest_of_its_paragraph_follows_apart() {
        let cases = [
            (
                "New nodes are up (old ones drain),\nand `kubectl logs` still fails with:\n\n```\nx\n```",
                "New nodes are up (old ones drain), and `kubectl logs` still fails with:\n\n```\nx\n```",
            ),
            ("The logs are read.\nThe logs show\nerrors.", "The logs are read.\n\nThe logs show\nerrors."),
            ("Deleted the pod: `kubectl delete`\nwatching the logs", "Deleted the pod: `kubectl delete` watching the logs"),
            ("one\n`two` three", "one `two` three"),
            ("one,\nTwo", "one, Two"),
        ];
        for (typed, wanted) in cases {
            assert_eq!(whole_head(typed), wanted, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_wrapped_sentence_keeps_its_lines() {
        for text in [
            "one line",
            "Run:\n\n- a",
            "Run\n- a",
            "Run\n1. a",
            "It says\n> no",
            "It says\n```\nno\n```",
            "- a\n  - b\n- c",
            "```\na\nb\n```",
            "",
        ] {
            assert_eq!(whole_head(text), text, "{text:?}");
        }
        assert_eq!(whole_head("$ kubectl get pods\nNAME  READY"), "$ kubectl get pods\n\nNAME  READY");
        assert_eq!(whole_head("Traceback:\n  File 1"), "Traceback:\n\n  File 1");
    }

    #[test]
    fn the_lead_is_the_first_line_that_says_something() {
        let cases =
            [("- a\n- b", "a"), ("```sh\nls  -l\n```", "ls -l"), ("> > no", "no"), ("a\nb", "a"), ("-5 degrees", "-5 degrees"), ("", "")];
        for (text, wanted) in cases {
            assert_eq!(lead(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_a_section_begins_with_is_words() {
        let cases = [
            ("1. It took long.\n2. Mail is spam.", 60, "It took long. Mail is spam."),
            ("Ran:\n\n```bash\nkubectl get node\n```", 60, "Ran: kubectl get node"),
            ("[open [a](b", 60, "[open [a](b"),
            ("the prometheus server needed more memory", 28, "the prometheus server…"),
        ];
        for (text, most, wanted) in cases {
            assert_eq!(first_words(text, most), wanted, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn joining_twice_joins_nothing_more_and_loses_no_word(text in "([a-z]{1,5}|[A-Z]|[ .,:`(]|\n|- |1\\. |```){0,20}") {
            let once = whole_head(&text);
            prop_assert_eq!(whole_head(&once), once.clone());
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&once), words(&text));
        }
    }
}
