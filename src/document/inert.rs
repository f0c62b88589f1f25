//! Free text that hosts of git repositories do not act on: no issue closed, nobody called, no pipeline skipped.
//! PURE. The rule: a blank goes into what a host would read, so that a person still reads the same (`#12` is `# 12`,
//! `@name` is `@ name`), and no character is ever invisible. Only commit messages need it; the document keeps the exact text.

/// Words that close an issue when a reference follows them.
///
/// # Source
/// GitHub "Linking a pull request to an issue"; GitLab "Default closing pattern"; Gitea "Automatically linked references".
const CLOSING_WORDS: &[&str] = &[
    "close",
    "closes",
    "closed",
    "closing",
    "fix",
    "fixes",
    "fixed",
    "fixing",
    "resolve",
    "resolves",
    "resolved",
    "resolving",
    "implement",
    "implements",
    "implemented",
    "implementing",
    "reopen",
    "reopens",
    "reopened",
];

/// How far a `]` is looked for: no host knows longer words.
const LONGEST_SKIP_WORDS: usize = 64;

/// The text with everything that hosts act on made inert. Line ends stay; a line never begins with a slash command.
///
/// # Examples
/// ```
/// use qpp_incident::document::inert::inert;
/// assert_eq!(inert("fixes #12, thanks @ada [skip ci]"), "fixes # 12, thanks @ ada (skip ci)");
/// assert_eq!(inert("asked sam@example.org"), "asked sam@example.org");
/// ```
pub fn inert(text: &str) -> String {
    let has_issue_key = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').any(is_issue_key);
    text.split('\n').map(|line| inert_line(line, has_issue_key)).collect::<Vec<_>>().join("\n")
}

fn inert_line(line: &str, has_issue_key: bool) -> String {
    let line = without_skip_words(line);
    let line = spaced_marks(&line, has_issue_key);
    let line = split_issue_keys(&line);
    let line = split_closing_words(&line);
    let is_command = line.trim_start().strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if is_command { line.replacen('/', "/ ", 1) } else { line }
}

/// `[skip ci]` and its kin in round brackets, `***NO_CI***` and `skip-checks` taken apart.
///
/// # Source
/// GitHub "Skipping workflow runs"; GitLab "Skip a pipeline"; Azure Pipelines "Skipping CI for individual pushes".
fn without_skip_words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let inside = after.char_indices().take(LONGEST_SKIP_WORDS).find(|(_, c)| *c == ']').and_then(|(at, _)| after.get(..at));
        if let Some((inside, tail)) = inside.filter(|inside| is_skip(inside)).and_then(|_| after.split_once(']')) {
            out.push('(');
            out.push_str(inside);
            out.push(')');
            rest = tail;
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    let out = replace_ignoring_case(&out, "***no_ci***", "(no ci)");
    let out = replace_ignoring_case(&out, "skip-checks", "skip checks");
    replace_ignoring_case(&out, "skip-ci", "skip ci")
}

fn is_skip(inside: &str) -> bool {
    let words: Vec<String> = inside.split([' ', '_', '-', '\t']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let no_ci = matches!(words.as_slice(), [no, ci] if no == "no" && ci == "ci");
    no_ci || (words.len() <= 3 && words.iter().any(|word| word == "skip"))
}

fn replace_ignoring_case(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let matched = rest.get(..from.len()).is_some_and(|head| head.eq_ignore_ascii_case(from));
        let step = if matched { from.len() } else { c.len_utf8() };
        if matched {
            out.push_str(to);
        } else {
            out.push(c);
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    out
}

/// A blank after `#` and `!` before a digit, and after an `@` that is not within an address. `#word` is a chat room, and a
/// command only where an issue's key stands in the text too. A fragment of a URL is no reference, and cutting it would break it.
///
/// # Source
/// Jira "Process work items with smart commits": `KEY-1 #close`.
fn spaced_marks(line: &str, has_issue_key: bool) -> String {
    let mut out = String::with_capacity(line.len() + 4);
    let mut before = ' ';
    let mut in_url = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(c);
        in_url = (in_url || out.ends_with("://")) && !(c.is_whitespace() || matches!(c, '(' | '<' | '"'));
        let follows = characters.peek().copied().unwrap_or(' ');
        let calls = c == '@' && !before.is_ascii_alphanumeric() && before != '_' && !follows.is_whitespace();
        let names = follows.is_ascii_digit() || (has_issue_key && follows.is_alphanumeric());
        let refers = matches!(c, '#' | '!') && names && !in_url;
        if calls || refers {
            out.push(' ');
            in_url = false;
        }
        before = c;
    }
    out
}

/// `GH-12` as `GH- 12`.
fn split_issue_keys(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut from = 0;
    for (at, mark) in line.to_ascii_lowercase().match_indices("gh-") {
        let end = at + mark.len();
        let at_word_start = !line.get(..at).unwrap_or_default().ends_with(|c: char| c.is_alphanumeric());
        out.push_str(line.get(from..end).unwrap_or_default());
        if at_word_start && line.get(end..).is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit())) {
            out.push(' ');
        }
        from = end;
    }
    out.push_str(line.get(from..).unwrap_or_default());
    out
}

