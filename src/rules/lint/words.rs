//! The words of a passage: text is cut where letters end, code and URLs stay whole, quotation marks are paired.
//! PURE. One pass over each piece; nothing is looked at twice.

use std::ops::Range;

use crate::document::passage::{Passage, Piece, PieceKind};
use crate::rules::lint::word::{Gap, Word, WordKind};
use crate::rules::lint::word_end::{token_end, url_end};

/// A sign of which a rule wants to know the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Bytes of the linted text.
    pub span: Range<usize>,
    /// How many words of the block stand before it.
    pub before: usize,
}

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// `!`, once or more.
    Exclamation,
    /// An emoji, `:name:` or a smiley.
    Emoji,
    /// `"` before a word.
    StraightOpening,
    /// Any other `"`.
    Straight,
    /// `“`, `«`
    Opening,
    /// `”`, `»`
    Closing,
    /// `'` or `‘` before a word.
    SingleOpening,
    /// `'` or `’` after a word.
    SingleClosing,
}

/// The words of a passage and its marks.
#[derive(Debug, Default)]
pub struct Words<'t> {
    /// In order.
    pub words: Vec<Word<'t>>,
    /// In order; quotation marks are left out.
    pub marks: Vec<Mark>,
}

impl<'t> Words<'t> {
    /// Reads a passage of `text`.
    pub fn read(text: &'t str, passage: &Passage) -> Self {
        let mut reader = Reader { text, found: Self::default(), skip_to: 0, is_strong: false, after_line_end: false };
        for piece in &passage.pieces {
            reader.piece(piece);
        }
        reader.found.pair_quotations();
        reader.found
    }

    /// Marks the words between pairs of quotation marks; an opening one without its fellow quotes all that follows.
    fn pair_quotations(&mut self) {
        let mut double: Option<&Mark> = None;
        let mut single: Option<&Mark> = None;
        let mut pairs: Vec<Range<usize>> = Vec::new();
        for mark in &self.marks {
            match mark.kind {
                MarkKind::StraightOpening | MarkKind::Straight | MarkKind::Closing => match double.take() {
                    Some(open) => pairs.push(open.before..mark.before),
                    None if mark.kind != MarkKind::Closing => double = Some(mark),
                    None => {}
                },
                MarkKind::Opening => double = Some(mark),
                MarkKind::SingleOpening => single = Some(mark),
                MarkKind::SingleClosing => pairs.extend(single.take().map(|open| open.before..mark.before)),
                MarkKind::Exclamation | MarkKind::Emoji => {}
            }
        }
        // A quotation of several paragraphs is closed in the last of them.
        pairs.extend(double.filter(|open| open.kind == MarkKind::StraightOpening).map(|open| open.before..self.words.len()));
        for pair in pairs {
            self.words.get_mut(pair).unwrap_or_default().iter_mut().for_each(|word| word.is_quoted = true);
        }
        self.marks.retain(|mark| matches!(mark.kind, MarkKind::Exclamation | MarkKind::Emoji));
    }
}

struct Reader<'t> {
    text: &'t str,
    found: Words<'t>,
    /// What a URL has taken of the pieces that follow.
    skip_to: usize,
    is_strong: bool,
    after_line_end: bool,
}

