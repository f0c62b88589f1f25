//! Rust source with comments, strings and test code turned into blanks; every line keeps its number.
//! Not a parser: it knows just enough to tell code from text.

/// The source with comments and the insides of string and character literals as blanks.
pub fn without_text(source: &str) -> String {
    let mut scanner = Scanner { source: source.chars().collect(), at: 0, blanked: String::with_capacity(source.len()) };
    while scanner.at < scanner.source.len() {
        scanner.step();
    }
    scanner.blanked
}

/// Code (as `without_text` gives it) without what stands behind `#[cfg(test)]`.
pub fn without_tests(code: &str) -> String {
    let mut rest = code;
    let mut kept = String::with_capacity(code.len());
    while let Some((before, after)) = rest.split_once("#[cfg(test)]") {
        kept.push_str(before);
        let end =
            after.find(['{', ';']).map_or(after.len(), |at| if after[at..].starts_with('{') { at + braces(&after[at..]) } else { at + 1 });
        kept.extend(after[..end].chars().map(blank));
        rest = &after[end..];
    }
    kept + rest
}

/// How many bytes from an opening brace to behind its closing one.
pub fn braces(code: &str) -> usize {
    let mut depth = 0usize;
    for (at, character) in code.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    code.len()
}

struct Scanner {
    source: Vec<char>,
    at: usize,
    blanked: String,
}

impl Scanner {
    fn step(&mut self) {
        let word_before = self.blanked.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => self.blank_until(|scanner| scanner.peek(0) == Some('\n')),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(),
            (Some('r'), Some('"' | '#')) if !word_before && self.raw_hashes(1).is_some() => self.raw_string(1),
            (Some('b' | 'c'), Some('r')) if !word_before && self.raw_hashes(2).is_some() => self.raw_string(2),
            (Some('\''), Some('\\')) => self.escaped_character(),
            (Some('\''), Some(_)) if self.peek(2) == Some('\'') => self.blank(3),
            _ => self.keep(),
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        self.blanked.extend(self.peek(0));
        self.at += 1;
    }

    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            self.blanked.extend(self.peek(0).map(blank));
            self.at += 1;
        }
    }

    fn blank_until(&mut self, end: impl Fn(&Self) -> bool) {
        while self.at < self.source.len() && !end(self) {
            self.blank(1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.blank(1);
                    continue;
                }
            }
            self.blank(2);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.keep();
        loop {
            match self.peek(0) {
                Some('\\') => self.blank(2),
                Some('"') => return self.keep(),
                Some(_) => self.blank(1),
                None => return,
            }
        }
    }

    fn escaped_character(&mut self) {
        self.blank(3);
        self.blank_until(|scanner| scanner.peek(0) == Some('\''));
        self.blank(1);
    }

    /// How many hashes stand before the quote of a raw string; nothing when it is none.
    fn raw_hashes(&self, from: usize) -> Option<usize> {
        let hashes = self.source.iter().skip(self.at + from).take_while(|character| **character == '#').count();
        (self.peek(from + hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self, from: usize) {
        let hashes = self.raw_hashes(from).unwrap_or_default();
        self.blank(from + hashes + 1);
        self.blank_until(|scanner| scanner.peek(0) == Some('"') && (1..=hashes).all(|ahead| scanner.peek(ahead) == Some('#')));
        self.blank(1 + hashes);
    }
}

fn blank(character: char) -> char {
    if character == '\n' { '\n' } else { ' ' }
}

mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_become_blanks_and_lines_stay() {
        let source = "let a = \"x // {\\\" y\"; // git2::\nlet b = 'x'; /* { /* } */ */ let c: &'a str = r#\"\"}\"\"#;\nlet d = '\\'';\n";
        let code = without_text(source);
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), "let a = \" \"; let b = ; let c: &'a str = ; let d = ;");
        assert_eq!((code.lines().count(), code.chars().count()), (3, source.chars().count()));
    }

    #[test]
    fn test_code_is_taken_out_to_its_closing_brace() {
        let code = without_tests("a();\n#[cfg(test)]\nmod tests { fn b() { c(); } }\nd();\n#[cfg(test)]\nmod more;\ne();");
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), "a(); d(); e();");
        assert_eq!(code.lines().count(), 7);
    }
}