/// `closes https://…/issues/3` and `closes OPS-12` with an arrow between, which no closing pattern allows.
fn split_closing_words(line: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut follows_closing = false;
    for word in line.split(' ') {
        let target = word.trim_start_matches(['(', '<', '"']);
        if follows_closing && (target.contains("://") || is_issue_key(target)) {
            out.push("->");
        }
        out.push(word);
        follows_closing = if word.is_empty() { follows_closing } else { is_closing(word) };
    }
    out.join(" ")
}

fn is_closing(word: &str) -> bool {
    let word = word.trim_end_matches(':').trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    CLOSING_WORDS.contains(&word.as_str())
}

/// `OPS-12`: capitals, a dash, a digit.
fn is_issue_key(word: &str) -> bool {
    word.split_once('-').is_some_and(|(project, number)| {
        !project.is_empty()
            && project.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
            && number.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::string_slice)]

    use super::*;

    #[test]
    fn what_hosts_act_on_is_taken_apart() {
        for (given, wanted) in [
            ("fixes #12", "fixes # 12"),
            ("Closes: #12 and closes owner/name#3", "Closes: # 12 and closes owner/name# 3"),
            ("resolves GH-7, gh-8", "resolves GH- 7, gh- 8"),
            ("fix https://git.example/o/n/issues/3", "fix -> https://git.example/o/n/issues/3"),
            ("Closes  OPS-12", "Closes  -> OPS-12"),
            ("https://a.example/#x fixes https://a.example/1#x", "https://a.example/#x fixes -> https://a.example/1#x"),
            ("OPS-12 #close #time 2h", "OPS-12 # close # time 2h"),
            ("see !14", "see ! 14"),
            ("(#12a)\nOPS-12x #close", "(# 12a)\nOPS-12x # close"),
            ("@ada, (@team/ops)", "@ ada, (@ team/ops)"),
            ("wait [skip ci] [CI-SKIP][no_ci]", "wait (skip ci) (CI-SKIP)(no_ci)"),
            ("[skip actions] [actions skip] [skip netlify]", "(skip actions) (actions skip) (skip netlify)"),
            ("***NO_CI*** ***no_ci***", "(no ci) (no ci)"),
            ("skip-checks: true", "skip checks: true"),
            ("/approve", "/ approve"),
            ("text\n  /close", "text\n  / close"),
        ] {
            assert_eq!(inert(given), wanted, "{given}");
        }
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "Restarted the auth database.",
            "asked sam@example.org, 10/12 nodes",
            "[graph](https://grafana.example/d/1#panel-3) shows it",
            "C# and F#, a [list] of things, fixes the pool!",
            "closed the ticket; path /var/log is full",
            "Comms distributed in #cloud-platform-update and #ask-cloud-platform.",
            "über größe 数据",
        ] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn a_long_text_takes_no_time() {
        for part in ["[", "#1", "GH-1", "[skip ci]", "closes   ", "@a", "://#1"] {
            assert!(inert(&part.repeat(50_000)).len() >= 50_000);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_active_is_left(text in "[a-z #@\\[\\]0-9]{0,8}(fixes |closes: )?(#[0-9]|@[a-z]|GH-[0-9]|\\[skip ci\\]|\\[ci skip\\])[ -~]{0,10}") {
            let out = inert(&text);
            let lower = out.to_lowercase();
            let bare = |mark: char| lower.char_indices().any(|(at, c)| {
                let follows = lower[at + c.len_utf8()..].chars().next().unwrap_or(' ');
                let before = lower[..at].chars().next_back().unwrap_or(' ');
                c == mark && follows.is_ascii_alphanumeric() && !(mark == '@' && (before.is_ascii_alphanumeric() || before == '_'))
            });
            let numbered = lower.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            proptest::prop_assert!(!numbered || lower.contains("://"));
            proptest::prop_assert!(!bare('@'));
            proptest::prop_assert!(!lower.contains("[skip ci]") && !lower.contains("[ci skip]"));
        }

        #[test]
        fn making_inert_twice_changes_nothing_more(text in "[ -~]{0,40}") {
            let once = inert(&text);
            proptest::prop_assert_eq!(inert(&once), once);
        }
    }
}