impl Reader<'_> {
    fn piece(&mut self, piece: &Piece) {
        // A label in bold at the start of a line begins anew: `**Date:** …` over `**Authors:** …`.
        if piece.is_strong && !self.is_strong && self.after_line_end {
            self.gap(Gap::BREAK);
        }
        self.is_strong = piece.is_strong;
        self.after_line_end = piece.kind == PieceKind::SoftBreak;
        match piece.kind {
            PieceKind::Text => self.text_piece(piece.range.clone()),
            PieceKind::Code => self.word(piece.range.clone(), WordKind::Code),
            PieceKind::Url => self.word(piece.range.clone(), WordKind::Url),
            PieceKind::SoftBreak => {
                // A label in bold at the end of a line ends there: `**Resolution:**` over its text.
                if self.found.words.last().is_some_and(|word| word.is_strong && word.gap.has(Gap::COLON)) {
                    self.gap(Gap::BREAK);
                }
                self.gap(Gap::SPACE);
            }
            PieceKind::HardBreak => {
                self.gap(Gap::SPACE);
                self.gap(Gap::BREAK);
            }
            PieceKind::Entity | PieceKind::Html => self.gap(Gap::OTHER),
        }
    }

    fn text_piece(&mut self, range: Range<usize>) {
        let mut at = range.start.max(self.skip_to);
        while let Some(rest) = self.text.get(at..range.end).filter(|rest| !rest.is_empty()) {
            let before = self.text.get(..at).and_then(|before| before.chars().next_back()).filter(|_| at > range.start).unwrap_or(' ');
            at += self.step(rest, at, before);
        }
    }

    /// Reads the next word or sign of `rest`, which begins at `at`; how many bytes it took.
    fn step(&mut self, rest: &str, at: usize, before: char) -> usize {
        if !before.is_alphanumeric()
            && let Some(length) = url_end(self.text.get(at..).unwrap_or_default())
        {
            self.word(at..at + length, WordKind::Url);
            self.skip_to = at + length;
            return length;
        }
        if let Some((length, kind)) = token_end(rest, before) {
            self.word(at..at + length, kind);
            return length;
        }
        self.sign(rest, at, before)
    }

    fn sign(&mut self, rest: &str, at: usize, before: char) -> usize {
        let mut characters = rest.chars();
        let c = characters.next().unwrap_or(' ');
        let after = characters.next().unwrap_or(' ');
        let length = c.len_utf8();
        if let Some(length) = emoji_length(rest, before) {
            self.mark(MarkKind::Emoji, at..at + length);
            self.gap(Gap::OTHER);
            return length;
        }
        match c {
            '!' | '?' => {
                let run = rest.len() - rest.trim_start_matches(['!', '?']).len();
                let follows = rest.get(run..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                let ends = !follows.is_alphanumeric() && !matches!(follows, '=' | '_' | '/' | '(' | '[' | '{' | '$');
                if ends && rest.get(..run).is_some_and(|marks| marks.contains('!')) {
                    self.mark(MarkKind::Exclamation, at..at + run);
                }
                self.gap(if ends { Gap::CALL } else { Gap::OTHER });
                return run;
            }
            '"' => {
                let closes = after.is_whitespace() || is_closing_sign(after) || matches!(after, ',' | ';' | ':');
                let kind = if before.is_whitespace() && !closes { MarkKind::StraightOpening } else { MarkKind::Straight };
                self.quotation(kind, at, length);
            }
            '\u{201c}' | '\u{ab}' | '\u{201e}' => self.quotation(MarkKind::Opening, at, length),
            '\u{201d}' | '\u{bb}' => self.quotation(MarkKind::Closing, at, length),
            '\'' | '\u{2018}' | '\u{2019}' => {
                let opens = c != '\u{2019}' && !before.is_alphanumeric() && !after.is_whitespace() && !is_closing_sign(before);
                let kind = if opens { MarkKind::SingleOpening } else { MarkKind::SingleClosing };
                self.quotation(kind, at, length);
            }
            '.' if after == '.' => {
                self.gap(Gap::ELLIPSIS);
                return rest.len() - rest.trim_start_matches('.').len();
            }
            // `*.example.org`: no stop.
            '.' if after.is_alphanumeric() => self.gap(Gap::OTHER),
            _ => self.gap(gap_of(c)),
        }
        length
    }

    fn quotation(&mut self, kind: MarkKind, at: usize, length: usize) {
        self.mark(kind, at..at + length);
        self.gap(Gap::QUOTE);
    }

    fn mark(&mut self, kind: MarkKind, span: Range<usize>) {
        self.found.marks.push(Mark { kind, span, before: self.found.words.len() });
    }

    fn gap(&mut self, gap: Gap) {
        if let Some(word) = self.found.words.last_mut() {
            word.gap.add(gap);
        }
    }

    fn word(&mut self, span: Range<usize>, kind: WordKind) {
        if let Some(text) = self.text.get(span.clone()) {
            let word = Word::new(text, span, kind);
            self.found.words.push(Word { is_strong: self.is_strong, ..word });
        }
    }
}

fn is_closing_sign(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ')' | ']' | '\u{201d}')
}

fn gap_of(c: char) -> Gap {
    match c {
        '.' => Gap::STOP,
        ',' => Gap::COMMA,
        ':' => Gap::COLON,
        ';' => Gap::SEMICOLON,
        '(' | '[' | '{' => Gap::OPEN,
        ')' | ']' | '}' => Gap::CLOSE,
        '\u{2026}' => Gap::ELLIPSIS,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2190}'..='\u{21ff}' | '|' | '/' | '>' | '=' | '+' => Gap::DASH,
        c if c.is_whitespace() => Gap::SPACE,
        _ => Gap::OTHER,
    }
}

/// How many bytes an emoji, a `:name:` or a smiley at the start of `rest` takes.
fn emoji_length(rest: &str, before: char) -> Option<usize> {
    let first = rest.chars().next()?;
    if is_emoji(first) {
        let joined = |c: &char| is_emoji(*c) || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
        return Some(rest.chars().take_while(joined).map(char::len_utf8).sum());
    }
    if !matches!(first, ':' | ';') || !(before.is_whitespace() || is_closing_sign(before) || before == '(') {
        return None;
    }
    let smiley = [":-)", ":-(", ":)", ":(", ";)", ";-)", ":D", ":-D", ":P", ":-P", ":/", ":-/", ":-|", ":o", ":'("];
    let ends = |length: usize| rest.get(length..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if let Some(found) = smiley.iter().find(|smiley| rest.starts_with(**smiley) && ends(smiley.len())) {
        return Some(found.len());
    }
    let name = rest.strip_prefix(':')?;
    let length = name
        .bytes()
        .take(40)
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-'))
        .count();
    let is_name = name.as_bytes().get(length) == Some(&b':')
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '+' || c == '-')
        && length > 1;
    is_name.then_some(length + 2)
}

/// Pictures; plain signs such as arrows, check marks and stars of text are none.
///
/// # Source
/// Unicode Technical Standard 51, blocks of pictographs.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1faff}' | '\u{2614}'..='\u{2615}' | '\u{2639}'..='\u{263b}' | '\u{2728}'
        | '\u{2705}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2757}' | '\u{26a0}' | '\u{26a1}' | '\u{2764}' | '\u{2b50}' | '\u{23f0}' | '\u{231b}' | '\u{23f3}')
}
