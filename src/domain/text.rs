//! Free text made safe to stand in a document or on a terminal: nothing invisible, nothing that moves a cursor.
//! PURE. Markdown's own escapes are in `document::escape`.

/// Whether a character is never shown as it is: C0 and C1 controls (line feed and tab aside), bidirectional
/// controls, and the invisible line separators.
///
/// # Source
/// Unicode Standard Annex 9 (bidi controls U+202A..U+202E, U+2066..U+2069); ECMA-48 (C0, C1).
pub fn is_hidden_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}')
}

/// The text with every hidden control made visible as `\u{1b}` and every kind of line end as a line feed.
///
/// # Examples
/// ```
/// use qpp_incident::domain::text::visible;
/// assert_eq!(visible("a\r\nb\u{1b}[31m"), "a\nb\\u{1b}[31m");
/// ```
pub fn visible(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_hidden_control(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        out
    })
}

/// The text as one line: controls made visible, every run of blanks and line ends one space, trimmed.
///
/// # Examples
/// ```
/// use qpp_incident::domain::text::one_line;
/// assert_eq!(one_line("  many\n errors "), "many errors");
/// ```
pub fn one_line(text: &str) -> String {
    if is_plain_line(text) {
        return text.to_owned();
    }
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for a line of ASCII letters, figures and marks with single blanks between them, which nearly every name and title is.
pub fn is_plain_line(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') || byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    text.is_empty() || before != b' '
}

/// True when a text holds this part. A long text is looked through many times sooner than by `str::contains`.
pub fn holds(text: &str, part: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// The text with trailing blanks cut from each line and empty lines cut from both ends: how it is recorded.
pub fn tidy(text: &str) -> String {
    let text = visible(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let lines = lines.join("\n");
    lines.trim_matches('\n').trim_end().to_owned()
}

/// The first `most` characters of a line, with `…` where something was cut.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// How many sentences a text has: what ends with a full stop, a question or an exclamation mark before a blank and a capital, a figure
/// or a quotation mark, and what is left at the end. A list counts each of its lines.
///
/// # Examples
/// ```
/// use qpp_incident::domain::text::sentence_count;
/// assert_eq!(sentence_count("Version 4.2.1 (e.g. the pool) broke logins. It was set back."), 2);
/// assert_eq!(sentence_count(""), 0);
/// ```
pub fn sentence_count(text: &str) -> usize {
    let begins = |c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘(*_`[".contains(c);
    let paragraphs = text.split("\n\n").flat_map(|paragraph| paragraph.split("\n- ")).map(one_line);
    let count = |paragraph: String| {
        let words: Vec<&str> = paragraph.split(' ').collect();
        let ends = words.windows(2).filter(|pair| match pair {
            [word, next] => {
                let bare = word.trim_end_matches(['"', '\'', '”', ')', '*', '_']);
                bare.ends_with(['.', '!', '?']) && !is_shortened(bare) && next.starts_with(begins)
            }
            _ => false,
        });
        ends.count() + 1
    };
    paragraphs.filter(|paragraph| paragraph.chars().any(char::is_alphanumeric)).map(count).sum()
}

/// A word whose full stop ends no sentence.
fn is_shortened(word: &str) -> bool {
    ["e.g.", "i.e.", "etc.", "approx.", "no.", "vs.", "dr.", "mr.", "ms.", "mrs.", "jr.", "st."].contains(&word.to_lowercase().as_str())
}

/// How far back from the cut a blank is looked for, in characters.
const LONGEST_WORD: usize = 20;

/// As [`cut`], but between two words where one ends near the cut.
///
/// # Examples
/// ```
/// use qpp_incident::domain::text::cut_at_word;
/// assert_eq!(cut_at_word("the prometheus server needed more", 28), "the prometheus server…");
/// ```
pub fn cut_at_word(text: &str, most: usize) -> String {
    let cut = cut(text, most);
    let Some(kept) = cut.strip_suffix('…').filter(|kept| text.len() > kept.len() && text.starts_with(kept)) else { return cut };
    let splits_a_word = text.get(kept.len()..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
    match kept.rsplit_once(' ') {
        Some((words, last)) if splits_a_word && last.chars().count() <= LONGEST_WORD && !words.is_empty() => {
            format!("{}…", words.trim_end())
        }
        _ => cut,
    }
}
